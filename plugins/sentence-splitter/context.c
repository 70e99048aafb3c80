/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the words around a place where a sentence could end, looking a bounded way. */
#include "context.h"

#include <string.h>

#define WORD_BYTES  40
#define MAX_OPENERS 8

static const struct {
  guint32 bit;
  LeftKind kind;
  gboolean capital; /* an abbreviation only when it is capitalised */
} abbreviation_kinds[] = {
    {WORD_INNER, LEFT_INNER, FALSE},
    {WORD_CLOCK, LEFT_CLOCK, FALSE},
    {WORD_COUNTRY, LEFT_COUNTRY, FALSE},
    {WORD_TITLE, LEFT_TITLE, TRUE},
    {WORD_PLACE, LEFT_PLACE, TRUE},
    {WORD_DEGREE, LEFT_DEGREE, TRUE},
    {WORD_ORGANISATION, LEFT_ORGANISATION, FALSE},
    {WORD_MONTH, LEFT_MONTH, TRUE},
    {WORD_STATE, LEFT_STATE, TRUE},
    {WORD_FINAL, LEFT_FINAL, FALSE},
    {WORD_REFERENCE, LEFT_REFERENCE, FALSE},
    {WORD_STREET, LEFT_STREET, FALSE},
    {WORD_UNIT, LEFT_UNIT, FALSE},
    {WORD_SHORT, LEFT_SHORT, FALSE},
    {WORD_EXCLAIMED, LEFT_EXCLAIMED, TRUE},
};

/* How many characters of a kind a word has: eight bits each, WORD_BYTES at most. */
typedef guint64 Counts;

#define COUNT(name)       (G_GUINT64_CONSTANT(1) << name)
#define GET(counts, name) ((guint) ((counts) >> name & 0xff))

enum {
  LETTERS = 0,
  UPPER = 8,
  LOWER = 16,
  DIGITS = 24,
  DOTS = 32,
};

static const Counts mark_counts[N_MARKS] = {
    [MARK_UPPER] = COUNT(LETTERS) | COUNT(UPPER),
    [MARK_LOWER] = COUNT(LETTERS) | COUNT(LOWER),
    [MARK_LETTER] = COUNT(LETTERS),
    [MARK_DIGIT] = COUNT(DIGITS),
    [MARK_STOP] = COUNT(DOTS),
};

static LeftKind abbreviation_kind(guint32 bits, gboolean capital)
{
  for (guint i = 0; i < G_N_ELEMENTS(abbreviation_kinds); i++)
    if ((bits & abbreviation_kinds[i].bit) != 0 && (capital || !abbreviation_kinds[i].capital))
      return abbreviation_kinds[i].kind;
  return LEFT_NOTHING;
}

static LeftKind plain_kind(const guint8 *word, Counts counts)
{
  guint characters = GET(counts, LETTERS) + GET(counts, DIGITS);
  if (GET(counts, DIGITS) > 0)
    return GET(counts, LETTERS) == 0 ? LEFT_NUMBER : LEFT_MIXED;
  if (GET(counts, DOTS) > 0)
    return GET(counts, LETTERS) != GET(counts, DOTS) + 1 ? LEFT_MIXED
           : GET(counts, UPPER) > 0                      ? LEFT_ACRONYM
                                                         : LEFT_INNER;
  if (characters == 1)
    return *word == 'I' ? LEFT_I : GET(counts, UPPER) == 1 ? LEFT_INITIAL : LEFT_LETTER;
  if (GET(counts, UPPER) == GET(counts, LETTERS))
    return LEFT_CAPITALS;
  guint n;
  return mark_at(word, &n) == MARK_UPPER ? LEFT_CAPITALISED : LEFT_LOWER;
}

static LeftKind mark_kind(Mark mark)
{
  if (mark == MARK_QUOTE || mark == MARK_CLOSE_QUOTE || mark == MARK_APOSTROPHE)
    return LEFT_QUOTE;
  return mark == MARK_CLOSE_BRACKET ? LEFT_BRACKET : LEFT_NOTHING;
}

