/* SPDX-License-Identifier: Apache-2.0 */
/* HTML: the article in a web page. In a library of its own, libaver-html. */
#pragma once

#include <aver/buffer.h>
#include <aver/document.h>

G_BEGIN_DECLS

/**
 * AverHtml:
 *
 * What the reading of web pages needs, reused from page to page. Not thread-safe: one a worker.
 */
typedef struct _AverHtml AverHtml;

/**
 * aver_html_new:
 *
 * Makes a reader of web pages [main], as libxml2 is initialised by the first call.
 *
 * Returns: (transfer full): a reader, to be freed with aver_html_free()
 */
AVER_API AverHtml *aver_html_new(void);

/**
 * aver_html_free:
 *
 * Frees it.
 */
AVER_API void aver_html_free(AverHtml *html);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverHtml, aver_html_free)

/**
 * aver_html_knows_charset:
 * @charset: the name of a character set
 *
 * Asks as aver_charset_is_known() does.
 *
 * Returns: whether pages in a character set of that name can be read.
 */
AVER_API gboolean aver_html_knows_charset(const char *charset);

/**
 * aver_html_read:
 * @data: (array length=length): a web page, whole, in any character set
 * @length: bytes
 * @charset: (nullable): its character set, where whoever brought the page knows it: what the
 *   Content-Type of HTTP said
 * @document: gets the text and the metadata
 *
 * Finds the article in a page and makes it the document's text: its headings, paragraphs,
 * quotations and list items in order with a blank line between them, white space normalised,
 * without the page's navigation, advertisements, comments and the like. A page without an article
 * gives an empty text. Broken markup is no error.
 *
 * Sets metadata where the page says so: `title`, `author`, `published` and `modified` (ISO 8601),
 * `site`, `language` (BCP 47), `url`. Always: `charset`, and `charset_from`, one of `mark`,
 * `protocol`, `declared` and `assumed`. Where bytes were no characters of that set, U+FFFD stands
 * for them, and `charset_errors` and `charset_error_at` say how many and which was the first.
 *
 * Returns: %FALSE with %AVER_ERROR_LIMIT when the page is longer than 32 MiB or has more than a
 * million elements and texts, or 100,000 elements inside one another.
 */
AVER_API gboolean aver_html_read(AverHtml *html, const char *data, gsize length,
                                 const char *charset, AverDocument *document, GError **error);

/**
 * aver_html_append_text:
 * @data: (array length=length): HTML in UTF-8, a page or part of one
 * @length: bytes
 * @text: gets the text appended
 *
 * All that can be read in a piece of HTML, laid out as aver_html_read() does it. Nothing is chosen:
 * for what is known to be an article, such as an item of a feed.
 *
 * Returns: %FALSE as aver_html_read() does.
 */
AVER_API gboolean aver_html_append_text(AverHtml *html, const char *data, gsize length,
                                        AverBuffer *text, GError **error);

/**
 * aver_html_is_markup:
 * @text: the beginning
 * @length: bytes
 *
 * Looks at the beginning of what may be a page.
 *
 * Returns: whether a text that may be HTML is: whether it has a tag or a character reference.
 */
AVER_API gboolean aver_html_is_markup(const char *text, gsize length);

/**
 * aver_html_append_guess:
 * @data: (array length=length): a text in UTF-8 that may be HTML: nobody says
 * @length: bytes
 * @text: gets the text appended
 *
 * As aver_html_append_text() where there are tags. Where there are character references alone, its
 * lines are kept; where there is neither, it is appended as it stands, without the white space
 * around it.
 *
 * Returns: %FALSE with an error, as aver_html_append_text().
 */
AVER_API gboolean aver_html_append_guess(AverHtml *html, const char *data, gsize length,
                                         AverBuffer *text, GError **error);

/**
 * aver_html_normalise_date:
 * @text: a date as ISO 8601, RFC 822 or people in English write it
 *
 * Puts dates that pages give into one form.
 *
 * Returns: (transfer full) (nullable): "2019-11-20", or "2019-11-20T08:30:00" with "Z" or "+01:00"
 * behind it where the zone is known; %NULL for what is no date, or an ambiguous one.
 */
AVER_API char *aver_html_normalise_date(const char *text);

/**
 * aver_html_squeeze:
 * @text: (array length=length): UTF-8
 * @length: bytes
 *
 * Makes one line of a text.
 *
 * Returns: (transfer full): the text on one line, with one space where there was white space.
 */
AVER_API char *aver_html_squeeze(const char *text, gsize length);

/**
 * aver_html_make_language:
 * @text: what a page gives
 *
 * Puts a language into one form.
 *
 * Returns: (transfer full) (nullable): a language as BCP 47 has it.
 */
AVER_API char *aver_html_make_language(const char *text);

G_END_DECLS
