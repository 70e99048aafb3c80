/* SPDX-License-Identifier: Apache-2.0 */
/* The `aver` command: finds the subcommand and runs it. */
#include "cli.h"

#include <stdio.h>
#include <string.h>

static const char check_codes[] = "Exit codes:\n"
                                  "  0  all went well\n"
                                  "  2  the command line, a pipeline file or a plugin is wrong\n";

static const char eval_codes[] = "Exit codes:\n"
                                 "  0  all went well\n"
                                 "  2  the command line, a pipeline file, a plugin or the gold is "
                                 "wrong\n"
                                 "  3  a document failed, or the run could not finish\n";

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
    {"eval", "PIPELINE --gold=FILE --layer=NAME", "measure what a pipeline finds against gold",
     "Runs the pipeline's annotators over the texts of the gold documents, and prints precision,\n"
     "recall and F1 for a layer. Gold is what Aver wrote, corrected, or a list of spans or "
     "labels;\n"
     "docs/evaluation.md tells the formats and what each measure means.\n\n"
     "Examples:\n"
     "  aver eval news.json --gold corrected.jsonl --layer quote --errors 10\n"
     "  aver eval --predictions before.jsonl --gold corrected.jsonl --layer sentence\n",
     eval_codes, command_eval},
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

static ExitCode dispatch(int argc, char **argv)
{
  if (argc < 2) {
    print_usage_error(NULL, "no command; expected one of those that 'aver --help' lists");
    return EXIT_USAGE;
  }
  const char *name = argv[1];
  if (strcmp(name, "help") == 0)
    return help(argv + 2);
  if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
    print_help();
    return EXIT_OK;
  }
  if (strcmp(name, "--version") == 0) {
    printf("aver %s\n", AVER_VERSION);
    return EXIT_OK;
  }
  if (name[0] == '-') {
    print_usage_error(NULL, "unknown option '%s' before a command", name);
    return EXIT_USAGE;
  }
  const Command *command = find_command(name);
  return command == NULL ? unknown_command(name) : command->run(command, argv + 2);
}

int main(int argc, char **argv)
{
  ExitCode code = dispatch(argc, argv);
  if (code == EXIT_OK && (fflush(stdout) != 0 || ferror(stdout))) {
    print_message("standard output cannot be written");
    code = EXIT_RUN;
  }
  return (int) code;
}
