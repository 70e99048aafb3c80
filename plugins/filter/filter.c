/* SPDX-License-Identifier: Apache-2.0 */
/* filter: keeps the documents of which a condition holds. */
#include <aver/aver.h>

static gpointer filter_open(AverStage *stage, GError **error)
{
  g_autoptr(GError) failure = NULL;
  gsize position = 0;
  const char *keep = aver_stage_get_string(stage, "keep");
  AverExpression *expression = aver_expression_new(keep, &position, &failure);
  if (expression == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "option 'keep' is wrong at byte %" G_GSIZE_FORMAT ": %s", position,
                failure->message);
  return expression;
}

static void filter_close(gpointer self)
{
  aver_expression_free(self);
}

static AverVerdict filter_process(gpointer self, gpointer worker, AverDocument *document,
                                  GError **error)
{
  (void) worker;
  (void) error;
  return aver_expression_holds(self, document) ? AVER_KEEP : AVER_DROP;
}

static const AverOption options[] = {
    {.name = "keep",
     .kind = AVER_OPTION_EXPRESSION,
     .fallback = "true",
     .help = "the condition that a document has to meet to go on"},
};

AVER_PLUGIN(filter) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "filter",
    .version = "1.0",
    .summary = "keeps the documents of which a condition on metadata and layers holds",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = filter_open,
    .close = filter_close,
    .process = filter_process,
};
