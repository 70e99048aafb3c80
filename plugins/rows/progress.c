/* SPDX-License-Identifier: Apache-2.0 */
/* How far a database is, which may be further than the job's journal. */
#include "rows.h"

gboolean progress_resume(Progress *progress, const char *position, const char *name, GError **error)
{
  if (!g_ascii_string_to_unsigned(position, 10, 0, G_MAXINT64, &progress->position, NULL)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "'%s' is no position in %s", position, name);
    return FALSE;
  }
  progress->committed = progress->position;
  return TRUE;
}

gboolean progress_check(const Progress *progress, const char *name, GError **error)
{
  if (progress->stored >= progress->position)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
              "cannot go on with %s: it has %" G_GUINT64_FORMAT
              " bytes of rows; expected at least the %" G_GUINT64_FORMAT
              " that the job has written",
              name, progress->stored, progress->position);
  return FALSE;
}

gsize progress_pass(Progress *progress, gsize length)
{
  guint64 ahead = progress->stored > progress->position ? progress->stored - progress->position : 0;
  progress->position += length;
  return (gsize) MIN(ahead, length);
}
