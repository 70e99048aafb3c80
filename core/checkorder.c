/* SPDX-License-Identifier: Apache-2.0 */
/* The check of places: one reader, first; a writer last, and others with files of their own. */
#include "check.h"

const char *aver_check_kind_name(guint kind)
{
  switch (kind) {
  case AVER_PLUGIN_READER:
    return "a reader";
  case AVER_PLUGIN_ANNOTATOR:
    return "an annotator";
  default:
    return "a writer";
  }
}

guint aver_draft_get_kind(const AverDraft *draft)
{
  return draft->stage == NULL ? 0 : draft->stage->plugin->kind;
}

/* All writers but the last need a file; nothing else has one. */
static void check_output(AverMistakes *mistakes, GPtrArray *drafts, const AverDraft *draft, guint i,
                         guint n)
{
  const AverConfigStage *config = draft->config;
  gboolean writer = aver_draft_get_kind(draft) == AVER_PLUGIN_WRITER;
  const AverDraft *last = g_ptr_array_index(drafts, n - 1);
  if (writer && i + 1 < n && config->output == NULL) {
    aver_mistakes_add(mistakes, &config->position, config->label,
                      "is a writer in place %u of %u without 'output'; expected the file it "
                      "writes, or the writer as the last stage",
                      i + 1, n);
    if (aver_draft_get_kind(last) == AVER_PLUGIN_WRITER)
      aver_mistakes_suggest(mistakes, "add \"output\": \"FILE\" to it");
    else
      aver_mistakes_suggest(mistakes, "move it behind %s", last->config->label);
  }
  if (!writer && config->output != NULL) {
    aver_mistakes_add(mistakes, &config->output_position, config->label,
                      "'output' on %s; expected it on a writer",
                      aver_check_kind_name(aver_draft_get_kind(draft)));
    aver_mistakes_suggest(mistakes, "remove 'output'");
  }
  if (config->output != NULL && config->with_output != NULL) {
    aver_mistakes_add(mistakes, &config->output_position, config->label,
                      "'output' beside 'with_output'; expected one of them");
    aver_mistakes_suggest(mistakes, "remove 'output'");
  }
}

static guint kind_at(GPtrArray *drafts, guint i)
{
  return aver_draft_get_kind(g_ptr_array_index(drafts, i));
}

/* There may be one, in another place. */
static void suggest_reader(AverMistakes *mistakes, GPtrArray *drafts, guint n)
{
  for (guint i = 1; i < n; i++) {
    const AverDraft *draft = g_ptr_array_index(drafts, i);
    if (aver_draft_get_kind(draft) == AVER_PLUGIN_READER) {
      aver_mistakes_suggest(mistakes, "move %s to the first place", draft->config->label);
      return;
    }
  }
  aver_mistakes_suggest(mistakes, "add \"auto-reader\" before it");
}

/* One reader, annotators and writers, a writer; an unknown plugin may be what its place asks for.
 */
void aver_check_order(AverMistakes *mistakes, GPtrArray *drafts, guint n, gboolean has_reader,
                      gboolean has_writer)
{
  for (guint i = 0; i < n; i++) {
    const AverDraft *draft = g_ptr_array_index(drafts, i);
    const AverConfigStage *config = draft->config;
    guint kind = aver_draft_get_kind(draft);
    if (kind == 0)
      continue;
    if (i == 0 && kind != AVER_PLUGIN_READER && !has_reader) {
      aver_mistakes_add(mistakes, &config->position, config->label,
                        "is %s and comes first; expected a reader, here or as --reader",
                        aver_check_kind_name(kind));
      suggest_reader(mistakes, drafts, n);
    }
    if (i > 0 && kind == AVER_PLUGIN_READER) {
      aver_mistakes_add(mistakes, &config->position, config->label,
                        "is a reader in place %u; expected one reader, as the first stage", i + 1);
      if (kind_at(drafts, 0) == AVER_PLUGIN_READER)
        aver_mistakes_suggest(mistakes, "remove this stage");
      else
        aver_mistakes_suggest(mistakes, "move it to the first place");
    }
    check_output(mistakes, drafts, draft, i, n);
    if (i + 1 == n && kind != AVER_PLUGIN_WRITER && !has_writer) {
      aver_mistakes_add(mistakes, &config->position, config->label,
                        "is %s and comes last; expected a writer, here or as --writer",
                        aver_check_kind_name(kind));
      aver_mistakes_suggest(mistakes, "add \"jsonl-writer\" behind it");
    }
  }
}
