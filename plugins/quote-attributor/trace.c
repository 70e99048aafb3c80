/* SPDX-License-Identifier: Apache-2.0 */
/* Collects what the rules tell about the attributions of a document. */
#include "trace.h"

#include <math.h>

/* More candidates than a person reads. */
#define MOST_CANDIDATES 12

typedef struct {
  guint32 attribution;
  guint32 place; /* in the order told */
  AverSpan span;
  double weight;
  const char *text;
} Told;

struct Trace {
  GArray *notes; /* Told, of the cue at hand */
  GArray *told;  /* Told */
  gboolean sorted;
};

Trace *trace_new(void)
{
  Trace *trace = g_new0(Trace, 1);
  trace->notes = g_array_new(FALSE, FALSE, sizeof(Told));
  trace->told = g_array_new(FALSE, FALSE, sizeof(Told));
  return trace;
}

void trace_free(Trace *trace)
{
  if (trace == NULL)
    return;
  g_array_unref(trace->notes);
  g_array_unref(trace->told);
  g_free(trace);
}

void trace_add_note(Trace *trace, guint32 token, const char *text)
{
  Told note = {.attribution = token, .weight = NAN, .text = text};
  g_array_append_val(trace->notes, note);
}

void trace_drop_notes(Trace *trace)
{
  g_array_set_size(trace->notes, 0);
}

static void tell(Trace *trace, Told told)
{
  told.place = trace->told->len;
  g_array_append_val(trace->told, told);
}

void trace_use_notes(const Reading *r, guint32 attribution)
{
  const GArray *notes = r->trace->notes;
  for (guint i = 0; i < notes->len; i++) {
    Told told = g_array_index(notes, Told, i);
    guint32 token = told.attribution;
    told.attribution = attribution;
    told.span = span_of(r, (Range){token, token + 1});
    tell(r->trace, told);
  }
}

static gboolean is_same_name(const Reading *r, AverSpan a, AverSpan b)
{
  return a.end - a.start == b.end - b.start &&
         memcmp(r->text + a.start, r->text + b.start, a.end - a.start) == 0;
}

/* The candidates of one attribution are told one after the other. */
void trace_add_candidate(const Reading *r, const Attribution *attribution, AverSpan name, int score)
{
  const GArray *all = r->trace->told;
  guint32 index = (guint32) (attribution - attribution_at(r, 0)), candidates = 0;
  for (guint32 i = all->len; i-- > 0 && candidates < MOST_CANDIDATES; candidates++) {
    const Told *told = &g_array_index(all, Told, i);
    if (told->attribution != index || isnan(told->weight))
      break;
    if (is_same_name(r, told->span, name) && (int) told->weight >= score)
      return;
  }
  if (candidates < MOST_CANDIDATES)
    tell(r->trace, (Told){.attribution = index,
                          .span = name,
                          .weight = score,
                          .text = "considered for the pronoun, by kind, gender, distance and "
                                  "place"});
}

static gint compare_told(gconstpointer a, gconstpointer b)
{
  const Told *x = a, *y = b;
  if (x->attribution != y->attribution)
    return x->attribution < y->attribution ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

void trace_explain(Trace *trace, guint32 attribution, AverExplanation *explanation)
{
  if (!trace->sorted)
    g_array_sort(trace->told, compare_told);
  trace->sorted = TRUE;
  guint32 low = 0, high = trace->told->len;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (g_array_index(trace->told, Told, middle).attribution < attribution)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < trace->told->len; low++) {
    const Told *told = &g_array_index(trace->told, Told, low);
    if (told->attribution != attribution)
      break;
    aver_explanation_add(explanation, AVER_REASON_ALTERNATIVE, &told->span, told->weight, "%s",
                         told->text);
  }
}
