/* SPDX-License-Identifier: Apache-2.0 */
/* Judges a place where marks stand that could end a sentence. */
#include "split.h"

#include <string.h>

#define MAX_CLOSERS 16

guint count_words(const Walk *walk, guint32 end)
{
  guint words = 0;
  if (end - walk->sentence > 32)
    return 3;
  for (guint32 i = walk->sentence; i < end && words < 3; i++)
    words += walk->text[i] > ' ' && (i + 1 == end || walk->text[i + 1] <= ' ');
  return words;
}

/* Marks that belong together: "?!", "...", ". . .", and those that a space parts from the word. */
static guint32 read_stops(Walk *walk, guint32 position, Candidate *candidate)
{
  const guint8 *text = walk->text;
  guint periods = 0, others = 0, ellipses = 0, spaced = 0;
  guint32 end = position;
  while (end < walk->length) {
    guint n;
    guint32 mark_start = end;
    if (text[end] == ' ' && end > position && end + 1 < walk->length) {
      guint32 behind = end + 2;
      if (text[end + 1] != '.' && text[end + 1] != '?' && text[end + 1] != '!')
        break;
      if (behind < walk->length && mark_at(text + behind, &n) != MARK_SPACE &&
          mark_at(text + behind, &n) != MARK_STOP &&
          mark_at(text + behind, &n) != MARK_CLOSE_QUOTE &&
          mark_at(text + behind, &n) != MARK_QUOTE)
        break;
      spaced++;
      mark_start++;
    }
    if (mark_at(text + mark_start, &n) != MARK_STOP)
      break;
    periods += text[mark_start] == '.';
    ellipses += n == 3 && text[mark_start + 2] == 0xa6;
    others += text[mark_start] == '?' || text[mark_start] == '!';
    end = mark_start + n;
  }
  if (others > 0)
    candidate->stop = others + periods > 1                 ? STOP_EMPHATIC
                      : text[candidate->stop_start] == '?' ? STOP_QUESTION
                                                           : STOP_EXCLAMATION;
  else if (ellipses > 0 || periods > 1)
    candidate->stop = spaced > 0 ? STOP_SPACED : STOP_ELLIPSIS;
  else
    candidate->stop = periods == 1 ? STOP_PERIOD : STOP_QUESTION;
  return end;
}

static guint32 read_references(const Walk *walk, guint32 position, Candidate *candidate)
{
  const guint8 *text = walk->text;
  for (guint i = 0; i < 8; i++) {
    gboolean spaced = position < walk->length && (text[position] == ' ' || text[position] == '\n');
    guint32 start = position + spaced;
    guint32 end = start + 1;
    if (start >= walk->length || text[start] != '[')
      break;
    while (end < walk->length && end - start < 12 &&
           (g_ascii_isdigit(text[end]) || text[end] == ',' || text[end] == '-'))
      end++;
    if (end == start + 1 || end >= walk->length || text[end] != ']')
      break;
    position = end + 1;
    candidate->closer = CLOSER_REFERENCE;
  }
  return position;
}

/* Quotation marks and brackets that close behind the mark, more marks between them, references. */
static guint32 read_closers(Walk *walk, guint32 position, Candidate *candidate)
{
  const guint8 *text = walk->text;
  for (guint i = 0; i < MAX_CLOSERS && position < walk->length; i++) {
    guint n;
    Mark mark = mark_at(text + position, &n);
    if (mark == MARK_QUOTE || mark == MARK_APOSTROPHE || mark == MARK_CLOSE_QUOTE)
      candidate->closer = CLOSER_QUOTE;
    else if (mark == MARK_CLOSE_BRACKET && candidate->closer == CLOSER_NONE)
      candidate->closer = CLOSER_BRACKET;
    else if (mark != MARK_CLOSE_BRACKET && mark != MARK_EMPHASIS && mark != MARK_STOP)
      break;
    position += n;
  }
  return read_references(walk, position, candidate);
}

/* What stands before the mark, up to a space, looks like an address, a path or a file name. */
static gboolean in_address(const Walk *walk, const Candidate *candidate)
{
  for (guint32 i = candidate->stop_start; i > walk->sentence && candidate->stop_start - i < 64;) {
    guint8 c = walk->text[--i];
    if (c <= ' ')
      return FALSE;
    if (c == '@' || c == '/' || c == '=' || c == '&' || c == '_' || c == '.')
      return TRUE;
  }
  return FALSE;
}

