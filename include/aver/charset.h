/* SPDX-License-Identifier: Apache-2.0 */
/* Character sets: which one bytes are in, and the bytes as UTF-8. */
#pragma once

#include <aver/buffer.h>
#include <aver/document.h>

G_BEGIN_DECLS

/**
 * AverCharsetSource:
 * @AVER_CHARSET_MARK: a byte order mark
 * @AVER_CHARSET_PROTOCOL: whoever brought the bytes says so: a user, HTTP
 * @AVER_CHARSET_DECLARED: the bytes say so themselves, as a meta element does
 * @AVER_CHARSET_ASSUMED: nobody says; it was judged by the bytes
 *
 * How a character set came to be known.
 */
typedef enum {
  AVER_CHARSET_MARK,
  AVER_CHARSET_PROTOCOL,
  AVER_CHARSET_DECLARED,
  AVER_CHARSET_ASSUMED,
} AverCharsetSource;

/**
 * AverCharset:
 * @name: in lower case; "" when it is not known
 * @source: who says so
 * @mark: how many bytes the byte order mark takes, 0 when there is none
 * @n_bad: bytes that are no characters
 * @first_bad: the first of them, from the start of the bytes
 *
 * A character set, and how bytes fared in it. Initialise with `{0}`.
 */
typedef struct {
  char name[32];
  AverCharsetSource source;
  guint mark;
  gsize n_bad;
  gsize first_bad;
} AverCharset;

/**
 * aver_charset_is_known:
 * @name: the name of a character set
 *
 * Asks whether the system can convert it.
 *
 * Returns: whether text in a character set of that name can be read.
 */
AVER_API gboolean aver_charset_is_known(const char *name);

/**
 * aver_charset_set_name:
 * @name: (array length=length): what the set is called; ends before what cannot be part of a name
 * @length: bytes
 * @source: how the name became known
 *
 * Sets the name, and takes labels to mean what browsers take them to mean (the WHATWG's Encoding
 * Standard): `latin1` and `ascii` are windows-1252, `gb2312` is gb18030.
 *
 * Returns: %FALSE when nothing is left of the name.
 */
AVER_API gboolean aver_charset_set_name(AverCharset *charset, const char *name, gsize length,
                                        AverCharsetSource source);

/**
 * aver_charset_find_mark:
 * @data: (array length=length): the bytes
 * @length: bytes
 *
 * Looks for a byte order mark: UTF-8, UTF-16 or UTF-32. Empties @charset first.
 *
 * Returns: whether there is one; @charset then says which.
 */
AVER_API gboolean aver_charset_find_mark(AverCharset *charset, const char *data, gsize length);

/**
 * aver_charset_guess:
 * @data: (array length=length): bytes that are not UTF-8
 * @length: bytes
 *
 * Judges by how often which bytes occur, with uchardet, looking at 64 KiB at most [any].
 *
 * Returns: %FALSE when the bytes look like no text or like damaged UTF-8, or nothing is likely, or
 * uchardet is not there.
 */
AVER_API gboolean aver_charset_guess(AverCharset *charset, const char *data, gsize length);

/**
 * aver_charset_convert:
 * @data: (array length=length): the bytes, with their mark if they have one
 * @length: bytes
 * @lenient: whether U+FFFD stands for each byte that is no character (@n_bad counts them);
 *   otherwise the first one is an error
 * @buffer: gets UTF-8 appended, without the mark
 *
 * Converts from @charset with iconv.
 *
 * Returns: %FALSE with %AVER_ERROR_ENCODING: `the bytes are not valid utf-16le at byte 14 (0xd8)`
 * (@first_bad), or there is no set of that name.
 */
AVER_API gboolean aver_charset_convert(AverCharset *charset, const char *data, gsize length,
                                       gboolean lenient, AverBuffer *buffer, GError **error);

/**
 * aver_charset_set_metadata:
 * @document: a document
 *
 * Sets metadata `charset`, and `charset_from`: `mark`, `protocol`, `declared` or `assumed`. Where
 * bytes were no characters, also `charset_errors` and `charset_error_at`: how many, and the first.
 */
AVER_API void aver_charset_set_metadata(const AverCharset *charset, AverDocument *document);

/**
 * aver_charset_read_text:
 * @data: (array length=length): a plain text in any character set; borrowed by the document
 * @length: bytes
 * @offset: where it starts in its file, for messages
 * @name: (nullable): its character set, if a user knows it; a byte order mark is believed first
 * @document: a document
 *
 * Makes plain text the text of a document: by its mark, by @name, as UTF-8 if that is valid, else
 * by aver_charset_guess(). UTF-8 is taken as it is, without its mark; `text_offset` is the mark's
 * length. For all else, and when @name was given, aver_charset_set_metadata() tells which set it
 * was: the bytes of a span come before and in what the text up to there takes in that set.
 *
 * Returns: %FALSE with %AVER_ERROR_ENCODING naming the first byte that is no character, from the
 * start of the file.
 */
AVER_API gboolean aver_charset_read_text(const char *data, gsize length, guint64 offset,
                                         const char *name, AverDocument *document, GError **error);

G_END_DECLS
