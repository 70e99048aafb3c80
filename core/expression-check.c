/* SPDX-License-Identifier: Apache-2.0 */
/* The check of expressions: types, and the columns of layers. */
#include "expression.h"

#include "mistakes.h"

#include <string.h>

typedef enum {
  TYPE_ANY, /* metadata, or a column of a layer that is not known */
  TYPE_CONDITION,
  TYPE_NUMBER,
  TYPE_STRING,
  TYPE_NOTHING, /* has no value, but may be there or not */
  TYPE_WRONG,   /* a mistake has been found */
} Type;

typedef struct {
  const AverExpression *expression;
  AverLayerLookup lookup;
  gpointer data;
  const AverLayerType *row; /* (nullable) the layer of the `where` at hand, if it is known */
  gsize *position;
  GError **error;
} Check;

static const char *const type_names[] = {"anything", "a condition", "a number", "a string",
                                         "a value of spans"};

static Type fail(Check *check, const AverNode *node, const char *format, ...) G_GNUC_PRINTF(3, 4);

static Type fail(Check *check, const AverNode *node, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  if (check->position != NULL)
    *check->position = node->position;
  g_set_error_literal(check->error, AVER_ERROR, AVER_ERROR_CONFIG, message);
  return TYPE_WRONG;
}

static const AverColumnType *find_column(const AverLayerType *layer, const char *name)
{
  for (guint32 i = 0; i < layer->n_columns; i++)
    if (strcmp(layer->columns[i].name, name) == 0)
      return &layer->columns[i];
  return NULL;
}

static gboolean every_row_has(const char *name)
{
  return strcmp(name, "start") == 0 || strcmp(name, "end") == 0 || strcmp(name, "length") == 0;
}

static Type unknown_column(Check *check, const AverNode *node)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint32 i = 0; i < check->row->n_columns; i++)
    g_ptr_array_add(names, (gpointer) check->row->columns[i].name);
  g_ptr_array_add(names, (gpointer) "start");
  g_ptr_array_add(names, (gpointer) "end");
  g_ptr_array_add(names, (gpointer) "length");
  g_ptr_array_add(names, NULL);
  g_autofree char *hint = aver_mistakes_hint(node->name, (const char *const *) names->pdata, "");
  return fail(check, node, "the layer '%s' has no column '%s'%s", check->row->name, node->name,
              hint);
}

static Type column_type(Check *check, const AverNode *node)
{
  if (check->row == NULL)
    return TYPE_ANY;
  const AverColumnType *column = find_column(check->row, node->name);
  if (column == NULL)
    return every_row_has(node->name) ? TYPE_NUMBER : unknown_column(check, node);
  switch (column->kind) {
  case AVER_COLUMN_I32:
  case AVER_COLUMN_F32:
  case AVER_COLUMN_REF:
    return TYPE_NUMBER;
  case AVER_COLUMN_STRING:
  case AVER_COLUMN_ENUM:
  case AVER_COLUMN_FLAGS:
    return TYPE_STRING;
  default:
    return TYPE_NOTHING;
  }
}

/* A string that is compared with a column has to be one of the column's names, if it has any. */
static Type check_name(Check *check, const AverNode *column, const AverNode *string)
{
  if (column->kind != AVER_NODE_COLUMN || string->kind != AVER_NODE_STRING || check->row == NULL)
    return TYPE_CONDITION;
  const AverColumnType *type = find_column(check->row, column->name);
  gboolean named =
      type != NULL && (type->kind == AVER_COLUMN_ENUM || type->kind == AVER_COLUMN_FLAGS);
  if (!named || g_strv_contains(type->names, string->name))
    return TYPE_CONDITION;
  g_autofree char *hint = aver_mistakes_hint(string->name, type->names, "it has no values");
  return fail(check, string, "column '%s' is never \"%s\"%s", column->name, string->name, hint);
}

static Type check_node(Check *check, gint32 index);

static Type check_condition(Check *check, gint32 index)
{
  Type type = check_node(check, index);
  if (type == TYPE_CONDITION || type == TYPE_ANY || type == TYPE_WRONG)
    return type;
  return fail(check, aver_expression_node(check->expression, index),
              "%s stands for a condition; expected a comparison, or has()", type_names[type]);
}

static Type compare_types(Check *check, const AverNode *node, Type left, Type right)
{
  gboolean ordered = node->kind >= AVER_NODE_LESS && node->kind <= AVER_NODE_AT_LEAST;
  if (left == TYPE_WRONG || right == TYPE_WRONG)
    return TYPE_WRONG;
  if (left == TYPE_NOTHING || right == TYPE_NOTHING)
    return fail(check, node, "compares spans; expected has() around their column");
  if (ordered && (left == TYPE_CONDITION || right == TYPE_CONDITION))
    return fail(check, node, "orders a condition; expected numbers or strings");
  if (left != right && left != TYPE_ANY && right != TYPE_ANY)
    return fail(check, node, "compares %s with %s; expected values of one type", type_names[left],
                type_names[right]);
  return TYPE_CONDITION;
}

