/* SPDX-License-Identifier: Apache-2.0 */
/* Types: what sort of thing is claimed, and the cue of each. */
#pragma once

#include "acts.h"

#define N_TYPES 9

typedef struct {
  guint32 flags;          /* of AverClaimType */
  AverSpan cues[N_TYPES]; /* of each bit that is set */
} Types;

Types types_of_unit(const Unit *unit, const Act *act);
