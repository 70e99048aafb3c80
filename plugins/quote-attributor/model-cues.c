/* SPDX-License-Identifier: Apache-2.0 */
/* First stage: how likely a token is a cue, by logistic regression over hashed features. */
#include "model-parts.h"
#include "phrase.h"

#define CROWD        12 /* candidates in as many tokens */
#define CROWD_TOKENS 64
#define LOWEST_RATE  6 /* of 255 */

guint32 gate_rate(const Weights *weights, guint32 word)
{
  return word_number(weights->gate, weights->gate_mask, word, 0);
}

gboolean cue_is_possible(const Weights *weights, const Sheet *sheet, guint32 i)
{
  const Reading *r = sheet->reading;
  if ((sheet->looks[i].role & ROLE_CUE) != 0)
    return TRUE;
  if ((verb_at(r, i) & FRAMES) != 0 && has_tag(r, i, TAGS(VERB) | TAGS(ED) | TAGS(ING)))
    return TRUE;
  return gate_rate(weights, sheet->looks[i].word) >= LOWEST_RATE;
}

/* The kind of word that heads a subject. */
static guint32 subject_kind(const Sheet *sheet, Range subject)
{
  const Reading *r = sheet->reading;
  if (subject.end <= subject.start)
    return 0;
  guint32 head = phrase_base_end(r, subject.start, subject.end);
  head = head > subject.start ? head - 1 : subject.start;
  guint32 grammar = grammar_at(r, head);
  return 1 + r->tag[head] * 8 + ((grammar & WORD_ROLE) != 0) + 2 * ((grammar & WORD_BODY) != 0) +
         4 * ((grammar & WORD_PAPER) != 0);
}

static guint32 subject_head(const Sheet *sheet, Range subject)
{
  const Reading *r = sheet->reading;
  if (subject.end <= subject.start)
    return 0;
  guint32 head = phrase_base_end(r, subject.start, subject.end);
  return sheet->looks[head > subject.start ? head - 1 : subject.start].word;
}

/* How often the rules found this word to be a speaker in the document. */
static guint32 times_spoken(const Sheet *sheet, guint32 word)
{
  const guint32 *hashes = (const guint32 *) (gconstpointer) sheet->spoken->data;
  guint32 low = 0, high = sheet->spoken->len;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (hashes[middle] < word)
      low = middle + 1;
    else
      high = middle;
  }
  guint32 n = 0;
  while (n < 3 && low + n < sheet->spoken->len && hashes[low + n] == word)
    n++;
  return n;
}

/* Where the sentence has quotation marks, as seen from i. */
static guint32 quotation_state(const Reading *r, guint32 i)
{
  const Range *sentence = sentence_of(r, i);
  if (r->inside[i] != NOWHERE)
    return 9;
  guint32 before = 0, behind = 0;
  for (guint32 k = i; k > sentence->start && i - k < 25 && before == 0; k--)
    if (r->inside[k - 1] != NOWHERE)
      before = i - k < 3 ? 1 : 2;
  for (guint32 k = i + 1; k < sentence->end && k - i < 25 && behind == 0; k++)
    if (r->inside[k] != NOWHERE)
      behind = k - i < 4 ? 1 : 2;
  return before * 3 + behind;
}

/* The distance to "that" behind i, within a clause's start. */
static guint32 that_behind(const Reading *r, guint32 i)
{
  for (guint32 k = 1; k < 7 && i + k < r->n_tokens; k++) {
    if (has_tag(r, i + k, TAGS(THAT)))
      return k;
    if (has_tag(r, i + k, TAGS(STOP) | TAGS(OPEN)))
      return 7;
  }
  return 0;
}

/* The nearest cue of the rules on one side of i in the sentence, and how far it is. */
static guint32 cue_near(const Sheet *sheet, guint32 i, gint step)
{
  const Range *sentence = sentence_of(sheet->reading, i);
  guint32 k = i;
  for (guint32 n = 1; n < 30; n++) {
    k = step > 0 ? k + 1 : k - 1;
    if (k < sentence->start || k >= sentence->end || k == NOWHERE)
      return 0;
    if ((sheet->looks[k].role & ROLE_CUE) != 0)
      return 1 + distance_bucket(n) * 32 + sheet->looks[k].rule;
  }
  return 0;
}

static guint32 group_state(const VerbGroup *group)
{
  return (guint32) ((group->negator != NOWHERE) | group->passive << 1 | group->infinitive << 2 |
                    group->modal << 3 | group->auxiliary << 4);
}

