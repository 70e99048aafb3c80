/* SPDX-License-Identifier: Apache-2.0 */
/* Cues that are no verbs: "according to", nouns with light verbs, adjectives. */
#pragma once

#include "cues.h"

/* Tries the token at i as such a cue. */
void other_cue(Reading *reading, guint32 i, Range sentence);
