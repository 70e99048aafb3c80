/* SPDX-License-Identifier: Apache-2.0 */
/* The arguments of `aver run` that say which documents to take, and what to tell of them. */
#pragma once

#include "cli.h"

/* As they were typed. */
typedef struct {
  char *max_errors;
  char *limit;
  char *skip;
  char *sample;
  char *every;
  char *metrics;
  char *log_format;
  char *replay;
  gboolean quiet;
} FlowArguments;

void clear_flow(FlowArguments *flow);

/* Their rows in the table of options. */
#define FLOW_ENTRIES(flow)                                                                         \
  {"replay",                                                                                       \
   0,                                                                                              \
   0,                                                                                              \
   G_OPTION_ARG_FILENAME,                                                                          \
   &(flow).replay,                                                                                 \
   "Run the records of these dead letters instead of INPUT",                                       \
   "FILE"},                                                                                        \
      {"max-errors",                                                                               \
       0,                                                                                          \
       0,                                                                                          \
       G_OPTION_ARG_STRING,                                                                        \
       &(flow).max_errors,                                                                         \
       "Stop when more than N documents, or P % of them, fail",                                    \
       "N|P%"},                                                                                    \
      {"skip", 0, 0, G_OPTION_ARG_STRING, &(flow).skip, "Pass over the first N documents", "N"},   \
      {"limit", 0, 0, G_OPTION_ARG_STRING, &(flow).limit, "Stop after taking N documents", "N"},   \
      {"sample",                                                                                   \
       0,                                                                                          \
       0,                                                                                          \
       G_OPTION_ARG_STRING,                                                                        \
       &(flow).sample,                                                                             \
       "Take about P % of the documents, the same ones each time",                                 \
       "P%"},                                                                                      \
      {"every",                                                                                    \
       0,                                                                                          \
       0,                                                                                          \
       G_OPTION_ARG_STRING,                                                                        \
       &(flow).every,                                                                              \
       "Take every Nth document, beginning with the Ith",                                          \
       "I/N"},                                                                                     \
      {"metrics",                                                                                  \
       0,                                                                                          \
       0,                                                                                          \
       G_OPTION_ARG_FILENAME,                                                                      \
       &(flow).metrics,                                                                            \
       "Keep the run's figures in FILE, as OpenMetrics text",                                      \
       "FILE"},                                                                                    \
      {"log-format",                                                                               \
       0,                                                                                          \
       0,                                                                                          \
       G_OPTION_ARG_STRING,                                                                        \
       &(flow).log_format,                                                                         \
       "Messages are lines of text, or JSON objects (default: text)",                              \
       "text|json"},                                                                               \
  {                                                                                                \
    "quiet", 'q', 0, G_OPTION_ARG_NONE, &(flow).quiet,                                             \
        "Tell of what fails, but neither progress nor a summary", NULL                             \
  }

/* Reads them into @options; FALSE after saying what is wrong. */
gboolean parse_flow(const Command *command, const FlowArguments *flow, AverRunOptions *options);
