/* SPDX-License-Identifier: Apache-2.0 */
/* An item of a feed: what it says of itself, as metadata. */
#include "item.h"

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* Bytes that are not kept for the next item. */
#define MUCH ((gsize) 1 << 20)

typedef struct {
  ItemScratch *scratch;
  const AverXml *xml;
  AverDocument *document;
  guint32 item;
  gboolean atom;
} Item;

/* The first child of that name, of the item or of what is around it, in the item's namespace: in
 * RSS 1.0 what is around it is in that of RDF. */
static guint32 child(const Item *item, guint32 parent, const char *name)
{
  const char *own = aver_xml_get_space(item->xml, item->item);
  guint32 found = aver_xml_first(item->xml, parent, name);
  while (found != AVER_XML_NONE && strcmp(aver_xml_get_space(item->xml, found), own) != 0)
    found = aver_xml_next(item->xml, found, name);
  return found;
}

/* Takes @value; only the first of a key counts. */
static gboolean set(const Item *item, const char *key, char *value)
{
  g_autofree char *owned = value;
  if (owned == NULL || aver_document_get_metadata(item->document, key) != NULL)
    return FALSE;
  aver_document_set_metadata(item->document, key, owned, FALSE);
  return TRUE;
}

static void set_date(const Item *item, const char *key, guint32 element)
{
  g_autofree char *line = item_line(item->scratch, element);
  if (line != NULL)
    set(item, key, aver_html_normalise_date(line));
}

static void set_dates(const Item *item)
{
  static const char *const published[] = {"pubDate", "published", "issued", "created"};
  static const char *const modified[] = {"updated", "modified"};
  for (guint i = 0; i < G_N_ELEMENTS(published); i++)
    set_date(item, "published", child(item, item->item, published[i]));
  set_date(item, "published", foreign_child(item->xml, item->item, is_dublin_core, "date"));
  set_date(item, "published", foreign_child(item->xml, item->item, is_dublin_core, "issued"));
  set_date(item, "published", foreign_child(item->xml, item->item, is_atom, "published"));
  for (guint i = 0; i < G_N_ELEMENTS(modified); i++)
    set_date(item, "modified", child(item, item->item, modified[i]));
  set_date(item, "modified", foreign_child(item->xml, item->item, is_dublin_core, "modified"));
  set_date(item, "modified", foreign_child(item->xml, item->item, is_atom, "updated"));
  const char *last = aver_document_get_metadata(item->document, "modified");
  if (last != NULL)
    set(item, "published", g_strdup(last));
}

/* "desk@example.org (Ida Renn)", as RSS has it; an address alone is no name. */
static char *person(char *text)
{
  const char *open = text == NULL ? NULL : strchr(text, '(');
  const char *close = open == NULL ? NULL : strrchr(open, ')');
  if (text == NULL || memchr(text, '@', strlen(text)) == NULL)
    return text;
  char *name =
      close == NULL || close == open + 1 ? NULL : g_strndup(open + 1, (gsize) (close - open) - 1);
  g_free(text);
  return name;
}

static void add_name(GString *names, char *name)
{
  if (name != NULL && names->len < 1000)
    g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", name);
  g_free(name);
}

/* All authors in an element, an item or what is around it. */
static gboolean set_author(const Item *item, guint32 parent)
{
  const AverXml *xml = item->xml;
  g_autoptr(GString) names = g_string_new(NULL);
  for (guint32 i = aver_xml_first(xml, parent, NULL); i != AVER_XML_NONE;
       i = aver_xml_next(xml, i, NULL)) {
    const char *name = aver_xml_get_name(xml, i);
    gboolean dublin = is_dublin_core(xml, i) && strcmp(name, "creator") == 0;
    guint32 inner = AVER_XML_NONE;
    if (strcmp(name, "author") == 0)
      inner = aver_xml_first(xml, i, "name");
    else if (!dublin)
      continue;
    gboolean own = strcmp(aver_xml_get_space(xml, i), aver_xml_get_space(xml, parent)) == 0;
    if (dublin || own || is_atom(xml, i))
      add_name(names, person(item_line(item->scratch, inner == AVER_XML_NONE ? i : inner)));
  }
  return names->len > 0 && set(item, "author", g_strdup(names->str));
}

static void set_language(const Item *item)
{
  for (guint32 at = item->item; at != AVER_XML_NONE; at = aver_xml_get_parent(item->xml, at)) {
    const char *tag = aver_xml_get_attribute(item->xml, at, AVER_XML_NAMESPACE, "lang");
    g_autofree char *line =
        item_line(item->scratch, foreign_child(item->xml, at, is_dublin_core, "language"));
    g_autofree char *own = item_line(item->scratch, child(item, at, "language"));
    const char *found = line != NULL ? line : own != NULL ? own : tag;
    if (found != NULL && set(item, "language", aver_html_make_language(found)))
      return;
  }
}

/* An absolute address, or NULL; relative ones are taken from xml:base and the feed's address. */
static char *resolve(const Item *item, const char *address)
{
  g_autofree char *base = NULL;
  if (address == NULL || strlen(address) > 4000)
    return NULL;
  g_autofree char *text = aver_html_squeeze(address, strlen(address));
  if (text[0] == '\0')
    return NULL;
  for (guint32 at = item->item; at != AVER_XML_NONE && base == NULL;
       at = aver_xml_get_parent(item->xml, at)) {
    base = g_strdup(aver_xml_get_attribute(item->xml, at, AVER_XML_NAMESPACE, "base"));
    if (base == NULL && at != item->item)
      base = item_line(item->scratch, child(item, at, "link"));
  }
  char *absolute =
      g_uri_resolve_relative(base, text, G_URI_FLAGS_ENCODED | G_URI_FLAGS_PARSE_RELAXED, NULL);
  if (absolute != NULL &&
      (g_str_has_prefix(absolute, "http://") || g_str_has_prefix(absolute, "https://")))
    return absolute;
  g_free(absolute);
  return NULL;
}

