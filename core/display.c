/* SPDX-License-Identifier: Apache-2.0 */
/* Names and times as people, documents and JSON see them. */
#include "display.h"

char *aver_display_name(const char *path)
{
  GString *name = g_string_new(NULL);
  const char *bad;
  while (!g_utf8_validate(path, -1, &bad)) {
    g_string_append_len(name, path, bad - path);
    g_string_append_printf(name, "\\x%02x", (guint) (guchar) *bad);
    path = bad + 1;
  }
  g_string_append(name, path);
  return g_string_free(name, FALSE);
}

json_t *aver_display_json(const char *text)
{
  g_autofree char *name = text == NULL ? NULL : aver_display_name(text);
  return name == NULL ? json_null() : json_string(name);
}

char *aver_display_time(gint64 microseconds)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(microseconds / G_USEC_PER_SEC);
  g_autofree char *seconds =
      time == NULL ? g_strdup("?") : g_date_time_format(time, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf("%s.%06dZ", seconds, (int) (microseconds % G_USEC_PER_SEC));
}
