/* SPDX-License-Identifier: Apache-2.0 */
/* NITF: the News Industry Text Format of IPTC, by itself or inside other formats. */
#include "news.h"

/* Elements by what they are in HTML; those that are not named run on in their line. */
static const struct {
  const char *nitf, *html;
} names[] = {
    {"block", "div"},   {"body", "div"},    {"bq", "blockquote"}, {"br", "br"},
    {"caption", "p"},   {"credit", "p"},    {"dd", "dd"},         {"dl", "dl"},
    {"dt", "dt"},       {"fn", "div"},      {"hl1", "h2"},        {"hl2", "h2"},
    {"hr", "hr"},       {"li", "li"},       {"media", NULL},      {"nitf-table", "div"},
    {"note", NULL},     {"ol", "ol"},       {"p", "p"},           {"pre", "pre"},
    {"table", "table"}, {"tbody", "tbody"}, {"td", "td"},         {"tfoot", "tfoot"},
    {"th", "th"},       {"thead", "thead"}, {"tr", "tr"},         {"ul", "ul"},
};

static const char *rename_content(const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (strcmp(names[i].nitf, name) == 0)
      return names[i].html;
  return "span";
}

static const char *rename_byline(const char *name)
{
  return strcmp(name, "byttl") == 0 || strcmp(name, "virtloc") == 0 ? NULL : "span";
}

/* The first element that a path of names leads to, each inside the last at any depth. */
static guint32 path(const AverXml *xml, guint32 from, const char *const *steps)
{
  for (; *steps != NULL && from != AVER_XML_NONE; steps++)
    from = aver_xml_find(xml, from, *steps);
  return from;
}

#define PATH(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *attribute(const AverXml *xml, guint32 element, const char *name)
{
  return element == AVER_XML_NONE ? NULL : aver_xml_get_attribute(xml, element, "", name);
}

static void set_author(News *news, const AverXml *xml, guint32 head)
{
  guint32 byline = head == AVER_XML_NONE ? head : aver_xml_find(xml, head, "byline");
  if (byline == AVER_XML_NONE)
    return;
  guint32 person = aver_xml_find(xml, byline, "person");
  g_autofree char *name = person == AVER_XML_NONE ? NULL : aver_xml_get_line(xml, person);
  news_set_author(news, name);
  g_auto(AverBuffer) markup = {0}, line = {0};
  aver_xml_append_html(xml, byline, rename_byline, &markup);
  if (markup.length > 0 &&
      aver_html_append_text(news->scratch->html, markup.data, markup.length, &line, NULL)) {
    aver_buffer_append_char(&line, '\0');
    news_set_author(news, line.data);
  }
  g_autofree char *all = aver_xml_get_line(xml, byline);
  news_set_author(news, all);
}

static void set_title(News *news, const AverXml *xml, guint32 nitf, guint32 head)
{
  const guint32 places[] = {head == AVER_XML_NONE ? head : path(xml, head, PATH("hedline", "hl1")),
                            head == AVER_XML_NONE ? head : path(xml, head, PATH("hedline")),
                            path(xml, nitf, PATH("head", "title"))};
  for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
    g_autofree char *line = aver_xml_get_line(xml, places[i]);
    news_set(news, "title", line);
  }
}

static void set_categories(News *news, const AverXml *xml, guint32 nitf)
{
  guint32 subjects = path(xml, nitf, PATH("head", "tobject"));
  guint32 keys = path(xml, nitf, PATH("docdata", "key-list"));
  guint32 at = subjects == AVER_XML_NONE ? subjects : aver_xml_first(xml, subjects, NULL);
  for (; at != AVER_XML_NONE; at = aver_xml_next(xml, at, NULL)) {
    static const char *const levels[] = {"tobject.subject.type", "tobject.subject.matter",
                                         "tobject.subject.detail"};
    for (guint i = 0; i < G_N_ELEMENTS(levels); i++)
      news_add_category(news, attribute(xml, at, levels[i]));
  }
  at = keys == AVER_XML_NONE ? keys : aver_xml_first(xml, keys, "keyword");
  for (; at != AVER_XML_NONE; at = aver_xml_next(xml, at, "keyword"))
    news_add_category(news, attribute(xml, at, "key"));
}

static void set_facts(News *news, const AverXml *xml, guint32 nitf)
{
  guint32 head = aver_xml_find(xml, nitf, "body.head");
  guint32 publication = path(xml, nitf, PATH("head", "pubdata"));
  set_title(news, xml, nitf, head);
  set_author(news, xml, head);
  news_set_date(news, "published",
                attribute(xml, path(xml, nitf, PATH("docdata", "date.issue")), "norm"));
  news_set_date(news, "published", attribute(xml, publication, "date.publication"));
  news_set_date(news, "published",
                attribute(xml, path(xml, nitf, PATH("dateline", "story.date")), "norm"));
  news_set(news, "site", attribute(xml, publication, "name"));
  news_set(news, "site",
           attribute(xml, path(xml, nitf, PATH("docdata", "doc.copyright")), "holder"));
  if (head != AVER_XML_NONE) {
    g_autofree char *distributor = aver_xml_get_line(xml, aver_xml_find(xml, head, "distributor"));
    news_set(news, "site", distributor);
    g_autofree char *dateline = aver_xml_get_line(xml, aver_xml_find(xml, head, "dateline"));
    news_set(news, "dateline", dateline);
  }
  news_set_language(news, aver_xml_get_attribute(xml, nitf, AVER_XML_NAMESPACE, "lang"));
  guint32 body = aver_xml_first(xml, nitf, "body");
  if (body != AVER_XML_NONE)
    news_set_language(news, aver_xml_get_attribute(xml, body, AVER_XML_NAMESPACE, "lang"));
  set_categories(news, xml, nitf);
}

gboolean nitf_read(News *news, const AverXml *xml, guint32 nitf, GError **error)
{
  guint32 content = aver_xml_find(xml, nitf, "body.content");
  set_facts(news, xml, nitf);
  if (content == AVER_XML_NONE && aver_xml_find(xml, nitf, "body.head") == AVER_XML_NONE)
    content = aver_xml_first(xml, nitf, "body");
  return news_take_element(news, xml, content, rename_content, error) &&
         news_take_element(news, xml, path(xml, nitf, PATH("body.head", "abstract")),
                           rename_content, error);
}
