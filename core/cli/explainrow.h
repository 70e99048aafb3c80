/* SPDX-License-Identifier: Apache-2.0 */
/* One explained row, for a person or for a program. */
#pragma once

#include <aver/aver.h>

/* A row and the reasons why it was made. */
typedef struct {
  const AverDocument *document;
  const AverLayer *layer;
  guint32 row;
  const AverExplanation *explanation;
} ExplainedRow;

/* Several lines and an empty one; nothing of the text can mislead a terminal. */
void explained_row_print(const ExplainedRow *row);

/* One line of JSON with sorted keys. */
void explained_row_print_json(const ExplainedRow *row);
