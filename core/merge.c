/* SPDX-License-Identifier: Apache-2.0 */
/* Merging: what the shards of a job left, written as one run would have written it. */
#include "checkpoint.h"
#include "deadletter.h"
#include "fingerprint.h"
#include "journal.h"
#include "shard.h"

typedef struct {
  AverPipeline *pipeline;
  const char *job;
  guint n_shards;
  json_t *entries; /* of the first shard */
  json_t *files;
  AverSummary summary;
} Merge;

static void merge_clear(Merge *merge)
{
  json_decref(merge->entries);
  json_decref(merge->files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Merge, merge_clear)

static gboolean compare(const json_t *before, const json_t *now, gboolean loose, const char *what,
                        GError **error)
{
  json_t *old = aver_shard_select_entries(before, loose);
  json_t *new = aver_shard_select_entries(now, loose);
  g_autofree char *changes = aver_fingerprint_compare(old, new);
  json_decref(old);
  json_decref(new);
  if (changes != NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "%s: %s; expected all as it was", what,
                changes);
  return changes == NULL;
}

static gboolean refuse(const Merge *merge, guint shard, const char *why, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "shard %u of %u in '%s' %s; expected all of them to be finished", shard,
              merge->n_shards, merge->job, why);
  return FALSE;
}

static void add_summary(AverSummary *all, const AverSummary *one)
{
  all->documents_in += one->documents_in;
  all->documents_out += one->documents_out;
  all->documents_dropped += one->documents_dropped;
  all->documents_failed += one->documents_failed;
  all->bytes_in += one->bytes_in;
  all->documents_dead_lettered += one->documents_dead_lettered;
}

static gboolean check_shard(Merge *merge, guint shard, GError **error)
{
  g_autofree char *folder = aver_shard_get_folder(merge->job, shard, merge->n_shards);
  g_auto(AverJournalState) state = {0};
  AverSummary summary = {0};
  if (!aver_journal_load(folder, &state, error)) {
    g_prefix_error(error, "shard %u of %u in '%s': ", shard, merge->n_shards, merge->job);
    return FALSE;
  }
  if (state.job == NULL)
    return refuse(merge, shard, "is missing", error);
  if (aver_checkpoint_get_state(state.checkpoint) != AVER_JOB_FINISHED || state.files == NULL)
    return refuse(merge, shard, "is not finished", error);
  aver_checkpoint_get_summary(state.checkpoint, &summary);
  add_summary(&merge->summary, &summary);
  json_t *entries = json_object_get(state.job, "entries");
  json_t *files = json_object_get(state.files, "entries");
  if (merge->entries == NULL) {
    merge->entries = json_incref(entries);
    merge->files = json_incref(files);
    return TRUE;
  }
  g_autofree char *what = g_strdup_printf("shard %u of %u in '%s' does not go with shard 1", shard,
                                          merge->n_shards, merge->job);
  return compare(merge->entries, entries, FALSE, what, error) &&
         compare(merge->files, files, FALSE, what, error);
}

static gboolean check_shards(Merge *merge, GError **error)
{
  if (!aver_shards_count(merge->job, &merge->n_shards, error))
    return FALSE;
  if (merge->n_shards == 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "there are no shards in '%s'; expected a folder that 'aver run --shard I/N --job' "
                "made",
                merge->job);
    return FALSE;
  }
  if (!aver_shards_check_doubled(merge->job, merge->n_shards, error))
    return FALSE;
  for (guint shard = 1; shard <= merge->n_shards; shard++)
    if (!check_shard(merge, shard, error))
      return FALSE;
  return TRUE;
}

static gboolean check_pipeline(const Merge *merge, GError **error)
{
  const AverSample sample = {0};
  json_t *entries = aver_fingerprint_new(merge->pipeline, &sample);
  gboolean good =
      compare(merge->entries, entries, TRUE, "the pipeline is not that of the shards", error);
  json_decref(entries);
  return good;
}

static gboolean check_files(const Merge *merge, GError **error)
{
  json_t *files = aver_fingerprint_new_from_files(merge->pipeline);
  gboolean good =
      compare(merge->files, files, FALSE, "the pipeline is not that of the shards", error);
  json_decref(files);
  return good;
}

static gboolean emit(gpointer data, const char *bytes, gsize length, GError **error)
{
  const AverPost *post = data;
  if (aver_halt_is_wanted(post->halt)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_STOPPED, "stopped before the end of the merge");
    return FALSE;
  }
  return aver_post_emit(post, bytes, length, error);
}

static gboolean merge_writer(const Merge *merge, AverPost *post, GError **error)
{
  for (guint shard = 1; shard <= merge->n_shards; shard++) {
    g_autofree char *folder = aver_shard_get_folder(merge->job, shard, merge->n_shards);
    g_autofree char *spool = aver_shard_get_spool(folder, post->sheet);
    if (!aver_spool_read(spool, emit, post, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean merge_letters(const Merge *merge, AverDeadLetters *letters, GError **error)
{
  for (guint shard = 1; shard <= merge->n_shards; shard++) {
    g_autofree char *folder = aver_shard_get_folder(merge->job, shard, merge->n_shards);
    if (!aver_dead_letters_add_shard(letters, merge->pipeline, folder, error))
      return FALSE;
  }
  return TRUE;
}

/* Nothing is put into its place before all is there. */
static gboolean write_all(const Merge *merge, AverCrew *crew, AverDeadLetters *letters,
                          GError **error)
{
  for (guint i = 1; i < crew->n_posts; i++)
    if (crew->posts[i].plugin->kind == AVER_PLUGIN_WRITER &&
        !merge_writer(merge, &crew->posts[i], error))
      return FALSE;
  if (!merge_letters(merge, letters, error))
    return FALSE;
  for (guint i = 1; i < crew->n_posts; i++)
    if (crew->posts[i].plugin->kind == AVER_PLUGIN_WRITER &&
        !aver_post_finish(&crew->posts[i], error))
      return FALSE;
  return aver_dead_letters_close(letters, error);
}

gboolean aver_pipeline_merge(AverPipeline *pipeline, const char *folder, const int *stop,
                             AverSummary *summary, GError **error)
{
  g_return_val_if_fail(pipeline != NULL && folder != NULL, FALSE);
  g_auto(Merge) merge = {.pipeline = pipeline, .job = folder};
  pipeline->halt = (AverHalt){.wanted = stop};
  if (!check_shards(&merge, error) || !check_pipeline(&merge, error))
    return FALSE;
  g_autoptr(AverDeadLetters) letters = aver_dead_letters_new(pipeline, NULL, error);
  if (letters == NULL)
    return FALSE;
  g_autoptr(AverCrew) crew = aver_crew_new(pipeline, 0, pipeline->stages->len, 1, error);
  if (crew == NULL || !check_files(&merge, error) || !write_all(&merge, crew, letters, error))
    return FALSE;
  if (summary != NULL)
    *summary = merge.summary;
  return TRUE;
}
