/* SPDX-License-Identifier: Apache-2.0 */
/* Parsing: libxml2's events put into one array, without a tree, a document type or a look at any
 * other file. */
#include "tokens.h"
#include "xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

typedef struct {
  AverXml *xml;
  xmlParserCtxtPtr parser;
  const XmlPlace *place;
  GArray *open; /* guint32 */
  xmlEntity entity;
  xmlChar expansion[8];
  gboolean full;
  GError *error;
} Events;

static const char *keep(Events *events, const xmlChar *text)
{
  return text == NULL ? "" : g_string_chunk_insert_const(events->xml->names, (const char *) text);
}

static guint32 innermost(const Events *events)
{
  guint n = events->open->len;
  return n == 0 ? AVER_XML_NONE : g_array_index(events->open, guint32, n - 1);
}

static XmlNode *add_node(Events *events, const char *name, const char *space, gsize first)
{
  GArray *nodes = events->xml->nodes;
  if (nodes->len >= XML_MAX_NODES) {
    events->full = TRUE;
    xmlStopParser(events->parser);
    return NULL;
  }
  XmlNode node = {name, space, innermost(events), nodes->len + 1, (guint32) first, 0};
  g_array_append_val(nodes, node);
  return &g_array_index(nodes, XmlNode, nodes->len - 1);
}

static void add_attribute(Events *events, const xmlChar **attribute)
{
  AverXml *xml = events->xml;
  const xmlChar *space = attribute[2] == NULL ? attribute[1] : attribute[2];
  XmlAttribute added = {keep(events, attribute[0]), keep(events, space),
                        (guint32) xml->text.length};
  aver_buffer_append(&xml->text, attribute[3], (gsize) (attribute[4] - attribute[3]));
  aver_buffer_append_char(&xml->text, '\0');
  g_array_append_val(xml->attributes, added);
}

static void start_element(void *data, const xmlChar *name, const xmlChar *prefix,
                          const xmlChar *address, int n_spaces, const xmlChar **spaces,
                          int n_attributes, int n_defaulted, const xmlChar **attributes)
{
  Events *events = data;
  (void) n_spaces;
  (void) spaces;
  (void) n_defaulted;
  if (events->full)
    return;
  const char *space = keep(events, address == NULL ? prefix : address);
  XmlNode *node = add_node(events, keep(events, name), space, events->xml->attributes->len);
  if (node == NULL)
    return;
  node->n = (guint32) n_attributes;
  guint32 number = events->xml->nodes->len - 1;
  for (int i = 0; i < n_attributes; i++)
    add_attribute(events, attributes + (gsize) i * 5);
  g_array_append_val(events->open, number);
}

static void end_element(void *data, const xmlChar *name, const xmlChar *prefix,
                        const xmlChar *address)
{
  Events *events = data;
  (void) name;
  (void) prefix;
  (void) address;
  guint32 node = innermost(events);
  if (events->full || node == AVER_XML_NONE)
    return;
  g_array_index(events->xml->nodes, XmlNode, node).end = events->xml->nodes->len;
  g_array_set_size(events->open, events->open->len - 1);
}

static void characters(void *data, const xmlChar *text, int length)
{
  Events *events = data;
  AverXml *xml = events->xml;
  if (events->full || length <= 0 || xml->nodes->len == 0)
    return;
  XmlNode *last = &g_array_index(xml->nodes, XmlNode, xml->nodes->len - 1);
  if (last->name != NULL || last->parent != innermost(events))
    last = add_node(events, NULL, "", xml->text.length);
  if (last == NULL)
    return;
  aver_buffer_append(&xml->text, text, (gsize) length);
  last->n += (guint32) length;
}

/* The characters that HTML has names for; declarations are none of our business. */
static xmlEntityPtr find_entity(void *data, const xmlChar *name)
{
  Events *events = data;
  xmlEntityPtr predefined = xmlGetPredefinedEntity(name);
  if (predefined != NULL)
    return predefined;
  const htmlEntityDesc *known = htmlEntityLookup(name);
  if (known == NULL || events->parser->instate == XML_PARSER_ATTRIBUTE_VALUE)
    return NULL;
  int n = xmlCopyCharMultiByte(events->expansion, (int) known->value);
  events->expansion[n] = '\0';
  events->entity = (xmlEntity){.type = XML_ENTITY_DECL,
                               .name = (const xmlChar *) known->name,
                               .content = events->expansion,
                               .orig = events->expansion,
                               .length = n,
                               .etype = XML_INTERNAL_PREDEFINED_ENTITY};
  return &events->entity;
}

