/* SPDX-License-Identifier: Apache-2.0 */
/* Third stage: which of the model's and the rules' attributions become rows. */
#include "content.h"
#include "model-parts.h"
#include "phrase.h"

#include <math.h>

float content_overlap(const Range *a, guint32 n_a, const Range *b, guint32 n_b)
{
  guint32 both = 0, all = 0;
  for (guint32 i = 0; i < n_a; i++) {
    all += a[i].end - a[i].start;
    for (guint32 k = 0; k < n_b; k++)
      if (ranges_touch(a[i], b[k]))
        both += MIN(a[i].end, b[k].end) - MAX(a[i].start, b[k].start);
  }
  for (guint32 k = 0; k < n_b; k++)
    all += b[k].end - b[k].start;
  return all > both ? (float) both / (float) (all - both) : 0;
}

static Candidate *candidate_at(const Sheet *sheet, guint32 i)
{
  return &g_array_index(sheet->candidates, Candidate, i);
}

static gint compare_candidates(gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;
  if (x->cue.start != y->cue.start)
    return x->cue.start < y->cue.start ? -1 : 1;
  if (x->anchor != y->anchor)
    return x->anchor < y->anchor ? -1 : 1;
  return x->own < y->own ? -1 : x->own > y->own;
}

static Candidate candidate_of_rules(const Reading *r, guint32 index)
{
  const Attribution *a = attribution_at(r, index);
  Candidate c = {.anchor = NOWHERE, .cue = a->cue, .source = a->source, .own = index};
  for (guint32 p = 0; p < a->n_pieces && p < CANDIDATE_PIECES; p++)
    c.pieces[c.n_pieces++] = (Range){token_from(r, a->pieces[p].start, 0, r->n_tokens),
                                     token_from(r, a->pieces[p].end, 0, r->n_tokens)};
  return c;
}

/* "X, who served in A and B - warned": what stands next to the cue is part of an aside, and the
 * source is the one before it. */
static void pass_aside(const Reading *r, Candidate *c, const Candidate *rules)
{
  if (rules->source.end <= rules->source.start || c->source.end <= c->source.start ||
      c->source.end > c->cue.start || rules->source.end >= c->source.start)
    return;
  if (has_tag(r, rules->source.end, TAGS(COMMA) | TAGS(DASH) | TAGS(LEFT)))
    c->source = rules->source;
}

/* "found "faults" in the dam": the quoted words are a part of what is said. */
static void widen_quotation(const Reading *r, Candidate *c, const Candidate *rules)
{
  if (c->n_pieces != 1 || rules->n_pieces != 1 || c->pieces[0].start != rules->pieces[0].start ||
      c->pieces[0].end >= rules->pieces[0].end)
    return;
  guint32 last = c->pieces[0].end - 1;
  if (r->inside[last] != NOWHERE && r->inside[last] == r->inside[c->pieces[0].start] &&
      quotation_at(r, r->inside[last])->close <= last + 1 &&
      !has_tag(r, last, TAGS(COMMA) | TAGS(STOP)) &&
      !has_tag(r, last - 1, TAGS(COMMA) | TAGS(STOP)))
    c->pieces[0].end = rules->pieces[0].end;
}

/* Marks say best where a quotation beside its cue ends; of the model's content, further quotations
 * stay. */
static void keep_marks(const Reading *r, Candidate *c, const Candidate *rules)
{
  Range pieces[CANDIDATE_PIECES];
  guint32 n = 0;
  if (rules->n_pieces == 0)
    return;
  gboolean added = FALSE;
  for (guint32 p = 0; p <= c->n_pieces && n < CANDIDATE_PIECES; p++) {
    if (!added && (p == c->n_pieces || c->pieces[p].start >= rules->pieces[0].start)) {
      for (guint32 k = 0; k < rules->n_pieces && n < CANDIDATE_PIECES; k++)
        pieces[n++] = rules->pieces[k];
      added = TRUE;
    }
    if (p == c->n_pieces || n == CANDIDATE_PIECES || r->inside[c->pieces[p].start] == NOWHERE)
      continue;
    const Quotation *q = quotation_at(r, r->inside[c->pieces[p].start]);
    Range whole = {q->open, MIN(q->close + 1, r->n_tokens)};
    gboolean known = q->attribution != NOWHERE && q->attribution != c->own;
    for (guint32 k = 0; k < rules->n_pieces; k++)
      known |= ranges_touch(whole, rules->pieces[k]);
    if (!known && (n == 0 || pieces[n - 1].end <= whole.start))
      pieces[n++] = whole;
  }
  memcpy(c->pieces, pieces, n * sizeof(Range));
  c->n_pieces = n;
}

