/* SPDX-License-Identifier: Apache-2.0 */
/* Names: the head word of a source, and whether two names mean one person. */
#pragma once

#include "quoteunits.h"

/* Whether the last words of two sources, up to what only describes them, are the same. */
gboolean has_same_head(const TextCounts *counts, const QuoteUnit *a, const QuoteUnit *b);

/* Whether @name is one of @names, or ends in the same word as one; letter case aside. */
gboolean is_one_of(const char *name, char *const *names);
