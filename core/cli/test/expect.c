/* SPDX-License-Identifier: Apache-2.0 */
/* Expected rows: checked against the layers that the pipeline has. */
#include "testfile.h"

#include <string.h>

typedef struct {
  NodeFile *file;
  const AverLayerType *const *types;
} Check;

const AverLayerType *find_layer_type(const AverLayerType *const *types, const char *name)
{
  for (; *types != NULL; types++)
    if (strcmp((*types)->name, name) == 0)
      return *types;
  return NULL;
}

gint32 find_column(const AverLayerType *type, const char *name)
{
  for (guint32 i = 0; i < type->n_columns; i++)
    if (strcmp(type->columns[i].name, name) == 0)
      return (gint32) i;
  return AVER_NONE;
}

static void unknown_name(Check *check, const char *at, const char *what, const char *name,
                         const char *const *names)
{
  const char *nearest = aver_nearest_name(name, names);
  g_autofree char *list = g_strjoinv(", ", (char **) names);
  if (nearest != NULL)
    node_mistake(check->file, at, "%s '%s'; did you mean '%s'?", what, name, nearest);
  else
    node_mistake(check->file, at, "%s '%s'; expected one of %s", what, name, list);
}

static const AverLayerType *check_layer(Check *check, const char *at, const char *name)
{
  const AverLayerType *type = find_layer_type(check->types, name);
  if (type != NULL)
    return type;
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (const AverLayerType *const *t = check->types; *t != NULL; t++)
    g_ptr_array_add(names, (gpointer) (*t)->name);
  if (names->len == 0) {
    node_mistake(check->file, at, "layer '%s'; but no stage of the pipeline provides any", name);
    return NULL;
  }
  g_ptr_array_add(names, NULL);
  unknown_name(check, at, "no stage of the pipeline provides the layer", name,
               (const char *const *) names->pdata);
  return NULL;
}

static void unknown_column(Check *check, const AverLayerType *type, const Node *cell)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint32 i = 0; i < type->n_columns; i++)
    g_ptr_array_add(names, (gpointer) type->columns[i].name);
  const char *const every[] = {"text", "start", "end", NULL};
  for (guint i = 0; i < G_N_ELEMENTS(every); i++)
    g_ptr_array_add(names, (gpointer) every[i]);
  g_autofree char *what = g_strdup_printf("layer '%s' has no column", type->name);
  unknown_name(check, cell->key_at, what, cell->key, (const char *const *) names->pdata);
}

static gboolean is_span(const Node *node)
{
  return node->kind == AVER_JSON_ARRAY && node_count(node) == 2 &&
         node_child(node, 0)->kind == AVER_JSON_NUMBER &&
         node_child(node, 1)->kind == AVER_JSON_NUMBER;
}

static gboolean is_spans(const Node *cell)
{
  if (cell->kind == AVER_JSON_STRING || is_span(cell))
    return TRUE;
  if (cell->kind != AVER_JSON_ARRAY)
    return FALSE;
  for (guint i = 0; i < node_count(cell); i++)
    if (node_child(cell, i)->kind != AVER_JSON_STRING && !is_span(node_child(cell, i)))
      return FALSE;
  return TRUE;
}

static gboolean is_range(Check *check, const Node *cell)
{
  const char *const keys[] = {"max", "min", NULL};
  if (cell->kind != AVER_JSON_OBJECT)
    return FALSE;
  node_check_keys(check->file, cell, keys);
  for (guint i = 0; i < node_count(cell); i++)
    if (node_child(cell, i)->kind != AVER_JSON_NUMBER)
      return FALSE;
  return node_count(cell) > 0;
}

static void check_names(Check *check, const AverColumnType *column, const Node *cell)
{
  g_autofree char *what = g_strdup_printf("'%s' is never", column->name);
  if (cell->string != NULL && !g_strv_contains(column->names, cell->string))
    unknown_name(check, cell->at, what, cell->string, column->names);
}

