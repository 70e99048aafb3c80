/* SPDX-License-Identifier: Apache-2.0 */
/* Turns of transcripts and interviews: "GOMEZ: We will check.", "Q: ..." and "A: ...". */
#include "transcript.h"

#include "content.h"

#define LONGEST_LABEL 6
#define FEWEST_TURNS  2

/* The colon that ends the speaker's label of a paragraph, NOWHERE when it has none. */
static guint32 label_end(const Reading *r, guint32 start)
{
  guint32 limit = MIN(r->n_tokens, start + LONGEST_LABEL + 1);
  for (guint32 i = start; i < limit; i++) {
    if (has_tag(r, i, TAGS(COLON)))
      return i > start ? i : NOWHERE;
    const AverToken *token = &r->tokens[i];
    gboolean bracket = has_tag(r, i, TAGS(LEFT) | TAGS(RIGHT));
    if (!bracket && (token->kind != AVER_TOKEN_WORD || !flag_at(r, i, AVER_TOKEN_CAPITALISED)))
      return NOWHERE;
    if (i > start && starts_paragraph(r, i))
      return NOWHERE;
  }
  return NOWHERE;
}

/* Labels in capitals, and the Q and A of interviews, are turns by their look. */
static gboolean looks_like_turn(const Reading *r, guint32 start, guint32 colon)
{
  if (colon - start == 1 && (word_is(r, start, "q") || word_is(r, start, "a")))
    return TRUE;
  for (guint32 i = start; i < colon; i++)
    if (r->tokens[i].kind == AVER_TOKEN_WORD && flag_at(r, i, AVER_TOKEN_ALL_CAPS))
      return TRUE;
  return FALSE;
}

static guint32 paragraph_end(const Reading *r, guint32 i)
{
  for (i++; i < r->n_tokens && !starts_paragraph(r, i); i++)
    ;
  return i;
}

static void add_turn(Reading *r, guint32 start, guint32 colon, guint32 end)
{
  gboolean letter = colon - start == 1 && (word_is(r, start, "q") || word_is(r, start, "a"));
  Attribution a = {.rule = RULE_TURN,
                   .source = {start, letter ? start : colon},
                   .antecedent = NOWHERE,
                   .speaker = NOWHERE};
  content_add(r, &a, colon + 1, end);
  if (a.n_pieces == 0)
    return;
  content_claim(r, colon + 1, end, r->attributions->len);
  g_array_append_val(r->attributions, a);
  Range turn = {start, end};
  g_array_append_val(r->turns, turn);
}

void transcript_find(Reading *r)
{
  for (gint pass = 0; pass < 2; pass++) {
    guint32 turns = 0;
    for (guint32 start = 0; start < r->n_tokens;) {
      guint32 end = paragraph_end(r, start);
      guint32 label = start + (r->tokens[start].kind == AVER_TOKEN_QUOTE);
      guint32 colon = label_end(r, label);
      gboolean turn = colon != NOWHERE && colon + 1 < end && !has_tag(r, colon + 1, TAGS(OPEN)) &&
                      looks_like_turn(r, label, colon);
      turns += turn;
      if (turn && pass == 1)
        add_turn(r, label, colon, end);
      start = end;
    }
    if (turns < FEWEST_TURNS)
      return;
  }
}
