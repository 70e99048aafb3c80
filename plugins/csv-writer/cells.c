/* SPDX-License-Identifier: Apache-2.0 */
/* Cells: quoted as RFC 4180 says, and kept from being formulas as OWASP's "CSV Injection" says. */
#include "csv-writer.h"

#include "../formula.h"

static void end_cell(AverBuffer *out, const CsvStyle *style)
{
  aver_buffer_append_char(out, style->delimiter);
}

void end_line(AverBuffer *out, const CsvStyle *style)
{
  out->length--;
  aver_buffer_append_string(out, style->line_end);
}

/* How many bytes can be copied as they are. */
static gsize count_plain(const char *text, gsize length, char delimiter)
{
  gsize n = 0;
  while (n < length && text[n] != '"' && text[n] != '\n' && text[n] != '\r' && text[n] != '\0' &&
         text[n] != delimiter)
    n++;
  return n;
}

/* Quotation marks are doubled; NUL, which no reader of CSV takes, becomes U+FFFD. */
static void append_quoted(AverBuffer *out, const char *text, gsize length)
{
  for (gsize i = 0; i < length;) {
    gsize n = i;
    while (n < length && text[n] != '"' && text[n] != '\0')
      n++;
    aver_buffer_append(out, text + i, n - i);
    if (n < length && text[n] == '"')
      aver_buffer_append(out, "\"\"", 2);
    else if (n < length)
      aver_buffer_append(out, "\xef\xbf\xbd", 3);
    i = n + 1;
  }
}

void append_text_cell(AverBuffer *out, const CsvStyle *style, const char *text, gsize length)
{
  gboolean formula = style->safe && begins_formula(text, length);
  if (length > 0 && count_plain(text, length, style->delimiter) == length) {
    if (formula)
      aver_buffer_append_char(out, '\'');
    aver_buffer_append(out, text, length);
    end_cell(out, style);
    return;
  }
  aver_buffer_append(out, formula ? "\"'" : "\"", formula ? 2 : 1);
  append_quoted(out, text, length);
  aver_buffer_append_char(out, '"');
  end_cell(out, style);
}

void append_absent_cell(AverBuffer *out, const CsvStyle *style)
{
  end_cell(out, style);
}

void append_number_cell(AverBuffer *out, const CsvStyle *style, gint64 value)
{
  aver_json_append_integer(out, value);
  end_cell(out, style);
}

void append_float_cell(AverBuffer *out, const CsvStyle *style, float value)
{
  if (value - value == 0) /* neither infinite nor NaN */
    aver_json_append_float(out, value);
  end_cell(out, style);
}

/* `0-12 30-57`: neither character is a delimiter. */
void append_spans_cell(AverBuffer *out, const CsvStyle *style, const AverSpan *spans, guint32 n)
{
  for (guint32 i = 0; i < n; i++) {
    if (i > 0)
      aver_buffer_append_char(out, ' ');
    aver_json_append_integer(out, spans[i].start);
    aver_buffer_append_char(out, '-');
    aver_json_append_integer(out, spans[i].end);
  }
  end_cell(out, style);
}
