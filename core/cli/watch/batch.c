/* SPDX-License-Identifier: Apache-2.0 */
/* Files of a watched folder, run through the pipeline. */
#include "batch.h"

#include "../log.h"
#include "../signals.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What a batch writes before it is appended; its end is the output's, which tells the compression.
 */
static char *part_of(const char *output)
{
  if (output == NULL)
    return NULL;
  g_autofree char *folder = g_path_get_dirname(output), *name = g_path_get_basename(output);
  g_autofree char *part = g_strconcat(".part-", name, NULL);
  return g_build_filename(folder, part, NULL);
}

void watch_clean(const Watch *watch)
{
  g_autofree char *part = watch->is_folder ? NULL : part_of(watch->output);
  g_autofree char *dead = part_of(watch->dead_letter);
  if (part != NULL)
    unlink(part);
  if (dead != NULL)
    unlink(dead);
}

static void on_message(const char *message, gpointer user_data)
{
  (void) user_data;
  log_message("error", message);
}

static void on_failure(const AverFailure *failure, gpointer user_data)
{
  (void) user_data;
  log_failure(failure);
}

/* Where results go first: the file's own place in the folder, or beside the file that grows. */
static char *target_of(const Watch *watch, const GPtrArray *arrivals)
{
  if (!watch->is_folder)
    return part_of(watch->output);
  const Arrival *arrival = arrivals->pdata[0];
  g_autofree char *name = g_strconcat(arrival->path, watch->suffix, NULL);
  return g_build_filename(watch->output, name, NULL);
}

static gboolean make_place(const char *target, GError **error)
{
  g_autofree char *folder = g_path_get_dirname(target);
  if (g_mkdir_with_parents(folder, 0777) == 0)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot make the folder '%s': %s", folder,
              g_strerror(errno));
  return FALSE;
}

static gboolean same_file(const GStatBuf *a, const GStatBuf *b)
{
  return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
         a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

void watch_close(Watch *watch)
{
  g_clear_pointer(&watch->open, aver_pipeline_unref);
}

/* The pipeline as it was left by the batch before, unless its file was edited. */
static AverPipeline *open_pipeline(Watch *watch, const GPtrArray *arrivals, const char *target,
                                   const char *dead, GError **error)
{
  g_autoptr(GPtrArray) inputs = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < arrivals->len; i++)
    g_ptr_array_add(inputs, g_build_filename(watch->folder,
                                             ((const Arrival *) arrivals->pdata[i])->path, NULL));
  g_ptr_array_add(inputs, NULL);
  GStatBuf now = {0};
  gboolean there = g_stat(watch->pipeline, &now) == 0;
  if (watch->open != NULL && there && same_file(&now, &watch->opened_from)) {
    aver_pipeline_set_files(watch->open, (const char *const *) inputs->pdata, target);
    return watch->open;
  }
  watch_close(watch);
  AverSettings settings = {.inputs = (const char *const *) inputs->pdata,
                           .output = target,
                           .reader = watch->reader,
                           .writer = watch->writer,
                           .set = watch->set,
                           .dead_letter = dead};
  watch->open = aver_pipeline_new_from_file(watch->registry, watch->pipeline, &settings, error);
  watch->opened_from = now;
  if (watch->open != NULL)
    aver_pipeline_keep_open(watch->open);
  return watch->open;
}

/* Only lines can be put behind lines, and compressed ones behind compressed ones. */
static gboolean can_grow(const char *target, GError **error)
{
  g_autoptr(GMappedFile) mapped = g_mapped_file_new(target, FALSE, NULL);
  gsize length = mapped == NULL ? 0 : g_mapped_file_get_length(mapped);
  const char *data = length == 0 ? NULL : g_mapped_file_get_contents(mapped);
  if ((mapped != NULL && length == 0) || (length > 0 && data[0] == '{') ||
      (length > 3 &&
       (memcmp(data, "\x1f\x8b", 2) == 0 || memcmp(data, "\x28\xb5\x2f\xfd", 4) == 0)))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "the pipeline does not write JSON Lines, which one file can take; expected a folder: "
              "-o OUT/");
  return FALSE;
}

