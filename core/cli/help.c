/* SPDX-License-Identifier: Apache-2.0 */
/* aver help: tells how to use the commands; as JSON, what man pages and completions are made of. */
#include "cli.h"
#include "values.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static void print_help(void)
{
  guint n = 0;
  const Command *commands = list_commands(&n);
  printf("Usage: aver COMMAND [OPTION...] [ARGUMENT...]\n\n"
         "Reads documents and tells who said what, and what they claim.\n\n"
         "Commands:\n");
  for (guint i = 0; i < n; i++)
    printf("  %-10s%s\n", commands[i].name, commands[i].summary);
  printf("\nOptions:\n"
         "  --help    show this help; after a command, that command's\n"
         "  --version show the version\n\n"
         "Examples:\n"
         "  aver run news.json article.txt       who says what, and what they claim\n"
         "  aver check mine.json                 what is wrong with a pipeline file\n"
         "  aver help run                        all that a run can be told\n\n%s",
         find_command("run")->exit_codes);
}

static json_t *text_or_null(const char *text)
{
  return text == NULL ? json_null() : json_string(text);
}

static void describe_option(const GOptionEntry *entry, json_t *options)
{
  const char letter[] = {entry->short_name, '\0'};
  gboolean list =
      entry->arg == G_OPTION_ARG_FILENAME_ARRAY || entry->arg == G_OPTION_ARG_STRING_ARRAY;
  json_t *option = json_object();
  json_object_set_new(option, "name", json_string(entry->long_name));
  json_object_set_new(option, "letter", text_or_null(letter[0] == '\0' ? NULL : letter));
  json_object_set_new(option, "argument", text_or_null(entry->arg_description));
  json_object_set_new(option, "help", text_or_null(entry->description));
  json_object_set_new(option, "repeatable", json_boolean(list));
  json_array_append_new(options, option);
}

/* Those of the command, then the one that all have. */
static void describe_options(const Command *command, const GOptionEntry *entries, gpointer data)
{
  (void) command;
  for (; entries->long_name != NULL; entries++)
    describe_option(entries, data);
  const GOptionEntry help = {"help", 'h', 0, G_OPTION_ARG_NONE, NULL, "Show this help", NULL};
  describe_option(&help, data);
}

static json_t *describe_command(const Command *command)
{
  json_t *object = json_object(), *options = json_array();
  visit_options(command, describe_options, options);
  json_object_set_new(object, "name", json_string(command->name));
  json_object_set_new(object, "arguments", json_string(command->arguments));
  json_object_set_new(object, "summary", json_string(command->summary));
  json_object_set_new(object, "description", text_or_null(command->description));
  json_object_set_new(object, "exit_codes", json_string(command->exit_codes));
  json_object_set_new(object, "options", options);
  return object;
}

static void print_json(void)
{
  guint n = 0;
  const Command *commands = list_commands(&n);
  json_t *root = json_object(), *array = json_array();
  for (guint i = 0; i < n; i++)
    json_array_append_new(array, describe_command(&commands[i]));
  json_object_set_new(root, "version", json_string(AVER_VERSION));
  json_object_set_new(root, "commands", array);
  json_dumpf(root, stdout, JSON_SORT_KEYS | JSON_INDENT(2));
  fputc('\n', stdout);
  json_decref(root);
}

static ExitCode help_with(const char *name)
{
  const Command *command = find_command(name);
  if (command == NULL)
    return unknown_command(name);
  char *wanted[] = {(char *) "--help", NULL};
  return command->run(command, wanted);
}

ExitCode command_help(const Command *command, char **arguments)
{
  g_auto(GStrv) names = NULL, folders = NULL;
  g_autofree char *values = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {{"json", 0, 0, G_OPTION_ARG_NONE, &json,
                                   "Print all commands and their options as JSON", NULL},
                                  {"values", 0, 0, G_OPTION_ARG_STRING, &values,
                                   "List what may stand for a word, for completion in a shell",
                                   "readers|writers|annotators|plugins|trainable|layers|options"},
                                  PLUGIN_DIR_ENTRY(folders),
                                  G_OPTION_ENTRY_NULL};
  ExitCode code = EXIT_OK;
  if (!parse_arguments(command, entries, arguments, &names, &code))
    return code;
  if (names != NULL && names[1] != NULL) {
    print_usage_error(command, "%u commands; expected one at most", g_strv_length(names));
    return EXIT_USAGE;
  }
  if (values != NULL)
    return print_values(command, values, folders);
  if (json)
    print_json();
  else if (names != NULL)
    return help_with(names[0]);
  else
    print_help();
  return EXIT_OK;
}
