/* SPDX-License-Identifier: Apache-2.0 */
/* What a page says of itself in its elements. */
#include "metadata.h"

#include <aver/html.h>
#include <aver/text.h>
#include <string.h>

/* No title, name or address is longer; nor is one with the white space around its words. */
#define LONGEST     1000
#define LONGEST_RAW (4 * LONGEST)

/* Meta elements, by their name, property or itemprop, in lower case. */
static const struct {
  const char *name;
  guint8 fact, rank;
} metas[] = {
    {"og:title", FACT_TITLE, 5},
    {"twitter:title", FACT_TITLE, 4},
    {"dc.title", FACT_TITLE, 3},
    {"parsely-title", FACT_TITLE, 4},
    {"headline", FACT_TITLE, 6},
    {"author", FACT_AUTHOR, 5},
    {"article:author", FACT_AUTHOR, 4},
    {"article:author_name", FACT_AUTHOR, 5},
    {"parsely-author", FACT_AUTHOR, 5},
    {"sailthru.author", FACT_AUTHOR, 5},
    {"dc.creator", FACT_AUTHOR, 4},
    {"dcterms.creator", FACT_AUTHOR, 4},
    {"byl", FACT_AUTHOR, 4},
    {"article:published_time", FACT_PUBLISHED, 6},
    {"og:published_time", FACT_PUBLISHED, 5},
    {"datepublished", FACT_PUBLISHED, 6},
    {"parsely-pub-date", FACT_PUBLISHED, 5},
    {"sailthru.date", FACT_PUBLISHED, 4},
    {"article.published", FACT_PUBLISHED, 5},
    {"publishdate", FACT_PUBLISHED, 4},
    {"publish-date", FACT_PUBLISHED, 4},
    {"pubdate", FACT_PUBLISHED, 4},
    {"dc.date.issued", FACT_PUBLISHED, 4},
    {"dcterms.created", FACT_PUBLISHED, 3},
    {"dc.date", FACT_PUBLISHED, 3},
    {"date", FACT_PUBLISHED, 3},
    {"article:modified_time", FACT_MODIFIED, 6},
    {"datemodified", FACT_MODIFIED, 6},
    {"og:updated_time", FACT_MODIFIED, 5},
    {"lastmod", FACT_MODIFIED, 4},
    {"og:site_name", FACT_SITE, 6},
    {"application-name", FACT_SITE, 3},
    {"og:locale", FACT_LANGUAGE, 3},
    {"inlanguage", FACT_LANGUAGE, 4},
    {"og:url", FACT_URL, 4},
};

void facts_clear(Facts *facts)
{
  for (guint i = 0; i < N_FACTS; i++)
    g_free(facts->values[i]);
  *facts = (Facts){0};
}

/* White space, none of it at the ends, one space where there is some. */
char *aver_html_squeeze(const char *text, gsize length)
{
  char *to = g_malloc(length + 1);
  gsize n = 0;
  gboolean space = FALSE;
  for (gsize i = 0; i < length;) {
    guint skipped = (guchar) text[i] < ' ' ? 1 : aver_text_space(text, length, i);
    if (skipped > 0) {
      space = n > 0;
      i += skipped;
      continue;
    }
    if (space)
      to[n++] = ' ';
    space = FALSE;
    to[n++] = text[i++];
  }
  to[n] = '\0';
  return to;
}

static gboolean is_address(const char *value)
{
  return g_str_has_prefix(value, "http://") || g_str_has_prefix(value, "https://");
}

/* A language tag of BCP 47, or something that can be made one. */
static gboolean make_language(char *value)
{
  for (char *p = value; *p != '\0'; p++) {
    if (*p == '_')
      *p = '-';
    if (!g_ascii_isalnum(*p) && *p != '-')
      return FALSE;
  }
  return strlen(value) >= 2 && strlen(value) <= 35 && g_ascii_isalpha(value[0]);
}

char *aver_html_make_language(const char *text)
{
  g_return_val_if_fail(text != NULL, NULL);
  char *value = aver_html_squeeze(text, strlen(text));
  if (make_language(value))
    return value;
  g_free(value);
  return NULL;
}

/* The value as it is kept; NULL when it is none. */
static char *make_value(FactName name, const char *text, gsize length)
{
  g_autofree char *value = aver_html_squeeze(text, length);
  gsize n = strlen(value);
  if (n == 0 || n > LONGEST)
    return NULL;
  switch (name) {
  case FACT_AUTHOR:
    if (is_address(value) || strchr(value, '@') == value)
      return NULL;
    if (g_ascii_strncasecmp(value, "by ", 3) == 0)
      memmove(value, value + 3, n - 2);
    break;
  case FACT_PUBLISHED:
  case FACT_MODIFIED:
    return aver_html_normalise_date(value);
  case FACT_LANGUAGE:
    return make_language(value) ? g_steal_pointer(&value) : NULL;
  case FACT_URL:
    return is_address(value) ? g_steal_pointer(&value) : NULL;
  default:
    break;
  }
  return value[0] == '\0' ? NULL : g_steal_pointer(&value);
}

