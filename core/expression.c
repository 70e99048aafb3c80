/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions parsed: by recursive descent, into nodes. */
#include "expression.h"

#include "expression-tokens.h"
#include "mistakes.h"

#include <math.h>
#include <string.h>

/* Parentheses and `not` may be nested this deep. */
#define MOST_DEPTH 64

typedef struct {
  AverExpression *expression;
  const char *text;
  const char *at;
  Token token; /* the one to look at next */
  guint depth;
  gboolean in_row; /* inside `where` */
  gsize position;  /* of the mistake */
  GError *error;
} Parser;

/* What may begin a value, and how it goes on. */
static const char *const words[] = {"id", "text", "metadata", "count", "any", "all", "has", NULL};
static const char *const forms[] = {"id",
                                    "text.length",
                                    "metadata.KEY",
                                    "count(LAYER)",
                                    "any(LAYER where CONDITION)",
                                    "all(LAYER where CONDITION)",
                                    "has(LAYER)"};
static const char *const reserved[] = {"and",   "or",   "not",   "in", "matches",
                                       "where", "true", "false", NULL};

static gint32 fail(Parser *parser, gsize position, const char *format, ...) G_GNUC_PRINTF(3, 4);

static gint32 fail(Parser *parser, gsize position, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  if (parser->error == NULL) {
    parser->error = g_error_new_valist(AVER_ERROR, AVER_ERROR_CONFIG, format, arguments);
    parser->position = position;
  }
  va_end(arguments);
  return AVER_NO_NODE;
}

/* Moves to the next token. */
static void advance(Parser *parser)
{
  GError *error = NULL;
  parser->token = aver_expression_token(parser->text, &parser->at, &error);
  if (error != NULL && parser->error == NULL) {
    parser->error = error;
    parser->position = parser->token.position;
  } else {
    g_clear_error(&error);
  }
}

static gboolean at(const Parser *parser, TokenKind kind, const char *text)
{
  return parser->error == NULL && parser->token.kind == kind &&
         parser->token.length == strlen(text) &&
         strncmp(parser->token.start, text, parser->token.length) == 0;
}

static gboolean take(Parser *parser, TokenKind kind, const char *text)
{
  if (!at(parser, kind, text))
    return FALSE;
  advance(parser);
  return TRUE;
}

static gint32 unexpected(Parser *parser, const char *expected)
{
  const Token *token = &parser->token;
  if (parser->error != NULL)
    return AVER_NO_NODE;
  if (token->kind == TOKEN_END)
    return fail(parser, token->position, "the expression ends here; expected %s", expected);
  return fail(parser, token->position, "'%.*s' stands here; expected %s", (int) token->length,
              token->start, expected);
}

static gboolean expect(Parser *parser, const char *sign)
{
  if (take(parser, TOKEN_SIGN, sign))
    return TRUE;
  g_autofree char *quoted = g_strdup_printf("'%s'", sign);
  unexpected(parser, quoted);
  return FALSE;
}

static gint32 add(Parser *parser, AverNodeKind kind, gsize position, gint32 left, gint32 right)
{
  AverNode node = {kind, position, left, right, AVER_NO_NODE, NULL, 0};
  g_array_append_val(parser->expression->nodes, node);
  return (gint32) parser->expression->nodes->len - 1;
}

static AverNode *node_at(const Parser *parser, gint32 index)
{
  return &g_array_index(parser->expression->nodes, AverNode, index);
}

/* A node that is named by the token at hand, which is taken. */
static gint32 add_named(Parser *parser, AverNodeKind kind)
{
  const Token token = parser->token;
  gint32 index = add(parser, kind, token.position, AVER_NO_NODE, AVER_NO_NODE);
  node_at(parser, index)->name =
      g_string_chunk_insert_len(parser->expression->names, token.start, (gssize) token.length);
  advance(parser);
  return index;
}

static gboolean at_reserved(const Parser *parser)
{
  g_autofree char *name = g_strndup(parser->token.start, parser->token.length);
  return g_strv_contains(reserved, name);
}

static gint32 parse_or(Parser *parser);

/* Behind `metadata`: `.key` or `["key"]`. */
static gint32 parse_metadata(Parser *parser, AverNodeKind kind)
{
  advance(parser);
  if (take(parser, TOKEN_SIGN, "[")) {
    if (parser->token.kind != TOKEN_STRING)
      return unexpected(parser, "a key in quotation marks");
    gint32 node = add_named(parser, kind);
    return expect(parser, "]") ? node : AVER_NO_NODE;
  }
  if (!take(parser, TOKEN_SIGN, "."))
    return unexpected(parser, "'.' and a key, as in 'metadata.language'");
  if (parser->token.kind != TOKEN_NAME)
    return unexpected(parser, "a key, or one in [\"...\"]");
  return add_named(parser, kind);
}

