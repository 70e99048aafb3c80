/* SPDX-License-Identifier: Apache-2.0 */
/* Modules: opening a plugin's file through libltdl, with the true reason when that fails. */
#pragma once

#include <aver/plugin.h>

/* Whether only the owner, who must be root or this user, and root's or this user's group may write
 * to a file or folder. */
gboolean aver_module_trusted(const char *path, GError **error);

/*
 * Opens the module at an absolute path and gives its description as it stands there, of whatever
 * size. Modules stay loaded for the life of the process. [main]
 */
const AverPlugin *aver_module_open(const char *path, GError **error);

/* The names of the plugins that are linked into the program, in any order. Free with g_strfreev().
 */
char **aver_module_list_preloaded(void);

/* The description of one of them. [main] */
const AverPlugin *aver_module_open_preloaded(const char *name, GError **error);
