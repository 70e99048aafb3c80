/* SPDX-License-Identifier: Apache-2.0 */
/* aver status, for a job that was shared out. */
#pragma once

#include "cli.h"

#include <jansson.h>

/* Whether a job's folder is one of shards. */
gboolean has_shards(const char *folder);

ExitCode print_status_of_shards(const char *folder, gboolean as_json);
