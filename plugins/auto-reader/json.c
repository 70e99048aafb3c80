/* SPDX-License-Identifier: Apache-2.0 */
/* Which JSON a file begins with. */
#include "json.h"

/* The keys of an object that may be cut off. */
typedef struct {
  gboolean whole; /* it is an object, and nothing follows */
  gboolean text;
  gboolean uri;
  gboolean ninjs; /* has keys that ninjs has and others hardly */
} Object;

static Object look_at(const char *text, gsize length)
{
  static const char *const own[] = {"$standard", "standard",   "bodies",         "body_html",
                                    "body_text", "body_xhtml", "descriptions",   "headline",
                                    "headlines", "pubstatus",  "versioncreated", NULL};
  g_auto(AverJsonScanner) scanner = {0};
  g_autoptr(GError) error = NULL;
  Object object = {0};
  AverJsonValue key, value;
  if (!aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, text, length, &error))
    return object;
  while (aver_json_scanner_next(&scanner, &key, &value, &error)) {
    g_autofree char *name = g_strndup(key.text, key.length);
    object.text |= strcmp(name, "text") == 0;
    object.uri |= strcmp(name, "uri") == 0;
    object.ninjs |= g_strv_contains(own, name);
  }
  object.whole = error == NULL;
  return object;
}

static gboolean is_ninjs(const Object *object)
{
  return object->uri && object->ninjs && !object->text;
}

/* Whether it begins as JSON does and prose does not: a brace and a key, or a list of such. */
static gboolean begins_as_json(const char *p, const char *end)
{
  for (gboolean list = *p == '['; p < end; p++) {
    if (g_ascii_isspace(*p) || (list && *p == '['))
      continue;
    if (*p != '{')
      return FALSE;
    break;
  }
  for (p++; p < end && g_ascii_isspace(*p);)
    p++;
  if (p >= end || *p == '}')
    return TRUE;
  if (*p++ != '"')
    return FALSE;
  while (p < end && *p != '"' && *p != '\n')
    p++;
  for (p++; p < end && g_ascii_isspace(*p);)
    p++;
  return p >= end || *p == ':';
}

/* Whether a line that is here as a whole is an object of its own. */
static gboolean has_line(const char *p, const char *end)
{
  const char *newline;
  for (; p < end && (newline = memchr(p, '\n', (gsize) (end - p))) != NULL; p = newline + 1)
    if (*p == '{' && look_at(p, (gsize) (newline - p)).whole)
      return TRUE;
  return FALSE;
}

/* One object that is all of the first line. */
static JsonShape of_line(const Object *object, const char *rest, const char *end,
                         const Beginning *beginning)
{
  while (rest < end && g_ascii_isspace(*rest))
    rest++;
  if (!is_ninjs(object) || rest < end)
    return JSON_LINES;
  return beginning->ended ? JSON_NINJS : beginning->all ? JSON_LINES : JSON_MORE;
}

JsonShape json_shape(const Beginning *beginning)
{
  const char *text = beginning->text, *end = text + beginning->length;
  if (beginning->length == 0 || (*text != '{' && *text != '[') || !begins_as_json(text, end))
    return JSON_NONE;
  if (*text == '[')
    return JSON_OTHER;
  const char *newline = memchr(text, '\n', beginning->length);
  const char *line_end = newline == NULL ? end : newline;
  if (newline != NULL || beginning->ended) {
    const Object first = look_at(text, (gsize) (line_end - text));
    if (first.whole)
      return of_line(&first, line_end, end, beginning);
  }
  if (!beginning->all)
    return JSON_MORE;
  const Object all = look_at(text, beginning->length);
  if (is_ninjs(&all))
    return JSON_NINJS;
  return newline == NULL || has_line(text, end) ? JSON_LINES : JSON_OTHER;
}
