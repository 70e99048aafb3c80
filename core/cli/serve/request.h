/* SPDX-License-Identifier: Apache-2.0 */
/* What a request asks for, as its head says it: judged before its body comes. */
#pragma once

#include "serve.h"

/* What kind of answer POST /v1/documents gives. */
typedef enum {
  ANSWER_OBJECT,  /* one document */
  ANSWER_LINES,   /* a line a document */
  ANSWER_PAGE,    /* one document as HTML */
  ANSWER_DRAWING, /* the same of a document that comes with its layers */
  ANSWER_WHOLE,   /* the browser's page with one document in it */
} AnswerKind;

/* A text that was sent, and how it is to be read. */
typedef struct {
  const char *reader;
  char *charset; /* (nullable) */
  char *name;
  AnswerKind answer;
  gboolean text; /* the answer has the text, too */
} Ask;

void ask_clear(Ask *ask);

/* Whether the request may be answered at all: who it says that we are, and which page sent it.
 * FALSE after answering. */
gboolean request_is_welcome(const Server *server, SoupServerMessage *message);

/* Reads the head of POST /v1/documents; FALSE after answering. */
gboolean request_read_ask(const Server *server, SoupServerMessage *message, Ask *ask);
