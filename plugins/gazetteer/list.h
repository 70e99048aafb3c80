/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of names: read, checked, ready to be searched. */
#pragma once

#include "trie.h"

/* One line of a list; NUL-terminated UTF-8. */
typedef struct {
  const char *label;
  const char *name;
  const char *id; /* (nullable) */
} Listed;

typedef struct {
  Trie *trie;       /* values are indices of @entries */
  GArray *entries;  /* Listed */
  GPtrArray *texts; /* char*: the files, which everything else points into */
} List;

List *list_new(void);
void list_free(List *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(List, list_free)

/* Adds a file; the error names the file, the line and what was expected. */
gboolean list_read(List *list, const char *path, GError **error);
