/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks: a page's text cut where the page's layout breaks lines, white space normalised. */
#include "blocks.h"

#include "charset.h"

/* The cut as it goes on: what is pending stands before the next character that is no white space.
 */
typedef struct {
  Blocks *blocks;
  const Page *page;
  GArray *open; /* block elements that the current node is inside, as guint32 */
  Block block;
  gboolean space;
  guint breaks;
  guint images;
  guint32 link_end, strong_end, emphasis_end, pre_end;
} Cut;

void blocks_init(Blocks *blocks)
{
  *blocks = (Blocks){.blocks = g_array_new(FALSE, FALSE, sizeof(Block))};
}

void blocks_clear(Blocks *blocks)
{
  g_array_unref(blocks->blocks);
  aver_buffer_clear(&blocks->text);
}

static void flush(Cut *cut)
{
  if (cut->block.length > 0) {
    cut->block.images = (guint16) MIN(cut->images, G_MAXUINT16);
    g_array_append_val(cut->blocks->blocks, cut->block);
    cut->images = 0;
  }
  cut->block = (Block){.start = (guint32) cut->blocks->text.length};
  cut->space = FALSE;
  cut->breaks = 0;
}

static void append(Cut *cut, const char *bytes, gsize n)
{
  aver_buffer_append(&cut->blocks->text, bytes, n);
  cut->block.length += (guint32) n;
}

/* White space before a character, if any was seen. */
static void settle(Cut *cut, guint32 node)
{
  if (cut->breaks > 1)
    flush(cut);
  if (cut->block.length == 0) {
    cut->block.first = node;
    cut->block.element = g_array_index(cut->open, guint32, cut->open->len - 1);
  } else if (cut->breaks == 1) {
    append(cut, "\n", 1);
  } else if (cut->space) {
    append(cut, " ", 1);
  }
  cut->space = FALSE;
  cut->breaks = 0;
}

static gboolean ends_sentence(const guchar *p, gsize n)
{
  if (p[0] == '.' || p[0] == '!' || p[0] == '?')
    return n == 1 || p[1] <= ' ' || p[1] == '"' || p[1] == '\'' || p[1] == ')' || p[1] >= 0x80;
  if (n < 3)
    return FALSE;
  return (p[0] == 0xe3 && p[1] == 0x80 && p[2] == 0x82) ||
         (p[0] == 0xef && p[1] == 0xbc && (p[2] == 0x81 || p[2] == 0x9f)) ||
         (p[0] == 0xe0 && p[1] == 0xa5 && p[2] == 0xa4);
}

/* Bytes of white space or of characters that nobody sees at @p; 0 when it is another. */
static guint blank(const guchar *p, gsize n, gboolean *space)
{
  *space = TRUE;
  if (p[0] <= ' ' || p[0] == 0x7f)
    return 1;
  if (n >= 2 && p[0] == 0xc2 && (p[1] == 0xa0 || p[1] == 0x85))
    return 2;
  *space = FALSE;
  if (n >= 2 && p[0] == 0xc2 && p[1] == 0xad)
    return 2;
  if (n >= 3 && p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf)
    return 3;
  if (n < 3 || p[0] != 0xe2 || (p[1] != 0x80 && p[1] != 0x81))
    return 0;
  if (p[1] == 0x80 && p[2] == 0x8b)
    return 3;
  *space = p[1] == 0x80 && (p[2] <= 0x8a || p[2] == 0xa8 || p[2] == 0xa9 || p[2] == 0xaf);
  return *space || (p[1] == 0x81 && p[2] == 0xa0) ? 3 : 0;
}

static void count(Cut *cut, guint32 node, const guchar *p, gsize n, guint bytes)
{
  guint width = bytes > 2 ? 2 : 1;
  cut->block.width += width;
  cut->block.linked += node < cut->link_end ? width : 0;
  cut->block.strong += node < cut->strong_end ? width : 0;
  cut->block.emphasis += node < cut->emphasis_end ? width : 0;
  cut->block.sentences += ends_sentence(p, n);
}

