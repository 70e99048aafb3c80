/* SPDX-License-Identifier: Apache-2.0 */
/* Documents of one output whose other one has not come yet. */
#pragma once

#include <aver/aver.h>

typedef struct {
  GHashTable *by_id; /* id -> the first of that id, which has the next */
  gsize in_memory;   /* bytes */
  int file;          /* of those that memory has no room for; -1 until then */
  guint64 length;    /* of the file */
} Waiting;

void waiting_init(Waiting *waiting);
void waiting_clear(Waiting *waiting);

gboolean waiting_has(const Waiting *waiting, const char *id);
gboolean waiting_add(Waiting *waiting, const char *id, const AverRecord *line, GError **error);

/* Takes the first of that id out. */
gboolean waiting_take(Waiting *waiting, const char *id, char **data, gsize *length, guint64 *line,
                      GError **error);

/* Their ids, in the order of their file; free the array. */
GPtrArray *waiting_list(const Waiting *waiting);
