/* SPDX-License-Identifier: Apache-2.0 */
/* Content of the kinds that news comes in, as text. */
#include "news.h"

static gboolean has_text(const News *news)
{
  return news->scratch->text.length > 0;
}

gboolean news_take_html(News *news, const char *data, gsize length, GError **error)
{
  return has_text(news) || length == 0 ||
         aver_html_append_text(news->scratch->html, data, length, &news->scratch->text, error);
}

gboolean news_take_guess(News *news, const char *data, gsize length, GError **error)
{
  return has_text(news) || length == 0 ||
         aver_html_append_guess(news->scratch->html, data, length, &news->scratch->text, error);
}

gboolean news_take_plain(News *news, const char *data, gsize length)
{
  while (length > 0 && g_ascii_isspace(data[length - 1]))
    length--;
  for (; length > 0 && g_ascii_isspace(*data); length--)
    data++;
  if (!has_text(news))
    aver_buffer_append(&news->scratch->text, data, length);
  return TRUE;
}

gboolean news_take_element(News *news, const AverXml *xml, guint32 element, AverXmlRename rename,
                           GError **error)
{
  AverBuffer *raw = &news->scratch->raw;
  raw->length = 0;
  if (has_text(news) || element == AVER_XML_NONE)
    return TRUE;
  aver_xml_append_html(xml, element, rename, raw);
  return news_take_html(news, raw->data, raw->length, error);
}
