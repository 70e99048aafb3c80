/* SPDX-License-Identifier: Apache-2.0 */
/* The markers of numbered and lettered lists. */
#include "split.h"

static guint32 roman_value(const guint8 *text, guint32 start, guint32 end)
{
  guint32 value = 0, highest = 0;
  for (guint32 i = end; i > start; i--) {
    guint8 c = text[i - 1] | 0x20;
    guint32 digit = c == 'i' ? 1 : c == 'v' ? 5 : c == 'x' ? 10 : 0;
    if (digit == 0)
      return 0;
    value = digit < highest ? value - digit : value + digit;
    highest = MAX(highest, digit);
  }
  return value;
}

static void read_value(const guint8 *text, guint32 start, guint32 end, ListMarker *marker)
{
  guint n;
  if (end == start || end - start > 5)
    return;
  if (g_ascii_isdigit(text[start])) {
    for (guint32 i = start; i < end; i++) {
      if (!g_ascii_isdigit(text[i]) || end - start > 3)
        return;
      marker->value = marker->value * 10 + (guint32) (text[i] - '0');
    }
    marker->numbering = NUMBERING_DIGITS;
    return;
  }
  if (mark_at(text + start, &n) != MARK_LOWER && mark_at(text + start, &n) != MARK_UPPER)
    return;
  marker->roman = roman_value(text, start, end);
  if (end - start == 1 && text[start] < 0x80)
    marker->value = (text[start] | 0x20u) - 'a' + 1 + (g_ascii_isupper(text[start]) ? 100 : 0);
  if (marker->roman != 0 || marker->value != 0)
    marker->numbering = NUMBERING_LETTERS;
}

ListMarker read_marker(const guint8 *text, guint32 length, guint32 start)
{
  ListMarker marker = {0};
  guint n;
  if (start + 1 < length && g_ascii_isupper(text[start]) &&
      (g_ascii_islower(text[start + 1]) || text[start + 1] == ' '))
    return marker; /* as most sentences start */
  if (start < length && mark_at(text + start, &n) == MARK_BULLET) {
    start += n;
    start += start < length && text[start] == ' ';
  }
  gboolean bracket = start < length && text[start] == '(';
  start += bracket;
  guint32 end = start;
  while (end < length && end - start < 6 && g_ascii_isalnum(text[end]))
    end++;
  guint32 tail = end;
  while (tail < length && tail - end < 2 && (text[tail] == '.' || text[tail] == ')'))
    tail++;
  if (tail == end || (bracket && text[end] != ')'))
    return marker;
  marker.tail = bracket ? '(' : tail - end == 2 ? ':' : text[end];
  marker.end = tail;
  read_value(text, start, end, &marker);
  return marker;
}

gboolean marker_follows(const ListMarker *last, const ListMarker *next)
{
  if (last->numbering == NUMBERING_NONE || last->numbering != next->numbering ||
      last->tail != next->tail)
    return FALSE;
  return (last->value != 0 && next->value == last->value + 1) ||
         (last->roman != 0 && next->roman == last->roman + 1);
}

/* Whether the mark at position belongs to the marker that starts the sentence. */
static gboolean at_marker(Walk *walk, guint32 position)
{
  ListMarker marker = walk->item;
  if (marker.numbering == NUMBERING_NONE || position >= marker.end || marker.end >= walk->length)
    return FALSE;
  if (marker.tail == '.' && (walk->text[marker.end] != ' ' || marker.value > 100))
    return FALSE;
  walk->resume = marker.end + 1;
  return TRUE;
}

/* The latest marker stands in the paragraph of position. */
static gboolean same_paragraph(const Walk *walk, guint32 position)
{
  return walk->marker.end >= walk->paragraph && walk->marker.end < position;
}

/* A marker in the middle of a line that goes on with the list: " 2) ". */
gboolean judge_marker(Walk *walk, guint32 position)
{
  const guint8 *text = walk->text;
  guint32 start = position;
  guint n;
  if (at_marker(walk, position))
    return TRUE;
  if (position >= walk->sentence + 2 && text[position] == '.' &&
      g_ascii_isalpha(text[position - 1]) && g_ascii_isalpha(text[position - 2]))
    return FALSE; /* the end of a word */
  if (start > walk->sentence && text[start] == ')' && text[start - 1] == '.')
    start--;
  guint32 mark_start = start;
  while (start > walk->sentence && mark_start - start < 5 && g_ascii_isalnum(text[start - 1]))
    start--;
  if (start == mark_start || start < walk->sentence + 2 || text[start - 1] != ' ')
    return FALSE;
  ListMarker marker = read_marker(text, walk->length, start);
  if (marker.end >= walk->length || text[marker.end] != ' ' || marker.value > 100)
    return FALSE;
  guint32 end = trim_end(text, walk->sentence, start);
  if (marker.value == 1 && marker.numbering == NUMBERING_DIGITS && text[end - 1] == ':') {
    walk->marker = marker; /* "as follows: 1. ..." opens a list inside the sentence */
    walk->resume = marker.end;
    return TRUE;
  }
  gboolean again = marker.value == 1 && walk->marker.value > 1 &&
                   marker.tail == walk->marker.tail && marker.numbering == walk->marker.numbering;
  if (!same_paragraph(walk, start) || (!again && !marker_follows(&walk->marker, &marker)) ||
      mark_at(text + before(text, end), &n) == MARK_COMMA)
    return FALSE;
  cut(walk, end, start);
  walk->resume = marker.end;
  return TRUE;
}

void judge_bullet(Walk *walk, guint32 position)
{
  guint n;
  guint32 end = trim_end(walk->text, walk->sentence, position);
  if (end == position || end == walk->sentence)
    return;
  if (mark_at(walk->text + before(walk->text, end), &n) != MARK_BULLET)
    cut(walk, end, position);
}
