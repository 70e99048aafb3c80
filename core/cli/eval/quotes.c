/* SPDX-License-Identifier: Apache-2.0 */
/* Scoring quotes: whole attributions, their sources and speakers, and the recall of each type. */
#include "quotes.h"

#include "quotenames.h"
#include "score.h"
#include "spans.h"

#include <string.h>

/* What is asked of each pair of quotes. */
typedef enum {
  CUE_EXACT,
  CUE_OVERLAP,
  NAME,
  PRONOUN_NAME,
  SOURCE_EXACT,
  SOURCE_HEAD,
  SOURCE_OVERLAP,
  N_ACCURACIES,
} Accuracy;

static const char *const accuracy_names[N_ACCURACIES] = {
    "attr.cue.exact",    "attr.cue.overlap", "attr.resolved.name",  "attr.resolved.pronoun",
    "attr.source.exact", "attr.source.head", "attr.source.overlap",
};

/* GenderGapTracker reports at these two thresholds. */
static const double thresholds[] = {0.3, 0.8};
static const char *const threshold_names[] = {"quote.content.ggt30", "quote.content.ggt80"};

typedef struct {
  guint gold;
  guint found;
  guint with_source;
} TypeCount;

typedef struct {
  PieceTallies pieces;
  guint64 n_gold;
  guint64 n_predicted;
  guint64 exact; /* contents equal */
  guint64 found;
  guint64 soft;         /* found, and the sources overlap */
  guint64 same_sources; /* found, and the sources are equal */
  guint64 right[N_ACCURACIES];
  guint64 asked[N_ACCURACIES];
  Greedy greedy[G_N_ELEMENTS(thresholds)];
  GTree *types; /* type -> TypeCount */
  const QuoteOptions *options;
  Mistakes *mistakes;
} Scoring;

static gboolean is_empty(const QuoteUnit *unit)
{
  return unit->roles[ROLE_CONTENT]->len + unit->roles[ROLE_CUE]->len +
             unit->roles[ROLE_SOURCE]->len ==
         0;
}

static void add_units(const Scoring *scoring, QuoteDocument *document, const Record *predicted)
{
  const QuoteOptions *options = scoring->options;
  for (guint i = 0; i < document->record->quotes->len; i++) {
    const QuoteRow *row = g_ptr_array_index(document->record->quotes, i);
    gboolean counts = (options->type == NULL || g_strcmp0(row->type, options->type) == 0) &&
                      (!options->speech || row->is_speech);
    g_ptr_array_add(counts ? document->gold : document->ignored,
                    quote_unit_new(document->counts, row, options->strict));
  }
  for (guint i = 0; predicted != NULL && i < predicted->quotes->len; i++) {
    QuoteUnit *unit =
        quote_unit_new(document->counts, g_ptr_array_index(predicted->quotes, i), options->strict);
    if (is_empty(unit))
      quote_unit_free(unit);
    else
      g_ptr_array_add(document->predicted, unit);
  }
}

/* Quotes with nothing said in them are no quotes; their cues and sources have been counted. */
static void drop_empty(GPtrArray *units)
{
  for (guint i = units->len; i-- > 0;)
    if (((QuoteUnit *) g_ptr_array_index(units, i))->size == 0)
      g_ptr_array_remove_index(units, i);
}

static gint compare_contents(gconstpointer a, gconstpointer b)
{
  const GArray *x = (*(QuoteUnit *const *) a)->roles[ROLE_CONTENT];
  const GArray *y = (*(QuoteUnit *const *) b)->roles[ROLE_CONTENT];
  for (guint i = 0; i < MIN(x->len, y->len); i++) {
    AverSpan p = SPAN(x, i), q = SPAN(y, i);
    if (p.start != q.start || p.end != q.end)
      return p.start != q.start ? (p.start < q.start ? -1 : 1) : (p.end < q.end ? -1 : 1);
  }
  return x->len < y->len ? -1 : x->len > y->len;
}

/* Contents that are the same, each used once. */
static guint count_exact(const QuoteDocument *document)
{
  g_autoptr(GPtrArray) a = g_ptr_array_copy(document->gold, NULL, NULL);
  g_autoptr(GPtrArray) b = g_ptr_array_copy(document->predicted, NULL, NULL);
  g_ptr_array_set_free_func(a, NULL);
  g_ptr_array_set_free_func(b, NULL);
  g_ptr_array_sort(a, compare_contents);
  g_ptr_array_sort(b, compare_contents);
  guint same = 0;
  for (guint i = 0, k = 0; i < a->len && k < b->len;) {
    gint order = compare_contents(&a->pdata[i], &b->pdata[k]);
    same += order == 0;
    i += order <= 0;
    k += order >= 0;
  }
  return same;
}

static void ask(Scoring *scoring, Accuracy what, gboolean is_right)
{
  scoring->right[what] += is_right != FALSE;
  scoring->asked[what]++;
}

