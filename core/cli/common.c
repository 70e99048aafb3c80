/* SPDX-License-Identifier: Apache-2.0 */
/* What the subcommands have in common: messages, and where the plugins are. */
#include "cli.h"

#include "log.h"

#include <stdio.h>

void print_message(const char *message)
{
  log_message("error", message);
}

void print_usage_error(const Command *command, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  if (log_is_json()) {
    log_message("error", message);
    return;
  }
  g_autofree char *line = aver_text_make_printable(message, -1);
  const char *space = command == NULL ? "" : " ";
  const char *name = command == NULL ? "" : command->name;
  fprintf(stderr, "aver%s%s: %s\n'aver%s%s --help' tells more\n", space, name, line, space, name);
}

AverRegistry *open_registry(char **folders)
{
  g_autoptr(GError) error = NULL;
  AverRegistry *registry = aver_registry_new_standard((const char *const *) folders, &error);
  if (registry == NULL)
    print_message(error->message);
  return registry;
}
