/* SPDX-License-Identifier: Apache-2.0 */
/* aver new: makes a folder with a plugin that builds, installs and passes its own test. */
#include "cli.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#define LONGEST_NAME 64

/* A file of the folder; `my-stage` and `my_stage` in it stand for the plugin's name. */
typedef struct {
  const char *kind; /* "annotator", "reader", "writer", or "common" */
  const char *file;
  const char *text;
} Template;

#include "new-templates.h"

static const char *const kinds[] = {"annotator", "reader", "writer", NULL};

/* Why a name cannot be a plugin's; NULL when it can. */
static const char *wrong_with_name(const char *name)
{
  /* Targets of meson's own, and files that the folder has. */
  static const char *const taken[] = {"all",      "benchmark",   "clean", "dist",      "install",
                                      "phony",    "reconfigure", "test",  "uninstall", "scan-build",
                                      "coverage", "aver",        NULL};
  if (!g_ascii_islower(name[0]))
    return "it does not begin with a lower-case letter";
  if (strlen(name) > LONGEST_NAME)
    return "it is longer than 64 characters";
  for (const char *p = name; *p != '\0'; p++) {
    if (!g_ascii_islower(*p) && !g_ascii_isdigit(*p) && *p != '-')
      return "it has other characters than lower-case letters, digits and hyphens";
    if (*p == '-' && (p[1] == '-' || p[1] == '\0'))
      return "a hyphen in it is followed by no letter or digit";
  }
  if (g_strv_contains(taken, name) || g_str_has_prefix(name, "meson-") ||
      g_str_has_prefix(name, "coverage-") || g_str_has_prefix(name, "clang-"))
    return "the build needs that name itself";
  return NULL;
}

/* The name of a template's file in the new folder. */
static char *name_file(const Template *template, const char *name)
{
  if (strcmp(template->file, "plugin.c") == 0)
    return g_strconcat(name, ".c", NULL);
  if (strcmp(template->file, "test.c") == 0)
    return g_strconcat("test-", name, ".c", NULL);
  return g_strdup(template->file);
}

static gboolean write_file(const char *path, const char *text, GError **error)
{
  FILE *file = g_fopen(path, "wxe");
  gboolean good = file != NULL && fputs(text, file) >= 0;
  int reason = errno;
  if (file != NULL && fclose(file) != 0) {
    reason = good ? errno : reason;
    good = FALSE;
  }
  if (!good)
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "%s: %s", path, g_strerror(reason));
  return good;
}

static gboolean write_template(const Template *template, const char *folder, const char *name,
                               GError **error)
{
  g_autofree char *module = g_strdelimit(g_strdup(name), "-", '_');
  g_autofree char *file = name_file(template, name);
  g_autofree char *path = g_build_filename(folder, file, NULL);
  g_autoptr(GString) text = g_string_new(template->text);
  g_string_replace(text, "my-stage", name, 0);
  g_string_replace(text, "my_stage", module, 0);
  return write_file(path, text->str, error);
}

static gboolean write_folder(const char *folder, const char *kind, const char *name, GError **error)
{
  if (g_mkdir(folder, 0777) != 0) {
    int reason = errno;
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "%s: %s%s", folder, g_strerror(reason),
                reason == EEXIST ? "; expected a folder that is not there yet" : "");
    return FALSE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(templates); i++)
    if (strcmp(templates[i].kind, kind) == 0 || strcmp(templates[i].kind, "common") == 0)
      if (!write_template(&templates[i], folder, name, error))
        return FALSE;
  return TRUE;
}

/* Whether kind and name are such that a plugin can be made of them. */
static gboolean check(const Command *command, const char *kind, const char *name)
{
  if (!g_strv_contains(kinds, kind)) {
    const char *nearest = aver_nearest_name(kind, kinds);
    print_usage_error(command, "no kind '%s'; %s%s%s", kind,
                      nearest == NULL ? "expected annotator, reader or writer" : "did you mean '",
                      nearest == NULL ? "" : nearest, nearest == NULL ? "" : "'?");
    return FALSE;
  }
  const char *wrong = wrong_with_name(name);
  if (wrong != NULL) {
    print_usage_error(command,
                      "'%s' cannot be a plugin's name: %s; expected one such as 'my-stage'", name,
                      wrong);
    return FALSE;
  }
  g_autoptr(AverRegistry) registry = open_registry(NULL);
  g_auto(GStrv) known = registry == NULL ? NULL : aver_registry_list(registry);
  if (known != NULL && g_strv_contains((const char *const *) known, name)) {
    print_usage_error(command, "there is a plugin '%s' already; expected another name", name);
    return FALSE;
  }
  return TRUE;
}

ExitCode command_new(const Command *command, char **arguments)
{
  g_auto(GStrv) rest = NULL;
  g_autofree char *parent = NULL;
  const GOptionEntry entries[] = {{"dir", 0, 0, G_OPTION_ARG_FILENAME, &parent,
                                   "Make the folder in DIR instead of here", "DIR"},
                                  G_OPTION_ENTRY_NULL};
  ExitCode code = EXIT_OK;
  if (!parse_arguments(command, entries, arguments, &rest, &code))
    return code;
  if (rest == NULL || g_strv_length(rest) != 2) {
    print_usage_error(command, "expected a kind (annotator, reader or writer) and a name");
    return EXIT_USAGE;
  }
  if (!check(command, rest[0], rest[1]))
    return EXIT_USAGE;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder =
      parent == NULL ? g_strdup(rest[1]) : g_build_filename(parent, rest[1], NULL);
  if (!write_folder(folder, rest[0], rest[1], &error)) {
    print_message(error->message);
    return EXIT_RUN;
  }
  g_autofree char *shown = aver_text_make_printable(folder, -1);
  g_autofree char *quoted = g_shell_quote(shown);
  printf("%s: a%s %s that builds; next:\n"
         "  cd %s\n"
         "  meson setup build\n"
         "  meson compile -C build\n"
         "  meson test -C build\n"
         "  aver plugins --plugin-dir build %s\n",
         shown, rest[0][0] == 'a' ? "n" : "", rest[0], quoted, rest[1]);
  return EXIT_OK;
}
