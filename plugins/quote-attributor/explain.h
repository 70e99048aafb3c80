/* SPDX-License-Identifier: Apache-2.0 */
/* Why the rules made a row. */
#pragma once

#include "reading.h"

/* Gives the reasons for an attribution; the reading's trace took some of them while the document
 * was read. */
void explain_attribution(const Reading *reading, guint32 attribution, AverExplanation *explanation);
