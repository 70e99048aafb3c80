/* SPDX-License-Identifier: Apache-2.0 */
/* The outputs of a job: files that stay, unfinished, until the job goes on. */
#include "output-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Of an output, as it is in the name of its unfinished file. */
#define LONGEST_NAME 200

char *aver_output_make_partial(const char *target, const char *job)
{
  g_return_val_if_fail(target != NULL && job != NULL, NULL);
  g_autofree char *folder = g_path_get_dirname(target);
  g_autofree char *base = g_path_get_basename(target);
  if (strlen(base) <= LONGEST_NAME)
    return g_strdup_printf("%s/%s.%s.partial", folder, base, job);
  g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, base, -1);
  return g_strdup_printf("%s/%.*s-%.16s.%s.partial", folder, LONGEST_NAME - 20, base, sum, job);
}

static gboolean open_first(AverOutput *output, mode_t mode, gboolean exists, GError **error)
{
  output->fd = open(output->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode);
  if (output->fd < 0)
    return aver_output_fail(error, "write", output->temporary, errno);
  return !exists || fchmod(output->fd, mode) == 0 ||
         aver_output_fail(error, "set the mode of", output->temporary, errno);
}

/* Takes back what was written behind the position. */
static gboolean cut_off(AverOutput *output, GError **error)
{
  struct stat info;
  if (fstat(output->fd, &info) != 0)
    return aver_output_fail(error, "go on with", output->temporary, errno);
  if (!S_ISREG(info.st_mode) || (guint64) info.st_size < output->position) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "cannot go on with '%s': it has %" G_GUINT64_FORMAT
                " bytes; expected at least the %" G_GUINT64_FORMAT " that the job has written",
                output->temporary, (guint64) info.st_size, output->position);
    return FALSE;
  }
  if (((guint64) info.st_size > output->position &&
       ftruncate(output->fd, (off_t) output->position) != 0) ||
      lseek(output->fd, (off_t) output->position, SEEK_SET) < 0)
    return aver_output_fail(error, "go on with", output->temporary, errno);
  return TRUE;
}

static gboolean open_again(AverOutput *output, const char *resume, gboolean ended, GError **error)
{
  struct stat info;
  g_autofree char *number = g_strndup(resume, strcspn(resume, ":")); /* the rest is the press's */
  if (!g_ascii_string_to_unsigned(number, 10, 0, G_MAXINT64, &output->position, NULL)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "'%s' is no position in '%s'", resume,
                output->name);
    return FALSE;
  }
  output->fd = open(output->temporary, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
  if (output->fd >= 0)
    return cut_off(output, error);
  if (errno != ENOENT || !ended || stat(output->target, &info) != 0 || !S_ISREG(info.st_mode) ||
      (guint64) info.st_size < output->position)
    return aver_output_fail(error, "go on with the job's unfinished output", output->temporary,
                            errno);
  output->completed = TRUE;
  return TRUE;
}

static gboolean check_target(const AverOutput *output, GError **error)
{
  if (output->target == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "a job cannot write to '%s'; expected a regular file", output->name);
  return output->target != NULL;
}

AverOutput *aver_output_new_in_job(const char *path, const char *id, const char *resume,
                                   gboolean ended, GPtrArray *partials, GError **error)
{
  g_autoptr(AverOutput) output = g_new0(AverOutput, 1);
  gboolean named = path != NULL && strcmp(path, "-") != 0;
  mode_t mode = 0666;
  gboolean exists = FALSE;
  output->fd = -1;
  output->regular = output->kept = TRUE;
  output->name = g_strdup(named ? path : "standard output");
  if ((named && !aver_output_find_target(output, path, &mode, &exists, error)) ||
      !check_target(output, error))
    return NULL;
  output->temporary = aver_output_make_partial(output->target, id);
  g_ptr_array_add(partials, g_strdup(output->temporary));
  gboolean good = resume == NULL ? open_first(output, mode, exists, error)
                                 : open_again(output, resume, ended, error);
  return good ? g_steal_pointer(&output) : NULL;
}

gboolean aver_output_commit(AverOutput *output, GString *position, GError **error)
{
  g_return_val_if_fail(output != NULL && position != NULL, FALSE);
  if (!aver_output_sync(output, error))
    return FALSE;
  if (output->kept && !output->anchored && !aver_output_sync_folder(output->target, error))
    return FALSE;
  output->anchored = TRUE;
  g_string_append_printf(position, "%" G_GUINT64_FORMAT, output->position);
  return aver_press_commit(output, position, error);
}
