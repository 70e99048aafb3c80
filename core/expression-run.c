/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions evaluated over a document, without allocating anything. */
#include "expression.h"

#include <math.h>
#include <string.h>

typedef enum {
  VALUE_ABSENT,
  VALUE_CONDITION,
  VALUE_NUMBER,
  VALUE_STRING,
  VALUE_LOOSE, /* metadata: what it is compared with says what it is */
  VALUE_FLAGS,
} ValueKind;

typedef struct {
  ValueKind kind;
  gboolean yes;
  double number;
  const char *string;
  const char *const *names; /* of flags, which are in: */
  guint32 flags;
} Value;

/* What is looked at. */
typedef struct {
  const AverExpression *expression;
  const AverDocument *document;
  const AverLayer *layer;
  guint32 row;
} View;

static Value condition(gboolean yes)
{
  return (Value){.kind = VALUE_CONDITION, .yes = yes};
}

static Value number(double n)
{
  return (Value){.kind = isfinite(n) ? VALUE_NUMBER : VALUE_ABSENT, .number = n};
}

static Value string(const char *text)
{
  return (Value){.kind = text == NULL ? VALUE_ABSENT : VALUE_STRING, .string = text};
}

static const char *name_of(const char *const *names, gint32 value)
{
  for (gint32 i = 0; names != NULL && names[i] != NULL && value >= i; i++)
    if (i == value)
      return names[i];
  return NULL;
}

static Value cell(const View *view, guint32 column, const AverColumnType *type)
{
  guint32 n = 0;
  gint32 i;
  switch (type->kind) {
  case AVER_COLUMN_I32:
    i = aver_layer_get_i32(view->layer, view->row, column);
    return i == G_MININT32 ? (Value){0} : number(i);
  case AVER_COLUMN_REF:
    i = aver_layer_get_i32(view->layer, view->row, column);
    return i == AVER_NONE ? (Value){0} : number(i);
  case AVER_COLUMN_F32:
    return number((double) aver_layer_get_f32(view->layer, view->row, column));
  case AVER_COLUMN_STRING:
    return string(aver_layer_get_string(view->layer, view->row, column));
  case AVER_COLUMN_ENUM:
    return string(name_of(type->names, aver_layer_get_i32(view->layer, view->row, column)));
  case AVER_COLUMN_FLAGS:
    n = aver_layer_get_flags(view->layer, view->row, column);
    return (Value){.kind = n == 0 ? VALUE_ABSENT : VALUE_FLAGS, .names = type->names, .flags = n};
  default:
    aver_layer_get_spans_cell(view->layer, view->row, column, &n);
    return n == 0 ? (Value){0} : condition(TRUE);
  }
}

static Value column_value(const View *view, const char *name)
{
  const AverLayerType *type = aver_layer_get_type_info(view->layer);
  for (guint32 i = 0; i < type->n_columns; i++)
    if (strcmp(type->columns[i].name, name) == 0)
      return cell(view, i, &type->columns[i]);
  AverSpan span = aver_layer_get_spans(view->layer)[view->row];
  if (strcmp(name, "start") == 0)
    return number(span.start);
  if (strcmp(name, "end") == 0)
    return number(span.end);
  return strcmp(name, "length") == 0 ? number(span.end - span.start) : (Value){0};
}

static gboolean loose_number(const char *text, double *n)
{
  char *end;
  if (!g_ascii_isdigit(text[*text == '-' ? 1 : 0]))
    return FALSE;
  *n = g_ascii_strtod(text, &end);
  return *end == '\0' && isfinite(*n);
}

/* What a loose value is beside one of a given kind. */
static Value settle(Value value, ValueKind beside)
{
  double n;
  if (value.kind != VALUE_LOOSE)
    return value;
  if (beside == VALUE_NUMBER)
    return loose_number(value.string, &n) ? number(n) : (Value){0};
  if (beside != VALUE_CONDITION)
    return string(value.string);
  if (strcmp(value.string, "true") == 0)
    return condition(TRUE);
  return strcmp(value.string, "false") == 0 ? condition(FALSE) : (Value){0};
}

static gboolean flags_have(const Value *flags, const char *name)
{
  for (guint32 bit = 0; bit < 32 && flags->names != NULL && flags->names[bit] != NULL; bit++)
    if ((flags->flags >> bit & 1) != 0 && strcmp(flags->names[bit], name) == 0)
      return TRUE;
  return FALSE;
}

/* Whether two values can be compared, and how they compare. */
static gboolean compare(Value left, Value right, int *order)
{
  ValueKind loose = left.kind;
  left = settle(left, right.kind);
  right = settle(right, loose);
  if (left.kind == VALUE_STRING && right.kind == VALUE_FLAGS)
    return compare(right, left, order);
  if (left.kind == VALUE_FLAGS && right.kind == VALUE_STRING) {
    *order = flags_have(&left, right.string) ? 0 : 1;
    return TRUE;
  }
  if (left.kind != right.kind)
    return FALSE;
  if (left.kind == VALUE_NUMBER)
    *order = left.number < right.number ? -1 : left.number > right.number;
  else if (left.kind == VALUE_STRING)
    *order = strcmp(left.string, right.string);
  else if (left.kind == VALUE_CONDITION)
    *order = !left.yes != !right.yes;
  else
    return FALSE;
  return TRUE;
}

