/* SPDX-License-Identifier: Apache-2.0 */
/* aver status, for a job that was shared out. */
#pragma once

#include "cli.h"

#include <jansson.h>

/* Whether a job's folder is one of shards. */
gboolean has_shards(const char *folder);

/* @job: of aver_shards_describe() */
void print_shards(const json_t *job);

/* A number of what aver_job_describe() tells. */
guint64 status_count(const json_t *object, const char *name);
