/* SPDX-License-Identifier: Apache-2.0 */
/* Marks: which characters are quotation marks or punctuation, and of what kind. */
#include "marks.h"

#include <aver/text.h>

guint8 aver_quote_mark(gunichar c)
{
  switch (c) {
  case '"':
    return AVER_MARK_DOUBLE;
  case 0x201c:
  case 0x201e:
  case 0x201f:
    return AVER_MARK_DOUBLE_OPEN;
  case 0x201d:
    return AVER_MARK_DOUBLE_CLOSE;
  case '\'':
    return AVER_MARK_SINGLE;
  case '`':
  case 0x2018:
  case 0x201a:
  case 0x201b:
    return AVER_MARK_SINGLE_OPEN;
  case 0x2019:
    return AVER_MARK_SINGLE_CLOSE;
  case 0xab:
  case 0x2039:
    return AVER_MARK_ANGLE_OPEN;
  case 0xbb:
  case 0x203a:
    return AVER_MARK_ANGLE_CLOSE;
  case 0x300c:
  case 0x300e:
    return AVER_MARK_CORNER_OPEN;
  case 0x300d:
  case 0x300f:
    return AVER_MARK_CORNER_CLOSE;
  default:
    return 0;
  }
}

guint8 aver_punctuation_mark(gunichar c)
{
  switch (c) {
  case '.':
  case ',':
  case ':':
  case ';':
  case '!':
  case '?':
  case '(':
  case ')':
  case '[':
  case ']':
  case '-':
  case '*':
    return (guint8) c;
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2015:
  case 0x2212:
    return '-';
  case 0x2026:
    return '~';
  case 0x2022:
  case 0x2023:
  case 0x25cf:
  case 0x25e6:
    return '*';
  case 0x3002:
  case 0xff0e:
  case 0x0964:
    return '.';
  case 0xff01:
    return '!';
  case 0xff1f:
    return '?';
  case 0xff0c:
  case 0x3001:
    return ',';
  case 0xff1a:
    return ':';
  default:
    return 0;
  }
}
