/* SPDX-License-Identifier: Apache-2.0 */
/* One document through a pipeline's annotators, on the caller's thread. */
#include "crew.h"

gboolean aver_pipeline_open(AverPipeline *pipeline, GError **error)
{
  if (pipeline->crew == NULL)
    pipeline->crew = aver_crew_new(pipeline, 1, pipeline->stages->len - 1, 1, error);
  return pipeline->crew != NULL;
}

/* As often as the stage says; @error is that of the last attempt. */
static AverVerdict insist(const AverPost *post, AverDocument *document, GError **error)
{
  double seconds = post->stage->backoff;
  for (guint left = post->stage->retries;; left--, seconds *= 2) {
    AverVerdict verdict = AVER_KEEP;
    g_autoptr(GError) failure = NULL;
    aver_post_process(post, 0, &document, 1, &verdict, &failure);
    gboolean failed = verdict == AVER_FAIL || failure != NULL;
    if (failed && left > 0 && aver_post_pause(post, seconds, NULL))
      continue;
    if (failure != NULL)
      g_propagate_error(error, g_steal_pointer(&failure));
    return failed ? AVER_FAIL : verdict;
  }
}

AverVerdict aver_pipeline_process(AverPipeline *pipeline, AverDocument *document, GError **error)
{
  g_return_val_if_fail(pipeline != NULL && document != NULL, AVER_FAIL);
  if (!aver_pipeline_open(pipeline, error))
    return AVER_FAIL;
  for (guint i = 0; i < pipeline->crew->n_posts; i++) {
    const AverPost *post = &pipeline->crew->posts[i];
    if (post->stage->when != NULL && !aver_expression_holds(post->stage->when, document))
      continue;
    g_autoptr(GError) failure = NULL;
    AverVerdict verdict = insist(post, document, &failure);
    if (verdict == AVER_KEEP)
      continue;
    if (verdict == AVER_DROP)
      return AVER_DROP;
    aver_post_prefix_error(post, &failure);
    g_propagate_error(error, g_steal_pointer(&failure));
    return AVER_FAIL;
  }
  return AVER_KEEP;
}
