/* SPDX-License-Identifier: Apache-2.0 */
/* A job: one run of a pipeline that can be gone on with. */
#include "job.h"

#include "delegate.h"

#include "display.h"
#include "fingerprint.h"
#include "joblock.h"
#include "journal.h"
#include "live.h"
#include "output-private.h"
#include "shard.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct AverJob {
  char *folder;
  const AverRunOptions *options;
  int lock;
  AverJournalState state; /* as it was found, or as it was started */
  AverJournal *journal;
  GPtrArray *stages;   /* AverStage*: told of the job as long as there is one */
  GPtrArray *partials; /* char*: the files that outputs write to until the end */
  gboolean started;    /* there may be something to go on with */
  gint64 since;        /* when this run started */
  double seconds;      /* that earlier runs took */

  GString *cursor; /* behind what was emitted last */
  AverSampling sampling;
  AverTally tally;
  AverSummary committed; /* at the last checkpoint, which was made at: */
  gint64 committed_at;
};

static gboolean check_pipeline(const AverPipeline *pipeline, gboolean shard, GError **error)
{
  if (pipeline->replay != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "a job cannot replay dead letters; expected an input");
    return FALSE;
  }
  for (guint i = 0; i < pipeline->stages->len; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    const AverPlugin *plugin = stage->plugin;
    const char *why = NULL;
    if (plugin->kind == AVER_PLUGIN_READER && (plugin->cursor == NULL || plugin->seek == NULL))
      why = "this reader cannot tell where it is";
    else if (plugin->kind == AVER_PLUGIN_WRITER && !shard &&
             (plugin->commit == NULL || (plugin->flags & AVER_PLUGIN_RESUMES) == 0))
      why = "this writer cannot go on with what it has written";
    else if (plugin->kind == AVER_PLUGIN_ANNOTATOR && (plugin->flags & AVER_PLUGIN_SERIAL) != 0)
      why = "what it keeps from document to document would be lost";
    if (why != NULL) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "stage '%s': cannot be part of a job: %s",
                  stage->name, why);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean identify_inputs(AverPipeline *pipeline, json_t *entries, GError **error)
{
  g_autoptr(AverCrew) crew = aver_crew_new(pipeline, 0, 1, 1, error);
  if (crew == NULL)
    return FALSE;
  g_autoptr(GString) text = g_string_new(NULL);
  const AverPost *reader = &crew->posts[0];
  if (reader->plugin->identify != NULL)
    reader->plugin->identify(reader->self, text);
  for (char **input = reader->stage->inputs; reader->plugin->identify == NULL && *input; input++)
    g_string_append_printf(text, "named\t%s\n", *input);
  aver_fingerprint_add_inputs(entries, text->str);
  return TRUE;
}

static gboolean compare(const AverJob *job, const json_t *before, const json_t *now, GError **error)
{
  g_autofree char *changes = aver_fingerprint_compare(json_object_get(before, "entries"), now);
  if (changes != NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "job '%s' cannot go on: %s; expected all as it was when the job started",
                job->folder, changes);
  return changes == NULL;
}

/* Steals @entries. */
static json_t *describe(const AverJob *job, json_t *entries)
{
  g_autofree char *folder = g_get_current_dir();
  g_autofree char *id = g_strdup_printf("%08x%08x", g_random_int(), g_random_int());
  const char *command = job->options->command == NULL ? "" : job->options->command;
  json_t *record = json_object();
  json_object_set_new(record, "type", json_string("job"));
  json_object_set_new(record, "id", json_string(id));
  json_object_set_new(record, "command", aver_display_json(command));
  json_object_set_new(record, "folder", aver_display_json(folder));
  json_object_set_new(record, "entries", entries);
  return record;
}

