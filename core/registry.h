/* SPDX-License-Identifier: Apache-2.0 */
/* The registry: what of it is not public. */
#pragma once

#include <aver/registry.h>

/* Where the module of a plugin is, without loading it; NULL with why there is none. Free with
 * g_free(). */
char *aver_registry_locate(const AverRegistry *registry, const char *name, GError **error);

/* What is wrong with the callbacks, options and layers of a description; NULL when nothing is. */
const char *aver_registry_wrong_with(const AverPlugin *plugin);
