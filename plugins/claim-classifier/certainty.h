/* SPDX-License-Identifier: Apache-2.0 */
/* Certainty: how firmly a claim is put, and the cue that says so. */
#pragma once

#include "unit.h"

/* @cue is empty for what is plainly asserted. */
typedef struct {
  AverCertainty certainty;
  AverSpan cue;
} Certainty;

Certainty certainty_of_unit(const Unit *unit);
