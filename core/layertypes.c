/* SPDX-License-Identifier: Apache-2.0 */
/* Layer descriptions made from text, for stages whose layers are a matter of their options. */
#include <aver/layers.h>

#include <string.h>

#define MOST_LAYERS  64
#define MOST_COLUMNS 64
#define MOST_FLAGS   32
#define NAMES        "abcdefghijklmnopqrstuvwxyz0123456789_"

/* Documents may outlive whoever had their layers described: like quarks, descriptions are made once
 * and kept, by the text they were made from. */
static GMutex lock;
static GHashTable *known; /* char* -> const AverLayerType** */

typedef struct {
  const char *whole;
  const char *position;
  GError **error;
} Parser;

static gboolean refuse(Parser *parser, const char *expected)
{
  g_set_error(parser->error, AVER_ERROR, AVER_ERROR_CONFIG,
              "layers '%s': character %ld: expected %s", parser->whole,
              g_utf8_pointer_to_offset(parser->whole, parser->position) + 1, expected);
  return FALSE;
}

static void pass_space(Parser *parser)
{
  parser->position += strspn(parser->position, " \t\r\n");
}

/* Passes over a character, if it is there. */
static gboolean take(Parser *parser, char c)
{
  pass_space(parser);
  if (*parser->position != c)
    return FALSE;
  parser->position++;
  pass_space(parser);
  return TRUE;
}

static char *take_name(Parser *parser, const char *expected)
{
  pass_space(parser);
  gsize length = strspn(parser->position, NAMES);
  if (length == 0 || !g_ascii_islower(*parser->position)) {
    refuse(parser, expected);
    return NULL;
  }
  char *name = g_strndup(parser->position, length);
  parser->position += length;
  pass_space(parser);
  return name;
}

static gboolean take_values(Parser *parser, AverColumnType *column)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
  do {
    char *value = take_name(parser, "the name of a value");
    if (value == NULL)
      return FALSE;
    if (g_ptr_array_find_with_equal_func(values, value, g_str_equal, NULL)) {
      g_free(value);
      return refuse(parser, "each value once");
    }
    g_ptr_array_add(values, value);
  } while (take(parser, '|'));
  if (column->kind == AVER_COLUMN_FLAGS && values->len > MOST_FLAGS)
    return refuse(parser, "at most 32 flags");
  g_ptr_array_add(values, NULL);
  g_ptr_array_set_free_func(values, NULL);
  column->names = (const char *const *) g_ptr_array_steal(values, NULL);
  return TRUE;
}

static gboolean take_type(Parser *parser, AverColumnType *column)
{
  static const char *const kinds[] = {"i32",  "f32",   "span", "spans", "string",
                                      "enum", "flags", "ref",  NULL};
  g_autofree char *kind = take_name(parser, "a column's type");
  if (kind == NULL)
    return FALSE;
  guint i = 0;
  while (kinds[i] != NULL && strcmp(kinds[i], kind) != 0)
    i++;
  if (kinds[i] == NULL)
    return refuse(parser, "i32, f32, span, spans, string, enum=, flags= or ref= before this");
  column->kind = (AverColumnKind) i;
  if (column->kind < AVER_COLUMN_ENUM)
    return TRUE;
  if (!take(parser, '='))
    return refuse(parser, "'=' and what it may be");
  if (column->kind != AVER_COLUMN_REF)
    return take_values(parser, column);
  column->target = take_name(parser, "the name of a layer");
  return column->target != NULL;
}

static gboolean take_column(Parser *parser, GArray *columns)
{
  AverColumnType column = {.summary = "declared by the pipeline"};
  char *name = take_name(parser, "the name of a column");
  if (name == NULL)
    return FALSE;
  gboolean taken = strcmp(name, "start") == 0 || strcmp(name, "end") == 0;
  for (guint i = 0; i < columns->len; i++)
    taken = taken || strcmp(g_array_index(columns, AverColumnType, i).name, name) == 0;
  column.name = name;
  g_array_append_val(columns, column);
  if (taken || columns->len > MOST_COLUMNS)
    return refuse(parser, "at most 64 columns, each once, and none called start or end");
  if (!take(parser, ':'))
    return refuse(parser, "':' and the column's type");
  return take_type(parser, &g_array_index(columns, AverColumnType, columns->len - 1));
}

