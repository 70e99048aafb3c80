/* SPDX-License-Identifier: Apache-2.0 */
/* A document as HTML for a person: its text marked, its quotes, claims and other layers. In a
 * library of its own, libaver-page. */
#pragma once

#include <aver/buffer.h>
#include <aver/document.h>
#include <aver/layer.h>

G_BEGIN_DECLS

/**
 * AverPage:
 *
 * A document while it is written as HTML: its title, and numbers for its speakers. Not thread-safe.
 */
typedef struct _AverPage AverPage;

/**
 * aver_page_new:
 * @document: has to live as long, and not change
 *
 * Makes the page of a document with any layers; `quote` and `claim` are shown in its text.
 *
 * Returns: (transfer full): the page.
 */
AVER_API AverPage *aver_page_new(const AverDocument *document);

/**
 * aver_page_free:
 * @page: (nullable): a page
 *
 * Frees the page; the document stays as it is.
 */
AVER_API void aver_page_free(AverPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverPage, aver_page_free)

/**
 * aver_page_get_title:
 * @page: a page
 *
 * Tells what the document is called.
 *
 * Returns: (transfer none): the metadata's `title`, or else the text's first line, or else the id:
 * UTF-8, not escaped, at most some hundreds of bytes.
 */
AVER_API const char *aver_page_get_title(const AverPage *page);

/**
 * aver_page_append_article:
 * @out: HTML is appended
 * @page: a page
 * @level: of its heading, 1 to 5; headings in it are one lower
 *
 * Appends an `<article>`: filters, the text with what was found in it, the lists of quotes and
 * claims, tables of all other layers, metadata. It holds no script and no style, and nothing of the
 * document but escaped text. Every `id` and every `href` in it begins with #AVER_PAGE_ANCHOR, which
 * aver_page_print_anchored() turns into what tells this article from others of the same page;
 * behind it stand `d` the article, `h` its heading, `qN` and `QN` quote N in the text and in the
 * list, `uN` and `vN` its cue and its source, `cN` and `CN` claim N in the text and in the table.
 * N is the row, from 0.
 */
AVER_API void aver_page_append_article(AverBuffer *out, const AverPage *page, guint level);

#ifndef __GI_SCANNER__ /* which does not know what to do with such a character */
/* Stands for an article's prefix; no escaped text has this character. */
#define AVER_PAGE_ANCHOR "\001"
#endif

/**
 * aver_page_print_anchored:
 * @out: what is made is appended
 * @html: (array length=length): what aver_page_append_article() appended, or a part of it
 * @length: bytes
 * @prefix: letters, figures and hyphens, a letter first
 *
 * Appends it, with @prefix for each #AVER_PAGE_ANCHOR.
 */
AVER_API void aver_page_print_anchored(AverBuffer *out, const char *html, gsize length,
                                       const char *prefix);

/**
 * aver_page_get_style:
 *
 * Tells how articles and reports look.
 *
 * Returns: (transfer none): the style sheet of articles and reports, for screens, phones, the dark
 * and paper. It loads nothing.
 */
AVER_API const char *aver_page_get_style(void);

/**
 * aver_page_make_head:
 *
 * Makes the head of a page that stands alone.
 *
 * Returns: (transfer full): what stands in each `<head>` of pages that need no other file: the
 * style sheet, and a policy that allows nothing else.
 */
AVER_API char *aver_page_make_head(void);

/**
 * aver_page_print_head:
 * @out: what is made is appended
 * @head: of aver_page_make_head(), or other elements, written as they are
 * @title: of the page
 * @language: (nullable): BCP 47; what is none is taken for English
 *
 * Appends a page up to the beginning of its `<body>`, and a link to `#main`.
 */
AVER_API void aver_page_print_head(AverBuffer *out, const char *head, const char *title,
                                   const char *language);

/**
 * aver_page_print:
 * @out: what is made is appended
 * @format: HTML, in which `%s` stands for text (UTF-8) that is escaped, `%u` for a #guint; nothing
 *   else is allowed behind a per cent sign
 * @...: a value for each of them
 *
 * Appends HTML. Characters that are not seen, or steer the direction of text, are shown as
 * `\u202e`.
 */
AVER_API void aver_page_print(AverBuffer *out, const char *format, ...) G_GNUC_PRINTF(2, 3);

/**
 * aver_page_print_text:
 * @out: what is made is appended
 * @text: (array length=length): UTF-8
 * @length: bytes
 *
 * Appends text, escaped.
 */
AVER_API void aver_page_print_text(AverBuffer *out, const char *text, gsize length);

/**
 * aver_page_print_cut:
 * @out: what is made is appended
 * @text: (array length=length): UTF-8
 * @length: bytes
 * @most: bytes
 *
 * Appends at most @most bytes of a text, escaped, and then an ellipsis.
 */
AVER_API void aver_page_print_cut(AverBuffer *out, const char *text, gsize length, gsize most);

/**
 * aver_page_print_score:
 * @out: what is made is appended
 * @score: a number in [0,1], or not a number for none
 *
 * Appends it with two decimals, a dash for none.
 */
AVER_API void aver_page_print_score(AverBuffer *out, float score);

/**
 * aver_page_lists_claim:
 * @claims: a layer `claim`
 * @row: a row
 *
 * Decides which claims are worth a line of a list.
 *
 * Returns: whether the row is listed: not what claims nothing (NFS), but when it is an accusation
 * or a denial that somebody is quoted with.
 */
AVER_API gboolean aver_page_lists_claim(const AverLayer *claims, guint32 row);

/**
 * aver_page_describe_label:
 * @label: (nullable): of a claim
 *
 * Names a label for people.
 *
 * Returns: (transfer none): the label in words, or the label itself.
 */
AVER_API const char *aver_page_describe_label(const char *label);

G_END_DECLS
