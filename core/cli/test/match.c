/* SPDX-License-Identifier: Apache-2.0 */
/* Expected rows and found ones: which belong together. */
#include "match.h"

#include <math.h>
#include <string.h>

guint32 found_count(const FoundRows *found)
{
  return found->layer == NULL ? 0 : aver_layer_get_n_rows(found->layer);
}

static gboolean piece_matches(const AverDocument *document, AverSpan span, const Node *piece)
{
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  if (piece->kind == AVER_JSON_STRING)
    return piece->length == span.end - span.start &&
           memcmp(text + span.start, piece->string, piece->length) == 0;
  return piece->kind == AVER_JSON_ARRAY && node_count(piece) == 2 &&
         node_child(piece, 0)->number == span.start && node_child(piece, 1)->number == span.end;
}

static gboolean spans_match(const FoundRows *found, guint32 row, guint32 column, const Node *cell)
{
  guint32 n = 0;
  const AverSpan *spans = aver_layer_get_spans_cell(found->layer, row, column, &n);
  gboolean is_list = cell->kind == AVER_JSON_ARRAY &&
                     (node_count(cell) == 0 || node_child(cell, 0)->kind != AVER_JSON_NUMBER);
  if (!is_list)
    return n == 1 && piece_matches(found->document, spans[0], cell);
  for (guint32 i = 0; n == node_count(cell) && i < n; i++)
    if (!piece_matches(found->document, spans[i], node_child(cell, i)))
      return FALSE;
  return n == node_count(cell);
}

/* The float has the value that was written, as far as a float can; or it lies in the range. */
static gboolean number_matches(double value, gboolean is_float, const Node *cell)
{
  if (cell->kind == AVER_JSON_NUMBER)
    return is_float ? (float) cell->number == (float) value : cell->number == value;
  const Node *least = node_member(cell, "min"), *most = node_member(cell, "max");
  return (least == NULL || value >= least->number) && (most == NULL || value <= most->number);
}

static gboolean flags_match(guint32 flags, const AverColumnType *column, const Node *cell)
{
  guint32 wanted = 0;
  for (guint i = 0; i < node_count(cell); i++)
    for (guint k = 0; column->names[k] != NULL; k++)
      if (g_strcmp0(column->names[k], node_child(cell, i)->string) == 0)
        wanted |= 1u << k;
  return wanted == flags;
}

static gboolean reference_matches(const FoundRows *found, gint32 target, const char *name,
                                  const Node *cell)
{
  if (cell->kind == AVER_JSON_NUMBER)
    return cell->number == target;
  FoundRows there = {.document = found->document,
                     .layer = aver_document_get_layer(found->document, name)};
  if (target < 0 || (guint32) target >= found_count(&there))
    return FALSE;
  there.type = aver_layer_get_type_info(there.layer);
  return row_matches(&there, (guint32) target, cell);
}

static gboolean is_absent(const FoundRows *found, guint32 row, guint32 column)
{
  guint32 n = 0;
  const AverLayer *layer = found->layer;
  switch (found->type->columns[column].kind) {
  case AVER_COLUMN_I32:
    return aver_layer_get_i32(layer, row, column) == G_MININT32;
  case AVER_COLUMN_F32:
    return isnan(aver_layer_get_f32(layer, row, column));
  case AVER_COLUMN_STRING:
    return aver_layer_get_string(layer, row, column) == NULL;
  case AVER_COLUMN_FLAGS:
    return aver_layer_get_flags(layer, row, column) == 0;
  case AVER_COLUMN_SPAN:
  case AVER_COLUMN_SPANS:
    aver_layer_get_spans_cell(layer, row, column, &n);
    return n == 0;
  default:
    return aver_layer_get_i32(layer, row, column) == AVER_NONE;
  }
}

static gboolean column_matches(const FoundRows *found, guint32 row, guint32 column,
                               const Node *cell)
{
  const AverColumnType *type = &found->type->columns[column];
  const AverLayer *layer = found->layer;
  gboolean absent = is_absent(found, row, column);
  if (cell->kind == AVER_JSON_NULL)
    return absent;
  if (absent)
    return cell->kind == AVER_JSON_ARRAY && node_count(cell) == 0;
  switch (type->kind) {
  case AVER_COLUMN_I32:
    return number_matches(aver_layer_get_i32(layer, row, column), FALSE, cell);
  case AVER_COLUMN_F32:
    return number_matches((double) aver_layer_get_f32(layer, row, column), TRUE, cell);
  case AVER_COLUMN_STRING:
    return g_strcmp0(aver_layer_get_string(layer, row, column), cell->string) == 0;
  case AVER_COLUMN_ENUM:
    return g_strcmp0(aver_column_get_name(type, aver_layer_get_i32(layer, row, column)),
                     cell->string) == 0;
  case AVER_COLUMN_FLAGS:
    return flags_match(aver_layer_get_flags(layer, row, column), type, cell);
  case AVER_COLUMN_REF:
    return reference_matches(found, aver_layer_get_i32(layer, row, column), type->target, cell);
  default:
    return spans_match(found, row, column, cell);
  }
}

