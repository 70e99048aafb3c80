/* SPDX-License-Identifier: Apache-2.0 */
/* The arguments of `aver run` that make a job of it. */
#pragma once

#include "cli.h"

typedef struct {
  char *folder;
  char *checkpoint; /* `500`: documents; `10s`: seconds; `64M`: MiB */
  char *command;    /* how the user called it */
} JobArguments;

void clear_job(JobArguments *job);

#define JOB_ENTRIES(arguments)                                                                     \
  {"job",                                                                                          \
   0,                                                                                              \
   0,                                                                                              \
   G_OPTION_ARG_FILENAME,                                                                          \
   &(arguments).folder,                                                                            \
   "Keep in DIR what it takes to go on after any interruption",                                    \
   "DIR"},                                                                                         \
  {                                                                                                \
    "checkpoint", 0, 0, G_OPTION_ARG_STRING, &(arguments).checkpoint,                              \
        "In a job, commit every N documents, Ns seconds or NM MiB", "N"                            \
  }

/* Keeps how the user called the command, as a line for a shell. */
void note_command(JobArguments *job, char **arguments);

/* Reads them into @options; FALSE after saying what is wrong. */
gboolean parse_job(const Command *command, const JobArguments *job, AverRunOptions *options);
