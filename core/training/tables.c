/* SPDX-License-Identifier: Apache-2.0 */
/* Examples from tables: CSV and TSV with a header, and CheckThat!'s without one. */
#include "columns.h"

#include <string.h>

/* ClaimBuster's numbers and what they stand for. */
static const char *const verdicts[][2] = {{"-1", "NFS"}, {"0", "UFS"}, {"1", "CFS"}};

typedef struct {
  const AverDataFile *file;
  AverTable *table;
  AverColumns columns;
  AverBuffer strings; /* of the row, without escapes */
} Reading;

static AverTable make_table(const AverDataFile *file, char separator, gboolean quoted)
{
  return (AverTable){.data = file->data,
                     .end = file->data + file->length,
                     .separator = separator,
                     .quoted = quoted};
}

/* The next row that can be read, with mistakes for those that cannot. */
static gboolean next_row(const AverDataFile *file, AverTable *table)
{
  const char *problem;
  for (;;) {
    AverTableStep step = aver_table_next(table, &problem);
    if (step == AVER_TABLE_END)
      return FALSE;
    if (step == AVER_TABLE_BAD)
      aver_data_problem(file, table->line, "%s", problem);
    else if (aver_data_check_text(file, table->line, table->row, table->length))
      return TRUE;
  }
}

static gboolean name_verdict(const Reading *reading, AverFieldValue *label)
{
  for (guint i = 0; i < G_N_ELEMENTS(verdicts); i++) {
    if (strlen(verdicts[i][0]) != label->length ||
        memcmp(verdicts[i][0], label->text, label->length) != 0)
      continue;
    *label = (AverFieldValue){verdicts[i][1], strlen(verdicts[i][1])};
    return TRUE;
  }
  g_autofree char *shown = aver_data_show(label->text, label->length);
  aver_data_problem(reading->file, reading->table->line,
                    "the verdict is %s; expected -1, 0 or 1, as ClaimBuster has it", shown);
  return FALSE;
}

/* An empty cell says nothing, except where something has to stand. */
static void take_cell(Reading *reading, AverField field, AverFieldValue *value)
{
  const AverCell *cell =
      &g_array_index(reading->table->cells, AverCell, (guint) reading->columns.columns[field]);
  char *room = aver_buffer_reserve(&reading->strings, cell->doubled ? cell->length : 0);
  value->text = aver_cell_get_text(cell, room, &value->length);
  if (cell->doubled)
    reading->strings.length += value->length;
  if (value->length == 0 && field > AVER_FIELD_LABEL)
    value->text = NULL;
}

static void read_row(Reading *reading)
{
  const AverTable *table = reading->table;
  AverFieldValue values[AVER_N_FIELDS] = {0};
  if (table->cells->len != reading->columns.n_columns) {
    aver_data_problem(reading->file, table->line,
                      "the row has %u cell%s; expected %u, as the first", table->cells->len,
                      table->cells->len == 1 ? "" : "s", reading->columns.n_columns);
    return;
  }
  reading->strings.length = 0;
  aver_buffer_reserve(&reading->strings, table->length * AVER_N_FIELDS);
  for (guint i = 0; i < AVER_N_FIELDS; i++)
    if (reading->columns.columns[i] != AVER_NONE)
      take_cell(reading, (AverField) i, &values[i]);
  if (reading->columns.group != NULL)
    values[AVER_FIELD_GROUP] =
        (AverFieldValue){reading->columns.group, strlen(reading->columns.group)};
  if (!reading->columns.claimbuster || name_verdict(reading, &values[AVER_FIELD_LABEL]))
    aver_data_add(reading->file, table->line, values);
}

static void read_rows(Reading *reading)
{
  while (next_row(reading->file, reading->table))
    read_row(reading);
  aver_buffer_clear(&reading->strings);
}

void aver_data_read_tsv(const AverDataFile *file)
{
  g_auto(AverTable) table = make_table(file, '\t', FALSE);
  Reading reading = {.file = file, .table = &table};
  if (!next_row(file, &table))
    return;
  if (!aver_columns_fit(file, &table) && aver_columns_guess(file, &table, &reading.columns))
    read_row(&reading);
  else if (!aver_columns_read(file, &table, &reading.columns))
    return;
  read_rows(&reading);
}

/* The separator with which the first row is a header; else the one that cuts it most. */
static char find_separator(const AverDataFile *file)
{
  static const char separators[] = {',', '\t', ';'};
  const char *problem;
  char best = separators[0];
  guint most = 0;
  for (guint i = 0; i < G_N_ELEMENTS(separators); i++) {
    g_auto(AverTable) table = make_table(file, separators[i], TRUE);
    if (aver_table_next(&table, &problem) != AVER_TABLE_ROW)
      continue;
    if (aver_columns_fit(file, &table))
      return separators[i];
    if (table.cells->len > most)
      best = separators[i];
    most = MAX(most, table.cells->len);
  }
  return best;
}

void aver_data_read_csv(const AverDataFile *file)
{
  g_auto(AverTable) table = make_table(file, find_separator(file), TRUE);
  Reading reading = {.file = file, .table = &table};
  if (next_row(file, &table) && aver_columns_read(file, &table, &reading.columns))
    read_rows(&reading);
}