/* One line, without a full stop. */
static char *tidy(const char *message)
{
  char *text = g_utf8_make_valid(message == NULL ? "" : message, -1);
  g_strstrip(text);
  for (char *p = text; *p != '\0'; p++)
    if (*p == '\n' || *p == '\r')
      *p = ' ';
  gsize n = strlen(text);
  if (n > 0 && text[n - 1] == '.')
    text[n - 1] = '\0';
  text[0] =
      g_ascii_isupper(text[0]) && g_ascii_islower(text[1]) ? g_ascii_tolower(text[0]) : text[0];
  return text;
}

static void mistake(void *data, xmlErrorPtr error)
{
  Events *events = data;
  if (events->error != NULL || error->level < XML_ERR_ERROR || error->domain == XML_FROM_NAMESPACE)
    return;
  const XmlPlace *place = events->place;
  const xmlParserInput *input = events->parser->input;
  gsize at = input == NULL ? 0 : (gsize) (input->cur - input->base) + input->consumed;
  g_autofree char *message = tidy(error->message);
  if (at >= place->around)
    g_set_error(&events->error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "line %d, byte %" G_GUINT64_FORMAT ": %s", error->line,
                place->offset + (at - place->around), message);
  else
    g_set_error(&events->error, AVER_ERROR, AVER_ERROR_SYNTAX, "in what is around the items: %s",
                message);
}

static void run(Events *events, const char *text, gsize length)
{
  xmlSAXHandler handler = {.startElementNs = start_element,
                           .endElementNs = end_element,
                           .characters = characters,
                           .ignorableWhitespace = characters,
                           .cdataBlock = characters,
                           .getEntity = find_entity,
                           .serror = mistake,
                           .initialized = XML_SAX2_MAGIC};
  xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(text, (int) length);
  if (parser == NULL)
    return;
  xmlSAXHandler *own = parser->sax;
  events->parser = parser;
  parser->sax = &handler;
  parser->userData = events;
  xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR |
                                XML_PARSE_NOWARNING);
  parser->input->line = (int) MIN(events->place->line, 1000000000);
  xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
  xmlParseDocument(parser);
  if (!parser->wellFormed && events->error == NULL)
    g_set_error(&events->error, AVER_ERROR, AVER_ERROR_SYNTAX, "the item is not well-formed XML");
  parser->sax = own;
  xmlFreeDoc(parser->myDoc);
  parser->myDoc = NULL;
  xmlFreeParserCtxt(parser);
}

gboolean xml_parse(AverXml *xml, const char *text, gsize length, const XmlPlace *place,
                   GError **error)
{
  Events events = {.xml = xml, .place = place, .open = g_array_new(FALSE, FALSE, sizeof(guint32))};
  if (length > 0 && length < G_MAXINT)
    run(&events, text, length);
  g_array_unref(events.open);
  if (events.full) {
    g_clear_error(&events.error);
    g_set_error(&events.error, AVER_ERROR, AVER_ERROR_LIMIT,
                "the item has more than %d elements and texts", XML_MAX_NODES);
  }
  if (events.error == NULL && xml->nodes->len == 0)
    g_set_error(&events.error, AVER_ERROR, AVER_ERROR_SYNTAX, "there is no element");
  if (events.error != NULL)
    g_propagate_error(error, events.error);
  return events.error == NULL;
}

/* The = outside quotation marks. */
static guint count_attributes(const char *tag, gsize n)
{
  guint attributes = 0;
  for (gsize i = 0; i < n; i++) {
    if (tag[i] == '"' || tag[i] == '\'') {
      const char *end = memchr(tag + i + 1, tag[i], n - i - 1);
      i = end == NULL ? n : (gsize) (end - tag);
    } else {
      attributes += tag[i] == '=';
    }
  }
  return attributes;
}

static guint count_namespaces(const char *tag, gsize n)
{
  guint found = 0;
  const char *end = tag + n, *p = tag;
  while ((p = memmem(p, (gsize) (end - p), "xmlns", 5)) != NULL) {
    found++;
    p += 5;
  }
  return found;
}

gboolean xml_check_counts(const char *text, gsize length, const XmlPlace *place, GError **error)
{
  TokenScan scan = {0};
  Token token;
  guint namespaces = 0, attributes = 0;
  while (tokens_next(&scan, text, length, &token)) {
    if (token.kind != TOKEN_START && token.kind != TOKEN_EMPTY)
      continue;
    const char *tag = text + token.start;
    gsize n = token.end - token.start;
    if (n > token.name_length + 4) {
      attributes = count_attributes(tag, n);
      namespaces += count_namespaces(tag, n);
    }
    if (attributes <= XML_MAX_ATTRIBUTES && namespaces <= XML_MAX_ATTRIBUTES)
      continue;
    guint64 at = token.start >= place->around ? place->offset + (token.start - place->around) : 0;
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "byte %" G_GUINT64_FORMAT ": more than %d %s",
                at, XML_MAX_ATTRIBUTES,
                attributes > XML_MAX_ATTRIBUTES ? "attributes in one element"
                                                : "declarations of namespaces");
    return FALSE;
  }
  return TRUE;
}
