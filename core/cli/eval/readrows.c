/* SPDX-License-Identifier: Apache-2.0 */
/* Reading one record's annotations of the layer under test. */
#include "readrows.h"

#include "spans.h"

#include <string.h>

static gboolean read_names(const Reading *reading, json_t *row, const char *where, QuoteRow *quote)
{
  json_t *names = json_object_get(row, "speaker_names");
  g_autofree char *name = g_strdup_printf("%s.speaker_names", where);
  if (names == NULL || json_is_null(names))
    return TRUE;
  if (!json_is_array(names))
    return reading_wrong(reading, "%s is no list; expected names", name);
  quote->speaker_names = read_strings(reading, names, name);
  return quote->speaker_names != NULL;
}

static gboolean read_quote(const Reading *reading, Record *record, json_t *row, const char *where)
{
  if (!json_is_object(row))
    return reading_wrong(reading, "%s is no object; expected {\"content\": [[start, end]], ...}",
                         where);
  QuoteRow *quote = quote_row_new();
  g_ptr_array_add(record->quotes, quote);
  for (guint i = 0; i < N_ROLES; i++) {
    json_t *spans = json_object_get(row, role_names[i]);
    g_autofree char *name = g_strdup_printf("%s.%s", where, role_names[i]);
    if (i == ROLE_CONTENT && spans == NULL)
      return reading_wrong(reading, "%s is missing; expected [[start, end], ...]", name);
    if (spans != NULL && !json_is_null(spans) &&
        !read_spans(reading, record, spans, name, quote->roles[i]))
      return FALSE;
  }
  const char *type = json_object_get(row, "type") != NULL ? "type" : "kind";
  return read_string(reading, row, type, where, &quote->type) &&
         read_string(reading, row, "speaker", where, &quote->speaker) &&
         read_boolean(reading, row, "speech", where, &quote->is_speech) &&
         read_boolean(reading, row, "source_is_pronoun", where, &quote->is_pronoun) &&
         read_names(reading, row, where, quote);
}

static gint compare_strings(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *) a, *(char *const *) b);
}

/* A label, or for a task of many labels a list of them; null is none. */
static gboolean read_labels(const Reading *reading, json_t *label, const char *where,
                            ClaimRow *claim)
{
  json_auto_t *list = json_is_array(label)  ? json_incref(label)
                      : json_is_null(label) ? json_array()
                                            : json_pack("[O]", label);
  g_auto(GStrv) labels = read_strings(reading, list, where);
  if (labels == NULL)
    return FALSE;
  qsort(labels, g_strv_length(labels), sizeof *labels, compare_strings);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  for (guint i = 0; labels[i] != NULL; i++)
    if (i == 0 || strcmp(labels[i - 1], labels[i]) != 0)
      g_strv_builder_add(builder, labels[i]);
  g_strfreev(claim->labels);
  claim->labels = g_strv_builder_end(builder);
  if (claim->labels[0] == NULL && reading->gold == NULL)
    return reading_wrong(reading, "%s is empty; expected a label, or a list of labels", where);
  return TRUE;
}

static gboolean read_score(const Reading *reading, json_t *row, const char *key, const char *where,
                           ClaimRow *claim)
{
  json_t *score = json_object_get(row, key);
  if (score != NULL && !json_is_null(score) && !json_is_number(score))
    return reading_wrong(reading, "%s.%s is no number; expected a score", where, key);
  claim->has_score = json_is_number(score);
  claim->score = json_number_value(score);
  return TRUE;
}

static gboolean read_scores(const Reading *reading, json_t *json, ClaimRow *claim)
{
  const char *label;
  json_t *value, *scores = json_object_get(json, "scores");
  if (scores == NULL)
    return TRUE;
  if (!json_is_object(scores))
    return reading_wrong(reading, "scores is no object; expected {label: score, ...}");
  json_object_foreach(scores, label, value)
  {
    if (!json_is_number(value))
      return reading_wrong(reading, "scores.%s is no number; expected a score", label);
  }
  claim->scores = json_incref(scores);
  return TRUE;
}

/* {"label": ..., "score": ...} for the whole document. */
static gboolean read_document_claim(const Reading *reading, Record *record, json_t *json)
{
  ClaimRow *claim = claim_row_new();
  g_ptr_array_add(record->claims, claim);
  claim->span = (AverSpan){0, record->length};
  return read_labels(reading, json_object_get(json, "label"), "label", claim) &&
         read_score(reading, json, "score", "record", claim) && read_scores(reading, json, claim);
}

static gboolean read_claim(const Reading *reading, Record *record, json_t *row, const char *where)
{
  ClaimRow *claim = claim_row_new();
  g_ptr_array_add(record->claims, claim);
  claim->is_row = TRUE;
  claim->of_quote = json_is_integer(json_object_get(row, "quote"));
  g_autofree char *name = g_strdup_printf("%s.label", where);
  json_t *label = json_object_get(row, "label");
  if (label == NULL)
    return reading_wrong(reading, "%s is missing; expected a label", name);
  if (!read_row_span(reading, record, row, where, &claim->span) ||
      !read_labels(reading, label, name, claim) ||
      !read_score(reading, row, "checkworthy", where, claim))
    return FALSE;
  claim->has_score = TRUE;
  return TRUE;
}

static gboolean read_row(const Reading *reading, Record *record, json_t *row, const char *where)
{
  AverSpan span;
  switch (reading->kind) {
  case SCORE_QUOTES:
    return read_quote(reading, record, row, where);
  case SCORE_CLAIMS:
    return read_claim(reading, record, row, where);
  default:
    if (!read_row_span(reading, record, row, where, &span))
      return FALSE;
    g_array_append_val(record->spans, span);
    return TRUE;
  }
}

static gboolean read_list(const Reading *reading, Record *record, json_t *list, const char *where)
{
  gsize i;
  json_t *row;
  if (!json_is_array(list))
    return reading_wrong(reading, "%s is no list; expected a list of rows", where);
  json_array_foreach(list, i, row)
  {
    g_autofree char *name = g_strdup_printf("%s[%zu]", where, i);
    if (!read_row(reading, record, row, name))
      return FALSE;
  }
  return TRUE;
}

gboolean read_rows(const Reading *reading, Record *record, json_t *json)
{
  static const char *const keys[] = {"sentences", "quotes", "label", NULL};
  const char *key = keys[reading->kind];
  json_t *value = key == NULL ? NULL : json_object_get(json, key);
  if (value != NULL && reading->kind == SCORE_SENTENCES)
    return read_spans(reading, record, value, key, record->spans);
  if (value != NULL && reading->kind == SCORE_QUOTES)
    return read_list(reading, record, value, key);
  if (value != NULL)
    return read_document_claim(reading, record, json);
  json_t *layers = json_object_get(json, "layers");
  json_t *layer = json_object_get(layers, reading->layer);
  g_autofree char *where = g_strdup_printf("layers.%s", reading->layer);
  if (layer != NULL)
    return read_list(reading, record, layer, where);
  /* A document that Aver wrote without this layer has none of its rows. */
  if (json_is_object(layers) && reading->gold != NULL)
    return TRUE;
  if (key == NULL)
    return reading_wrong(reading, "no annotations; expected \"%s\"", where);
  return reading_wrong(reading, "no annotations; expected \"%s\" or \"%s\"", key, where);
}
