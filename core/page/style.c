/* SPDX-License-Identifier: Apache-2.0 */
/* The head of a page: the one style sheet, and a policy that allows nothing else. */
#include "page-private.h"

#include "style.h"

const char *aver_page_get_style(void)
{
  return style_sheet;
}

char *aver_page_make_head(void)
{
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(checksum, (const guchar *) style_sheet, (gssize) strlen(style_sheet));
  g_checksum_get_digest(checksum, digest, &length);
  g_autofree char *hash = g_base64_encode(digest, length);
  return g_strdup_printf("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                         "'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, "
                         "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
                         "<meta name=\"referrer\" content=\"no-referrer\">\n<style>%s</style>\n",
                         hash, style_sheet);
}

/* BCP 47, as far as it can be an attribute without a doubt. */
static gboolean is_language(const char *text)
{
  gsize length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
  return length >= 2 && length <= 35 && text[length] == '\0';
}

void aver_page_print_head(AverBuffer *out, const char *head, const char *title,
                          const char *language)
{
  aver_page_print(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  language != NULL && is_language(language) ? language : "en");
  aver_buffer_append_string(out, head);
  aver_page_print(
      out,
      "<title>%s</title>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To the content</a>\n",
      title);
}
