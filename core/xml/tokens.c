/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens: just so much of XML's syntax as finds the end of a tag. What is in them, libxml2 checks.
 */
#include "tokens.h"

#include <string.h>

/* What the bytes at hand end in. */
typedef enum {
  IN_TEXT,
  IN_OPENING, /* behind <, and what follows is not there yet */
  IN_TAG,
  IN_END_TAG,
  IN_COMMENT,
  IN_CDATA,
  IN_INSTRUCTION,
  IN_TYPE,
  IN_SUBSET, /* inside [ ] of a document type */
  IN_SUBSET_COMMENT,
} State;

static const struct {
  const char *opening;
  State state;
} openings[] = {{"<!--", IN_COMMENT},   {"<![CDATA[", IN_CDATA}, {"<!", IN_TYPE},
                {"<?", IN_INSTRUCTION}, {"</", IN_END_TAG},      {"<", IN_TAG}};

/* FALSE while it may be this or that. */
static gboolean open_token(TokenScan *scan, const char *data, gsize length)
{
  gsize n = length - scan->start;
  for (guint i = 0; i < G_N_ELEMENTS(openings); i++) {
    gsize wanted = strlen(openings[i].opening);
    gsize compared = MIN(n, wanted);
    if (memcmp(data + scan->start, openings[i].opening, compared) != 0)
      continue;
    if (n < wanted || n == 1)
      return FALSE;
    scan->state = openings[i].state;
    scan->at = scan->start + wanted;
    return TRUE;
  }
  g_assert_not_reached();
}

/* Goes behind the first @mark; else leaves so many bytes as may be part of one. */
static gboolean find(TokenScan *scan, const char *data, gsize length, const char *mark)
{
  gsize n = strlen(mark);
  const char *found = memmem(data + scan->at, length - scan->at, mark, n);
  if (found != NULL)
    scan->at = (gsize) (found - data) + n;
  else
    scan->at = MAX(scan->at, length < n ? 0 : length - n + 1);
  return found != NULL;
}

/* Goes behind the first of some bytes that stands outside quotation marks; 0 when there is none. */
static char find_unquoted(TokenScan *scan, const char *data, gsize length, const char *any)
{
  for (; scan->at < length; scan->at++) {
    char c = data[scan->at];
    if (scan->quote != 0) {
      const char *end = memchr(data + scan->at, (int) scan->quote, length - scan->at);
      scan->at = end == NULL ? length - 1 : (gsize) (end - data);
      scan->quote = end == NULL ? scan->quote : 0;
    } else if (c == '"' || c == '\'') {
      scan->quote = (guint) c;
    } else if (c != '\0' && strchr(any, c) != NULL) {
      scan->at++;
      return c;
    }
  }
  return '\0';
}

/* One step inside a document type; TRUE at its end. */
static gboolean step_in_type(TokenScan *scan, const char *data, gsize length, gboolean *waiting)
{
  char c;
  switch (scan->state) {
  case IN_TYPE:
    c = find_unquoted(scan, data, length, "[>");
    scan->state = c == '[' ? IN_SUBSET : IN_TYPE;
    *waiting = c == '\0';
    return c == '>';
  case IN_SUBSET:
    c = find_unquoted(scan, data, length, "]-");
    if (c == '-' && scan->at >= 4 && memcmp(data + scan->at - 3, "<!-", 3) == 0)
      scan->state = IN_SUBSET_COMMENT;
    else if (c == ']')
      scan->state = IN_TYPE;
    *waiting = c == '\0';
    return FALSE;
  default:
    *waiting = !find(scan, data, length, "-->");
    scan->state = *waiting ? IN_SUBSET_COMMENT : IN_SUBSET;
    return FALSE;
  }
}

static gboolean step_in_token(TokenScan *scan, const char *data, gsize length, gboolean *waiting)
{
  switch (scan->state) {
  case IN_TAG:
    *waiting = find_unquoted(scan, data, length, ">") == '\0';
    break;
  case IN_END_TAG:
    *waiting = !find(scan, data, length, ">");
    break;
  case IN_COMMENT:
    *waiting = !find(scan, data, length, "-->");
    break;
  case IN_CDATA:
    *waiting = !find(scan, data, length, "]]>");
    break;
  case IN_INSTRUCTION:
    *waiting = !find(scan, data, length, "?>");
    break;
  default:
    return step_in_type(scan, data, length, waiting);
  }
  return !*waiting;
}

static gboolean ends_name(char c)
{
  return strchr(" \t\r\n/>", c) != NULL;
}

static void fill(const TokenScan *scan, const char *data, Token *token)
{
  *token = (Token){.kind = TOKEN_OTHER, .start = scan->start, .end = scan->at};
  if (scan->state == IN_TYPE)
    token->kind = TOKEN_TYPE;
  if (scan->state != IN_TAG && scan->state != IN_END_TAG)
    return;
  token->kind = scan->state == IN_END_TAG ? TOKEN_END : TOKEN_START;
  if (token->kind == TOKEN_START && data[token->end - 2] == '/')
    token->kind = TOKEN_EMPTY;
  token->name = token->start + (token->kind == TOKEN_END ? 2 : 1);
  while (!ends_name(data[token->name + token->name_length]))
    token->name_length++;
}

gboolean tokens_next(TokenScan *scan, const char *data, gsize length, Token *token)
{
  gboolean waiting = FALSE;
  while (!waiting) {
    if (scan->state == IN_TEXT) {
      const char *next = length > scan->at ? memchr(data + scan->at, '<', length - scan->at) : NULL;
      scan->at = scan->start = next == NULL ? length : (gsize) (next - data);
      waiting = next == NULL;
      scan->state = next == NULL ? IN_TEXT : IN_OPENING;
      scan->quote = 0;
    } else if (scan->state == IN_OPENING) {
      waiting = !open_token(scan, data, length);
    } else if (step_in_token(scan, data, length, &waiting)) {
      fill(scan, data, token);
      scan->state = IN_TEXT;
      scan->start = scan->at;
      return TRUE;
    }
  }
  return FALSE;
}

gsize tokens_looked_at(const TokenScan *scan)
{
  gboolean named = scan->state == IN_TAG || scan->state == IN_END_TAG;
  if (named || scan->state == IN_OPENING)
    return scan->start;
  return scan->at > scan->start + 8 ? scan->at - 8 : scan->start;
}

void tokens_shift(TokenScan *scan, gsize length)
{
  scan->at -= MIN(length, scan->at);
  scan->start -= MIN(length, scan->start);
}
