/* SPDX-License-Identifier: Apache-2.0 */
/* What an archive knows of a document: where it was found, when, and as what. */
#include "reader.h"

#include <string.h>

/* Languages as identified by crawlers (ISO 639-3) that have a shorter name (ISO 639-1), which BCP
 * 47 wants then. */
static const char languages[][2][4] = {
    {"ara", "ar"}, {"bul", "bg"}, {"cat", "ca"}, {"ces", "cs"}, {"dan", "da"}, {"deu", "de"},
    {"ell", "el"}, {"eng", "en"}, {"est", "et"}, {"fas", "fa"}, {"fin", "fi"}, {"fra", "fr"},
    {"heb", "he"}, {"hin", "hi"}, {"hrv", "hr"}, {"hun", "hu"}, {"ind", "id"}, {"ita", "it"},
    {"jpn", "ja"}, {"kor", "ko"}, {"lav", "lv"}, {"lit", "lt"}, {"nld", "nl"}, {"nor", "no"},
    {"pol", "pl"}, {"por", "pt"}, {"ron", "ro"}, {"rus", "ru"}, {"slk", "sk"}, {"slv", "sl"},
    {"spa", "es"}, {"srp", "sr"}, {"swe", "sv"}, {"tha", "th"}, {"tur", "tr"}, {"ukr", "uk"},
    {"vie", "vi"}, {"zho", "zh"},
};

/* Addresses may hold any bytes: all that are no printable ASCII are escaped (RFC 3986). */
static void set_address(AverDocument *document, const char *key, Slice value)
{
  if (value.length == 0)
    return;
  GString *text = g_string_sized_new(value.length);
  gboolean utf8 = aver_utf8_validate(value.data, value.length, NULL);
  for (gsize i = 0; i < value.length; i++) {
    guchar byte = (guchar) value.data[i];
    if (byte < ' ' || byte == 0x7f || (byte >= 0x80 && !utf8))
      g_string_append_printf(text, "%%%02X", byte);
    else
      g_string_append_c(text, (char) byte);
  }
  aver_document_set_metadata(document, key, text->str, FALSE);
  g_string_free(text, TRUE);
}

static gboolean is_date(Slice date)
{
  for (gsize i = 0; i < date.length; i++)
    if (!g_ascii_isdigit(date.data[i]) && strchr("-:.TZ+", date.data[i]) == NULL)
      return FALSE;
  return date.length >= 4 && date.length <= 40;
}

/* The 14 digits of ARC, or ISO 8601 as it is. */
static void set_fetched(AverDocument *document, const Head *head)
{
  const char *d = head->date.data;
  g_autofree char *text = NULL;
  if (!is_date(head->date))
    return;
  if (!head->arc)
    text = g_strndup(d, head->date.length);
  else if (head->date.length >= 14)
    text =
        g_strdup_printf("%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", d, d + 4, d + 6, d + 8, d + 10, d + 12);
  else
    text = g_strdup_printf("%.4s-%.2s-%.2s", d, d + 4, d + 6);
  aver_document_set_metadata(document, "fetched", text, FALSE);
}

/* The first of a list of languages. */
static void set_language(AverDocument *document, Slice list)
{
  char tag[16];
  gsize n = 0;
  while (n < list.length && n < sizeof tag - 1 &&
         (g_ascii_isalnum(list.data[n]) || list.data[n] == '-')) {
    tag[n] = list.data[n];
    n++;
  }
  if (n < 2 || (n < list.length && list.data[n] != ',' && list.data[n] != ' '))
    return;
  tag[n] = '\0';
  const char *language = tag;
  for (guint i = 0; i < G_N_ELEMENTS(languages); i++)
    if (strcmp(tag, languages[i][0]) == 0)
      language = languages[i][1];
  aver_document_set_metadata(document, "language", language, FALSE);
}

/* @canonical: the page's address as the page has it. */
static void keep_canonical(AverDocument *document)
{
  const char *canonical = aver_document_get_metadata(document, "url");
  if (canonical != NULL) {
    g_autofree char *copy = g_strdup(canonical);
    aver_document_set_metadata(document, "canonical", copy, FALSE);
  }
}

void facts_add(const AverRecord *record, const Head *head, const Payload *payload,
               AverDocument *document)
{
  aver_record_set_provenance(record, document);
  g_autofree char *id = g_strdup_printf("%s:%" G_GUINT64_FORMAT, record->origin, record->offset);
  g_autofree char *offset = g_strdup_printf("%" G_GUINT64_FORMAT, record->offset);
  aver_document_set_id(document, id, -1);
  aver_document_set_metadata(document, "offset", offset, TRUE);
  if (head->uri.length > 0)
    keep_canonical(document);
  set_address(document, "url", head->uri);
  set_address(document, "record_id", head->id);
  set_address(document, "truncated", head->truncated);
  set_fetched(document, head);
  if (aver_document_get_metadata(document, "language") == NULL)
    set_language(document, payload->language.length > 0 ? payload->language : head->languages);
  g_autofree char *media = g_ascii_strdown(payload->media.data, (gssize) payload->media.length);
  aver_document_set_metadata(document, "media_type", media, FALSE);
}
