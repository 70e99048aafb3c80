/* SPDX-License-Identifier: Apache-2.0 */
/* Folds: which examples are held out together. */
#pragma once

#include "dataset.h"

/* folds_make: takes the folds that the examples name; else makes up to five, of whole groups. */
gboolean folds_make(Dataset *data, const AverExample *examples, GError **error);
