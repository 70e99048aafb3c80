/* SPDX-License-Identifier: Apache-2.0 */
/* Modules: opening a plugin's file through libltdl, with the true reason when that fails. */
#include "module.h"

#include "elfnote.h"

#include <dlfcn.h>
#include <errno.h>
#include <ltdl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * libltdl's own loader binds lazily, so that a module with an undefined symbol loads and dies at
 * its first call; and it reports nearly every failure as "file not found". This one binds at once
 * and keeps what dlerror() said. The library is one for the whole process, and so is its loader.
 */
typedef struct {
  const char *path; /* of the file that was checked, to which the name that is opened leads */
  char *reason;     /* of the last failure */
} Loader;

static lt_module open_module(lt_user_data data, const char *filename, lt_dladvise advise)
{
  (void) advise;
  Loader *loader = data;
  g_clear_pointer(&loader->reason, g_free);
  if (loader->path != NULL)
    filename = loader->path;
  void *module = dlopen(filename, RTLD_NOW | RTLD_LOCAL);
  if (module == NULL)
    loader->reason = g_strdup(dlerror());
  return module;
}

static int close_module(lt_user_data data, lt_module module)
{
  (void) data;
  return dlclose(module);
}

static void *find_symbol(lt_user_data data, lt_module module, const char *symbol)
{
  (void) data;
  return dlsym(module, symbol);
}

/* The plugins that are linked into the program, if any are: by libtool's convention a list of
 * module names with their symbols behind them. */
extern const lt_dlsymlist lt__PROGRAM__LTX_preloaded_symbols[]
    __attribute__((weak, visibility("default")));

/* NULL when libltdl does not start. Never undone: modules are resident. */
static gpointer start_loader(gpointer data)
{
  (void) data;
  if (lt_dlinit() != 0)
    return NULL;
  free(lt_dlloader_remove("lt_dlopen"));
  Loader *loader = g_new0(Loader, 1);
  /* lt_dlexit() frees the table it was given. */
  lt_dlvtable *table = g_new0(lt_dlvtable, 1);
  table->name = "aver_dlopen";
  table->sym_prefix = "";
  table->module_open = open_module;
  table->module_close = close_module;
  table->find_sym = find_symbol;
  table->dlloader_data = loader;
  table->priority = LT_DLLOADER_PREPEND;
  if (lt__PROGRAM__LTX_preloaded_symbols != NULL)
    lt_dlpreload(lt__PROGRAM__LTX_preloaded_symbols);
  return lt_dlloader_add(table) == 0 ? loader : NULL;
}

static Loader *get_loader(void)
{
  static GOnce once = G_ONCE_INIT;
  return g_once(&once, start_loader, NULL);
}

gboolean aver_module_trusted(const char *path, GError **error)
{
  struct stat status;
  if (stat(path, &status) != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "%s: %s", path, g_strerror(errno));
    return FALSE;
  }
  if (status.st_uid != 0 && status.st_uid != geteuid()) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "%s belongs to user %u; expected root's or this user's", path,
                (guint) status.st_uid);
    return FALSE;
  }
  const guint mode = status.st_mode & 07777;
  if ((mode & S_IWOTH) != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "%s may be written by anyone; expected mode %o", path, mode & ~(guint) S_IWOTH);
    return FALSE;
  }
  /* A group of root's, or the user's own first one, which may be all there is in it. */
  if ((mode & S_IWGRP) == 0 || status.st_gid == 0 || status.st_gid == getegid())
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
              "%s may be written by group %u; expected mode %o", path, (guint) status.st_gid,
              mode & ~(guint) S_IWGRP);
  return FALSE;
}

/* Whether nobody can put another folder in the place of one on the way: they may be anyone's to
 * write to only where others' entries cannot be renamed. */
