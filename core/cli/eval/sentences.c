/* SPDX-License-Identifier: Apache-2.0 */
/* Scoring sentences: boundaries and exact spans; and the spans of any other layer. */
#include "report.h"
#include "score.h"
#include "spans.h"

/* A boundary is an empty span where a sentence ends. Inner: without the end of the last sentence,
 * which anyone finds; unforced: also without the ends that a blank line follows. */
typedef enum { ENDS, ENDS_INNER, ENDS_UNFORCED, SPANS, N_MEASURES } Measure;

static const char *const measure_names[] = {"boundary", "inner", "unforced", "sentence"};

/* White space at the ends is nobody's; what consists of it is no sentence. */
static GArray *trim_all(const Record *record, const GArray *spans)
{
  GArray *trimmed = spans_new();
  for (guint i = 0; spans != NULL && i < spans->len; i++) {
    AverSpan span = aver_text_trim(record->text, SPAN(spans, i));
    if (span.start < span.end)
      g_array_append_val(trimmed, span);
  }
  return trimmed;
}

static GArray *ends_of(const GArray *spans)
{
  GArray *ends = spans_new();
  for (guint i = 0; i < spans->len; i++) {
    AverSpan end = {SPAN(spans, i).end, SPAN(spans, i).end};
    g_array_append_val(ends, end);
  }
  spans_make_set(ends);
  return ends;
}

static gboolean is_before_blank_line(const Record *record, guint32 offset)
{
  guint newlines = 0;
  for (guint32 i = offset; i < record->length && newlines < 2; i++) {
    if (record->text[i] == '\n')
      newlines++;
    else if (record->text[i] != ' ' && record->text[i] != '\t' && record->text[i] != '\r')
      break;
  }
  return newlines == 2;
}

static GArray *keep(const Record *record, const GArray *ends, Measure measure, guint32 last)
{
  GArray *kept = spans_new();
  for (guint i = 0; i < ends->len; i++) {
    guint32 end = SPAN(ends, i).end;
    if (measure >= ENDS_INNER && end == last)
      continue;
    if (measure == ENDS_UNFORCED && is_before_blank_line(record, end))
      continue;
    g_array_append_val(kept, SPAN(ends, i));
  }
  return kept;
}

static void add_to_tally(Tally *tally, const GArray *gold, const GArray *predicted)
{
  guint shared = spans_count_shared(gold, predicted);
  tally->correct += shared;
  tally->correct_gold += shared;
  tally->gold += gold->len;
  tally->predicted += predicted->len;
}

static gboolean has_span(const GArray *set, const AverSpan *span)
{
  for (guint low = 0, high = set->len; low < high;) {
    guint middle = low + (high - low) / 2;
    AverSpan other = SPAN(set, middle);
    if (other.start == span->start && other.end == span->end)
      return TRUE;
    if (other.start < span->start || (other.start == span->start && other.end < span->end))
      low = middle + 1;
    else
      high = middle;
  }
  return FALSE;
}

/* What @these have and @those have not. Boundaries are shown between what is before and behind. */
static void add_mistakes(Mistakes *mistakes, const Record *record, const GArray *these,
                         const GArray *those, gboolean boundaries, const char *kind)
{
  for (guint i = 0; i < these->len; i++) {
    AverSpan span = SPAN(these, i);
    if (has_span(those, &span))
      continue;
    json_t *mistake = mistakes_add(mistakes, kind, record, span, 0);
    if (mistake == NULL)
      return;
    if (boundaries) {
      json_object_set_new(mistake, "before", excerpt_new_before(record, span.end));
      json_object_set_new(mistake, "after", excerpt_new_after(record, span.end));
    } else {
      json_object_set_new(mistake, "text", excerpt_new(record, span));
    }
  }
}

/* Returns: whether the two lists are the same. */
static gboolean score_document(const Record *gold, const Record *predicted, Tally *tallies,
                               gboolean has_boundaries, Mistakes *mistakes)
{
  g_autoptr(GArray) a = trim_all(gold, gold->spans);
  g_autoptr(GArray) b = trim_all(gold, predicted == NULL ? NULL : predicted->spans);
  gboolean exact = spans_equal(a, b);
  guint32 last = a->len == 0 ? G_MAXUINT32 : SPAN(a, a->len - 1).end;
  g_autoptr(GArray) gold_ends = ends_of(a);
  g_autoptr(GArray) predicted_ends = ends_of(b);
  for (Measure m = ENDS; m < SPANS; m++) {
    g_autoptr(GArray) x = keep(gold, gold_ends, m, last);
    g_autoptr(GArray) y = keep(gold, predicted_ends, m, last);
    add_to_tally(&tallies[m], x, y);
  }
  spans_make_set(a);
  spans_make_set(b);
  add_to_tally(&tallies[SPANS], a, b);
  if (has_boundaries) {
    add_mistakes(mistakes, gold, gold_ends, predicted_ends, TRUE, "missed boundary");
    add_mistakes(mistakes, gold, predicted_ends, gold_ends, TRUE, "spurious boundary");
  } else {
    add_mistakes(mistakes, gold, a, b, FALSE, "missed");
    add_mistakes(mistakes, gold, b, a, FALSE, "spurious");
  }
  return exact;
}

json_t *score_spans(const char *layer, const Records *gold, const Records *predicted,
                    Mistakes *mistakes)
{
  gboolean has_boundaries = score_kind(layer) == SCORE_SENTENCES;
  Tally tallies[N_MEASURES] = {0};
  guint exact = 0, missing = 0;
  for (guint i = 0; i < gold->list->len; i++) {
    const Record *record = g_ptr_array_index(gold->list, i);
    const Record *other = records_get(predicted, record->id);
    missing += other == NULL;
    exact += score_document(record, other, tallies, has_boundaries, mistakes);
  }
  json_t *report = report_new(layer);
  json_object_set_new(report, "documents", json_integer(gold->list->len));
  json_object_set_new(report, "missing", json_integer(missing));
  json_object_set_new(report, "exact_documents", json_integer(exact));
  for (Measure m = has_boundaries ? ENDS : SPANS; m < N_MEASURES; m++) {
    const Tally *t = &tallies[m];
    /* Nothing to find and nothing found is right. */
    report_add_tally(report, has_boundaries ? measure_names[m] : "span", t, t->gold == 0, 1);
  }
  return report;
}
