/* SPDX-License-Identifier: Apache-2.0 */
/* The arguments of `aver run` that make a job of it. */
#include "runjob.h"

#include <string.h>

/* Any more is as good as never. */
#define MOST_CHECKPOINT 1000000000

void clear_job(JobArguments *job)
{
  g_free(job->folder);
  g_free(job->checkpoint);
  g_free(job->command);
}

void note_command(JobArguments *job, char **arguments)
{
  GString *line = g_string_new("aver run");
  for (; *arguments != NULL; arguments++) {
    gboolean plain = **arguments != '\0' &&
                     strspn(*arguments, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_./=,:+@") ==
                         strlen(*arguments);
    g_autofree char *quoted = plain ? g_strdup(*arguments) : g_shell_quote(*arguments);
    g_string_append_printf(line, " %s", quoted);
  }
  job->command = g_string_free(line, FALSE);
}

gboolean parse_job(const Command *command, const JobArguments *job, AverRunOptions *options)
{
  char *end = NULL;
  options->job = job->folder;
  options->command = job->command;
  if (job->checkpoint == NULL)
    return TRUE;
  guint64 n = g_ascii_strtoull(job->checkpoint, &end, 10);
  gboolean good = g_ascii_isdigit(*job->checkpoint) && n > 0 && n <= MOST_CHECKPOINT;
  if (good && *end == '\0')
    options->checkpoint_documents = n;
  else if (good && strcmp(end, "s") == 0)
    options->checkpoint_seconds = (guint) n;
  else if (good && strcmp(end, "M") == 0)
    options->checkpoint_bytes = n << 20;
  else
    good = FALSE;
  if (!good)
    print_usage_error(command,
                      "--checkpoint is '%s'; expected documents (500), seconds (10s) or MiB (64M)",
                      job->checkpoint);
  return good;
}
