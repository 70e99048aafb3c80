/* SPDX-License-Identifier: Apache-2.0 */
/* How the text frames a report: denied or not said, heard, expected, asked. */
#pragma once

#include "reading.h"

/* The word that says that what its infinitive reports is expected, or believed, or seems so: the
 * one before the "to" at `to`; NOWHERE when there is none. */
guint32 framing_governor(const Reading *reading, guint32 to, guint32 low);

/* Sets polarity and modality of an attribution that has its cue, source and rule, by the words
 * around its verb at `verb` in the sentence [low, high). */
void framing_read(const Reading *reading, Attribution *attribution, guint32 verb, guint32 low,
                  guint32 high);
