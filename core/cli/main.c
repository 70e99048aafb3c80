/* SPDX-License-Identifier: Apache-2.0 */
/* The `aver` command: finds the subcommand and runs it. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static const char check_codes[] = "Exit codes:\n"
                                  "  0  all went well\n"
                                  "  2  the command line, a pipeline file or a plugin is wrong\n";

static const char run_codes[] = "Exit codes:\n"
                                "  0  all went well\n"
                                "  1  some documents failed; they are named\n"
                                "  2  the command line, a pipeline file or a plugin is wrong\n"
                                "  3  the run could not finish\n";

static const Command commands[] = {
    {"run", "PIPELINE [INPUT...]", "run a pipeline over files, folders or standard input",
     "INPUT is a file, a folder or '-' for standard input, which is also read when there is none.\n"
     "Documents that fail are named on standard error.\n\n"
     "Examples:\n"
     "  aver run news.json article.txt\n"
     "  aver run news.json articles/ -o quotes.jsonl -j 4\n"
     "  aver run quotes.json --set jsonl-writer.text=true < article.txt\n",
     run_codes, command_run},
    {"check", "PIPELINE...", "check pipeline files without running them",
     "Every mistake is reported, one a line: FILE:LINE:COLUMN: what is wrong; what was expected.\n",
     check_codes, command_check},
    {"plugins", "[NAME]", "list the plugins there are, or tell all about one", NULL, check_codes,
     command_plugins},
};

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
         run_codes);
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
  g_autofree char *list = g_strjoinv(", ", (char **) names);
  g_autofree char *hint = nearest == NULL ? g_strdup_printf("expected one of %s", list)
                                          : g_strdup_printf("did you mean '%s'?", nearest);
  print_usage_error(NULL, "no command '%s'; %s", name, hint);
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
