/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the values of a record: spans inside its text, strings, booleans. */
#pragma once

#include "records.h"

/* Where reading is, and what for. */
typedef struct {
  const char *path;
  guint64 line;
  ScoreKind kind;
  const char *layer;
  const Records *gold; /* NULL while gold itself is read */
  gboolean has_others;
  GError **error;
} Reading;

/* Sets the error: FILE:LINE: what is wrong. Returns: FALSE. */
gboolean reading_wrong(const Reading *reading, const char *format, ...) G_GNUC_PRINTF(2, 3);

/*
 * Each reads one value; @where says in a message which one it is: "sentences[3]". FALSE with the
 * error set when it is not what it should be.
 */

/* [[start, end], ...] */
gboolean read_spans(const Reading *reading, const Record *record, json_t *list, const char *where,
                    GArray *spans);

/* The span of a layer's row: {"start", "end", ...}. */
gboolean read_row_span(const Reading *reading, const Record *record, json_t *row, const char *where,
                       AverSpan *span);

/* These may be absent or null, and leave @value as it is. */
gboolean read_string(const Reading *reading, json_t *row, const char *key, const char *where,
                     char **value);
gboolean read_boolean(const Reading *reading, json_t *row, const char *key, const char *where,
                      gboolean *value);

/* Returns: (transfer full) (nullable): the strings of a list. */
char **read_strings(const Reading *reading, json_t *list, const char *where);
