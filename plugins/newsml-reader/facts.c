/* SPDX-License-Identifier: Apache-2.0 */
/* What an item says of itself, as metadata: the first to say something is believed. */
#include "news.h"

#define MAX_CATEGORIES 100

void news_set(News *news, const char *key, const char *value)
{
  if (value == NULL || value[0] == '\0' || aver_document_get_metadata(news->document, key) != NULL)
    return;
  aver_document_set_metadata(news->document, key, value, FALSE);
}

void news_set_line(News *news, const char *key, const char *text, gsize length)
{
  if (length == 0)
    return;
  g_autofree char *line = aver_html_squeeze(text, length);
  news_set(news, key, line);
}

void news_set_date(News *news, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_autofree char *line = aver_html_squeeze(value, strlen(value));
  g_autofree char *date = aver_html_normalise_date(line);
  news_set(news, key, date);
}

void news_set_language(News *news, const char *value)
{
  if (value == NULL)
    return;
  g_autofree char *language = aver_html_make_language(value);
  news_set(news, "language", language);
}

void news_set_author(News *news, const char *byline)
{
  if (byline == NULL)
    return;
  g_autofree char *line = aver_html_squeeze(byline, strlen(byline));
  gsize n = strlen(line);
  while (n > 0 && strchr(" ,;:", line[n - 1]) != NULL)
    line[--n] = '\0';
  news_set(news, "author", g_ascii_strncasecmp(line, "by ", 3) == 0 ? line + 3 : line);
}

void news_set_url(News *news, const char *value)
{
  if (value != NULL && (g_str_has_prefix(value, "http://") || g_str_has_prefix(value, "https://")))
    news_set(news, "url", value);
}

void news_add_category(News *news, const char *name)
{
  if (name == NULL || name[0] == '\0' || news->n_categories >= MAX_CATEGORIES)
    return;
  g_autofree char *line = aver_html_squeeze(name, strlen(name));
  aver_buffer_append_char(&news->categories, news->n_categories++ == 0 ? '[' : ',');
  aver_json_append_string(&news->categories, line, strlen(line));
}

/* The headline is metadata, no text, as that of a web page. */
static void drop_headline(News *news)
{
  const char *title = aver_document_get_metadata(news->document, "title");
  AverBuffer *text = &news->scratch->text;
  gsize n = title == NULL ? 0 : strlen(title);
  if (n == 0 || text->length < n + 2 || memcmp(text->data, title, n) != 0 ||
      memcmp(text->data + n, "\n\n", 2) != 0)
    return;
  memmove(text->data, text->data + n + 2, text->length - n - 2);
  text->length -= n + 2;
}

void news_finish(News *news)
{
  const AverBuffer *text = &news->scratch->text;
  drop_headline(news);
  char *copy = aver_document_alloc(news->document, text->length + 1);
  if (text->length > 0)
    memcpy(copy, text->data, text->length);
  aver_document_set_valid_text(news->document, copy, text->length, NULL);
  if (news->n_categories == 0)
    return;
  aver_buffer_append(&news->categories, "]", 2);
  aver_document_set_metadata(news->document, "categories", news->categories.data, TRUE);
}
