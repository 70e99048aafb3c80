/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of expressions, shared by the files that parse, check and evaluate them. */
#pragma once

#include <aver/expression.h>

typedef enum {
  AVER_NODE_OR,
  AVER_NODE_AND,
  AVER_NODE_NOT,
  AVER_NODE_EQUAL,
  AVER_NODE_UNEQUAL,
  AVER_NODE_LESS,
  AVER_NODE_AT_MOST,
  AVER_NODE_MORE,
  AVER_NODE_AT_LEAST,
  AVER_NODE_MATCHES,
  AVER_NODE_IN, /* left: a value; right: the first of a list */
  AVER_NODE_NUMBER,
  AVER_NODE_STRING,
  AVER_NODE_TRUE,
  AVER_NODE_FALSE,
  AVER_NODE_ID,
  AVER_NODE_TEXT_LENGTH,
  AVER_NODE_METADATA,
  AVER_NODE_COLUMN,
  AVER_NODE_COUNT, /* name: a layer; left: the condition on a row */
  AVER_NODE_ANY,
  AVER_NODE_ALL,
  AVER_NODE_HAS_METADATA,
  AVER_NODE_HAS_COLUMN,
} AverNodeKind;

#define AVER_NO_NODE (-1)

typedef struct {
  AverNodeKind kind;
  gsize position; /* in the text */
  gint32 left;
  gint32 right;
  gint32 next;      /* in the list of AVER_NODE_IN */
  const char *name; /* of a layer, a column, a metadata entry; a string's characters */
  double number;
} AverNode;

struct _AverExpression {
  char *text;    /* as it was written */
  GArray *nodes; /* AverNode */
  GStringChunk *names;
  gint32 root;
};

static inline const AverNode *aver_expression_node(const AverExpression *expression, gint32 index)
{
  return &g_array_index(expression->nodes, AverNode, index);
}

/* The description of a layer; NULL when it is not known, and may be anything. */
typedef const AverLayerType *(*AverLayerLookup)(const char *layer, gpointer data);

/* Told of the first mistake: the byte of the text at which it stands. */
gboolean aver_expression_check(const AverExpression *expression, AverLayerLookup lookup,
                               gpointer data, gsize *position, GError **error);

/* Calls back for each mention of a layer, in the order of the text. */
typedef void (*AverLayerMention)(const char *layer, gsize position, gpointer data);
void aver_expression_foreach_layer(const AverExpression *expression, AverLayerMention mention,
                                   gpointer data);
