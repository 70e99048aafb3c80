/* SPDX-License-Identifier: Apache-2.0 */
/* Acts: what a speaker does with a claim, and the cue that says so. */
#pragma once

#include "unit.h"

/* @cue is empty when nothing spoke: an assertion by default. */
typedef struct {
  AverAct act;
  AverSpan cue;
} Act;

/* act_of_verb: what the reporting verb at word @i does. Returns: FALSE when it says nothing. */
gboolean act_of_verb(const Unit *unit, gint64 i, Act *act);

/* act_of_cue: what a quote's cue does with its content, by Searle's (1976) distinctions: the verb
 * of the cue, then the content's own words when the verb is neutral ("said"). */
Act act_of_cue(const Unit *cue, const Unit *content, AverQuotePolarity polarity);

/* act_of_unit: what a sentence or a content does by its own words; @spoken tells that it is a
 * speaker's content, in which "it would refuse" is a promise. */
Act act_of_unit(const Unit *unit, gboolean spoken);
