/* SPDX-License-Identifier: Apache-2.0 */
/* The element that holds the article, and where each block stands in it. */
#include "container.h"

#include "words.h"

/* The share of an element's good text that lies in one child for the search to go on there. */
#define DESCENT 0.85f

/* With less good text than this, foreign matter is looked at as well. */
#define LITTLE 250

void scene_init(Scene *scene)
{
  *scene = (Scene){.nodes = g_array_new(FALSE, FALSE, sizeof(Surroundings)),
                   .alike = g_array_new(FALSE, FALSE, sizeof(Alike))};
}

void scene_clear(Scene *scene)
{
  g_array_unref(scene->nodes);
  g_array_unref(scene->alike);
}

gboolean block_is_paragraph(const Block *block)
{
  if (block->linked * 2 > block->width)
    return FALSE;
  return block->width >= 80 || (block->width >= 30 && block->sentences > 0);
}

static guint32 place_of(Tag tag)
{
  switch (tag) {
  case TAG_NAV:
    return PLACE_NAV;
  case TAG_ASIDE:
    return PLACE_ASIDE;
  case TAG_FOOTER:
    return PLACE_FOOTER;
  case TAG_HEADER:
    return PLACE_HEADER;
  case TAG_FORM:
    return PLACE_FORM;
  case TAG_FIGURE:
  case TAG_FIGCAPTION:
    return PLACE_FIGURE;
  case TAG_UL:
  case TAG_OL:
  case TAG_DL:
    return PLACE_LIST;
  case TAG_TABLE:
    return PLACE_TABLE;
  case TAG_BLOCKQUOTE:
    return PLACE_QUOTE;
  case TAG_BUTTON:
    return PLACE_BUTTON;
  case TAG_ARTICLE:
    return PLACE_ARTICLE;
  case TAG_SECTION:
    return PLACE_SECTION;
  case TAG_ADDRESS:
    return PLACE_ADDRESS;
  default:
    return tag_is_heading(tag) ? PLACE_HEADING : 0;
  }
}

/* What each element says of itself. */
static void read_words(Scene *scene)
{
  for (guint32 i = 0; i < scene->nodes->len; i++) {
    *scene_at(scene, i) = (Surroundings){0};
    if (page_node(scene->page, i)->tag != TAG_TEXT)
      scene_at(scene, i)->words = words_of_element(scene->page, i);
  }
}

static void add_to_parents(Scene *scene)
{
  for (guint32 i = scene->nodes->len; i-- > 1;) {
    Surroundings *parent = scene_at(scene, page_node(scene->page, i)->parent);
    const Surroundings *child = scene_at(scene, i);
    parent->width += child->width;
    parent->linked += child->linked;
    parent->paragraphs += child->paragraphs;
  }
}

static void measure(Scene *scene)
{
  for (guint i = 0; i < scene->blocks->blocks->len; i++) {
    const Block *block = block_at(scene->blocks, i);
    Surroundings *at = scene_at(scene, block->element);
    at->width += block->width;
    at->linked += block->linked;
    at->paragraphs += block_is_paragraph(block);
  }
  add_to_parents(scene);
}

/* Elements that hold what an article's page has once are no foreign matter, however they are named.
 */
static void spare(Scene *scene, guint32 node)
{
  while (node > 0 && !scene_at(scene, node)->foreign) {
    scene_at(scene, node)->foreign = TRUE;
    node = page_node(scene->page, node)->parent;
  }
}

static void mark_foreign(Scene *scene)
{
  for (guint32 i = 1; i < scene->nodes->len; i++) {
    guint8 tag = page_node(scene->page, i)->tag;
    if (tag == TAG_H1 || tag == TAG_MAIN || tag == TAG_BODY ||
        (scene_at(scene, i)->words & WORD_BODY) != 0)
      spare(scene, i);
  }
  guint32 all = scene_at(scene, 0)->width - scene_at(scene, 0)->linked;
  for (guint32 i = 1; i < scene->nodes->len; i++) {
    Surroundings *at = scene_at(scene, i);
    const PageNode *node = page_node(scene->page, i);
    gboolean named = (at->words & WORDS_FOREIGN) != 0;
    gboolean placed = (place_of(node->tag) & (PLACE_NAV | PLACE_ASIDE | PLACE_FOOTER)) != 0;
    gboolean whole = (at->width - at->linked) * 10.0 > all * 9.0;
    at->foreign =
        scene_at(scene, node->parent)->foreign || (!at->foreign && !whole && (named || placed));
  }
}

/* Sums up what may be an article's text; without @strictly, foreign matter too. */
static void sum_good(Scene *scene, gboolean strictly)
{
  for (guint32 i = 0; i < scene->nodes->len; i++)
    scene_at(scene, i)->good = 0;
  for (guint i = 0; i < scene->blocks->blocks->len; i++) {
    const Block *block = block_at(scene->blocks, i);
    Surroundings *at = scene_at(scene, block->element);
    if (block_is_paragraph(block) && (!strictly || !at->foreign))
      at->good += (float) (block->width - block->linked);
  }
  for (guint32 i = scene->nodes->len; i-- > 1;)
    scene_at(scene, page_node(scene->page, i)->parent)->good += scene_at(scene, i)->good;
}

/* The child with the most good text. */
static guint32 best_child(const Scene *scene, guint32 node)
{
  guint32 best = 0, end = page_node(scene->page, node)->end;
  for (guint32 i = node + 1; i < end; i = page_node(scene->page, i)->end)
    if (best == 0 || scene_at(scene, i)->good > scene_at(scene, best)->good)
      best = i;
  return best;
}

