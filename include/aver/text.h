/* SPDX-License-Identifier: Apache-2.0 */
/* The text service: characters, tokens and lexicons that all annotators share. */
#pragma once

#include <aver/document.h>

G_BEGIN_DECLS

/**
 * aver_utf8_validate:
 * @data: bytes of any kind
 * @length: bytes
 * @bad_offset: (out) (optional): the first byte that is not part of a valid character
 *
 * Checks bytes that came from outside.
 *
 * Returns: whether the bytes are UTF-8 as RFC 3629 defines it (no overlong forms, no surrogates,
 * at most U+10FFFF). NUL is a character like any other.
 */
AVER_API gboolean aver_utf8_validate(const char *data, gsize length, gsize *bad_offset);

/**
 * aver_utf8_decode:
 * @data: valid UTF-8, not empty
 * @character: (out): the code point
 *
 * Returns: the bytes that the first character takes, 1 to 4.
 */
static inline guint aver_utf8_decode(const char *data, gunichar *character)
{
  const guchar *p = (const guchar *) data;
  if (p[0] < 0x80) {
    *character = p[0];
    return 1;
  }
  if (p[0] < 0xe0) {
    *character = (gunichar) (p[0] & 0x1f) << 6 | (p[1] & 0x3f);
    return 2;
  }
  if (p[0] < 0xf0) {
    *character = (gunichar) (p[0] & 0x0f) << 12 | (gunichar) (p[1] & 0x3f) << 6 | (p[2] & 0x3f);
    return 3;
  }
  *character = (gunichar) (p[0] & 0x07) << 18 | (gunichar) (p[1] & 0x3f) << 12 |
               (gunichar) (p[2] & 0x3f) << 6 | (p[3] & 0x3f);
  return 4;
}

/**
 * aver_text_space:
 * @text: (array length=length): valid UTF-8
 * @length: bytes
 * @position: a character boundary below @length
 *
 * Looks for white space.
 *
 * Returns: how many bytes the white space character at @position takes, 0 when there is none:
 * ASCII white space, U+0085, the Unicode space separators, line and paragraph separators, and
 * U+FEFF.
 */
AVER_API guint aver_text_space(const char *text, gsize length, gsize position);

/**
 * aver_text_trim:
 * @text: the text that the span is in
 * @span: a span
 *
 * Takes white space off a span.
 *
 * Returns: @span without the white space at both ends; an empty span at its start when there is
 * nothing else.
 */
AVER_API AverSpan aver_text_trim(const char *text, AverSpan span);

/**
 * aver_text_check_span:
 * @text: (array length=length): valid UTF-8
 * @length: bytes
 * @start: where the span starts, in bytes
 * @end: where it ends
 *
 * Checks a span that came from outside: inside the text, not ending before it starts, both ends on
 * character boundaries.
 *
 * Returns: %FALSE with %AVER_ERROR_SYNTAX, which says what is wrong with `[start, end]`.
 */
AVER_API gboolean aver_text_check_span(const char *text, gsize length, gint64 start, gint64 end,
                                       GError **error);

/**
 * aver_character_is_unsafe:
 * @character: a code point
 *
 * Tells characters that are not to be shown as they are.
 *
 * Returns: whether a terminal, or whoever reads a line of text, could be misled by the character:
 * controls, line and paragraph separators, the marks that turn the direction of what follows, tags
 * and characters for private use (Unicode Technical Report 36).
 */
AVER_API gboolean aver_character_is_unsafe(gunichar character);

/**
 * aver_text_make_printable:
 * @text: bytes of any kind
 * @length: bytes, or -1 when @text ends with NUL
 *
 * Takes out of a text what could mislead who reads it.
 *
 * Returns: (transfer full): @text as one line that can be shown to a person: unsafe characters as
 * `\uHHHH`, bytes that are no UTF-8 as U+FFFD.
 */
AVER_API char *aver_text_make_printable(const char *text, gssize length);

