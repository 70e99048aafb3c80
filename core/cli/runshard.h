/* SPDX-License-Identifier: Apache-2.0 */
/* The argument of `aver run` that says which share of the input to read. */
#pragma once

#include "cli.h"

#define SHARD_ENTRY(text)                                                                          \
  {                                                                                                \
    "shard", 0, 0, G_OPTION_ARG_STRING, &(text),                                                   \
        "Read the Ith of N shares of the input, from 1 on; auto: as Slurm or Kubernetes say",      \
        "I/N|auto"                                                                                 \
  }

/* Reads it (nullable) into @options; FALSE after saying what is wrong. */
gboolean parse_shard(const Command *command, const char *text, AverRunOptions *options);
