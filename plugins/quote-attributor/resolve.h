/* SPDX-License-Identifier: Apache-2.0 */
/* Whose words: from the source's words to a name. */
#pragma once

#include "reading.h"

/* Gives every attribution its speaker. */
void resolve_speakers(Reading *reading);
