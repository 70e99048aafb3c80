/* SPDX-License-Identifier: Apache-2.0 */
/* What was found in a document, beside what was expected. */
#include "judge.h"

#include "../celltext.h"

#include <math.h>
#include <string.h>

/* Rows too many that are shown of a layer. */
#define MOST_SHOWN 20

static G_GNUC_PRINTF(2, 3) void remark(Judgement *judgement, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *line = aver_text_make_printable(message, -1);
  g_string_append_printf(judgement->remarks, "%s\n", line);
}

/* An expected cell on one line: a string as it is, else its JSON. */
static char *show_expected(const Node *cell)
{
  static const char *const words[] = {"", "", "", "", "true", "false", "(none)"};
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  if (cell->kind == AVER_JSON_STRING)
    return aver_text_make_printable(cell->string, (gssize) cell->length);
  if (cell->kind == AVER_JSON_NUMBER)
    return g_strdup(g_ascii_formatd(number, sizeof number, "%.15g", cell->number));
  if (cell->kind != AVER_JSON_OBJECT && cell->kind != AVER_JSON_ARRAY)
    return g_strdup(words[cell->kind]);
  GString *list = g_string_new(NULL);
  for (guint i = 0; i < node_count(cell); i++) {
    const Node *child = node_child(cell, i);
    g_autofree char *shown = show_expected(child);
    g_string_append_printf(list, "%s%s%s%s", i > 0 ? " + " : "", child->key ? child->key : "",
                           child->key ? " " : "", shown);
  }
  return g_string_free(list, FALSE);
}

/* A number with all its digits, which is none when it is absent. */
static char *show_number(const FoundRows *found, guint32 row, guint32 column)
{
  g_auto(AverBuffer) number = {0};
  if (isnan(aver_layer_get_f32(found->layer, row, column)))
    return NULL;
  aver_layer_append_cell(&number, found->layer, row, column);
  return g_strndup(number.data, number.length);
}

/* What the found row has under a name that was expected. */
static char *show_found(const FoundRows *found, guint32 row, const char *name)
{
  AverSpan span = aver_layer_get_spans(found->layer)[row];
  gint32 column = find_column(found->type, name);
  char *text = NULL;
  if (column != AVER_NONE && found->type->columns[column].kind == AVER_COLUMN_F32)
    text = show_number(found, row, (guint32) column);
  else if (column != AVER_NONE)
    text = cell_text(found->document, found->layer, row, (guint32) column);
  else if (strcmp(name, "text") == 0)
    text = text_excerpt(found->document, span);
  else
    text = g_strdup_printf("%u", strcmp(name, "start") == 0 ? span.start : span.end);
  return text != NULL ? text : g_strdup("(none)");
}

static void show_cell(Judgement *judgement, const FoundRows *found, gint32 row, const Node *cell)
{
  g_autofree char *expected = show_expected(cell);
  if (row == AVER_NONE || cell_matches(found, (guint32) row, cell)) {
    remark(judgement, "      %-11s %s", cell->key, expected);
    return;
  }
  g_autofree char *has = show_found(found, (guint32) row, cell->key);
  remark(judgement, "    ! %-11s expected  %s", cell->key, expected);
  remark(judgement, "      %-11s found     %s", "", has);
}

static void show_missing(Judgement *judgement, const FoundRows *found, const Node *rows,
                         const Node *expected, const gint32 *taken)
{
  g_autofree char *place = node_place(judgement->file, expected->at);
  gint32 row = find_closest(found, expected, taken);
  if (row == AVER_NONE && found_count(found) == 0)
    remark(judgement, "  %s: %s row is missing; none was found", place, rows->key);
  else if (row == AVER_NONE)
    remark(judgement, "  %s: %s row is missing; none of those found is like it", place, rows->key);
  else
    remark(judgement, "  %s: %s row is missing; the closest is row %d", place, rows->key, row);
  for (guint i = 0; i < node_count(expected); i++)
    show_cell(judgement, found, row, node_child(expected, i));
}

