/* SPDX-License-Identifier: Apache-2.0 */
/* Which blocks are the article's. */
#pragma once

#include "container.h"

/* One score a block, above 0 for those that belong to the article; those outside the container have
 * -G_MAXFLOAT. */
void choose_blocks(const Scene *scene, const char *title, GArray *scores);

/* What is added to a block's score before anything is weighed: what is known of pages in general,
 * of which the pages that the weights were trained on show too little. */
float choose_prior(const Scene *scene, guint i);
