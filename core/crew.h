/* SPDX-License-Identifier: Apache-2.0 */
/* A crew: a pipeline's stages opened, with the states of the workers that run them. */
#pragma once

#include "pipeline.h"

typedef struct {
  AverStage *stage;
  const AverPlugin *plugin;
  gpointer self;
  gpointer *workers; /* one state a worker */
  gboolean opened;
  guint n_started;
} AverPost;

typedef struct AverCrew {
  AverPost *posts; /* one a stage */
  guint n_posts;
  guint n_workers;
} AverCrew;

/* Opens the stages from @first to before @last, and starts @n_workers workers in each. [main] */
AverCrew *aver_crew_new(AverPipeline *pipeline, guint first, guint last, guint n_workers,
                        GError **error);

/* Stops the workers and closes the stages. [main] */
void aver_crew_free(AverCrew *crew);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverCrew, aver_crew_free)

/* Sets an error that a callback owes when it fails without setting one, and names the stage. */
void aver_post_prefix_error(const AverPost *post, GError **error);
