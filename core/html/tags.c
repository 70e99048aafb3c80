/* SPDX-License-Identifier: Apache-2.0 */
/* The elements of HTML that the reader tells apart, and what they do to text. */
#include "tags.h"

#include <string.h>

typedef struct {
  char name[12];
  guint8 tag;
} Name;

/* Sorted by the bytes of the names. */
static const Name names[] = {
    {"a", TAG_A},
    {"address", TAG_ADDRESS},
    {"applet", TAG_SKIPPED},
    {"article", TAG_ARTICLE},
    {"aside", TAG_ASIDE},
    {"audio", TAG_SKIPPED},
    {"b", TAG_STRONG},
    {"base", TAG_BASE},
    {"blockquote", TAG_BLOCKQUOTE},
    {"body", TAG_BODY},
    {"br", TAG_BR},
    {"button", TAG_BUTTON},
    {"canvas", TAG_SKIPPED},
    {"caption", TAG_CAPTION},
    {"center", TAG_DIV},
    {"datalist", TAG_SKIPPED},
    {"dd", TAG_DD},
    {"details", TAG_DIV},
    {"dialog", TAG_SKIPPED},
    {"dir", TAG_UL},
    {"div", TAG_DIV},
    {"dl", TAG_DL},
    {"dt", TAG_DT},
    {"em", TAG_EM},
    {"embed", TAG_SKIPPED},
    {"fieldset", TAG_DIV},
    {"figcaption", TAG_FIGCAPTION},
    {"figure", TAG_FIGURE},
    {"footer", TAG_FOOTER},
    {"form", TAG_FORM},
    {"h1", TAG_H1},
    {"h2", TAG_H2},
    {"h3", TAG_H3},
    {"h4", TAG_H4},
    {"h5", TAG_H5},
    {"h6", TAG_H6},
    {"head", TAG_HEAD},
    {"header", TAG_HEADER},
    {"hgroup", TAG_HEADER},
    {"hr", TAG_HR},
    {"html", TAG_HTML},
    {"i", TAG_EM},
    {"iframe", TAG_SKIPPED},
    {"img", TAG_IMG},
    {"input", TAG_SKIPPED},
    {"label", TAG_OTHER},
    {"legend", TAG_DIV},
    {"li", TAG_LI},
    {"link", TAG_LINK},
    {"main", TAG_MAIN},
    {"map", TAG_SKIPPED},
    {"math", TAG_OTHER},
    {"menu", TAG_UL},
    {"meta", TAG_META},
    {"nav", TAG_NAV},
    {"noframes", TAG_SKIPPED},
    {"noscript", TAG_SKIPPED},
    {"object", TAG_SKIPPED},
    {"ol", TAG_OL},
    {"optgroup", TAG_SKIPPED},
    {"option", TAG_SKIPPED},
    {"p", TAG_P},
    {"picture", TAG_SKIPPED},
    {"pre", TAG_PRE},
    {"q", TAG_Q},
    {"rp", TAG_SKIPPED},
    {"rt", TAG_SKIPPED},
    {"script", TAG_SCRIPT},
    {"section", TAG_SECTION},
    {"select", TAG_SKIPPED},
    {"strong", TAG_STRONG},
    {"style", TAG_SKIPPED},
    {"summary", TAG_DIV},
    {"sup", TAG_SUP},
    {"svg", TAG_SKIPPED},
    {"table", TAG_TABLE},
    {"tbody", TAG_DIV},
    {"td", TAG_TD},
    {"template", TAG_SKIPPED},
    {"textarea", TAG_SKIPPED},
    {"tfoot", TAG_DIV},
    {"th", TAG_TD},
    {"thead", TAG_DIV},
    {"time", TAG_TIME},
    {"title", TAG_TITLE},
    {"tr", TAG_TR},
    {"ul", TAG_UL},
    {"video", TAG_SKIPPED},
};

Tag tag_find(const char *name)
{
  guint low = 0, high = G_N_ELEMENTS(names);
  while (low < high) {
    guint middle = (low + high) / 2;
    int order = g_ascii_strcasecmp(name, names[middle].name);
    if (order == 0)
      return names[middle].tag;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return TAG_OTHER;
}

gboolean tag_is_block(Tag tag)
{
  switch (tag) {
  case TAG_TEXT:
  case TAG_OTHER:
  case TAG_A:
  case TAG_BR:
  case TAG_EM:
  case TAG_IMG:
  case TAG_LINK:
  case TAG_META:
  case TAG_Q:
  case TAG_SCRIPT:
  case TAG_SKIPPED:
  case TAG_STRONG:
  case TAG_SUP:
  case TAG_TIME:
    return FALSE;
  default:
    return TRUE;
  }
}
