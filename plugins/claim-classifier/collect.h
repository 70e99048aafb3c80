/* SPDX-License-Identifier: Apache-2.0 */
/* Collecting units: which tokens of a document a claim row judges. */
#pragma once

#include "unit.h"

/* token_at: Returns: the index of the first token that ends behind @position. */
guint32 token_at(const AverToken *tokens, guint32 n_tokens, guint32 position);

/* collect_add: appends token @index of @tokens to @unit, looked up. Returns: whether there is room
 * for more. */
gboolean collect_add(Unit *unit, const Lexicons *lexicons, const AverToken *tokens, guint32 index);

/* collect_span: makes @unit of all tokens that overlap @span. */
void collect_span(Unit *unit, AverDocument *document, const Lexicons *lexicons, AverSpan span);
