/* SPDX-License-Identifier: Apache-2.0 */
/* From attributions to rows of the quote layer. */
#pragma once

#include "reading.h"

/* The share of a rule's rows that were right when the rules were tuned, see README.md. */
float rule_confidence(Rule rule);

void rows_write(Reading *reading, AverDocument *document, gboolean indirect);
