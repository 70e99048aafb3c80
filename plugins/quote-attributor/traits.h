/* SPDX-License-Identifier: Apache-2.0 */
/* What the words in and around a name tell about who bears it. */
#pragma once

#include "people.h"

typedef struct {
  EntityKind kind;
  Gender gender;
  guint32 role; /* the token of a role noun beside the name, or NOWHERE */
} Traits;

/* Learns from a name and its neighbours, and takes titles off its front. */
Traits traits_read(const Reading *reading, Range *name);
