/* SPDX-License-Identifier: Apache-2.0 */
/* The tokens of an expression. */
#include "expression-tokens.h"

#include <string.h>

static gboolean starts_name(char c)
{
  return g_ascii_isalpha(c) || c == '_';
}

static gboolean continues_name(char c)
{
  return g_ascii_isalnum(c) || c == '_' || c == '-';
}

static gsize number_length(const char *at)
{
  const char *p = at + (*at == '-' ? 1 : 0);
  if (!g_ascii_isdigit(*p))
    return 0;
  while (g_ascii_isdigit(*p))
    p++;
  if (*p == '.' && g_ascii_isdigit(p[1]))
    for (p++; g_ascii_isdigit(*p);)
      p++;
  const char *exponent = p + 1 + ((*p == 'e' || *p == 'E') && (p[1] == '+' || p[1] == '-') ? 1 : 0);
  if ((*p == 'e' || *p == 'E') && g_ascii_isdigit(*exponent))
    for (p = exponent; g_ascii_isdigit(*p);)
      p++;
  return (gsize) (p - at);
}

static gsize sign_length(const char *at)
{
  static const char *const signs[] = {"==", "!=", "<=", ">=", "<", ">", "(",
                                      ")",  ",",  ".",  "[",  "]", NULL};
  for (guint i = 0; signs[i] != NULL; i++)
    if (g_str_has_prefix(at, signs[i]))
      return strlen(signs[i]);
  return 0;
}

static void take_string(Token *token, const char **at, GError **error)
{
  char mark = *token->start++;
  const char *end = strchr(token->start, mark);
  if (end == NULL) {
    token->kind = TOKEN_WRONG;
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "the string does not end; expected %c behind it", mark);
    return;
  }
  token->kind = TOKEN_STRING;
  token->length = (gsize) (end - token->start);
  *at = end + 1;
}

Token aver_expression_token(const char *text, const char **at, GError **error)
{
  const char *start = *at + strspn(*at, " \t\r\n");
  Token token = {TOKEN_END, start, 0, (gsize) (start - text)};
  if (starts_name(*start)) {
    token.kind = TOKEN_NAME;
    while (continues_name(start[token.length]))
      token.length++;
  } else if ((token.length = number_length(start)) > 0) {
    token.kind = TOKEN_NUMBER;
  } else if ((token.length = sign_length(start)) > 0) {
    token.kind = TOKEN_SIGN;
  } else if (*start != '\0') {
    token.kind = TOKEN_WRONG;
  }
  *at = start + token.length;
  if (*start == '"' || *start == '\'')
    take_string(&token, at, error);
  else if (*start == '=' && token.kind == TOKEN_WRONG)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "'=' is no operator; expected '=='");
  else if (token.kind == TOKEN_WRONG)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "'%.*s' means nothing here; expected a value or an operator",
                (int) (g_utf8_next_char(start) - start), start);
  return token;
}
