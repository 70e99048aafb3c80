/* SPDX-License-Identifier: Apache-2.0 */
/* JSON values that know where in their file they stand. */
#include "node.h"

#include <jansson.h>
#include <string.h>

#define MOST_BYTES (16 << 20)
#define DEEPEST    32

/* More than a person mends at once. */
#define MOST_MISTAKES 100

static void node_free(gpointer data)
{
  Node *node = data;
  if (node == NULL)
    return;
  g_free(node->key);
  g_free(node->string);
  if (node->children != NULL)
    g_ptr_array_unref(node->children);
  g_free(node);
}

void node_file_clear(NodeFile *file)
{
  node_free(file->root);
  g_free(file->text);
  if (file->mistakes != NULL)
    g_string_free(file->mistakes, TRUE);
}

char *node_place(const NodeFile *file, const char *at)
{
  guint line = 1, column = 1;
  for (const char *p = file->text; p < at; p++) {
    if (*p == '\n') {
      line++;
      column = 1;
    } else if (((guchar) p[1] & 0xc0) != 0x80) {
      column++;
    }
  }
  return g_strdup_printf("%s:%u:%u", file->path, line, column);
}

static void add_line(NodeFile *file, const char *place, const char *message)
{
  g_autofree char *whole = g_strdup_printf("%s: %s", place, message);
  g_autofree char *line = aver_text_make_printable(whole, -1);
  g_string_append_printf(file->mistakes, "%s\n", line);
}

void node_mistake(NodeFile *file, const char *at, const char *format, ...)
{
  if (++file->n_mistakes > MOST_MISTAKES)
    return;
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *place = at == NULL ? g_strdup(file->path) : node_place(file, at);
  add_line(file, place, message);
}

static char *decode(const AverJsonValue *value, gsize *length)
{
  char *characters = g_malloc(value->length + 1);
  *length = aver_json_unescape(value, characters);
  characters[*length] = '\0';
  return characters;
}

static Node *make(NodeFile *file, const AverJsonValue *value, guint depth);

static gboolean add_children(NodeFile *file, Node *node, const AverJsonValue *value, guint depth)
{
  g_auto(AverJsonScanner) scanner = {0};
  g_autoptr(GError) error = NULL;
  AverJsonValue key, item;
  node->children = g_ptr_array_new_with_free_func(node_free);
  if (depth == 0)
    node_mistake(file, node->at, "nested deeper than %d values; expected less", DEEPEST);
  else if (aver_json_scanner_begin(&scanner, value->kind, value->text, value->length, &error))
    while (aver_json_scanner_next(&scanner, &key, &item, &error)) {
      Node *child = make(file, &item, depth - 1);
      if (child == NULL)
        return FALSE;
      g_ptr_array_add(node->children, child);
      if (value->kind != AVER_JSON_OBJECT)
        continue;
      gsize length;
      child->key = decode(&key, &length);
      child->key_at = key.text - 1;
    }
  if (error != NULL)
    node_mistake(file, node->at, "%s", error->message);
  return depth > 0 && error == NULL;
}

static Node *make(NodeFile *file, const AverJsonValue *value, guint depth)
{
  Node *node = g_new0(Node, 1);
  node->kind = value->kind;
  node->extent = value->length;
  node->at = value->kind == AVER_JSON_STRING ? value->text - 1 : value->text;
  if (value->kind == AVER_JSON_STRING)
    node->string = decode(value, &node->length);
  if (value->kind == AVER_JSON_NUMBER)
    node->number = g_ascii_strtod(value->text, NULL);
  gboolean holds = value->kind == AVER_JSON_OBJECT || value->kind == AVER_JSON_ARRAY;
  if (!holds || add_children(file, node, value, depth))
    return node;
  node_free(node);
  return NULL;
}

static gboolean read_text(NodeFile *file)
{
  g_autoptr(GError) error = NULL;
  if (!g_file_get_contents(file->path, &file->text, &file->length, &error))
    node_mistake(file, NULL, "%s", error->message);
  else if (file->length > MOST_BYTES)
    node_mistake(file, NULL, "longer than %d MiB; expected a file of tests", MOST_BYTES >> 20);
  return file->mistakes->len == 0;
}

gboolean node_file_load(NodeFile *file, const char *path)
{
  json_error_t why;
  AverJsonValue value;
  g_autoptr(GError) error = NULL;
  file->path = path;
  file->mistakes = g_string_new(NULL);
  if (!read_text(file))
    return FALSE;
  json_t *json = json_loadb(file->text, file->length, JSON_ALLOW_NUL | JSON_DECODE_ANY, &why);
  if (json == NULL) {
    g_autofree char *place = g_strdup_printf("%s:%d:%d", path, why.line, why.column);
    g_autofree char *message = g_strconcat("not JSON: ", why.text, NULL);
    add_line(file, place, message);
    return FALSE;
  }
  json_decref(json);
  if (!aver_json_scan(file->text, file->length, &value, &error))
    node_mistake(file, NULL, "%s", error->message);
  else
    file->root = make(file, &value, DEEPEST);
  return file->root != NULL;
}

const Node *node_member(const Node *object, const char *key)
{
  for (guint i = 0; i < node_count(object); i++)
    if (g_strcmp0(node_child(object, i)->key, key) == 0)
      return node_child(object, i);
  return NULL;
}

guint node_count(const Node *node)
{
  return node == NULL || node->children == NULL ? 0 : node->children->len;
}

const Node *node_child(const Node *node, guint index)
{
  return g_ptr_array_index(node->children, index);
}

gboolean node_check_keys(NodeFile *file, const Node *object, const char *const *names)
{
  gboolean good = TRUE;
  for (guint i = 0; i < node_count(object); i++) {
    const Node *child = node_child(object, i);
    if (g_strv_contains(names, child->key))
      continue;
    const char *nearest = aver_nearest_name(child->key, names);
    g_autofree char *list = g_strjoinv(", ", (char **) names);
    if (nearest != NULL)
      node_mistake(file, child->key_at, "unknown key '%s'; did you mean '%s'?", child->key,
                   nearest);
    else
      node_mistake(file, child->key_at, "unknown key '%s'; expected one of %s", child->key, list);
    good = FALSE;
  }
  return good;
}

gboolean node_check_kind(NodeFile *file, const Node *node, AverJsonKind kind, const char *expected)
{
  if (node->kind == kind)
    return TRUE;
  if (node->key != NULL)
    node_mistake(file, node->at, "'%s' is of another type; expected %s", node->key, expected);
  else
    node_mistake(file, node->at, "expected %s", expected);
  return FALSE;
}
