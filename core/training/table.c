/* SPDX-License-Identifier: Apache-2.0 */
/* Tables: cutting CSV (RFC 4180) and tab-separated values into rows and cells. */
#include "table.h"

void aver_table_clear(AverTable *table)
{
  g_clear_pointer(&table->cells, g_array_unref);
}

static gboolean at_line_end(const AverTable *table, const char *p)
{
  return p == table->end || *p == '\n' || (*p == '\r' && (p + 1 == table->end || p[1] == '\n'));
}

static const char *skip_line_end(const AverTable *table, const char *p)
{
  p += p < table->end && *p == '\r';
  return p + (p < table->end && *p == '\n');
}

/* A cell in quotation marks, of which @p stands behind the first; NULL when it does not end. */
static const char *take_quoted(const AverTable *table, const char *p, AverCell *cell)
{
  cell->text = p;
  while (p < table->end && (p = memchr(p, '"', (gsize) (table->end - p))) != NULL) {
    if (p + 1 == table->end || p[1] != '"') {
      cell->length = (gsize) (p - cell->text);
      return p + 1;
    }
    cell->doubled = TRUE;
    p += 2;
  }
  return NULL;
}

static const char *take_plain(const AverTable *table, const char *p, AverCell *cell)
{
  cell->text = p;
  while (!at_line_end(table, p) && *p != table->separator)
    p++;
  cell->length = (gsize) (p - cell->text);
  return p;
}

/* Cuts the row at @p; what is behind it, with @problem set when it is none. */
static const char *cut_row(AverTable *table, const char *p, const char **problem)
{
  for (;;) {
    AverCell cell = {0};
    gboolean quoted = table->quoted && p < table->end && *p == '"';
    p = quoted ? take_quoted(table, p + 1, &cell) : take_plain(table, p, &cell);
    if (p == NULL) {
      *problem = "a quotation mark opens that nothing closes; expected another";
      return table->end;
    }
    if (table->cells->len == AVER_TABLE_MAX_CELLS)
      *problem = "more than 4096 cells; expected fewer";
    else
      g_array_append_val(table->cells, cell);
    gboolean ends = at_line_end(table, p);
    if (!ends && *p != table->separator)
      *problem = "text behind a closing quotation mark; expected the end of the cell";
    if (ends || *problem != NULL)
      return p;
    p++;
  }
}

static guint64 count_lines(const char *p, const char *end)
{
  guint64 n = 0;
  while (p < end && (p = memchr(p, '\n', (gsize) (end - p))) != NULL) {
    n++;
    p++;
  }
  return n;
}

AverTableStep aver_table_next(AverTable *table, const char **problem)
{
  *problem = NULL;
  if (table->cells == NULL)
    table->cells = g_array_new(FALSE, FALSE, sizeof(AverCell));
  while (table->data < table->end && at_line_end(table, table->data)) {
    table->data = skip_line_end(table, table->data);
    table->passed++;
  }
  if (table->data == table->end)
    return AVER_TABLE_END;
  g_array_set_size(table->cells, 0);
  table->row = table->data;
  table->line = table->passed + 1;
  const char *p = cut_row(table, table->data, problem);
  while (*problem != NULL && !at_line_end(table, p))
    p++;
  table->length = (gsize) (p - table->row);
  table->data = skip_line_end(table, p);
  table->passed += count_lines(table->row, table->data);
  return *problem == NULL ? AVER_TABLE_ROW : AVER_TABLE_BAD;
}

const char *aver_cell_get_text(const AverCell *cell, char *room, gsize *length)
{
  *length = cell->length;
  if (!cell->doubled)
    return cell->text;
  char *to = room;
  for (gsize i = 0; i < cell->length; i++) {
    *to++ = cell->text[i];
    i += cell->text[i] == '"';
  }
  *length = (gsize) (to - room);
  return room;
}