/* Loads or makes the job's record; a finished job is only compared. */
static gboolean take_up(AverJob *job, AverPipeline *pipeline, GError **error)
{
  if (!aver_journal_load(job->folder, &job->state, error)) {
    g_prefix_error(error, "job '%s': ", job->folder);
    return FALSE;
  }
  json_t *entries = aver_fingerprint_new(pipeline, &job->options->sample);
  aver_fingerprint_add_shard(entries, job->options->shard, job->options->n_shards);
  gboolean good = identify_inputs(pipeline, entries, error);
  if (good && job->state.job != NULL)
    good = compare(job, job->state.job, entries, error);
  if (good && job->state.job == NULL)
    job->state.job = describe(job, json_incref(entries));
  else if (good)
    job->started = TRUE;
  json_decref(entries);
  if (!good || aver_job_get_state(job) == AVER_JOB_FINISHED)
    return good;
  g_clear_pointer(&job->state.failure, json_decref);
  job->journal = aver_journal_new(job->folder, &job->state, error);
  g_autofree char *folder = g_canonicalize_filename(job->folder, NULL);
  return job->journal != NULL && aver_output_sync_folder(folder, error);
}

static gboolean make_folder(const AverJob *job, GError **error)
{
  if (mkdir(job->folder, 0777) == 0 || errno == EEXIST)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot make the job's folder '%s': %s",
              job->folder, g_strerror(errno));
  return FALSE;
}

/* What the writers of a shard open is none of the job's. */
static void tell_stages(const AverJob *job, AverJob *what)
{
  for (guint i = 0; i < job->stages->len; i++) {
    AverStage *stage = g_ptr_array_index(job->stages, i);
    gboolean kept = stage->plugin->kind == AVER_PLUGIN_WRITER && aver_shard_keeps(job->options);
    stage->job = kept ? NULL : what;
  }
}

AverJob *aver_job_new(AverPipeline *pipeline, const AverRunOptions *options, GError **error)
{
  g_autoptr(AverJob) job = g_new0(AverJob, 1);
  job->folder = aver_shard_keeps(options)
                    ? aver_shard_get_folder(options->job, options->shard, options->n_shards)
                    : g_strdup(options->job);
  job->options = options;
  job->lock = -1;
  job->partials = g_ptr_array_new_with_free_func(g_free);
  job->cursor = g_string_new(NULL);
  const AverStage *reader = g_ptr_array_index(pipeline->stages, 0);
  aver_tally_init(&job->tally, pipeline->stages->len + aver_delegates_count(reader));
  job->since = job->committed_at = g_get_monotonic_time();
  if (!check_pipeline(pipeline, aver_shard_keeps(options), error) || !make_folder(job, error))
    return NULL;
  job->lock = aver_job_lock(job->folder, error);
  if (job->lock < 0 || !take_up(job, pipeline, error))
    return NULL;
  const json_t *checkpoint = job->state.checkpoint;
  if (checkpoint != NULL) {
    g_string_assign(job->cursor, aver_checkpoint_get_cursor(checkpoint));
    aver_checkpoint_get_sampling(checkpoint, &job->sampling);
    aver_checkpoint_get_summary(checkpoint, &job->tally.summary);
    aver_checkpoint_get_stages(checkpoint, &job->tally);
    job->seconds = aver_checkpoint_get_seconds(checkpoint);
    job->committed = job->tally.summary;
  }
  job->stages = g_ptr_array_ref(pipeline->stages);
  tell_stages(job, job);
  return g_steal_pointer(&job);
}

static void discard(const AverJob *job)
{
  for (guint i = 0; i < job->partials->len; i++)
    unlink(g_ptr_array_index(job->partials, i));
  g_autofree char *path = g_build_filename(job->folder, AVER_JOURNAL_NAME, NULL);
  unlink(path);
}

void aver_job_free(AverJob *job)
{
  if (job == NULL)
    return;
  if (job->journal != NULL && !job->started)
    discard(job);
  if (job->stages != NULL)
    tell_stages(job, NULL);
  g_clear_pointer(&job->stages, g_ptr_array_unref);
  if (job->lock >= 0 && aver_shard_keeps(job->options))
    aver_shard_remove_diverted(job->folder);
  if (job->lock >= 0)
    close(job->lock);
  aver_journal_free(job->journal);
  aver_journal_state_clear(&job->state);
  g_ptr_array_unref(job->partials);
  g_string_free(job->cursor, TRUE);
  aver_tally_clear(&job->tally);
  g_free(job->folder);
  g_free(job);
}

