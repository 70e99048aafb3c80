/* SPDX-License-Identifier: Apache-2.0 */
/* JSON on the hot path: a strict scanner for records and a serialiser for results (RFC 8259). */
#pragma once

#include <aver/buffer.h>
#include <aver/document.h>

G_BEGIN_DECLS

/**
 * aver_json_append_string:
 * @buffer: the buffer to append to
 * @text: (array length=length): valid UTF-8, NUL characters included
 * @length: bytes
 *
 * Appends a JSON string with its quotation marks; control characters, `"` and `\` are escaped,
 * everything else stands as it is.
 */
AVER_API void aver_json_append_string(AverBuffer *buffer, const char *text, gsize length);

/**
 * aver_json_append_integer:
 * @buffer: the buffer to append to
 * @value: a number
 *
 * Appends a whole number.
 */
AVER_API void aver_json_append_integer(AverBuffer *buffer, gint64 value);

/**
 * aver_json_append_float:
 * @buffer: the buffer to append to
 * @value: a number
 *
 * Appends the shortest decimal that reads back as the same float; `null` for what is not finite.
 */
AVER_API void aver_json_append_float(AverBuffer *buffer, float value);

/**
 * AVER_JSON_MAX_DEPTH:
 *
 * How deep objects and arrays may be nested in what is scanned.
 */
#define AVER_JSON_MAX_DEPTH 1024

/**
 * AverJsonKind:
 * @AVER_JSON_OBJECT: members, in braces
 * @AVER_JSON_ARRAY: values, in brackets
 * @AVER_JSON_STRING: a text, in quotation marks
 * @AVER_JSON_NUMBER: a number, as it is written
 * @AVER_JSON_TRUE: the word `true`
 * @AVER_JSON_FALSE: the word `false`
 * @AVER_JSON_NULL: the word `null`
 *
 * What a value is.
 */
typedef enum {
  AVER_JSON_OBJECT,
  AVER_JSON_ARRAY,
  AVER_JSON_STRING,
  AVER_JSON_NUMBER,
  AVER_JSON_TRUE,
  AVER_JSON_FALSE,
  AVER_JSON_NULL,
} AverJsonKind;

/**
 * AverJsonEscapes:
 * @AVER_JSON_UNESCAPED: none
 * @AVER_JSON_ESCAPED: only such as aver_json_append_string() would put in their place
 * @AVER_JSON_ESCAPED_OTHERWISE: others, too
 *
 * What escapes a string has.
 */
typedef enum {
  AVER_JSON_UNESCAPED = 0,
  AVER_JSON_ESCAPED = 1,
  AVER_JSON_ESCAPED_OTHERWISE = 3,
} AverJsonEscapes;

/**
 * AverJsonValue:
 * @kind: what it is
 * @escaped: what escapes a string has; 0 when there are none
 * @text: (array length=length): the value as it stands in what is scanned; a string without its
 *   quotation marks
 * @length: bytes
 *
 * A slice of what is scanned, found to be well-formed.
 */
typedef struct {
  AverJsonKind kind;
  AverJsonEscapes escaped;
  const char *text;
  gsize length;
} AverJsonValue;

/**
 * AverJsonScanner:
 *
 * Goes over the members of one object, or the items of one array, in one pass and without a tree.
 * Initialise with `{0}`; free with aver_json_scanner_clear(); one scanner can be used again and
 * again. Accepts what RFC 8259 does and nothing else: no byte order mark, no lone surrogates, no
 * control characters in strings, no white space but the four characters. Numbers may be of any
 * size. Errors are %AVER_ERROR_SYNTAX, %AVER_ERROR_ENCODING or %AVER_ERROR_LIMIT (too deep), and
 * name the byte, counted from 0.
 *
 *     g_auto(AverJsonScanner) scanner = {0};
 *     AverJsonValue key, value;
 *     g_autoptr(GError) failure = NULL;
 *     if (!aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, data, length, &failure))
 *       ...
 *     while (aver_json_scanner_next(&scanner, &key, &value, &failure))
 *       ...
 *     if (failure != NULL)
 *       ...
 */
