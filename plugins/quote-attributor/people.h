/* SPDX-License-Identifier: Apache-2.0 */
/* Who and what a document names, and where. */
#pragma once

#include "reading.h"

typedef enum { ENTITY_UNKNOWN, ENTITY_PERSON, ENTITY_BODY, ENTITY_PLACE } EntityKind;
typedef enum { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE } Gender;

/* One occurrence of a name. */
typedef struct {
  Range name; /* without titles */
  guint32 entity;
  guint32 role; /* the token of a role noun that stands beside the name, or NOWHERE */
} Mention;

/* Lists the names of the document. */
void people_find(Reading *reading);

/* The entity with this word as its last, NOWHERE when there is none. */
guint32 people_named(const Reading *reading, guint32 hash);

/* The mention that covers the token, NOWHERE when there is none. */
guint32 people_mention_at(const Reading *reading, guint32 token);

/* The number of mentions that start before the token. */
guint32 people_mentions_before(const Reading *reading, guint32 token);

static inline Mention *mention_at(const Reading *r, guint32 i)
{
  return &g_array_index(r->mentions, Mention, i);
}

static inline Entity *entity_at(const Reading *r, guint32 i)
{
  return &g_array_index(r->entities, Entity, i);
}
