/* SPDX-License-Identifier: Apache-2.0 */
/* Rows: which claim rows a document gets, from its sentences and quotes. */
#pragma once

#include "collect.h"

/* One worker's memory, reused from document to document. */
typedef struct _Scratch Scratch;

Scratch *scratch_new(void);
void scratch_free(Scratch *scratch);

/* rows_add: adds the claim layer to @document; @claims_only leaves NFS rows out. */
void rows_add(Scratch *scratch, const Lexicons *lexicons, gboolean claims_only,
              AverDocument *document);
