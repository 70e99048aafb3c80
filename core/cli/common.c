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

/* The folder of the build that this command lies in, when it has not been installed. */
static char *uninstalled_folder(void)
{
  g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
  if (self == NULL)
    return NULL;
  g_autofree char *folder = g_path_get_dirname(self);
  g_autofree char *marker = g_build_filename(folder, "plugins", "uninstalled", NULL);
  return g_file_test(marker, G_FILE_TEST_EXISTS) ? g_build_filename(folder, "plugins", NULL) : NULL;
}

/* Adds the plugins that this command was linked with; their files lie in @standard, or beside it.
 */
static gboolean add_own_plugins(AverRegistry *registry, const char *standard)
{
  g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
  g_autofree char *beside = self == NULL ? g_strdup(".") : g_path_get_dirname(self);
  gboolean installed = g_file_test(standard, G_FILE_TEST_IS_DIR);
  return aver_registry_add_preloaded(registry, installed ? standard : beside);
}

AverRegistry *open_registry(char **folders)
{
  g_autoptr(AverRegistry) registry = aver_registry_new();
  g_autoptr(GError) error = NULL;
  for (guint i = 0; folders != NULL && folders[i] != NULL; i++) {
    if (!aver_registry_add_folder(registry, folders[i], &error)) {
      print_message(error->message);
      return NULL;
    }
  }
  g_autofree char *own = uninstalled_folder();
  const char *standard = own != NULL ? own : AVER_PLUGIN_DIR;
  /* Someone who names folders may do without the standard one. */
  gboolean complete = add_own_plugins(registry, standard);
  if ((folders != NULL || complete) && !g_file_test(standard, G_FILE_TEST_EXISTS))
    return g_steal_pointer(&registry);
  if (!aver_registry_add_folder(registry, standard, &error)) {
    print_message(error->message);
    return NULL;
  }
  return g_steal_pointer(&registry);
}