static const char *next_character(const char *at)
{
  at++;
  while (((guchar) *at & 0xc0) == 0x80)
    at++;
  return at;
}

/* Only the last `*` is ever tried again, so the time is at most the product of the lengths. */
static gboolean matches(const char *pattern, const char *text)
{
  const char *star = NULL, *star_text = NULL;
  while (*text != '\0') {
    if (*pattern == '*') {
      star = ++pattern;
      star_text = text;
    } else if (*pattern == '?') {
      pattern++;
      text = next_character(text);
    } else if (*pattern == *text) {
      pattern++;
      text++;
    } else if (star != NULL) {
      pattern = star;
      text = ++star_text;
    } else {
      return FALSE;
    }
  }
  return pattern[strspn(pattern, "*")] == '\0';
}

static Value evaluate(const View *view, gint32 index);

static gboolean holds(const View *view, gint32 index)
{
  Value value = settle(evaluate(view, index), VALUE_CONDITION);
  return value.kind == VALUE_CONDITION && value.yes;
}

static gboolean compares(const View *view, const AverNode *node)
{
  int order = 0;
  gboolean comparable = compare(evaluate(view, node->left), evaluate(view, node->right), &order);
  switch (node->kind) {
  case AVER_NODE_EQUAL:
    return comparable && order == 0;
  case AVER_NODE_UNEQUAL:
    return !comparable || order != 0;
  case AVER_NODE_LESS:
    return comparable && order < 0;
  case AVER_NODE_AT_MOST:
    return comparable && order <= 0;
  case AVER_NODE_MORE:
    return comparable && order > 0;
  default:
    return comparable && order >= 0;
  }
}

static gboolean is_in(const View *view, const AverNode *node)
{
  Value value = evaluate(view, node->left);
  int order;
  for (gint32 i = node->right; i != AVER_NO_NODE;) {
    if (compare(value, evaluate(view, i), &order) && order == 0)
      return TRUE;
    i = aver_expression_node(view->expression, i)->next;
  }
  return FALSE;
}

static gboolean matches_pattern(const View *view, const AverNode *node)
{
  Value value = settle(evaluate(view, node->left), VALUE_STRING);
  return value.kind == VALUE_STRING &&
         matches(aver_expression_node(view->expression, node->right)->name, value.string);
}

/* How many rows there are for which the condition holds; @enough ends the count. */
static guint32 count(const View *view, const AverNode *node, gboolean wanted, guint32 enough)
{
  const AverLayer *layer = aver_document_get_layer(view->document, node->name);
  guint32 n_rows = layer == NULL ? 0 : aver_layer_get_n_rows(layer);
  if (node->left == AVER_NO_NODE)
    return n_rows;
  guint32 n = 0;
  for (guint32 i = 0; i < n_rows && n < enough; i++) {
    View row = {view->expression, view->document, layer, i};
    n += holds(&row, node->left) == wanted ? 1 : 0;
  }
  return n;
}

static Value evaluate(const View *view, gint32 index)
{
  const AverNode *node = aver_expression_node(view->expression, index);
  const char *text;
  guint32 length;
  switch (node->kind) {
  case AVER_NODE_OR:
    return condition(holds(view, node->left) || holds(view, node->right));
  case AVER_NODE_AND:
    return condition(holds(view, node->left) && holds(view, node->right));
  case AVER_NODE_NOT:
    return condition(!holds(view, node->left));
  case AVER_NODE_MATCHES:
    return condition(matches_pattern(view, node));
  case AVER_NODE_IN:
    return condition(is_in(view, node));
  case AVER_NODE_NUMBER:
    return number(node->number);
  case AVER_NODE_STRING:
    return string(node->name);
  case AVER_NODE_TRUE:
  case AVER_NODE_FALSE:
    return condition(node->kind == AVER_NODE_TRUE);
  case AVER_NODE_ID:
    return string(aver_document_get_id(view->document));
  case AVER_NODE_TEXT_LENGTH:
    aver_document_get_text(view->document, &length);
    return number(length);
  case AVER_NODE_METADATA:
    text = aver_document_get_metadata(view->document, node->name);
    return (Value){.kind = text == NULL ? VALUE_ABSENT : VALUE_LOOSE, .string = text};
  case AVER_NODE_HAS_METADATA:
    return condition(aver_document_get_metadata(view->document, node->name) != NULL);
  case AVER_NODE_COLUMN:
    return column_value(view, node->name);
  case AVER_NODE_HAS_COLUMN:
    return condition(column_value(view, node->name).kind != VALUE_ABSENT);
  case AVER_NODE_COUNT:
    return number(count(view, node, TRUE, G_MAXUINT32));
  case AVER_NODE_ANY:
    return condition(count(view, node, TRUE, 1) > 0);
  case AVER_NODE_ALL:
    return condition(count(view, node, FALSE, 1) == 0);
  default:
    return condition(compares(view, node));
  }
}

gboolean aver_expression_holds(const AverExpression *expression, const AverDocument *document)
{
  g_return_val_if_fail(expression != NULL && document != NULL, FALSE);
  View view = {expression, document, NULL, 0};
  return holds(&view, expression->root);
}
