/* SPDX-License-Identifier: Apache-2.0 */
/* Single line breaks: whether the text was wrapped there, or a heading, byline or item ends. */
#include "split.h"

#include <string.h>

/* Wrapped text has columns of about these widths; lines that are wider are whole paragraphs. */
#define NARROWEST 45
#define WIDEST    120

static gint32 count_characters(const guint8 *text, guint32 start, guint32 end)
{
  gint32 characters = 0;
  for (guint32 i = start; i < end; i++)
    characters += (text[i] & 0xc0) != 0x80;
  return characters;
}

/* The longest line's width in characters, more than WIDEST when it is no text in columns. A line
 * that no space breaks (an address) does not count. */
static gint32 measure(const guint8 *text, guint32 length)
{
  gint32 longest = 0;
  for (guint32 start = 0; start < length;) {
    const guint8 *found = memchr(text + start, '\n', length - start);
    guint32 end = found == NULL ? length : (guint32) (found - text);
    if (end - start > (guint32) longest && memchr(text + start, ' ', end - start) != NULL) {
      guint32 bytes = MIN(end - start, 4 * WIDEST + 1);
      longest = MAX(longest, count_characters(text, start, start + bytes));
      if (longest > WIDEST)
        return longest;
    }
    start = end + 1;
  }
  return longest;
}

/* The end of the next line's first word, or of its part before a hyphen where it may be broken. */
static guint32 first_chunk(const Walk *walk, guint32 start)
{
  const guint8 *text = walk->text;
  guint32 end = start;
  while (end < walk->length && end - start < WIDEST && text[end] > ' ') {
    end++;
    if (text[end - 1] == '-' && end - start > 2 && g_ascii_isalpha(text[end - 2]) &&
        g_ascii_isalpha(text[end - 3]) && end < walk->length && g_ascii_isalpha(text[end]))
      break;
  }
  return end;
}

/* Whether the next line's first word would have had room on this one. */
static gboolean has_room(const Walk *walk, guint32 line_end, guint32 next)
{
  guint32 end = first_chunk(walk, next);
  if (line_end - walk->line > 4 * WIDEST)
    return FALSE;
  gint32 width = count_characters(walk->text, walk->line, line_end);
  return width + 1 + count_characters(walk->text, next, end) <= walk->width;
}

static gboolean starts_item(const Walk *walk, guint32 next)
{
  guint n;
  Mark mark = mark_at(walk->text + next, &n);
  if (mark == MARK_BULLET)
    return TRUE;
  gboolean spaced = next + n < walk->length && walk->text[next + n] == ' ';
  if (spaced && (walk->text[next] == '-' || walk->text[next] == '*' || walk->text[next] == '>'))
    return TRUE;
  ListMarker marker = read_marker(walk->text, walk->length, next);
  if (marker.numbering == NUMBERING_NONE || marker.tail == '.')
    return marker_follows(&walk->marker, &marker);
  return TRUE;
}

/* A line that starts in lower case goes on with a sentence that did not, when nothing ended it. */
static gboolean goes_on(const Walk *walk, guint32 line_end, guint32 next)
{
  guint n;
  const guint8 *text = walk->text;
  Mark mark = mark_at(text + next, &n);
  if (mark == MARK_STOP || mark == MARK_COMMA)
    return TRUE;
  Mark first = mark_at(text + walk->sentence, &n);
  Mark last = mark_at(text + before(text, line_end), &n);
  if (last == MARK_COMMA && text[line_end - 1] == ':')
    return FALSE;
  return mark == MARK_LOWER && first != MARK_LOWER && line_end > walk->sentence;
}

LineBreak judge_line(Walk *walk, guint32 line_end, guint32 next, gboolean stopped)
{
  if (walk->width < 0)
    walk->width = measure(walk->text, walk->length);
  if (starts_item(walk, next))
    return LINE_BROKEN;
  gboolean wrapped = walk->width >= NARROWEST && walk->width <= WIDEST;
  if (wrapped && !has_room(walk, line_end, next))
    return LINE_WRAPPED;
  return !stopped && goes_on(walk, line_end, next) ? LINE_WRAPPED : LINE_BROKEN;
}
