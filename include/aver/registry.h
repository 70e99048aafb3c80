/* SPDX-License-Identifier: Apache-2.0 */
/* Finding plugins: folders of modules, and what is in them. */
#pragma once

#include <aver/plugin.h>

G_BEGIN_DECLS

/**
 * AverRegistry:
 *
 * The plugins at hand, counted by references (a boxed type). Modules stay loaded for the life of
 * the process. A registry, and the pipelines made with it, are in the hands of one thread at a
 * time.
 */
typedef struct _AverRegistry AverRegistry;

/**
 * aver_registry_new:
 *
 * Makes a registry without folders.
 *
 * Returns: (transfer full): a registry over the folders of aver_registry_add_folder(), in that
 * order, and no others.
 */
AVER_API AverRegistry *aver_registry_new(void);

/**
 * aver_registry_ref:
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @registry.
 */
AVER_API AverRegistry *aver_registry_ref(AverRegistry *registry);

/**
 * aver_registry_unref:
 *
 * Gives up a reference. Modules that were loaded stay.
 */
AVER_API void aver_registry_unref(AverRegistry *registry);

/**
 * aver_registry_free: (skip)
 *
 * aver_registry_unref().
 */
AVER_API void aver_registry_free(AverRegistry *registry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverRegistry, aver_registry_free)

/**
 * aver_registry_add_folder:
 * @folder: a folder of modules
 *
 * Adds a folder to search. Nothing is loaded yet.
 *
 * Returns: %FALSE with %AVER_ERROR_PLUGIN when it is no folder, or others than its owner's trusted
 * users may write to it.
 */
AVER_API gboolean aver_registry_add_folder(AverRegistry *registry, const char *folder,
                                           GError **error);

/**
 * aver_registry_add_preloaded: (skip)
 * @folder: where the plugins' own files lie, in folders of their names
 *
 * Adds the plugins that are linked into the program (a build with -Dplugins=static), behind the
 * folders that were added before.
 *
 * Returns: whether there are any.
 */
AVER_API gboolean aver_registry_add_preloaded(AverRegistry *registry, const char *folder);

/**
 * aver_registry_find: (skip)
 * @name: a plugin's name
 *
 * Loads the plugin if need be.
 *
 * Returns: (transfer none) (nullable): its description, completed to this ABI's size; %NULL with
 * %AVER_ERROR_PLUGIN and the true reason: not found, not to be trusted, not loadable, not of this
 * ABI, incomplete.
 */
AVER_API const AverPlugin *aver_registry_find(AverRegistry *registry, const char *name,
                                              GError **error);

/**
 * aver_registry_get_folder_of: (skip)
 * @plugin: a plugin
 *
 * Tells where a plugin lies.
 *
 * Returns: (transfer none): where a loaded plugin's module lies.
 */
AVER_API const char *aver_registry_get_folder_of(AverRegistry *registry, const AverPlugin *plugin);

/**
 * aver_registry_list:
 *
 * Lists the plugins.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names of all modules in the folders,
 * sorted, whether they can be loaded or not.
 */
AVER_API char **aver_registry_list(AverRegistry *registry);

/**
 * aver_registry_list_left_out:
 *
 * Lists what a build has left out.
 *
 * Returns: (transfer full) (array zero-terminated=1): the names, sorted, of plugins that were not
 * built because a library was missing: those that the file `left-out` in a plugin folder names, a
 * name, a tab and what is missing on each line.
 */
AVER_API char **aver_registry_list_left_out(AverRegistry *registry);

/**
 * aver_registry_get_missing:
 * @name: a name
 *
 * Tells why a build has left out a plugin.
 *
 * Returns: (transfer none) (nullable): what the plugin of that name lacked when it was not built.
 */
AVER_API const char *aver_registry_get_missing(AverRegistry *registry, const char *name);

/**
 * aver_nearest_name:
 * @name: a name that is not known
 * @names: (nullable) (array zero-terminated=1): the known ones
 *
 * For messages: "did you mean 'text'?"
 *
 * Returns: (transfer none) (nullable): the first of the nearest names, when at most two edits, or a
 * third of the name's length, away (Damerau 1964; letter case aside).
 */
AVER_API const char *aver_nearest_name(const char *name, const char *const *names);

G_END_DECLS
