/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules tell when somebody asks why attributions were made. The document is read once more
 * with a trace set; otherwise each of these is one comparison. */
#pragma once

#include "reading.h"

typedef struct Trace Trace;

Trace *trace_new(void);
void trace_free(Trace *trace);

/* Gives what was told about an attribution, as alternatives. */
void trace_explain(Trace *trace, guint32 attribution, AverExplanation *explanation);

/* What was tried at a token without success; kept until the next cue is looked at. */
void trace_add_note(Trace *trace, guint32 token, const char *text);
void trace_drop_notes(Trace *trace);

/* Makes the notes at hand what is told about an attribution. */
void trace_use_notes(const Reading *reading, guint32 attribution);

/* Somebody or something that an attribution's pronoun could have stood for. */
void trace_add_candidate(const Reading *reading, const Attribution *attribution, AverSpan name,
                         int score);

static inline void trace_clear_notes(const Reading *reading)
{
  if (reading->trace != NULL)
    trace_drop_notes(reading->trace);
}

static inline void trace_note(const Reading *reading, guint32 token, const char *text)
{
  if (reading->trace != NULL)
    trace_add_note(reading->trace, token, text);
}

static inline void trace_take_notes(const Reading *reading, guint32 attribution)
{
  if (reading->trace != NULL)
    trace_use_notes(reading, attribution);
}

static inline void trace_candidate(const Reading *reading, const Attribution *attribution,
                                   AverSpan name, int score)
{
  if (reading->trace != NULL)
    trace_add_candidate(reading, attribution, name, score);
}