static void mend(Sheet *sheet)
{
  const Reading *r = sheet->reading;
  for (guint32 i = 0; i < sheet->candidates->len; i++) {
    Candidate *c = candidate_at(sheet, i);
    if (c->own == NOWHERE)
      continue;
    const Candidate rules = candidate_of_rules(r, c->own);
    pass_aside(r, c, &rules);
    if (attribution_at(r, c->own)->rule == RULE_QUOTE_CUE)
      keep_marks(r, c, &rules);
    widen_quotation(r, c, &rules);
  }
}

void candidates_add_rules(Sheet *sheet)
{
  const Reading *r = sheet->reading;
  mend(sheet);
  for (guint32 i = 0; i < r->attributions->len; i++) {
    const Attribution *a = attribution_at(r, i);
    if (a->cue.end <= a->cue.start || a->n_pieces == 0)
      continue;
    Candidate c = candidate_of_rules(r, i);
    g_array_append_val(sheet->candidates, c);
  }
  g_array_sort(sheet->candidates, compare_candidates);
}

/* What the others around a candidate say. */
typedef struct {
  const Candidate *partner; /* the rules' for the model's, the model's for the rules' */
  float rival;              /* the highest cue score of another with much the same content */
  guint32 rivals;
  guint32 holders; /* others whose content holds this cue */
  float holder;
} Company;

static gboolean holds(const Candidate *c, guint32 token)
{
  for (guint32 i = 0; i < c->n_pieces; i++)
    if (token >= c->pieces[i].start && token < c->pieces[i].end)
      return TRUE;
  return FALSE;
}

static Company look_around(const Sheet *sheet, guint32 index)
{
  const Candidate *c = candidate_at(sheet, index);
  Company company = {.rival = -9, .holder = -9};
  guint32 low = index > NEIGHBOURS ? index - NEIGHBOURS : 0;
  guint32 high = MIN(sheet->candidates->len, index + NEIGHBOURS + 1);
  for (guint32 i = low; i < high; i++) {
    const Candidate *other = candidate_at(sheet, i);
    if (i == index)
      continue;
    gboolean other_kind = (other->anchor == NOWHERE) != (c->anchor == NOWHERE);
    if (other_kind && other->own == c->own && c->own != NOWHERE &&
        (company.partner == NULL || company.partner->cue_score < other->cue_score))
      company.partner = other;
    if (other->anchor == NOWHERE)
      continue;
    if (content_overlap(c->pieces, c->n_pieces, other->pieces, other->n_pieces) >= 0.5f &&
        !(other_kind && ranges_touch(c->cue, other->cue))) {
      company.rivals++;
      company.rival = MAX(company.rival, other->cue_score);
    }
    if (holds(other, c->cue.start)) {
      company.holders++;
      company.holder = MAX(company.holder, other->cue_score);
    }
  }
  return company;
}

static guint32 steps_of(float x, float unit, gint32 low, gint32 high)
{
  return (guint32) (CLAMP((gint32) floorf(x / unit), low, high) - low);
}

static guint32 content_length(const Candidate *c)
{
  guint32 n = 0;
  for (guint32 i = 0; i < c->n_pieces; i++)
    n += c->pieces[i].end - c->pieces[i].start;
  return n;
}

/* The shape of a source: how long, and what it starts and ends in. */
static guint32 source_shape(const Sheet *sheet, const Candidate *c)
{
  if (c->source.end <= c->source.start)
    return 0;
  guint32 length = c->source.end - c->source.start;
  return 1 + MIN(length, 4) + 8 * sheet->looks[c->source.start].tag +
         512 * sheet->looks[c->source.end - 1].tag;
}

/* In which order source, cue and content stand. */
static guint32 order_of(const Candidate *c)
{
  guint32 order = 0;
  if (c->n_pieces > 0)
    order |= c->pieces[0].start < c->cue.start ? 1 : 2;
  if (c->n_pieces > 1)
    order |= 4;
  if (c->source.end > c->source.start)
    order |= c->source.start < c->cue.start ? 8 : 16;
  return order;
}

static guint32 compare(guint32 a, guint32 b)
{
  return a < b ? 0 : a == b ? 1 : 2;
}

