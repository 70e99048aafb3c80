/* SPDX-License-Identifier: Apache-2.0 */
/* gazetteer: marks the names of a list in the text, in a layer of its own. */
#include <aver/aver.h>

#include "list.h"

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

static void add_row(AverLayer *layer, AverSpan span, const Listed *entry)
{
  gint32 row = aver_layer_add(layer, span.start, span.end);
  if (row == AVER_NONE)
    return;
  aver_layer_set_string(layer, (guint32) row, ENTITY_LABEL, entry->label, -1);
  aver_layer_set_string(layer, (guint32) row, ENTITY_NAME, entry->name, -1);
  if (entry->id != NULL)
    aver_layer_set_string(layer, (guint32) row, ENTITY_IDENTIFIER, entry->id, -1);
}

static AverVerdict gazetteer_process(gpointer self, gpointer worker, AverDocument *document,
                                     GError **error)
{
  (void) worker;
  (void) error;
  const Gazetteer *gazetteer = self;
  guint32 n, length;
  const char *text = aver_document_get_text(document, &length);
  const AverToken *tokens = aver_document_get_tokens(document, &n);
  AverLayer *layer = aver_document_add_layer(document, &entity_layer);
  for (guint32 i = 0, taken; i < n; i += taken) {
    guint32 found =
        trie_find(gazetteer->list->trie, text, tokens + i, n - i, gazetteer->rule, &taken);
    if (found == TRIE_NOTHING) {
      taken = 1;
      continue;
    }
    AverSpan span = {tokens[i].start, tokens[i + taken - 1].end};
    add_row(layer, span, &g_array_index(gazetteer->list->entries, Listed, found));
  }
  return AVER_KEEP;
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
};
