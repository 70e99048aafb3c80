/* SPDX-License-Identifier: Apache-2.0 */
/* Collecting units: token look-up by position, and the lexicons' word on each token. */
#include "collect.h"

guint32 token_at(const AverToken *tokens, guint32 n_tokens, guint32 position)
{
  guint32 low = 0, high = n_tokens;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (tokens[middle].end <= position)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* "US", "IT" and "WHO" are names, whatever "us", "it" and "who" mean. */
static gboolean is_acronym(const char *text, const AverToken *token)
{
  static const char *const acronyms[] = {"US", "IT", "WHO"};
  if ((token->flags & AVER_TOKEN_ALL_CAPS) == 0)
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS(acronyms); k++)
    if (strlen(acronyms[k]) == token->end - token->start &&
        memcmp(acronyms[k], text + token->start, token->end - token->start) == 0)
      return TRUE;
  return FALSE;
}

gboolean collect_add(Unit *unit, const Lexicons *lexicons, const AverToken *tokens, guint32 index)
{
  const AverToken *token = &tokens[index];
  if (unit->n == LONGEST_UNIT)
    return FALSE;
  Word *word = &unit->words[unit->n++];
  *word = (Word){.token = *token, .index = index};
  gboolean word_like = token->kind == AVER_TOKEN_WORD || token->kind == AVER_TOKEN_CLITIC;
  if (word_like && !is_acronym(unit->text, token)) {
    word->topic = aver_lexicon_token(lexicons->topics, unit->text, token);
    word->speech = aver_lexicon_token(lexicons->speech, unit->text, token);
  }
  return unit->n < LONGEST_UNIT;
}

void collect_span(Unit *unit, AverDocument *document, const Lexicons *lexicons, AverSpan span)
{
  guint32 n_tokens, length;
  const AverToken *tokens = aver_document_get_tokens(document, &n_tokens);
  unit->text = aver_document_get_text(document, &length);
  unit->n = 0;
  unit->left_out = FALSE;
  for (guint32 i = token_at(tokens, n_tokens, span.start);
       i < n_tokens && tokens[i].start < span.end; i++)
    if (!collect_add(unit, lexicons, tokens, i))
      return;
}
