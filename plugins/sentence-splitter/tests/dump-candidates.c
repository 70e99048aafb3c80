/* SPDX-License-Identifier: Apache-2.0 */
/* For train.py: the candidates of gold documents, one a line: "+" or "-" and the features. */
#include "../split.h"

#include <jansson.h>
#include <stdio.h>

typedef struct {
  GHashTable *ends; /* of the gold sentences */
} Gold;

static gboolean answer_from_gold(gpointer data, const Walk *walk, const Candidate *candidate,
                                 gboolean ruled, gboolean answer)
{
  const Gold *gold = data;
  (void) answer;
  gboolean ends = g_hash_table_contains(gold->ends, GUINT_TO_POINTER(candidate->end));
  if (!ruled) {
    guint16 features[MAX_FEATURES];
    guint n = get_features(walk, candidate, features);
    printf("%c", ends ? '+' : '-');
    for (guint i = 0; i < n; i++)
      printf(" %u", features[i]);
    printf("\n");
  }
  return ends;
}

static void dump(Splitter *splitter, Gold *gold, json_t *record)
{
  g_autoptr(AverDocument) document = aver_document_new();
  json_t *text = json_object_get(record, "text"), *span;
  gsize i, length = json_string_length(text);
  if (!aver_document_set_text(document, json_string_value(text), length, NULL))
    return;
  g_hash_table_remove_all(gold->ends);
  json_array_foreach(json_object_get(record, "sentences"), i, span)
  {
    gsize end = (gsize) json_integer_value(json_array_get(span, 1));
    g_hash_table_add(gold->ends, GUINT_TO_POINTER(end));
  }
  split_text(splitter, json_string_value(text), (guint32) length,
             aver_document_add_layer(document, &aver_sentence_layer));
}

int main(int argc, char **argv)
{
  Gold gold = {g_hash_table_new(NULL, NULL)};
  Splitter splitter;
  if (!splitter_init(&splitter, argc > 1 && strcmp(argv[1], "web") == 0, NULL, NULL))
    return 1;
  splitter.oracle = answer_from_gold;
  splitter.oracle_data = &gold;
  for (int i = 2; i < argc; i++) {
    FILE *file = fopen(argv[i], "r");
    json_t *record;
    if (file == NULL)
      return 1;
    while ((record = json_loadf(file, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, NULL)) != NULL) {
      dump(&splitter, &gold, record);
      json_decref(record);
    }
    fclose(file);
  }
  splitter_clear(&splitter);
  g_hash_table_destroy(gold.ends);
  return 0;
}
