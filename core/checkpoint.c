/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a journal: made, checked when they are read back, and asked. */
#include "checkpoint.h"

#include "display.h"

#include <stddef.h>
#include <string.h>

static const char *const states[] = {"running", "ended", "finished"};

/* Every count of a summary that a job carries on. */
static const struct {
  const char *name;
  gsize offset;
} counts[] = {
    {"documents_in", offsetof(AverSummary, documents_in)},
    {"documents_out", offsetof(AverSummary, documents_out)},
    {"documents_dropped", offsetof(AverSummary, documents_dropped)},
    {"documents_failed", offsetof(AverSummary, documents_failed)},
    {"bytes_in", offsetof(AverSummary, bytes_in)},
    {"documents_dead_lettered", offsetof(AverSummary, documents_dead_lettered)},
    {"documents_not_taken", offsetof(AverSummary, documents_not_taken)},
};

static const char *const sampling_counts[] = {"seen", "taken", NULL};
static const char *const stage_counts[] = {"failed", "dropped", "nanoseconds", NULL};

#define COUNT(summary, i) G_STRUCT_MEMBER(guint64, summary, counts[i].offset)

void aver_summary_to_json(const AverSummary *summary, json_t *object)
{
  for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
    json_object_set_new(object, counts[i].name, json_integer((json_int_t) COUNT(summary, i)));
}

static gboolean all_strings(const json_t *object)
{
  const char *key;
  json_t *value;
  if (!json_is_object(object))
    return FALSE;
  json_object_foreach((json_t *) object, key, value) if (!json_is_string(value)) return FALSE;
  return TRUE;
}

static gboolean check_entries(const json_t *entries)
{
  size_t i;
  json_t *entry;
  if (!json_is_array(entries))
    return FALSE;
  json_array_foreach(entries, i, entry) if (!all_strings(entry) ||
                                            json_object_get(entry, "kind") == NULL ||
                                            json_object_get(entry, "name") == NULL ||
                                            json_object_get(entry, "value") == NULL) return FALSE;
  return TRUE;
}

static gboolean check_strings(const json_t *record, const char *const *names)
{
  for (; *names != NULL; names++)
    if (!json_is_string(json_object_get(record, *names)))
      return FALSE;
  return TRUE;
}

static gboolean check_count(const json_t *count)
{
  return json_is_integer(count) && json_integer_value(count) >= 0;
}

static gboolean check_counts(const json_t *object, const char *const *names)
{
  for (; *names != NULL; names++)
    if (!check_count(json_object_get(object, *names)))
      return FALSE;
  return TRUE;
}

/* What a checkpoint may have beside its summary. */
static gboolean check_more(const json_t *record)
{
  const json_t *sampling = json_object_get(record, "sampling");
  const json_t *stages = json_object_get(record, "stages");
  if ((sampling != NULL && !check_counts(sampling, sampling_counts)) ||
      (stages != NULL && !json_is_array(stages)))
    return FALSE;
  for (size_t i = 0; i < json_array_size(stages); i++)
    if (!check_counts(json_array_get(stages, i), stage_counts))
      return FALSE;
  return TRUE;
}

static int find_state(const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS(states); i++)
    if (strcmp(states[i], name) == 0)
      return (int) i;
  return -1;
}

static gboolean check_checkpoint(const json_t *record)
{
  static const char *const strings[] = {"cursor", "state", "time", NULL};
  if (!check_strings(record, strings) || !all_strings(json_object_get(record, "positions")) ||
      !json_is_number(json_object_get(record, "seconds")) ||
      find_state(json_string_value(json_object_get(record, "state"))) < 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
    const json_t *count = json_object_get(record, counts[i].name);
    if (count != NULL && !check_count(count))
      return FALSE;
  }
  return check_more(record);
}

