/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes as they are compared: pieces without the marks around them, their characters counted. */
#include "quoteunits.h"

#include "spans.h"

#include <string.h>

gboolean is_letter(gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum((gchar) c);
  switch (g_unichar_type(c)) {
  case G_UNICODE_LOWERCASE_LETTER:
  case G_UNICODE_UPPERCASE_LETTER:
  case G_UNICODE_TITLECASE_LETTER:
  case G_UNICODE_MODIFIER_LETTER:
  case G_UNICODE_OTHER_LETTER:
  case G_UNICODE_DECIMAL_NUMBER:
  case G_UNICODE_LETTER_NUMBER:
  case G_UNICODE_OTHER_NUMBER:
    return TRUE;
  default:
    return FALSE;
  }
}

guint space_at(const char *text, gsize length, gsize position)
{
  guint n = aver_text_space(text, length, position);
  return n == 3 && memcmp(text + position, "\xef\xbb\xbf", 3) == 0 ? 0 : n;
}

TextCounts *text_counts_new(const Record *record)
{
  TextCounts *counts = g_new0(TextCounts, 1);
  counts->text = record->text;
  counts->length = record->length;
  counts->characters = g_new(guint32, (gsize) record->length + 1);
  counts->letters = g_new(guint32, (gsize) record->length + 1);
  guint32 characters = 0, letters = 0;
  for (guint32 i = 0; i < record->length;) {
    gunichar c;
    guint n = aver_utf8_decode(record->text + i, &c);
    counts->characters[i] = characters++;
    counts->letters[i] = letters;
    letters += is_letter(c);
    for (guint k = 1; k < n; k++) {
      counts->characters[i + k] = characters;
      counts->letters[i + k] = letters;
    }
    i += n;
  }
  counts->characters[record->length] = characters;
  counts->letters[record->length] = letters;
  return counts;
}

void text_counts_free(TextCounts *counts)
{
  if (counts == NULL)
    return;
  g_free(counts->characters);
  g_free(counts->letters);
  g_free(counts);
}

/* What may stand at the ends of a piece without being part of what is said. */
static gboolean is_loose(gunichar c)
{
  if (c < 0x80)
    return c != 0 && strchr(" \t\r\n\"'`.,;:!?-()[]", (int) c) != NULL;
  switch (c) {
  case 0x00a0: /* no-break space */
  case 0x2009: /* thin space */
  case 0x200b: /* zero width space */
  case 0x201c:
  case 0x201d:
  case 0x201e: /* double quotation marks */
  case 0x00ab:
  case 0x00bb: /* angle quotation marks */
  case 0x2018:
  case 0x2019: /* single quotation marks */
  case 0x2026: /* ellipsis */
  case 0x2013:
  case 0x2014: /* dashes */
    return TRUE;
  default:
    return FALSE;
  }
}

static AverSpan trim_loose(const char *text, AverSpan span)
{
  gunichar c;
  while (span.start < span.end) {
    guint n = aver_utf8_decode(text + span.start, &c);
    if (!is_loose(c))
      break;
    span.start += n;
  }
  while (span.end > span.start) {
    guint32 last = span.end - 1;
    while (((guchar) text[last] & 0xc0) == 0x80)
      last--;
    aver_utf8_decode(text + last, &c);
    if (!is_loose(c))
      break;
    span.end = last;
  }
  return span;
}

static gboolean is_all_loose(const char *text, guint32 start, guint32 end)
{
  AverSpan left = trim_loose(text, (AverSpan){start, end});
  return left.start >= left.end;
}

static GArray *normalise(const TextCounts *counts, const GArray *spans, gboolean strict)
{
  g_autoptr(GArray) sorted = spans_new();
  GArray *pieces = spans_new();
  if (spans->len > 0)
    g_array_append_vals(sorted, spans->data, spans->len);
  spans_make_set(sorted);
  for (guint i = 0; i < sorted->len; i++) {
    AverSpan span = SPAN(sorted, i);
    if (!strict)
      span = trim_loose(counts->text, span);
    if (span.end <= span.start)
      continue;
    AverSpan *last = pieces->len == 0 ? NULL : &SPAN(pieces, pieces->len - 1);
    if (last != NULL &&
        (span.start <= last->end || (!strict && is_all_loose(counts->text, last->end, span.start))))
      last->end = MAX(last->end, span.end);
    else
      g_array_append_val(pieces, span);
  }
  return pieces;
}

QuoteUnit *quote_unit_new(const TextCounts *counts, const QuoteRow *row, gboolean strict)
{
  QuoteUnit *unit = g_new0(QuoteUnit, 1);
  unit->row = row;
  for (guint i = 0; i < N_ROLES; i++)
    unit->roles[i] = normalise(counts, row->roles[i], strict);
  unit->size = spans_sum(unit->roles[ROLE_CONTENT], counts->letters);
  return unit;
}

void quote_unit_free(gpointer data)
{
  QuoteUnit *unit = data;
  for (guint i = 0; i < N_ROLES; i++)
    g_array_unref(unit->roles[i]);
  g_free(unit);
}
