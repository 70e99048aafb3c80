/* SPDX-License-Identifier: Apache-2.0 */
/* Places: where in a JSON text each of its values and keys stands, which Jansson does not tell. */
#include "places.h"

#include <jansson.h>
#include <string.h>

typedef struct {
  const char *at;
  const char *end;
  AverPosition here;
  gboolean too_deep;
  AverPosition deep;
} Walk;

static void step(Walk *walk)
{
  if (*walk->at == '\n') {
    walk->here.line++;
    walk->here.column = 1;
  } else if (walk->at + 1 == walk->end || ((guchar) walk->at[1] & 0xc0) != 0x80) {
    walk->here.column++;
  }
  walk->at++;
}

static char peek(const Walk *walk)
{
  return walk->at < walk->end ? *walk->at : '\0';
}

static char skip_white(Walk *walk)
{
  while (walk->at < walk->end && strchr(" \t\r\n", *walk->at) != NULL && *walk->at != '\0')
    step(walk);
  return peek(walk);
}

static void skip_string(Walk *walk)
{
  step(walk);
  while (walk->at < walk->end && *walk->at != '"') {
    if (*walk->at == '\\')
      step(walk);
    if (walk->at < walk->end)
      step(walk);
  }
  if (walk->at < walk->end)
    step(walk);
}

static void skip_word(Walk *walk)
{
  while (walk->at < walk->end && strchr(",]} \t\r\n", *walk->at) == NULL)
    step(walk);
}

static char *take_key(Walk *walk)
{
  const char *start = walk->at;
  skip_string(walk);
  json_t *key = json_loadb(start, (size_t) (walk->at - start), JSON_DECODE_ANY, NULL);
  char *name = g_strdup(json_is_string(key) ? json_string_value(key) : "");
  json_decref(key);
  return name;
}

static void take_string(Walk *walk, AverPlace *place)
{
  const char *start = walk->at;
  skip_string(walk);
  gsize length = (gsize) (walk->at - start);
  if (memchr(start, '\\', length) != NULL)
    place->raw = g_strndup(start, length);
}

static void add_member(AverPlace *place, AverPlace *child)
{
  child->again = g_hash_table_contains(place->members, child->name);
  g_hash_table_insert(place->members, child->name, child);
}

static AverPlace *walk_value(Walk *walk, guint depth);

static void walk_children(Walk *walk, AverPlace *place, gboolean object, guint depth)
{
  char close = object ? '}' : ']';
  place->children = g_ptr_array_new_with_free_func((GDestroyNotify) aver_place_free);
  if (object)
    place->members = g_hash_table_new(g_str_hash, g_str_equal);
  step(walk);
  while (skip_white(walk) != close && walk->at < walk->end && !walk->too_deep) {
    AverPosition key = walk->here;
    g_autofree char *name = NULL;
    if (object) {
      name = take_key(walk);
      if (skip_white(walk) == ':')
        step(walk);
      skip_white(walk);
    }
    AverPlace *child = walk_value(walk, depth);
    if (child == NULL)
      return;
    child->key = key;
    child->name = g_steal_pointer(&name);
    g_ptr_array_add(place->children, child);
    if (object)
      add_member(place, child);
    if (skip_white(walk) == ',')
      step(walk);
  }
  if (walk->at < walk->end)
    step(walk);
}

static AverPlace *walk_value(Walk *walk, guint depth)
{
  if (depth == 0) {
    walk->too_deep = TRUE;
    walk->deep = walk->here;
    return NULL;
  }
  AverPlace *place = g_new0(AverPlace, 1);
  place->value = walk->here;
  switch (peek(walk)) {
  case '{':
    walk_children(walk, place, TRUE, depth - 1);
    break;
  case '[':
    walk_children(walk, place, FALSE, depth - 1);
    break;
  case '"':
    take_string(walk, place);
    break;
  default:
    skip_word(walk);
    break;
  }
  return place;
}

AverPlace *aver_places_new(const char *text, gsize length, guint depth, AverPosition *position)
{
  Walk walk = {.at = text, .end = text + length, .here = {1, 1, NULL}};
  skip_white(&walk);
  g_autoptr(AverPlace) place = walk_value(&walk, depth);
  *position = walk.deep;
  return walk.too_deep ? NULL : g_steal_pointer(&place);
}

void aver_place_free(AverPlace *place)
{
  if (place == NULL)
    return;
  g_clear_pointer(&place->members, g_hash_table_unref);
  g_clear_pointer(&place->children, g_ptr_array_unref);
  g_free(place->name);
  g_free(place->raw);
  g_free(place);
}

const AverPlace *aver_place_member(const AverPlace *place, const char *key)
{
  return place->members == NULL ? NULL : g_hash_table_lookup(place->members, key);
}

const AverPlace *aver_place_element(const AverPlace *place, gsize index)
{
  if (place->children == NULL || index >= place->children->len)
    return NULL;
  return g_ptr_array_index(place->children, index);
}

AverPosition aver_position_of(const char *text, gsize offset)
{
  Walk walk = {.at = text, .end = text + offset, .here = {1, 1, NULL}};
  while (walk.at < walk.end)
    step(&walk);
  return walk.here;
}

static guint hex_value(const char *digits)
{
  guint value = 0;
  for (guint i = 0; i < 4 && g_ascii_isxdigit(digits[i]); i++)
    value = value * 16 + (guint) g_ascii_xdigit_value(digits[i]);
  return value;
}

/* How many bytes of the value an escape makes; the second half of a pair makes none. */
static gsize escape_bytes(const char *escape)
{
  if (escape[1] != 'u')
    return 1;
  guint unit = hex_value(escape + 2);
  if (unit >= 0xdc00 && unit < 0xe000)
    return 0;
  return unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xdc00 ? 4 : 3;
}

AverPosition aver_position_in_string(AverPosition start, const char *raw, const char *value,
                                     gsize offset)
{
  if (start.argument != NULL)
    return start;
  const char *at = raw == NULL ? value : raw + 1;
  start.column++; /* the quotation mark */
  for (gsize done = 0; done < offset && *at != '\0';) {
    gboolean escape = raw != NULL && *at == '\\';
    gsize written = escape ? (at[1] == 'u' ? 6 : 2) : (gsize) (g_utf8_next_char(at) - at);
    done += escape ? escape_bytes(at) : written;
    start.column += escape ? (guint) written : 1;
    at += MIN(written, strlen(at));
  }
  return start;
}
