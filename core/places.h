/* SPDX-License-Identifier: Apache-2.0 */
/* Places: where in a JSON text each of its values and keys stands, which Jansson does not tell. */
#pragma once

#include "mistakes.h"

/* A value and the key it stands under, with the places of what is in it. */
typedef struct _AverPlace {
  AverPosition value;
  AverPosition key;
  char *name;          /* the key, of a member of an object */
  gboolean again;      /* the object has an earlier member of this name */
  char *raw;           /* (nullable) a string as it is written, where it has escapes */
  GPtrArray *children; /* (nullable) AverPlace*, in order */
  GHashTable *members; /* (nullable) name -> the last child of that name */
} AverPlace;

/*
 * Walks a text that Jansson has accepted. NULL when it is nested deeper than @depth values;
 * @position is then where.
 */
AverPlace *aver_places_new(const char *text, gsize length, guint depth, AverPosition *position);
void aver_place_free(AverPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverPlace, aver_place_free)

/* The member of that key, or NULL; of several, the last, whose value Jansson keeps. */
const AverPlace *aver_place_member(const AverPlace *place, const char *key);

/* The element at that index, or NULL. */
const AverPlace *aver_place_element(const AverPlace *place, gsize index);

/* Where the byte at @offset stands. */
AverPosition aver_position_of(const char *text, gsize offset);

/*
 * Where the byte at @offset of a string's value stands: @start is the string's place, @raw what
 * AverPlace has.
 */
AverPosition aver_position_in_string(AverPosition start, const char *raw, const char *value,
                                     gsize offset);
