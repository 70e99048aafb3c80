/* SPDX-License-Identifier: Apache-2.0 */
/* Whom a pronoun stands for. */
#pragma once

#include "people.h"

typedef enum {
  PRONOUN_NONE,
  PRONOUN_HE,
  PRONOUN_SHE,
  PRONOUN_IT,
  PRONOUN_THEY,
  PRONOUN_WHO
} Pronoun;

/* The pronoun that is all of a source. */
Pronoun pronoun_at(const Reading *reading, Range source);

/* The pronoun whose possessive a token is: "his" of "he". */
Pronoun pronoun_of_owner(const Reading *reading, guint32 token);

/* Names the speaker of an attribution whose source is a pronoun; `position` is its place in the
 * order of the document. */
void pronoun_resolve(const Reading *reading, Attribution *attribution, guint32 position,
                     Pronoun pronoun);

/* Gives an attribution a speaker. */
void speaker_is_entity(const Reading *reading, Attribution *attribution, guint32 entity);
void speaker_is_that_of(Attribution *attribution, const Attribution *other);

static inline gboolean speaker_is_named(const Attribution *attribution)
{
  return attribution->name.end > attribution->name.start;
}
