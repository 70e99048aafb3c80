/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the values of a record: spans inside its text, strings, booleans. */
#include "readvalues.h"

#include "spans.h"

#include <string.h>

/* @where says which span it is: "sentences[3]". */
static gboolean read_span(const Reading *reading, const Record *record, json_t *start, json_t *end,
                          const char *where, AverSpan *span)
{
  if (!json_is_integer(start) || !json_is_integer(end))
    return reading_wrong(reading,
                         "%s has no whole numbers for its start and end; expected byte "
                         "offsets into the text",
                         where);
  g_autoptr(GError) wrong = NULL;
  json_int_t s = json_integer_value(start), e = json_integer_value(end);
  if (!aver_text_check_span(record->text, record->length, s, e, &wrong))
    return reading_wrong(reading, "%s, %s", where, wrong->message);
  *span = (AverSpan){(guint32) s, (guint32) e};
  return TRUE;
}

gboolean read_spans(const Reading *reading, const Record *record, json_t *list, const char *where,
                    GArray *spans)
{
  if (!json_is_array(list))
    return reading_wrong(reading, "%s is no list; expected [[start, end], ...]", where);
  gsize i;
  json_t *item;
  json_array_foreach(list, i, item)
  {
    g_autofree char *name = g_strdup_printf("%s[%zu]", where, i);
    AverSpan span;
    if (!json_is_array(item) || json_array_size(item) != 2)
      return reading_wrong(reading, "%s is no pair; expected [start, end]", name);
    if (!read_span(reading, record, json_array_get(item, 0), json_array_get(item, 1), name, &span))
      return FALSE;
    g_array_append_val(spans, span);
  }
  return TRUE;
}

gboolean read_row_span(const Reading *reading, const Record *record, json_t *row, const char *where,
                       AverSpan *span)
{
  return read_span(reading, record, json_object_get(row, "start"), json_object_get(row, "end"),
                   where, span);
}

gboolean read_string(const Reading *reading, json_t *row, const char *key, const char *where,
                     char **value)
{
  json_t *json = json_object_get(row, key);
  if (json == NULL || json_is_null(json))
    return TRUE;
  if (!json_is_string(json) || strlen(json_string_value(json)) != json_string_length(json))
    return reading_wrong(reading, "%s.%s is no string; expected a string without NUL, or null",
                         where, key);
  *value = g_strdup(json_string_value(json));
  return TRUE;
}

gboolean read_boolean(const Reading *reading, json_t *row, const char *key, const char *where,
                      gboolean *value)
{
  json_t *json = json_object_get(row, key);
  if (json != NULL && !json_is_null(json) && !json_is_boolean(json))
    return reading_wrong(reading, "%s.%s is neither true nor false; expected one of them", where,
                         key);
  if (json_is_boolean(json))
    *value = json_is_true(json);
  return TRUE;
}

char **read_strings(const Reading *reading, json_t *list, const char *where)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  gsize i;
  json_t *item;
  json_array_foreach(list, i, item)
  {
    if (!json_is_string(item) || strlen(json_string_value(item)) != json_string_length(item)) {
      reading_wrong(reading, "%s[%zu] is no string; expected strings without NUL", where, i);
      return NULL;
    }
    g_strv_builder_add(builder, json_string_value(item));
  }
  return g_strv_builder_end(builder);
}
