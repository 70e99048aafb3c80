/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a place stands inside a quotation that is closed again, for split_quotes=false. */
#include "split.h"

#define LONGEST_QUOTATION 2000

typedef enum {
  QUOTE_NONE,
  QUOTE_OPENS,
  QUOTE_CLOSES,
} Quote;

static gboolean is_blank(guint8 c)
{
  return c <= ' ' || c == '(' || c == '[';
}

/* A straight mark opens when white space or a bracket stands before it, and none behind. Single
 * marks are left out: too many of them are apostrophes. */
static Quote read_quote(const Walk *walk, guint32 position, Mark mark, guint n)
{
  const guint8 *text = walk->text;
  if (mark == MARK_CLOSE_QUOTE)
    return QUOTE_CLOSES;
  if (mark == MARK_OPEN_QUOTE)
    return n == 3 && text[position + 2] == 0x98 ? QUOTE_NONE : QUOTE_OPENS;
  if (mark != MARK_QUOTE || text[position] != '"')
    return QUOTE_NONE;
  gboolean behind = position + 1 < walk->length && text[position + 1] > ' ';
  return behind && (position == 0 || is_blank(text[position - 1])) ? QUOTE_OPENS : QUOTE_CLOSES;
}

/* A mark that closes stands behind position, in its paragraph. What was searched is not searched
 * again: walk->unquoted is how far there is none. */
static gboolean is_closed(Walk *walk, guint32 position)
{
  guint32 limit = MIN(walk->length, position + LONGEST_QUOTATION);
  for (guint32 i = MAX(position, walk->unquoted); i < limit;) {
    guint n;
    Mark mark = mark_at(walk->text + i, &n);
    if (read_quote(walk, i, mark, n) == QUOTE_CLOSES)
      return TRUE;
    if (walk->text[i] == '\n' && i + 1 < walk->length && walk->text[i + 1] == '\n')
      break;
    i += n;
    walk->unquoted = i;
  }
  return FALSE;
}

gboolean inside_quotation(Walk *walk, guint32 position)
{
  guint32 i = MAX(walk->sentence, walk->quote_read);
  if (walk->quote_read < walk->sentence)
    walk->quoted = FALSE;
  while (i < position) {
    guint n;
    Mark mark = mark_at(walk->text + i, &n);
    Quote quote = read_quote(walk, i, mark, n);
    i += n;
    if (quote == QUOTE_OPENS && !walk->quoted)
      walk->quoted = is_closed(walk, i);
    else if (quote == QUOTE_CLOSES)
      walk->quoted = FALSE;
  }
  walk->quote_read = MAX(i, walk->quote_read);
  return walk->quoted;
}
