/* SPDX-License-Identifier: Apache-2.0 */
/* The mistakes found in a pipeline: collected, put in order, and reported all at once. */
#include "mistakes.h"

#include <aver/pipeline.h>
#include <aver/text.h>

/* More names than this are not a list that helps. */
#define MOST_NAMES 16

typedef struct {
  guint line;
  guint column;
  guint order;
  char *text;
} Mistake;

static void mistake_free(gpointer data)
{
  Mistake *mistake = data;
  g_free(mistake->text);
  g_free(mistake);
}

AverMistakes *aver_mistakes_new(const char *path)
{
  AverMistakes *mistakes = g_new0(AverMistakes, 1);
  mistakes->path = g_strdup(path);
  mistakes->list = g_ptr_array_new_with_free_func(mistake_free);
  return mistakes;
}

void aver_mistakes_free(AverMistakes *mistakes)
{
  if (mistakes == NULL)
    return;
  g_free(mistakes->path);
  g_ptr_array_unref(mistakes->list);
  g_free(mistakes);
}

void aver_mistakes_add(AverMistakes *mistakes, const AverPosition *position, const char *label,
                       const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);

  g_autoptr(GString) line = g_string_new(NULL);
  Mistake *mistake = g_new0(Mistake, 1);
  mistake->order = mistakes->list->len;
  if (position != NULL && position->argument != NULL) {
    mistake->line = G_MAXUINT;
    g_string_append(line, position->argument);
  } else {
    g_string_append(line, mistakes->path);
    if (position != NULL) {
      mistake->line = position->line;
      mistake->column = position->column;
      g_string_append_printf(line, ":%u:%u", position->line, position->column);
    }
  }
  g_string_append(line, ": ");
  if (label != NULL)
    g_string_append_printf(line, "%s: ", label);
  g_string_append(line, message);
  mistake->text = aver_text_make_printable(line->str, -1);
  g_ptr_array_add(mistakes->list, mistake);
}

static int compare(gconstpointer a, gconstpointer b)
{
  const Mistake *x = *(const Mistake *const *) a;
  const Mistake *y = *(const Mistake *const *) b;
  if (x->line != y->line)
    return x->line < y->line ? -1 : 1;
  if (x->column != y->column)
    return x->column < y->column ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

gboolean aver_mistakes_raise(AverMistakes *mistakes, GError **error)
{
  if (mistakes->list->len == 0)
    return TRUE;
  g_ptr_array_sort(mistakes->list, compare);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < mistakes->list->len; i++) {
    const Mistake *mistake = g_ptr_array_index(mistakes->list, i);
    g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", mistake->text);
  }
  g_set_error_literal(error, AVER_ERROR, AVER_ERROR_CONFIG, text->str);
  return FALSE;
}

char *aver_mistakes_hint(const char *name, const char *const *names, const char *none)
{
  if (names == NULL || names[0] == NULL)
    return g_strdup_printf("; %s", none);
  const char *nearest = aver_nearest_name(name, names);
  if (nearest != NULL)
    return g_strdup_printf("; did you mean '%s'?", nearest);
  GString *hint = g_string_new(names[1] == NULL ? "; expected " : "; expected one of ");
  for (guint i = 0; names[i] != NULL && i <= MOST_NAMES; i++) {
    g_string_append(hint, i > 0 ? ", " : "");
    g_string_append(hint, i < MOST_NAMES ? names[i] : "...");
  }
  return g_string_free(hint, FALSE);
}