static gint32 parse_length(Parser *parser)
{
  gsize position = parser->token.position;
  advance(parser);
  if (!take(parser, TOKEN_SIGN, ".") || !take(parser, TOKEN_NAME, "length"))
    return unexpected(parser, "'text.length'");
  return add(parser, AVER_NODE_TEXT_LENGTH, position, AVER_NO_NODE, AVER_NO_NODE);
}

/* Behind `count`, `any` or `all`: `(layer where condition)`. */
static gint32 parse_rows(Parser *parser, AverNodeKind kind)
{
  gsize position = parser->token.position;
  if (parser->in_row)
    return fail(parser, position,
                "'%.*s' inside 'where'; expected a condition on the row's columns",
                (int) parser->token.length, parser->token.start);
  advance(parser);
  if (!expect(parser, "("))
    return AVER_NO_NODE;
  if (parser->token.kind != TOKEN_NAME || at_reserved(parser))
    return unexpected(parser, "the name of a layer");
  gint32 node = add_named(parser, kind);
  if (take(parser, TOKEN_NAME, "where")) {
    parser->in_row = TRUE;
    gint32 condition = parse_or(parser);
    parser->in_row = FALSE;
    node_at(parser, node)->left = condition;
  } else if (kind != AVER_NODE_COUNT) {
    return unexpected(parser, "'where' and a condition");
  }
  return expect(parser, ")") ? node : AVER_NO_NODE;
}

/* Behind `has`: `(metadata.key)`, `(layer)` or, inside `where`, `(column)`. */
static gint32 parse_has(Parser *parser)
{
  advance(parser);
  if (!expect(parser, "("))
    return AVER_NO_NODE;
  gint32 node;
  if (at(parser, TOKEN_NAME, "metadata"))
    node = parse_metadata(parser, AVER_NODE_HAS_METADATA);
  else if (parser->token.kind != TOKEN_NAME || at_reserved(parser))
    node = unexpected(parser, parser->in_row ? "a column" : "a layer or 'metadata.KEY'");
  else
    node = add_named(parser, parser->in_row ? AVER_NODE_HAS_COLUMN : AVER_NODE_ANY);
  return parser->error == NULL && expect(parser, ")") ? node : AVER_NO_NODE;
}

static gint32 parse_name(Parser *parser)
{
  gsize position = parser->token.position;
  gboolean yes = at(parser, TOKEN_NAME, "true");
  if (yes || at(parser, TOKEN_NAME, "false")) {
    advance(parser);
    return add(parser, yes ? AVER_NODE_TRUE : AVER_NODE_FALSE, position, AVER_NO_NODE,
               AVER_NO_NODE);
  }
  if (at_reserved(parser))
    return unexpected(parser, "a value");
  const char *next = parser->at + strspn(parser->at, " \t\r\n");
  if (at(parser, TOKEN_NAME, "metadata") && (*next == '.' || *next == '['))
    return parse_metadata(parser, AVER_NODE_METADATA);
  if (at(parser, TOKEN_NAME, "text") && *next == '.')
    return parse_length(parser);
  if (at(parser, TOKEN_NAME, "count") && *next == '(')
    return parse_rows(parser, AVER_NODE_COUNT);
  if (at(parser, TOKEN_NAME, "any") && *next == '(')
    return parse_rows(parser, AVER_NODE_ANY);
  if (at(parser, TOKEN_NAME, "all") && *next == '(')
    return parse_rows(parser, AVER_NODE_ALL);
  if (at(parser, TOKEN_NAME, "has") && *next == '(')
    return parse_has(parser);
  if (parser->in_row)
    return add_named(parser, AVER_NODE_COLUMN);
  if (at(parser, TOKEN_NAME, "id"))
    return add_named(parser, AVER_NODE_ID);
  g_autofree char *name = g_strndup(parser->token.start, parser->token.length);
  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp(name, words[i]) == 0)
      return fail(parser, position, "'%s' is no value by itself; expected %s", name, forms[i]);
  g_autofree char *hint = aver_mistakes_hint(name, words, "");
  return fail(parser, position, "unknown name '%s'%s", name, hint);
}

static gint32 parse_value(Parser *parser)
{
  gsize position = parser->token.position;
  if (parser->token.kind == TOKEN_NUMBER) {
    gint32 node = add_named(parser, AVER_NODE_NUMBER);
    node_at(parser, node)->number = g_ascii_strtod(node_at(parser, node)->name, NULL);
    if (!isfinite(node_at(parser, node)->number))
      return fail(parser, position, "the number is too large; expected one below 1e308");
    return node;
  }
  if (parser->token.kind == TOKEN_STRING)
    return add_named(parser, AVER_NODE_STRING);
  if (parser->token.kind == TOKEN_NAME)
    return parse_name(parser);
  if (!take(parser, TOKEN_SIGN, "("))
    return unexpected(parser, "a value");
  gint32 node = parse_or(parser);
  return parser->error == NULL && expect(parser, ")") ? node : AVER_NO_NODE;
}

