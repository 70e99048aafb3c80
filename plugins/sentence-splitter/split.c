/* SPDX-License-Identifier: Apache-2.0 */
/* The walk over a text: from candidate to candidate, emitting a span wherever a sentence ends. */
#include "split.h"

#define MASKS 64

/* White space from position on, with its line breaks. */
Gap read_gap(const Walk *walk, guint32 position)
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
void cut(Walk *walk, guint32 end, guint32 next)
{
  emit(walk, trim_end(walk->text, walk->sentence, end));
  walk->sentence = next;
  ListMarker marker = read_marker(walk->text, walk->length, next);
  if (marker.numbering != NUMBERING_NONE)
    walk->marker = marker;
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
  if (walk->text[position] == ' ') {
    judge_gap(walk, position);
    return;
  }
  switch (mark_at(walk->text + position, &n)) {
  case MARK_STOP:
    if (walk->text[position] != '.' ||
        !judge_marker(walk, position))
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
