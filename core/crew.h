/* SPDX-License-Identifier: Apache-2.0 */
/* A crew: a pipeline's stages opened, with the states of the workers that run them. */
#pragma once

#include "halt.h"
#include "isolate.h"
#include "spool.h"

typedef struct AverPost AverPost;
struct AverPost {
  AverStage *stage;
  const AverPlugin *plugin;
  gpointer self;
  gpointer *workers; /* one state a worker */
  gboolean opened;
  guint n_started;
  guint sheet;          /* of a writer: which of them it is */
  gboolean in_order;    /* sees the documents one at a time, in input order */
  AverHalt *halt;       /* of the crew */
  AverSpool *spool;     /* (nullable) of a writer: what it would emit goes there, see shard.h */
  AverIsolate *isolate; /* (nullable): where process(), or a reader's decode(), runs instead */
  AverPost *delegates;  /* (nullable) of a reader: one each, opened when first needed [input] */
};

typedef struct AverCrew {
  AverPost *posts; /* one a stage */
  guint n_posts;
  guint n_workers;
  guint n_writers;
  guint n_delegates;      /* of the reader */
  AverHalt *halt;         /* of the pipeline */
  AverIsolates *isolates; /* (nullable) */
} AverCrew;

/* Opens the stages from @first to before @last, and starts @n_workers workers in each. Without the
 * reader, there are no writers either. [main] */
AverCrew *aver_crew_new(AverPipeline *pipeline, guint first, guint last, guint n_workers,
                        GError **error);

/* Leaves the annotators open for the next run of the pipeline with as many workers: those that may
 * see documents in any order, and live in this process. [main] */
void aver_crew_keep(AverCrew *crew, AverPipeline *pipeline);

/* Waits; FALSE, and no longer, when the run is to end, or what @stopped (nullable; atomic) is of.
 */
gboolean aver_post_pause(const AverPost *post, double seconds, const gint *stopped);

/* Where a record is decoded: at the reader, or at the delegate that cut it. */
const AverPost *aver_post_of(const AverPost *reader, const AverRecord *record);

/* Has all writers commit; @positions (char* -> char*) gets where each stands, by "stage NAME". */
gboolean aver_crew_commit(const AverCrew *crew, GHashTable *positions, GError **error);

/* Has the reader acknowledge all up to @cursor, if it is one that does. */
gboolean aver_crew_acknowledge(const AverCrew *crew, const char *cursor, GError **error);

/* Stops the workers and closes the stages. [main] */
void aver_crew_free(AverCrew *crew);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverCrew, aver_crew_free)

/* Sets an error that a callback owes when it fails without setting one, and names the stage. */
void aver_post_prefix_error(const AverPost *post, GError **error);

/* A writer's callbacks, or what stands for them; the error names the stage. [output] */
gboolean aver_post_emit(const AverPost *post, const char *data, gsize length, GError **error);
gboolean aver_post_commit(const AverPost *post, GString *position, GError **error);
gboolean aver_post_finish(const AverPost *post, GError **error);

/* Takes documents through an annotator, in worker @worker, at once where the plugin can. @verdicts
 * and @errors come in as AVER_KEEP and NULL. [worker] */
void aver_post_process(const AverPost *post, guint worker, AverDocument *const *documents, guint n,
                       AverVerdict *verdicts, GError **errors);

/* Makes documents of records; AVER_KEEP is success. [worker] */
void aver_post_decode(const AverPost *post, guint worker, const AverRecord *const *records,
                      AverDocument *const *documents, guint n, AverVerdict *verdicts,
                      GError **errors);
