/* SPDX-License-Identifier: Apache-2.0 */
/* A program's answer about one document. */
#pragma once

#include <aver/aver.h>

/* Whether a line is an answer about this document at all: JSON, and with its id. */
gboolean answer_belongs(const char *line, gsize length, const AverDocument *document,
                        GError **error);

/* Does to the document what the answer says. */
AverVerdict answer_apply(const char *line, gsize length, AverDocument *document,
                         const AverLayerType *const *provides, GError **error);
