/* SPDX-License-Identifier: Apache-2.0 */
/* What to do about a pipeline file that is no JSON: one edit, told from where the parser stopped.
 */
#include "configtext.h"

#include <string.h>

/* All that stands before the place. */
typedef struct {
  GString *open;  /* the brackets that are not closed */
  char last;      /* the first character of the last token; '\0' when there is none */
  gsize last_at;  /* its first byte */
  gsize last_end; /* behind it */
} Before;

static gboolean is_word(char c)
{
  return g_ascii_isalnum(c) || strchr("_$-+.", c) != NULL;
}

static gsize end_of_token(const char *text, gsize at, gsize end)
{
  gsize i = at + 1;
  if (text[at] == '"') {
    while (i < end && text[i] != '"')
      i += text[i] == '\\' ? 2 : 1;
    return MIN(i + 1, end);
  }
  if (text[at] != '\0' && is_word(text[at]))
    while (i < end && text[i] != '\0' && is_word(text[i]))
      i++;
  return i;
}

static void scan(const char *text, gsize end, Before *before)
{
  for (gsize i = 0; i < end;) {
    char c = text[i];
    if (g_ascii_isspace(c)) {
      i++;
      continue;
    }
    if (c == '[' || c == '{')
      g_string_append_c(before->open, c);
    else if ((c == ']' || c == '}') && before->open->len > 0)
      g_string_truncate(before->open, before->open->len - 1);
    before->last = c;
    before->last_at = i;
    i = end_of_token(text, i, end);
    before->last_end = i;
  }
}

static char closing(char open)
{
  return open == '[' ? ']' : '}';
}

/* The brackets that the end of the text lacks. */
static void suggest_end(AverMistakes *mistakes, const Before *before)
{
  g_autoptr(GString) missing = g_string_new(NULL);
  for (gsize i = before->open->len; i > 0; i--)
    g_string_append_c(missing, closing(before->open->str[i - 1]));
  if (before->last == '\0')
    aver_mistakes_suggest(
        mistakes, "write {\"version\": 1, \"stages\": [\"auto-reader\", \"jsonl-writer\"]}");
  else if (missing->len > 16)
    aver_mistakes_suggest(mistakes, "close the %" G_GSIZE_FORMAT " open brackets at the end",
                          missing->len);
  else
    aver_mistakes_suggest(mistakes, "add '%s' at the end", missing->str);
}

static void suggest_at(AverMistakes *mistakes, const char *edit, const char *text, gsize offset)
{
  AverPosition place = aver_position_of(text, offset);
  aver_mistakes_suggest(mistakes, "%s at %u:%u", edit, place.line, place.column);
}

static void suggest_bracket(AverMistakes *mistakes, const char *text, const Before *before)
{
  char open = before->open->len == 0 ? '\0' : before->open->str[before->open->len - 1];
  if (before->last == ',')
    suggest_at(mistakes, "remove the comma", text, before->last_at);
  else if (before->last == ':')
    aver_mistakes_suggest(mistakes, "add a value before it");
  else if (open == '\0')
    aver_mistakes_suggest(mistakes, "remove it");
  else
    aver_mistakes_suggest(mistakes, "add '%c' before it", closing(open));
}

/* `True`, `yes`, a name without quotation marks. */
static void suggest_word(AverMistakes *mistakes, const char *word)
{
  static const char *const meant[][2] = {{"true", "true"},   {"yes", "true"},  {"on", "true"},
                                         {"false", "false"}, {"no", "false"},  {"off", "false"},
                                         {"null", "null"},   {"none", "null"}, {"nil", "null"}};
  for (guint i = 0; i < G_N_ELEMENTS(meant); i++) {
    if (g_ascii_strcasecmp(word, meant[i][0]) == 0) {
      aver_mistakes_suggest(mistakes, "write %s", meant[i][1]);
      return;
    }
  }
  if (strlen(word) <= 40)
    aver_mistakes_suggest(mistakes, "write \"%s\"", word);
  else
    aver_mistakes_suggest(mistakes, "put it into quotation marks");
}

/* A value, or what might be one, stands where none may. */
static void suggest_value(AverMistakes *mistakes, const char *text, gsize at, gsize end,
                          const Before *before, const char *said)
{
  gboolean behind_value = before->last != '\0' && strchr("[{,:", before->last) == NULL;
  gboolean in_object = before->open->len > 0 && before->open->str[before->open->len - 1] == '{';
  g_autofree char *word = g_strndup(text + at, end_of_token(text, at, end) - at);
  if (g_str_has_prefix(said, "':' expected"))
    suggest_at(mistakes, "add a colon", text, before->last_end);
  else if (behind_value && before->open->len == 0)
    aver_mistakes_suggest(mistakes, "remove it and what follows");
  else if (behind_value)
    suggest_at(mistakes, "add a comma", text, before->last_end);
  else if (g_ascii_isalpha(text[at]))
    suggest_word(mistakes, word);
  else if (in_object && before->last != ':')
    aver_mistakes_suggest(mistakes, "add a key, such as \"plugin\":, before it");
  else if (g_ascii_isdigit(text[at]) || memchr("+-.", text[at], 3) != NULL)
    aver_mistakes_suggest(mistakes, "write a number as JSON has it, such as 1 or 0.5");
  else
    aver_mistakes_suggest(mistakes, "put it into quotation marks, or remove it");
}

void aver_config_suggest(AverMistakes *mistakes, const char *text, gsize length, gsize at,
                         const char *said)
{
  g_autoptr(GString) open = g_string_new(NULL);
  Before before = {open, '\0', 0, 0};
  scan(text, at, &before);
  char c = at < length ? text[at] : '\0';
  if (c == '\0')
    suggest_end(mistakes, &before);
  else if (c == '"' && g_str_has_prefix(said, "unexpected newline"))
    aver_mistakes_suggest(mistakes, "close the string with '\"' on its line");
  else if (c == '"' && g_str_has_prefix(said, "premature end"))
    aver_mistakes_suggest(mistakes, "close the string with '\"'");
  else if (c == '"' && g_str_has_prefix(said, "invalid escape"))
    aver_mistakes_suggest(mistakes, "write '\\\\' for each '\\'");
  else if (c == '/' || c == '#')
    aver_mistakes_suggest(mistakes, "remove the comment");
  else if (c == '\'')
    aver_mistakes_suggest(mistakes, "write '\"' instead of '''");
  else if (c == ']' || c == '}')
    suggest_bracket(mistakes, text, &before);
  else if (c == ',' && before.last == ':')
    aver_mistakes_suggest(mistakes, "add a value before it");
  else if (c == ',')
    aver_mistakes_suggest(mistakes, "remove this comma");
  else if (c == ':')
    aver_mistakes_suggest(mistakes, "write ',' instead, or put the pair into braces");
  else if (c == '=')
    aver_mistakes_suggest(mistakes, "write ':' instead of '='");
  else
    suggest_value(mistakes, text, at, length, &before, said);
}