Left read_left(const Words *words, const guint8 *text, guint32 limit, guint32 end)
{
  guint lower = lower_before(text, limit, end);
  Left left = {.start = end - lower, .end = end};
  Counts counts = lower * mark_counts[MARK_LOWER];
  guint n;
  Mark last = MARK_SPACE;
  while (left.start > limit && end - left.start < WORD_BYTES) {
    guint32 position = before(text, left.start);
    Mark mark = mark_at(text + position, &n);
    if (left.start == end)
      last = mark;
    gboolean inner = mark == MARK_STOP || mark == MARK_APOSTROPHE;
    if (!is_letter(mark) && mark != MARK_DIGIT && !(inner && left.start < end))
      break;
    counts += mark_counts[mark];
    left.start = position;
  }
  /* Dots and apostrophes in front are not part of the word. */
  while (left.start < end) {
    Mark mark = mark_at(text + left.start, &n);
    if (mark != MARK_STOP && mark != MARK_APOSTROPHE)
      break;
    counts -= mark_counts[mark];
    left.start += n;
  }
  if (left.start == end) {
    left.kind = mark_kind(last);
    return left;
  }
  left.bits = words_get(words, text + left.start, end - left.start);
  gboolean capital = mark_at(text + left.start, &n) == MARK_UPPER;
  if (capital && GET(counts, LETTERS) == 1)
    left.bits &= ~WORD_ABBREVIATION;
  if ((left.bits & WORD_ABBREVIATION) != 0)
    left.kind = abbreviation_kind(left.bits, capital);
  if (left.kind == LEFT_NOTHING)
    left.kind = plain_kind(text + left.start, counts);
  return left;
}

/* The end of the word at start: letters, digits and apostrophes between them. */
static guint32 word_end(const guint8 *text, guint32 length, guint32 start, Counts *counts)
{
  guint32 position = start;
  if (start < length && g_ascii_isalpha(text[start])) { /* a letter, then small ones: most words */
    guint lower = lower_behind(text, length, start + 1);
    *counts += mark_counts[ascii_marks[text[start]]] + lower * mark_counts[MARK_LOWER];
    position += 1 + lower;
  }
  guint32 end = position;
  while (position < length && position - start < WORD_BYTES) {
    guint n;
    Mark mark = mark_at(text + position, &n);
    if (mark != MARK_APOSTROPHE && mark != MARK_DIGIT && !is_letter(mark))
      break;
    *counts += mark_counts[mark];
    position += n;
    if (mark != MARK_APOSTROPHE)
      end = position;
  }
  return end;
}

static gboolean starts_with(const guint8 *text, guint32 length, guint32 start, const char *what)
{
  gsize n = strlen(what);
  return length - start >= n && memcmp(text + start, what, n) == 0;
}

static gboolean is_address(const guint8 *text, guint32 length, guint32 start)
{
  return starts_with(text, length, start, "http://") ||
         starts_with(text, length, start, "https://") || starts_with(text, length, start, "www.");
}

static RightKind capital_kind(const guint8 *text, guint32 length, const Right *right, Counts counts)
{
  gboolean dot = right->end < length && text[right->end] == '.';
  if (GET(counts, LETTERS) == 1)
    return text[right->word] == 'I' && !dot ? RIGHT_I : dot ? RIGHT_INITIAL : RIGHT_STARTER;
  if (text[right->word] == 'I' && text[right->word + 1] == '\'')
    return RIGHT_I;
  if ((right->bits & WORD_BODY) != 0)
    return RIGHT_BODY;
  if ((right->bits & WORD_STARTER) != 0)
    return RIGHT_STARTER;
  if ((right->bits & WORD_TITLE) != 0 && GET(counts, LOWER) > 0)
    return RIGHT_TITLE;
  if ((right->bits & WORD_FULL_MONTH) != 0 || ((right->bits & WORD_MONTH) != 0 && dot))
    return RIGHT_MONTH;
  return GET(counts, LOWER) == 0 ? RIGHT_CAPITALS : RIGHT_CAPITALISED;
}

/* Whether a word, or the word after a pronoun, reports speech. */
static gboolean reports(const Words *words, const guint8 *text, guint32 length, const Right *right)
{
  if ((right->bits & WORD_REPORTS) != 0)
    return TRUE;
  if ((right->bits & WORD_PRONOUN) == 0 || right->end >= length || text[right->end] != ' ')
    return FALSE;
  Counts counts = 0;
  guint32 start = right->end + 1;
  guint32 end = word_end(text, length, start, &counts);
  return end > start && (words_get(words, text + start, end - start) & WORD_REPORTS) != 0;
}