/* A sentence runs into the next one without a space: "word.Word", but not in an address. */
static gboolean is_glued(Walk *walk, Candidate *candidate)
{
  const guint8 *text = walk->text;
  guint32 end = candidate->end;
  guint n, m;
  if (mark_at(text + end, &n) != MARK_UPPER || end + n >= walk->length ||
      in_address(walk, candidate))
    return FALSE;
  Mark second = mark_at(text + end + n, &m);
  gboolean single = second == MARK_SPACE && (text[end] == 'I' || text[end] == 'A');
  if (second != MARK_LOWER && second != MARK_APOSTROPHE && !single)
    return FALSE;
  candidate->left = read_left(&walk->splitter->words, text, walk->sentence, candidate->stop_start);
  LeftKind kind = candidate->left.kind;
  if (kind != LEFT_LOWER && kind != LEFT_CAPITALISED && kind != LEFT_NUMBER &&
      kind != LEFT_BRACKET && kind != LEFT_QUOTE && kind != LEFT_FINAL)
    return FALSE;
  candidate->right = read_right(&walk->splitter->words, text, walk->length, end);
  guint32 behind = candidate->right.end;
  if (candidate->right.kind == RIGHT_TITLE)
    return TRUE;
  if ((candidate->right.bits & WORD_DOMAIN) != 0)
    return FALSE;
  if (behind < walk->length && (text[behind] == '@' || text[behind] == '/' || text[behind] == '('))
    return FALSE;
  if (behind + 1 < walk->length && text[behind] == '.' &&
      mark_at(text + behind + 1, &n) != MARK_SPACE)
    return FALSE;
  return kind != LEFT_CAPITALISED || candidate->stop != STOP_PERIOD ||
         candidate->right.kind == RIGHT_STARTER || candidate->right.kind == RIGHT_I;
}

/* A face made of marks, " :)" or " =D", at position: its end, or position when there is none. */
static guint32 skip_smiley(const Walk *walk, guint32 position)
{
  const guint8 *text = walk->text;
  guint n;
  guint32 i = position;
  if (walk->length - position < 2 || (text[i] != ':' && text[i] != ';' && text[i] != '='))
    return position;
  i++;
  i += i + 1 < walk->length && (text[i] == '-' || text[i] == '\'');
  if (text[i] == '\0' || strchr(")(DPp", text[i]) == NULL)
    return position;
  while (i < walk->length && (text[i] == ')' || text[i] == '('))
    i++;
  i += text[i - 1] != ')' && text[i - 1] != '(';
  return i >= walk->length || mark_at(text + i, &n) == MARK_SPACE ? MIN(i, walk->length) : position;
}

/* Reads the words around the candidate's gap and lets the rules or the weights decide. */
static void judge_candidate(Walk *walk, Candidate *candidate)
{
  const Words *words = &walk->splitter->words;
  guint32 left_end = trim_end(walk->text, walk->sentence, candidate->stop_start);
  candidate->left = read_left(words, walk->text, walk->sentence, left_end);
  candidate->words = count_words(walk, candidate->left.start);
  candidate->right = read_right(words, walk->text, walk->length, candidate->next);
  if (decide(walk, candidate))
    cut(walk, candidate->end, candidate->next);
}

/* In the web style a sentence can end before an address, which starts in lower case. */
static void judge_address(Walk *walk, guint32 position)
{
  guint32 start = position;
  if (position == walk->sentence || !g_ascii_isalnum(walk->text[position - 1]))
    return;
  while (start > walk->address && start > walk->sentence && position - start < 64 &&
         walk->text[start - 1] > ' ')
    start--;
  if (start <= walk->sentence || start <= walk->address || walk->text[start - 1] != ' ')
    return;
  walk->address = start;
  Right right = read_right(&walk->splitter->words, walk->text, walk->length, start);
  if (right.kind == RIGHT_ADDRESS)
    judge_gap(walk, start - 1);
}

/* The numbers of notes at position, "4" or "11, 12", when a word that starts a sentence follows:
 * their end, else position. */
