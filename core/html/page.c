/* SPDX-License-Identifier: Apache-2.0 */
/* A page: libxml2's events put into one array, without a tree and without recursion. */
#include "page.h"

#include <aver/error.h>
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

/* libxml2 compares each attribute's name with all before it in the element, and each end tag that
 * fits nowhere with all open elements. So many comparisons take some three seconds. */
#define MAX_COMPARISONS 2000000000u

/* Bytes of different names of elements and attributes: what is left out beyond is no HTML. */
#define MAX_NAMES 20000

/* One parse. libxml2's own limit of 256 nested elements lies in the tree that it builds: its events
 * go on at any depth, so that nothing is lost and nothing has to be parsed again. */
typedef struct {
  Page *page;
  htmlParserCtxtPtr parser;
  GArray *open; /* the elements that are open, as guint32 */
  const char *limit;
  guint64 comparisons;
  guint skipped; /* the open elements of which nothing is kept, from the outermost */
  gboolean ld_json;
} Events;

void page_init(Page *page)
{
  xmlInitParser();
  *page = (Page){.nodes = g_array_new(FALSE, FALSE, sizeof(PageNode)),
                 .attributes = g_array_new(FALSE, FALSE, sizeof(PageAttribute))};
}

void page_clear(Page *page)
{
  g_array_unref(page->nodes);
  g_array_unref(page->attributes);
  aver_buffer_clear(&page->text);
  aver_buffer_clear(&page->strings);
  aver_buffer_clear(&page->data);
}

const char *page_attribute(const Page *page, guint32 node, PageAttributeName name)
{
  const PageNode *element = page_node(page, node);
  if (element->tag == TAG_TEXT)
    return NULL;
  for (guint32 i = element->first; i < element->first + element->n; i++) {
    const PageAttribute *attribute = &g_array_index(page->attributes, PageAttribute, i);
    if (attribute->name == name)
      return page->strings.data + attribute->value;
  }
  return NULL;
}

static void stop(Events *events, const char *limit)
{
  events->limit = limit;
  xmlStopParser(events->parser);
}

static void compared(Events *events, guint64 n)
{
  events->comparisons += n;
  if (events->comparisons > MAX_COMPARISONS)
    stop(events,
         "attributes in one element, or end tags that fit nowhere, than can be compared in time");
}

static guint32 innermost(const Events *events)
{
  return g_array_index(events->open, guint32, events->open->len - 1);
}

static guint32 add_node(Events *events, Tag tag, gsize first)
{
  guint32 node = events->page->nodes->len;
  PageNode added = {innermost(events), node + 1, (guint32) first, 0, (guint8) tag, FALSE};
  g_array_append_val(events->page->nodes, added);
  if (node >= PAGE_MAX_NODES)
    stop(events, "elements than " G_STRINGIFY(PAGE_MAX_NODES));
  return node;
}

static PageAttributeName attribute_name(const char *name)
{
  static const char *const names[] = {
      [ATTRIBUTE_CLASS] = "class",
      [ATTRIBUTE_CONTENT] = "content",
      [ATTRIBUTE_DATETIME] = "datetime",
      [ATTRIBUTE_HREF] = "href",
      [ATTRIBUTE_ID] = "id",
      [ATTRIBUTE_ITEMPROP] = "itemprop",
      [ATTRIBUTE_LANG] = "lang",
      [ATTRIBUTE_NAME] = "name",
      [ATTRIBUTE_PROPERTY] = "property",
      [ATTRIBUTE_REL] = "rel",
      [ATTRIBUTE_ROLE] = "role",
  };
  for (guint i = ATTRIBUTE_CLASS; i < G_N_ELEMENTS(names); i++)
    if (names[i][0] == name[0] && strcmp(names[i], name) == 0)
      return i;
  return ATTRIBUTE_NONE;
}

/* Whether a style says so, with any white space in it. */
static gboolean style_hides(const char *style)
{
  static const char *const hiding[] = {"display:none", "visibility:hidden"};
  char packed[256];
  gsize n = 0;
  for (const char *p = style; *p != '\0' && n < sizeof packed - 1; p++)
    if (!g_ascii_isspace(*p))
      packed[n++] = g_ascii_tolower(*p);
  packed[n] = '\0';
  return strstr(packed, hiding[0]) != NULL || strstr(packed, hiding[1]) != NULL;
}

/* Classes for what only screen readers say. */
static gboolean class_hides(const char *class)
{
  static const char *const hiding[] = {"screen-reader-text", "screen-reader-only", "sr-only",
                                       "visually-hidden", "visuallyhidden"};
  for (guint i = 0; i < G_N_ELEMENTS(hiding); i++) {
    const char *found = strstr(class, hiding[i]);
    if (found != NULL && (found == class || g_ascii_isspace(found[-1])))
      return TRUE;
  }
  return FALSE;
}

static gboolean hides(const char *name, const char *value)
{
  if (strcmp(name, "hidden") == 0)
    return TRUE;
  if (value == NULL)
    return FALSE;
  if (strcmp(name, "style") == 0)
    return style_hides(value);
  if (strcmp(name, "class") == 0)
    return class_hides(value);
  return strcmp(name, "aria-hidden") == 0 && g_ascii_strcasecmp(value, "true") == 0;
}