AverJobState aver_job_get_state(const AverJob *job)
{
  return aver_checkpoint_get_state(job->state.checkpoint);
}

const AverTally *aver_job_get_tally(const AverJob *job)
{
  return &job->tally;
}

void aver_job_get_sampling(const AverJob *job, AverSampling *sampling)
{
  sampling->seen = job->sampling.seen;
  sampling->taken = job->sampling.taken;
}

static const char *id_of(const AverJob *job)
{
  return json_string_value(json_object_get(job->state.job, "id"));
}

static AverOutput *open_output(AverJob *job, const char *resume, const char *path, GError **error)
{
  return aver_output_new_in_job(path, id_of(job), resume, aver_job_get_state(job) == AVER_JOB_ENDED,
                                job->partials, error);
}

AverOutput *aver_job_open_output(AverJob *job, const char *key, const char *path, GError **error)
{
  return open_output(job, aver_checkpoint_get_position(job->state.checkpoint, key), path, error);
}

const char *aver_job_get_shard_folder(const AverJob *job)
{
  return aver_shard_keeps(job->options) ? job->folder : NULL;
}

gboolean aver_job_divert(AverJob *job, AverPipeline *pipeline, GError **error)
{
  return !aver_shard_keeps(job->options) || aver_shard_divert(pipeline, job->folder, error);
}

gboolean aver_job_mark(AverJob *job, GError **error)
{
  return !aver_shard_keeps(job->options) ||
         aver_shard_mark(job->folder, json_object_get(job->state.job, "entries"), job->options,
                         &job->tally.summary, error);
}

static gboolean open_spools(AverJob *job, AverCrew *crew, GError **error)
{
  for (guint i = 0; aver_shard_keeps(job->options) && i < crew->n_posts; i++) {
    AverPost *post = &crew->posts[i];
    if (post->plugin->kind != AVER_PLUGIN_WRITER)
      continue;
    g_autofree char *key = aver_stage_make_key(post->stage);
    g_autofree char *path = aver_shard_get_spool(job->folder, post->sheet);
    AverOutput *output = aver_job_open_output(job, key, path, error);
    if (output == NULL)
      return FALSE;
    post->spool = aver_spool_new(output);
  }
  return TRUE;
}

gboolean aver_job_start(AverJob *job, AverPipeline *pipeline, AverCrew *crew, GError **error)
{
  const AverPost *reader = &crew->posts[0];
  if (!open_spools(job, crew, error))
    return FALSE;
  json_t *files = aver_fingerprint_new_from_files(pipeline);
  if (job->state.files != NULL) {
    gboolean same = compare(job, job->state.files, files, error);
    json_decref(files);
    if (!same)
      return FALSE;
  } else {
    json_t *record = json_pack("{s:s, s:o}", "type", "files", "entries", files);
    if (!aver_journal_append(job->journal, record, error))
      return FALSE;
  }
  job->started = TRUE;
  gboolean ended = aver_job_get_state(job) == AVER_JOB_ENDED;
  if (job->state.checkpoint == NULL || (ended && !reader->stage->live))
    return TRUE;
  if (job->cursor->len == 0 && job->tally.summary.documents_in == 0)
    return TRUE; /* stopped before the first batch was emitted */
  g_autoptr(GError) failure = NULL;
  if (reader->plugin->seek(reader->self, job->cursor->str, &failure))
    return TRUE;
  aver_post_prefix_error(reader, &failure);
  g_propagate_error(error, g_steal_pointer(&failure));
  return FALSE;
}

gboolean aver_job_advance(AverJob *job, const AverBatch *batch, const AverTally *tally,
                          AverCrew *crew, AverDeadLetters *letters, GError **error)
{
  g_string_assign(job->cursor, batch->cursor->str);
  job->sampling = batch->sampling;
  aver_tally_copy(&job->tally, tally);
  return !aver_due(job->options, crew->posts[0].stage->live, &job->tally.summary, &job->committed,
                   job->committed_at) ||
         aver_job_checkpoint(job, FALSE, crew, letters, error);
}

