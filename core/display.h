/* SPDX-License-Identifier: Apache-2.0 */
/* Names and times as people, documents and JSON see them. */
#pragma once

#include <glib.h>
#include <jansson.h>

/* A path as valid UTF-8; other bytes as \xHH. Free with g_free(). */
char *aver_display_name(const char *path);

/* The same as a JSON string; NULL is null. */
json_t *aver_display_json(const char *text);

/* Microseconds since 1970 as `2026-11-22T07:00:00.123456Z`. Free with g_free(). */
char *aver_display_time(gint64 microseconds);
