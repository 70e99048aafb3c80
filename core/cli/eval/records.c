/* SPDX-License-Identifier: Apache-2.0 */
/* Records: documents with the annotations of the layer under test, gold or predicted. */
#include "records.h"

#include "spans.h"

#include <string.h>

const char *const role_names[N_ROLES] = {"content", "cue", "source"};

ScoreKind score_kind(const char *layer)
{
  const char *const names[] = {"sentence", "quote", "claim"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (strcmp(layer, names[i]) == 0)
      return (ScoreKind) i;
  return SCORE_SPANS;
}

QuoteRow *quote_row_new(void)
{
  QuoteRow *row = g_new0(QuoteRow, 1);
  for (guint i = 0; i < N_ROLES; i++)
    row->roles[i] = spans_new();
  row->is_speech = TRUE;
  return row;
}

static void quote_row_free(gpointer data)
{
  QuoteRow *row = data;
  for (guint i = 0; i < N_ROLES; i++)
    g_array_unref(row->roles[i]);
  g_free(row->type);
  g_free(row->speaker);
  g_strfreev(row->speaker_names);
  g_free(row);
}

ClaimRow *claim_row_new(void)
{
  ClaimRow *row = g_new0(ClaimRow, 1);
  row->labels = g_new0(char *, 1);
  return row;
}

void claim_row_set_label(ClaimRow *row, const char *label)
{
  g_strfreev(row->labels);
  row->labels = g_new0(char *, 2);
  row->labels[0] = g_strdup(label);
}

static void claim_row_free(gpointer data)
{
  ClaimRow *row = data;
  g_strfreev(row->labels);
  json_decref(row->scores);
  g_free(row);
}

Record *record_new(const char *id)
{
  Record *record = g_new0(Record, 1);
  record->id = g_strdup(id);
  record->spans = spans_new();
  record->quotes = g_ptr_array_new_with_free_func(quote_row_free);
  record->claims = g_ptr_array_new_with_free_func(claim_row_free);
  return record;
}

void record_free(gpointer data)
{
  Record *record = data;
  if (record == NULL)
    return;
  g_array_unref(record->spans);
  g_ptr_array_unref(record->quotes);
  g_ptr_array_unref(record->claims);
  json_decref(record->json);
  g_free(record->id);
  g_free(record);
}

char *record_dup_field(const Record *record, const char *name)
{
  json_t *value = json_object_get(record->json, name);
  if (value == NULL)
    value = json_object_get(json_object_get(record->json, "metadata"), name);
  if (value == NULL || json_is_null(value))
    return NULL;
  if (json_is_string(value))
    return g_strdup(json_string_value(value));
  char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_SORT_KEYS);
  char *copy = g_strdup(text);
  free(text);
  return copy;
}

Records *records_new(void)
{
  Records *records = g_new0(Records, 1);
  records->list = g_ptr_array_new_with_free_func(record_free);
  records->by_id = g_hash_table_new(g_str_hash, g_str_equal);
  return records;
}

void records_free(Records *records)
{
  if (records == NULL)
    return;
  g_hash_table_unref(records->by_id);
  g_ptr_array_unref(records->list);
  g_free(records);
}

Record *records_get(const Records *records, const char *id)
{
  return g_hash_table_lookup(records->by_id, id);
}

gboolean records_add(Records *records, Record *record)
{
  if (g_hash_table_contains(records->by_id, record->id))
    return FALSE;
  g_ptr_array_add(records->list, record);
  g_hash_table_insert(records->by_id, record->id, record);
  return TRUE;
}

void records_keep(Records *records, RecordFunc is_wanted, gconstpointer user_data)
{
  guint kept = 0;
  g_ptr_array_set_free_func(records->list, NULL);
  for (guint i = 0; i < records->list->len; i++) {
    Record *record = g_ptr_array_index(records->list, i);
    if (is_wanted(record, user_data)) {
      records->list->pdata[kept++] = record;
    } else {
      g_hash_table_remove(records->by_id, record->id);
      record_free(record);
    }
  }
  g_ptr_array_set_size(records->list, (gint) kept);
  g_ptr_array_set_free_func(records->list, record_free);
}
