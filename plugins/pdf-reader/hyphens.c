/* SPDX-License-Identifier: Apache-2.0 */
/* Hyphens at the ends of lines: the document's other words tell which are a typesetter's. */
#include "flow.h"

/* First parts of words that keep their hyphen: "well-known", "self-made". */
static const char *const keepers[] = {"all",  "co",  "cross", "ex",   "far",  "full",  "half",
                                      "high", "ill", "long",  "low",  "mid",  "non",   "part",
                                      "post", "pre", "pro",   "self", "semi", "short", "so",
                                      "then", "two", "vice",  "well", NULL};

static gboolean is_hyphen(gunichar c)
{
  return c == '-' || c == 0x2010;
}

static gboolean is_word(gunichar c)
{
  return g_unichar_isalpha(c) || is_hyphen(c);
}

/* The words of the line that are whole; hyphens of any kind become one kind. */
static void add_words(Words *words, const char *text, gsize length, gboolean follows)
{
  const char *end = text + length;
  for (const char *p = text; p < end;) {
    const char *start = p;
    g_autoptr(GString) word = g_string_new(NULL);
    gunichar last = 0;
    for (; p < end && is_word(g_utf8_get_char(p)); p = g_utf8_next_char(p)) {
      last = g_utf8_get_char(p);
      g_string_append_unichar(word, is_hyphen(last) ? '-' : g_unichar_tolower(last));
    }
    gboolean cut = (p == end && is_hyphen(last)) || (start == text && follows);
    if (word->len > 1 && !cut)
      g_hash_table_add(words, g_strdup(word->str));
    if (p < end && p == start)
      p = g_utf8_next_char(p);
  }
}

static gboolean ends_with_hyphen(const char *text, gsize length)
{
  return length > 0 && is_hyphen(g_utf8_get_char(g_utf8_prev_char(text + length)));
}

Words *words_new(const Flow *flow)
{
  Words *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  gboolean follows = FALSE, any = FALSE;
  for (guint i = 0; i < flow->lines->len && !any; i++) {
    const Line *line = &g_array_index(flow->lines, Line, i);
    any = ends_with_hyphen(flow->text->str + line->start, line->end - line->start);
  }
  for (guint i = 0; any && i < flow->lines->len; i++) {
    const Line *line = &g_array_index(flow->lines, Line, i);
    const char *text = flow->text->str + line->start;
    add_words(words, text, line->end - line->start, follows);
    follows = ends_with_hyphen(text, line->end - line->start);
  }
  return words;
}

/* The letters at the end of a text, or at its start, in lower case. */
static void append_lower(GString *to, const char *start, const char *end)
{
  for (const char *p = start; p < end; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    g_string_append_unichar(to, is_hyphen(c) ? '-' : g_unichar_tolower(c));
  }
}

/* Evidence first, then the few first parts that keep their hyphen. */
static gboolean is_typesetters(const Words *words, const GString *left, const GString *right)
{
  g_autofree char *joined = g_strconcat(left->str, right->str, NULL);
  g_autofree char *hyphened = g_strconcat(left->str, "-", right->str, NULL);
  if (g_hash_table_contains((GHashTable *) words, joined))
    return TRUE;
  return !g_hash_table_contains((GHashTable *) words, hyphened) &&
         !g_strv_contains(keepers, left->str) && strchr(left->str, '-') == NULL &&
         strchr(right->str, '-') == NULL;
}

int words_get_hyphen(const Words *words, const char *text, gsize length, const char *next,
                     gsize next_length)
{
  const char *hyphen = g_utf8_prev_char(text + length), *start = hyphen, *end = next;
  gunichar c = g_utf8_get_char(hyphen);
  int size = (int) (text + length - hyphen);
  if (c == 0xad && hyphen > text)
    return size;
  if (!is_hyphen(c) || hyphen == text ||
      !g_unichar_isalnum(g_utf8_get_char(g_utf8_prev_char(hyphen))))
    return -1;
  while (start > text && is_word(g_utf8_get_char(g_utf8_prev_char(start))))
    start = g_utf8_prev_char(start);
  while (end < next + next_length && is_word(g_utf8_get_char(end)))
    end = g_utf8_next_char(end);
  if (start == hyphen || end == next || !g_unichar_islower(g_utf8_get_char(next)) ||
      !g_unichar_islower(g_utf8_get_char(g_utf8_prev_char(hyphen))))
    return 0;
  g_autoptr(GString) left = g_string_new(NULL);
  g_autoptr(GString) right = g_string_new(NULL);
  append_lower(left, start, hyphen);
  append_lower(right, next, end);
  return is_typesetters(words, left, right) ? size : 0;
}
