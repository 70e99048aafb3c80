/* SPDX-License-Identifier: Apache-2.0 */
/* What a page says of itself in JSON-LD (schema.org). */
#include "metadata.h"

#include <jansson.h>
#include <libxml/HTMLparser.h>
#include <string.h>

/* Better than any element; what is said of something that is no article, worse than most. */
#define RANK_ARTICLE 8
#define RANK_OTHER   3

/* So many values are looked at, whatever a page nests. */
#define MAX_VALUES 10000

/* From the & to the ;. */
#define LONGEST_ENTITY 12

static const char *string_of(const json_t *value)
{
  return json_is_string(value) ? json_string_value(value) : NULL;
}

/* Some sites write HTML's entities into JSON: "Tom &amp; Ada". Returns: (transfer full). */
static char *decode(const char *text)
{
  GString *to = g_string_new(NULL);
  for (const char *p = text; *p != '\0';) {
    const char *end = *p == '&' ? memchr(p, ';', strnlen(p, LONGEST_ENTITY)) : NULL;
    gunichar character = 0;
    if (end != NULL && end - p > 2) {
      g_autofree char *name = g_strndup(p + 1, (gsize) (end - p) - 1);
      const htmlEntityDesc *entity = htmlEntityLookup(BAD_CAST name);
      if (name[0] == '#' && g_ascii_tolower(name[1]) == 'x' && g_ascii_isxdigit(name[2]))
        character = (gunichar) g_ascii_strtoull(name + 2, NULL, 16);
      else if (name[0] == '#' && g_ascii_isdigit(name[1]))
        character = (gunichar) g_ascii_strtoull(name + 1, NULL, 10);
      else if (entity != NULL)
        character = entity->value;
    }
    if (character >= ' ' && g_unichar_validate(character)) {
      g_string_append_unichar(to, character);
      p = end + 1;
    } else {
      g_string_append_c(to, *p++);
    }
  }
  return g_string_free(to, FALSE);
}

static void offer(Facts *facts, FactName name, const json_t *value, guint rank)
{
  const char *text = string_of(value);
  if (text == NULL || rank <= facts->ranks[name])
    return;
  g_autofree char *decoded = decode(text);
  facts_offer(facts, name, decoded, strlen(decoded), rank);
}

/* Authors are a name, a person, or a list of either. */
static void offer_authors(Facts *facts, const json_t *value, guint rank)
{
  g_autoptr(GString) names = g_string_new(NULL);
  gsize n = json_is_array(value) ? json_array_size(value) : 1;
  for (gsize i = 0; i < MIN(n, 50); i++) {
    const json_t *author = json_is_array(value) ? json_array_get(value, i) : value;
    const json_t *name = json_is_object(author) ? json_object_get(author, "name") : author;
    const char *text = string_of(json_is_array(name) ? json_array_get(name, 0) : name);
    if (text != NULL && text[0] != '\0' && strstr(text, "://") == NULL)
      g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", text);
  }
  if (names->len == 0)
    return;
  g_autofree char *decoded = decode(names->str);
  facts_offer(facts, FACT_AUTHOR, decoded, strlen(decoded), rank);
}

static gboolean is_article(const json_t *type)
{
  static const char *const parts[] = {"Article", "Posting", "Report", "Review"};
  for (gsize i = 0; i < (json_is_array(type) ? json_array_size(type) : 1); i++) {
    const char *name = string_of(json_is_array(type) ? json_array_get(type, i) : type);
    for (guint k = 0; name != NULL && k < G_N_ELEMENTS(parts); k++)
      if (strstr(name, parts[k]) != NULL)
        return TRUE;
  }
  return FALSE;
}

static void read_object(Facts *facts, const json_t *object)
{
  const json_t *type = json_object_get(object, "@type");
  gboolean article = is_article(type);
  guint rank = article ? RANK_ARTICLE : RANK_OTHER;
  const char *kind = string_of(type);
  if (article)
    offer(facts, FACT_TITLE, json_object_get(object, "headline"), rank);
  if (article || g_strcmp0(kind, "WebPage") == 0) {
    offer_authors(facts, json_object_get(object, "author"), rank);
    offer(facts, FACT_PUBLISHED, json_object_get(object, "datePublished"), rank);
    offer(facts, FACT_MODIFIED, json_object_get(object, "dateModified"), rank);
    offer(facts, FACT_LANGUAGE, json_object_get(object, "inLanguage"), RANK_OTHER);
    offer(facts, FACT_SITE, json_object_get(json_object_get(object, "publisher"), "name"),
          RANK_OTHER + 1);
  }
  if (g_strcmp0(kind, "WebSite") == 0)
    offer(facts, FACT_SITE, json_object_get(object, "name"), RANK_OTHER + 2);
}

/* Objects at the top, in lists, and in @graph: one after another, without recursion. */
static void read_values(Facts *facts, json_t *root)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new();
  g_ptr_array_add(values, root);
  for (guint i = 0; i < values->len && i < MAX_VALUES; i++) {
    json_t *value = g_ptr_array_index(values, i);
    for (gsize k = 0; json_is_array(value) && k < json_array_size(value); k++)
      g_ptr_array_add(values, json_array_get(value, k));
    if (!json_is_object(value))
      continue;
    read_object(facts, value);
    json_t *graph = json_object_get(value, "@graph"), *main = json_object_get(value, "mainEntity");
    if (graph != NULL)
      g_ptr_array_add(values, graph);
    if (main != NULL)
      g_ptr_array_add(values, main);
  }
}

void facts_read_data(Facts *facts, const char *data, gsize length)
{
  for (gsize start = 0; start < length;) {
    gsize n = strnlen(data + start, length - start);
    /* Line ends within strings are common, and no JSON. */
    g_autofree char *script = g_strndup(data + start, n);
    for (char *p = script; *p != '\0'; p++)
      if ((guchar) *p < ' ')
        *p = ' ';
    json_t *root = json_loads(script, JSON_DISABLE_EOF_CHECK, NULL);
    if (root != NULL)
      read_values(facts, root);
    json_decref(root);
    start += n + 1;
  }
}