/* Where a candidate's ends lie compared with its partner's. */
static guint32 difference(const Candidate *c, const Candidate *partner)
{
  guint32 code = 1;
  if (c->n_pieces > 0 && partner->n_pieces > 0)
    code = 2 + compare(c->pieces[0].start, partner->pieces[0].start) +
           4 * compare(c->pieces[c->n_pieces - 1].end, partner->pieces[partner->n_pieces - 1].end);
  gboolean one = c->source.end > c->source.start,
           other = partner->source.end > partner->source.start;
  if (!one || !other)
    return code | (guint32) (one | other << 1) << 5;
  return code | 3u << 5 | compare(c->source.start, partner->source.start) << 7 |
         compare(c->source.end, partner->source.end) << 9;
}

guint32 choice_features(const Weights *weights, const Sheet *sheet, guint32 index,
                        guint32 *features)
{
  const Reading *r = sheet->reading;
  const Candidate *c = candidate_at(sheet, index);
  Company company = look_around(sheet, index);
  gboolean by_model = c->anchor != NOWHERE;
  guint32 anchor = by_model ? c->anchor : c->cue.start;
  if (!by_model)
    for (guint32 i = c->cue.start; i < c->cue.end; i++)
      if (sheet->looks[i].score > sheet->looks[anchor].score)
        anchor = i;
  const Look *l = &sheet->looks[anchor];
  const Candidate *partner = company.partner;
  const Candidate *model = by_model ? c : partner;
  float cue = model != NULL ? model->cue_score : -5;
  float path = model != NULL ? model->log_probability : LEAST_LOG_PROBABILITY;
  guint32 cues = steps_of(cue, 0.5f, -10, 9), paths = steps_of(path, 0.7f, -12, 0);
  guint32 coarse = steps_of(cue, 1, -5, 4), coarse_path = steps_of(path, 1.5f, -6, 0);
  guint32 rule = c->own == NOWHERE ? 0 : 1u + attribution_at(r, c->own)->rule;
  guint32 agree = 0;
  if (partner != NULL) {
    float same = content_overlap(c->pieces, c->n_pieces, partner->pieces, partner->n_pieces);
    gboolean sources =
        (c->source.end <= c->source.start && partner->source.end <= partner->source.start) ||
        ranges_touch(c->source, partner->source);
    agree = 1 + steps_of(same, 0.25f, 0, 4) * 2 + sources;
  }
  guint32 length = distance_bucket(content_length(c));
  guint32 source = source_shape(sheet, c), order = order_of(c);
  guint32 first = c->n_pieces > 0 ? c->pieces[0].start : anchor;
  guint32 last = c->n_pieces > 0 ? c->pieces[c->n_pieces - 1].end : anchor;
  const Look *f = &sheet->looks[first], *e = &sheet->looks[last];
  guint32 quoted = (f->place & 7) != 0 ? 1 : 0;
  quoted |= last > 0 && (e[-1].place & 7) != 0 ? 2 : 0;
  quoted |= (l->place & 7) != 0 ? 4 : 0;
  guint32 rival = company.rivals == 0 ? 0 : 1 + steps_of(company.rival - cue, 1, -3, 3);
  guint32 holder = company.holders == 0 ? 0 : 1 + steps_of(company.holder, 1.5f, -2, 2);
  gboolean sourced = c->source.end > c->source.start;
  guint32 before_source = sourced ? sheet->looks[(gssize) c->source.start - 1].tag : 99;
  guint32 source_end = sourced ? sheet->looks[c->source.end - 1].tag : 99;
  guint32 gap = !sourced ? 99
                : c->source.start < c->cue.start
                    ? distance_bucket(c->cue.start - MIN(c->cue.start, c->source.end))
                    : 16 + distance_bucket(c->source.start - MIN(c->source.start, c->cue.end));
  guint32 differs = partner == NULL ? 0 : difference(c, partner);
  guint32 side = by_model ? 301 : 401;
  guint32 n = 0;
/* Reports in reports are rows unless they are most unlikely; PolNeAR marks few of them. */
#define PLAIN_INNER_FLOOR (-4.0f)

#define ADD(value) (features[n] = feature(n + side, value), n++)
  ADD(0);
  ADD(cues);
  ADD(paths);
  ADD(pair(coarse, coarse_path));
  ADD(pair(rule, agree));
  ADD(pair(rule, coarse));
  ADD(triple(agree, coarse, coarse_path));
  ADD(length);
  ADD(pair(length, coarse));
  ADD(source);
  ADD(pair(source == 0, coarse));
  ADD(order);
  ADD(pair(order, length));
  ADD(triple(order, quoted, rule));
  ADD(pair(f->tag, order));
  ADD(pair(f->tag, f[-1].tag));
  ADD(pair(e->tag, e[-1].tag));
  ADD(pair(l->class, coarse));
  ADD(pair(l->word, length));
  ADD(l->word);
  ADD(pair(l->word, f->tag));
  ADD(pair(l->word, order));
  ADD(pair(l->lexicon, order));
  ADD(rival);
  ADD(pair(rival, rule));
  ADD(holder);
  ADD(pair(holder, order));
  ADD(pair(quoted, length));
  ADD(pair(c->n_pieces, quoted));
  ADD(pair(c->cue.end - c->cue.start, coarse));
  ADD(pair(l->tag, order));
  ADD(f->class);
  ADD(pair(f->word, order));
  ADD(pair(sheet->looks[c->source.end > 0 ? c->source.end - 1 : 0].class, source == 0));
  ADD(e->class);
  ADD(pair(e->place, e[-1].place));
  ADD(triple(before_source, sheet->looks[c->source.start].tag, order));
  ADD(pair(before_source, triple(source_end, gap, order)));
  ADD(pair(gap, order));
  ADD(pair(differs, rule));
  ADD(triple(differs, coarse, coarse_path));
  ADD(triple(differs, e->tag, e[-1].tag));
  ADD(triple(differs, quoted, length));
  ADD(pair(differs, l->class));
  ADD(pair(source_end, sheet->looks[c->source.end].tag));
#undef ADD
  return weights->syntax ? n + choice_features_syntax(sheet, c, anchor, features + n) : n;
}

