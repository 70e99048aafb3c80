/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a pipeline and its outputs can be those of a watched folder. */
#pragma once

#include "batch.h"

/* The pipeline is right, no file of it would be replaced with every batch, and nothing is written
 * where it would be taken for what arrives. */
gboolean check_suitable(const Watch *watch, const char *state, GError **error);