/* Behind `in`: `("en", "de")`. */
static gint32 parse_list(Parser *parser)
{
  if (!expect(parser, "("))
    return AVER_NO_NODE;
  gint32 first = AVER_NO_NODE, last = AVER_NO_NODE;
  do {
    if (parser->token.kind != TOKEN_STRING && parser->token.kind != TOKEN_NUMBER)
      return unexpected(parser, "a string or a number");
    gint32 item = parse_value(parser);
    if (item == AVER_NO_NODE)
      return AVER_NO_NODE;
    if (last == AVER_NO_NODE)
      first = item;
    else
      node_at(parser, last)->next = item;
    last = item;
  } while (take(parser, TOKEN_SIGN, ","));
  return expect(parser, ")") ? first : AVER_NO_NODE;
}

/* The operator at hand, taken; FALSE when it is none that compares. */
static gboolean take_comparison(Parser *parser, AverNodeKind *kind)
{
  static const char *const signs[] = {"==", "!=", "<", "<=", ">", ">="};
  for (guint i = 0; i < G_N_ELEMENTS(signs); i++) {
    if (take(parser, TOKEN_SIGN, signs[i])) {
      *kind = AVER_NODE_EQUAL + i;
      return TRUE;
    }
  }
  *kind = at(parser, TOKEN_NAME, "in") ? AVER_NODE_IN : AVER_NODE_MATCHES;
  return take(parser, TOKEN_NAME, "in") || take(parser, TOKEN_NAME, "matches");
}

static gint32 parse_comparison(Parser *parser)
{
  gint32 left = parse_value(parser);
  gsize position = parser->token.position;
  AverNodeKind kind;
  if (parser->error != NULL || !take_comparison(parser, &kind))
    return left;
  gint32 right = kind == AVER_NODE_IN ? parse_list(parser) : parse_value(parser);
  gint32 node = add(parser, kind, position, left, right);
  position = parser->token.position;
  if (parser->error == NULL && take_comparison(parser, &kind))
    return fail(parser, position, "a second comparison in a row; expected 'and' or 'or' between");
  return node;
}

static gint32 parse_not(Parser *parser)
{
  gsize position = parser->token.position;
  if (parser->depth >= MOST_DEPTH)
    return fail(parser, position, "nested too deep; expected at most %d levels", MOST_DEPTH);
  parser->depth++;
  gint32 node;
  if (take(parser, TOKEN_NAME, "not")) {
    gint32 inner = parse_not(parser);
    node = add(parser, AVER_NODE_NOT, position, inner, AVER_NO_NODE);
  } else {
    node = parse_comparison(parser);
  }
  parser->depth--;
  return node;
}

static gint32 parse_and(Parser *parser)
{
  gint32 left = parse_not(parser);
  gsize position = parser->token.position;
  while (take(parser, TOKEN_NAME, "and")) {
    gint32 right = parse_not(parser);
    left = add(parser, AVER_NODE_AND, position, left, right);
    position = parser->token.position;
  }
  return left;
}

static gint32 parse_or(Parser *parser)
{
  gint32 left = parse_and(parser);
  gsize position = parser->token.position;
  while (take(parser, TOKEN_NAME, "or")) {
    gint32 right = parse_and(parser);
    left = add(parser, AVER_NODE_OR, position, left, right);
    position = parser->token.position;
  }
  return left;
}

static void parse(Parser *parser)
{
  if (!g_utf8_validate(parser->text, -1, NULL)) {
    fail(parser, 0, "the expression is not valid UTF-8");
    return;
  }
  if (strlen(parser->text) > AVER_EXPRESSION_MAX_BYTES) {
    fail(parser, 0, "the expression is longer than %d bytes", AVER_EXPRESSION_MAX_BYTES);
    return;
  }
  advance(parser);
  parser->expression->root = parse_or(parser);
  if (parser->error == NULL && parser->token.kind != TOKEN_END)
    unexpected(parser, "an operator, 'and' or 'or'");
}

AverExpression *aver_expression_new(const char *text, gsize *position, GError **error)
{
  g_return_val_if_fail(text != NULL, NULL);
  g_autoptr(AverExpression) expression = g_new0(AverExpression, 1);
  expression->text = g_strdup(text);
  expression->nodes = g_array_new(FALSE, FALSE, sizeof(AverNode));
  expression->names = g_string_chunk_new(64);
  Parser parser = {.expression = expression, .text = text, .at = text};
  parse(&parser);
  if (parser.error == NULL)
    aver_expression_check(expression, NULL, NULL, &parser.position, &parser.error);
  if (parser.error == NULL)
    return g_steal_pointer(&expression);
  if (position != NULL)
    *position = parser.position;
  g_propagate_error(error, parser.error);
  return NULL;
}

void aver_expression_free(AverExpression *expression)
{
  if (expression == NULL)
    return;
  g_free(expression->text);
  g_array_unref(expression->nodes);
  g_string_chunk_free(expression->names);
  g_free(expression);
}
