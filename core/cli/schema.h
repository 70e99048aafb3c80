/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the JSON Schema that do not depend on the plugins, and those of their options. */
#pragma once

#include <aver/aver.h>
#include <jansson.h>

/* The schema without plugins, which are still to be filled in: `plugin`, `stage`, `with_output`. */
json_t *schema_new(void);

/* The schema of a plugin's `options`, with those of the readers it hands files to. */
json_t *schema_of_options(AverRegistry *registry, const AverPlugin *plugin);
