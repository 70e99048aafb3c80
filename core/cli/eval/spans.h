/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of spans, and how they compare: arrays of AverSpan that a scorer counts with. */
#pragma once

#include <aver/layer.h>

GArray *spans_new(void);

#define SPAN(array, i) g_array_index(array, AverSpan, i)

/* Sorts by start, then end, and keeps one of those that are equal: a set. */
void spans_make_set(GArray *spans);

/* How many spans two sets share. */
guint spans_count_shared(const GArray *a, const GArray *b);

/* The characters that any of @spans covers, as sorted spans that do not touch. */
GArray *spans_cover(const GArray *spans);

gboolean spans_equal(const GArray *a, const GArray *b);

/* Whether two lists of sorted, disjoint spans share a byte. Empty ones share nothing. */
gboolean spans_overlap(const GArray *a, const GArray *b);

/* As above, but two empty lists agree: "nobody" is "nobody". */
gboolean spans_agree(const GArray *a, const GArray *b);

/* Sums over sorted, disjoint spans of what @counts, a running total for every byte, counts. */
guint spans_sum(const GArray *spans, const guint32 *counts);
guint spans_sum_shared(const GArray *a, const GArray *b, const guint32 *counts);
