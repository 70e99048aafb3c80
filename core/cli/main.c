/* SPDX-License-Identifier: Apache-2.0 */
/* The `aver` command: finds the subcommand and runs it. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static const Command commands[] = {
    {"run", "PIPELINE [INPUT...]", "run a pipeline over files, folders or standard input",
     "INPUT is a file, a folder or '-' for standard input, which is also read when there is none.\n"
     "Documents that fail are named on standard error.\n\n"
     "Examples:\n"
     "  aver run news.json article.txt\n"
     "  aver run news.json articles/ -o quotes.jsonl -j 4\n"
     "  aver run news.json --set claim-classifier.threshold=0.5 < article.txt\n",
     command_run},
    {"check", "PIPELINE...", "check pipeline files without running them",
     "Every mistake is reported, one a line: FILE:LINE:COLUMN: what is wrong; what was expected.\n",
     command_check},
    {"eval", "PIPELINE --gold=FILE --layer=NAME", "measure what a pipeline finds against gold",
     "Runs the pipeline's annotators over the texts of the gold documents, and prints precision,\n"
     "recall and F1 for a layer. Gold is what Aver wrote, corrected, or a list of spans or "
     "labels;\n"
     "docs/evaluation.md tells the formats and what each measure means.\n\n"
     "Examples:\n"
     "  aver eval news.json --gold corrected.jsonl --layer quote --errors 10\n"
     "  aver eval --predictions before.jsonl --gold corrected.jsonl --layer sentence\n",
     command_eval},
    {"plugins", "[NAME]", "list the plugins there are, or tell all about one", NULL,
     command_plugins},
};

static const char exit_codes[] = "Exit codes:\n"
                                 "  0  all went well\n"
                                 "  1  some documents failed; they are named\n"
                                 "  2  the command line, a pipeline file or a plugin is wrong\n"
                                 "  3  the run could not finish\n";

static const char *exit_codes_of(const Command *command)
{
  if (command->run == command_run)
    return exit_codes;
  if (command->run == command_eval)
    return "Exit codes:\n"
           "  0  all went well\n"
           "  2  the command line, a pipeline file, a plugin or the gold is wrong\n"
           "  3  a document failed, or the run could not finish\n";
  return "Exit codes:\n"
         "  0  all went well\n"
         "  2  the command line, a pipeline file or a plugin is wrong\n";
}

static void print_help(void)
{
  printf("Usage: aver COMMAND [OPTION...] [ARGUMENT...]\n\n"
         "Reads documents and tells who said what, and what they claim.\n\n"
         "Commands:\n");
  for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
    printf("  %-10s%s\n", commands[i].name, commands[i].summary);
  printf("  %-10s%s\n\n", "help", "tell how to use a command: aver help COMMAND");
  printf("Options:\n"
         "  --help    show this help; after a command, that command's\n"
         "  --version show the version\n\n%s",
         exit_codes);
}

static const Command *find_command(const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
    if (strcmp(commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static ExitCode unknown_command(const char *name)
{
  const char *names[G_N_ELEMENTS(commands) + 2] = {0};
  for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
    names[i] = commands[i].name;
  names[G_N_ELEMENTS(commands)] = "help";
  const char *nearest = aver_nearest_name(name, names);
  g_autofree char *shown = g_utf8_make_valid(name, -1);
  g_autofree char *list = g_strjoinv(", ", (char **) names);
  g_autofree char *hint = nearest == NULL ? g_strdup_printf("expected one of %s", list)
                                          : g_strdup_printf("did you mean '%s'?", nearest);
  print_usage_error(NULL, "no command '%s'; %s", shown, hint);
  return EXIT_USAGE;
}

static ExitCode help(char **arguments)
{
  if (arguments[0] == NULL || g_str_has_prefix(arguments[0], "-")) {
    print_help();
    return EXIT_OK;
  }
  const Command *command = find_command(arguments[0]);
  if (command == NULL)
    return unknown_command(arguments[0]);
  char *wanted[] = {(char *) "--help", NULL};
  return command->run(command, wanted);
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

gboolean parse_arguments(const Command *command, const GOptionEntry *entries, char **arguments,
                         char ***rest, ExitCode *code)
{
  gboolean wants_help = FALSE;
  const GOptionEntry common[] = {
      {"help", 'h', 0, G_OPTION_ARG_NONE, &wants_help, "Show this help", NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, rest, NULL, command->arguments},
      G_OPTION_ENTRY_NULL};
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_autofree char *summary =
      g_strdup_printf("%c%s.", g_ascii_toupper(command->summary[0]), command->summary + 1);
  g_autofree char *description =
      g_strdup_printf("%s%s%s", command->description == NULL ? "" : command->description,
                      command->description == NULL ? "" : "\n", exit_codes_of(command));
  g_option_context_set_help_enabled(context, FALSE);
  g_option_context_set_summary(context, summary);
  g_option_context_set_description(context, description);
  g_option_context_add_main_entries(context, entries, NULL);
  g_option_context_add_main_entries(context, common, NULL);

  g_autofree char *name = g_strdup_printf("aver %s", command->name);
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
  g_auto(GStrv) list = g_strv_builder_end(all);
  g_autoptr(GError) error = NULL;
  g_set_prgname(name);
  if (!g_option_context_parse_strv(context, &list, &error)) {
    print_usage_error(command, "%s", error->message);
    *code = EXIT_USAGE;
    return FALSE;
  }
  if (wants_help) {
    g_autofree char *text = g_option_context_get_help(context, TRUE, NULL);
    printf("%s", text);
    *code = EXIT_OK;
  }
  return !wants_help;
}

int main(int argc, char **argv)
{
  if (argc < 2) {
    print_usage_error(NULL, "no command; expected one of those that 'aver --help' lists");
    return EXIT_USAGE;
  }
  const char *name = argv[1];
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0)
    return (int) help(name[0] == '-' ? (char *[]){NULL} : argv + 2);
  if (strcmp(name, "--version") == 0) {
    printf("aver %s\n", AVER_VERSION);
    return EXIT_OK;
  }
  if (name[0] == '-') {
    print_usage_error(NULL, "unknown option '%s' before a command", name);
    return EXIT_USAGE;
  }
  const Command *command = find_command(name);
  return (int) (command == NULL ? unknown_command(name) : command->run(command, argv + 2));
}
