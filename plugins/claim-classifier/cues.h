/* SPDX-License-Identifier: Apache-2.0 */
/* Features: the dense cues a unit is scored by. */
#pragma once

#include "unit.h"

#define FEATURE_MAX 72

/* features_count: Returns: how many features there are, at most FEATURE_MAX. */
guint features_count(void);

/* feature_name: Returns: (transfer none): the name of one, for the model's table and for people. */
const char *feature_name(guint feature);

/* features_compute: fills @values, features_count() of them, from @unit. */
void features_compute(const Unit *unit, float *values);
