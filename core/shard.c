/* SPDX-License-Identifier: Apache-2.0 */
/* The shards of a job: where they are, and what is in their folders. */
#include "shard.h"

#include "checkpoint.h"
#include "fingerprint.h"
#include "journal.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX   "shard-"
#define DIVERTED "unused"

gboolean aver_shard_keeps(const AverRunOptions *options)
{
  return options->n_shards > 0 && options->job != NULL;
}

static char *name_of(guint shard, guint n_shards)
{
  return g_strdup_printf(PREFIX "%04u-of-%04u", shard, n_shards);
}

char *aver_shard_get_folder(const char *job, guint shard, guint n_shards)
{
  g_autofree char *name = name_of(shard, n_shards);
  return g_build_filename(job, name, NULL);
}

char *aver_shard_get_spool(const char *folder, guint writer)
{
  return g_strdup_printf("%s/writer-%u.spool", folder, writer + 1);
}

char *aver_shard_get_letters(const char *folder, guint file)
{
  return g_strdup_printf("%s/dead-letters-%u.jsonl", folder, file + 1);
}

guint aver_shard_number_letters(const AverPipeline *pipeline, const char *path)
{
  guint n = 0;
  for (guint i = 0; i < pipeline->stages->len; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    if (stage->policy == AVER_POLICY_DEAD_LETTER && strcmp(stage->dead_letter, path) == 0)
      break;
    n += stage->policy == AVER_POLICY_DEAD_LETTER ? 1 : 0;
  }
  return n;
}

static gboolean refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static gboolean refuse(GError **error, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "%s", message);
  return FALSE;
}

static gboolean check_options(const AverPipeline *pipeline, const AverRunOptions *options,
                              GError **error)
{
  const AverSample *sample = &options->sample;
  const AverStage *reader = g_ptr_array_index(pipeline->stages, 0);
  if (options->shard < 1 || options->shard > options->n_shards ||
      options->n_shards > AVER_MOST_SHARDS)
    return refuse(error, "shard %u of %u; expected one from 1 on, of at most %d", options->shard,
                  options->n_shards, AVER_MOST_SHARDS);
  if (pipeline->replay != NULL)
    return refuse(error, "dead letters cannot be shared out; expected an input");
  if (sample->limit > 0 || sample->skip > 0 || sample->sampled || sample->n_shards > 1)
    return refuse(error, "a shard cannot take a sample, as it does not know which numbers its "
                         "documents have in the whole input");
  for (guint i = 0; i < pipeline->stages->len; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    if (stage->plugin->kind == AVER_PLUGIN_ANNOTATOR &&
        (stage->plugin->flags & AVER_PLUGIN_SERIAL) != 0)
      return refuse(
          error, "stage '%s': cannot be part of a shard: it does not see the documents before it",
          stage->name);
  }
  gboolean named = reader->inputs != NULL && reader->inputs[0] != NULL;
  for (char **input = reader->inputs; named && *input != NULL; input++)
    if (strcmp(*input, "-") == 0)
      named = FALSE;
  return named || refuse(error, "standard input cannot be shared out; expected files or folders");
}

static gboolean check_folder(const AverRunOptions *options, GError **error)
{
  guint n_shards;
  if (options->job == NULL)
    return TRUE;
  if (!aver_shards_count(options->job, &n_shards, error))
    return FALSE;
  g_autofree char *journal = g_build_filename(options->job, AVER_JOURNAL_NAME, NULL);
  gboolean whole = g_file_test(journal, G_FILE_TEST_EXISTS);
  if (options->n_shards > 0 && whole)
    return refuse(error, "job '%s' has no shards; expected another folder", options->job);
  if (n_shards > 0 && n_shards != options->n_shards)
    return refuse(error,
                  "job '%s' has %u shards; expected one of them (--shard I/%u), or another folder",
                  options->job, n_shards, n_shards);
  if (options->n_shards == 0 || mkdir(options->job, 0777) == 0 || errno == EEXIST)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot make the job's folder '%s': %s",
              options->job, g_strerror(errno));
  return FALSE;
}

gboolean aver_shard_begin(AverPipeline *pipeline, const AverRunOptions *options, GError **error)
{
  AverStage *reader = g_ptr_array_index(pipeline->stages, 0);
  reader->share = NULL;
  if (options->n_shards > 0) {
    if (!check_options(pipeline, options, error))
      return FALSE;
    pipeline->share = (AverShare){.shard = options->shard - 1, .n_shards = options->n_shards};
    reader->share = &pipeline->share;
  }
  return check_folder(options, error);
}

gboolean aver_shard_check_reader(const AverPipeline *pipeline, GError **error)
{
  const AverStage *reader = g_ptr_array_index(pipeline->stages, 0);
  return reader->share == NULL || reader->share->input != NULL ||
         refuse(error,
                "stage '%s': its input cannot be shared out: this reader does not get it "
                "from the host",
                reader->name);
}

/* A folder's files and folders, those in them too; no link is followed. */
static void remove_all(const char *path)
{
  g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    g_autofree char *entry = g_build_filename(path, name, NULL);
    struct stat info;
    if (lstat(entry, &info) == 0 && S_ISDIR(info.st_mode))
      remove_all(entry);
    else
      unlink(entry);
  }
  rmdir(path);
}

void aver_shard_remove_diverted(const char *folder)
{
  g_autofree char *path = g_build_filename(folder, DIVERTED, NULL);
  remove_all(path);
}

