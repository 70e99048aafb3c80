/* SPDX-License-Identifier: Apache-2.0 */
/* The tokens of an expression. */
#pragma once

#include <aver/error.h>

typedef enum {
  TOKEN_END,
  TOKEN_NAME,
  TOKEN_NUMBER,
  TOKEN_STRING,
  TOKEN_SIGN, /* an operator, a parenthesis, a comma, a point */
  TOKEN_WRONG,
} TokenKind;

typedef struct {
  TokenKind kind;
  const char *start; /* of a string: behind its quotation mark */
  gsize length;
  gsize position;
} Token;

/* The token at @at in @text, which moves behind it; TOKEN_WRONG has an error. */
Token aver_expression_token(const char *text, const char **at, GError **error);
