/* SPDX-License-Identifier: Apache-2.0 */
/* Walking over what the user named: files as they are, folders entry by entry. */
#pragma once

#include <aver/error.h>

typedef struct AverWalk AverWalk;

typedef enum {
  AVER_WALK_FILE, /* a file to read */
  AVER_WALK_BAD,  /* a folder or link that cannot be read (error set) */
  AVER_WALK_END,
} AverWalkStep;

/* See aver_input_new(). */
AverWalk *aver_walk_new(const char *const *paths, const char *pattern);

/* A new walk over the same, from its start. */
AverWalk *aver_walk_new_again(const AverWalk *walk);
void aver_walk_free(AverWalk *walk);

/* The next item; its path is the walk's until the next step. */
AverWalkStep aver_walk_next(AverWalk *walk, const char **path, GError **error);

/* Whether a file of that name in a folder is to be read: it matches the pattern, as it is or
 * without the end that stands for compression. */
gboolean aver_walk_wants(const AverWalk *walk, const char *name);

/* Whether the current file is in the walk only because its name is that of an archive. */
gboolean aver_walk_is_for_members(const AverWalk *walk);

/* Whether a file's name matches one of the patterns, which are separated by commas: `*` stands for
 * any bytes, `?` for one character, `[a-z]` and `[!a-z]` for one byte (not) in a set. */
gboolean aver_walk_match(const char *patterns, const char *name);
