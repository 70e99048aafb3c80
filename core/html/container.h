/* SPDX-License-Identifier: Apache-2.0 */
/* The element that holds the article, and where each block stands in it. */
#pragma once

#include "blocks.h"

/* What is known of each node beside what the page says. */
typedef struct {
  guint32 words;      /* WordMeaning of the element itself */
  guint32 path;       /* of it and those around it, up to the container */
  guint32 inside;     /* PLACE_ bits of the element and those around it, up to the container */
  guint32 group;      /* the outermost list or table around it, 0 when there is none */
  guint32 unit;       /* the outermost element around it that holds no main paragraph */
  guint32 width;      /* of all text inside */
  guint32 linked;     /* of it in links */
  guint32 paragraphs; /* blocks of running text inside */
  gboolean foreign;
  float good; /* text inside that may be an article's */
} Surroundings;

enum {
  PLACE_NAV = 1 << 0,
  PLACE_ASIDE = 1 << 1,
  PLACE_FOOTER = 1 << 2,
  PLACE_HEADER = 1 << 3,
  PLACE_FORM = 1 << 4,
  PLACE_FIGURE = 1 << 5,
  PLACE_LIST = 1 << 6,
  PLACE_TABLE = 1 << 7,
  PLACE_QUOTE = 1 << 8,
  PLACE_BUTTON = 1 << 9,
  PLACE_HEADING = 1 << 10,
  PLACE_ARTICLE = 1 << 11,
  PLACE_SECTION = 1 << 12,
  PLACE_ADDRESS = 1 << 13,
};

#define N_PLACES 14

/* Blocks that are laid out alike: by elements of the same name and class in elements of the same
 * name. */
typedef struct {
  guint32 kind;  /* the first block of that kind */
  guint32 width; /* of all running text of that kind; only in the first block */
} Alike;

typedef struct {
  const Page *page;
  const Blocks *blocks;
  GArray *alike;      /* Alike, one a block */
  guint32 paragraphs; /* the width of all running text in the container */
  GArray *nodes;      /* Surroundings, one a node of the page */
  guint32 container;  /* holds the article */
  guint32 main;       /* holds most of its paragraphs directly */
  gboolean lenient;   /* nothing but what calls itself foreign was found: a forum, for one */
  gboolean direct;    /* and itself most of them, not its children */
  guint first, last;  /* the first and the last block of running text in main */
} Scene;

void scene_init(Scene *scene);
void scene_clear(Scene *scene);

/* Looks at a page that is cut into blocks. */
void scene_survey(Scene *scene, const Page *page, const Blocks *blocks);

static inline Surroundings *scene_at(const Scene *scene, guint32 node)
{
  return &g_array_index(scene->nodes, Surroundings, node);
}

static inline Alike *scene_alike(const Scene *scene, guint i)
{
  return &g_array_index(scene->alike, Alike, i);
}

/* Whether a block lies in the container. */
gboolean scene_holds(const Scene *scene, const Block *block);

/* Whether a block is running text. */
gboolean block_is_paragraph(const Block *block);