static void column_clear(gpointer data)
{
  AverColumnType *column = data;
  g_free((gpointer) column->name);
  g_free((gpointer) column->target);
  g_strfreev((char **) column->names);
}

static const AverLayerType *builtin(const char *name)
{
  for (guint i = 0; aver_builtin_layers[i] != NULL; i++)
    if (strcmp(aver_builtin_layers[i]->name, name) == 0)
      return aver_builtin_layers[i];
  return NULL;
}

static void type_free(gpointer data)
{
  AverLayerType *type = data;
  if (builtin(type->name) == type)
    return;
  for (guint32 i = 0; i < type->n_columns; i++)
    column_clear((gpointer) &type->columns[i]);
  g_free((gpointer) type->columns);
  g_free((gpointer) type->name);
  g_free(type);
}

static const AverLayerType *take_layer(Parser *parser)
{
  g_autofree char *name = take_name(parser, "the name of a layer");
  if (name == NULL)
    return NULL;
  if (*parser->position != '(' && builtin(name) != NULL)
    return builtin(name);
  g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(AverColumnType));
  g_array_set_clear_func(columns, column_clear);
  if (take(parser, '(')) {
    if (builtin(name) != NULL) {
      refuse(parser, "no columns, which a built-in layer has already");
      return NULL;
    }
    do
      if (!take_column(parser, columns))
        return NULL;
    while (take(parser, ','));
    if (!take(parser, ')')) {
      refuse(parser, "',' or ')'");
      return NULL;
    }
  }
  AverLayerType *type = g_new0(AverLayerType, 1);
  type->name = g_steal_pointer(&name);
  type->summary = "declared by the pipeline";
  type->n_columns = columns->len;
  type->columns = g_array_steal(columns, NULL);
  return type;
}

static gboolean is_new(const GPtrArray *types, const AverLayerType *type)
{
  for (guint i = 0; i < types->len; i++)
    if (strcmp(((const AverLayerType *) g_ptr_array_index(types, i))->name, type->name) == 0)
      return FALSE;
  return TRUE;
}

static const AverLayerType *const *parse(const char *text, GError **error)
{
  Parser parser = {text, text, error};
  g_autoptr(GPtrArray) types = g_ptr_array_new_with_free_func(type_free);
  pass_space(&parser);
  while (*parser.position != '\0') {
    const AverLayerType *type = take_layer(&parser);
    if (type == NULL)
      return NULL;
    gboolean fits = is_new(types, type) && types->len < MOST_LAYERS;
    g_ptr_array_add(types, (gpointer) type);
    if (!fits) {
      refuse(&parser, "at most 64 layers, each once");
      return NULL;
    }
    if (!take(&parser, ',') && !take(&parser, ';') && *parser.position != '\0') {
      refuse(&parser, "',', ';' or the end");
      return NULL;
    }
  }
  g_ptr_array_add(types, NULL);
  return (const AverLayerType *const *) g_ptr_array_steal(types, NULL);
}

const AverLayerType *const *aver_layer_types_parse(const char *text, GError **error)
{
  text = text == NULL ? "" : text;
  g_mutex_lock(&lock);
  if (known == NULL)
    known = g_hash_table_new(g_str_hash, g_str_equal);
  const AverLayerType *const *types = g_hash_table_lookup(known, text);
  if (types == NULL) {
    types = parse(text, error);
    if (types != NULL)
      g_hash_table_insert(known, g_strdup(text), (gpointer) types);
  }
  g_mutex_unlock(&lock);
  return types;
}
