/* SPDX-License-Identifier: Apache-2.0 */
/* Documents as JSON: the cells of layers read, every value checked. */
#include "record-reading.h"

#include <aver/text.h>
#include <math.h>
#include <string.h>

gboolean aver_record_refuse(const AverRecordReading *reading, GError **error, const char *format,
                            ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "layers.%s[%u]%s%s %s", reading->type->name,
              reading->row, reading->column == NULL ? "" : ".",
              reading->column == NULL ? "" : reading->column, what);
  return FALSE;
}

gboolean aver_record_pass_on(const AverRecordReading *reading, GError *failure, GError **error)
{
  if (failure == NULL)
    return TRUE;
  aver_record_refuse(reading, error, "is malformed: %s", failure->message);
  g_error_free(failure);
  return FALSE;
}

/* The value as it stands, cut short. */
static char *show(const AverJsonValue *value)
{
  g_autofree char *text = aver_text_make_printable(value->text, (gssize) MIN(value->length, 40));
  return g_strdup_printf(value->kind == AVER_JSON_STRING ? "\"%s%s\"" : "%s%s", text,
                         value->length > 40 ? "..." : "");
}

gboolean aver_record_refuse_value(const AverRecordReading *reading, const AverJsonValue *value,
                                  const char *expected, GError **error)
{
  g_autofree char *shown = show(value);
  return aver_record_refuse(reading, error, "is %s; expected %s", shown, expected);
}

static gboolean read_integer(const AverJsonValue *value, gint64 least, gint64 most, gint64 *number)
{
  gboolean negative = value->length > 0 && value->text[0] == '-';
  gint64 sum = 0;
  if (value->kind != AVER_JSON_NUMBER || value->length > 11)
    return FALSE;
  for (gsize i = negative ? 1 : 0; i < value->length; i++) {
    if (!g_ascii_isdigit(value->text[i]))
      return FALSE;
    sum = sum * 10 + (value->text[i] - '0');
  }
  *number = negative ? -sum : sum;
  return *number >= least && *number <= most;
}

gboolean aver_record_read_offset(const AverRecordReading *reading, const AverJsonValue *value,
                                 guint32 *offset, GError **error)
{
  gint64 number = 0;
  if (!read_integer(value, 0, reading->length, &number)) {
    g_autofree char *expected =
        g_strdup_printf("a number of bytes, at most %u, the length of the text", reading->length);
    return aver_record_refuse_value(reading, value, expected, error);
  }
  *offset = (guint32) number;
  if (*offset < reading->length && ((guchar) reading->text[*offset] & 0xc0) == 0x80)
    return aver_record_refuse(reading, error,
                              "is %u, which is inside a character; expected an offset in bytes, on "
                              "the boundary of a character",
                              *offset);
  return TRUE;
}

gboolean aver_record_check_order(const AverRecordReading *reading, AverSpan span, GError **error)
{
  return span.start <= span.end ||
         aver_record_refuse(reading, error, "ends at %u, before its start at %u", span.end,
                            span.start);
}

/* `[start, end]` */
static gboolean read_span(AverRecordReading *reading, const AverJsonValue *value, GError **error)
{
  AverJsonValue item;
  GError *failure = NULL;
  guint32 offsets[2];
  guint n = 0;
  if (value->kind != AVER_JSON_ARRAY)
    return aver_record_refuse_value(reading, value, "[start, end]", error);
  aver_json_scanner_begin(&reading->pair, AVER_JSON_ARRAY, value->text, value->length, &failure);
  while (failure == NULL && aver_json_scanner_next(&reading->pair, NULL, &item, &failure)) {
    if (n == 2)
      return aver_record_refuse_value(reading, value, "[start, end]", error);
    if (!aver_record_read_offset(reading, &item, &offsets[n++], error))
      return FALSE;
  }
  if (!aver_record_pass_on(reading, failure, error))
    return FALSE;
  if (n != 2)
    return aver_record_refuse_value(reading, value, "[start, end]", error);
  AverSpan span = {offsets[0], offsets[1]};
  if (!aver_record_check_order(reading, span, error))
    return FALSE;
  if (reading->spans->len > 0 &&
      g_array_index(reading->spans, AverSpan, reading->spans->len - 1).end > span.start)
    return aver_record_refuse(reading, error,
                              "has [%u, %u] out of order; expected spans in text order that do "
                              "not overlap",
                              span.start, span.end);
  g_array_append_val(reading->spans, span);
  return TRUE;
}

/* `[[start, end], ...]` */
static gboolean read_spans(AverRecordReading *reading, const AverJsonValue *value, GError **error)
{
  AverJsonValue item;
  GError *failure = NULL;
  if (value->kind != AVER_JSON_ARRAY)
    return aver_record_refuse_value(reading, value, "[[start, end], ...]", error);
  aver_json_scanner_begin(&reading->list, AVER_JSON_ARRAY, value->text, value->length, &failure);
  while (failure == NULL && aver_json_scanner_next(&reading->list, NULL, &item, &failure))
    if (!read_span(reading, &item, error))
      return FALSE;
  return aver_record_pass_on(reading, failure, error);
}

