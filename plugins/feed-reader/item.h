/* SPDX-License-Identifier: Apache-2.0 */
/* An item of a feed and what it says of itself. */
#pragma once

#include <aver/aver.h>
#include <aver/html.h>
#include <aver/xml.h>

/* What one worker needs, reused from item to item. */
typedef struct {
  AverXml *xml;
  AverHtml *html;
  AverBuffer raw;  /* an element's characters */
  AverBuffer text; /* the document's */
} ItemScratch;

gboolean item_read(ItemScratch *scratch, const AverRecord *record, AverDocument *document,
                   GError **error);

/* The item's text, of the best element that has any, into scratch->text. */
gboolean item_find_text(ItemScratch *scratch, guint32 item, GError **error);

/* An element's characters as one line without markup. Returns: (transfer full) (nullable). */
char *item_line(ItemScratch *scratch, guint32 element);

/* Whether an element is in the namespace of Dublin Core, of RSS's content or of Atom. */
gboolean is_dublin_core(const AverXml *xml, guint32 element);
gboolean is_content(const AverXml *xml, guint32 element);
gboolean is_atom(const AverXml *xml, guint32 element);

/* The first child of that name that is in the item's own namespace. */
guint32 item_child(const AverXml *xml, guint32 parent, const char *name);

typedef gboolean (*InNamespace)(const AverXml *xml, guint32 element);

/* The first child of that name in another namespace. */
guint32 foreign_child(const AverXml *xml, guint32 parent, InNamespace in, const char *name);
