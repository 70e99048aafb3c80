/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of a document's elements, shared by the files that read and write them. */
#pragma once

#include <aver/xml.h>

#define XML_MAX_NODES      200000
#define XML_MAX_ATTRIBUTES 250

/* An element, or characters when it has no name: bytes [first, first + n) of the document's text.
 * An element's attributes are [first, first + n). */
typedef struct {
  const char *name;
  const char *space;
  guint32 parent;
  guint32 end; /* the node behind the last one inside */
  guint32 first, n;
} XmlNode;

typedef struct {
  const char *name;
  const char *space;
  guint32 value; /* offset of the NUL-terminated value in the text */
} XmlAttribute;

struct _AverXml {
  GArray *nodes;      /* XmlNode */
  GArray *attributes; /* XmlAttribute */
  AverBuffer text;
  AverBuffer converted;
  GStringChunk *names;
  guint32 item;
  guint64 number;
  char charset[32];
};

static inline const XmlNode *xml_node(const AverXml *xml, guint32 node)
{
  return &g_array_index(xml->nodes, XmlNode, node);
}

/* Where the bytes to parse are in a file. */
typedef struct {
  gsize around;   /* bytes before the item */
  guint64 offset; /* of the item */
  guint64 line;
} XmlPlace;

/* Puts libxml2's events into @xml, which is empty. */
gboolean xml_parse(AverXml *xml, const char *text, gsize length, const XmlPlace *place,
                   GError **error);

/* Counts what libxml2 compares with one another: attributes of one element, namespaces. */
gboolean xml_check_counts(const char *text, gsize length, const XmlPlace *place, GError **error);