static guint32 skip_notes(const Walk *walk, guint32 position)
{
  const guint8 *text = walk->text;
  guint32 end = position;
  for (guint notes = 0; notes < 4; notes++) {
    guint digits = 0;
    for (; end < walk->length && g_ascii_isdigit(text[end]); end++)
      digits++;
    if (digits == 0 || digits > 3 || end + 1 >= walk->length)
      return position;
    if (text[end] != ',' && text[end] != '-' &&
        (text[end] != ' ' || !g_ascii_isdigit(text[end + 1])))
      break;
    end++;
    end += text[end] == ' ' && end + 1 < walk->length;
  }
  if (text[end] != ' ')
    return position;
  Right right = read_right(&walk->splitter->words, text, walk->length, end + 1);
  return right.kind == RIGHT_STARTER || right.kind == RIGHT_I ? end : position;
}

/* What stands behind the marks: the end, a gap, or a word glued to them. */
static void judge_end(Walk *walk, Candidate *candidate)
{
  if (candidate->end == walk->length)
    return;
  if (candidate->stop_start == walk->sentence) { /* marks alone are no sentence */
    walk->resume = candidate->end + (walk->text[candidate->end] == ' ');
    return;
  }
  Gap gap = read_gap(walk, candidate->end);
  if (gap.end == candidate->end) {
    guint32 notes = skip_notes(walk, gap.end);
    guint n;
    Mark left = mark_at(walk->text + before(walk->text, candidate->stop_start), &n);
    if (notes > gap.end && (left == MARK_LOWER || left == MARK_CLOSE_BRACKET))
      cut(walk, notes, notes + 1);
    else if (is_glued(walk, candidate) &&
             (walk->splitter->split_quotes || !inside_quotation(walk, candidate->end)))
      cut(walk, candidate->end, candidate->end);
    else if (walk->splitter->web)
      judge_address(walk, candidate->stop_start);
    return;
  }
  if (gap.end < walk->length && gap.breaks == 0) {
    guint32 behind = skip_smiley(walk, gap.end);
    if (behind == gap.end && candidate->stop == STOP_PERIOD)
      behind = skip_notes(walk, gap.end);
    if (behind > gap.end) {
      candidate->end = behind;
      gap = read_gap(walk, behind);
    }
  }
  if (gap.end == walk->length)
    return;
  candidate->next = gap.end;
  if (gap.breaks > 1 ||
      (gap.breaks == 1 && judge_line(walk, candidate->end, gap.end, TRUE) == LINE_BROKEN))
    cut(walk, candidate->end, gap.end);
  else
    judge_candidate(walk, candidate);
  walk->resume = MAX(walk->resume, gap.end);
  enter(walk, &gap);
}

void judge_stop(Walk *walk, guint32 position)
{
  Candidate candidate = {.stop_start = position};
  walk->resume = read_stops(walk, position, &candidate);
  candidate.end = read_closers(walk, walk->resume, &candidate);
  judge_end(walk, &candidate);
}

void judge_smiley(Walk *walk, guint32 position)
{
  guint32 start = position;
  const guint8 *text = walk->text;
  start -= start > walk->sentence + 1 && (text[start - 1] == '-' || text[start - 1] == '\'');
  if (start <= walk->sentence + 1 || (text[start - 1] != ':' && text[start - 1] != ';') ||
      text[start - 2] != ' ')
    return;
  Candidate candidate = {.stop = STOP_SMILEY, .stop_start = start - 1, .end = position + 1};
  while (candidate.end < walk->length && text[candidate.end] == ')')
    candidate.end++;
  walk->resume = candidate.end;
  if (candidate.end < walk->length && text[candidate.end] <= ' ')
    judge_end(walk, &candidate);
}

void judge_dash(Walk *walk, guint32 position)
{
  guint n;
  guint32 end = position + 3;
  if (position == walk->sentence || end + 1 >= walk->length || walk->text[end] != ' ' ||
      mark_at(walk->text + end + 1, &n) != MARK_UPPER)
    return;
  Candidate candidate = {.stop = STOP_DASH, .stop_start = position, .end = end, .next = end + 1};
  judge_candidate(walk, &candidate);
  walk->resume = end + 1;
}
