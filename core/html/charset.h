/* SPDX-License-Identifier: Apache-2.0 */
/* Character sets of web pages: which one a page is in, and the page as UTF-8. */
#pragma once

#include <aver/buffer.h>

/* How a page's character set came to be known. */
typedef enum {
  CHARSET_MARK,     /* a byte order mark */
  CHARSET_PROTOCOL, /* whoever brought the page said so */
  CHARSET_DECLARED, /* a meta element */
  CHARSET_ASSUMED,  /* UTF-8 where valid, else windows-1252 */
} CharsetSource;

typedef struct {
  char name[32]; /* lower case */
  CharsetSource source;
  gsize n_bad; /* bytes that are no character, replaced by U+FFFD */
  gsize first_bad;
} Charset;

/* Finds out and converts: @utf8 is the page as valid UTF-8 without NUL and byte order mark, either
 * @data itself or in @buffer. @protocol may be NULL. */
void charset_decode(Charset *charset, const char *data, gsize length, const char *protocol,
                    AverBuffer *buffer, const char **utf8, gsize *utf8_length);

/* The character that a byte from 0x80 to 0x9f stands for in windows-1252, as UTF-8; its length. */
guint charset_windows(guint byte, char *to);

/* Whether there is such a set. */
gboolean charset_is_known(const char *name);