/* Atom's links have a relation; that to the item's page is "alternate", also when none is said. */
static char *atom_link(const Item *item, InNamespace in)
{
  const AverXml *xml = item->xml;
  for (guint32 i = aver_xml_first(xml, item->item, "link"); i != AVER_XML_NONE;
       i = aver_xml_next(xml, i, "link")) {
    const char *relation = aver_xml_get_attribute(xml, i, "", "rel");
    if (in(xml, i) && (relation == NULL || strcmp(relation, "alternate") == 0))
      return resolve(item, aver_xml_get_attribute(xml, i, "", "href"));
  }
  return NULL;
}

static gboolean anything(const AverXml *xml, guint32 element)
{
  (void) xml;
  (void) element;
  return TRUE;
}

static void set_address(const Item *item)
{
  if (item->atom) {
    set(item, "url", atom_link(item, anything));
    return;
  }
  g_autofree char *link = item_line(item->scratch, child(item, item->item, "link"));
  guint32 guid = child(item, item->item, "guid");
  const char *lasting =
      guid == AVER_XML_NONE ? "false" : aver_xml_get_attribute(item->xml, guid, "", "isPermaLink");
  set(item, "url", resolve(item, link));
  set(item, "url", atom_link(item, is_atom));
  g_autofree char *name = item_line(item->scratch, guid);
  if (lasting == NULL || strcmp(lasting, "true") == 0)
    set(item, "url", name != NULL && strstr(name, "://") != NULL ? resolve(item, name) : NULL);
}

/* The site: the title of what the item is in. */
static void set_site(const Item *item)
{
  guint32 at = aver_xml_get_parent(item->xml, item->item);
  for (; at != AVER_XML_NONE; at = aver_xml_get_parent(item->xml, at)) {
    set(item, "site", item_line(item->scratch, child(item, at, "title")));
    if (aver_document_get_metadata(item->document, "author") == NULL && item->atom)
      set_author(item, at);
  }
}

static void set_categories(const Item *item)
{
  g_auto(AverBuffer) list = {0};
  const AverXml *xml = item->xml;
  guint n = 0;
  for (guint32 i = aver_xml_first(xml, item->item, NULL); i != AVER_XML_NONE && n < 100;
       i = aver_xml_next(xml, i, NULL)) {
    const char *name = aver_xml_get_name(xml, i);
    if (strcmp(name, "category") != 0 && (strcmp(name, "subject") != 0 || !is_dublin_core(xml, i)))
      continue;
    const char *label = aver_xml_get_attribute(xml, i, "", "label");
    const char *term = aver_xml_get_attribute(xml, i, "", "term");
    label = label == NULL ? term : label;
    g_autofree char *text =
        label != NULL ? aver_html_squeeze(label, strlen(label)) : item_line(item->scratch, i);
    if (text == NULL || text[0] == '\0')
      continue;
    aver_buffer_append_char(&list, n++ == 0 ? '[' : ',');
    aver_json_append_string(&list, text, strlen(text));
  }
  if (n == 0)
    return;
  aver_buffer_append(&list, "]", 2);
  aver_document_set_metadata(item->document, "categories", list.data, TRUE);
}

/* What the feed calls the item, which stays when the feed is fetched again. */
static char *find_name(const Item *item)
{
  const char *about = aver_xml_get_attribute(item->xml, item->item, RDF, "about");
  char *name = item_line(item->scratch, child(item, item->item, item->atom ? "id" : "guid"));
  if (name == NULL && about != NULL && about[0] != '\0')
    name = aver_html_squeeze(about, strlen(about));
  if (name == NULL)
    name = g_strdup(aver_document_get_metadata(item->document, "url"));
  return name;
}

static void set_text(const Item *item)
{
  const AverBuffer *text = &item->scratch->text;
  char *copy = aver_document_alloc(item->document, text->length + 1);
  if (text->length > 0)
    memcpy(copy, text->data, text->length);
  aver_document_set_valid_text(item->document, copy, text->length, NULL);
  if (text->capacity > MUCH)
    aver_buffer_clear(&item->scratch->text);
}

gboolean item_read(ItemScratch *scratch, const AverRecord *record, AverDocument *document,
                   GError **error)
{
  if (!aver_xml_read(scratch->xml, record, error))
    return FALSE;
  Item item = {scratch, scratch->xml, document, aver_xml_get_item(scratch->xml), FALSE};
  item.atom = strcmp(aver_xml_get_name(item.xml, item.item), "entry") == 0;
  if (!item_find_text(scratch, item.item, error))
    return FALSE;
  if (scratch->raw.capacity > MUCH)
    aver_buffer_clear(&scratch->raw);
  set_text(&item);
  set(&item, "title", item_line(scratch, child(&item, item.item, "title")));
  set(&item, "title",
      item_line(scratch, foreign_child(item.xml, item.item, is_dublin_core, "title")));
  set_dates(&item);
  set_author(&item, item.item);
  set_language(&item);
  set_address(&item);
  set_site(&item);
  set_categories(&item);
  g_autofree char *name = find_name(&item);
  aver_xml_set_provenance(item.xml, record, name, document);
  return TRUE;
}
