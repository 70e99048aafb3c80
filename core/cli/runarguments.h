/* SPDX-License-Identifier: Apache-2.0 */
/* The arguments of `aver run`, and the pipeline that they make. */
#pragma once

#include "runflow.h"
#include "runjob.h"
#include "runshard.h"

typedef struct {
  char **paths; /* the pipeline and the inputs */
  char **set;
  char **folders;
  char *output;
  char *reader;
  char *writer;
  char *dead_letter;
  int workers;
  int max_record;   /* MiB */
  int max_unpacked; /* GiB */
  int max_ratio;
  FlowArguments flow;
  JobArguments job;
  char *shard;
} RunArguments;

void clear_run_arguments(RunArguments *arguments);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RunArguments, clear_run_arguments)

/* FALSE after saying what is wrong, or after --help; then @code is how the command ends. What
 * --shard says is left as it is. */
gboolean parse_run_arguments(const Command *command, char **arguments, RunArguments *parsed,
                             AverRunOptions *options, ExitCode *code);

/* Whether the run would replace what it reads, after saying so. */
gboolean run_overwrites(const Command *command, const RunArguments *parsed);

AverPipeline *make_run_pipeline(const RunArguments *parsed, AverRegistry *registry, GError **error);
