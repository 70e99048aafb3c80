/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of names: read, checked, ready to be searched. */
#pragma once

#include "trie.h"

/* One line of a list: places in the texts. */
typedef struct {
  guint32 label;
  guint32 name;
  guint32 id; /* 0: none */
  guint32 line;
} Listed;

typedef struct {
  Texts texts;
  Trie *trie;      /* values are indices of @entries */
  GArray *entries; /* Listed */
} List;

List *list_new(void);
void list_free(List *list);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(List, list_free)

/* Adds a file; the error names the file, the line and what was expected. */
gboolean list_read(List *list, const char *path, GError **error);

/* The line that a name of the trie is of. */
const Listed *list_get_entry(const List *list, guint32 name);
