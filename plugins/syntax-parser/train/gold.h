/* SPDX-License-Identifier: Apache-2.0 */
/* Gold: a treebank's sentences, brought over to Aver's tokens. */
#pragma once

#include "../words.h"

typedef struct {
  char *text;
  AverToken *tokens; /* with the sentinel */
  guint n;
  guint document; /* which one of the treebank's it stands in */
  gboolean open;  /* weights that are given away may be trained on it */
  guint8 *tags;
  guint8 *seen;   /* tags for the parser to learn with: those that a tagger gives */
  guint16 *heads; /* MARGIN is the first token, n + MARGIN the root */
  guint8 *relations;
} Gold;

/* Reads CoNLL-U. Returns: (element-type Gold): its sentences, but those whose tokens cannot be
 * brought over, which are counted in @n_lost. */
GPtrArray *gold_read(const char *path, guint *n_lost, GError **error);

/* Hangs words on heads further up until no two arcs cross (Nivre and Nilsson 2005). */
void gold_projectivise(const Gold *gold, guint16 *heads);
