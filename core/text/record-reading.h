/* SPDX-License-Identifier: Apache-2.0 */
/* Documents as JSON: what the files that read layers share. */
#pragma once

#include <aver/record.h>

/* What is being read, and what it is read with. */
typedef struct {
  AverDocument *document;
  const char *text;
  guint32 length;
  const AverLayerType *type;
  AverLayer *layer;
  guint32 row;
  const char *column; /* (nullable) what is being read, for messages */
  AverJsonScanner layers, rows, cells, list, pair;
  AverBuffer string;
  GArray *spans;  /* AverSpan */
  GArray *values; /* AverJsonValue: a row's, by column */
} AverRecordReading;

/* `layers.keyword[3].label`: what is wrong. Always FALSE. */
gboolean aver_record_refuse(const AverRecordReading *reading, GError **error, const char *format,
                            ...) G_GNUC_PRINTF(3, 4);
gboolean aver_record_refuse_value(const AverRecordReading *reading, const AverJsonValue *value,
                                  const char *expected, GError **error);

/* The scanner's error, if there is one (transfer full), as one of the value. */
gboolean aver_record_pass_on(const AverRecordReading *reading, GError *failure, GError **error);

gboolean aver_record_read_offset(const AverRecordReading *reading, const AverJsonValue *value,
                                 guint32 *offset, GError **error);
gboolean aver_record_check_order(const AverRecordReading *reading, AverSpan span, GError **error);

/* Characters without NUL among them, with one behind them, into `string`. */
gboolean aver_record_read_string(AverRecordReading *reading, const AverJsonValue *value,
                                 GError **error);

/* Reads one value into its cell of `row`. */
gboolean aver_record_read_cell(AverRecordReading *reading, guint32 index,
                               const AverJsonValue *value, GError **error);