typedef struct {
  /*< private >*/
  const char *start;
  const char *position;
  const char *end;
  AverJsonKind kind;
  gboolean first;
  AverJsonValue *keys;
  gsize n_keys;
  gsize keys_capacity;
  AverBuffer decoded;
} AverJsonScanner;

/**
 * aver_json_scanner_clear:
 *
 * Frees what the scanner holds.
 */
AVER_API void aver_json_scanner_clear(AverJsonScanner *scanner);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AverJsonScanner, aver_json_scanner_clear)

/**
 * aver_json_scanner_begin:
 * @kind: %AVER_JSON_OBJECT or %AVER_JSON_ARRAY: what is expected
 * @text: (array length=length): the whole JSON text, borrowed as long as the values are in use
 * @length: bytes
 *
 * Checks that the text is UTF-8 and begins as expected.
 *
 * Returns: %FALSE with an error when it is not so.
 */
AVER_API gboolean aver_json_scanner_begin(AverJsonScanner *scanner, AverJsonKind kind,
                                          const char *text, gsize length, GError **error);

/**
 * aver_json_scanner_next:
 * @key: (out) (optional): the member's key, a string; not touched in an array
 * @value: (out): the member's value, or the item
 *
 * Behind the last member, checks that no key of this object stands twice (nested objects are not
 * looked at) and that nothing follows the object.
 *
 * Returns: %TRUE with a member; %FALSE at the end, or with @error set.
 */
AVER_API gboolean aver_json_scanner_next(AverJsonScanner *scanner, AverJsonValue *key,
                                         AverJsonValue *value, GError **error);

/**
 * aver_json_scan:
 * @text: (array length=length): a JSON text
 * @length: bytes
 * @value: (out) (optional): the value
 *
 * Checks a JSON text, and tells what it is.
 *
 * Returns: whether a text is one JSON value of any kind.
 */
AVER_API gboolean aver_json_scan(const char *text, gsize length, AverJsonValue *value,
                                 GError **error);

/**
 * aver_json_unescape:
 * @string: a string
 * @to: (out caller-allocates): room for as many bytes as the string has
 *
 * Resolves the escapes in a string.
 *
 * Returns: how many bytes of UTF-8 it takes without escapes; NUL characters may be among them.
 */
AVER_API gsize aver_json_unescape(const AverJsonValue *string, char *to);

/**
 * aver_json_get_string:
 * @string: a string
 * @document: whose memory to use if need be
 * @length: (out): bytes
 *
 * Gives a string's characters.
 *
 * Returns: (transfer none) (array length=length): the string's characters: a slice of what was
 * scanned when there are no escapes, else memory of aver_document_alloc(). Not NUL-terminated.
 */
AVER_API const char *aver_json_get_string(const AverJsonValue *string, AverDocument *document,
                                          gsize *length);

/**
 * aver_json_set_text:
 * @string: a string of a record, borrowed until the document is reset or freed
 * @document: a document
 *
 * Makes the string the document's text. Escapes are taken out when the text is first asked for, and
 * a string that is to be written as it was read is copied.
 *
 * Returns: %FALSE with %AVER_ERROR_LIMIT.
 */
AVER_API gboolean aver_json_set_text(const AverJsonValue *string, AverDocument *document,
                                     GError **error);

/**
 * aver_json_append_text:
 * @buffer: the buffer to append to
 * @document: a document
 *
 * Appends the document's text, as aver_json_append_string() does.
 */
AVER_API void aver_json_append_text(AverBuffer *buffer, const AverDocument *document);

/**
 * aver_json_append_compact:
 * @buffer: the buffer to append to
 * @value: a value
 *
 * Appends a value as JSON without the white space that means nothing; else as it stands.
 */
AVER_API void aver_json_append_compact(AverBuffer *buffer, const AverJsonValue *value);

G_END_DECLS
