/* SPDX-License-Identifier: Apache-2.0 */
/* What the subcommands of `aver` have in common. */
#pragma once

#include <aver/aver.h>

/* How the command ends. */
typedef enum {
  EXIT_OK = 0,
  EXIT_DOCUMENTS = 1, /* some documents failed */
  EXIT_USAGE = 2,     /* the command line, a pipeline file or a plugin is wrong */
  EXIT_RUN = 3,       /* the run could not finish */
} ExitCode;

/* One subcommand: a row of the table that drives dispatch and help. */
typedef struct _Command Command;
struct _Command {
  const char *name;
  const char *arguments;   /* "PIPELINE [INPUT...]" */
  const char *summary;     /* one line, lower case */
  const char *description; /* (nullable) for its --help, after the options */
  const char *exit_codes;  /* for the end of its --help */
  ExitCode (*run)(const Command *command, char **arguments);
};

/* The rows of the table, each in the file of its name. */
ExitCode command_run(const Command *command, char **arguments);
ExitCode command_check(const Command *command, char **arguments);
ExitCode command_eval(const Command *command, char **arguments);
ExitCode command_train(const Command *command, char **arguments);
ExitCode command_explain(const Command *command, char **arguments);
ExitCode command_new(const Command *command, char **arguments);
ExitCode command_plugins(const Command *command, char **arguments);
ExitCode command_diff(const Command *command, char **arguments);
ExitCode command_test(const Command *command, char **arguments);
ExitCode command_watch(const Command *command, char **arguments);
ExitCode command_serve(const Command *command, char **arguments);
ExitCode command_merge(const Command *command, char **arguments);
ExitCode command_status(const Command *command, char **arguments);
ExitCode command_graph(const Command *command, char **arguments);
ExitCode command_schema(const Command *command, char **arguments);
ExitCode command_help(const Command *command, char **arguments);

/* The table (main.c), which help, man pages and completions are made of. */
const Command *list_commands(guint *n);
const Command *find_command(const char *name); /* NULL when there is none */
ExitCode unknown_command(const char *name);    /* says so */

/*
 * Parses the arguments behind the subcommand's name: options into what @entries says, everything
 * else into @rest. FALSE when there is nothing more to do, and @code says how it ended: after
 * --help, which every subcommand has, or after a mistake. The word for an option's argument tells
 * what a shell completes it with: FILE, DIR, PIPELINE, READER, WRITER, PLUGIN, LAYER,
 * STAGE.OPTION=VALUE, or the choices themselves: text|json (docs/man/completions.py).
 */
gboolean parse_arguments(const Command *command, const GOptionEntry *entries, char **arguments,
                         char ***rest, ExitCode *code);

/* Calls @visitor with the options that the command parses, and does nothing else. */
typedef void (*OptionsVisitor)(const Command *command, const GOptionEntry *entries, gpointer data);
void visit_options(const Command *command, OptionsVisitor visitor, gpointer data);

/* More threads than any machine has processors are a mistake. */
#define MOST_WORKERS 1024

/* An entry that collects `--plugin-dir DIR`, for subcommands that load plugins. */
#define PLUGIN_DIR_ENTRY(folders)                                                                  \
  {                                                                                                \
    "plugin-dir", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(folders),                                   \
        "Look for plugins in DIR first (repeatable)", "DIR"                                        \
  }

/* An entry that collects `--set STAGE.OPTION=VALUE`, for subcommands that make a pipeline. */
#define SET_ENTRY(list)                                                                            \
  {                                                                                                \
    "set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(list), "Set an option of a stage (repeatable)",    \
        "STAGE.OPTION=VALUE"                                                                       \
  }

/* The plugins in @folders (nullable), then those that came with the command. NULL after saying why
 * on standard error. */
AverRegistry *open_registry(char **folders);

/* "aver run: what is wrong", and where to read on. */
void print_usage_error(const Command *command, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* One line on standard error, after "aver: ". */
void print_message(const char *message);
