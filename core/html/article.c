/* SPDX-License-Identifier: Apache-2.0 */
/* An article: from a page's bytes to a document. */
#include "article.h"

#include <string.h>

/* A page with less running text than this is looked at again with what it hides. */
#define LITTLE 250

/* Shorter texts may well be said twice. */
#define TWICE 60

AverHtml *aver_html_new(void)
{
  AverHtml *html = g_new0(AverHtml, 1);
  page_init(&html->page);
  blocks_init(&html->blocks);
  scene_init(&html->scene);
  html->scores = g_array_new(FALSE, FALSE, sizeof(float));
  return html;
}

void aver_html_free(AverHtml *html)
{
  if (html == NULL)
    return;
  page_clear(&html->page);
  blocks_clear(&html->blocks);
  scene_clear(&html->scene);
  facts_clear(&html->facts);
  aver_buffer_clear(&html->utf8);
  g_array_unref(html->scores);
  g_free(html);
}

gboolean aver_html_knows_charset(const char *charset)
{
  g_return_val_if_fail(charset != NULL, FALSE);
  return aver_charset_is_known(charset);
}

static guint32 running_text(const Blocks *blocks)
{
  guint32 width = 0;
  for (guint i = 0; i < blocks->blocks->len; i++)
    if (block_is_paragraph(block_at(blocks, i)))
      width += block_at(blocks, i)->width;
  return width;
}

gboolean article_survey(AverHtml *html, const char *data, gsize length, const char *charset,
                        GError **error)
{
  const char *utf8;
  gsize n;
  facts_clear(&html->facts);
  charset_decode(&html->charset, data, length, charset, &html->utf8, &utf8, &n);
  if (!page_parse(&html->page, utf8, n, error))
    return FALSE;
  facts_collect(&html->facts, &html->page);
  blocks_cut(&html->blocks, &html->page, FALSE);
  if (running_text(&html->blocks) < LITTLE)
    blocks_cut(&html->blocks, &html->page, TRUE);
  scene_survey(&html->scene, &html->page, &html->blocks);
  return TRUE;
}

/* A paragraph that stands on the page twice, as for narrow and for wide screens, is taken once. */
static gboolean is_copy(const Blocks *blocks, GHashTable *seen, const Block *block)
{
  if (block->copies < 2 || block->width < TWICE)
    return FALSE;
  char *text = g_strndup(blocks->text.data + block->start, block->length);
  return !g_hash_table_add(seen, text);
}

/* What stands between two blocks. */
static const char *separator(const Page *page, const Block *last, const Block *next)
{
  if (last == NULL)
    return "";
  const PageNode *left = page_node(page, last->element), *right = page_node(page, next->element);
  gboolean row = left->tag == TAG_TD && right->tag == TAG_TD && left->parent == right->parent;
  return row && last->element != next->element ? "\t" : "\n\n";
}

static void set_text(AverHtml *html, AverDocument *document)
{
  const Blocks *blocks = &html->blocks;
  char *text = aver_document_alloc(document, blocks->text.length + blocks->blocks->len * 2 + 1);
  gsize n = 0;
  const Block *last = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < blocks->blocks->len; i++) {
    const Block *block = block_at(blocks, i);
    if (g_array_index(html->scores, float, i) <= 0 || is_copy(blocks, seen, block))
      continue;
    const char *between = separator(&html->page, last, block);
    memcpy(text + n, between, strlen(between));
    n += strlen(between);
    last = block;
    memcpy(text + n, blocks->text.data + block->start, block->length);
    n += block->length;
  }
  aver_document_set_valid_text(document, text, n, NULL);
}

gboolean aver_html_append_text(AverHtml *html, const char *data, gsize length, AverBuffer *text,
                               GError **error)
{
  g_return_val_if_fail(html != NULL && (data != NULL || length == 0) && text != NULL, FALSE);
  if (!page_parse(&html->page, data, length, error))
    return FALSE;
  const Blocks *blocks = &html->blocks;
  blocks_cut(&html->blocks, &html->page, FALSE);
  for (guint i = 0; i < blocks->blocks->len; i++) {
    const Block *block = block_at(blocks, i);
    const Block *last = i == 0 ? NULL : block_at(blocks, i - 1);
    aver_buffer_append_string(text, separator(&html->page, last, block));
    aver_buffer_append(text, blocks->text.data + block->start, block->length);
  }
  return TRUE;
}

static void set_metadata(const AverHtml *html, AverDocument *document)
{
  static const char *const keys[N_FACTS] = {"title", "author",   "published", "modified",
                                            "site",  "language", "url"};
  for (guint i = 0; i < N_FACTS; i++)
    if (html->facts.values[i] != NULL)
      aver_document_set_metadata(document, keys[i], html->facts.values[i], FALSE);
  aver_charset_set_metadata(&html->charset, document);
}

gboolean aver_html_read(AverHtml *html, const char *data, gsize length, const char *charset,
                        AverDocument *document, GError **error)
{
  g_return_val_if_fail(html != NULL && (data != NULL || length == 0) && document != NULL, FALSE);
  if (!article_survey(html, data, length, charset, error))
    return FALSE;
  const char *title = html->facts.values[FACT_TITLE];
  choose_blocks(&html->scene, title == NULL ? "" : title, html->scores);
  set_text(html, document);
  set_metadata(html, document);
  return TRUE;
}