/**
 * AverTokenKind:
 * @AVER_TOKEN_WORD: letters, with inner apostrophes, hyphens and full stops ("U.S.", "well-known")
 * @AVER_TOKEN_CLITIC: the end of a contraction or possessive, split off: 's n't 're 've 'll 'd 'm
 * @AVER_TOKEN_NUMBER: starts with a digit, or a sign and a digit ("5G", "1,200.5", "2019-03-30")
 * @AVER_TOKEN_PUNCTUATION: @detail is the mark as an ASCII character: `.` `,` `:` `;` `!` `?` `(`
 *   `)` `[` `]` `-` (any dash, also "--"), `~` (an ellipsis, "…" or two and more full stops), `*`
 * (a bullet)
 * @AVER_TOKEN_QUOTE: a quotation mark; @detail is an #AverQuoteMark
 * @AVER_TOKEN_SYMBOL: anything else, one character
 * @AVER_TOKEN_ADDRESS: a web or mail address
 *
 * What a token is.
 */
typedef enum {
  AVER_TOKEN_WORD,
  AVER_TOKEN_CLITIC,
  AVER_TOKEN_NUMBER,
  AVER_TOKEN_PUNCTUATION,
  AVER_TOKEN_QUOTE,
  AVER_TOKEN_SYMBOL,
  AVER_TOKEN_ADDRESS,
} AverTokenKind;

/**
 * AverQuoteMark:
 * @AVER_MARK_DOUBLE: `"`
 * @AVER_MARK_DOUBLE_OPEN: “ „ ‟ or ``
 * @AVER_MARK_DOUBLE_CLOSE: ” or ''
 * @AVER_MARK_SINGLE: ' that is no apostrophe inside a word
 * @AVER_MARK_SINGLE_OPEN: ‘ ‚ ‛ or `
 * @AVER_MARK_SINGLE_CLOSE: ’ that is no apostrophe inside a word
 * @AVER_MARK_ANGLE_OPEN: « or ‹
 * @AVER_MARK_ANGLE_CLOSE: » or ›
 * @AVER_MARK_CORNER_OPEN: 「 or 『
 * @AVER_MARK_CORNER_CLOSE: 」 or 』
 *
 * What a quotation mark looks like; which marks belong together is for others to say.
 */
typedef enum {
  AVER_MARK_DOUBLE = 1,
  AVER_MARK_DOUBLE_OPEN,
  AVER_MARK_DOUBLE_CLOSE,
  AVER_MARK_SINGLE,
  AVER_MARK_SINGLE_OPEN,
  AVER_MARK_SINGLE_CLOSE,
  AVER_MARK_ANGLE_OPEN,
  AVER_MARK_ANGLE_CLOSE,
  AVER_MARK_CORNER_OPEN,
  AVER_MARK_CORNER_CLOSE,
} AverQuoteMark;

/**
 * AverTokenFlags:
 * @AVER_TOKEN_SPACE_BEFORE: white space, or the text's start, stands before it
 * @AVER_TOKEN_LINE_START: a line break, or the text's start, stands before it
 * @AVER_TOKEN_PARAGRAPH_START: a blank line, or the text's start, stands before it
 * @AVER_TOKEN_CAPITALISED: its first letter is upper case
 * @AVER_TOKEN_ALL_CAPS: it has two letters or more, none of them lower case
 * @AVER_TOKEN_ABBREVIATION: a WORD that ends in its full stop: an initial, an acronym with dots, or
 *   a known abbreviation
 * @AVER_TOKEN_NON_ASCII: it has characters beyond ASCII (other than an apostrophe)
 *
 * How a token is written, and where it stands.
 */
typedef enum {
  AVER_TOKEN_SPACE_BEFORE = 1 << 0,
  AVER_TOKEN_LINE_START = 1 << 1,
  AVER_TOKEN_PARAGRAPH_START = 1 << 2,
  AVER_TOKEN_CAPITALISED = 1 << 3,
  AVER_TOKEN_ALL_CAPS = 1 << 4,
  AVER_TOKEN_ABBREVIATION = 1 << 5,
  AVER_TOKEN_NON_ASCII = 1 << 6,
} AverTokenFlags;

