/* SPDX-License-Identifier: Apache-2.0 */
/* The records that cannot be trained on: the first few are kept, the rest counted. */
#include "problems.h"

#include <aver/text.h>

/* More than these are not read. */
#define MOST_SHOWN 20

AverProblems *aver_problems_new(void)
{
  AverProblems *problems = g_new0(AverProblems, 1);
  problems->text = g_string_new(NULL);
  return problems;
}

void aver_problems_free(AverProblems *problems)
{
  if (problems == NULL)
    return;
  g_string_free(problems->text, TRUE);
  g_free(problems);
}

void aver_problems_add(AverProblems *problems, const char *origin, guint64 line, const char *format,
                       va_list arguments)
{
  if (++problems->total > MOST_SHOWN)
    return;
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  g_autofree char *where = line == 0 ? g_strdup("") : g_strdup_printf(":%" G_GUINT64_FORMAT, line);
  g_autofree char *whole = g_strdup_printf("%s%s: %s", origin, where, message);
  g_autofree char *shown = aver_text_make_printable(whole, -1);
  g_string_append_printf(problems->text, "%s%s", problems->text->len > 0 ? "\n" : "", shown);
}

gboolean aver_problems_raise(const AverProblems *problems, GError **error)
{
  if (problems->total == 0)
    return TRUE;
  if (problems->total > MOST_SHOWN)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "%s\n%" G_GUINT64_FORMAT " mistakes in all, of which these are the first %d",
                problems->text->str, problems->total, MOST_SHOWN);
  else
    g_set_error_literal(error, AVER_ERROR, AVER_ERROR_SYNTAX, problems->text->str);
  return FALSE;
}
