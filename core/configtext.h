/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a pipeline file: read within limits, and parsed into values with their places. */
#pragma once

#include "places.h"

#include <jansson.h>

/* The file's root value, to be released with json_decref(); NULL after adding what is wrong. */
json_t *aver_config_load(AverMistakes *mistakes, AverPlace **place);

/* Says what to do about the mistake added last: Jansson stopped at the byte @at and said @said. */
void aver_config_suggest(AverMistakes *mistakes, const char *text, gsize length, gsize at,
                         const char *said);
