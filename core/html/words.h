/* SPDX-License-Identifier: Apache-2.0 */
/* What the words in classes, ids and roles say of an element. */
#pragma once

#include "page.h"

/* One bit a meaning. */
typedef enum {
  WORD_BODY = 1 << 0,    /* the text of an article, by a name made for it */
  WORD_CONTENT = 1 << 1, /* article, content, post... */
  WORD_NAVIGATION = 1 << 2,
  WORD_FOOTER = 1 << 3,
  WORD_HEADER = 1 << 4,
  WORD_SIDE = 1 << 5,
  WORD_RELATED = 1 << 6,
  WORD_COMMENT = 1 << 7,
  WORD_SHARE = 1 << 8,
  WORD_AD = 1 << 9,
  WORD_BYLINE = 1 << 10,
  WORD_TAGS = 1 << 11,
  WORD_CAPTION = 1 << 12,
  WORD_MEDIA = 1 << 13,
  WORD_SUBSCRIBE = 1 << 14,
  WORD_POPUP = 1 << 15,
  WORD_HIDDEN = 1 << 16,
  WORD_PULL = 1 << 17,
  WORD_SUMMARY = 1 << 18,
  WORD_PRODUCT = 1 << 19,
  WORD_TITLE = 1 << 20,
  WORD_LIST = 1 << 21,
  WORD_EMBED = 1 << 22,
  WORD_BIO = 1 << 23,
  WORD_CONSENT = 1 << 24, /* to cookies */
} WordMeaning;

#define N_WORD_MEANINGS 25

/* What is no part of an article, whatever it says. */
#define WORDS_FOREIGN                                                                              \
  (WORD_NAVIGATION | WORD_FOOTER | WORD_SIDE | WORD_RELATED | WORD_COMMENT | WORD_SHARE |          \
   WORD_AD | WORD_SUBSCRIBE | WORD_POPUP | WORD_HIDDEN | WORD_CONSENT)

/* All that the attributes of an element mean, as a set of WordMeaning. */
guint32 words_of_element(const Page *page, guint32 node);