gboolean aver_record_read_string(AverRecordReading *reading, const AverJsonValue *value,
                                 GError **error)
{
  if (value->kind != AVER_JSON_STRING)
    return aver_record_refuse_value(reading, value, "a string", error);
  reading->string.length = 0;
  char *to = aver_buffer_reserve(&reading->string, value->length + 1);
  reading->string.length = aver_json_unescape(value, to);
  to[reading->string.length] = '\0';
  if (memchr(to, '\0', reading->string.length) != NULL)
    return aver_record_refuse(reading, error, "has a NUL character; expected none");
  return TRUE;
}

/* The index of a name among the column's. */
static gboolean read_name(AverRecordReading *reading, const AverColumnType *column,
                          const AverJsonValue *value, guint *index, GError **error)
{
  if (value->kind == AVER_JSON_STRING) {
    if (!aver_record_read_string(reading, value, error))
      return FALSE;
    for (*index = 0; column->names[*index] != NULL; (*index)++)
      if (strcmp(column->names[*index], reading->string.data) == 0)
        return TRUE;
  }
  g_autofree char *names = g_strjoinv(", ", (char **) column->names);
  g_autofree char *expected = g_strdup_printf("one of %s", names);
  return aver_record_refuse_value(reading, value, expected, error);
}

static gboolean read_flags(AverRecordReading *reading, const AverColumnType *column,
                           const AverJsonValue *value, guint32 *flags, GError **error)
{
  AverJsonValue item;
  GError *failure = NULL;
  guint bit;
  *flags = 0;
  if (value->kind != AVER_JSON_ARRAY)
    return aver_record_refuse_value(reading, value, "a list of names", error);
  aver_json_scanner_begin(&reading->list, AVER_JSON_ARRAY, value->text, value->length, &failure);
  while (failure == NULL && aver_json_scanner_next(&reading->list, NULL, &item, &failure)) {
    if (!read_name(reading, column, &item, &bit, error))
      return FALSE;
    *flags |= 1u << bit;
  }
  return aver_record_pass_on(reading, failure, error);
}

static gboolean read_float(const AverRecordReading *reading, const AverJsonValue *value,
                           float *number, GError **error)
{
  if (value->kind != AVER_JSON_NUMBER)
    return aver_record_refuse_value(reading, value, "a number", error);
  g_autofree char *text = g_strndup(value->text, value->length);
  *number = (float) g_ascii_strtod(text, NULL);
  return isfinite(*number) ||
         aver_record_refuse_value(reading, value, "a number that fits 32 bits", error);
}

gboolean aver_record_read_cell(AverRecordReading *reading, guint32 index,
                               const AverJsonValue *value, GError **error)
{
  const AverColumnType *column = &reading->type->columns[index];
  AverLayer *layer = reading->layer;
  guint32 row = reading->row, flags;
  gint64 number = 0;
  guint name;
  float real = 0;
  g_array_set_size(reading->spans, 0);
  switch (column->kind) {
  case AVER_COLUMN_I32:
    if (!read_integer(value, G_MININT32 + 1, G_MAXINT32, &number))
      return aver_record_refuse_value(reading, value, "a whole number of 32 bits", error);
    aver_layer_set_i32(layer, row, index, (gint32) number);
    return TRUE;
  case AVER_COLUMN_REF:
    if (!read_integer(value, 0, G_MAXINT32, &number))
      return aver_record_refuse_value(reading, value, "the number of a row", error);
    aver_layer_set_i32(layer, row, index, (gint32) number);
    return TRUE;
  case AVER_COLUMN_ENUM:
    if (!read_name(reading, column, value, &name, error))
      return FALSE;
    aver_layer_set_i32(layer, row, index, (gint32) name);
    return TRUE;
  case AVER_COLUMN_FLAGS:
    if (!read_flags(reading, column, value, &flags, error))
      return FALSE;
    aver_layer_set_flags(layer, row, index, flags);
    return TRUE;
  case AVER_COLUMN_F32:
    if (!read_float(reading, value, &real, error))
      return FALSE;
    aver_layer_set_f32(layer, row, index, real);
    return TRUE;
  case AVER_COLUMN_STRING:
    if (!aver_record_read_string(reading, value, error))
      return FALSE;
    aver_layer_set_string(layer, row, index, reading->string.data, (gssize) reading->string.length);
    return TRUE;
  case AVER_COLUMN_SPAN:
  case AVER_COLUMN_SPANS:
    if (column->kind == AVER_COLUMN_SPAN ? !read_span(reading, value, error)
                                         : !read_spans(reading, value, error))
      return FALSE;
    aver_layer_set_spans(layer, row, index, (const AverSpan *) (gpointer) reading->spans->data,
                         reading->spans->len);
    return TRUE;
  }
  return TRUE;
}
