/* SPDX-License-Identifier: Apache-2.0 */
/* Mistakes: what a prediction got wrong, in context, and the choice of those to show. */
#include "mistakes.h"

#include <string.h>

/* Characters shown around a boundary, and of a span: its head and its tail. */
#define BEFORE 45
#define AFTER  35
#define HEAD   100
#define TAIL   40

typedef struct {
  json_t *json;
  double badness;
  guint place;
} Mistake;

static void mistake_clear(gpointer data)
{
  json_decref(((Mistake *) data)->json);
}

void mistakes_init(Mistakes *mistakes, guint wanted)
{
  mistakes->wanted = wanted;
  mistakes->list = g_array_new(FALSE, FALSE, sizeof(Mistake));
  g_array_set_clear_func(mistakes->list, mistake_clear);
}

void mistakes_clear(Mistakes *mistakes)
{
  g_clear_pointer(&mistakes->list, g_array_unref);
}

json_t *mistakes_add(Mistakes *mistakes, const char *kind, const Record *record, AverSpan span,
                     double badness)
{
  if (mistakes->wanted == 0)
    return NULL;
  Mistake mistake = {json_object(), badness, mistakes->list->len};
  json_object_set_new(mistake.json, "kind", json_string(kind));
  json_object_set_new(mistake.json, "document", json_string(record->id));
  json_object_set_new(mistake.json, "start", json_integer(span.start));
  json_object_set_new(mistake.json, "end", json_integer(span.end));
  g_array_append_val(mistakes->list, mistake);
  return mistake.json;
}

/* C0 by its picture (U+2400), what else is unsafe by U+FFFD. */
static gunichar safe_character(gunichar c)
{
  if (c < 0x20)
    return 0x2400 + c;
  return aver_character_is_unsafe(c) ? 0xfffd : c;
}

static void append_safe(GString *line, const char *text, gsize length)
{
  gunichar c;
  for (gsize i = 0; i < length;) {
    i += aver_utf8_decode(text + i, &c);
    g_string_append_unichar(line, safe_character(c));
  }
}

/* The offset @n characters behind or, counted backwards, before @offset, inside @limit. */
static guint32 go_forward(const Record *record, guint32 offset, guint n, guint32 limit)
{
  gunichar c;
  while (n-- > 0 && offset < limit)
    offset += aver_utf8_decode(record->text + offset, &c);
  return offset;
}

static guint32 go_back(const Record *record, guint32 offset, guint n, guint32 limit)
{
  while (n-- > 0 && offset > limit)
    for (offset--; offset > limit && ((guchar) record->text[offset] & 0xc0) == 0x80;)
      offset--;
  return offset;
}

static json_t *take_string(GString *line)
{
  json_t *json = json_stringn(line->str, line->len);
  g_string_free(line, TRUE);
  return json;
}

json_t *excerpt_new(const Record *record, AverSpan span)
{
  GString *line = g_string_new(NULL);
  guint32 head = go_forward(record, span.start, HEAD, span.end);
  guint32 tail = go_back(record, span.end, TAIL, head);
  append_safe(line, record->text + span.start, head - span.start);
  if (tail > head)
    g_string_append(line, " … ");
  append_safe(line, record->text + tail, span.end - tail);
  return take_string(line);
}

json_t *excerpt_new_before(const Record *record, guint32 offset)
{
  GString *line = g_string_new(NULL);
  guint32 start = go_back(record, offset, BEFORE, 0);
  append_safe(line, record->text + start, offset - start);
  return take_string(line);
}

json_t *excerpt_new_after(const Record *record, guint32 offset)
{
  GString *line = g_string_new(NULL);
  guint32 end = go_forward(record, offset, AFTER, record->length);
  append_safe(line, record->text + offset, end - offset);
  return take_string(line);
}

static gint compare_badness(gconstpointer a, gconstpointer b)
{
  const Mistake *x = a, *y = b;
  if (x->badness != y->badness)
    return x->badness > y->badness ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

json_t *mistakes_choose(const Mistakes *mistakes)
{
  json_t *chosen = json_array();
  guint n = mistakes->list->len, wanted = MIN(mistakes->wanted, n);
  gboolean all_alike = TRUE;
  for (guint i = 0; i < n; i++)
    all_alike = all_alike && g_array_index(mistakes->list, Mistake, i).badness ==
                                 g_array_index(mistakes->list, Mistake, 0).badness;
  if (!all_alike)
    g_array_sort(mistakes->list, compare_badness);
  for (guint i = 0; i < wanted; i++) {
    guint place = all_alike ? (guint) ((guint64) i * n / wanted) : i;
    json_array_append(chosen, g_array_index(mistakes->list, Mistake, place).json);
  }
  return chosen;
}