gboolean cell_matches(const FoundRows *found, guint32 row, const Node *cell)
{
  gint32 column = find_column(found->type, cell->key);
  AverSpan span = aver_layer_get_spans(found->layer)[row];
  if (column != AVER_NONE)
    return column_matches(found, row, (guint32) column, cell);
  if (strcmp(cell->key, "text") == 0)
    return piece_matches(found->document, span, cell);
  return cell->number == (strcmp(cell->key, "start") == 0 ? span.start : span.end);
}

gboolean row_matches(const FoundRows *found, guint32 row, const Node *expected)
{
  for (guint i = 0; i < node_count(expected); i++)
    if (!cell_matches(found, row, node_child(expected, i)))
      return FALSE;
  return TRUE;
}

/* As many bytes at the beginning make two texts look alike. */
#define ALIKE 8

/* Whether a text that was expected begins as the row does, has something of it in it, or is in
 * it. */
static gboolean is_near(const FoundRows *found, guint32 row, const Node *cell)
{
  guint32 length;
  const char *text = aver_document_get_text(found->document, &length);
  AverSpan span = aver_layer_get_spans(found->layer)[row];
  gsize n = span.end - span.start;
  const char *words = text + span.start;
  if (cell->kind != AVER_JSON_STRING || cell->length == 0 || n == 0)
    return FALSE;
  if (n >= ALIKE && cell->length >= ALIKE && memcmp(words, cell->string, ALIKE) == 0)
    return TRUE;
  return memmem(words, n, cell->string, cell->length) != NULL ||
         memmem(cell->string, cell->length, words, n) != NULL;
}

gint32 find_closest(const FoundRows *found, const Node *expected, const gint32 *taken)
{
  gint32 best = AVER_NONE;
  guint best_score = 0;
  for (guint32 row = 0; row < found_count(found); row++) {
    guint score = 0;
    if (taken != NULL && taken[row] != AVER_NONE)
      continue;
    for (guint i = 0; i < node_count(expected); i++) {
      const Node *cell = node_child(expected, i);
      score += cell_matches(found, row, cell) ? 3 : is_near(found, row, cell) ? 2 : 0;
    }
    if (score > best_score) {
      best = (gint32) row;
      best_score = score;
    }
  }
  return best;
}

typedef struct {
  const FoundRows *found;
  const Node *rows;
  gint32 *given; /* by expected row */
  gint32 *taken; /* by found row */
  guint *seen;   /* by found row: the last search that came by */
  guint search;
} Matching;

/* Looks for a row that is free, or whose owner takes another one (Kuhn 1955); @depth bounds the
 * chain. */
static gboolean give(Matching *m, guint expected, guint depth)
{
  for (guint32 row = 0; row < found_count(m->found); row++) {
    if (m->seen[row] == m->search || !row_matches(m->found, row, node_child(m->rows, expected)))
      continue;
    m->seen[row] = m->search;
    if (m->taken[row] != AVER_NONE && (depth == 0 || !give(m, (guint) m->taken[row], depth - 1)))
      continue;
    m->taken[row] = (gint32) expected;
    m->given[expected] = (gint32) row;
    return TRUE;
  }
  return FALSE;
}

gint32 *match_rows(const FoundRows *found, const Node *rows, gint32 **taken)
{
  guint n = node_count(rows), n_found = found_count(found);
  g_autofree guint *seen = g_new0(guint, n_found + 1);
  Matching m = {found, rows, g_new(gint32, n + 1), g_new(gint32, n_found + 1), seen, 0};
  for (guint i = 0; i <= n; i++)
    m.given[i] = AVER_NONE;
  for (guint i = 0; i <= n_found; i++)
    m.taken[i] = AVER_NONE;
  for (guint i = 0; i < n; i++) {
    m.search++;
    give(&m, i, 100);
  }
  *taken = m.taken;
  return m.given;
}
