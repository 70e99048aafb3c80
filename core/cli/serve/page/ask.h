/* SPDX-License-Identifier: Apache-2.0 */
/* What the browser's page asks for beside POST /v1/documents. */
#pragma once

#include "../request.h"

/* Whether the path is one that the page sends something to. */
gboolean page_is_asked(const char *path);

/* Reads the head of such a request; FALSE after answering. */
gboolean page_read_ask(SoupServerMessage *message, Ask *ask);

/* Puts what a form holds, an article that was pasted or a file, in the place of the form's body,
 * and says in @ask how it is to be read. FALSE with what is wrong with it. */
gboolean page_open_form(SoupServerMessage *message, Ask *ask, GBytes **body, GError **error);