gboolean aver_checkpoint_check(const json_t *record)
{
  static const char *const job[] = {"id", "command", "folder", NULL};
  static const char *const failure[] = {"message", "time", NULL};
  const char *type = json_string_value(json_object_get(record, "type"));
  if (g_strcmp0(type, "job") == 0) {
    const char *id = json_string_value(json_object_get(record, "id"));
    return check_strings(record, job) && strspn(id, "0123456789abcdef") == strlen(id) &&
           strlen(id) == 16 &&
           g_path_is_absolute(json_string_value(json_object_get(record, "folder"))) &&
           check_entries(json_object_get(record, "entries"));
  }
  if (g_strcmp0(type, "files") == 0)
    return check_entries(json_object_get(record, "entries"));
  if (g_strcmp0(type, "failure") == 0)
    return check_strings(record, failure);
  return g_strcmp0(type, "checkpoint") == 0 && check_checkpoint(record);
}

json_t *aver_checkpoint_new(AverJobState state, const char *cursor, GHashTable *positions,
                            const AverSummary *summary, double seconds)
{
  json_t *record = json_object();
  json_t *places = json_object();
  GHashTableIter iter;
  gpointer key, value;
  g_hash_table_iter_init(&iter, positions);
  while (g_hash_table_iter_next(&iter, &key, &value))
    json_object_set_new(places, key, aver_display_json(value));
  json_object_set_new(record, "type", json_string("checkpoint"));
  json_object_set_new(record, "state", json_string(states[state]));
  json_object_set_new(record, "cursor", aver_display_json(cursor));
  json_object_set_new(record, "positions", places);
  json_object_set_new(record, "seconds", json_real(seconds));
  g_autofree char *now = aver_display_time(g_get_real_time());
  json_object_set_new(record, "time", json_string(now));
  aver_summary_to_json(summary, record);
  return record;
}

void aver_checkpoint_set_sampling(json_t *record, const AverSampling *sampling)
{
  json_object_set_new(record, "sampling",
                      json_pack("{s:I, s:I}", "seen", (json_int_t) sampling->seen, "taken",
                                (json_int_t) sampling->taken));
}

void aver_checkpoint_set_stages(json_t *record, const AverTally *tally)
{
  json_t *stages = json_array();
  for (guint i = 0; i < tally->n_stages; i++) {
    const AverStageTally *stage = &tally->stages[i];
    json_array_append_new(stages, json_pack("{s:I, s:I, s:I}", "failed", (json_int_t) stage->failed,
                                            "dropped", (json_int_t) stage->dropped, "nanoseconds",
                                            (json_int_t) stage->nanoseconds));
  }
  json_object_set_new(record, "stages", stages);
}

AverJobState aver_checkpoint_get_state(const json_t *checkpoint)
{
  return checkpoint == NULL
             ? AVER_JOB_RUNNING
             : (AverJobState) find_state(json_string_value(json_object_get(checkpoint, "state")));
}

const char *aver_checkpoint_get_cursor(const json_t *checkpoint)
{
  return json_string_value(json_object_get(checkpoint, "cursor"));
}

const char *aver_checkpoint_get_position(const json_t *checkpoint, const char *output)
{
  return json_string_value(json_object_get(json_object_get(checkpoint, "positions"), output));
}

void aver_checkpoint_get_summary(const json_t *checkpoint, AverSummary *summary)
{
  for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
    COUNT(summary, i) = (guint64) json_integer_value(json_object_get(checkpoint, counts[i].name));
}

double aver_checkpoint_get_seconds(const json_t *checkpoint)
{
  return json_number_value(json_object_get(checkpoint, "seconds"));
}

static guint64 get_count(const json_t *object, const char *name)
{
  return (guint64) json_integer_value(json_object_get(object, name));
}

void aver_checkpoint_get_sampling(const json_t *checkpoint, AverSampling *sampling)
{
  const json_t *standing = json_object_get(checkpoint, "sampling");
  sampling->seen = get_count(standing, "seen");
  sampling->taken = get_count(standing, "taken");
}

void aver_checkpoint_get_stages(const json_t *checkpoint, AverTally *tally)
{
  const json_t *stages = json_object_get(checkpoint, "stages");
  if (json_array_size(stages) != tally->n_stages)
    return;
  for (guint i = 0; i < tally->n_stages; i++) {
    const json_t *stage = json_array_get(stages, i);
    tally->stages[i] = (AverStageTally){get_count(stage, "failed"), get_count(stage, "dropped"),
                                        (gint64) get_count(stage, "nanoseconds")};
  }
}
