/* SPDX-License-Identifier: Apache-2.0 */
/* Transcripts: lines that start with a speaker and a colon. */
#pragma once

#include "reading.h"

/* Adds an attribution for every turn, when the document has turns. */
void transcript_find(Reading *reading);
