/* SPDX-License-Identifier: Apache-2.0 */
/* What a character is to the splitter, and the small steps over characters. */
#pragma once

#include <aver/text.h>

#include <string.h>

G_BEGIN_DECLS

typedef enum {
  MARK_OTHER, /* symbols and controls */
  MARK_SPACE,
  MARK_LOWER,
  MARK_UPPER,
  MARK_DIGIT,
  MARK_LETTER,    /* of a script without case */
  MARK_STOP,      /* . ? ! and the ellipsis */
  MARK_FULL_STOP, /* of a script that writes no space behind it */
  MARK_OPEN_QUOTE,
  MARK_CLOSE_QUOTE,
  MARK_QUOTE,      /* straight: opens or closes */
  MARK_APOSTROPHE, /* straight or ’ */
  MARK_OPEN_BRACKET,
  MARK_CLOSE_BRACKET,
  MARK_DASH,
  MARK_COMMA, /* , : ; */
  MARK_BULLET,
  MARK_EMPHASIS, /* * _ ~ of plain text */
  N_MARKS,
} Mark;

extern const guint8 ascii_marks[128];

/** mark_beyond_ascii: as mark_at(), for a lead byte of 0x80 or more. */
Mark mark_beyond_ascii(const guint8 *text, guint *length);

/**
 * mark_at:
 * @text: at a character of valid UTF-8
 * @length: (out): bytes it takes
 */
static inline Mark mark_at(const guint8 *text, guint *length)
{
  if (*text < 0x80) {
    *length = 1;
    return (Mark) ascii_marks[*text];
  }
  return mark_beyond_ascii(text, length);
}

/** before: Returns: the start of the character that ends at @position, which is not 0. */
static inline guint32 before(const guint8 *text, guint32 position)
{
  do
    position--;
  while (position > 0 && (text[position] & 0xc0) == 0x80);
  return position;
}

static inline gboolean is_letter(Mark mark)
{
  return mark == MARK_LOWER || mark == MARK_UPPER || mark == MARK_LETTER;
}

/* Small ASCII letters among eight bytes, the first one lowest: the top bit of each such byte. */
static inline guint64 lower_letters(const guint8 *text)
{
  const guint64 ones = G_GUINT64_CONSTANT(0x0101010101010101);
  guint64 bytes;
  memcpy(&bytes, text, 8);
  bytes = GUINT64_FROM_LE(bytes);
  guint64 low = bytes & ones * 0x7f;
  return (low + ones * (0x80 - 'a')) & ~(low + ones * (0x7f - 'z')) & ~bytes & ones * 0x80;
}

/**
 * lower_before, lower_behind: Returns: how many small ASCII letters stand in a row before @end
 * (from
 * @start on), at most 8: a start for a loop over a word, not always all of them.
 */
static inline guint lower_before(const guint8 *text, guint32 limit, guint32 end)
{
  if (end < (guint64) limit + 8)
    return 0;
  guint64 others = lower_letters(text + end - 8) ^ G_GUINT64_CONSTANT(0x8080808080808080);
  return others == 0 ? 8 : (guint) __builtin_clzll(others) / 8;
}

static inline guint lower_behind(const guint8 *text, guint32 length, guint32 start)
{
  if (length < (guint64) start + 8)
    return 0;
  guint64 others = lower_letters(text + start) ^ G_GUINT64_CONSTANT(0x8080808080808080);
  return others == 0 ? 8 : (guint) __builtin_ctzll(others) / 8;
}

/** space_at: as aver_text_space(), with a quick answer for ASCII. */
static inline guint space_at(const guint8 *text, guint32 length, guint32 position)
{
  if (text[position] < 0x80)
    return ascii_marks[text[position]] == MARK_SPACE;
  return aver_text_space((const char *) text, length, position);
}

/** skip_space: Returns: the first position from @position on that is not white space. */
guint32 skip_space(const guint8 *text, guint32 length, guint32 position);

/** trim_end: Returns: @end without the white space before it, not below @start. */
guint32 trim_end(const guint8 *text, guint32 start, guint32 end);

G_END_DECLS
