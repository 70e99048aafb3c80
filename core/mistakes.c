/* SPDX-License-Identifier: Apache-2.0 */
/* The mistakes found in a pipeline: collected, put in order, and reported all at once. */
#include "mistakes.h"

#include <aver/pipeline.h>
#include <aver/text.h>

#include <string.h>

/* More names than this are not a list that helps. */
#define MOST_NAMES 16

typedef struct {
  guint line;
  guint column;
  guint order;
  char *text;       /* the whole line */
  char *place;      /* the file, or the argument */
  gboolean argued;  /* it is an argument */
  char *stage;      /* (nullable) the label */
  char *message;    /* what is wrong */
  char *expected;   /* (nullable) */
  char *suggestion; /* (nullable) */
  gboolean told;    /* the suggestion is in the text */
} Mistake;

static void mistake_free(gpointer data)
{
  Mistake *mistake = data;
  g_free(mistake->text);
  g_free(mistake->place);
  g_free(mistake->stage);
  g_free(mistake->message);
  g_free(mistake->expected);
  g_free(mistake->suggestion);
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

/* Parts "what is wrong; expected this" and "what is wrong; did you mean 'this'?". */
static void split_message(Mistake *mistake, const char *message)
{
  static const char expected[] = "; expected ", meant[] = "; did you mean '";
  const char *end = g_strrstr(message, expected);
  if (end != NULL) {
    mistake->expected = aver_text_make_printable(end + strlen(expected), -1);
    mistake->suggestion = g_strdup_printf("write %s", mistake->expected);
  } else if ((end = g_strrstr(message, meant)) != NULL) {
    const char *name = end + strlen(meant), *close = g_strrstr(name, "'?");
    mistake->expected = g_strndup(name, close == NULL ? strlen(name) : (gsize) (close - name));
    mistake->suggestion = g_strdup_printf("write '%s'", mistake->expected);
  }
  mistake->told = TRUE;
  g_autofree char *start =
      g_strndup(message, end == NULL ? strlen(message) : (gsize) (end - message));
  mistake->message = aver_text_make_printable(start, -1);
}

void aver_mistakes_suggest(AverMistakes *mistakes, const char *format, ...)
{
  g_return_if_fail(mistakes->list->len > 0);
  Mistake *mistake = g_ptr_array_index(mistakes->list, mistakes->list->len - 1);
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *suggestion = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_free(mistake->suggestion);
  mistake->suggestion = aver_text_make_printable(suggestion, -1);
  mistake->told = FALSE;
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
  mistake->argued = position != NULL && position->argument != NULL;
  mistake->place =
      aver_text_make_printable(mistake->argued ? position->argument : mistakes->path, -1);
  mistake->stage = label == NULL ? NULL : aver_text_make_printable(label, -1);
  split_message(mistake, message);
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

static void set_text(json_t *object, const char *key, const char *text)
{
  json_object_set_new(object, key, text == NULL ? json_null() : json_string(text));
}

static json_t *describe(const Mistake *mistake)
{
  json_t *object = json_object();
  gboolean placed = !mistake->argued && mistake->line > 0;
  set_text(object, "argument", mistake->argued ? mistake->place : NULL);
  set_text(object, "file", mistake->argued ? NULL : mistake->place);
  json_object_set_new(object, "line", placed ? json_integer(mistake->line) : json_null());
  json_object_set_new(object, "column", placed ? json_integer(mistake->column) : json_null());
  set_text(object, "stage", mistake->stage);
  set_text(object, "message", mistake->message);
  set_text(object, "expected", mistake->expected);
  set_text(object, "suggestion", mistake->suggestion);
  set_text(object, "text", mistake->text);
  json_object_set_new(object, "told", json_boolean(mistake->told));
  return object;
}

json_t *aver_mistakes_describe(AverMistakes *mistakes)
{
  json_t *list = json_array();
  g_ptr_array_sort(mistakes->list, compare);
  for (guint i = 0; i < mistakes->list->len; i++)
    json_array_append_new(list, describe(g_ptr_array_index(mistakes->list, i)));
  return list;
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
