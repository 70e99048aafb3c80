/* SPDX-License-Identifier: Apache-2.0 */
/* Turns of transcripts and interviews: "GOMEZ: We will check.", "Q: ..." and "A: ...". */
#include "transcript.h"

#include "content.h"
#include "people.h"

#define LONGEST_LABEL   6
#define FEWEST_TURNS    2
#define LONGEST_HEADING 30 /* tokens */
#define FEWEST_SAID     2
#define MENTIONS_SEEN   60

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

static gboolean is_letter(const Reading *r, guint32 start, guint32 colon, const char *letter)
{
  return colon - start == 1 && word_is(r, start, letter);
}

/* Labels in capitals, and the Q and A of interviews, are turns by their look. */
static gboolean looks_like_turn(const Reading *r, guint32 start, guint32 colon)
{
  if (is_letter(r, start, colon, "q") || is_letter(r, start, colon, "a"))
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

/* The interviewer's questions are no quotes; what others are said to have said in them is found
 * like everywhere else. */
static void add_turn(Reading *r, guint32 start, guint32 colon, guint32 end)
{
  if (is_letter(r, start, colon, "q"))
    return;
  Attribution a = NO_ATTRIBUTION;
  a.rule = RULE_TURN;
  a.source = (Range){start, colon};
  a.origin = SOURCE_LABEL;
  content_add(r, &a, colon + 1, end);
  if (a.n_pieces == 0)
    return;
  content_claim(r, colon + 1, end, r->attributions->len);
  g_array_append_val(r->attributions, a);
  Range turn = {start, end};
  g_array_append_val(r->turns, turn);
}

/* "By X", "Interview by X": whoever asks. */
static gboolean is_writer(const Reading *r, guint32 name)
{
  guint32 low = sentence_of(r, name)->start;
  for (guint32 i = name; i > low && name - i < LONGEST_LABEL; i--)
    if (word_is(r, i - 1, "by") && i - 1 < low + 2)
      return TRUE;
  return FALSE;
}

/* A person by title, given name or role, or a name of several words that is a subject. */
static gboolean may_be_interviewed(const Reading *r, const Mention *mention)
{
  const Entity *entity = entity_at(r, mention->entity);
  if (is_writer(r, mention->name.start))
    return FALSE;
  gboolean subject =
      sentence_of(r, mention->name.start)->start == mention->name.start &&
      has_tag(r, mention->name.end, TAGS(VERB) | TAGS(ED) | TAGS(BE) | TAGS(HAVE) | TAGS(COMMA));
  return entity->kind == ENTITY_PERSON ||
         (entity->kind == ENTITY_UNKNOWN && subject && entity->name.end - entity->name.start > 1);
}

/* The person an introduction is about, if it names only one. */
static guint32 interviewee(const Reading *r, guint32 end)
{
  guint32 found = NOWHERE;
  for (guint32 i = 0; i < r->mentions->len && mention_at(r, i)->name.start < end; i++) {
    const Mention *mention = mention_at(r, i);
    if (mention->entity == found || !may_be_interviewed(r, mention))
      continue;
    if (found != NOWHERE)
      return NOWHERE;
    found = mention->entity;
  }
  return found;
}

/* Whether a heading's label is somebody: a person, or a name that the text goes on about. */
static gboolean names_speaker(const Reading *r, guint32 last)
{
  guint32 mention = people_mention_at(r, last);
  if (mention == NOWHERE)
    return FALSE;
  guint32 entity = mention_at(r, mention)->entity;
  if (entity_at(r, entity)->kind == ENTITY_PERSON)
    return TRUE;
  guint32 times = 0;
  for (guint32 i = 0; i < r->mentions->len && i < MENTIONS_SEEN; i++)
    times += mention_at(r, i)->entity == entity;
  return times > 1 && entity_at(r, entity)->kind != ENTITY_PLACE;
}

/* "Quill: The pier is lost": in a heading, what stands behind a name and a colon is said. */
static void find_heading(Reading *r)
{
  if (r->n_tokens == 0)
    return;
  guint32 end = paragraph_end(r, 0), colon = 0;
  if (end > LONGEST_HEADING || has_tag(r, end - 1, TAGS(STOP)))
    return;
  while (colon < end && colon <= LONGEST_LABEL && !has_tag(r, colon, TAGS(COLON)))
    colon++;
  if (colon == 0 || colon > LONGEST_LABEL || colon + FEWEST_SAID >= end ||
      has_tag(r, colon + 1, TAGS(OPEN)))
    return;
  guint32 head = grammar_at(r, colon - 1);
  gboolean speaks = (head & (WORD_PAPER | WORD_ROLE)) != 0;
  for (guint32 i = 0; i < colon; i++)
    if (!has_tag(r, i, TAGS(NAME) | TAGS(NOUN)) || r->inside[i] != NOWHERE)
      return;
  if (!speaks && !names_speaker(r, colon - 1))
    return;
  Attribution a = NO_ATTRIBUTION;
  a.rule = RULE_HEADING;
  a.source = (Range){0, colon};
  a.origin = SOURCE_INTRODUCED;
  content_add(r, &a, colon + 1, end);
  if (a.n_pieces == 0)
    return;
  content_claim(r, colon + 1, end, r->attributions->len);
  g_array_append_val(r->attributions, a);
}

void transcript_find(Reading *r)
{
  find_heading(r);
  r->interviewee = NOWHERE;
  guint32 first = NOWHERE;
  for (gint pass = 0; pass < 2; pass++) {
    guint32 turns = 0;
    for (guint32 start = 0; start < r->n_tokens;) {
      guint32 end = paragraph_end(r, start);
      guint32 label = start + (r->tokens[start].kind == AVER_TOKEN_QUOTE);
      guint32 colon = label_end(r, label);
      gboolean turn = colon != NOWHERE && colon + 1 < end && !has_tag(r, colon + 1, TAGS(OPEN)) &&
                      looks_like_turn(r, label, colon);
      turns += turn;
      if (turn && first == NOWHERE)
        first = start;
      if (turn && pass == 1)
        add_turn(r, label, colon, end);
      start = end;
    }
    if (turns < FEWEST_TURNS)
      return;
    if (pass == 0)
      r->interviewee = interviewee(r, first);
  }
}
