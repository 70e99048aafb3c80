/* SPDX-License-Identifier: Apache-2.0 */
/* Elements: found by their names, and what is in them as text or as HTML. */
#include "xml.h"

#include <string.h>

static gboolean is_named(const AverXml *xml, guint32 node, const char *name)
{
  const char *own = xml_node(xml, node)->name;
  return own != NULL && (name == NULL || strcmp(own, name) == 0);
}

/* The first element of that name from a node on, up to a node. */
static guint32 beside(const AverXml *xml, guint32 node, guint32 end, const char *name)
{
  while (node < end && !is_named(xml, node, name))
    node = xml_node(xml, node)->end;
  return node < end ? node : AVER_XML_NONE;
}

guint32 aver_xml_first(const AverXml *xml, guint32 parent, const char *name)
{
  g_return_val_if_fail(xml != NULL && parent < xml->nodes->len, AVER_XML_NONE);
  return beside(xml, parent + 1, xml_node(xml, parent)->end, name);
}

guint32 aver_xml_next(const AverXml *xml, guint32 element, const char *name)
{
  g_return_val_if_fail(xml != NULL && element < xml->nodes->len, AVER_XML_NONE);
  guint32 parent = xml_node(xml, element)->parent;
  if (parent == AVER_XML_NONE)
    return AVER_XML_NONE;
  return beside(xml, xml_node(xml, element)->end, xml_node(xml, parent)->end, name);
}

guint32 aver_xml_find(const AverXml *xml, guint32 parent, const char *name)
{
  g_return_val_if_fail(xml != NULL && parent < xml->nodes->len && name != NULL, AVER_XML_NONE);
  for (guint32 i = parent + 1; i < xml_node(xml, parent)->end; i++)
    if (is_named(xml, i, name))
      return i;
  return AVER_XML_NONE;
}

guint32 aver_xml_get_parent(const AverXml *xml, guint32 element)
{
  g_return_val_if_fail(xml != NULL && element < xml->nodes->len, AVER_XML_NONE);
  return xml_node(xml, element)->parent;
}

const char *aver_xml_get_name(const AverXml *xml, guint32 element)
{
  g_return_val_if_fail(xml != NULL && element < xml->nodes->len, "");
  return xml_node(xml, element)->name;
}

const char *aver_xml_get_space(const AverXml *xml, guint32 element)
{
  g_return_val_if_fail(xml != NULL && element < xml->nodes->len, "");
  return xml_node(xml, element)->space;
}

const char *aver_xml_get_attribute(const AverXml *xml, guint32 element, const char *space,
                                   const char *name)
{
  g_return_val_if_fail(xml != NULL && element < xml->nodes->len, NULL);
  const XmlNode *node = xml_node(xml, element);
  for (guint32 i = node->first; node->name != NULL && i < node->first + node->n; i++) {
    const XmlAttribute *attribute = &g_array_index(xml->attributes, XmlAttribute, i);
    if (strcmp(attribute->name, name) == 0 && strcmp(attribute->space, space) == 0)
      return xml->text.data + attribute->value;
  }
  return NULL;
}

void aver_xml_append_text(const AverXml *xml, guint32 element, AverBuffer *text)
{
  g_return_if_fail(xml != NULL && element < xml->nodes->len && text != NULL);
  for (guint32 i = element + 1; i < xml_node(xml, element)->end; i++) {
    const XmlNode *node = xml_node(xml, i);
    if (node->name == NULL)
      aver_buffer_append(text, xml->text.data + node->first, node->n);
  }
}

static void append_escaped(AverBuffer *html, const char *text, gsize n)
{
  for (gsize i = 0; i < n;) {
    gsize plain = i;
    while (plain < n && text[plain] != '<' && text[plain] != '&')
      plain++;
    aver_buffer_append(html, text + i, plain - i);
    if (plain < n)
      aver_buffer_append_string(html, text[plain] == '<' ? "&lt;" : "&amp;");
    i = plain + 1;
  }
}

static void append_tag(AverBuffer *html, const char *opening, const char *name)
{
  aver_buffer_append_string(html, opening);
  aver_buffer_append_string(html, name);
  aver_buffer_append_char(html, '>');
}

/* HTML's elements that are never closed. */
static gboolean is_void(const char *name)
{
  static const char *const names[] = {"br", "col", "hr", "img", "input", "wbr"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    if (strcmp(names[i], name) == 0)
      return TRUE;
  return FALSE;
}

void aver_xml_append_html(const AverXml *xml, guint32 element, AverXmlRename rename,
                          AverBuffer *html)
{
  g_return_if_fail(xml != NULL && element < xml->nodes->len && html != NULL);
  guint32 end = xml_node(xml, element)->end;
  g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = element + 1; i <= end;) {
    while (open->len > 0) {
      guint32 last = g_array_index(open, guint32, open->len - 1);
      if (xml_node(xml, last)->end > i)
        break;
      const char *name = xml_node(xml, last)->name;
      name = rename == NULL ? name : rename(name);
      if (!is_void(name))
        append_tag(html, "</", name);
      g_array_set_size(open, open->len - 1);
    }
    if (i == end)
      break;
    const XmlNode *node = xml_node(xml, i);
    const char *name = node->name == NULL || rename == NULL ? node->name : rename(node->name);
    if (node->name == NULL) {
      append_escaped(html, xml->text.data + node->first, node->n);
    } else if (name == NULL) {
      i = node->end;
      continue;
    } else {
      append_tag(html, "<", name);
      g_array_append_val(open, i);
    }
    i++;
  }
}