guint32 cue_features(const Weights *weights, const Sheet *sheet, guint32 i, guint32 *features)
{
  const Reading *r = sheet->reading;
  const Look *l = &sheet->looks[i];
  guint32 n = 0;
#define ADD(value) (features[n] = feature(n + 1, value), n++)
  Range sentence = *sentence_of(r, i);
  VerbGroup group = verb_group(r, i, sentence.start);
  Range subject = phrase_subject(r, group.start, sentence.start);
  guint32 kind = subject_kind(sheet, subject), head = subject_head(sheet, subject);
  guint32 state = group_state(&group), quoted = quotation_state(r, i);
  guint32 that = that_behind(r, i);
  guint32 before = cue_near(sheet, i, -1), behind = cue_near(sheet, i, 1);
  guint32 role = l->role | (guint32) l->rule << 8;
  ADD(0);
  ADD(l->word);
  ADD(pair(l[-1].word, l->word));
  ADD(pair(l->word, l[1].word));
  ADD(l[-1].word);
  ADD(l[1].word);
  ADD(l[-2].word);
  ADD(l[2].word);
  ADD(pair(l->word, l[-1].class));
  ADD(pair(l->word, l[1].class));
  ADD(triple(l->word, l[-1].tag, l[1].tag));
  ADD(triple(l[-1].tag, l->tag, l[1].tag));
  ADD(triple(l[-2].tag, l[-1].tag, l->tag));
  ADD(triple(l->tag, l[1].tag, l[2].tag));
  ADD(l->class);
  ADD(triple(l[-1].class, l->class, l[1].class));
  ADD(pair(l[-1].class, l->class));
  ADD(pair(l->class, l[1].class));
  ADD(pair(l->suffix, l[-1].tag));
  ADD(pair(l->suffix, l[1].tag));
  ADD(l->lexicon);
  ADD(triple(l->lexicon, l->tag, l[1].tag));
  ADD(pair(l->lexicon, l[-1].tag));
  ADD(pair(l->word, l->place));
  ADD(pair(l->tag, l->place));
  ADD(role);
  ADD(pair(l->word, role));
  ADD(triple(l[-1].role, role, l[1].role));
  ADD(pair(pair(l->tag, l[1].tag), pair(l[2].tag, l[3].tag)));
  ADD(triple(l->word, l[1].tag, l[2].tag));
  ADD(pair(that, l->lexicon));
  ADD(pair(that, l->word));
  ADD(pair(kind, l->lexicon));
  ADD(pair(kind, l->word));
  ADD(head);
  ADD(pair(kind, l->class));
  ADD(pair(state, l->lexicon));
  ADD(pair(state, l->word));
  ADD(pair(state, l->class));
  ADD(pair(quoted, l->word));
  ADD(pair(quoted, l->tag));
  ADD(pair(quoted, l->class));
  ADD(pair(before, l->lexicon));
  ADD(pair(behind, l->lexicon));
  ADD(pair(before, behind));
  ADD(l[-2].class);
  ADD(l[2].class);
  ADD(pair(l[-1].word, l[1].word));
  ADD(pair(l[1].word, l[2].word));
  ADD(pair(l->stem, l->suffix & 0xffff));
  ADD(pair(times_spoken(sheet, head), l->class));
  ADD(pair(distance_bucket(i - sentence.start), l->class));
  ADD(pair(distance_bucket(sentence.end - i), l->word));
  ADD(pair(r->sentence[i] == 0, l->tag));
#undef ADD
  return weights->syntax ? n + cue_features_syntax(sheet, i, features + n) : n;
}

/* Whether so many candidates stand before i as no prose has: time is bounded. */
static gboolean crowded(const GArray *candidates, guint32 i)
{
  return candidates->len >= CROWD &&
         i - g_array_index(candidates, Candidate, candidates->len - CROWD).anchor < CROWD_TOKENS;
}

/* The end of the transcript's turn that i is in, or i: a turn is said as a whole, by its label. */
static guint32 end_of_turn(const Reading *r, guint32 i, guint32 *turn)
{
  const Range *turns = (const Range *) (gconstpointer) r->turns->data;
  while (*turn < r->turns->len && turns[*turn].end <= i)
    ++*turn;
  return *turn < r->turns->len && turns[*turn].start <= i ? turns[*turn].end : i;
}

void cues_score(const Weights *weights, Sheet *sheet)
{
  const Reading *r = sheet->reading;
  guint32 features[MAX_FEATURES], turn = 0;
  sheet->n_cues = 0;
  for (guint32 i = 0; (i = end_of_turn(r, i, &turn)) < r->n_tokens; i++) {
    if (!cue_is_possible(weights, sheet, i))
      continue;
    guint32 n = cue_features(weights, sheet, i, features);
    gint32 sum = 0;
    for (guint32 k = 0; k < n; k++)
      sum += weights->cue_rows[features[k] & weights->cue_mask];
    float score = (float) sum * weights->cue_unit;
    sheet->looks[i].score = score < -3      ? 1
                            : score < -1.5f ? 2
                            : score < -0.5f ? 3
                            : score < 0.5f  ? 4
                            : score < 2     ? 5
                                            : 6;
    if (score < weights->cue_floor || crowded(sheet->candidates, i))
      continue;
    Candidate candidate = {
        .anchor = i, .cue_score = score, .own = sheet->own[i], .cue = {i, i + 1}};
    g_array_append_val(sheet->candidates, candidate);
  }
}
