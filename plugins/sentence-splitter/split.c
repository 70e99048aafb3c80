/* SPDX-License-Identifier: Apache-2.0 */
/* The walk over a text: from candidate to candidate, emitting a span wherever a sentence ends. */
#include "split.h"

#include <string.h>

#define MASKS 256

/* White space from position on, with its line breaks. */
Gap read_gap(const Walk *walk, guint32 position)
{
  Gap gap = {.end = position, .line = walk->line};
  const guint8 *text = walk->text;
  while (gap.end < walk->length) {
    const guint8 *p = text + gap.end;
    guint n = space_at(text, walk->length, gap.end);
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

void enter(Walk *walk, const Gap *gap)
{
  walk->line = gap->line;
  if (gap->breaks > 1)
    walk->paragraph = gap->end;
}

static void emit(Walk *walk, guint32 end)
{
  if (end > walk->sentence)
    aver_layer_add(walk->layer, walk->sentence, end);
}

/* The end of a caption's label at start, "Figure 2.1" or "Table 3.", or start. */
static guint32 caption_label(const Walk *walk, guint32 start)
{
  static const char *const names[] = {"Figure ", "Table ", "Fig. ", "Listing ", "Box ", "Chart "};
  const guint8 *text = walk->text;
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    gsize n = strlen(names[i]);
    if (text[start] != (guint8) *names[i] || walk->length - start <= n ||
        memcmp(text + start, names[i], n) != 0)
      continue;
    guint32 end = start + (guint32) n;
    while (end < walk->length && (g_ascii_isdigit(text[end]) || text[end] == '.'))
      end++;
    if (!g_ascii_isdigit(text[start + n]) || end + 1 >= walk->length || text[end] != ' ')
      return start;
    return g_ascii_isupper(text[end + 1]) ? end : start;
  }
  return start;
}

/* Ends the sentence at end; the next one starts at next, which is not white space. */
void cut(Walk *walk, guint32 end, guint32 next)
{
  emit(walk, trim_end(walk->text, walk->sentence, end));
  walk->sentence = next;
  if (next == 0 || walk->text[next - 1] == '\n') {
    guint32 label = caption_label(walk, next);
    if (label > next) {
      emit(walk, label);
      walk->sentence = label + 1;
      walk->resume = label + 1;
    }
  }
  walk->item = read_marker(walk->text, walk->length, walk->sentence);
  if (walk->item.numbering != NUMBERING_NONE)
    walk->marker = walk->item;
}

static void judge_line_break(Walk *walk, guint32 position)
{
  Gap gap = read_gap(walk, position);
  guint32 end = trim_end(walk->text, walk->sentence, position);
  walk->resume = gap.end;
  if (gap.breaks > 0 && gap.end < walk->length && end > walk->sentence &&
      (gap.breaks > 1 || judge_line(walk, end, gap.end, FALSE) == LINE_BROKEN))
    cut(walk, end, gap.end);
  enter(walk, &gap);
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
  enter(walk, &gap);
  if (gap.end < walk->length && mark_at(walk->text + gap.end, &n) != MARK_COMMA)
    cut(walk, end, gap.end);
}

/* Quick answers for the lead bytes that the scan stops at most often: quotation marks, accented
 * letters, spaces of a fixed width, the letters of scripts that share one with their full stop. */
static gboolean is_candidate_mark(const guint8 *text)
{
  switch (text[0]) {
  case 0xc2: /* NEL */
    return text[1] == 0x85;
  case 0xd8: /* ؟ */
    return text[1] == 0x9f;
  case 0xdb: /* ۔ */
    return text[1] == 0x94;
  case 0xe0: /* । ॥ */
    return text[1] == 0xa5 && (text[2] & 0xfe) == 0xa4;
  case 0xe2:
    return text[1] != 0x80 || (text[2] >= 0x93 && (text[2] <= 0x94 || text[2] > 0x9f));
  case 0xe3: /* 。 and the ideographic space */
    return text[1] == 0x80 && (text[2] & 0xfd) == 0x80;
  default:
    return TRUE;
  }
}

static void judge(Walk *walk, guint32 position)
{
  guint n;
  if (walk->text[position] == ' ') {
    /* At the end of a block the scan does not see the next byte. */
    if (position + 1 < walk->length && !g_ascii_islower(walk->text[position + 1]))
      judge_gap(walk, position);
    return;
  }
  if (walk->text[position] >= 0x80 && !is_candidate_mark(walk->text + position))
    return;
  switch (mark_at(walk->text + position, &n)) {
  case MARK_STOP:
    if (walk->text[position] != '.' || !judge_marker(walk, position))
      judge_stop(walk, position);
    break;
  case MARK_CLOSE_BRACKET:
    if (walk->text[position] == ')' && !judge_marker(walk, position))
      judge_smiley(walk, position);
    break;
  case MARK_DASH:
    judge_dash(walk, position);
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

gboolean splitter_init(Splitter *splitter, gboolean web, const char *abbreviations, GError **error)
{
  *splitter = (Splitter){.web = web, .split_quotes = TRUE, .scan = scan_choose(web)};
  prepare_sums(splitter);
  return words_load(&splitter->words, abbreviations, error);
}

void splitter_clear(Splitter *splitter)
{
  words_clear(&splitter->words);
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
