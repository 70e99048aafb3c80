/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the blocks of web pages with their features, for train.py and for those who look for
 * faults. */
#include "article.h"
#include "block-features.h"

#include <aver/json.h>
#include <stdio.h>

/* One line a block: inside the container or not, score, features, element, text as JSON. */
static void print_block(const AverHtml *html, guint i, guint32 end)
{
  const Block *block = block_at(&html->blocks, i);
  const char *title = html->facts.values[FACT_TITLE];
  gboolean inside = block->element >= html->scene.container && block->element < end;
  Features features = {0};
  if (inside)
    features_of_block(&html->scene, i, title == NULL ? "" : title, &features);
  printf("%d\t%.2f\t", inside, inside ? (double) g_array_index(html->scores, float, i) : 0.0);
  for (guint f = 0; f < features.n; f++)
    printf("%s%u", f > 0 ? " " : "", features.index[f]);
  g_auto(AverBuffer) text = {0};
  aver_json_append_string(&text, html->blocks.text.data + block->start, block->length);
  printf("\t%g %u %d %d\t%.*s\t", (double) choose_prior(&html->scene, i),
         inside ? scene_at(&html->scene, block->element)->group : 0,
         tag_is_heading(page_node(&html->page, block->element)->tag), block_is_paragraph(block),
         (int) text.length, text.data);
  g_autoptr(GString) path = g_string_new(NULL);
  guint depth = 0;
  for (guint32 node = block->element; node > html->scene.container && depth < 4; depth++) {
    const char *class = page_attribute(&html->page, node, ATTRIBUTE_CLASS);
    const char *id = page_attribute(&html->page, node, ATTRIBUTE_ID);
    g_string_append_printf(path, "<%u%s .%s #%s", page_node(&html->page, node)->tag,
                           node == html->scene.main ? "!" : "", class == NULL ? "" : class,
                           id == NULL ? "" : id);
    node = page_node(&html->page, node)->parent;
  }
  puts(g_strdelimit(path->str, "\t\n\r", ' '));
}

int main(int argc, char **argv)
{
  AverHtml *html = aver_html_new();
  for (int i = 1; i < argc; i++) {
    g_autofree char *data = NULL;
    gsize length;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(argv[i], &data, &length, &error) ||
        !article_survey(html, data, length, NULL, &error)) {
      fprintf(stderr, "%s: %s\n", argv[i], error->message);
      continue;
    }
    const char *title = html->facts.values[FACT_TITLE];
    choose_blocks(&html->scene, title == NULL ? "" : title, html->scores);
    printf("# %s %u\n", argv[i], features_count());
    guint32 end = page_node(&html->page, html->scene.container)->end;
    for (guint k = 0; k < html->blocks.blocks->len; k++)
      print_block(html, k, end);
  }
  aver_html_free(html);
  return 0;
}