static void tell(const Watch *watch, const GPtrArray *arrivals, const AverSummary *summary)
{
  const Arrival *first = arrivals->pdata[0];
  g_autofree char *more =
      arrivals->len == 1 ? g_strdup("") : g_strdup_printf(" and %u more", arrivals->len - 1);
  g_autofree char *line = g_strdup_printf("%s%s: %" G_GUINT64_FORMAT " written, %" G_GUINT64_FORMAT
                                          " dropped, %" G_GUINT64_FORMAT " failed",
                                          first->path, more, summary->documents_out,
                                          summary->documents_dropped, summary->documents_failed);
  if (!watch->quiet)
    log_message("info", line);
}

static BatchEnd end_of(const GError *error)
{
  if (g_error_matches(error, AVER_ERROR, AVER_ERROR_STOPPED) || g_atomic_int_get(&stop_wanted))
    return BATCH_STOPPED;
  if (g_error_matches(error, AVER_ERROR, AVER_ERROR_CONFIG) ||
      g_error_matches(error, AVER_ERROR, AVER_ERROR_PLUGIN))
    return BATCH_WRONG;
  return g_error_matches(error, AVER_ERROR, AVER_ERROR_OUTPUT) ? BATCH_TROUBLE : BATCH_FAILED;
}

static gboolean run_files(Watch *watch, const GPtrArray *arrivals, const char *target,
                          const char *dead, AverSummary *summary, GError **error)
{
  AverRunOptions options = {.n_workers = watch->workers, .stop = &stop_wanted};
  if (log_is_json())
    options.failure = on_failure;
  else
    options.message = on_message;
  if (!make_place(target, error))
    return FALSE;
  AverPipeline *pipeline = open_pipeline(watch, arrivals, target, dead, error);
  return pipeline != NULL && aver_pipeline_run(pipeline, &options, summary, error) &&
         (watch->is_folder || can_grow(target, error));
}

/* Each by itself, after all of them together failed: one of them is the reason. */
static BatchEnd run_singly(Watch *watch, const GPtrArray *arrivals)
{
  BatchEnd end = BATCH_DONE;
  for (guint i = 0; i < arrivals->len && (end == BATCH_DONE || end == BATCH_FAILED); i++) {
    g_autoptr(GPtrArray) one = g_ptr_array_new();
    g_ptr_array_add(one, arrivals->pdata[i]);
    end = watch_run(watch, one);
  }
  return end;
}

BatchEnd watch_run(Watch *watch, const GPtrArray *arrivals)
{
  if (watch->is_folder && arrivals->len > 1)
    return run_singly(watch, arrivals);
  AverSummary summary = {0};
  g_autoptr(GError) error = NULL;
  g_autofree char *target = target_of(watch, arrivals);
  g_autofree char *dead = part_of(watch->dead_letter);
  const char *const parts[] = {watch->is_folder ? NULL : target, dead};
  if (run_files(watch, arrivals, target, dead, &summary, &error) &&
      ledger_commit(watch->ledger, parts, arrivals, &error)) {
    watch->failed += summary.documents_failed;
    tell(watch, arrivals, &summary);
    watch_clean(watch);
    return BATCH_DONE;
  }
  watch_clean(watch);
  watch_close(watch);
  BatchEnd end = end_of(error);
  if (end == BATCH_FAILED && arrivals->len > 1)
    return run_singly(watch, arrivals);
  if (end == BATCH_WRONG)
    log_mistakes(error->message);
  else if (end != BATCH_STOPPED)
    log_message("error", error->message);
  if (end != BATCH_FAILED)
    return end;
  watch->failed++;
  ledger_leave(watch->ledger, arrivals->pdata[0]);
  return BATCH_FAILED;
}
