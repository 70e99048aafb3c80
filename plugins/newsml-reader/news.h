/* SPDX-License-Identifier: Apache-2.0 */
/* An item of news on its way to a document, whichever format it has. */
#pragma once

#include <aver/aver.h>
#include <aver/html.h>
#include <aver/xml.h>

/* What one worker needs, reused from item to item. */
typedef struct {
  AverXml *xml;
  AverXml *inner; /* of XML inside JSON */
  AverHtml *html;
  AverBuffer raw;
  AverBuffer text; /* the document's */
} NewsScratch;

/* One item being read. Of each fact the first value counts. */
typedef struct {
  NewsScratch *scratch;
  AverDocument *document;
  AverBuffer categories; /* a list in JSON without its end */
  guint n_categories;
} News;

void news_set(News *news, const char *key, const char *value);
void news_set_line(News *news, const char *key, const char *text, gsize length);
void news_set_date(News *news, const char *key, const char *value);
void news_set_language(News *news, const char *value);
void news_set_author(News *news, const char *byline);
void news_set_url(News *news, const char *value);
void news_add_category(News *news, const char *name);

/* The text and the categories into the document. */
void news_finish(News *news);

/* What there is as text, when there is none yet. */
gboolean news_take_html(News *news, const char *data, gsize length, GError **error);
gboolean news_take_guess(News *news, const char *data, gsize length, GError **error);
gboolean news_take_plain(News *news, const char *data, gsize length);
gboolean news_take_element(News *news, const AverXml *xml, guint32 element, AverXmlRename rename,
                           GError **error);

/* What NITF says of itself, and its text. */
gboolean nitf_read(News *news, const AverXml *xml, guint32 nitf, GError **error);

/* A newsItem or packageItem of NewsML-G2. */
gboolean g2_read(News *news, const AverXml *xml, guint32 item, GError **error);

/* An object of ninjs. @id gets what it calls itself, or NULL. */
gboolean ninjs_read(News *news, const AverRecord *record, char **id, GError **error);
