/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks: a page's text cut where the page's layout breaks lines, white space normalised. */
#pragma once

#include "page.h"

typedef struct {
  guint32 element; /* the innermost element that lays it out */
  guint32 first;   /* its first node */
  guint32 start;   /* where it begins in the blocks' text */
  guint32 length;  /* bytes */
  guint32 width;   /* characters, those of three bytes and more twice */
  guint32 linked;  /* how much of the width stands in links */
  guint32 strong;  /* how much is bold, how much in italics is emphasis */
  guint32 emphasis;
  guint32 sentences; /* marks that end a sentence */
  guint16 images;    /* between the text before and this one's end */
  guint16 copies;    /* how often its text stands on the page */
} Block;

typedef struct {
  GArray *blocks; /* Block */
  AverBuffer text;
} Blocks;

void blocks_init(Blocks *blocks);
void blocks_clear(Blocks *blocks);

/* Cuts a page. Hidden elements are left out unless @with_hidden. */
void blocks_cut(Blocks *blocks, const Page *page, gboolean with_hidden);

static inline Block *block_at(const Blocks *blocks, guint i)
{
  return &g_array_index(blocks->blocks, Block, i);
}
