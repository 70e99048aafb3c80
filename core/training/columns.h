/* SPDX-License-Identifier: Apache-2.0 */
/* Which column of a table is which field. */
#pragma once

#include "data.h"
#include "table.h"

typedef struct {
  gint columns[AVER_N_FIELDS]; /* AVER_NONE: the table has none */
  guint n_columns;
  gboolean claimbuster; /* labels are ClaimBuster's numbers */
  const char *group;    /* (nullable) of all rows */
} AverColumns;

/* Whether a row can be a header: it names a text and a label. */
gboolean aver_columns_fit(const AverDataFile *file, const AverTable *header);

/* Reads the columns off a header; FALSE after adding what is wrong with it. */
gboolean aver_columns_read(const AverDataFile *file, const AverTable *header, AverColumns *columns);

/* The columns of CheckThat! 2018 to 2020, which have no header; FALSE when they are not those. */
gboolean aver_columns_guess(const AverDataFile *file, const AverTable *row, AverColumns *columns);
