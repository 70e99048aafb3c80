/* SPDX-License-Identifier: Apache-2.0 */
/* Reading gold and predictions: JSON Lines, in the scorers' short form or as Aver writes it. */
#pragma once

#include "records.h"

/*
 * Reads gold, or when @gold is given, predictions for it: these need no text, and what is predicted
 * for documents that are not gold is passed over with @has_others, else a mistake. NULL with
 * AVER_ERROR_INPUT when the file cannot be read, or AVER_ERROR_SYNTAX: FILE:LINE: what is wrong;
 * what was expected.
 */
Records *records_read(const char *path, const char *layer, const Records *gold, gboolean has_others,
                      GError **error);