/**
 * AverToken:
 * @start: first byte
 * @end: first byte after it
 * @hash: aver_word_hash() of it
 * @kind: an #AverTokenKind
 * @detail: what mark it is, for PUNCTUATION and QUOTE; else 0
 * @flags: #AverTokenFlags
 *
 * Tokens are in text order, do not overlap and cover all that is not white space. The conventions
 * are those of the Penn Treebank, except that hyphenated words stay whole.
 */
typedef struct {
  guint32 start;
  guint32 end;
  guint32 hash;
  guint8 kind;
  guint8 detail;
  guint16 flags;
} AverToken;

/**
 * AVER_MOST_TOKENS:
 *
 * What aver_document_check_tokens() lets pass; some 8 MB of English.
 */
#define AVER_MOST_TOKENS 1500000

/**
 * AVER_MOST_PASSAGES:
 *
 * How many sentences, and how many quotes, aver_document_check_tokens() lets pass; as many words
 * and marks as it lets pass have about half as many of them in English, however short they are.
 */
#define AVER_MOST_PASSAGES 100000

/**
 * aver_document_check_tokens:
 *
 * Makes the document's tokens, for annotators that need memory for each of them, or for each
 * sentence or quote, and would otherwise have it decided by whoever wrote the text.
 *
 * Returns: %FALSE with %AVER_ERROR_LIMIT when there are more than %AVER_MOST_TOKENS, or more rows in
 * the layer `sentence` or `quote` than %AVER_MOST_PASSAGES.
 */
AVER_API gboolean aver_document_check_tokens(AverDocument *document, GError **error);

/**
 * aver_document_get_tokens:
 * @n_tokens: (out): how many
 *
 * Gives the tokens; they are made when somebody asks first.
 *
 * Returns: (transfer none) (array length=n_tokens): the document's tokens, made at the first call
 * and kept until its text changes. Behind the last one stands a sentinel of kind %AVER_TOKEN_SYMBOL
 * at the text's end.
 */
AVER_API const AverToken *aver_document_get_tokens(AverDocument *document, guint32 *n_tokens);

/**
 * aver_word_hash:
 * @word: a word
 * @length: bytes
 *
 * Hashes a word as tokens are hashed.
 *
 * Returns: a hash of the word in lower case, with ’ taken as '. Never changes: models store it.
 */
AVER_API guint32 aver_word_hash(const char *word, gsize length);

/**
 * AverLexicon:
 *
 * An immutable map from lower-case words to 32 bits of meaning; reading it is [any]. Words are told
 * apart by aver_word_hash() alone: of a hundred million pairs of a listed and another word, two or
 * three are taken for each other.
 */
typedef struct _AverLexicon AverLexicon;

/**
 * AverLexiconEntry:
 * @words: lower-case words separated by single spaces
 * @value: what they mean: bits, of which at least one is set
 *
 * A word and what it means.
 */
typedef struct {
  const char *words;
  guint32 value;
} AverLexiconEntry;

/**
 * aver_lexicon_new:
 * @entries: (array length=n_entries): the words
 * @n_entries: how many
 *
 * Makes a lexicon, which many threads may ask at once.
 *
 * Returns: (transfer full): a map of all words of @entries; the values of a word that occurs more
 * than once are joined bit by bit. The entries may be freed.
 */
AVER_API AverLexicon *aver_lexicon_new(const AverLexiconEntry *entries, gsize n_entries);

/**
 * aver_lexicon_free:
 *
 * Frees a lexicon.
 */
AVER_API void aver_lexicon_free(AverLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverLexicon, aver_lexicon_free)

/**
 * aver_lexicon_get:
 * @hash: aver_word_hash() of the word
 *
 * Looks a token up.
 *
 * Returns: the word's value, 0 when it is not in the lexicon.
 */
AVER_API guint32 aver_lexicon_get(const AverLexicon *lexicon, guint32 hash);

G_END_DECLS
