/* SPDX-License-Identifier: Apache-2.0 */
/* The registry: which plugins there are, loaded when asked for and checked before they are used. */
#include "registry.h"
#include "leftout.h"
#include "module.h"
#include "stage.h"

#include <aver/registry.h>
#include <string.h>

/* Whatever a plugin was compiled with, its description reaches at least to its name. */
#define SMALLEST_STRUCT (G_STRUCT_OFFSET(AverPlugin, name) + sizeof(char *))

typedef struct {
  AverPlugin plugin; /* completed to this ABI's size */
  char *folder;
} Entry;

struct _AverRegistry {
  gint references;
  GPtrArray *folders;    /* absolute paths */
  GHashTable *entries;   /* name -> Entry */
  GHashTable *preloaded; /* (nullable) the names of plugins that are linked into the program */
  char *preloaded_folder;
  guint n_before;      /* folders that are searched before them */
  GHashTable *missing; /* name of a plugin that was not built -> what it lacked */
};

static void entry_free(gpointer data)
{
  Entry *entry = data;
  g_free(entry->folder);
  g_free(entry);
}

AverRegistry *aver_registry_new(void)
{
  AverRegistry *registry = g_new0(AverRegistry, 1);
  registry->references = 1;
  registry->folders = g_ptr_array_new_with_free_func(g_free);
  registry->entries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, entry_free);
  registry->missing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return registry;
}

AverRegistry *aver_registry_ref(AverRegistry *registry)
{
  g_return_val_if_fail(registry != NULL, NULL);
  g_atomic_int_inc(&registry->references);
  return registry;
}

void aver_registry_unref(AverRegistry *registry)
{
  if (registry == NULL || !g_atomic_int_dec_and_test(&registry->references))
    return;
  g_ptr_array_unref(registry->folders);
  g_hash_table_unref(registry->entries);
  g_hash_table_unref(registry->missing);
  g_clear_pointer(&registry->preloaded, g_hash_table_unref);
  g_free(registry->preloaded_folder);
  g_free(registry);
}

void aver_registry_free(AverRegistry *registry)
{
  aver_registry_unref(registry);
}

gboolean aver_registry_add_folder(AverRegistry *registry, const char *folder, GError **error)
{
  g_return_val_if_fail(registry != NULL && folder != NULL, FALSE);
  if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "%s is no folder; expected one of plugins",
                folder);
    return FALSE;
  }
  g_autofree char *absolute = g_canonicalize_filename(folder, NULL);
  if (!aver_module_trusted(absolute, error))
    return FALSE;
  aver_left_out_add(absolute, registry->missing);
  g_ptr_array_add(registry->folders, g_steal_pointer(&absolute));
  return TRUE;
}

gboolean aver_registry_add_preloaded(AverRegistry *registry, const char *folder)
{
  g_return_val_if_fail(registry != NULL && folder != NULL, FALSE);
  g_auto(GStrv) names = aver_module_list_preloaded();
  if (names[0] == NULL || registry->preloaded != NULL)
    return names[0] != NULL;
  registry->preloaded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_add(registry->preloaded, g_strdup(names[i]));
  registry->preloaded_folder = g_canonicalize_filename(folder, NULL);
  registry->n_before = registry->folders->len;
  return TRUE;
}

static gboolean valid_name(const char *name, const char *more)
{
  if (!g_ascii_islower(name[0]))
    return FALSE;
  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_islower(*p) && !g_ascii_isdigit(*p) && strchr(more, *p) == NULL)
      return FALSE;
  return TRUE;
}

/* Whether delegates are named as plugins are. */
static gboolean valid_delegates(const char *const *delegates)
{
  for (guint i = 0; delegates != NULL && delegates[i] != NULL; i++)
    if (!valid_name(delegates[i], "-"))
      return FALSE;
  return TRUE;
}

/* Whether resources can be found wherever the process was started. */
static gboolean valid_resources(const char *const *resources)
{
  for (guint i = 0; resources != NULL && resources[i] != NULL; i++)
    if (!g_path_is_absolute(resources[i]))
      return FALSE;
  return TRUE;
}

/* What is missing from a description, or wrong with it; NULL when nothing is. */
static const char *missing_callback(const AverPlugin *plugin)
{
  switch (plugin->kind) {
  case AVER_PLUGIN_READER:
    if (plugin->cut == NULL)
      return "no cut() callback, which a reader needs";
    if (plugin->decode == NULL)
      return "no decode() callback, which a reader needs";
    if ((plugin->cursor == NULL) != (plugin->seek == NULL))
      return "only one of the cursor() and seek() callbacks, which go together";
    if (plugin->cursor == NULL && (plugin->acknowledge != NULL || plugin->failed != NULL))
      return "an acknowledge() or failed() callback without cursor()";
    return NULL;
  case AVER_PLUGIN_ANNOTATOR:
    return plugin->process == NULL ? "no process() callback, which an annotator needs" : NULL;
  case AVER_PLUGIN_WRITER:
    if (plugin->encode == NULL)
      return "no encode() callback, which a writer needs";
    return plugin->emit == NULL ? "no emit() callback, which a writer needs" : NULL;
  default:
    return "an unknown kind; expected reader, annotator or writer";
  }
}

