/* SPDX-License-Identifier: Apache-2.0 */
/* Characters: the offsets of formats that count code points instead of bytes. */
#pragma once

#include <aver/document.h>

G_BEGIN_DECLS

/**
 * AverCharacters:
 *
 * Where the characters of a text are. Initialise with `{0}`; one can be used for text after text.
 */
typedef struct {
  /*< private >*/
  const char *text;
  guint32 length;
  guint32 *counts; /* characters before every block of bytes */
  gsize capacity;
} AverCharacters;

/**
 * aver_characters_clear:
 *
 * Frees what is held and leaves it empty.
 */
AVER_API void aver_characters_clear(AverCharacters *characters);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AverCharacters, aver_characters_clear)

/**
 * aver_characters_set_document:
 * @document: a document
 *
 * Counts the characters of the document's text, which is borrowed.
 */
AVER_API void aver_characters_set_document(AverCharacters *characters,
                                           const AverDocument *document);

/**
 * aver_characters_count:
 * @offset: bytes, at most the text's length
 *
 * Counts code points.
 *
 * Returns: how many code points begin before @offset: the offset in code points of the character
 * that begins there.
 */
AVER_API guint32 aver_characters_count(const AverCharacters *characters, guint32 offset);

/**
 * aver_characters_step_back:
 * @offset: a byte offset
 * @n: how many characters
 *
 * Goes some characters back.
 *
 * Returns: the byte offset of the character @n before @offset, or 0.
 */
AVER_API guint32 aver_characters_step_back(const AverCharacters *characters, guint32 offset,
                                           guint32 n);

/**
 * aver_characters_step_on:
 * @offset: a byte offset
 * @n: how many characters
 *
 * Goes some characters on.
 *
 * Returns: the byte offset @n characters behind @offset, or the end.
 */
AVER_API guint32 aver_characters_step_on(const AverCharacters *characters, guint32 offset,
                                         guint32 n);

G_END_DECLS
