/* SPDX-License-Identifier: Apache-2.0 */
/* Turns the candidates that were chosen into attributions, beside those of the rules. */
#include "content.h"
#include "framing.h"
#include "model-decode.h"
#include "phrase.h"

/* Without a leading "that". */
static guint32 content_start(const Reading *r, Range piece)
{
  guint32 start = piece.start;
  if (piece.end - start < 3 || !has_tag(r, start, TAGS(THAT)) || has_tag(r, start + 1, FINITE_TAGS))
    return piece.start;
  return has_tag(r, start + 1, TAGS(COMMA)) ? start + 2 : start + 1;
}

/* The reporting words without auxiliaries and where they were said: "has said in a statement". */
static Range plain_cue(const Reading *r, const Candidate *c)
{
  Range cue = c->cue;
  VerbGroup group = verb_group(r, c->anchor, sentence_of(r, c->anchor)->start);
  if (group.negator != NOWHERE)
    cue.start = MIN(group.negator, c->anchor);
  else
    while (cue.start < c->anchor &&
           has_tag(r, cue.start, TAGS(HAVE) | TAGS(BE) | TAGS(DO) | TAGS(MODAL) | TAGS(ADVERB)))
      cue.start++;
  while (cue.end > c->anchor + 1 && has_tag(r, cue.end - 1, TAGS(COLON) | TAGS(COMMA)))
    cue.end--;
  guint32 venue = cue.end - 1;
  if (venue > c->anchor && (grammar_at(r, venue) & (WORD_VENUE | WORD_PAPER | WORD_TIME)) != 0)
    for (guint32 i = venue; i > c->anchor; i--)
      if (has_tag(r, i, TAGS(PREPOSITION)) && (verb_at(r, c->anchor) & FRAME_SAY) != 0)
        cue.end = i;
  return cue;
}

#define SAME_CONTENT 0.7f

static float confidence_of(const Candidate *c)
{
  Floats x = {-c->score, 0, 0, 0};
  return 1 / (1 + exp_of(x)[0]);
}

static void fill(Reading *r, guint32 index, const Candidate *c, gboolean plain)
{
  Attribution *a = attribution_at(r, index);
  const Range *sentence = sentence_of(r, c->anchor);
  a->cue = plain ? plain_cue(r, c) : c->cue;
  a->source = c->source;
  a->confidence = confidence_of(c);
  for (guint32 p = 0; p < c->n_pieces; p++) {
    guint32 start = plain ? content_start(r, c->pieces[p]) : c->pieces[p].start;
    content_add(r, a, start, c->pieces[p].end);
    content_claim(r, c->pieces[p].start, c->pieces[p].end, index);
  }
  framing_read(r, a, c->anchor, sentence->start, sentence->end);
}

static void add(Reading *r, guint32 candidate, const Candidate *c, gboolean plain)
{
  Attribution a = {.rule = RULE_MODEL,
                   .candidate = candidate,
                   .antecedent = NOWHERE,
                   .speaker = NOWHERE,
                   .framed_by = NOWHERE,
                   .outer = NOWHERE};
  g_array_append_val(r->attributions, a);
  fill(r, r->attributions->len - 1, c, plain);
}

/* Quotations of attributions that were taken away belong to nobody. */
static void release(Reading *r)
{
  for (guint32 i = 0; i < r->quotations->len; i++) {
    Quotation *q = quotation_at(r, i);
    if (q->attribution != NOWHERE && attribution_at(r, q->attribution)->n_pieces == 0)
      q->attribution = NOWHERE;
  }
}

/* Where both found the same, the rules' spans are the plain ones, and the model's the others. */
static void prefer_style(Sheet *sheet, gboolean plain)
{
  for (guint32 i = 0; i < sheet->candidates->len; i++) {
    Candidate *rules = &g_array_index(sheet->candidates, Candidate, i);
    if (rules->anchor != NOWHERE)
      continue;
    guint32 low = i > NEIGHBOURS ? i - NEIGHBOURS : 0;
    guint32 high = MIN(sheet->candidates->len, i + NEIGHBOURS + 1);
    for (guint32 k = low; k < high; k++) {
      Candidate *model = &g_array_index(sheet->candidates, Candidate, k);
      Candidate *from = plain ? model : rules, *to = plain ? rules : model;
      if (model->anchor == NOWHERE || model->own != rules->own || !from->taken || to->taken ||
          !ranges_touch(model->source, rules->source) ||
          content_overlap(model->pieces, model->n_pieces, rules->pieces, rules->n_pieces) <
              SAME_CONTENT)
        continue;
      from->taken = FALSE;
      to->taken = TRUE;
      to->score = MAX(to->score, from->score);
      break;
    }
  }
}

void candidates_write(Sheet *sheet, gboolean plain)
{
  Reading *r = sheet->reading;
  guint32 n = sheet->candidates->len, n_rules = r->attributions->len;
  guint8 *kept = sheet_clear_kept(sheet, n_rules);
  prefer_style(sheet, plain);
  for (guint32 i = 0; i < n; i++) {
    const Candidate *c = &g_array_index(sheet->candidates, Candidate, i);
    if (c->taken && c->anchor == NOWHERE) {
      kept[c->own] = 1;
      attribution_at(r, c->own)->confidence = confidence_of(c);
      attribution_at(r, c->own)->candidate = i + 1;
    }
  }
  for (guint32 i = 0; i < n_rules; i++)
    if (!kept[i] && attribution_at(r, i)->cue.end > attribution_at(r, i)->cue.start)
      attribution_at(r, i)->n_pieces = 0;
  release(r);
  for (guint32 i = 0; i < n; i++) {
    const Candidate *c = &g_array_index(sheet->candidates, Candidate, i);
    if (c->taken && c->anchor != NOWHERE)
      add(r, i + 1, c, plain);
  }
}