static void add_attributes(Events *events, guint32 node, const xmlChar **list)
{
  Page *page = events->page;
  for (guint i = 0; list != NULL && list[i] != NULL; i += 2) {
    compared(events, i / 2);
    const char *name = (const char *) list[i], *value = (const char *) list[i + 1];
    page_node(page, node)->hidden |= hides(name, value);
    PageAttributeName known = attribute_name(name);
    if (known == ATTRIBUTE_NONE || value == NULL)
      continue;
    PageAttribute attribute = {known, (guint32) page->strings.length};
    aver_buffer_append(&page->strings, value, strlen(value) + 1);
    g_array_append_val(page->attributes, attribute);
    page_node(page, node)->n++;
  }
}

static gboolean is_ld_json(const xmlChar **list)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i += 2)
    if (strcmp((const char *) list[i], "type") == 0 && list[i + 1] != NULL &&
        g_ascii_strncasecmp((const char *) list[i + 1], "application/ld+json", 19) == 0)
      return TRUE;
  return FALSE;
}

static void start_element(void *data, const xmlChar *name, const xmlChar **attributes)
{
  Events *events = data;
  Tag tag = tag_find((const char *) name);
  if (events->open->len >= PAGE_MAX_DEPTH)
    stop(events, "elements inside one another than " G_STRINGIFY(PAGE_MAX_DEPTH));
  if (events->limit != NULL)
    return;
  guint32 node = innermost(events);
  gboolean kept = events->skipped == 0 && tag != TAG_SKIPPED && tag != TAG_SCRIPT;
  if (kept) {
    node = add_node(events, tag, events->page->attributes->len);
    add_attributes(events, node, attributes);
  } else {
    if (events->skipped == 0)
      events->skipped = events->open->len;
    if (tag == TAG_SCRIPT)
      events->ld_json = is_ld_json(attributes);
  }
  g_array_append_val(events->open, node);
}

static void end_element(void *data, const xmlChar *name)
{
  Events *events = data;
  (void) name;
  if (events->limit != NULL || events->open->len < 2)
    return;
  guint32 node = innermost(events);
  g_array_set_size(events->open, events->open->len - 1);
  if (events->skipped == events->open->len)
    events->skipped = 0;
  if (events->ld_json)
    aver_buffer_append(&events->page->data, "", 1);
  events->ld_json = FALSE;
  PageNode *at = page_node(events->page, node);
  at->end = events->page->nodes->len;
  /* An end tag of a paragraph that fits nowhere makes an empty one. */
  if (at->tag == TAG_P && at->end == node + 1)
    compared(events, events->open->len);
}

static void mistake(void *data, xmlErrorPtr error)
{
  Events *events = data;
  if (events->limit == NULL && error->code == XML_ERR_TAG_NAME_MISMATCH)
    compared(events, events->open->len);
}

static void characters(void *data, const xmlChar *text, int length)
{
  Events *events = data;
  Page *page = events->page;
  if (events->limit != NULL || length <= 0)
    return;
  if (events->skipped > 0) {
    if (events->ld_json)
      aver_buffer_append(&page->data, (const char *) text, (gsize) length);
    return;
  }
  PageNode *last = page_node(page, page->nodes->len - 1);
  if (last->tag != TAG_TEXT || last->parent != innermost(events))
    last = page_node(page, add_node(events, TAG_TEXT, page->text.length));
  aver_buffer_append(&page->text, (const char *) text, (gsize) length);
  last->n += (guint32) length;
}

static void parse(Events *events, const char *html, gsize length)
{
  htmlSAXHandler handler = {.startElement = start_element,
                            .endElement = end_element,
                            .characters = characters,
                            .ignorableWhitespace = characters,
                            .cdataBlock = characters,
                            .serror = mistake,
                            .initialized = XML_SAX2_MAGIC};
  htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(html, (int) length);
  if (parser == NULL)
    return;
  htmlSAXHandler *own = parser->sax;
  events->parser = parser;
  parser->sax = &handler;
  parser->userData = events;
  htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                 HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE);
  xmlDictSetLimit(parser->dict, MAX_NAMES);
  xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(parser);
  parser->sax = own;
  xmlFreeDoc(parser->myDoc);
  parser->myDoc = NULL;
  htmlFreeParserCtxt(parser);
}

gboolean page_parse(Page *page, const char *html, gsize length, GError **error)
{
  Events events = {.page = page, .open = g_array_new(FALSE, FALSE, sizeof(guint32))};
  PageNode root = {.end = 1, .tag = TAG_OTHER};
  guint32 zero = 0;
  g_array_set_size(page->nodes, 0);
  g_array_set_size(page->attributes, 0);
  page->text.length = page->strings.length = page->data.length = 0;
  g_array_append_val(page->nodes, root);
  g_array_append_val(events.open, zero);
  if (length > PAGE_MAX_BYTES)
    events.limit = "bytes than " G_STRINGIFY(PAGE_MAX_BYTES);
  else if (length > 0)
    parse(&events, html, length);
  for (guint i = 0; i < events.open->len; i++)
    page_node(page, g_array_index(events.open, guint32, i))->end = page->nodes->len;
  g_array_unref(events.open);
  if (events.limit != NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "the page has more %s", events.limit);
  return events.limit == NULL;
}
