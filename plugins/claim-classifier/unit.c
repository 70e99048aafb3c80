/* SPDX-License-Identifier: Apache-2.0 */
/* Units: looking for words near a word. */
#include "unit.h"

static inline char lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
}

gboolean unit_is_any(const Unit *unit, gint64 i, const char *words)
{
  if (i < 0 || i >= unit->n)
    return FALSE;
  const AverToken *token = &unit->words[i].token;
  const char *word = unit->text + token->start;
  gsize length = token->end - token->start;
  char first = lower(word[0]);
  if (first == '\0')
    return FALSE;
  for (const char *p = words; (p = strchr(p, first)) != NULL; p++) {
    gsize n = 1;
    if (p > words && p[-1] != ' ')
      continue;
    while (n < length && p[n] != '\0' && p[n] == lower(word[n]))
      n++;
    if (n == length && (p[n] == ' ' || p[n] == '\0'))
      return TRUE;
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

gboolean unit_perfect(const Unit *unit, gint64 i)
{
  return unit_is(unit, i, "have") &&
         (unit_ends(unit, i + 1, "ed") || unit_ends(unit, i + 1, "en") ||
          unit_is_any(unit, i + 1,
                      "been done gone said made had come become known got put met left "
                      "lost won told paid sent kept held cost cut let thought"));
}

/* "the dust that we", "the road that the state", not "any firm that uses". */
static gboolean relative_subject(const Unit *unit, gint64 i)
{
  return unit_is_any(unit, i,
                     "i you he she it we they the a an this these his her its our their") ||
         (i < unit->n && (unit->words[i].token.flags & AVER_TOKEN_CAPITALISED) != 0);
}

gboolean unit_subordinate(const Unit *unit, gint64 i)
{
  for (gint64 j = i - 1; j >= 0 && j >= i - 5; j--) {
    if (ends_clause(&unit->words[j]))
      return FALSE;
    if ((unit->words[j].marks & MARK_SUBORDINATOR) != 0)
      return TRUE;
    if (!unit_is(unit, j, "that"))
      continue;
    gboolean noun_before = j > 0 && unit->words[j - 1].speech == 0 &&
                           is_wordy(&unit->words[j - 1]) && !unit_ends(unit, j - 1, "ed") &&
                           !unit_ends(unit, j - 1, "ing");
    gboolean subject = j == i - 1 || (i - j <= 3 && relative_subject(unit, j + 1));
    if (noun_before && subject)
      return TRUE;
  }
  return FALSE;
}
