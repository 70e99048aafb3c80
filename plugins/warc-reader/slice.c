/* SPDX-License-Identifier: Apache-2.0 */
/* Lines and fields as the heads of WARC and of HTTP have them. */
#include "head.h"

#include <string.h>

Slice slice_trim(Slice slice)
{
  while (slice.length > 0 && g_ascii_isspace(slice.data[0])) {
    slice.data++;
    slice.length--;
  }
  while (slice.length > 0 && g_ascii_isspace(slice.data[slice.length - 1]))
    slice.length--;
  return slice;
}

gboolean slice_is(Slice slice, const char *word)
{
  return slice.length == strlen(word) && g_ascii_strncasecmp(slice.data, word, slice.length) == 0;
}

gboolean slice_take_line(Slice *rest, Slice *line)
{
  const char *end = rest->length > 0 ? memchr(rest->data, '\n', rest->length) : NULL;
  if (end == NULL)
    return FALSE;
  *line = (Slice){rest->data, (gsize) (end - rest->data)};
  rest->data = end + 1;
  rest->length -= line->length + 1;
  if (line->length > 0 && line->data[line->length - 1] == '\r')
    line->length--;
  return TRUE;
}

gboolean slice_split_field(Slice line, Slice *name, Slice *value)
{
  const char *colon = line.length > 0 ? memchr(line.data, ':', line.length) : NULL;
  if (colon == NULL || colon == line.data)
    return FALSE;
  *name = slice_trim((Slice){line.data, (gsize) (colon - line.data)});
  *value = slice_trim((Slice){colon + 1, line.length - (gsize) (colon - line.data) - 1});
  return TRUE;
}