void facts_offer(Facts *facts, FactName name, const char *value, gsize length, guint rank)
{
  if (rank <= facts->ranks[name])
    return;
  char *made = make_value(name, value, length);
  if (made == NULL)
    return;
  g_free(facts->values[name]);
  facts->values[name] = made;
  facts->ranks[name] = (guint8) rank;
}

static void offer_string(Facts *facts, FactName name, const char *value, guint rank)
{
  if (value != NULL)
    facts_offer(facts, name, value, strlen(value), rank);
}

static void offer_text(Facts *facts, FactName name, const Page *page, guint32 node, guint rank)
{
  if (rank <= facts->ranks[name])
    return;
  g_auto(AverBuffer) text = {0};
  for (guint32 i = node; i < page_node(page, node)->end; i++) {
    const PageNode *at = page_node(page, i);
    if (at->tag != TAG_TEXT)
      continue;
    if (text.length + at->n > LONGEST_RAW)
      return;
    aver_buffer_append(&text, page->text.data + at->first, at->n);
  }
  if (text.length > 0)
    facts_offer(facts, name, text.data, text.length, rank);
}

static void read_meta(Facts *facts, const Page *page, guint32 node, const char *name)
{
  const char *content = page_attribute(page, node, ATTRIBUTE_CONTENT);
  for (guint i = 0; name != NULL && content != NULL && i < G_N_ELEMENTS(metas); i++)
    if (g_ascii_strcasecmp(name, metas[i].name) == 0)
      offer_string(facts, metas[i].fact, content, metas[i].rank);
}

static gboolean has_word(const char *list, const char *word)
{
  gsize n = strlen(word);
  for (const char *p = list; p != NULL && *p != '\0'; p++)
    if ((p == list || g_ascii_isspace(p[-1])) && g_ascii_strncasecmp(p, word, n) == 0 &&
        (p[n] == '\0' || g_ascii_isspace(p[n])))
      return TRUE;
  return FALSE;
}

/* Microdata on elements whose text is the value. */
static void read_property(Facts *facts, const Page *page, guint32 node, const char *property)
{
  const char *when = page_attribute(page, node, ATTRIBUTE_DATETIME);
  const char *content = page_attribute(page, node, ATTRIBUTE_CONTENT);
  when = when == NULL ? content : when;
  if (has_word(property, "headline"))
    offer_text(facts, FACT_TITLE, page, node, 6);
  if (has_word(property, "author"))
    offer_text(facts, FACT_AUTHOR, page, node, 3);
  if (has_word(property, "datePublished"))
    offer_string(facts, FACT_PUBLISHED, when, 6);
  if (has_word(property, "dateModified"))
    offer_string(facts, FACT_MODIFIED, when, 6);
}

static void read_element(Facts *facts, const Page *page, guint32 node)
{
  const char *property = page_attribute(page, node, ATTRIBUTE_ITEMPROP);
  const char *rel = page_attribute(page, node, ATTRIBUTE_REL);
  switch (page_node(page, node)->tag) {
  case TAG_META:
    read_meta(facts, page, node, page_attribute(page, node, ATTRIBUTE_NAME));
    read_meta(facts, page, node, page_attribute(page, node, ATTRIBUTE_PROPERTY));
    read_meta(facts, page, node, property);
    return;
  case TAG_LINK:
    if (has_word(rel, "canonical"))
      offer_string(facts, FACT_URL, page_attribute(page, node, ATTRIBUTE_HREF), 5);
    return;
  case TAG_HTML:
    offer_string(facts, FACT_LANGUAGE, page_attribute(page, node, ATTRIBUTE_LANG), 5);
    return;
  case TAG_TITLE:
    offer_text(facts, FACT_TITLE, page, node, 1);
    return;
  case TAG_H1:
    offer_text(facts, FACT_TITLE, page, node, 2);
    break;
  case TAG_TIME:
    offer_string(facts, FACT_PUBLISHED, page_attribute(page, node, ATTRIBUTE_DATETIME), 2);
    break;
  default:
    break;
  }
  if (property != NULL)
    read_property(facts, page, node, property);
  if (rel != NULL && has_word(rel, "author"))
    offer_text(facts, FACT_AUTHOR, page, node, 2);
}

/* "Flood closes bridge | The Harbour Post": what follows the site's sign is the site's name. */
static void strip_site(Facts *facts)
{
  char *title = facts->values[FACT_TITLE];
  const char *site = facts->values[FACT_SITE];
  if (title == NULL || site == NULL || !g_str_has_suffix(title, site))
    return;
  gsize n = strlen(title) - strlen(site), kept = n;
  while (kept > 0 && strchr(" -|:", title[kept - 1]) != NULL)
    kept--;
  if (kept >= 3 && memcmp(title + kept - 3, "\xe2\x80", 2) == 0)
    kept -= 3;
  while (kept > 0 && title[kept - 1] == ' ')
    kept--;
  if (kept > 0 && n - kept >= 2)
    title[kept] = '\0';
}

void facts_collect(Facts *facts, const Page *page)
{
  facts_read_data(facts, page->data.data, page->data.length);
  for (guint32 i = 1; i < page->nodes->len; i++)
    if (page_node(page, i)->tag != TAG_TEXT)
      read_element(facts, page, i);
  strip_site(facts);
}
