/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The argument of `aver run` that says which share of the input to read.
 *
 * What a cluster says in the environment counts only where it is asked for: an array whose tasks
 * are given a file each is as common as one that shares out its input, and must not be shared out.
 */
#include "runshard.h"

#include <string.h>

/* More than any cluster has machines. */
#define MOST_SHARDS 100000

static gboolean whole(const char *text, guint64 most, guint64 *number)
{
  return text != NULL && g_ascii_string_to_unsigned(text, 10, 0, most, number, NULL);
}

static gboolean take(guint64 shard, guint64 n_shards, AverRunOptions *options)
{
  if (shard < 1 || shard > n_shards || n_shards > MOST_SHARDS)
    return FALSE;
  options->shard = (guint) shard;
  options->n_shards = (guint) n_shards;
  return TRUE;
}

/* A step of more than one is allowed; an array with gaps is part of another one. */
static gboolean ask_slurm(const Command *command, AverRunOptions *options)
{
  guint64 id, count, first, last, step = 1;
  const char *told_step = g_getenv("SLURM_ARRAY_TASK_STEP");
  gboolean good = whole(g_getenv("SLURM_ARRAY_TASK_ID"), G_MAXUINT32, &id) &&
                  whole(g_getenv("SLURM_ARRAY_TASK_COUNT"), MOST_SHARDS, &count) &&
                  whole(g_getenv("SLURM_ARRAY_TASK_MIN"), G_MAXUINT32, &first) &&
                  whole(g_getenv("SLURM_ARRAY_TASK_MAX"), G_MAXUINT32, &last) &&
                  (told_step == NULL || (whole(told_step, G_MAXUINT32, &step) && step > 0));
  if (good && id >= first && last >= first && (last - first) / step + 1 == count &&
      (id - first) % step == 0 && take((id - first) / step + 1, count, options))
    return TRUE;
  print_usage_error(command,
                    "--shard is auto, and SLURM_ARRAY_TASK_ID is %s of a job array that is not "
                    "whole; expected all tasks, as in --array=1-10, or --shard I/N",
                    g_getenv("SLURM_ARRAY_TASK_ID"));
  return FALSE;
}

static gboolean ask_kubernetes(const Command *command, AverRunOptions *options)
{
  guint64 index, count;
  if (whole(g_getenv("JOB_COMPLETION_INDEX"), MOST_SHARDS, &index) &&
      whole(g_getenv("JOB_COMPLETIONS"), MOST_SHARDS, &count) && take(index + 1, count, options))
    return TRUE;
  print_usage_error(command,
                    "--shard is auto, and JOB_COMPLETION_INDEX is %s; expected the job's "
                    "number of completions in JOB_COMPLETIONS, and an index below it",
                    g_getenv("JOB_COMPLETION_INDEX"));
  return FALSE;
}

static gboolean ask_environment(const Command *command, AverRunOptions *options)
{
  gboolean slurm = g_getenv("SLURM_ARRAY_TASK_ID") != NULL;
  gboolean kubernetes = g_getenv("JOB_COMPLETION_INDEX") != NULL;
  if (slurm != kubernetes)
    return slurm ? ask_slurm(command, options) : ask_kubernetes(command, options);
  print_usage_error(command, "--shard is auto, and %s; expected one of them, or --shard I/N",
                    slurm ? "both SLURM_ARRAY_TASK_ID and JOB_COMPLETION_INDEX are set"
                          : "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set");
  return FALSE;
}

gboolean parse_shard(const Command *command, const char *text, AverRunOptions *options)
{
  guint64 shard, n_shards;
  const char *slash = text == NULL ? NULL : strchr(text, '/');
  g_autofree char *first = slash == NULL ? NULL : g_strndup(text, (gsize) (slash - text));
  if (text == NULL)
    return TRUE;
  if (strcmp(text, "auto") == 0)
    return ask_environment(command, options);
  if (whole(first, MOST_SHARDS, &shard) && whole(slash + 1, MOST_SHARDS, &n_shards) &&
      take(shard, n_shards, options))
    return TRUE;
  print_usage_error(command, "--shard is %s; expected I/N with I from 1 to N, as 2/8, or auto",
                    text);
  return FALSE;
}
