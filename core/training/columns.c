/* SPDX-License-Identifier: Apache-2.0 */
/* Which column of a table is which field: by the names in its header, or by the shape of a row. */
#include "columns.h"

#include <string.h>

/* A name in a header, without the white space around it and the escapes in it. */
static char *dup_name(const AverCell *cell)
{
  g_autofree char *room = g_malloc(cell->length + 1);
  gsize length;
  const char *text = aver_cell_get_text(cell, room, &length);
  return g_strstrip(g_strndup(text, length));
}

/* The column that fits a field best, of several the first, and how many fit as well. */
static gint find_column(const AverDataFile *file, const AverTable *header, AverField field,
                        guint *n_best)
{
  gint best = G_MAXINT, column = AVER_NONE;
  *n_best = 0;
  for (guint i = 0; i < header->cells->len; i++) {
    g_autofree char *name = dup_name(&g_array_index(header->cells, AverCell, i));
    gint fit = aver_data_fit(file->settings, field, name, strlen(name), TRUE);
    if (fit == AVER_NONE || fit > best)
      continue;
    *n_best = fit < best ? 1 : *n_best + 1;
    column = fit < best ? (gint) i : column;
    best = fit;
  }
  return column;
}

gboolean aver_columns_fit(const AverDataFile *file, const AverTable *header)
{
  guint n;
  return find_column(file, header, AVER_FIELD_TEXT, &n) != AVER_NONE &&
         find_column(file, header, AVER_FIELD_LABEL, &n) != AVER_NONE;
}

static void add_missing(const AverDataFile *file, const AverTable *header, AverField field)
{
  g_autofree char *expected = aver_data_expected(file->settings, field);
  g_autofree char *row = aver_data_show(header->row, header->length);
  aver_data_problem(file, header->line,
                    "the header has no column of the %s; expected %s%s, or another that "
                    "--%s-field names; the header is %s",
                    aver_field_words[field], strchr(expected, ',') != NULL ? "one of " : "",
                    expected, field == AVER_FIELD_FOLD ? "folds" : aver_field_words[field], row);
}

/* Whether this is ClaimBuster's data: the label is its Verdict. */
static gboolean is_claimbuster(const AverTable *header, gint label)
{
  gboolean has_id = FALSE;
  for (guint i = 0; i < header->cells->len; i++) {
    g_autofree char *name = dup_name(&g_array_index(header->cells, AverCell, i));
    has_id |= g_ascii_strcasecmp(name, "sentence_id") == 0;
    if ((gint) i == label && g_ascii_strcasecmp(name, "verdict") != 0)
      return FALSE;
  }
  return has_id;
}

gboolean aver_columns_read(const AverDataFile *file, const AverTable *header, AverColumns *columns)
{
  gboolean good = TRUE;
  *columns = (AverColumns){.n_columns = header->cells->len};
  for (guint i = 0; i < AVER_N_FIELDS; i++) {
    AverField field = (AverField) i;
    guint n = 0;
    columns->columns[i] = find_column(file, header, field, &n);
    gboolean needed =
        field <= AVER_FIELD_LABEL || aver_data_field_name(file->settings, field) != NULL;
    if (columns->columns[i] == AVER_NONE && needed)
      add_missing(file, header, field);
    else if (n > 1)
      aver_data_problem(file, header->line,
                        "the header has the column of the %s %u times; "
                        "expected it once",
                        aver_field_words[i], n);
    else
      continue;
    good = FALSE;
  }
  columns->claimbuster = good && is_claimbuster(header, columns->columns[AVER_FIELD_LABEL]);
  return good;
}

static gboolean is_number(const AverCell *cell)
{
  for (gsize i = 0; i < cell->length; i++)
    if (!g_ascii_isdigit(cell->text[i]))
      return FALSE;
  return cell->length > 0;
}

gboolean aver_columns_guess(const AverDataFile *file, const AverTable *row, AverColumns *columns)
{
  *columns = (AverColumns){.columns = {2, 3, AVER_NONE, AVER_NONE, AVER_NONE}, .n_columns = 4};
  for (guint i = 0; i < AVER_N_FIELDS; i++)
    if (aver_data_field_name(file->settings, (AverField) i) != NULL)
      return FALSE;
  columns->group = file->name;
  return row->cells->len == 4 && is_number(&g_array_index(row->cells, AverCell, 0));
}