gboolean aver_job_idle(AverJob *job, gboolean quiet, AverCrew *crew, AverDeadLetters *letters,
                       GError **error)
{
  return !aver_due_when_idle(quiet, job->options, &job->tally.summary, &job->committed,
                             job->committed_at) ||
         aver_job_checkpoint(job, FALSE, crew, letters, error);
}

static gboolean append(AverJob *job, AverJobState state, GHashTable *positions, GError **error)
{
  double seconds = job->seconds + (double) (g_get_monotonic_time() - job->since) / G_USEC_PER_SEC;
  json_t *record =
      aver_checkpoint_new(state, job->cursor->str, positions, &job->tally.summary, seconds);
  aver_checkpoint_set_sampling(record, &job->sampling);
  aver_checkpoint_set_stages(record, &job->tally);
  return aver_journal_append(job->journal, record, error);
}

gboolean aver_job_checkpoint(AverJob *job, gboolean ended, AverCrew *crew, AverDeadLetters *letters,
                             GError **error)
{
  g_autoptr(GHashTable) positions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  if (!aver_crew_commit(crew, positions, error) ||
      !aver_dead_letters_commit(letters, positions, error) ||
      !append(job, ended ? AVER_JOB_ENDED : AVER_JOB_RUNNING, positions, error))
    return FALSE;
  job->committed = job->tally.summary;
  job->committed_at = g_get_monotonic_time();
  return aver_crew_acknowledge(crew, job->cursor->str, error);
}

gboolean aver_job_finish(AverJob *job, GError **error)
{
  g_autoptr(GHashTable) positions = g_hash_table_new(g_str_hash, g_str_equal);
  return append(job, AVER_JOB_FINISHED, positions, error);
}

void aver_job_fail(AverJob *job, const char *message)
{
  if (job->journal == NULL || !job->started)
    return;
  g_autofree char *now = aver_display_time(g_get_real_time());
  json_t *record = json_object();
  json_object_set_new(record, "type", json_string("failure"));
  json_object_set_new(record, "message", aver_display_json(message));
  json_object_set_new(record, "time", json_string(now));
  aver_journal_append(job->journal, record, NULL);
}

const char *aver_stage_get_job(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, NULL);
  return stage->job == NULL ? NULL : id_of(stage->job);
}

const char *aver_stage_get_resume_position(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, NULL);
  if (stage->job == NULL)
    return NULL;
  g_autofree char *key = aver_stage_make_key(stage);
  return aver_checkpoint_get_position(stage->job->state.checkpoint, key);
}

gboolean aver_stage_get_ended(const AverStage *stage)
{
  g_return_val_if_fail(stage != NULL, FALSE);
  return stage->job != NULL && aver_job_get_state(stage->job) == AVER_JOB_ENDED;
}

/* What its option `compress` says, where a plugin has one; by the name when that says auto. */
static AverOutput *compress(const AverStage *stage, AverOutput *output, const char *path,
                            const char *resume, GError **error)
{
  guint choice = 0;
  g_autoptr(AverOutput) own = output;
  if (output == NULL)
    return NULL;
  if (aver_stage_find_option(stage, "compress") != NULL)
    choice = aver_compression_choose(aver_stage_get_choice(stage, "compress"), path);
  return choice == 0 || aver_press_begin(output, choice, resume,
                                         stage->job == NULL ? NULL : stage->job->partials, error)
             ? g_steal_pointer(&own)
             : NULL;
}

AverOutput *aver_stage_open_output(const AverStage *stage, GError **error)
{
  g_return_val_if_fail(stage != NULL, NULL);
  return aver_stage_open_file(stage, stage->output, aver_stage_get_resume_position(stage), error);
}

AverOutput *aver_stage_open_file(const AverStage *stage, const char *path, const char *resume,
                                 GError **error)
{
  g_return_val_if_fail(stage != NULL, NULL);
  AverOutput *output = stage->job == NULL ? aver_live_open_output(stage->live, path, error)
                                          : open_output(stage->job, resume, path, error);
  return compress(stage, output, path, resume, error);
}
