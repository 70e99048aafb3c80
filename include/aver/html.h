/* SPDX-License-Identifier: Apache-2.0 */
/* HTML: the article in a web page. In a library of its own, libaver-html. */
#pragma once

#include <aver/document.h>

G_BEGIN_DECLS

/**
 * AverHtml:
 *
 * What the reading of web pages needs, reused from page to page. Not thread-safe: one a worker.
 */
typedef struct _AverHtml AverHtml;

/** aver_html_new: [main] as libxml2 is initialised by the first call. */
AVER_API AverHtml *aver_html_new(void);
AVER_API void aver_html_free(AverHtml *html);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverHtml, aver_html_free)

/** aver_html_knows_charset: Returns: whether pages in a character set of that name can be read. */
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

G_END_DECLS