static const char *wrong_option(const AverPlugin *plugin)
{
  if (plugin->n_options > 0 && plugin->options == NULL)
    return "a number of options, but no table";
  for (gsize i = 0; i < plugin->n_options; i++) {
    const AverOption *option = &plugin->options[i];
    if (option->name == NULL || !valid_name(option->name, "_"))
      return "an option without a valid name";
    if (option->kind > AVER_OPTION_EXPRESSION)
      return "an option of unknown kind";
    if (option->help == NULL)
      return "an option without help";
    if (option->kind == AVER_OPTION_CHOICE && (option->choices == NULL || !option->choices[0]))
      return "a choice without choices";
    if (option->kind != AVER_OPTION_STRING && option->fallback == NULL)
      return "an option without a default, which only a string may lack";
    if (!aver_option_accepts(option, option->fallback))
      return "an option whose default is not a valid value";
  }
  return NULL;
}

static const char *wrong_layer(const AverLayerType *const *layers)
{
  for (guint i = 0; layers != NULL && layers[i] != NULL; i++) {
    if (layers[i]->name == NULL || !valid_name(layers[i]->name, "_"))
      return "a layer without a valid name";
    for (guint32 k = 0; k < layers[i]->n_columns; k++) {
      const AverColumnType *column = &layers[i]->columns[k];
      if (column->name == NULL || !valid_name(column->name, "_"))
        return "a layer with a column without a valid name";
      if (column->kind > AVER_COLUMN_REF)
        return "a layer with a column of unknown kind";
      gboolean named = column->kind == AVER_COLUMN_ENUM || column->kind == AVER_COLUMN_FLAGS;
      if (named && column->names == NULL)
        return "a layer with an enum column without names";
      if (column->kind == AVER_COLUMN_REF && column->target == NULL)
        return "a layer with a reference column without a target";
    }
  }
  return NULL;
}

const char *aver_registry_wrong_with(const AverPlugin *plugin)
{
  if (plugin->version == NULL || plugin->summary == NULL)
    return "no version or no summary";
  const char *wrong = missing_callback(plugin);
  if (wrong == NULL && plugin->kind != AVER_PLUGIN_ANNOTATOR &&
      (plugin->explain != NULL || plugin->train != NULL || plugin->process_batch != NULL))
    wrong = "a callback that only annotators have";
  if (wrong == NULL && plugin->kind != AVER_PLUGIN_READER && plugin->delegates != NULL)
    wrong = "delegates, which only readers have";
  if (wrong == NULL && !valid_delegates(plugin->delegates))
    wrong = "a delegate without a valid name";
  if (wrong == NULL && !valid_resources(plugin->resources))
    wrong = "a resource that is no absolute path";
  if (wrong == NULL)
    wrong = wrong_option(plugin);
  if (wrong == NULL)
    wrong = wrong_layer(plugin->needs);
  if (wrong == NULL)
    wrong = wrong_layer(plugin->uses);
  return wrong != NULL ? wrong : wrong_layer(plugin->provides);
}

/* Copies a description as far as both sides know it, and checks it. */
static gboolean adopt(const AverPlugin *theirs, const char *name, const char *path,
                      AverPlugin *plugin, GError **error)
{
  if (theirs->magic != AVER_PLUGIN_MAGIC) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "%s: no Aver plugin: its magic number is wrong; expected AVER_PLUGIN_HEADER", path);
    return FALSE;
  }
  if (theirs->abi != AVER_ABI) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "%s: made for plugin ABI %u; expected %u: compile it against this version", path,
                theirs->abi, AVER_ABI);
    return FALSE;
  }
  if (theirs->struct_size < SMALLEST_STRUCT) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "%s: its description has %u bytes; expected at least %" G_GSIZE_FORMAT, path,
                theirs->struct_size, (gsize) SMALLEST_STRUCT);
    return FALSE;
  }
  memset(plugin, 0, sizeof *plugin);
  memcpy(plugin, theirs, MIN(theirs->struct_size, sizeof *plugin));
  plugin->struct_size = sizeof *plugin;
  if (g_strcmp0(plugin->name, name) != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "%s: calls itself '%s'; expected '%s', after its file", path,
                plugin->name == NULL ? "" : plugin->name, name);
    return FALSE;
  }
  const char *wrong = aver_registry_wrong_with(plugin);
  if (wrong != NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "%s: plugin '%s' has %s", path, name, wrong);
  return wrong == NULL;
}

static gboolean is_preloaded(const AverRegistry *registry, const char *name)
{
  return registry->preloaded != NULL && g_hash_table_contains(registry->preloaded, name);
}

/* The first module of that name in the folders, or the program that it is linked into, or NULL; a
 * libtool archive in its place is named.
 */
