/* SPDX-License-Identifier: Apache-2.0 */
/* Units: looking for words near a word. */
#include "unit.h"

gboolean unit_is_any(const Unit *unit, gint64 i, const char *words)
{
  if (i < 0 || i >= unit->n)
    return FALSE;
  const AverToken *token = &unit->words[i].token;
  gsize length = token->end - token->start;
  for (const char *p = words; *p != '\0';) {
    gsize n = strcspn(p, " ");
    if (n == length && g_ascii_strncasecmp(p, unit->text + token->start, n) == 0)
      return TRUE;
    p += n + (p[n] == ' ');
  }
  return FALSE;
}

static gboolean ends_clause(const Word *word)
{
  return word->token.kind == AVER_TOKEN_PUNCTUATION && word->token.detail != '-' &&
         word->token.detail != '[' && word->token.detail != ']';
}

gint64 unit_find(const Unit *unit, gint64 i, guint reach, guint32 bits)
{
  for (gint64 j = i + 1; j < unit->n && j <= i + reach && !ends_clause(&unit->words[j]); j++)
    if (unit_has(unit, j, bits))
      return j;
  return AVER_NONE;
}

gint64 unit_find_any(const Unit *unit, gint64 i, guint reach, const char *words)
{
  for (gint64 j = i + 1; j < unit->n && j <= i + reach && !ends_clause(&unit->words[j]); j++)
    if (unit_is_any(unit, j, words))
      return j;
  return AVER_NONE;
}
