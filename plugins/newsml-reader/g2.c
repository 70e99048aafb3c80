/* SPDX-License-Identifier: Apache-2.0 */
/* NewsML-G2: newsItem and packageItem. */
#include "news.h"

static guint32 child(const AverXml *xml, guint32 parent, const char *name)
{
  return parent == AVER_XML_NONE ? parent : aver_xml_first(xml, parent, name);
}

static const char *attribute(const AverXml *xml, guint32 element, const char *name)
{
  return element == AVER_XML_NONE ? NULL : aver_xml_get_attribute(xml, element, "", name);
}

/* The name in an element, or what it is called by. */
static char *name_of(const AverXml *xml, guint32 element)
{
  static const char *const calls[] = {"literal", "qcode", "uri"};
  char *name = aver_xml_get_line(xml, child(xml, element, "name"));
  for (guint i = 0; i < G_N_ELEMENTS(calls) && name == NULL; i++)
    name = g_strdup(attribute(xml, element, calls[i]));
  return name;
}

static void set_date(News *news, const char *key, const AverXml *xml, guint32 parent,
                     const char *name)
{
  g_autofree char *line = aver_xml_get_line(xml, child(xml, parent, name));
  news_set_date(news, key, line);
}

static void set_authors(News *news, const AverXml *xml, guint32 content)
{
  g_autofree char *by = aver_xml_get_line(xml, child(xml, content, "by"));
  g_autoptr(GString) names = g_string_new(NULL);
  for (guint32 at = child(xml, content, "creator"); at != AVER_XML_NONE && names->len < 1000;
       at = aver_xml_next(xml, at, "creator")) {
    g_autofree char *name = aver_xml_get_line(xml, child(xml, at, "name"));
    const char *literal = attribute(xml, at, "literal");
    if (name != NULL || literal != NULL)
      g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "",
                             name == NULL ? literal : name);
  }
  news_set_author(news, names->str);
  news_set_author(news, by);
}

static void set_about_item(News *news, const AverXml *xml, guint32 item)
{
  guint32 about = child(xml, item, "itemMeta"), rights = child(xml, item, "rightsInfo");
  const char *class = attribute(xml, child(xml, about, "itemClass"), "qcode");
  const char *status = attribute(xml, child(xml, about, "pubStatus"), "qcode");
  set_date(news, "published", xml, about, "firstCreated");
  set_date(news, "modified", xml, about, "versionCreated");
  set_date(news, "embargoed", xml, about, "embargoed");
  if (class != NULL)
    news_set(news, "type", strchr(class, ':') == NULL ? class : strchr(class, ':') + 1);
  if (status != NULL)
    news_set(news, "status", strchr(status, ':') == NULL ? status : strchr(status, ':') + 1);
  news_set(news, "version", attribute(xml, item, "version"));
  g_autofree char *holder =
      aver_xml_get_line(xml, child(xml, child(xml, rights, "copyrightHolder"), "name"));
  g_autofree char *provider =
      aver_xml_get_line(xml, child(xml, child(xml, about, "provider"), "name"));
  g_autofree char *called = name_of(xml, child(xml, about, "provider"));
  news_set(news, "site", provider);
  news_set(news, "site", holder);
  news_set(news, "site", called);
}

static void set_about_content(News *news, const AverXml *xml, guint32 item)
{
  guint32 about = child(xml, item, "contentMeta");
  g_autofree char *headline = aver_xml_get_line(xml, child(xml, about, "headline"));
  news_set(news, "title", headline);
  set_date(news, "published", xml, about, "contentCreated");
  set_authors(news, xml, about);
  news_set_language(news, attribute(xml, child(xml, about, "language"), "tag"));
  for (guint32 at = child(xml, about, "subject"); at != AVER_XML_NONE;
       at = aver_xml_next(xml, at, "subject")) {
    g_autofree char *name = aver_xml_get_line(xml, child(xml, at, "name"));
    news_add_category(news, name);
  }
  g_autofree char *slug = aver_xml_get_line(xml, child(xml, about, "slugline"));
  news_set(news, "slugline", slug);
}

static gboolean take_inline_xml(News *news, const AverXml *xml, guint32 element, GError **error)
{
  guint32 nitf = aver_xml_first(xml, element, "nitf");
  guint32 html = aver_xml_first(xml, element, "html");
  if (nitf != AVER_XML_NONE)
    return nitf_read(news, xml, nitf, error);
  if (html != AVER_XML_NONE && aver_xml_first(xml, html, "body") != AVER_XML_NONE)
    element = aver_xml_first(xml, html, "body");
  return news_take_element(news, xml, element, NULL, error);
}

static gboolean take_inline_data(News *news, const AverXml *xml, guint32 element, GError **error)
{
  AverBuffer *raw = &news->scratch->raw;
  const char *type = attribute(xml, element, "contenttype");
  raw->length = 0;
  if (attribute(xml, element, "encoding") != NULL)
    return TRUE; /* base64, and no text */
  if (aver_xml_first(xml, element, NULL) != AVER_XML_NONE)
    return take_inline_xml(news, xml, element, error);
  aver_xml_append_text(xml, element, raw);
  if (type != NULL && strcmp(type, "text/plain") == 0)
    return raw->length == 0 || news_take_plain(news, raw->data, raw->length);
  if (type != NULL && strstr(type, "html") == NULL && !g_str_has_prefix(type, "text/"))
    return TRUE;
  return news_take_guess(news, raw->data, raw->length, error);
}

static gboolean take_content(News *news, const AverXml *xml, guint32 item, GError **error)
{
  guint32 set = child(xml, item, "contentSet");
  for (guint32 at = child(xml, set, NULL); at != AVER_XML_NONE; at = aver_xml_next(xml, at, NULL)) {
    const char *name = aver_xml_get_name(xml, at);
    if (strcmp(name, "inlineXML") == 0 && !take_inline_xml(news, xml, at, error))
      return FALSE;
    if (strcmp(name, "inlineData") == 0 && !take_inline_data(news, xml, at, error))
      return FALSE;
  }
  return TRUE;
}

/* Pictures and packages have a caption or a summary. */
static gboolean take_description(News *news, const AverXml *xml, guint32 item, GError **error)
{
  guint32 about = child(xml, item, "contentMeta");
  for (guint32 at = child(xml, about, "description"); at != AVER_XML_NONE;
       at = aver_xml_next(xml, at, "description"))
    if (!news_take_element(news, xml, at, NULL, error))
      return FALSE;
  return TRUE;
}

gboolean g2_read(News *news, const AverXml *xml, guint32 item, GError **error)
{
  set_about_item(news, xml, item);
  set_about_content(news, xml, item);
  if (!take_content(news, xml, item, error) || !take_description(news, xml, item, error))
    return FALSE;
  news_set(news, "published", aver_document_get_metadata(news->document, "modified"));
  for (guint32 at = item; at != AVER_XML_NONE; at = aver_xml_get_parent(xml, at))
    news_set_language(news, aver_xml_get_attribute(xml, at, AVER_XML_NAMESPACE, "lang"));
  return TRUE;
}
