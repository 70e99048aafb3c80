/* SPDX-License-Identifier: Apache-2.0 */
/* The words that may stand on a command line: what a shell completes. */
#include "values.h"

#include <stdio.h>
#include <string.h>

typedef void (*Collect)(const AverPlugin *plugin, GPtrArray *words);

static void add_kind(const AverPlugin *plugin, guint kind, GPtrArray *words)
{
  if (plugin->kind == kind)
    g_ptr_array_add(words, g_strdup(plugin->name));
}

static void add_reader(const AverPlugin *plugin, GPtrArray *words)
{
  add_kind(plugin, AVER_PLUGIN_READER, words);
}

static void add_writer(const AverPlugin *plugin, GPtrArray *words)
{
  add_kind(plugin, AVER_PLUGIN_WRITER, words);
}

static void add_annotator(const AverPlugin *plugin, GPtrArray *words)
{
  add_kind(plugin, AVER_PLUGIN_ANNOTATOR, words);
}

static void add_any(const AverPlugin *plugin, GPtrArray *words)
{
  g_ptr_array_add(words, g_strdup(plugin->name));
}

static void add_trainable(const AverPlugin *plugin, GPtrArray *words)
{
  if (plugin->train != NULL)
    g_ptr_array_add(words, g_strdup(plugin->name));
}

static void add_layers(const AverPlugin *plugin, GPtrArray *words)
{
  for (guint i = 0; plugin->provides != NULL && plugin->provides[i] != NULL; i++)
    g_ptr_array_add(words, g_strdup(plugin->provides[i]->name));
}

/* What `--set` takes, up to the value where there is no telling what it is. */
static void add_options(const AverPlugin *plugin, GPtrArray *words)
{
  static const char *const truths[] = {"false", "true", NULL};
  for (gsize i = 0; i < plugin->n_options; i++) {
    const AverOption *option = &plugin->options[i];
    const char *const *values = option->kind == AVER_OPTION_BOOLEAN  ? truths
                                : option->kind == AVER_OPTION_CHOICE ? option->choices
                                                                     : NULL;
    g_ptr_array_add(words, g_strdup_printf("%s.%s=", plugin->name, option->name));
    for (guint k = 0; values != NULL && values[k] != NULL; k++)
      g_ptr_array_add(words, g_strdup_printf("%s.%s=%s", plugin->name, option->name, values[k]));
  }
}

static const struct {
  const char *name;
  Collect collect;
} kinds[] = {{"readers", add_reader}, {"writers", add_writer},      {"annotators", add_annotator},
             {"plugins", add_any},    {"trainable", add_trainable}, {"layers", add_layers},
             {"options", add_options}};

static Collect find_kind(const Command *command, const char *kind)
{
  const char *names[G_N_ELEMENTS(kinds) + 1] = {0};
  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
    names[i] = kinds[i].name;
    if (strcmp(kind, kinds[i].name) == 0)
      return kinds[i].collect;
  }
  g_autofree char *list = g_strjoinv(", ", (char **) names);
  print_usage_error(command, "--values is %s; expected one of %s", kind, list);
  return NULL;
}

static int compare(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *) a, *(const char *const *) b);
}

ExitCode print_values(const Command *command, const char *kind, char **folders)
{
  Collect collect = find_kind(command, kind);
  g_autoptr(AverRegistry) registry = collect == NULL ? NULL : open_registry(folders);
  if (registry == NULL)
    return EXIT_USAGE;
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
  g_auto(GStrv) names = aver_registry_list(registry);
  for (guint i = 0; names[i] != NULL; i++) {
    const AverPlugin *plugin = aver_registry_find(registry, names[i], NULL);
    if (plugin != NULL)
      collect(plugin, words);
  }
  g_ptr_array_sort(words, compare);
  const char *last = NULL;
  for (guint i = 0; i < words->len; i++) {
    const char *word = g_ptr_array_index(words, i);
    g_autofree char *shown = aver_text_make_printable(word, -1);
    if (g_strcmp0(word, last) != 0)
      printf("%s\n", shown);
    last = word;
  }
  return EXIT_OK;
}
