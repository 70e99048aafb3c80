/* SPDX-License-Identifier: Apache-2.0 */
/* A crew: a pipeline's stages opened, with the states of the workers that run them. */
#include "crew.h"

void aver_post_prefix_error(const AverPost *post, GError **error)
{
  if (error == NULL)
    return;
  if (*error == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "failed without saying why");
  g_prefix_error(error, "stage '%s': ", post->stage->name);
}

static gboolean open_post(AverPost *post, guint n_workers, GError **error)
{
  g_autoptr(GError) failure = NULL;
  if (post->plugin->open != NULL)
    post->self = post->plugin->open(post->stage, &failure);
  post->opened = failure == NULL;
  post->workers = g_new0(gpointer, n_workers);
  for (guint i = 0; failure == NULL && i < n_workers; i++) {
    if (post->plugin->start != NULL)
      post->workers[i] = post->plugin->start(post->self, &failure);
    if (failure == NULL)
      post->n_started++;
  }
  if (failure == NULL)
    return TRUE;
  aver_post_prefix_error(post, &failure);
  g_propagate_error(error, g_steal_pointer(&failure));
  return FALSE;
}

AverCrew *aver_crew_new(AverPipeline *pipeline, guint first, guint last, guint n_workers,
                        GError **error)
{
  g_autoptr(AverCrew) crew = g_new0(AverCrew, 1);
  crew->n_workers = n_workers;
  crew->posts = g_new0(AverPost, MAX(last - first, 1));
  for (guint i = first; i < last; i++) {
    AverPost *post = &crew->posts[crew->n_posts++];
    post->stage = g_ptr_array_index(pipeline->stages, i);
    post->plugin = post->stage->plugin;
    if (!open_post(post, n_workers, error))
      return NULL;
  }
  return g_steal_pointer(&crew);
}

static void close_post(AverPost *post)
{
  for (guint i = 0; i < post->n_started; i++)
    if (post->plugin->stop != NULL)
      post->plugin->stop(post->self, post->workers[i]);
  if (post->opened && post->plugin->close != NULL)
    post->plugin->close(post->self);
  g_free(post->workers);
}

void aver_crew_free(AverCrew *crew)
{
  if (crew == NULL)
    return;
  for (guint i = crew->n_posts; i > 0; i--)
    close_post(&crew->posts[i - 1]);
  g_free(crew->posts);
  g_free(crew);
}