static guint32 find_container(const Scene *scene)
{
  guint32 node = 0, child;
  while ((child = best_child(scene, node)) != 0) {
    const Surroundings *at = scene_at(scene, child);
    Tag tag = page_node(scene->page, child)->tag;
    if (at->good == 0 || at->good < scene_at(scene, node)->good * DESCENT)
      break;
    if (!tag_is_block(tag) || tag == TAG_P || tag == TAG_LI || tag_is_heading(tag))
      break;
    node = child;
  }
  return node;
}

/* The parent of most running text in the container. */
static void find_main(Scene *scene)
{
  guint32 end = page_node(scene->page, scene->container)->end;
  scene->main = scene->container;
  for (guint32 i = scene->container; i < end; i++)
    scene_at(scene, i)->good = 0;
  for (guint i = 0; i < scene->blocks->blocks->len; i++) {
    const Block *block = block_at(scene->blocks, i);
    if (block->element < scene->container || block->element >= end || !block_is_paragraph(block) ||
        (scene_at(scene, block->element)->foreign && !scene->lenient))
      continue;
    guint32 parent = page_node(scene->page, block->element)->parent;
    if (page_node(scene->page, block->element)->tag != TAG_P || parent < scene->container)
      parent = block->element;
    scene_at(scene, parent)->good += (float) (block->width - block->linked);
    if (scene_at(scene, parent)->good > scene_at(scene, scene->main)->good)
      scene->main = parent;
  }
}

static gboolean holds_main(const Scene *scene, guint32 node)
{
  return node <= scene->main && scene->main < page_node(scene->page, node)->end;
}

static void look_around(Scene *scene)
{
  guint32 end = page_node(scene->page, scene->container)->end;
  *scene_at(scene, scene->container) = (Surroundings){
      .words = scene_at(scene, scene->container)->words,
      .unit = scene->container,
      .width = scene_at(scene, scene->container)->width,
      .linked = scene_at(scene, scene->container)->linked,
      .paragraphs = scene_at(scene, scene->container)->paragraphs,
  };
  for (guint32 i = scene->container + 1; i < end; i++) {
    const PageNode *node = page_node(scene->page, i);
    const Surroundings *parent = scene_at(scene, node->parent);
    Surroundings *at = scene_at(scene, i);
    gboolean around = holds_main(scene, i);
    at->path = around ? parent->path : parent->path | at->words;
    at->inside = parent->inside | (around ? 0 : place_of(node->tag));
    at->foreign = around ? FALSE : at->foreign;
    gboolean grouping = !around && (place_of(node->tag) & (PLACE_LIST | PLACE_TABLE)) != 0;
    at->group = parent->group == 0 && grouping ? i : parent->group;
    at->unit = around || holds_main(scene, node->parent) ? i : parent->unit;
  }
}

static void find_ends(Scene *scene)
{
  guint32 direct = 0, children = 0;
  scene->first = G_MAXUINT;
  scene->last = 0;
  for (guint i = 0; i < scene->blocks->blocks->len; i++) {
    const Block *block = block_at(scene->blocks, i);
    guint32 parent = page_node(scene->page, block->element)->parent;
    if ((parent != scene->main && block->element != scene->main) || !block_is_paragraph(block))
      continue;
    scene->first = MIN(scene->first, i);
    scene->last = i;
    direct += block->element == scene->main ? block->width : 0;
    children += block->element == scene->main ? 0 : block->width;
  }
  scene->direct = direct > children;
}

gboolean scene_holds(const Scene *scene, const Block *block)
{
  return block->element >= scene->container &&
         block->element < page_node(scene->page, scene->container)->end;
}

static guint hash_layout(const Scene *scene, const Block *block)
{
  guint32 element = block->element;
  while (!tag_is_block(page_node(scene->page, element)->tag) && element > 0)
    element = page_node(scene->page, element)->parent;
  const PageNode *node = page_node(scene->page, element);
  const char *class = page_attribute(scene->page, element, ATTRIBUTE_CLASS);
  guint hash = (2166136261u ^ node->tag) * 16777619u;
  hash = (hash ^ page_node(scene->page, node->parent)->tag) * 16777619u;
  for (const char *p = class; p != NULL && *p != '\0' && !g_ascii_isspace(*p); p++)
    hash = (hash ^ (guchar) *p) * 16777619u;
  return hash;
}

static void find_alike(Scene *scene)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  g_array_set_size(scene->alike, scene->blocks->blocks->len);
  scene->paragraphs = 0;
  for (guint i = 0; i < scene->alike->len; i++) {
    const Block *block = block_at(scene->blocks, i);
    *scene_alike(scene, i) = (Alike){i, 0};
    if (!scene_holds(scene, block))
      continue;
    gpointer key = GUINT_TO_POINTER(hash_layout(scene, block)), first;
    if (g_hash_table_lookup_extended(seen, key, NULL, &first))
      scene_alike(scene, i)->kind = GPOINTER_TO_UINT(first);
    else
      g_hash_table_insert(seen, key, GUINT_TO_POINTER(i));
    guint32 width = block_is_paragraph(block) ? block->width - block->linked : 0;
    scene_alike(scene, scene_alike(scene, i)->kind)->width += width;
    scene->paragraphs += width;
  }
}

void scene_survey(Scene *scene, const Page *page, const Blocks *blocks)
{
  scene->page = page;
  scene->blocks = blocks;
  g_array_set_size(scene->nodes, page->nodes->len);
  read_words(scene);
  measure(scene);
  mark_foreign(scene);
  sum_good(scene, TRUE);
  scene->lenient = scene_at(scene, 0)->good < LITTLE;
  if (scene->lenient)
    sum_good(scene, FALSE);
  scene->container = find_container(scene);
  find_main(scene);
  look_around(scene);
  find_ends(scene);
  find_alike(scene);
}
