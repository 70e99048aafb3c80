/* SPDX-License-Identifier: Apache-2.0 */
/* Judges a place where marks stand that could end a sentence. */
#include "split.h"

#define MAX_CLOSERS 16

guint count_words(const Walk *walk, guint32 end)
{
  guint words = 0;
  for (guint32 i = end; i > walk->sentence && words < 3; i--) {
    if (end - i > 48)
      return 3;
    if (walk->text[i - 1] == ' ' && i < end && walk->text[i] != ' ')
      words++;
  }
  return words + (end > walk->sentence && words < 3 && walk->text[end - 1] != ' ');
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
    guint32 start = position + (position < walk->length && text[position] == ' ');
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

/* A sentence runs into the next one without a space: "word.Word", but not in an address. */
static gboolean is_glued(Walk *walk, Candidate *candidate)
{
  const guint8 *text = walk->text;
  guint32 end = candidate->end;
  guint n, m;
  candidate->left = read_left(&walk->splitter->words, text, walk->sentence, candidate->stop_start);
  LeftKind kind = candidate->left.kind;
  if (kind != LEFT_LOWER && kind != LEFT_CAPITALISED && kind != LEFT_NUMBER &&
      kind != LEFT_BRACKET && kind != LEFT_QUOTE && kind != LEFT_FINAL)
    return FALSE;
  if (mark_at(text + end, &n) != MARK_UPPER || end + n >= walk->length)
    return FALSE;
  Mark second = mark_at(text + end + n, &m);
  gboolean single = second == MARK_SPACE && (text[end] == 'I' || text[end] == 'A');
  if (second != MARK_LOWER && !single && second != MARK_APOSTROPHE)
    return FALSE;
  for (guint32 i = candidate->stop_start; i > walk->sentence && candidate->stop_start - i < 64;) {
    guint8 c = text[--i];
    if (c == ' ' || c == '\n')
      break;
    if (c == '@' || c == '/' || c == '=' || c == '&' || c == '_' || c == '.')
      return FALSE;
  }
  candidate->right = read_right(&walk->splitter->words, text, walk->length, end);
  guint32 behind = candidate->right.end;
  if ((candidate->right.bits & WORD_DOMAIN) != 0 && candidate->right.kind != RIGHT_TITLE)
    return FALSE;
  if (behind < walk->length && (text[behind] == '@' || text[behind] == '/' || text[behind] == '('))
    return FALSE;
  if (candidate->right.kind == RIGHT_TITLE)
    return TRUE;
  if (behind + 1 < walk->length && text[behind] == '.' &&
      mark_at(text + behind + 1, &n) != MARK_SPACE)
    return FALSE;
  return kind != LEFT_CAPITALISED || candidate->stop != STOP_PERIOD ||
         candidate->right.kind == RIGHT_STARTER || candidate->right.kind == RIGHT_I;
}

/* Ends, goes on, or is cut between the candidate's marks and what stands behind them. */
void judge_stop(Walk *walk, guint32 position)
{
  Candidate candidate = {.stop_start = position};
  guint32 stops_end = read_stops(walk, position, &candidate);
  candidate.end = read_closers(walk, stops_end, &candidate);
  walk->resume = stops_end;
  if (candidate.end == walk->length)
    return;
  Gap gap = read_gap(walk, candidate.end);
  if (gap.end == candidate.end) {
    if (is_glued(walk, &candidate))
      cut(walk, candidate.end, candidate.end);
    return;
  }
  candidate.next = gap.end;
  if (gap.end == walk->length)
    return;
  candidate.line_break = gap.breaks > 0;
  if (gap.breaks > 1 ||
      (gap.breaks == 1 && judge_line(walk, candidate.end, gap.end, TRUE) == LINE_BROKEN)) {
    cut(walk, candidate.end, gap.end);
  } else {
    guint32 left_end = trim_end(walk->text, walk->sentence, position);
    candidate.left = read_left(&walk->splitter->words, walk->text, walk->sentence, left_end);
    candidate.words = count_words(walk, candidate.left.start);
    candidate.right = read_right(&walk->splitter->words, walk->text, walk->length, gap.end);
    if (decide(walk, &candidate))
      cut(walk, candidate.end, candidate.next);
  }
  if (gap.breaks > 0) {
    walk->line = gap.line;
    walk->resume = gap.end;
  }
}