gboolean aver_shard_divert(AverPipeline *pipeline, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename(folder, DIVERTED, NULL);
  remove_all(path);
  if (mkdir(path, 0777) != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot make the folder '%s': %s", path,
                g_strerror(errno));
    return FALSE;
  }
  for (guint i = 0; i < pipeline->stages->len; i++) {
    AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    if (stage->plugin->kind != AVER_PLUGIN_WRITER)
      continue;
    /* What its name ends in may decide how a writer writes. */
    gboolean slash = stage->output != NULL && g_str_has_suffix(stage->output, "/");
    g_free(stage->output);
    stage->output = g_strdup_printf("%s/%u%s", path, i, slash ? "/" : "");
  }
  return TRUE;
}

static gboolean is_of_one_shard(const char *name)
{
  return strcmp(name, AVER_FINGERPRINT_SHARD) == 0;
}

static gboolean is_elsewhere(const json_t *entry, const char *name)
{
  const char *kind = json_string_value(json_object_get(entry, "kind"));
  return g_strcmp0(kind, "input") == 0 || strcmp(name, AVER_FINGERPRINT_INPUTS) == 0 ||
         g_str_has_prefix(name, AVER_FINGERPRINT_OUTPUT);
}

json_t *aver_shard_select_entries(const json_t *entries, gboolean loose)
{
  json_t *selected = json_array();
  size_t i;
  json_t *entry;
  json_array_foreach(entries, i, entry)
  {
    const char *name = json_string_value(json_object_get(entry, "name"));
    if (!is_of_one_shard(name) && !(loose && is_elsewhere(entry, name)))
      json_array_append(selected, entry);
  }
  return selected;
}

static char *digest(const json_t *entries)
{
  json_t *shared = aver_shard_select_entries(entries, FALSE);
  char *text = json_dumps(shared, JSON_COMPACT | JSON_SORT_KEYS);
  char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text == NULL ? "" : text, -1);
  free(text);
  json_decref(shared);
  return sum;
}

gboolean aver_shard_mark(const char *folder, const json_t *entries, const AverRunOptions *options,
                         const AverSummary *summary, GError **error)
{
  g_autofree char *path = g_build_filename(folder, AVER_SHARD_MARKER, NULL);
  if (g_file_test(path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_autofree char *fingerprint = digest(entries);
  json_t *marker =
      json_pack("{s:s, s:I, s:I}", "fingerprint", fingerprint, "shard", (json_int_t) options->shard,
                "n_shards", (json_int_t) options->n_shards);
  aver_summary_to_json(summary, marker);
  char *text = json_dumps(marker, JSON_SORT_KEYS | JSON_INDENT(2));
  json_decref(marker);
  g_autoptr(AverOutput) output = text == NULL ? NULL : aver_output_new(path, error);
  gboolean good = output != NULL && aver_output_write(output, text, strlen(text), error) &&
                  aver_output_write(output, "\n", 1, error) && aver_output_close(output, error);
  free(text);
  return good;
}

/* The numbers in a name: FALSE when it is none that a shard's folder has. */
static gboolean parse_name(const char *name, guint *shard, guint *n_shards)
{
  if (sscanf(name, PREFIX "%6u-of-%6u", shard, n_shards) != 2)
    return FALSE;
  g_autofree char *same = name_of(*shard, *n_shards);
  return strcmp(name, same) == 0 && *shard >= 1 && *shard <= *n_shards;
}

gboolean aver_shards_count(const char *job, guint *n_shards, GError **error)
{
  g_autoptr(GDir) folder = g_dir_open(job, 0, NULL);
  const char *name;
  guint shard, n;
  *n_shards = 0;
  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    if (!parse_name(name, &shard, &n))
      continue;
    if (*n_shards != 0 && *n_shards != n)
      return refuse(error, "job '%s' has shards of %u and of %u; expected those of one number", job,
                    MIN(n, *n_shards), MAX(n, *n_shards));
    *n_shards = n;
  }
  return TRUE;
}

/* Which shard a folder holds, as its journal says; NULL when it has none. Free with g_free(). */
static char *find_shard(const char *folder)
{
  g_auto(AverJournalState) state = {0};
  size_t i;
  json_t *entry;
  char *found = NULL;
  if (!aver_journal_load(folder, &state, NULL))
    return NULL;
  json_array_foreach(json_object_get(state.job, "entries"), i,
                     entry) if (found == NULL &&
                                is_of_one_shard(json_string_value(json_object_get(entry, "name"))))
      found = g_strdup(json_string_value(json_object_get(entry, "value")));
  return found;
}

gboolean aver_shards_check_doubled(const char *job, guint n_shards, GError **error)
{
  g_autoptr(GDir) folder = g_dir_open(job, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
    guint shard, n;
    g_autofree char *path = g_build_filename(job, name, NULL);
    g_autofree char *held = g_str_has_prefix(name, PREFIX) ? find_shard(path) : NULL;
    if (held == NULL || sscanf(held, "%6u of %6u", &shard, &n) != 2 || n != n_shards)
      continue;
    g_autofree char *proper = name_of(shard, n);
    if (strcmp(proper, name) != 0)
      return refuse(error, "shard %u is there twice: '%s' is a copy of '%s'; expected one of each",
                    shard, name, proper);
  }
  return TRUE;
}