static json_t *pieces_excerpt(const Record *record, const GArray *pieces)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < pieces->len; i++) {
    json_auto_t *piece = excerpt_new(record, SPAN(pieces, i));
    g_string_append_printf(text, "%s%s", i == 0 ? "" : " / ", json_string_value(piece));
  }
  json_t *json = pieces->len == 0 ? json_null() : json_string(text->str);
  g_string_free(text, TRUE);
  return json;
}

static json_t *add_mistake(Scoring *scoring, const QuoteDocument *document, const QuoteUnit *unit,
                           const char *kind)
{
  const GArray *content = unit->roles[ROLE_CONTENT];
  AverSpan span = {0, 0};
  if (content->len > 0)
    span = (AverSpan){SPAN(content, 0).start, SPAN(content, content->len - 1).end};
  json_t *mistake = mistakes_add(scoring->mistakes, kind, document->record, span, 0);
  if (mistake != NULL)
    json_object_set_new(mistake, "content", pieces_excerpt(document->record, content));
  return mistake;
}

static void add_lone_mistake(Scoring *scoring, const QuoteDocument *document, const QuoteUnit *unit,
                             const char *kind)
{
  json_t *mistake = add_mistake(scoring, document, unit, kind);
  for (guint role = ROLE_CUE; mistake != NULL && role < N_ROLES; role++)
    json_object_set_new(mistake, role_names[role],
                        pieces_excerpt(document->record, unit->roles[role]));
}

static void set_name(json_t *mistake, const char *key, const char *name)
{
  json_object_set_new(mistake, key, name == NULL ? json_null() : json_string(name));
}

static void add_pair_mistake(Scoring *scoring, const QuoteDocument *document, const QuoteUnit *gold,
                             const QuoteUnit *predicted, gboolean wrong_source)
{
  json_t *mistake =
      add_mistake(scoring, document, gold, wrong_source ? "wrong source" : "wrong speaker");
  if (mistake == NULL)
    return;
  if (wrong_source) {
    const GArray *a = gold->roles[ROLE_SOURCE], *b = predicted->roles[ROLE_SOURCE];
    json_object_set_new(mistake, "gold_source", pieces_excerpt(document->record, a));
    json_object_set_new(mistake, "predicted_source", pieces_excerpt(document->record, b));
  } else {
    set_name(mistake, "gold_speaker", gold->row->speaker_names[0]);
    set_name(mistake, "predicted_speaker", predicted->row->speaker);
  }
}

static TypeCount *count_of_type(Scoring *scoring, const char *type)
{
  const char *name = type == NULL ? "?" : type;
  TypeCount *count = g_tree_lookup(scoring->types, name);
  if (count == NULL) {
    count = g_new0(TypeCount, 1);
    g_tree_insert(scoring->types, g_strdup(name), count);
  }
  return count;
}

static void score_pair(Scoring *scoring, const QuoteDocument *document, const QuoteUnit *gold,
                       const QuoteUnit *predicted, TypeCount *type)
{
  gboolean soft = has_same_source(gold, predicted);
  gboolean same = spans_equal(gold->roles[ROLE_SOURCE], predicted->roles[ROLE_SOURCE]);
  const GArray *cue = gold->roles[ROLE_CUE], *other = predicted->roles[ROLE_CUE];
  ask(scoring, SOURCE_OVERLAP, soft);
  ask(scoring, SOURCE_EXACT, same);
  ask(scoring, SOURCE_HEAD, has_same_head(document->counts, gold, predicted));
  ask(scoring, CUE_OVERLAP, spans_agree(cue, other));
  ask(scoring, CUE_EXACT, spans_equal(cue, other));
  scoring->found++;
  scoring->soft += soft != FALSE;
  scoring->same_sources += same != FALSE;
  type->found++;
  type->with_source += soft != FALSE;
  gboolean right_name = TRUE;
  if (gold->row->speaker_names != NULL && gold->row->speaker_names[0] != NULL) {
    right_name = is_one_of(predicted->row->speaker, gold->row->speaker_names);
    ask(scoring, NAME, right_name);
    if (gold->row->is_pronoun)
      ask(scoring, PRONOUN_NAME, right_name);
  }
  if (!soft || !right_name)
    add_pair_mistake(scoring, document, gold, predicted, !soft);
}

