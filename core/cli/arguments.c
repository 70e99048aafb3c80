/* SPDX-License-Identifier: Apache-2.0 */
/* The arguments of a subcommand: options, help, and everything else. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

/* Who wants to know what the command parses, while visit_options() lasts. */
static OptionsVisitor visitor;
static gpointer visitor_data;

void visit_options(const Command *command, OptionsVisitor visit, gpointer data)
{
  char *nothing[] = {NULL};
  visitor = visit;
  visitor_data = data;
  command->run(command, nothing);
  visitor = NULL;
}

/* Whether @argument is a short option with its value attached ("-j2"), which GOption does not know.
 */
static gboolean is_attached(const GOptionEntry *entries, const char *argument)
{
  if (argument[0] != '-' || argument[1] == '-' || argument[1] == '\0' || argument[2] == '\0')
    return FALSE;
  for (; entries->long_name != NULL; entries++)
    if (entries->short_name == argument[1])
      return entries->arg != G_OPTION_ARG_NONE;
  return FALSE;
}

static void add_argument(GStrvBuilder *all, const GOptionEntry *entries, const char *argument)
{
  if (!is_attached(entries, argument)) {
    g_strv_builder_add(all, argument);
    return;
  }
  const char option[] = {'-', argument[1], '\0'};
  g_strv_builder_add(all, option);
  g_strv_builder_add(all, argument + 2);
}

/* All arguments in the form that GOption knows, behind the name of the command. */
static char **split_arguments(const char *name, const GOptionEntry *entries, char **arguments)
{
  g_autoptr(GStrvBuilder) all = g_strv_builder_new();
  g_strv_builder_add(all, name);
  gboolean options = TRUE;
  for (guint i = 0; arguments[i] != NULL; i++) {
    options = options && strcmp(arguments[i], "--") != 0;
    if (options)
      add_argument(all, entries, arguments[i]);
    else
      g_strv_builder_add(all, arguments[i]);
  }
  return g_strv_builder_end(all);
}

static GOptionContext *make_context(const Command *command)
{
  GOptionContext *context = g_option_context_new(NULL);
  g_autofree char *summary =
      g_strdup_printf("%c%s.", g_ascii_toupper(command->summary[0]), command->summary + 1);
  g_autofree char *description =
      g_strdup_printf("%s%s%s", command->description == NULL ? "" : command->description,
                      command->description == NULL ? "" : "\n", command->exit_codes);
  g_option_context_set_help_enabled(context, FALSE);
  g_option_context_set_summary(context, summary);
  g_option_context_set_description(context, description);
  return context;
}

gboolean parse_arguments(const Command *command, const GOptionEntry *entries, char **arguments,
                         char ***rest, ExitCode *code)
{
  if (visitor != NULL) {
    visitor(command, entries, visitor_data);
    *code = EXIT_OK;
    return FALSE;
  }
  gboolean wants_help = FALSE;
  const GOptionEntry common[] = {
      {"help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, "Show this help", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, rest, NULL, command->arguments},
      G_OPTION_ENTRY_NULL};
  g_autofree char *name = g_strdup_printf("aver %s", command->name);
  g_auto(GStrv) list = split_arguments(name, entries, arguments);
  g_autoptr(GOptionContext) context = make_context(command);
  g_autoptr(GError) error = NULL;
  g_option_context_add_main_entries(context, entries, NULL);
  g_option_context_add_main_entries(context, common, NULL);
  g_set_prgname(name);
  if (!g_option_context_parse_strv(context, &list, &error)) {
    print_usage_error(command, "%s", error->message);
    *code = EXIT_USAGE;
    return FALSE;
  }
  if (wants_help) {
    g_autofree char *text = g_option_context_get_help(context, TRUE, NULL);
    fputs(text, stdout);
    *code = EXIT_OK;
  }
  return !wants_help;
}
