/* SPDX-License-Identifier: Apache-2.0 */
/* The text of an item: which element holds it, and whether that is HTML. */
#include "item.h"

#define ATOM    "http://www.w3.org/2005/Atom"
#define ATOM_03 "http://purl.org/atom/ns#"

static gboolean is_in(const AverXml *xml, guint32 element, const char *address, const char *prefix)
{
  const char *space = aver_xml_get_space(xml, element);
  return strcmp(space, address) == 0 || strcmp(space, prefix) == 0;
}

gboolean is_dublin_core(const AverXml *xml, guint32 element)
{
  return is_in(xml, element, "http://purl.org/dc/elements/1.1/", "dc") ||
         is_in(xml, element, "http://purl.org/dc/terms/", "dcterms");
}

gboolean is_content(const AverXml *xml, guint32 element)
{
  return is_in(xml, element, "http://purl.org/rss/1.0/modules/content/", "content");
}

gboolean is_atom(const AverXml *xml, guint32 element)
{
  return is_in(xml, element, ATOM, "atom") || is_in(xml, element, ATOM_03, "atom");
}

guint32 item_child(const AverXml *xml, guint32 parent, const char *name)
{
  const char *own = aver_xml_get_space(xml, parent);
  guint32 child = aver_xml_first(xml, parent, name);
  while (child != AVER_XML_NONE && strcmp(aver_xml_get_space(xml, child), own) != 0)
    child = aver_xml_next(xml, child, name);
  return child;
}

guint32 foreign_child(const AverXml *xml, guint32 parent, InNamespace in, const char *name)
{
  guint32 child = aver_xml_first(xml, parent, name);
  while (child != AVER_XML_NONE && !in(xml, child))
    child = aver_xml_next(xml, child, name);
  return child;
}

/* scratch->raw as text. */
static gboolean take_guess(ItemScratch *scratch, GError **error)
{
  const AverBuffer *raw = &scratch->raw;
  return raw->length == 0 ||
         aver_html_append_guess(scratch->html, raw->data, raw->length, &scratch->text, error);
}

/* What is in an element, which is markup itself. */
static gboolean take_markup(ItemScratch *scratch, guint32 element, GError **error)
{
  AverBuffer *raw = &scratch->raw;
  aver_xml_append_html(scratch->xml, element, NULL, raw);
  return raw->length == 0 ||
         aver_html_append_text(scratch->html, raw->data, raw->length, &scratch->text, error);
}

static gboolean take_rss(ItemScratch *scratch, guint32 element, GError **error)
{
  const AverXml *xml = scratch->xml;
  scratch->raw.length = 0;
  if (element == AVER_XML_NONE)
    return TRUE;
  if (aver_xml_first(xml, element, NULL) != AVER_XML_NONE)
    return take_markup(scratch, element, error);
  aver_xml_append_text(xml, element, &scratch->raw);
  return take_guess(scratch, error);
}

/* scratch->raw as it stands, without white space around it. */
static void take_plain(ItemScratch *scratch)
{
  const AverBuffer *raw = &scratch->raw;
  gsize begin = 0, end = raw->length;
  if (end == 0)
    return;
  while (begin < end && g_ascii_isspace(raw->data[begin]))
    begin++;
  while (end > begin && g_ascii_isspace(raw->data[end - 1]))
    end--;
  aver_buffer_append(&scratch->text, raw->data + begin, end - begin);
}

/* RFC 4287, 3.1 and 4.1.3; the names of Atom 0.3 as well. */
static gboolean take_atom(ItemScratch *scratch, guint32 element, GError **error)
{
  const AverXml *xml = scratch->xml;
  scratch->raw.length = 0;
  if (element == AVER_XML_NONE || aver_xml_get_attribute(xml, element, "", "src") != NULL)
    return TRUE;
  const char *type = aver_xml_get_attribute(xml, element, "", "type");
  const char *mode = aver_xml_get_attribute(xml, element, "", "mode");
  type = type == NULL ? "text" : type;
  gboolean html = strcmp(type, "html") == 0 || g_ascii_strcasecmp(type, "text/html") == 0;
  if (aver_xml_first(xml, element, NULL) != AVER_XML_NONE)
    return take_markup(scratch, element, error);
  if (!html && strcmp(type, "text") != 0 && strcmp(type, "xhtml") != 0 &&
      g_ascii_strncasecmp(type, "text/", 5) != 0)
    return TRUE; /* a picture, say, in base64 */
  aver_xml_append_text(xml, element, &scratch->raw);
  if (html || (mode != NULL && strcmp(mode, "escaped") == 0))
    return take_guess(scratch, error);
  take_plain(scratch);
  return TRUE;
}

gboolean item_find_text(ItemScratch *scratch, guint32 item, GError **error)
{
  const AverXml *xml = scratch->xml;
  scratch->text.length = 0;
  if (strcmp(aver_xml_get_name(xml, item), "entry") == 0)
    return take_atom(scratch, item_child(xml, item, "content"), error) &&
           (scratch->text.length > 0 ||
            take_atom(scratch, item_child(xml, item, "summary"), error));
  if (!take_rss(scratch, foreign_child(xml, item, is_content, "encoded"), error))
    return FALSE;
  if (scratch->text.length == 0 &&
      !take_atom(scratch, foreign_child(xml, item, is_atom, "content"), error))
    return FALSE;
  if (scratch->text.length == 0 && !take_rss(scratch, item_child(xml, item, "description"), error))
    return FALSE;
  return scratch->text.length > 0 ||
         take_rss(scratch, foreign_child(xml, item, is_dublin_core, "description"), error);
}

/* Atom says what is markup; RSS does not. */
static gboolean may_be_markup(const AverXml *xml, guint32 element)
{
  const char *type = aver_xml_get_attribute(xml, element, "", "type");
  return !is_atom(xml, element) || (type != NULL && strstr(type, "html") != NULL);
}

char *item_line(ItemScratch *scratch, guint32 element)
{
  g_auto(AverBuffer) line = {0};
  char *text = aver_xml_get_line(scratch->xml, element);
  if (text == NULL || !may_be_markup(scratch->xml, element) ||
      !aver_html_is_markup(text, strlen(text)) ||
      !aver_html_append_text(scratch->html, text, strlen(text), &line, NULL))
    return text;
  g_free(text);
  return line.length == 0 ? NULL : aver_html_squeeze(line.data, line.length);
}