static gboolean is_fixed(const char *path, GError **error)
{
  struct stat status;
  g_autofree char *folder = g_path_get_dirname(path);
  while (strcmp(folder, "/") != 0) {
    g_autofree char *above = g_path_get_dirname(folder);
    if (stat(above, &status) != 0) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "%s: %s", above, g_strerror(errno));
      return FALSE;
    }
    if ((status.st_mode & S_IWOTH) != 0 && (status.st_mode & S_ISVTX) == 0) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                  "%s, which %s is in, may be written by anyone; expected mode %o", above, path,
                  (guint) (status.st_mode & 07777 & ~(mode_t) S_IWOTH));
      return FALSE;
    }
    g_free(folder);
    folder = g_steal_pointer(&above);
  }
  return TRUE;
}

/* The file itself, where links have been followed once and for all, and its folder. */
static gboolean check_file(const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname(path);
  if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "%s is no file", path);
    return FALSE;
  }
  if (strchr(path, '$') != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "%s has a '$' in it, which the dynamic loader would replace; expected none", path);
    return FALSE;
  }
  return aver_module_trusted(path, error) && aver_module_trusted(folder, error) &&
         is_fixed(path, error) && aver_elfnote_check(path, error);
}

/* libltdl has one state for the whole process, and no lock. */
static GMutex lock;

/* libltdl makes the symbol's name of @path, and the loader opens @real. */
static const AverPlugin *open_locked(Loader *loader, const char *path, const char *real,
                                     GError **error)
{
  g_clear_pointer(&loader->reason, g_free);
  loader->path = real;
  lt_dlhandle handle = lt_dlopen(path);
  loader->path = NULL;
  if (handle == NULL) {
    const char *reason = loader->reason != NULL ? loader->reason : lt_dlerror();
    g_autofree char *prefix = g_strconcat(real, ": ", NULL);
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "%s: %s", path,
                g_str_has_prefix(reason, prefix) ? reason + strlen(prefix) : reason);
    return NULL;
  }
  lt_dlmakeresident(handle);
  const AverPlugin *plugin = lt_dlsym(handle, "aver_plugin");
  if (plugin == NULL)
    g_set_error(
        error, AVER_ERROR, AVER_ERROR_PLUGIN,
        "%s exports no <module>_LTX_aver_plugin; expected one AVER_PLUGIN() named after the "
        "file",
        path);
  return plugin;
}

const AverPlugin *aver_module_open(const char *path, GError **error)
{
  g_return_val_if_fail(g_path_is_absolute(path), NULL);
  Loader *loader = get_loader();
  if (loader == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "libltdl does not start: %s", lt_dlerror());
    return NULL;
  }
  char *real = realpath(path, NULL);
  if (real == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "%s: %s", path, g_strerror(errno));
    return NULL;
  }
  const AverPlugin *plugin = NULL;
  if (check_file(real, error)) {
    g_mutex_lock(&lock);
    plugin = open_locked(loader, path, real, error);
    g_mutex_unlock(&lock);
  }
  free(real);
  return plugin;
}

char **aver_module_list_preloaded(void)
{
  g_autoptr(GStrvBuilder) names = g_strv_builder_new();
  const lt_dlsymlist *symbol = lt__PROGRAM__LTX_preloaded_symbols;
  for (; symbol != NULL && symbol->name != NULL; symbol++) {
    const char *end = g_strrstr(symbol->name, ".a");
    if (symbol->address != NULL || end == NULL)
      continue;
    g_autofree char *name = g_strndup(symbol->name, (gsize) (end - symbol->name));
    g_strv_builder_add(names, g_strdelimit(name, "_", '-')); /* libltdl's names have no hyphens */
  }
  return g_strv_builder_end(names);
}

const AverPlugin *aver_module_open_preloaded(const char *name, GError **error)
{
  const AverPlugin *plugin = NULL;
  lt_dladvise advise;
  Loader *loader = get_loader();
  g_mutex_lock(&lock);
  if (loader != NULL && lt_dladvise_init(&advise) == 0) {
    lt_dladvise_preload(&advise); /* no file is looked for */
    lt_dlhandle handle = lt_dlopenadvise(name, advise);
    lt_dladvise_destroy(&advise);
    plugin = handle == NULL ? NULL : lt_dlsym(handle, "aver_plugin");
  }
  if (plugin == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "plugin '%s' of this program: %s", name,
                lt_dlerror());
  g_mutex_unlock(&lock);
  return plugin;
}