static Type check_comparison(Check *check, const AverNode *node)
{
  const AverNode *left = aver_expression_node(check->expression, node->left);
  const AverNode *right = aver_expression_node(check->expression, node->right);
  Type type = check_node(check, node->left);
  if (type == TYPE_WRONG)
    return TYPE_WRONG;
  if (compare_types(check, node, type, check_node(check, node->right)) == TYPE_WRONG ||
      check_name(check, left, right) == TYPE_WRONG)
    return TYPE_WRONG;
  return check_name(check, right, left);
}

static Type check_list(Check *check, const AverNode *node)
{
  const AverNode *left = aver_expression_node(check->expression, node->left);
  Type type = check_node(check, node->left);
  for (gint32 i = node->right; i != AVER_NO_NODE && type != TYPE_WRONG;) {
    const AverNode *item = aver_expression_node(check->expression, i);
    if (compare_types(check, item, type, check_node(check, i)) == TYPE_WRONG ||
        check_name(check, left, item) == TYPE_WRONG)
      return TYPE_WRONG;
    i = item->next;
  }
  return type == TYPE_WRONG ? TYPE_WRONG : TYPE_CONDITION;
}

static Type check_match(Check *check, const AverNode *node)
{
  Type type = check_node(check, node->left);
  const AverNode *pattern = aver_expression_node(check->expression, node->right);
  if (type == TYPE_WRONG)
    return TYPE_WRONG;
  if (type != TYPE_STRING && type != TYPE_ANY)
    return fail(check, node, "matches %s; expected a string", type_names[type]);
  if (pattern->kind != AVER_NODE_STRING)
    return fail(check, pattern, "no pattern; expected a string with * and ?");
  return TYPE_CONDITION;
}

static Type check_rows(Check *check, const AverNode *node)
{
  Type type = TYPE_CONDITION;
  check->row = check->lookup == NULL ? NULL : check->lookup(node->name, check->data);
  if (node->left != AVER_NO_NODE)
    type = check_condition(check, node->left);
  check->row = NULL;
  if (type == TYPE_WRONG)
    return TYPE_WRONG;
  return node->kind == AVER_NODE_COUNT ? TYPE_NUMBER : TYPE_CONDITION;
}

static Type check_node(Check *check, gint32 index)
{
  const AverNode *node = aver_expression_node(check->expression, index);
  switch (node->kind) {
  case AVER_NODE_OR:
  case AVER_NODE_AND:
    if (check_condition(check, node->left) == TYPE_WRONG ||
        check_condition(check, node->right) == TYPE_WRONG)
      return TYPE_WRONG;
    return TYPE_CONDITION;
  case AVER_NODE_NOT:
    return check_condition(check, node->left) == TYPE_WRONG ? TYPE_WRONG : TYPE_CONDITION;
  case AVER_NODE_MATCHES:
    return check_match(check, node);
  case AVER_NODE_IN:
    return check_list(check, node);
  case AVER_NODE_NUMBER:
  case AVER_NODE_TEXT_LENGTH:
    return TYPE_NUMBER;
  case AVER_NODE_STRING:
  case AVER_NODE_ID:
    return TYPE_STRING;
  case AVER_NODE_METADATA:
    return TYPE_ANY;
  case AVER_NODE_COLUMN:
    return column_type(check, node);
  case AVER_NODE_HAS_COLUMN:
    return column_type(check, node) == TYPE_WRONG ? TYPE_WRONG : TYPE_CONDITION;
  case AVER_NODE_COUNT:
  case AVER_NODE_ANY:
  case AVER_NODE_ALL:
    return check_rows(check, node);
  case AVER_NODE_TRUE:
  case AVER_NODE_FALSE:
  case AVER_NODE_HAS_METADATA:
    return TYPE_CONDITION;
  default:
    return check_comparison(check, node);
  }
}

gboolean aver_expression_check(const AverExpression *expression, AverLayerLookup lookup,
                               gpointer data, gsize *position, GError **error)
{
  Check check = {expression, lookup, data, NULL, position, error};
  return check_condition(&check, expression->root) != TYPE_WRONG;
}

void aver_expression_foreach_layer(const AverExpression *expression, AverLayerMention mention,
                                   gpointer data)
{
  for (guint i = 0; i < expression->nodes->len; i++) {
    const AverNode *node = aver_expression_node(expression, (gint32) i);
    if (node->kind == AVER_NODE_COUNT || node->kind == AVER_NODE_ANY || node->kind == AVER_NODE_ALL)
      mention(node->name, node->position, data);
  }
}
