/* SPDX-License-Identifier: Apache-2.0 */
/* A page: what libxml2's parser said of an HTML file, as one array of nodes in document order. */
#pragma once

#include "tags.h"

#include <aver/buffer.h>

/* The bounds that keep a hostile page from taking the machine: no page that people read comes near.
 */
#define PAGE_MAX_BYTES 33554432
#define PAGE_MAX_NODES 1000000
#define PAGE_MAX_DEPTH 100000

/* The attributes that are kept. */
typedef enum {
  ATTRIBUTE_NONE,
  ATTRIBUTE_CLASS,
  ATTRIBUTE_CONTENT,
  ATTRIBUTE_DATETIME,
  ATTRIBUTE_HREF,
  ATTRIBUTE_ID,
  ATTRIBUTE_ITEMPROP,
  ATTRIBUTE_LANG,
  ATTRIBUTE_NAME,
  ATTRIBUTE_PROPERTY,
  ATTRIBUTE_REL,
  ATTRIBUTE_ROLE,
} PageAttributeName;

typedef struct {
  guint32 name;
  guint32 value; /* offset of the NUL-terminated value in the page's strings */
} PageAttribute;

/* A text has bytes [first, first + n) of the page's text, an element attributes [first, first + n).
 */
typedef struct {
  guint32 parent;
  guint32 end; /* the node behind the last one inside */
  guint32 first;
  guint32 n;
  guint8 tag;
  guint8 hidden; /* by an attribute of its own */
} PageNode;

typedef struct {
  GArray *nodes;      /* PageNode; the first is the root, without a tag */
  GArray *attributes; /* PageAttribute */
  AverBuffer text;
  AverBuffer strings;
  AverBuffer data; /* the page's JSON-LD scripts, a NUL behind each */
} Page;

void page_init(Page *page);
void page_clear(Page *page);

/* Parses UTF-8 without NUL. FALSE with AVER_ERROR_LIMIT when a bound is passed. */
gboolean page_parse(Page *page, const char *html, gsize length, GError **error);

static inline PageNode *page_node(const Page *page, guint32 node)
{
  return &g_array_index(page->nodes, PageNode, node);
}

/* The value of an element's attribute, or NULL. */
const char *page_attribute(const Page *page, guint32 node, PageAttributeName name);
