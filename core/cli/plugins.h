/* SPDX-License-Identifier: Apache-2.0 */
/* A plugin's description as JSON: what `aver plugins --json` prints. */
#pragma once

#include <aver/aver.h>
#include <jansson.h>

/* Words for the numbers of the contract. */
const char *kind_word(guint kind);
const char *option_word(guint kind);
const char *column_word(guint kind);

/* All details of one plugin. Returns: (transfer full). */
json_t *describe_plugin(AverRegistry *registry, const AverPlugin *plugin);

/* One option: `name`, `type`, `default`, `help` and, where it has some, `choices`, `minimum`,
 * `maximum`. Returns: (transfer full). */
json_t *describe_option(const AverOption *option);