char *aver_registry_locate(const AverRegistry *registry, const char *name, GError **error)
{
  g_autofree char *file = g_strconcat(name, ".so", NULL);
  g_autofree char *archive = g_strconcat(name, ".la", NULL);
  g_autofree char *found_archive = NULL;
  gboolean preloaded = is_preloaded(registry, name);
  for (guint i = 0; i < (preloaded ? registry->n_before : registry->folders->len); i++) {
    const char *folder = g_ptr_array_index(registry->folders, i);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    if (g_file_test(path, G_FILE_TEST_EXISTS))
      return g_steal_pointer(&path);
    if (found_archive == NULL) {
      found_archive = g_build_filename(folder, archive, NULL);
      if (!g_file_test(found_archive, G_FILE_TEST_EXISTS))
        g_clear_pointer(&found_archive, g_free);
    }
  }
  if (preloaded)
    return g_file_read_link("/proc/self/exe", error);
  if (found_archive != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "%s is a libtool archive, which is not followed; expected %s", found_archive, file);
    return NULL;
  }
  const char *missing = g_hash_table_lookup(registry->missing, name);
  if (missing != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "plugin '%s' is not built: this build lacks %s", name, missing);
    return NULL;
  }
  g_autoptr(GString) folders = g_string_new(NULL);
  for (guint i = 0; i < registry->folders->len; i++)
    g_string_append_printf(folders, "%s%s", i > 0 ? ", " : "",
                           (const char *) g_ptr_array_index(registry->folders, i));
  g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "no plugin '%s'; expected %s in %s", name, file,
              folders->len > 0 ? folders->str : "a plugin folder, and none is set");
  return NULL;
}

const AverPlugin *aver_registry_find(AverRegistry *registry, const char *name, GError **error)
{
  g_return_val_if_fail(registry != NULL && name != NULL, NULL);
  Entry *known = g_hash_table_lookup(registry->entries, name);
  if (known != NULL)
    return &known->plugin;
  if (!valid_name(name, "-")) {
    g_autofree char *shown = g_utf8_make_valid(name, -1);
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "'%s' cannot be a plugin's name; expected lower-case letters, digits and hyphens",
                shown);
    return NULL;
  }
  g_autofree char *path = aver_registry_locate(registry, name, error);
  if (path == NULL)
    return NULL;
  gboolean linked = is_preloaded(registry, name) && !g_str_has_suffix(path, ".so");
  const AverPlugin *theirs =
      linked ? aver_module_open_preloaded(name, error) : aver_module_open(path, error);
  if (theirs == NULL)
    return NULL;
  Entry *entry = g_new0(Entry, 1);
  if (!adopt(theirs, name, path, &entry->plugin, error)) {
    entry_free(entry);
    return NULL;
  }
  entry->folder = linked ? g_strdup(registry->preloaded_folder) : g_path_get_dirname(path);
  g_hash_table_insert(registry->entries, g_strdup(name), entry);
  return &entry->plugin;
}

const char *aver_registry_get_folder_of(AverRegistry *registry, const AverPlugin *plugin)
{
  g_return_val_if_fail(registry != NULL && plugin != NULL, "");
  Entry *entry = g_hash_table_lookup(registry->entries, plugin->name);
  return entry == NULL ? "" : entry->folder;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *) a, *(const char *const *) b);
}

char **aver_registry_list(AverRegistry *registry)
{
  g_return_val_if_fail(registry != NULL, NULL);
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  GPtrArray *names = g_ptr_array_new();
  for (guint i = 0; i < registry->folders->len; i++) {
    g_autoptr(GDir) folder = g_dir_open(g_ptr_array_index(registry->folders, i), 0, NULL);
    const char *entry;
    while (folder != NULL && (entry = g_dir_read_name(folder)) != NULL) {
      if (!g_str_has_suffix(entry, ".so"))
        continue;
      g_autofree char *name = g_strndup(entry, strlen(entry) - 3);
      if (!valid_name(name, "-") || !g_hash_table_add(seen, name))
        continue;
      g_ptr_array_add(names, g_steal_pointer(&name));
    }
  }
  g_auto(GStrv) linked =
      registry->preloaded == NULL ? g_new0(char *, 1) : aver_module_list_preloaded();
  for (guint i = 0; linked[i] != NULL; i++)
    if (g_hash_table_add(seen, linked[i]))
      g_ptr_array_add(names, g_strdup(linked[i]));
  g_ptr_array_sort(names, compare_names);
  g_ptr_array_add(names, NULL);
  return (char **) g_ptr_array_free(names, FALSE);
}

const char *aver_registry_get_missing(AverRegistry *registry, const char *name)
{
  g_return_val_if_fail(registry != NULL && name != NULL, NULL);
  return g_hash_table_lookup(registry->missing, name);
}

char **aver_registry_list_left_out(AverRegistry *registry)
{
  g_return_val_if_fail(registry != NULL, NULL);
  g_auto(GStrv) built = aver_registry_list(registry);
  GPtrArray *names = g_ptr_array_new();
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init(&iter, registry->missing);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    if (!g_strv_contains((const char *const *) built, name))
      g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, compare_names);
  g_ptr_array_add(names, NULL);
  return (char **) g_ptr_array_free(names, FALSE);
}
