/* SPDX-License-Identifier: Apache-2.0 */
/* What can be said of a block: the features that the weights weigh. */
#pragma once

#include "container.h"
#include "words.h"

#define MAX_FEATURES 160

typedef struct {
  guint n;
  guint16 index[MAX_FEATURES];
} Features;

/* How many features there are. */
guint features_count(void);

/* Of block @i, which lies in the container. @title is the page's title, "" when it has none. */
void features_of_block(const Scene *scene, guint i, const char *title, Features *features);
