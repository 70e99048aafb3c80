/* SPDX-License-Identifier: Apache-2.0 */
/* aver status, for a job that was shared out: one line a shard. */
#include "statusshards.h"

#include <stdio.h>
#include <string.h>

gboolean has_shards(const char *folder)
{
  g_autoptr(GDir) list = g_dir_open(folder, 0, NULL);
  const char *name;
  while (list != NULL && (name = g_dir_read_name(list)) != NULL)
    if (g_str_has_prefix(name, "shard-"))
      return TRUE;
  return FALSE;
}

static void print_row(const char *shard, const char *state, const json_t *counts, const char *when,
                      const char *error)
{
  g_autofree char *reason = error == NULL ? NULL : aver_text_make_printable(error, -1);
  printf("%-9s %-9s %12" G_GUINT64_FORMAT " %9" G_GUINT64_FORMAT "  %s%s%s\n", shard, state,
         status_count(counts, "documents_in"), status_count(counts, "documents_failed"),
         when == NULL ? "-" : when, reason == NULL ? "" : "  ", reason == NULL ? "" : reason);
}

static void print_shard(const json_t *shard)
{
  g_autofree char *number = g_strdup_printf("%" G_GUINT64_FORMAT, status_count(shard, "shard"));
  const char *state = json_string_value(json_object_get(shard, "state"));
  print_row(number, state, shard, json_string_value(json_object_get(shard, "updated")),
            strcmp(state, "stopped") == 0 ? json_string_value(json_object_get(shard, "error"))
                                          : NULL);
}

void print_shards(const json_t *job)
{
  size_t i;
  json_t *shard;
  printf("%-9s %-9s %12s %9s  %s\n", "shard", "state", "documents", "failed", "committed");
  json_array_foreach(json_object_get(job, "shards"), i, shard) print_shard(shard);
  g_autofree char *finished =
      g_strdup_printf("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, status_count(job, "finished"),
                      status_count(job, "n_shards"));
  g_autofree char *words = g_strdup_printf("%s finished", finished);
  print_row("all", json_string_value(json_object_get(job, "state")), job, words, NULL);
}
