/* SPDX-License-Identifier: Apache-2.0 */
/* What a message holds, by its header or its first bytes. */
#include "format.h"

#include <string.h>

const char *const format_names[] = {"auto", "json", "text", "html", "newsml", "pdf", NULL};
const char *const format_readers[] = {"jsonl-reader",  "text-reader", "html-reader",
                                      "newsml-reader", "pdf-reader",  NULL};

/* In the order of the formats, but the first of each is the one to write. */
static const struct {
  const char *type;
  Format format;
} types[] = {
    {"application/json", FORMAT_JSON},
    {"text/plain", FORMAT_TEXT},
    {"text/html", FORMAT_HTML},
    {"application/vnd.iptc.g2.newsitem+xml", FORMAT_NEWSML},
    {"application/pdf", FORMAT_PDF},
    {"application/xhtml+xml", FORMAT_HTML},
    {"application/vnd.iptc.g2.newsmessage+xml", FORMAT_NEWSML},
};

static Format find_type(const char *type)
{
  gsize length = strcspn(type, "; \t");
  for (guint i = 0; i < G_N_ELEMENTS(types); i++)
    if (strlen(types[i].type) == length && g_ascii_strncasecmp(types[i].type, type, length) == 0)
      return types[i].format;
  return FORMAT_AUTO;
}

static gboolean begins(const char *data, gsize length, const char *with)
{
  gsize n = strlen(with);
  return length >= n && g_ascii_strncasecmp(data, with, n) == 0;
}

Format format_find(const char *type, const char *data, gsize length)
{
  Format format = type == NULL ? FORMAT_AUTO : find_type(type);
  if (format != FORMAT_AUTO)
    return format;
  if (begins(data, length, "\xef\xbb\xbf")) {
    data += 3;
    length -= 3;
  }
  while (length > 0 && strchr(" \t\r\n", *data) != NULL && *data != '\0') {
    data++;
    length--;
  }
  if (length > 0 && *data == '{')
    return FORMAT_JSON;
  if (begins(data, length, "%PDF-"))
    return FORMAT_PDF;
  return begins(data, length, "<") ? FORMAT_HTML : FORMAT_TEXT;
}

const char *format_get_type(guint32 delegate)
{
  return delegate == 0 || delegate >= N_FORMATS ? "text/plain" : types[delegate - 1].type;
}
