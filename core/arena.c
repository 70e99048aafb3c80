/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is handed out piece by piece and taken back all at once. */
#include "arena.h"

#include <string.h>

#define FIRST_CHUNK  4096
#define LARGEST_KEPT (256 * 1024)
#define ALIGNMENT    (sizeof(gpointer) * 2)

struct AverArenaChunk {
  AverArenaChunk *next;
  gsize size;
  _Alignas(16) char bytes[];
};

gpointer aver_arena_alloc(AverArena *arena, gsize size)
{
  size = (size + ALIGNMENT - 1) & ~(gsize) (ALIGNMENT - 1);
  if (arena->chunks == NULL || arena->chunks->size - arena->used < size) {
    gsize wanted = arena->chunks == NULL ? FIRST_CHUNK : arena->chunks->size * 2;
    wanted = MAX(MIN(wanted, LARGEST_KEPT), size);
    AverArenaChunk *chunk = g_malloc(sizeof(AverArenaChunk) + wanted);
    *chunk = (AverArenaChunk){arena->chunks, wanted};
    arena->chunks = chunk;
    arena->used = 0;
  }
  gpointer memory = arena->chunks->bytes + arena->used;
  arena->used += size;
  return memory;
}

char *aver_arena_strndup(AverArena *arena, const char *string, gsize length)
{
  char *copy = aver_arena_alloc(arena, length + 1);
  if (length > 0)
    memcpy(copy, string, length);
  copy[length] = '\0';
  return copy;
}

void aver_arena_reset(AverArena *arena)
{
  AverArenaChunk *kept = NULL;
  for (AverArenaChunk *chunk = arena->chunks, *next; chunk != NULL; chunk = next) {
    next = chunk->next;
    if (chunk->size <= LARGEST_KEPT && (kept == NULL || chunk->size > kept->size)) {
      g_free(kept);
      kept = chunk;
    } else {
      g_free(chunk);
    }
  }
  if (kept != NULL)
    kept->next = NULL;
  arena->chunks = kept;
  arena->used = 0;
}

void aver_arena_clear(AverArena *arena)
{
  for (AverArenaChunk *chunk = arena->chunks, *next; chunk != NULL; chunk = next) {
    next = chunk->next;
    g_free(chunk);
  }
  *arena = (AverArena){0};
}