void candidates_score(const Weights *weights, Sheet *sheet)
{
  guint32 features[MAX_FEATURES];
  for (guint32 i = 0; i < sheet->candidates->len; i++) {
    guint32 n = choice_features(weights, sheet, i, features);
    gint32 sum = 0;
    for (guint32 k = 0; k < n; k++)
      sum += weights->choice_rows[features[k] & weights->choice_mask];
    candidate_at(sheet, i)->score = (float) sum * weights->choice_unit;
  }
}

/* Whether a better candidate around has the same cue or content. */
static gboolean conflicts(const Sheet *sheet, guint32 index)
{
  const Candidate *c = candidate_at(sheet, index);
  guint32 low = index > NEIGHBOURS ? index - NEIGHBOURS : 0;
  guint32 high = MIN(sheet->candidates->len, index + NEIGHBOURS + 1);
  for (guint32 i = low; i < high; i++) {
    const Candidate *other = candidate_at(sheet, i);
    if (i == index || !other->taken)
      continue;
    if (ranges_touch(c->cue, other->cue))
      return TRUE;
    gboolean nested = holds(c, other->cue.start) || holds(other, c->cue.start);
    if (!(nested && (c->score > 0.7f || c->anchor == NOWHERE)) &&
        content_overlap(c->pieces, c->n_pieces, other->pieces, other->n_pieces) >= 0.6f)
      return TRUE;
  }
  return FALSE;
}

/* Whether a candidate's cue stands in another's content. */
static gboolean is_inner(const Sheet *sheet, guint32 index)
{
  const Candidate *c = candidate_at(sheet, index);
  guint32 low = index > NEIGHBOURS ? index - NEIGHBOURS : 0;
  guint32 high = MIN(sheet->candidates->len, index + NEIGHBOURS + 1);
  for (guint32 i = low; i < high; i++)
    if (i != index && holds(candidate_at(sheet, i), c->cue.start))
      return TRUE;
  return FALSE;
}

static gint compare_scores(gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Sheet *sheet = user_data;
  guint32 i = *(const guint32 *) a, k = *(const guint32 *) b;
  float x = candidate_at(sheet, i)->score, y = candidate_at(sheet, k)->score;
  return x != y ? (x > y ? -1 : 1) : (i < k ? -1 : i > k);
}

void candidates_select(const Weights *weights, Sheet *sheet, gboolean plain)
{
  float inner = plain ? MIN(weights->inner_floor, PLAIN_INNER_FLOOR) : weights->inner_floor;
  GArray *order = sheet->reading->order;
  g_array_set_size(order, 0);
  for (guint32 i = 0; i < sheet->candidates->len; i++) {
    Candidate *c = candidate_at(sheet, i);
    c->taken = FALSE;
    float floor = c->anchor != NOWHERE ? weights->choice_floor
                  : is_inner(sheet, i) ? inner
                                       : weights->rules_floor;
    if (c->n_pieces > 0 && c->score > floor)
      g_array_append_val(order, i);
  }
  g_array_sort_with_data(order, compare_scores, sheet);
  for (guint32 k = 0; k < order->len; k++) {
    guint32 i = g_array_index(order, guint32, k);
    candidate_at(sheet, i)->taken = !conflicts(sheet, i);
  }
}
