/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is handed out piece by piece and taken back all at once. */
#pragma once

#include <glib.h>

typedef struct AverArenaChunk AverArenaChunk;

/* Initialise with {0}. */
typedef struct {
  AverArenaChunk *chunks; /* the one in use first */
  gsize used;             /* bytes of the first chunk */
} AverArena;

gpointer aver_arena_alloc(AverArena *arena, gsize size);
char *aver_arena_strndup(AverArena *arena, const char *string, gsize length);

/* Takes everything back; keeps one chunk, unless it is unusually large. */
void aver_arena_reset(AverArena *arena);
void aver_arena_clear(AverArena *arena);
