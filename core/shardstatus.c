/* SPDX-License-Identifier: Apache-2.0 */
/* How the shards of a job stand, as their journals tell. */
#include "checkpoint.h"
#include "joblock.h"
#include "journal.h"
#include "shard.h"

#include <stdlib.h>

typedef struct {
  const char *job;
  guint n_shards, n_finished, n_running;
  json_t *list;
  guint64 counts[8]; /* as `names` has them */
  json_t *command, *folder;
} Shards;

static const char *const names[] = {
    "documents_in", "documents_out",           "documents_dropped",  "documents_failed",
    "bytes_in",     "documents_dead_lettered", "documents_not_taken"};

static const char *state_of(Shards *shards, const AverJournalState *state, const char *folder)
{
  if (aver_checkpoint_get_state(state->checkpoint) == AVER_JOB_FINISHED) {
    shards->n_finished++;
    return "finished";
  }
  if (aver_job_is_locked(folder)) {
    shards->n_running++;
    return "running";
  }
  return state->job == NULL ? "missing" : "stopped";
}

static void set_text(json_t *object, const char *name, const json_t *record, const char *member)
{
  json_t *value = json_object_get(record, member);
  json_object_set(object, name, value == NULL ? json_null() : value);
}

static void add_counts(Shards *shards, const json_t *object)
{
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    shards->counts[i] += (guint64) json_integer_value(json_object_get(object, names[i]));
}

static gboolean add_shard(Shards *shards, guint shard, GError **error)
{
  g_autofree char *folder = aver_shard_get_folder(shards->job, shard, shards->n_shards);
  g_auto(AverJournalState) state = {0};
  AverSummary summary = {0};
  if (!aver_journal_load(folder, &state, error)) {
    g_prefix_error(error, "shard %u of %u in '%s': ", shard, shards->n_shards, shards->job);
    return FALSE;
  }
  json_t *object = json_object();
  aver_checkpoint_get_summary(state.checkpoint, &summary);
  aver_summary_to_json(&summary, object);
  add_counts(shards, object);
  json_object_set_new(object, "shard", json_integer(shard));
  json_object_set_new(object, "state", json_string(state_of(shards, &state, folder)));
  json_object_set_new(object, "seconds", json_real(aver_checkpoint_get_seconds(state.checkpoint)));
  set_text(object, "updated", state.checkpoint, "time");
  set_text(object, "error", state.failure, "message");
  json_array_append_new(shards->list, object);
  if (shards->command == NULL && state.job != NULL) {
    shards->command = json_incref(json_object_get(state.job, "command"));
    shards->folder = json_incref(json_object_get(state.job, "folder"));
  }
  return TRUE;
}

static json_t *describe(const Shards *shards)
{
  json_t *object = json_object();
  const char *state = shards->n_finished == shards->n_shards ? "finished"
                      : shards->n_running > 0                ? "running"
                                                             : "stopped";
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    json_object_set_new(object, names[i], json_integer((json_int_t) shards->counts[i]));
  json_object_set_new(object, "n_shards", json_integer(shards->n_shards));
  json_object_set_new(object, "finished", json_integer(shards->n_finished));
  json_object_set_new(object, "state", json_string(state));
  json_object_set(object, "command", shards->command == NULL ? json_null() : shards->command);
  json_object_set(object, "folder", shards->folder == NULL ? json_null() : shards->folder);
  json_object_set(object, "shards", shards->list);
  return object;
}

static char *describe_all(Shards *shards, GError **error)
{
  for (guint shard = 1; shard <= shards->n_shards; shard++)
    if (!add_shard(shards, shard, error))
      return NULL;
  json_t *object = describe(shards);
  char *text = json_dumps(object, JSON_SORT_KEYS | JSON_INDENT(2) | JSON_REAL_PRECISION(6));
  json_decref(object);
  /* The caller frees with g_free(). */
  char *copy = g_strdup(text);
  free(text);
  return copy;
}

char *aver_shards_describe(const char *folder, GError **error)
{
  g_return_val_if_fail(folder != NULL, NULL);
  Shards shards = {.job = folder};
  if (!aver_shards_count(folder, &shards.n_shards, error) ||
      (shards.n_shards > 0 && !aver_shards_check_doubled(folder, shards.n_shards, error)))
    return NULL;
  if (shards.n_shards == 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "there are no shards in '%s'; expected a folder that 'aver run --shard I/N --job' "
                "made",
                folder);
    return NULL;
  }
  shards.list = json_array();
  char *text = describe_all(&shards, error);
  json_decref(shards.list);
  json_decref(shards.command);
  json_decref(shards.folder);
  return text;
}
