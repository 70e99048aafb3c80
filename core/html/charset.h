/* SPDX-License-Identifier: Apache-2.0 */
/* Character sets of web pages: which one a page is in, and the page as UTF-8. */
#pragma once

#include <aver/charset.h>

/* Finds out and converts: @utf8 is the page as valid UTF-8 without NUL and byte order mark, either
 * @data itself or in @buffer. @protocol may be NULL. */
void charset_decode(AverCharset *charset, const char *data, gsize length, const char *protocol,
                    AverBuffer *buffer, const char **utf8, gsize *utf8_length);

/* The character that a byte from 0x80 to 0x9f stands for in windows-1252, as UTF-8; its length. */
guint charset_windows(guint byte, char *to);
