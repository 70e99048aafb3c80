/* SPDX-License-Identifier: Apache-2.0 */
/* XML documents: read from records, and looked at. */
#include "xml.h"

#include <aver/text.h>
#include <libxml/parser.h>
#include <string.h>

/* Bytes that are not kept for the next document. */
#define MUCH ((gsize) 1 << 20)

AverXml *aver_xml_new(void)
{
  xmlInitParser();
  AverXml *xml = g_new0(AverXml, 1);
  xml->nodes = g_array_new(FALSE, FALSE, sizeof(XmlNode));
  xml->attributes = g_array_new(FALSE, FALSE, sizeof(XmlAttribute));
  xml->names = g_string_chunk_new(1024);
  return xml;
}

void aver_xml_free(AverXml *xml)
{
  if (xml == NULL)
    return;
  g_array_unref(xml->nodes);
  g_array_unref(xml->attributes);
  g_string_chunk_free(xml->names);
  aver_buffer_clear(&xml->text);
  aver_buffer_clear(&xml->converted);
  g_free(xml);
}

static void reset(AverXml *xml)
{
  g_array_set_size(xml->nodes, 0);
  g_array_set_size(xml->attributes, 0);
  g_string_chunk_clear(xml->names);
  if (xml->text.capacity + xml->converted.capacity > MUCH) {
    aver_buffer_clear(&xml->text);
    aver_buffer_clear(&xml->converted);
  }
  xml->text.length = xml->converted.length = 0;
  xml->item = 0;
}

/* Reads a decimal number up to a byte; NULL when there is none. */
static const char *number(const char *p, const char *end, char stop, guint64 *value)
{
  const char *begin = p;
  for (*value = 0; p < end && g_ascii_isdigit(*p) && p - begin < 19; p++)
    *value = *value * 10 + (guint64) (*p - '0');
  return p > begin && p < end && *p == stop ? p + 1 : NULL;
}

/* What the cutter wrote before the bytes; NULL when it was not the cutter. */
static const char *read_head(AverXml *xml, const AverRecord *record, guint64 *around,
                             guint64 *depth)
{
  static const char opening[] = "<?xml version=\"1.0\" encoding=\"", middle[] = "\"?><?aver ";
  const char *p = record->data, *end = p + record->length;
  if (record->length < sizeof opening + sizeof middle ||
      memcmp(p, opening, sizeof opening - 1) != 0)
    return NULL;
  p += sizeof opening - 1;
  gsize n = 0;
  while (p < end && *p != '"' && n < sizeof xml->charset - 1)
    xml->charset[n++] = *p++;
  xml->charset[n] = '\0';
  if ((gsize) (end - p) < sizeof middle || memcmp(p, middle, sizeof middle - 1) != 0)
    return NULL;
  p = number(p + sizeof middle - 1, end, ' ', around);
  p = p == NULL ? NULL : number(p, end, ' ', depth);
  p = p == NULL ? NULL : number(p, end, '?', &xml->number);
  if (p == NULL || p == end || *p != '>' || *around > (gsize) (end - p) - 1)
    return NULL;
  return p + 1;
}

/* Appends the bytes as UTF-8. */
static gboolean convert(AverXml *xml, const char *data, gsize length, guint64 offset,
                        GError **error)
{
  gsize read = 0, written = 0;
  g_autoptr(GError) failure = NULL;
  g_autofree char *text =
      g_convert(data, (gssize) length, "utf-8", xml->charset, &read, &written, &failure);
  if (text != NULL && read == length) {
    aver_buffer_append(&xml->converted, text, written);
    return TRUE;
  }
  g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING, "byte %" G_GUINT64_FORMAT " is no %s",
              offset + read, xml->charset);
  return FALSE;
}

static gboolean check_utf8(const char *data, gsize length, const XmlPlace *place, GError **error)
{
  gsize bad;
  if (aver_utf8_validate(data, length, &bad))
    return TRUE;
  if (bad >= place->around)
    g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING, "byte %" G_GUINT64_FORMAT " is no UTF-8",
                place->offset + (bad - place->around));
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING, "what is around the items is no UTF-8");
  return FALSE;
}

/* The document's bytes as UTF-8. */
static gboolean decode(AverXml *xml, const char **data, gsize *length, XmlPlace *place,
                       GError **error)
{
  if (strcmp(xml->charset, "utf-8") == 0 || strcmp(xml->charset, "utf8") == 0 ||
      strcmp(xml->charset, "us-ascii") == 0)
    return check_utf8(*data, *length, place, error);
  if (!convert(xml, *data, place->around, 0, error))
    return FALSE;
  gsize around = xml->converted.length;
  if (!convert(xml, *data + place->around, *length - place->around, place->offset, error))
    return FALSE;
  place->around = around;
  *data = xml->converted.data;
  *length = xml->converted.length;
  return TRUE;
}

/* The last of the elements so deep: the cutter puts nothing behind the item. */
static void find_item(AverXml *xml, guint64 depth)
{
  guint32 node = 0;
  for (; depth > 0; depth--) {
    guint32 last = node;
    for (guint32 i = node + 1; i < xml_node(xml, node)->end; i = xml_node(xml, i)->end)
      last = xml_node(xml, i)->name != NULL ? i : last;
    node = last;
  }
  xml->item = node;
}

gboolean aver_xml_read(AverXml *xml, const AverRecord *record, GError **error)
{
  g_return_val_if_fail(xml != NULL && record != NULL, FALSE);
  guint64 around = 0, depth = 0;
  reset(xml);
  const char *data = read_head(xml, record, &around, &depth);
  if (data == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the record is not one that was cut from XML");
    return FALSE;
  }
  gsize length = record->length - (gsize) (data - record->data);
  XmlPlace place = {(gsize) around, record->offset, record->line};
  if (!decode(xml, &data, &length, &place, error) ||
      !xml_check_counts(data, length, &place, error) ||
      !xml_parse(xml, data, length, &place, error))
    return FALSE;
  find_item(xml, MIN(depth, xml->nodes->len));
  return TRUE;
}

gboolean aver_xml_read_text(AverXml *xml, const char *text, gsize length, GError **error)
{
  g_return_val_if_fail(xml != NULL && (text != NULL || length == 0), FALSE);
  XmlPlace place = {.line = 1};
  reset(xml);
  return check_utf8(text, length, &place, error) && xml_check_counts(text, length, &place, error) &&
         xml_parse(xml, text, length, &place, error);
}

guint32 aver_xml_get_item(const AverXml *xml)
{
  return xml->item;
}

guint64 aver_xml_get_number(const AverXml *xml)
{
  return xml->number;
}

const char *aver_xml_get_charset(const AverXml *xml)
{
  return xml->charset;
}