static void show_row(Judgement *judgement, const FoundRows *found, guint32 row)
{
  AverSpan span = aver_layer_get_spans(found->layer)[row];
  g_autofree char *text = text_excerpt(found->document, span);
  remark(judgement, "    row %u, bytes %u to %u: %s", row, span.start, span.end, text);
  for (guint32 i = 0; i < found->type->n_columns; i++) {
    g_autofree char *cell = cell_text(found->document, found->layer, row, i);
    if (cell != NULL)
      remark(judgement, "      %-11s %s", found->type->columns[i].name, cell);
  }
}

static gboolean is_exact(const Node *exact, const char *layer)
{
  for (guint i = 0; i < node_count(exact); i++)
    if (g_strcmp0(node_child(exact, i)->string, layer) == 0)
      return TRUE;
  return exact != NULL && exact->kind == AVER_JSON_TRUE;
}

static void show_others(Judgement *judgement, const FoundRows *found, const gint32 *taken)
{
  guint n = 0;
  for (guint32 row = 0; row < found_count(found); row++)
    n += taken[row] == AVER_NONE;
  if (n > 0)
    remark(judgement, "  %s: %u row%s more than expected", found->type->name, n, n == 1 ? "" : "s");
  guint shown = 0;
  for (guint32 row = 0; row < found_count(found) && shown < MOST_SHOWN; row++)
    if (taken[row] == AVER_NONE) {
      show_row(judgement, found, row);
      shown++;
    }
  if (n > shown)
    remark(judgement, "    and %u more", n - shown);
}

static FoundRows find_rows(const Judgement *judgement, const AverDocument *document,
                           const char *layer)
{
  return (FoundRows){document, aver_document_get_layer(document, layer),
                     find_layer_type(judgement->types, layer)};
}

static void judge_expected(Judgement *judgement, const AverDocument *document, const Node *rows)
{
  FoundRows found = find_rows(judgement, document, rows->key);
  g_autofree gint32 *taken = NULL;
  g_autofree gint32 *given = match_rows(&found, rows, &taken);
  for (guint i = 0; i < node_count(rows); i++)
    if (given[i] == AVER_NONE)
      show_missing(judgement, &found, rows, node_child(rows, i), taken);
  if (is_exact(node_member(judgement->test, "exact"), rows->key))
    show_others(judgement, &found, taken);
}

static void judge_absent(Judgement *judgement, const AverDocument *document, const Node *rows)
{
  FoundRows found = find_rows(judgement, document, rows->key);
  for (guint i = 0; i < node_count(rows); i++)
    for (guint32 row = 0; row < found_count(&found); row++) {
      const Node *expected = node_child(rows, i);
      if (!row_matches(&found, row, expected))
        continue;
      g_autofree char *place = node_place(judgement->file, expected->at);
      remark(judgement, "  %s: %s row was found, and expected to be absent", place, rows->key);
      show_row(judgement, &found, row);
      break;
    }
}

static void judge_count(Judgement *judgement, const AverDocument *document, const Node *count)
{
  FoundRows found = find_rows(judgement, document, count->key);
  if (found_count(&found) == count->number)
    return;
  g_autofree char *place = node_place(judgement->file, count->at);
  remark(judgement, "  %s: %u rows of %s; expected %u", place, found_count(&found), count->key,
         (guint) count->number);
}

void judge(Judgement *judgement, AverDocument *document, AverVerdict verdict)
{
  const Node *test = judgement->test, *dropped = node_member(test, "dropped");
  const Node *expect = node_member(test, "expect"), *absent = node_member(test, "absent");
  const Node *count = node_member(test, "count");
  gboolean to_drop = dropped != NULL && dropped->kind == AVER_JSON_TRUE;
  if (to_drop != (verdict == AVER_DROP)) {
    remark(judgement, "  the document was %s; expected it to be %s", to_drop ? "kept" : "dropped",
           to_drop ? "dropped" : "kept");
    return;
  }
  for (guint i = 0; i < node_count(expect); i++)
    judge_expected(judgement, document, node_child(expect, i));
  for (guint i = 0; i < node_count(absent); i++)
    judge_absent(judgement, document, node_child(absent, i));
  for (guint i = 0; i < node_count(count); i++)
    judge_count(judgement, document, node_child(count, i));
}