static void score_whole(Scoring *scoring, const QuoteDocument *document)
{
  g_autofree gint *match = match_quotes(document);
  g_autofree gboolean *is_matched = g_new0(gboolean, document->predicted->len);
  scoring->exact += count_exact(document);
  scoring->n_gold += document->gold->len;
  for (guint i = 0; i < document->gold->len; i++) {
    const QuoteUnit *unit = g_ptr_array_index(document->gold, i);
    TypeCount *type = count_of_type(scoring, unit->row->type);
    type->gold++;
    if (match[i] == AVER_NONE) {
      add_lone_mistake(scoring, document, unit, "missed quote");
      continue;
    }
    is_matched[match[i]] = TRUE;
    score_pair(scoring, document, unit, g_ptr_array_index(document->predicted, (guint) match[i]),
               type);
  }
  for (guint k = 0; k < document->predicted->len; k++) {
    const QuoteUnit *unit = g_ptr_array_index(document->predicted, k);
    if (!is_matched[k] && is_on_ignored(document, unit))
      continue;
    scoring->n_predicted++;
    if (!is_matched[k])
      add_lone_mistake(scoring, document, unit, "spurious quote");
  }
  for (guint i = 0; i < G_N_ELEMENTS(thresholds); i++)
    match_greedily(document, thresholds[i], &scoring->greedy[i]);
}

static void score_document(Scoring *scoring, const Record *gold, const Record *predicted)
{
  g_autoptr(TextCounts) counts = text_counts_new(gold);
  g_autoptr(GPtrArray) a = g_ptr_array_new_with_free_func(quote_unit_free);
  g_autoptr(GPtrArray) b = g_ptr_array_new_with_free_func(quote_unit_free);
  g_autoptr(GPtrArray) ignored = g_ptr_array_new_with_free_func(quote_unit_free);
  QuoteDocument document = {gold, counts, a, b, ignored};
  add_units(scoring, &document, predicted);
  add_pieces(&scoring->pieces, &document);
  drop_empty(document.predicted);
  score_whole(scoring, &document);
}

static void report_pieces(json_t *report, const PieceTallies *pieces)
{
  for (guint role = 0; role < N_ROLES; role++) {
    const Tally *const tallies[] = {&pieces->exact[role], &pieces->overlap[role],
                                    &pieces->characters[role]};
    const char *const names[] = {"exact", "overlap", "char"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
      g_autofree char *name = g_strdup_printf("span.%s.%s", role_names[role], names[i]);
      report_add_tally(report, name, tallies[i], 0, 0);
    }
  }
}

static void report_greedy(json_t *report, const Scoring *scoring)
{
  for (guint i = 0; i < G_N_ELEMENTS(thresholds); i++) {
    const Greedy *greedy = &scoring->greedy[i];
    Tally tally = {.correct = greedy->found,
                   .correct_gold = greedy->found,
                   .gold = greedy->found + greedy->missed,
                   .predicted = greedy->found + greedy->spurious};
    double share = greedy->found == 0 ? 0 : (double) greedy->same_source / greedy->found;
    json_t *row = report_add_tally(report, threshold_names[i], &tally, 0, 0);
    json_object_set_new(row, "speaker", report_percent(share));
  }
}

static gboolean report_type(gpointer key, gpointer value, gpointer report)
{
  const TypeCount *count = value;
  g_autofree char *name = g_strdup_printf("type.%s", (const char *) key);
  json_t *row = report_add_row(report, name);
  double of = MAX(1, count->gold);
  json_object_set_new(row, "gold", json_integer(count->gold));
  json_object_set_new(row, "found", report_percent(count->found / of));
  json_object_set_new(row, "with_source", report_percent(count->with_source / of));
  return FALSE;
}

static void report_whole(json_t *report, const Scoring *scoring)
{
  const char *const names[] = {"quote.content.exact", "quote.content.iou50", "joint.soft",
                               "joint.exact"};
  const guint64 counts[] = {scoring->exact, scoring->found, scoring->soft, scoring->same_sources};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    Tally tally = {.correct = (double) counts[i],
                   .correct_gold = (double) counts[i],
                   .gold = scoring->n_gold,
                   .predicted = scoring->n_predicted};
    report_add_tally(report, names[i], &tally, 0, 0);
  }
}

static gint compare_types(gconstpointer a, gconstpointer b, gpointer user_data)
{
  (void) user_data;
  return strcmp(a, b);
}

json_t *score_quotes(const char *layer, const Records *gold, const Records *predicted,
                     const QuoteOptions *options, Mistakes *mistakes)
{
  g_autoptr(GTree) types = g_tree_new_full(compare_types, NULL, g_free, g_free);
  Scoring scoring = {.types = types, .options = options, .mistakes = mistakes};
  guint missing = 0;
  for (guint i = 0; i < gold->list->len; i++) {
    const Record *record = g_ptr_array_index(gold->list, i);
    const Record *other = records_get(predicted, record->id);
    missing += other == NULL;
    score_document(&scoring, record, other);
  }
  json_t *report = report_new(layer);
  json_object_set_new(report, "documents", json_integer(gold->list->len));
  json_object_set_new(report, "missing", json_integer(missing));
  report_pieces(report, &scoring.pieces);
  report_whole(report, &scoring);
  report_greedy(report, &scoring);
  for (guint i = 0; i < N_ACCURACIES; i++)
    if (scoring.asked[i] > 0)
      report_add_accuracy(report, accuracy_names[i], scoring.right[i], scoring.asked[i]);
  g_tree_foreach(types, report_type, report);
  return report;
}
