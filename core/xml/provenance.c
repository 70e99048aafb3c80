/* SPDX-License-Identifier: Apache-2.0 */
/* Where an item comes from, as a document's metadata. */
#include "xml.h"

#include <aver/html.h>

static void set_number(AverDocument *document, const char *key, guint64 value)
{
  char digits[24];
  g_snprintf(digits, sizeof digits, "%" G_GUINT64_FORMAT, value);
  aver_document_set_metadata(document, key, digits, TRUE);
}

void aver_xml_set_provenance(const AverXml *xml, const AverRecord *record, const char *id,
                             AverDocument *document)
{
  g_return_if_fail(xml != NULL && record != NULL && document != NULL);
  g_auto(AverBuffer) numbered = {0};
  aver_record_set_provenance(record, document);
  set_number(document, "offset", record->offset);
  set_number(document, "record", xml->number);
  aver_document_set_metadata(document, "charset", xml->charset, FALSE);
  if (id == NULL)
    aver_buffer_printf(&numbered, "%s:%" G_GUINT64_FORMAT, record->origin, xml->number);
  aver_document_set_id(document, id == NULL ? numbered.data : id,
                       id == NULL ? (gssize) numbered.length : -1);
}

char *aver_xml_get_line(const AverXml *xml, guint32 element)
{
  g_auto(AverBuffer) text = {0};
  if (element == AVER_XML_NONE)
    return NULL;
  aver_xml_append_text(xml, element, &text);
  char *line = aver_html_squeeze(text.length == 0 ? "" : text.data, text.length);
  if (line[0] == '\0')
    g_clear_pointer(&line, g_free);
  return line;
}
