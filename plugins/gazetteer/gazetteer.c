/* SPDX-License-Identifier: Apache-2.0 */
/* gazetteer: marks the names of a list in the text, in a layer of its own. */
#include <aver/aver.h>

#include "list.h"

#include <math.h>
#include <string.h>

typedef struct {
  List *list;
  CaseRule rule;
} Gazetteer;

enum { ENTITY_LABEL, ENTITY_NAME, ENTITY_IDENTIFIER };

static const AverColumnType columns[] = {
    {"label", AVER_COLUMN_STRING, NULL, NULL, "what it is, in the list's words"},
    {"name", AVER_COLUMN_STRING, NULL, NULL, "its name, whatever alias the text has"},
    {"identifier", AVER_COLUMN_STRING, NULL, NULL, "its id in the list"},
};

static const AverLayerType entity_layer = {
    .name = "entity",
    .summary = "listed people, organisations and whatever else is looked for",
    .columns = columns,
    .n_columns = G_N_ELEMENTS(columns),
};

static void gazetteer_close(gpointer self)
{
  Gazetteer *gazetteer = self;
  list_free(gazetteer->list);
  g_free(gazetteer);
}

static gpointer gazetteer_open(AverStage *stage, GError **error)
{
  g_auto(GStrv) paths = aver_stage_get_names(stage, "list", error);
  if (paths == NULL) {
    if (error != NULL && *error == NULL)
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                  "option 'list' is not set; expected a file of names, or several with commas");
    return NULL;
  }
  g_autoptr(List) list = list_new();
  for (guint i = 0; paths[i] != NULL; i++) {
    aver_stage_add_file(stage, paths[i]);
    if (!list_read(list, paths[i], error))
      return NULL;
  }
  Gazetteer *self = g_new0(Gazetteer, 1);
  self->rule = (CaseRule) aver_stage_get_choice(stage, "case");
  self->list = g_steal_pointer(&list);
  return self;
}

static void set_field(const Texts *texts, AverLayer *layer, guint32 row, guint32 column,
                      guint32 place)
{
  aver_layer_set_string(layer, row, column, texts_at(texts, place), -1);
}

static void add_row(AverLayer *layer, AverSpan span, const Texts *texts, const Listed *entry)
{
  gint32 row = aver_layer_add(layer, span.start, span.end);
  if (row == AVER_NONE)
    return;
  set_field(texts, layer, (guint32) row, ENTITY_LABEL, entry->label);
  set_field(texts, layer, (guint32) row, ENTITY_NAME, entry->name);
  if (entry->id != 0)
    set_field(texts, layer, (guint32) row, ENTITY_IDENTIFIER, entry->id);
}

static AverVerdict gazetteer_process(gpointer self, gpointer worker, AverDocument *document,
                                     GError **error)
{
  (void) worker;
  (void) error;
  const Gazetteer *gazetteer = self;
  const List *list = gazetteer->list;
  guint32 n, length;
  const char *text = aver_document_get_text(document, &length);
  const AverToken *tokens = aver_document_get_tokens(document, &n);
  AverLayer *layer = aver_document_add_layer(document, &entity_layer);
  for (guint32 i = 0, taken; i < n; i += taken) {
    guint32 found = trie_find(list->trie, text, tokens + i, n - i, gazetteer->rule, &taken);
    if (found == TRIE_NOTHING) {
      taken = 1;
      continue;
    }
    AverSpan span = {tokens[i].start, tokens[i + taken - 1].end};
    add_row(layer, span, &list->texts, list_get_entry(list, found));
  }
  return AVER_KEEP;
}

static guint32 find_token(const AverToken *tokens, guint32 n, guint32 start)
{
  guint32 low = 0, high = n;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (tokens[middle].start < start)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Says of which line of which list a name is. */
static void explain_name(const Gazetteer *gazetteer, guint32 found, AverReasonKind kind,
                         const char *what, AverSpan span, AverExplanation *explanation)
{
  const List *list = gazetteer->list;
  const Listed *entry = list_get_entry(list, found);
  const char *spelling = trie_get_name(list->trie, found);
  const char *name = texts_at(&list->texts, entry->name);
  const char *path = texts_find(&list->texts, entry->name)->path;
  if (strcmp(spelling, name) == 0)
    aver_explanation_add(explanation, kind, &span, NAN, "%s '%s' in %s:%u", what, spelling, path,
                         entry->line);
  else
    aver_explanation_add(explanation, kind, &span, NAN, "%s '%s', alias of '%s' in %s:%u", what,
                         spelling, name, path, entry->line);
}

static const char *const case_words[] = {
    "case=smart: what is upper case in the list is so in the text",
    "case=exact: the letters are those of the list",
    "case=ignore: upper and lower case are one",
};

static gboolean gazetteer_explain(gpointer self, gpointer worker, AverDocument *document,
                                  const AverLayer *layer, guint32 row, AverExplanation *explanation,
                                  GError **error)
{
  (void) worker;
  (void) error;
  const Gazetteer *gazetteer = self;
  const Trie *trie = gazetteer->list->trie;
  AverSpan span = aver_layer_get_spans(layer)[row];
  guint32 n, length, taken;
  const char *text = aver_document_get_text(document, &length);
  const AverToken *tokens = aver_document_get_tokens(document, &n);
  guint32 at = find_token(tokens, n, span.start);
  guint32 found = trie_find(trie, text, tokens + at, n - at, gazetteer->rule, &taken);
  if (found == TRIE_NOTHING)
    return TRUE;
  explain_name(gazetteer, found, AVER_REASON_RULE, "listed:", span, explanation);
  aver_explanation_add(explanation, AVER_REASON_RULE, NULL, NAN, "%s", case_words[gazetteer->rule]);
  while (taken > 1) {
    found = trie_find(trie, text, tokens + at, taken - 1, gazetteer->rule, &taken);
    if (found == TRIE_NOTHING)
      break;
    AverSpan shorter = {span.start, tokens[at + taken - 1].end};
    explain_name(gazetteer, found, AVER_REASON_ALTERNATIVE, "shorter:", shorter, explanation);
  }
  return TRUE;
}

static const char *const rules[] = {"smart", "exact", "ignore", NULL};

static const AverOption options[] = {
    {.name = "list",
     .kind = AVER_OPTION_STRING,
     .help = "the file of names, or several with commas: a line is a label, a name, an id and "
             "aliases, with tabs between them"},
    {.name = "case",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "smart",
     .choices = rules,
     .help = "smart: what is upper case in the list is so in the text; exact: as the list has it; "
             "ignore: upper and lower case are one"},
};

AVER_PLUGIN(gazetteer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "gazetteer",
    .version = "1.0",
    .summary = "marks people, organisations and whatever else a list names",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .provides = (const AverLayerType *const[]){&entity_layer, NULL},
    .open = gazetteer_open,
    .close = gazetteer_close,
    .process = gazetteer_process,
    .explain = gazetteer_explain,
};
