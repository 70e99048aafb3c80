/* SPDX-License-Identifier: Apache-2.0 */
/* How a job stands, as its journal tells. */
#include "checkpoint.h"
#include "display.h"
#include "fingerprint.h"
#include "joblock.h"
#include "journal.h"

static const char *state_name(const AverJournalState *state, const char *folder)
{
  if (aver_checkpoint_get_state(state->checkpoint) == AVER_JOB_FINISHED)
    return "finished";
  return aver_job_is_locked(folder) ? "running" : "stopped";
}

/* A file may be named by an option, and by the plugin that opened it as well: it is told once.
 * @told: what was told; gets it. */
static void add_changes(json_t *list, GHashTable *told, const json_t *record, const char *folder)
{
  g_autoptr(GPtrArray) changes =
      aver_fingerprint_look_again(json_object_get(record, "entries"), folder);
  for (guint i = 0; i < changes->len; i++) {
    const char *change = g_ptr_array_index(changes, i);
    if (g_hash_table_add(told, g_strdup(change)))
      json_array_append_new(list, json_string(change));
  }
}

static void set_text(json_t *object, const char *name, const json_t *record, const char *member)
{
  json_t *value = json_object_get(record, member);
  json_object_set(object, name, value == NULL ? json_null() : value);
}

static json_t *describe(const AverJournalState *state, const char *folder)
{
  AverSummary summary = {0};
  aver_checkpoint_get_summary(state->checkpoint, &summary);
  double seconds = aver_checkpoint_get_seconds(state->checkpoint);
  double divisor = MAX(seconds, 1e-3);
  const char *started_in = json_string_value(json_object_get(state->job, "folder"));
  json_t *object = json_object();
  json_t *changes = json_array();
  g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  add_changes(changes, told, state->job, started_in);
  add_changes(changes, told, state->files, started_in);
  aver_summary_to_json(&summary, object);
  json_object_set_new(object, "state", json_string(state_name(state, folder)));
  json_object_set_new(object, "bytes_total",
                      json_integer((json_int_t) aver_fingerprint_sum_inputs(
                          json_object_get(state->job, "entries"))));
  json_object_set_new(object, "seconds", json_real(seconds));
  json_object_set_new(object, "documents_per_second",
                      json_real((double) summary.documents_in / divisor));
  json_object_set_new(object, "bytes_per_second", json_real((double) summary.bytes_in / divisor));
  set_text(object, "updated", state->checkpoint, "time");
  set_text(object, "error", state->failure, "message");
  set_text(object, "command", state->job, "command");
  set_text(object, "folder", state->job, "folder");
  json_object_set_new(object, "changed", changes);
  return object;
}

char *aver_job_describe(const char *folder, GError **error)
{
  g_return_val_if_fail(folder != NULL, NULL);
  g_auto(AverJournalState) state = {0};
  if (!aver_journal_load(folder, &state, error)) {
    g_prefix_error(error, "job '%s': ", folder);
    return NULL;
  }
  if (state.job == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "there is no job in '%s'; expected a folder that 'aver run --job' made", folder);
    return NULL;
  }
  json_t *object = describe(&state, folder);
  char *text = json_dumps(object, JSON_SORT_KEYS | JSON_INDENT(2) | JSON_REAL_PRECISION(6));
  json_decref(object);
  /* The caller frees with g_free(). */
  char *copy = g_strdup(text);
  free(text);
  return copy;
}
