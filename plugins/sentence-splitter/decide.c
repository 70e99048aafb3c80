/* SPDX-License-Identifier: Apache-2.0 */
/* Decides whether a sentence ends at its marks: rules where the language is clear, else weights. */
#include "split.h"

typedef enum {
  NO,
  YES,
  WEIGH,
} Answer;

static gboolean capitalised(RightKind kind)
{
  return kind == RIGHT_CAPITALISED || kind == RIGHT_CAPITALS || kind == RIGHT_INITIAL ||
         kind == RIGHT_BODY || kind == RIGHT_TITLE || kind == RIGHT_MONTH || kind == RIGHT_CAMEL;
}

/* The word before the one at position starts with a capital. */
static gboolean after_name(const Walk *walk, guint32 position)
{
  guint n;
  if (position < walk->sentence + 2 || walk->text[position - 1] != ' ')
    return FALSE;
  Left word = read_left(&walk->splitter->words, walk->text, walk->sentence, position - 1);
  return word.end > word.start && mark_at(walk->text + word.start, &n) == MARK_UPPER &&
         (word.bits & WORD_STARTER) == 0;
}

/* An abbreviation, an initial or an acronym, with its full stop. */
static Answer judge_abbreviation(const Walk *walk, const Candidate *candidate)
{
  RightKind right = candidate->right.kind;
  LeftKind left = candidate->left.kind;
  if (candidate->right.opener == OPENER_DASH && left >= LEFT_TITLE && left <= LEFT_SHORT)
    return NO; /* a dateline: "LARKHILL, Calif. - The" */
  gboolean starts = right == RIGHT_STARTER || right == RIGHT_I;
  if (starts && (left == LEFT_ORGANISATION || left == LEFT_STATE || left == LEFT_COUNTRY ||
                 left == LEFT_DEGREE || left == LEFT_FINAL || left == LEFT_STREET))
    return YES;
  switch (left) {
  case LEFT_TITLE:
  case LEFT_INNER:
    return NO;
  case LEFT_PLACE:
    return capitalised(right) || right == RIGHT_LOWER ? NO : WEIGH;
  case LEFT_REFERENCE:
    return right == RIGHT_NUMBER || right == RIGHT_INITIAL ? NO : WEIGH;
  case LEFT_MONTH:
    return right == RIGHT_NUMBER ? NO : WEIGH;
  case LEFT_CLOCK: /* "At 5 a.m. Mr Reed rose": so far it is no sentence */
    if (candidate->words < 3 || right == RIGHT_MONTH || (candidate->right.bits & WORD_ZONE) != 0)
      return NO;
    return right == RIGHT_TITLE ? YES : WEIGH;
  case LEFT_COUNTRY:
    return right == RIGHT_BODY ? NO : WEIGH;
  case LEFT_INITIAL:
    return candidate->words == 0 || capitalised(right) || right == RIGHT_NUMBER ? NO : WEIGH;
  case LEFT_I:
    return capitalised(right) && after_name(walk, candidate->left.start) ? NO : WEIGH;
  default:
    return WEIGH;
  }
}

/* "a. " or "a) " behind the marks starts a list. */
static gboolean starts_list(const Walk *walk, const Candidate *candidate)
{
  ListMarker marker = read_marker(walk->text, walk->length, candidate->right.start);
  return marker.numbering == NUMBERING_LETTERS && marker.value == 1 && marker.end < walk->length &&
         walk->text[marker.end] == ' ' && candidate->left.kind <= LEFT_NUMBER;
}

/* A small letter behind the marks. */
static Answer judge_lower(const Walk *walk, const Candidate *candidate)
{
  gboolean web = walk->splitter->web;
  if (candidate->right.kind == RIGHT_SMALL_LETTER && starts_list(walk, candidate))
    return YES;
  if (candidate->right.opener == OPENER_DASH || candidate->stop == STOP_SPACED)
    return NO;
  if (candidate->closer == CLOSER_QUOTE || candidate->closer == CLOSER_BRACKET)
    return NO;
  if (candidate->right.kind == RIGHT_REPORT && candidate->stop != STOP_PERIOD)
    return NO;
  LeftKind left = candidate->left.kind;
  if (candidate->stop == STOP_PERIOD &&
      ((left >= LEFT_TITLE && left <= LEFT_SHORT) || left == LEFT_MIXED))
    return NO;
  if (candidate->stop != STOP_PERIOD && !web && (left == LEFT_CAPITALISED || left == LEFT_CAPITALS))
    return NO; /* a name that has the mark in it */
  if (left == LEFT_EXCLAIMED)
    return NO;
  return WEIGH;
}