static RightKind word_kind(const Words *words, const guint8 *text, guint32 length, Right *right,
                           Mark first)
{
  Counts counts = 0;
  right->end = word_end(text, length, right->word, &counts);
  if (first == MARK_DIGIT)
    return RIGHT_NUMBER;
  if (first == MARK_LETTER)
    return RIGHT_LETTER;
  if (is_address(text, length, right->word))
    return RIGHT_ADDRESS;
  right->bits = words_get(words, text + right->word, right->end - right->word);
  if (first == MARK_UPPER)
    return capital_kind(text, length, right, counts);
  if (GET(counts, UPPER) > 0)
    return RIGHT_CAMEL;
  if (GET(counts, LETTERS) == 1)
    return RIGHT_SMALL_LETTER;
  return reports(words, text, length, right) ? RIGHT_REPORT : RIGHT_LOWER;
}

static gboolean is_opener(const guint8 *text, guint32 length, guint32 next, Mark mark)
{
  guint n;
  if (mark == MARK_OPEN_QUOTE || mark == MARK_OPEN_BRACKET)
    return TRUE;
  if (mark != MARK_QUOTE && mark != MARK_APOSTROPHE && mark != MARK_EMPHASIS)
    return FALSE;
  return next < length && mark_at(text + next, &n) != MARK_SPACE;
}

static RightKind mark_kind_right(Mark mark)
{
  switch (mark) {
  case MARK_COMMA:
  case MARK_CLOSE_BRACKET:
  case MARK_CLOSE_QUOTE:
    return RIGHT_COMMA;
  case MARK_DASH:
    return RIGHT_DASH;
  case MARK_BULLET:
    return RIGHT_BULLET;
  case MARK_STOP:
  case MARK_FULL_STOP:
    return RIGHT_STOP;
  default:
    return RIGHT_SYMBOL;
  }
}

Right read_right(const Words *words, const guint8 *text, guint32 length, guint32 start)
{
  Right right = {.start = start, .word = start, .end = start};
  for (guint i = 0; i <= MAX_OPENERS && right.word < length; i++) {
    guint n;
    Mark mark = mark_at(text + right.word, &n);
    right.end = right.word + n;
    if (is_letter(mark) || mark == MARK_DIGIT) {
      right.kind = word_kind(words, text, length, &right, mark);
      return right;
    }
    OpenerKind opener = OPENER_NONE;
    if (is_opener(text, length, right.end, mark))
      opener = mark == MARK_OPEN_BRACKET ? OPENER_BRACKET : OPENER_QUOTE;
    else if (mark == MARK_DASH && right.opener != OPENER_QUOTE)
      opener = OPENER_DASH;
    if (opener == OPENER_NONE) {
      right.kind = mark_kind_right(mark);
      return right;
    }
    if (right.opener == OPENER_NONE)
      right.opener = opener;
    right.word = right.end;
    if (opener == OPENER_DASH && right.word < length && text[right.word] == ' ')
      right.word++;
  }
  right.end = MAX(right.end, right.word);
  right.kind = right.word >= length ? RIGHT_SYMBOL : RIGHT_DASH;
  return right;
}

gboolean names_speaker(const Words *words, const guint8 *text, guint32 length, const Right *right)
{
  guint32 position = right->word;
  for (guint i = 0; i < 6 && position < length; i++) {
    guint n;
    Counts counts = 0;
    Mark first = mark_at(text + position, &n);
    guint32 end = word_end(text, length, position, &counts);
    if (end == position)
      return FALSE;
    guint32 bits = words_get(words, text + position, end - position);
    if (first == MARK_LOWER)
      return i > 0 && (bits & WORD_REPORTS) != 0;
    gboolean starts = (bits & (WORD_REPORTS | WORD_STARTER | WORD_PRONOUN)) != 0;
    if (first != MARK_UPPER || (i == 0 && starts && text[position] != 'I'))
      return FALSE;
    position = end;
    if (position < length && text[position] == '.')
      position++;
    if (position >= length || text[position] != ' ')
      return FALSE;
    position++;
  }
  return FALSE;
}