static gboolean is_names(Check *check, const AverColumnType *column, const Node *cell)
{
  if (cell->kind != AVER_JSON_ARRAY)
    return FALSE;
  for (guint i = 0; i < node_count(cell); i++) {
    if (node_child(cell, i)->kind != AVER_JSON_STRING)
      return FALSE;
    check_names(check, column, node_child(cell, i));
  }
  return TRUE;
}

static void check_row(Check *check, const AverLayerType *type, const Node *row);

static const char *check_value(Check *check, const AverColumnType *column, const Node *cell)
{
  gboolean number = cell->kind == AVER_JSON_NUMBER;
  switch (column->kind) {
  case AVER_COLUMN_I32:
  case AVER_COLUMN_F32:
    return number || is_range(check, cell) ? NULL : "a number, or {\"min\": ..., \"max\": ...}";
  case AVER_COLUMN_SPAN:
  case AVER_COLUMN_SPANS:
    return is_spans(cell) ? NULL : "a text, [start, end], or a list of either";
  case AVER_COLUMN_STRING:
    return cell->kind == AVER_JSON_STRING ? NULL : "a string";
  case AVER_COLUMN_ENUM:
    check_names(check, column, cell);
    return cell->kind == AVER_JSON_STRING ? NULL : "a name";
  case AVER_COLUMN_FLAGS:
    return is_names(check, column, cell) ? NULL : "a list of names";
  case AVER_COLUMN_REF: {
    const AverLayerType *target = find_layer_type(check->types, column->target);
    if (cell->kind == AVER_JSON_OBJECT && target != NULL)
      check_row(check, target, cell);
    return number || cell->kind == AVER_JSON_OBJECT ? NULL : "a row: its number, or its columns";
  }
  }
  return NULL;
}

static void check_row(Check *check, const AverLayerType *type, const Node *row)
{
  for (guint i = 0; i < node_count(row); i++) {
    const Node *cell = node_child(row, i);
    gint32 column = find_column(type, cell->key);
    const char *expected = NULL;
    if (column != AVER_NONE && cell->kind != AVER_JSON_NULL)
      expected = check_value(check, &type->columns[column], cell);
    else if (column != AVER_NONE)
      continue;
    else if (strcmp(cell->key, "text") == 0)
      expected = cell->kind == AVER_JSON_STRING ? NULL : "a text";
    else if (strcmp(cell->key, "start") == 0 || strcmp(cell->key, "end") == 0)
      expected = cell->kind == AVER_JSON_NUMBER ? NULL : "a byte's offset";
    else
      unknown_column(check, type, cell);
    if (expected != NULL)
      node_check_kind(check->file, cell, (AverJsonKind) -1, expected);
  }
}

static void check_map(Check *check, const Node *map, gboolean of_rows)
{
  for (guint i = 0; i < node_count(map); i++) {
    const Node *rows = node_child(map, i);
    const AverLayerType *type = check_layer(check, rows->key_at, rows->key);
    for (guint k = 0; of_rows && type != NULL && k < node_count(rows); k++)
      check_row(check, type, node_child(rows, k));
  }
}

static void check_exact(Check *check, const Node *exact)
{
  for (guint i = 0; i < node_count(exact); i++)
    check_layer(check, node_child(exact, i)->at, node_child(exact, i)->string);
}

gboolean test_file_check_layers(NodeFile *file, const AverLayerType *const *types)
{
  Check check = {file, types};
  const Node *documents = node_member(file->root, "documents");
  for (guint i = 0; i < node_count(documents); i++) {
    const Node *document = node_child(documents, i);
    check_map(&check, node_member(document, "expect"), TRUE);
    check_map(&check, node_member(document, "absent"), TRUE);
    check_map(&check, node_member(document, "count"), FALSE);
    check_exact(&check, node_member(document, "exact"));
  }
  return file->mistakes->len == 0;
}