/* Speakers break off in small words before a sentence that starts plainly; all else before a dash
 * is a dateline, a label, or a name set apart. */
static Answer judge_break(const Candidate *candidate)
{
  LeftKind left = candidate->left.kind;
  RightKind right = candidate->right.kind;
  gboolean plain = left == LEFT_LOWER || left == LEFT_I || left == LEFT_LETTER;
  return plain && (right == RIGHT_STARTER || right == RIGHT_I) ? WEIGH : NO;
}

static Answer judge_rules(const Walk *walk, const Candidate *candidate)
{
  const Right *right = &candidate->right;
  const guint8 *text = walk->text;
  gboolean stop_first = candidate->stop_start == walk->sentence;
  if (right->kind == RIGHT_COMMA && right->opener == OPENER_NONE)
    return NO;
  if (stop_first || candidate->left.start < walk->sentence)
    return NO;
  if (candidate->stop == STOP_DASH)
    return judge_break(candidate);
  if (candidate->stop == STOP_ELLIPSIS &&
      (text[candidate->stop_start - 1] == '[' || text[candidate->stop_start - 1] == '('))
    return NO;
  if (candidate->left.kind == LEFT_NUMBER && candidate->words == 0 &&
      candidate->stop == STOP_PERIOD && candidate->left.start == walk->sentence)
    return NO; /* "2.1. A heading" */
  if (right->kind == RIGHT_LOWER || right->kind == RIGHT_REPORT ||
      right->kind == RIGHT_SMALL_LETTER)
    return judge_lower(walk, candidate);
  if (candidate->closer == CLOSER_QUOTE && candidate->stop != STOP_PERIOD &&
      right->opener == OPENER_NONE &&
      names_speaker(&walk->splitter->words, text, walk->length, right))
    return NO;
  LeftKind left = candidate->left.kind;
  if (candidate->stop == STOP_PERIOD && candidate->closer == CLOSER_BRACKET &&
      ((left >= LEFT_TITLE && left <= LEFT_SHORT) || left == LEFT_ACRONYM || left == LEFT_INITIAL))
    return NO; /* "The (Larkhill, N.J.) Herald" */
  if (candidate->stop == STOP_PERIOD && candidate->closer == CLOSER_NONE)
    return judge_abbreviation(walk, candidate);
  return WEIGH;
}

/* Three spaced dots leave words out inside a sentence; with one before them that touches the word,
 * the sentence ends there and the omission belongs to the next one (the four-dot rule). */
static Answer judge_spaced(Candidate *candidate, const guint8 *text)
{
  guint dots = 0;
  for (guint32 i = candidate->stop_start; i < candidate->end && dots < 8; i++)
    dots += text[i] == '.';
  if (dots == 3)
    return candidate->right.kind == RIGHT_I ? NO : WEIGH;
  gboolean touches = candidate->stop_start > 0 && text[candidate->stop_start - 1] != ' ' &&
                     text[candidate->stop_start + 1] == ' ' &&
                     text[candidate->stop_start + 2] == '.';
  if (dots == 4 && touches && candidate->closer == CLOSER_NONE) {
    candidate->end = candidate->stop_start + 1;
    candidate->next = candidate->stop_start + 2;
  }
  return WEIGH;
}

/* "no." and "in." are words, unless a number says otherwise. */
static void forget_abbreviation(Candidate *candidate, const guint8 *text)
{
  Left *left = &candidate->left;
  guint n;
  if (left->kind == LEFT_REFERENCE || left->kind == LEFT_UNIT)
    left->kind = mark_at(text + left->start, &n) == MARK_UPPER ? LEFT_CAPITALISED : LEFT_LOWER;
}

gboolean decide(Walk *walk, Candidate *candidate)
{
  Answer answer = judge_rules(walk, candidate);
  if (!walk->splitter->split_quotes && answer != NO && inside_quotation(walk, candidate->end))
    answer = NO;
  if (answer == WEIGH && candidate->stop == STOP_SPACED)
    answer = judge_spaced(candidate, walk->text);
  forget_abbreviation(candidate, walk->text);
  const Splitter *splitter = walk->splitter;
  gboolean ends = answer == WEIGH ? weigh(walk, candidate) : answer == YES;
  if (splitter->oracle != NULL)
    return splitter->oracle(splitter->oracle_data, walk, candidate, answer != WEIGH, ends);
  return ends;
}
