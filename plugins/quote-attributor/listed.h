/* SPDX-License-Identifier: Apache-2.0 */
/* What a list of names knows (the layer `entity`, of gazetteer or another stage): used when it is
 * there, and no row is different when it is not. */
#pragma once

#include "reading.h"

/* The part of the layer that is read. */
extern const AverLayerType listed_layer;

/* Takes the document's layer, if it has one with these columns. */
void listed_start(Reading *reading, const AverDocument *document);

/* Lets what the names stand for be what the list says: people, organisations, places. */
void listed_learn(Reading *reading);

/* The listed person that a source begins with, or that a comma in it sets off; an empty span when
 * there is none. */
AverSpan listed_person(const Reading *reading, Range source);

/* The name the list has for these words; NULL when it has none. */
const char *listed_name(const Reading *reading, AverSpan span);
