/* SPDX-License-Identifier: Apache-2.0 */
/* Phrases by which short blocks say that they are no part of an article. */
#pragma once

#include <glib.h>

typedef enum {
  PHRASE_MORE = 1 << 0,      /* read more, see also, related... */
  PHRASE_AD = 1 << 1,        /* advertisement */
  PHRASE_SHARE = 1 << 2,     /* share, follow us... */
  PHRASE_BYLINE = 1 << 3,    /* by, written by... */
  PHRASE_CREDIT = 1 << 4,    /* photo, image, source... */
  PHRASE_SUBSCRIBE = 1 << 5, /* sign up, subscribe, newsletter... */
  PHRASE_DATE = 1 << 6,      /* published, updated, posted... */
  PHRASE_RIGHTS = 1 << 7,    /* copyright, all rights reserved */
  PHRASE_COMMENT = 1 << 8,   /* comments, leave a reply... */
  PHRASE_TAGS = 1 << 9,      /* tags, filed under... */
  PHRASE_CALENDAR = 1 << 10, /* holds a month or a clock's time, and little else */
  PHRASE_BIO = 1 << 11,      /* who wrote this, and how to reach them */
  PHRASE_WHOLE = 1 << 12,    /* such a phrase and next to nothing else */
} PhraseMeaning;

#define N_PHRASES 13

/* What the beginning of a block, or a short block anywhere, says; a set of PhraseMeaning. */
guint32 phrases_of(const char *text, gsize length);
