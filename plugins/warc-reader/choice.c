/* SPDX-License-Identifier: Apache-2.0 */
/* Which records are taken: by type of record, status and media type. */
#include "reader.h"

#include <string.h>

/* The longest media type that any pattern can match. */
#define MAX_NAME 127

static gboolean matches(const GPtrArray *patterns, Slice name)
{
  char text[MAX_NAME + 1];
  if (name.length == 0 || name.length > MAX_NAME)
    return FALSE;
  for (gsize i = 0; i < name.length; i++) {
    text[i] = g_ascii_tolower(name.data[i]);
    if ((guchar) text[i] <= ' ' || (guchar) text[i] >= 0x7f)
      return FALSE;
  }
  text[name.length] = '\0';
  for (guint i = 0; i < patterns->len; i++)
    if (g_pattern_spec_match_string(g_ptr_array_index(patterns, i), text))
      return TRUE;
  return FALSE;
}

gboolean choice_takes(const Choice *choice, const Head *head, const char *block, gsize length)
{
  gboolean of_type = FALSE;
  for (guint i = 0; choice->types[i] != NULL && !of_type; i++)
    of_type = slice_is(head->type, choice->types[i]);
  /* What the archiving program says of itself, its log and the like. */
  if (!of_type ||
      (head->uri.length > 9 && g_ascii_strncasecmp(head->uri.data, "metadata:", 9) == 0))
    return FALSE;
  Payload payload;
  payload_look(head, block, length, &payload);
  if (payload.http && payload.status == 0)
    return TRUE; /* to be told that it is no response */
  if (payload.http) {
    char digits[8];
    int n = g_snprintf(digits, sizeof digits, "%u", payload.status);
    if (!matches(choice->status, (Slice){digits, (gsize) n}))
      return FALSE;
  }
  return matches(choice->media, payload.media);
}
