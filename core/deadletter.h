/* SPDX-License-Identifier: Apache-2.0 */
/* Dead letters: the records that failed, each with its error, as JSON Lines. */
#pragma once

#include "batch.h"

struct AverJob;

typedef struct AverDeadLetters AverDeadLetters;

/* Opens the files that the pipeline's policies name, each once; in a job, where they go on. */
AverDeadLetters *aver_dead_letters_new(const AverPipeline *pipeline, struct AverJob *job,
                                       GError **error);

/* Makes all that was written durable, and adds the positions (char* -> char*) of the files. */
gboolean aver_dead_letters_commit(AverDeadLetters *letters, GHashTable *positions, GError **error);

/* Adds what the shard of that folder has kept for each file. */
gboolean aver_dead_letters_add_shard(AverDeadLetters *letters, const AverPipeline *pipeline,
                                     const char *folder, GError **error);

/* Completes the files. */
gboolean aver_dead_letters_close(AverDeadLetters *letters, GError **error);
void aver_dead_letters_free(AverDeadLetters *letters);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverDeadLetters, aver_dead_letters_free)

/*
 * Writes one failed record to the file of the stage it failed in, if that stage has one: an object
 * with `error`, `line`, `offset` (bytes), `origin`, `record` (null when it could not be read; a
 * string; or, where it is not UTF-8, `record_base64` instead) and `stage`.
 */
gboolean aver_dead_letters_add(AverDeadLetters *letters, const AverItem *item, GError **error);
