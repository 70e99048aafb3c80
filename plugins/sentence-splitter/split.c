/* SPDX-License-Identifier: Apache-2.0 */
/* The walk over a text: from candidate to candidate, emitting a span wherever a sentence ends. */
#include "split.h"

#define MASKS       64
#define MAX_CLOSERS 16
#define MAX_GAP     4096

typedef struct {
  guint32 end;  /* the first position that is not white space */
  guint breaks; /* line breaks; a blank line has two */
  guint32 line; /* where the last line starts */
} Gap;

/* White space from position on, with its line breaks. */
static Gap read_gap(const Walk *walk, guint32 position)
{
  Gap gap = {.end = position, .line = walk->line};
  const guint8 *text = walk->text;
  while (gap.end < walk->length) {
    const guint8 *p = text + gap.end;
    guint n = *p == ' ' ? 1 : aver_text_space((const char *) text, walk->length, gap.end);
    if (n == 0)
      break;
    guint breaks = 0;
    if (*p == '\n' || *p == '\v' || n == 2)
      breaks = n == 1 || p[1] == 0x85;
    else if (*p == '\r')
      breaks = gap.end + 1 == walk->length || p[1] != '\n';
    else if (*p == '\f')
      breaks = 2;
    else if (n == 3 && *p == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9))
      breaks = p[2] - 0xa7;
    gap.end += n;
    if (breaks > 0) {
      gap.breaks += breaks;
      gap.line = gap.end;
    }
  }
  return gap;
}

static void emit(Walk *walk, guint32 end)
{
  if (end > walk->sentence)
    aver_layer_add(walk->layer, walk->sentence, end);
}

/* Ends the sentence at end; the next one starts at next, which is not white space. */
static void cut(Walk *walk, guint32 end, guint32 next)
{
  emit(walk, trim_end(walk->text, walk->sentence, end));
  walk->sentence = next;
  ListMarker marker = read_marker(walk->text, walk->length, next);
  if (marker.numbering != NUMBERING_NONE)
    walk->marker = marker;
}

static guint count_words(const Walk *walk, guint32 end)
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
static void judge_stop(Walk *walk, guint32 position)
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

static void judge_line_break(Walk *walk, guint32 position)
{
  Gap gap = read_gap(walk, position);
  guint32 end = trim_end(walk->text, walk->sentence, position);
  walk->resume = gap.end;
  if (gap.breaks > 0 && gap.end < walk->length && end > walk->sentence &&
      (gap.breaks > 1 || judge_line(walk, end, gap.end, FALSE) == LINE_BROKEN))
    cut(walk, end, gap.end);
  walk->line = gap.line;
}

/* A marker in the middle of a line that goes on with the list: " 2) ". */
static gboolean judge_marker(Walk *walk, guint32 position)
{
  const guint8 *text = walk->text;
  guint32 start = position;
  if (walk->marker.numbering == NUMBERING_NONE)
    return FALSE;
  if (start > walk->sentence && text[start] == ')' && text[start - 1] == '.')
    start--;
  guint32 mark_start = start;
  while (start > walk->sentence && mark_start - start < 5 && g_ascii_isalnum(text[start - 1]))
    start--;
  if (start == mark_start || start < walk->sentence + 2 || text[start - 1] != ' ')
    return FALSE;
  ListMarker marker = read_marker(text, walk->length, start);
  if (marker.end >= walk->length || text[marker.end] != ' ' || marker.value > 100 ||
      !marker_follows(&walk->marker, &marker))
    return FALSE;
  guint32 end = trim_end(text, walk->sentence, start);
  guint n;
  if (mark_at(text + before(text, end), &n) == MARK_COMMA)
    return FALSE;
  cut(walk, end, start);
  walk->resume = marker.end;
  return TRUE;
}

static gboolean at_marker(const Walk *walk, guint32 position)
{
  ListMarker marker = read_marker(walk->text, walk->length, walk->sentence);
  return marker.numbering != NUMBERING_NONE && position < marker.end && marker.end < walk->length &&
         (walk->text[marker.end] == ' ' || marker.tail != '.') &&
         (marker.numbering == NUMBERING_DIGITS || marker.tail != '.' || marker.value < 100);
}

static void judge_bullet(Walk *walk, guint32 position)
{
  guint n;
  guint32 end = trim_end(walk->text, walk->sentence, position);
  if (end == position || end == walk->sentence)
    return;
  if (mark_at(walk->text + before(walk->text, end), &n) != MARK_BULLET)
    cut(walk, end, position);
}

/* A stop of a script that writes no space behind it. */
static void judge_full_stop(Walk *walk, guint32 position)
{
  guint n;
  guint32 end = position;
  Mark mark;
  while (end < walk->length &&
         ((mark = mark_at(walk->text + end, &n)) == MARK_FULL_STOP || mark == MARK_STOP ||
          mark == MARK_CLOSE_QUOTE || mark == MARK_CLOSE_BRACKET || mark == MARK_QUOTE))
    end += n;
  walk->resume = end;
  Gap gap = read_gap(walk, end);
  walk->line = gap.line;
  if (gap.end < walk->length && mark_at(walk->text + gap.end, &n) != MARK_COMMA)
    cut(walk, end, gap.end);
}

static void judge(Walk *walk, guint32 position)
{
  guint n;
  switch (mark_at(walk->text + position, &n)) {
  case MARK_STOP:
    if (walk->text[position] != '.' ||
        (!at_marker(walk, position) && !judge_marker(walk, position)))
      judge_stop(walk, position);
    break;
  case MARK_CLOSE_BRACKET:
    judge_marker(walk, position);
    break;
  case MARK_FULL_STOP:
    judge_full_stop(walk, position);
    break;
  case MARK_BULLET:
    judge_bullet(walk, position);
    break;
  case MARK_SPACE:
    judge_line_break(walk, position);
    break;
  default:
    break;
  }
}

void split_text(const Splitter *splitter, const char *text, guint32 length, AverLayer *layer)
{
  Walk walk = {.splitter = splitter,
               .text = (const guint8 *) text,
               .length = length,
               .width = -1,
               .layer = layer};
  guint64 masks[MASKS];
  guint32 start = skip_space(walk.text, length, 0);
  if (start == length)
    return;
  cut(&walk, 0, start);
  for (guint32 block = 0; block < length; block += 64 * MASKS) {
    guint32 bytes = MIN(length - block, 64 * MASKS);
    splitter->scan(walk.text + block, bytes, masks);
    for (guint32 word = 0; word < (bytes + 63) / 64; word++) {
      for (guint64 mask = masks[word]; mask != 0; mask &= mask - 1) {
        guint32 position = block + word * 64 + (guint32) __builtin_ctzll(mask);
        if (position >= walk.resume && position >= walk.sentence)
          judge(&walk, position);
      }
    }
  }
  emit(&walk, trim_end(walk.text, walk.sentence, length));
}
