/* SPDX-License-Identifier: Apache-2.0 */
/* The elements of HTML that the reader tells apart, and what they do to text. */
#pragma once

#include <glib.h>

typedef enum {
  TAG_TEXT, /* no element: characters */
  TAG_OTHER,
  TAG_A,
  TAG_ADDRESS,
  TAG_ARTICLE,
  TAG_ASIDE,
  TAG_BASE,
  TAG_BLOCKQUOTE,
  TAG_BODY,
  TAG_BR,
  TAG_BUTTON,
  TAG_CAPTION,
  TAG_DD,
  TAG_DIV,
  TAG_DL,
  TAG_DT,
  TAG_EM,
  TAG_FIGCAPTION,
  TAG_FIGURE,
  TAG_FOOTER,
  TAG_FORM,
  TAG_H1,
  TAG_H2,
  TAG_H3,
  TAG_H4,
  TAG_H5,
  TAG_H6,
  TAG_HEAD,
  TAG_HEADER,
  TAG_HR,
  TAG_HTML,
  TAG_IMG,
  TAG_LI,
  TAG_LINK,
  TAG_MAIN,
  TAG_META,
  TAG_NAV,
  TAG_OL,
  TAG_P,
  TAG_PRE,
  TAG_Q,
  TAG_SCRIPT,
  TAG_SECTION,
  TAG_STRONG,
  TAG_SUP,
  TAG_TABLE,
  TAG_TD,
  TAG_TIME,
  TAG_TITLE,
  TAG_TR,
  TAG_UL,
  TAG_SKIPPED, /* nothing in it is for reading */
  N_TAGS,
} Tag;

/* The element of that name, in any case of letters. */
Tag tag_find(const char *name);

/* Whether an element's text stands by itself, apart from what is around it. */
gboolean tag_is_block(Tag tag);

static inline gboolean tag_is_heading(Tag tag)
{
  return tag >= TAG_H1 && tag <= TAG_H6;
}
