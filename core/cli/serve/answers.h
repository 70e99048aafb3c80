/* SPDX-License-Identifier: Apache-2.0 */
/* Answers: bodies and headers, errors in their one form. */
#pragma once

#include "serve.h"

/* What an answer's error is about, when it is a document. */
typedef struct {
  gboolean has_place;
  guint64 line;   /* 0: lines mean nothing */
  guint64 offset; /* bytes */
  const char *stage;
} ErrorPlace;

/* libsoup has no name for it. */
#define STATUS_TOO_MANY_REQUESTS 429

/* {"error":{"code":...,"message":...}}; free with g_free(). */
char *answers_make_error(const char *code, const char *message, const ErrorPlace *place);

/* The same for what a document failed with; @status gets what it is answered with. */
char *answers_make_failure(const GError *error, const AverFailure *failure, guint *status);

/* A whole HTTP answer, behind which the connection is closed; free with g_free(). */
char *answers_make_raw(guint status, const char *body);

/* What an answer has before anything is known of it: headers, and the error of those that libsoup
 * refuses by itself. */
void answers_prepare(SoupServerMessage *message);

/* Headers that are the same for every answer. */
void answers_add_headers(SoupMessageHeaders *headers);

void answers_send_error(SoupServerMessage *message, guint status, const char *code,
                        const char *format, ...) G_GNUC_PRINTF(4, 5);
void answers_send_json(SoupServerMessage *message, guint status, const char *json);
