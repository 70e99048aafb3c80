/* SPDX-License-Identifier: Apache-2.0 */
/* JSON's grammar, walked over without a tree: shared by the files of the scanner. */
#pragma once

#include <aver/json.h>

/* Where scanning stands, and what went wrong there. */
typedef struct {
  const char *p;
  const char *end;
  const char *expected; /* NULL: the limit on depth */
} AverJsonScan;

/* Stops at @p, where something else was expected; always FALSE. */
gboolean aver_json_expect(AverJsonScan *scan, const char *p, const char *expected);

/* Makes an error of what stopped the scan; @start is the text's first byte. */
void aver_json_scan_error(const AverJsonScan *scan, const char *start, GError **error);

static inline void aver_json_skip_space(AverJsonScan *scan)
{
  while (scan->p < scan->end &&
         (*scan->p == ' ' || *scan->p == '\t' || *scan->p == '\n' || *scan->p == '\r'))
    scan->p++;
}

static inline gboolean aver_json_at(const AverJsonScan *scan, char c)
{
  return scan->p < scan->end && *scan->p == c;
}

/* A member's key and its colon. */
gboolean aver_json_scan_key(AverJsonScan *scan, AverJsonValue *key);

/* One value, without recursion; @depth containers are open around it. */
gboolean aver_json_scan_value(AverJsonScan *scan, guint depth, AverJsonValue *value);
