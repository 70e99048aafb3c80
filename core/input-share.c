/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A share of an input: the files, and the lines of files, that one of several runs reads.
 *
 * All files in their order are laid out on one scale, and a share is a stretch of it. A file is
 * read by the run in whose stretch it begins; one that can be split, line by line: each line by the
 * run in whose stretch that begins.
 */
#include "input-private.h"
#include "patience.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a file counts beside its bytes: opening it costs about as much as working on these. */
#define FILE_BYTES ((guint64) 512)

#define CHUNK ((gsize) 256 * 1024)

/* Bytes to count lines in before the host may look whether it should stop. */
#define COUNTED_AT_ONCE ((guint64) 64 << 20)

void aver_input_set_share(AverInput *input, guint64 shard, guint64 n_shards,
                          AverShareCutting cutting)
{
  g_free(input->share);
  input->share = g_new0(AverInputShare, 1);
  input->share->shard = shard;
  input->share->n_shards = n_shards;
  input->share->cutting = cutting;
}

void aver_input_share_cut_by(AverInput *input, AverShareCutting cutting)
{
  if (input != NULL && input->share != NULL)
    input->share->cutting = cutting;
}

static guint64 weigh(AverWalkStep step, const char *path)
{
  struct stat info;
  gboolean sized = step == AVER_WALK_FILE && stat(path, &info) == 0 && S_ISREG(info.st_mode);
  return FILE_BYTES + (sized ? (guint64) info.st_size : 0);
}

static guint64 boundary(guint64 total, guint64 shard, guint64 n_shards)
{
  return total / n_shards * shard + total % n_shards * shard / n_shards;
}

static void plan(AverInput *input)
{
  AverInputShare *share = input->share;
  AverWalk *walk = aver_walk_new_again(input->walk);
  guint64 total = 0;
  const char *path;
  AverWalkStep step;
  while ((step = aver_walk_next(walk, &path, NULL)) != AVER_WALK_END)
    total += weigh(step, path);
  aver_walk_free(walk);
  share->begin = boundary(total, share->shard, share->n_shards);
  share->end = boundary(total, share->shard + 1, share->n_shards);
  share->planned = TRUE;
}

void aver_input_share_take_file(AverInput *input, AverWalkStep step, const char *path)
{
  AverInputShare *share = input->share;
  if (share == NULL)
    return;
  if (!share->planned)
    plan(input);
  share->at = share->next;
  share->next += weigh(step, path);
  share->begun = FALSE;
  share->limit = G_MAXUINT64;
  share->counted = share->lines = 0;
}

gboolean aver_input_share_is_over(const AverInput *input)
{
  return input->share != NULL && input->share->at >= input->share->end;
}

gboolean aver_input_share_passes(const AverInput *input)
{
  return input->share != NULL && input->share->next <= input->share->begin;
}

gboolean aver_input_share_has_start(const AverInput *input)
{
  return input->share == NULL || input->share->at >= input->share->begin;
}

gboolean aver_input_share_is_foreign(const AverInput *input)
{
  return input->share != NULL && input->share->at < input->share->begin && !input->share->begun;
}

static ssize_t read_at(const AverInput *input, char *bytes, guint64 offset)
{
  guint tries = 0;
  ssize_t n;
  do
    n = pread(input->fd, bytes, CHUNK, (off_t) offset);
  while (n < 0 && aver_may_pass(errno, &tries));
  return n;
}

/* Goes to the first line that begins at byte @from or behind it; what is before it is counted. */
static AverCut go_to_line(AverInput *input, guint64 from, GError **error)
{
  AverInputShare *share = input->share;
  g_autofree char *bytes = g_malloc(CHUNK);
  for (guint64 most = share->counted + COUNTED_AT_ONCE; share->counted < most;) {
    ssize_t n = read_at(input, bytes, share->counted);
    if (n < 0) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "cannot read '%s': %s", input->origin,
                  g_strerror(errno));
      return AVER_CUT_FATAL;
    }
    if (n == 0)
      return AVER_CUT_END;
    gsize before = (gsize) CLAMP((gint64) (from - 1 - share->counted), 0, (gint64) n);
    const char *end = memchr(bytes + before, '\n', (gsize) n - before);
    share->lines += aver_input_count_lines(bytes, before);
    if (end != NULL) {
      guint64 offset = share->counted + (guint64) (end - bytes) + 1;
      if (!aver_input_go_to(input, offset, error))
        return AVER_CUT_FATAL;
      input->line = share->lines + 2;
      return AVER_CUT_RECORD;
    }
    share->counted += (guint64) n;
  }
  return AVER_CUT_WAIT;
}

AverCut aver_input_share_begin(AverInput *input, GError **error)
{
  AverInputShare *share = input->share;
  if (share == NULL || share->begun || share->cutting == AVER_SHARE_LOOKED_AT)
    return AVER_CUT_RECORD;
  gboolean lines = share->cutting == AVER_SHARE_LINES && aver_input_is_plain(input);
  guint64 from = share->begin > share->at ? share->begin - share->at : 0;
  AverCut cut = AVER_CUT_RECORD;
  if (input->offset < from)
    cut = lines && from < input->size ? go_to_line(input, from, error) : AVER_CUT_END;
  if (cut == AVER_CUT_END)
    aver_input_close_file(input);
  if (cut != AVER_CUT_RECORD)
    return cut;
  share->limit = lines ? share->end - share->at : G_MAXUINT64;
  share->begun = TRUE;
  return AVER_CUT_RECORD;
}
