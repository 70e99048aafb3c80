/* SPDX-License-Identifier: Apache-2.0 */
/* Records and fields: a quotation mark means something at a field's start only; elsewhere it is a
 * character. */
#include "fields.h"

#include <string.h>

gboolean record_scan(RecordScan *scan, const char *data, gsize length, char delimiter, gsize *end)
{
  gsize line = 0; /* up to where there is no line end */
  while (scan->at < length) {
    const char *mark;
    if (scan->mark) {
      scan->mark = FALSE;
      scan->quoted = data[scan->at] == '"';
      scan->at += scan->quoted ? 1 : 0;
      continue;
    }
    if (scan->quoted) {
      mark = memchr(data + scan->at, '"', length - scan->at);
      scan->mark = mark != NULL;
      scan->quoted = mark == NULL;
      scan->at = mark == NULL ? length : (gsize) (mark - data) + 1;
      continue;
    }
    if (scan->at >= line) {
      const char *newline = memchr(data + scan->at, '\n', length - scan->at);
      line = newline == NULL ? length : (gsize) (newline - data);
    }
    mark = memchr(data + scan->at, '"', line - scan->at);
    if (mark == NULL) {
      scan->at = line;
      *end = line + 1;
      if (line < length)
        return TRUE;
      continue;
    }
    gsize at = (gsize) (mark - data);
    scan->quoted = at == 0 || data[at - 1] == delimiter;
    scan->opened = at;
    scan->at = at + 1;
  }
  return FALSE;
}

/* The end of a quoted field that begins at @p; NULL when there is none. */
static const char *find_close(const char *p, const char *end, gboolean *doubled)
{
  *doubled = FALSE;
  while ((p = memchr(p, '"', (gsize) (end - p))) != NULL) {
    if (p + 1 == end || p[1] != '"')
      return p;
    *doubled = TRUE;
    p += 2;
  }
  return NULL;
}

guint record_split(const char *data, gsize length, char delimiter, Field *fields, guint most,
                   GError **error)
{
  const char *p = data, *end = data + length;
  for (guint n = 1;; n++) {
    Field field = {.data = p};
    const char *stop;
    if (p < end && *p == '"') {
      stop = find_close(++field.data, end, &field.doubled);
      if (stop == NULL || (stop + 1 < end && stop[1] != delimiter)) {
        g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                    stop == NULL ? "field %u begins with a quotation mark and has none at its end"
                                 : "field %u goes on behind its closing quotation mark; expected "
                                   "'%c', the line's end, or the mark doubled",
                    n, delimiter);
        return 0;
      }
      field.length = (gsize) (stop++ - field.data);
    } else {
      stop = memchr(p, delimiter, (gsize) (end - p));
      stop = stop == NULL ? end : stop;
      field.length = (gsize) (stop - p);
    }
    if (n <= most)
      fields[n - 1] = field;
    if (stop == end)
      return n;
    p = stop + 1;
  }
}

gsize field_copy(const Field *field, char *to)
{
  const char *from = field->data, *end = from + field->length;
  char *start = to;
  while (field->doubled && from < end) {
    const char *mark = memchr(from, '"', (gsize) (end - from));
    gsize n = (gsize) ((mark == NULL ? end : mark + 1) - from);
    memcpy(to, from, n);
    to += n;
    from += n + (mark == NULL ? 0 : 1);
  }
  if (from < end && !field->doubled) {
    memcpy(to, from, field->length);
    to += field->length;
  }
  return (gsize) (to - start);
}

/* How many fields there are; 0 when a quotation mark stands inside one that is not quoted, as with
 * a wrong delimiter. */
static guint count_clean_fields(const char *data, gsize length, char delimiter, Field *fields)
{
  guint n = record_split(data, length, delimiter, fields, COLUMNS_MAX, NULL);
  for (guint i = 0; i < MIN(n, COLUMNS_MAX); i++) {
    const Field *field = &fields[i];
    gboolean quoted = field->data > data && field->data[-1] == '"' &&
                      (field->data - 1 == data || field->data[-2] == delimiter);
    if (!quoted && memchr(field->data, '"', field->length) != NULL)
      return 0;
  }
  return n;
}

char delimiter_guess(const char *data, gsize length, gboolean ended)
{
  static const char candidates[] = ",;\t|";
  char best = ',';
  guint most = 1;
  g_autofree Field *fields = g_new(Field, COLUMNS_MAX);
  for (guint i = 0; candidates[i] != '\0'; i++) {
    RecordScan scan = {0};
    gsize end = length;
    if (!record_scan(&scan, data, length, candidates[i], &end)) {
      if (!ended)
        return 0;
      end = length;
    }
    while (end > 0 && (data[end - 1] == '\n' || data[end - 1] == '\r'))
      end--;
    guint n = count_clean_fields(data, end, candidates[i], fields);
    if (n > most) {
      most = n;
      best = candidates[i];
    }
  }
  return best;
}
