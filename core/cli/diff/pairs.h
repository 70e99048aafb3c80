/* SPDX-License-Identifier: Apache-2.0 */
/* The documents of two outputs, brought together by their ids, in bounded memory. */
#pragma once

#include "record.h"

/* Told of every pair, in the order in which both have been read; FALSE ends it. */
typedef gboolean (*PairFunc)(DiffDocument *old_one, DiffDocument *new_one, gpointer user_data,
                             GError **error);

/* Told at the end of every document that only one of them has; @is_old says which. */
typedef void (*SingleFunc)(const char *id, gboolean is_old, gpointer user_data);

/*
 * Reads both at once. A document whose other one has not come yet waits for it: in memory up to 8
 * MiB a file, then in a temporary file, of which memory keeps the ids. Of documents with the same
 * id in one file, the first belongs to the first of the other.
 */
gboolean pairs_read(const char *old_path, const char *new_path, PairFunc on_pair,
                    SingleFunc on_single, gpointer user_data, GError **error);
