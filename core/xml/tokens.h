/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens: where tags, comments and the like begin and end in bytes that come piece by piece. */
#pragma once

#include <glib.h>

typedef enum {
  TOKEN_START, /* <a b="c"> */
  TOKEN_EMPTY, /* <a/> */
  TOKEN_END,   /* </a> */
  TOKEN_OTHER, /* a comment, an instruction, a CDATA section */
  TOKEN_TYPE,  /* a document type */
} TokenKind;

/* Bytes [start, end) from the first that is not yet taken, and the name of a tag in them. */
typedef struct {
  TokenKind kind;
  gsize start, end;
  gsize name, name_length;
} Token;

/* How far the bytes have been looked at; {0} at the beginning. */
typedef struct {
  guint state;
  guint quote; /* the mark that ends what is quoted, or 0 */
  gsize start; /* of the token that is not yet whole */
  gsize at;    /* all before it has been looked at */
} TokenScan;

/* The next token. FALSE when more bytes are needed: call it again with them at the end. */
gboolean tokens_next(TokenScan *scan, const char *data, gsize length, Token *token);

/* How many bytes need not be looked at again, even of a token that is not yet whole. */
gsize tokens_looked_at(const TokenScan *scan);

/* Forgets bytes at the beginning, which are taken. */
void tokens_shift(TokenScan *scan, gsize length);
