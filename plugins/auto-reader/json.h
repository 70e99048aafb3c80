/* SPDX-License-Identifier: Apache-2.0 */
/* Which JSON a file begins with. */
#pragma once

#include "beginning.h"

typedef enum {
  JSON_NONE,  /* no JSON */
  JSON_LINES, /* an object a line */
  JSON_NINJS, /* one news item of IPTC's format */
  JSON_OTHER,
  JSON_MORE, /* it depends on what comes next */
} JsonShape;

JsonShape json_shape(const Beginning *beginning);
