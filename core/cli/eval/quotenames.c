/* SPDX-License-Identifier: Apache-2.0 */
/* Names: the head word of a source, and whether two names mean one person. */
#include "quotenames.h"

#include "spans.h"

#include <string.h>

/* Behind one of these a source is described, not named any more. */
static const char *const describing[] = {"of",   "who", "whom", "which", "that", "from", "in", "at",
                                         "with", "for", "and",  "on",    "by",   "to",   NULL};

static gboolean is_describing(const char *text, gsize length, gsize position)
{
  for (guint i = 0; describing[i] != NULL; i++) {
    gsize n = strlen(describing[i]);
    if (length - position > n && memcmp(text + position, describing[i], n) == 0 &&
        space_at(text, length, position + n) > 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean stops(const char *text, gsize length, gsize position)
{
  const char *const marks[] = {",", "(", "—", "–", " - "};
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
    if (length - position >= strlen(marks[i]) &&
        memcmp(text + position, marks[i], strlen(marks[i])) == 0)
      return TRUE;
  guint space = space_at(text, length, position);
  return space > 0 && position + space < length && is_describing(text, length, position + space);
}

/* The length of the character of a word at @position, 0 when there is none. */
static guint word_character(const char *text, gsize position, gboolean is_first)
{
  gunichar c;
  guint n = aver_utf8_decode(text + position, &c);
  gboolean inside = c == '_' || c == '\'' || c == '.' || c == '-' || c == 0x2019;
  return is_letter(c) || (!is_first && inside) ? n : 0;
}

/* The last word before the head ends, folded, without full stops and apostrophes at its end. */
static char *head_of(const TextCounts *counts, const GArray *source)
{
  if (source->len == 0)
    return g_strdup("");
  const char *text = counts->text + SPAN(source, 0).start;
  gsize length = SPAN(source, 0).end - SPAN(source, 0).start, end = 0, from = 0, to = 0;
  while (end < length && !stops(text, length, end))
    end += (gsize) (g_utf8_next_char(text + end) - (text + end));
  for (gsize i = 0; i < end;) {
    guint n = word_character(text, i, TRUE);
    if (n > 0)
      for (from = i; i < end && (n = word_character(text, i, FALSE)) > 0; to = i)
        i += n;
    else
      i += (gsize) (g_utf8_next_char(text + i) - (text + i));
  }
  char *head = g_utf8_casefold(text + from, (gssize) (to - from));
  gsize n = strlen(head);
  while (n > 0) {
    gsize mark = strchr(".'", head[n - 1]) != NULL ? 1
                 : g_str_has_suffix(head, "’")     ? strlen("’")
                                                   : 0;
    if (mark == 0)
      break;
    n -= mark;
    head[n] = '\0';
  }
  return head;
}

gboolean has_same_head(const TextCounts *counts, const QuoteUnit *a, const QuoteUnit *b)
{
  g_autofree char *x = head_of(counts, a->roles[ROLE_SOURCE]);
  g_autofree char *y = head_of(counts, b->roles[ROLE_SOURCE]);
  return strcmp(x, y) == 0;
}

static char **split_words(const char *name)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  g_autofree char *folded = g_utf8_casefold(name, -1);
  gsize length = strlen(folded), start = 0;
  for (gsize i = 0; i <= length;) {
    guint space = i < length ? space_at(folded, length, i) : 1;
    if (space > 0 && i > start) {
      g_autofree char *word = g_strndup(folded + start, i - start);
      g_strv_builder_add(words, word);
    }
    if (space > 0)
      start = i + space;
    i += space > 0 ? space : (gsize) (g_utf8_next_char(folded + i) - (folded + i));
  }
  return g_strv_builder_end(words);
}

gboolean is_one_of(const char *name, char *const *names)
{
  g_auto(GStrv) a = split_words(name == NULL ? "" : name);
  guint n = g_strv_length(a);
  for (guint i = 0; n > 0 && names[i] != NULL; i++) {
    g_auto(GStrv) b = split_words(names[i]);
    guint m = g_strv_length(b);
    if (m > 0 && strcmp(a[n - 1], b[m - 1]) == 0)
      return TRUE;
  }
  return FALSE;
}