static void cut_text(Cut *cut, guint32 node)
{
  const PageNode *text = page_node(cut->page, node);
  const guchar *p = (const guchar *) cut->page->text.data + text->first, *end = p + text->n;
  while (p < end) {
    gboolean space;
    gsize n = (gsize) (end - p);
    guint skipped = blank(p, n, &space);
    if (skipped > 0) {
      cut->space |= space;
      if (*p == '\n' && node < cut->pre_end)
        cut->breaks++;
      p += skipped;
      continue;
    }
    settle(cut, node);
    char mapped[4];
    guint bytes = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    bytes = (guint) MIN(bytes, n);
    /* Controls of C1 are characters of windows-1252 that were written by their number. */
    guint replaced = p[0] == 0xc2 && bytes == 2 && p[1] < 0xa0 ? charset_windows(p[1], mapped) : 0;
    append(cut, replaced > 0 ? mapped : (const char *) p, replaced > 0 ? replaced : bytes);
    count(cut, node, p, n, bytes);
    p += bytes;
  }
}

static void cut_element(Cut *cut, guint32 node)
{
  const PageNode *element = page_node(cut->page, node);
  if (tag_is_block(element->tag)) {
    flush(cut);
    g_array_append_val(cut->open, node);
  }
  switch (element->tag) {
  case TAG_BR:
    cut->breaks++;
    break;
  case TAG_IMG:
    cut->images++;
    break;
  case TAG_A:
    cut->link_end = MAX(cut->link_end, element->end);
    break;
  case TAG_STRONG:
    cut->strong_end = MAX(cut->strong_end, element->end);
    break;
  case TAG_EM:
    cut->emphasis_end = MAX(cut->emphasis_end, element->end);
    break;
  case TAG_PRE:
    cut->pre_end = MAX(cut->pre_end, element->end);
    break;
  default:
    break;
  }
}

/* Leaves the block elements that end before a node. */
static void leave(Cut *cut, guint32 node)
{
  while (cut->open->len > 1 &&
         page_node(cut->page, g_array_index(cut->open, guint32, cut->open->len - 1))->end <= node) {
    flush(cut);
    g_array_set_size(cut->open, cut->open->len - 1);
  }
}

static guint hash_of(const Blocks *blocks, const Block *block)
{
  guint hash = 2166136261u;
  for (guint32 i = 0; i < block->length; i++)
    hash = (hash ^ (guchar) blocks->text.data[block->start + i]) * 16777619u;
  return hash;
}

static void count_copies(Blocks *blocks)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < blocks->blocks->len; i++) {
      Block *block = block_at(blocks, i);
      gpointer key = GUINT_TO_POINTER(hash_of(blocks, block));
      guint n = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key));
      if (round == 0)
        g_hash_table_insert(seen, key, GUINT_TO_POINTER(n + 1));
      else
        block->copies = (guint16) MIN(n, G_MAXUINT16);
    }
}

void blocks_cut(Blocks *blocks, const Page *page, gboolean with_hidden)
{
  Cut cut = {.blocks = blocks, .page = page, .open = g_array_new(FALSE, FALSE, sizeof(guint32))};
  guint32 root = 0;
  g_array_append_val(cut.open, root);
  g_array_set_size(blocks->blocks, 0);
  blocks->text.length = 0;
  for (guint32 node = 1; node < page->nodes->len;) {
    const PageNode *at = page_node(page, node);
    leave(&cut, node);
    if (at->tag == TAG_TITLE || (at->hidden && !with_hidden)) {
      node = at->end;
      continue;
    }
    if (at->tag == TAG_TEXT)
      cut_text(&cut, node);
    else
      cut_element(&cut, node);
    node++;
  }
  flush(&cut);
  g_array_unref(cut.open);
  count_copies(blocks);
}
