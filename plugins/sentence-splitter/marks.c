/* SPDX-License-Identifier: Apache-2.0 */
/* The classes of characters. */
#include "marks.h"

#define SP MARK_SPACE
#define UP MARK_UPPER
#define LO MARK_LOWER
#define DI MARK_DIGIT
#define ST MARK_STOP
#define QU MARK_QUOTE
#define AP MARK_APOSTROPHE
#define OB MARK_OPEN_BRACKET
#define CB MARK_CLOSE_BRACKET
#define DA MARK_DASH
#define CO MARK_COMMA
#define EM MARK_EMPHASIS

/* clang-format off */
const guint8 ascii_marks[128] = {
  0,  0,  0,  0,  0,  0,  0,  0,  0,  SP, SP, SP, SP, SP, 0,  0,
  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  SP, SP, SP, SP,
  SP, ST, QU, 0,  0,  0,  0,  AP, OB, CB, EM, 0,  CO, DA, ST, 0,
  DI, DI, DI, DI, DI, DI, DI, DI, DI, DI, CO, CO, 0,  0,  0,  ST,
  0,  UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP,
  UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, OB, 0,  CB, 0,  EM,
  QU, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO,
  LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, OB, 0,  CB, EM, 0,
};
/* clang-format on */

static Mark general_punctuation(gunichar c)
{
  switch (c) {
  case 0x2018: /* ‘ */
  case 0x201a:
  case 0x201b:
  case 0x201c: /* “ */
  case 0x201e:
  case 0x201f:
  case 0x2039:
    return MARK_OPEN_QUOTE;
  case 0x201d: /* ” */
  case 0x203a:
    return MARK_CLOSE_QUOTE;
  case 0x2019: /* ’ */
    return MARK_APOSTROPHE;
  case 0x2026: /* … */
  case 0x203c:
  case 0x203d:
  case 0x2047:
  case 0x2048:
  case 0x2049:
    return MARK_STOP;
  case 0x2022: /* • */
  case 0x2023:
  case 0x2043: /* ⁃ */
    return MARK_BULLET;
  default:
    if (c >= 0x2010 && c <= 0x2015)
      return MARK_DASH;
    return c <= 0x200a || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ? MARK_SPACE
                                                                                   : MARK_OTHER;
  }
}

static Mark cjk_punctuation(gunichar c)
{
  switch (c) {
  case 0x3002: /* 。 */
  case 0xff01:
  case 0xff0e:
  case 0xff1f:
  case 0xff61:
    return MARK_FULL_STOP;
  case 0x300c: /* 「 */
  case 0x300e:
    return MARK_OPEN_QUOTE;
  case 0x300d:
  case 0x300f:
    return MARK_CLOSE_QUOTE;
  case 0x3008:
  case 0x300a:
  case 0x3010:
  case 0xff08:
    return MARK_OPEN_BRACKET;
  case 0x3009:
  case 0x300b:
  case 0x3011:
  case 0xff09:
    return MARK_CLOSE_BRACKET;
  case 0x3001: /* 、 */
  case 0xff0c:
  case 0xff1a:
  case 0xff1b:
    return MARK_COMMA;
  case 0x3000:
  case 0xfeff:
    return MARK_SPACE;
  default:
    return MARK_OTHER;
  }
}

static Mark other_character(gunichar c)
{
  switch (c) {
  case 0x85:
  case 0xa0:
  case 0x1680:
    return MARK_SPACE;
  case 0xb0: /* ° */
    return MARK_LETTER;
  case 0xab: /* « */
    return MARK_OPEN_QUOTE;
  case 0xbb:
    return MARK_CLOSE_QUOTE;
  case 0xb7:   /* · */
  case 0x25a0: /* ■ */
  case 0x25aa:
  case 0x25cf: /* ● */
  case 0x25e6:
    return c == 0xb7 ? MARK_OTHER : MARK_BULLET;
  case 0x61f: /* ؟ */
  case 0x6d4: /* ۔ */
    return MARK_STOP;
  case 0x964: /* । */
  case 0x965:
    return MARK_FULL_STOP;
  default:
    break;
  }
  switch (g_unichar_type(c)) {
  case G_UNICODE_UPPERCASE_LETTER:
  case G_UNICODE_TITLECASE_LETTER:
    return MARK_UPPER;
  case G_UNICODE_LOWERCASE_LETTER:
    return MARK_LOWER;
  case G_UNICODE_DECIMAL_NUMBER:
    return MARK_DIGIT;
  case G_UNICODE_MODIFIER_LETTER:
  case G_UNICODE_OTHER_LETTER:
  case G_UNICODE_SPACING_MARK:
  case G_UNICODE_ENCLOSING_MARK:
  case G_UNICODE_NON_SPACING_MARK:
    return MARK_LETTER;
  default:
    return MARK_OTHER;
  }
}

Mark mark_beyond_ascii(const guint8 *text, guint *length)
{
  gunichar c;
  *length = aver_utf8_decode((const char *) text, &c);
  if (c >= 0x2000 && c < 0x2060)
    return general_punctuation(c);
  if ((c >= 0x3000 && c < 0x3020) || c >= 0xfe00) {
    Mark mark = cjk_punctuation(c);
    if (mark != MARK_OTHER)
      return mark;
  }
  return other_character(c);
}

guint32 skip_space(const guint8 *text, guint32 length, guint32 position)
{
  while (position < length) {
    guint n = space_at(text, length, position);
    if (n == 0)
      break;
    position += n;
  }
  return position;
}

guint32 trim_end(const guint8 *text, guint32 start, guint32 end)
{
  while (end > start) {
    guint32 last = before(text, end);
    guint n;
    if (mark_at(text + last, &n) != MARK_SPACE)
      break;
    end = last;
  }
  return end;
}
