/* SPDX-License-Identifier: Apache-2.0 */
/* From attributions to rows of the quote layer. */
#pragma once

#include "reading.h"

void rows_write(Reading *reading, AverDocument *document, gboolean indirect);
