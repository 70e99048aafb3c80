/* SPDX-License-Identifier: Apache-2.0 */
/* Second stage, features: what a token is to one cue, by its words and by where it stands. */
#include "content.h"
#include "model-parts.h"
#include "phrase.h"

guint32 span_features_fixed(const Sheet *sheet, gboolean syntax, guint32 i, guint32 *features)
{
  const Look *l = &sheet->looks[i];
  guint32 n = 0;
#define ADD(value) (features[n] = feature(n + 101, value), n++)
  ADD(0);
  ADD(l->word);
  ADD(l[-1].word);
  ADD(l[1].word);
  ADD(l[-2].word);
  ADD(l[2].word);
  ADD(pair(l[-1].word, l->word));
  ADD(pair(l->word, l[1].word));
  ADD(l->tag);
  ADD(pair(l[-1].tag, l->tag));
  ADD(pair(l->tag, l[1].tag));
  ADD(triple(l[-1].tag, l->tag, l[1].tag));
  ADD(pair(l[-2].tag, l[-1].tag));
  ADD(pair(l[1].tag, l[2].tag));
  ADD(l->class);
  ADD(l[-1].class);
  ADD(l[1].class);
  ADD(pair(l[-1].class, l->class));
  ADD(pair(l->class, l[1].class));
  ADD(l->suffix);
  ADD(pair(l->shape, l->place));
  ADD(pair(l->place, l->tag));
  ADD(triple(l[-1].place, l->place, l[1].place));
  ADD(triple(l[-1].role, l->role, l[1].role));
  ADD(triple(l->role, l->rule, l->tag));
  ADD(l->lexicon);
  ADD(triple(l[-1].score, l->score, l[1].score));
  ADD(pair(l[-1].score, l->tag));
  ADD(pair(l[1].score, l->tag));
#undef ADD
  return syntax ? n + span_features_syntax(sheet, i, features + n) : n;
}

/* Between the cue and a token: packed counts, counted outwards from the cue. */
typedef struct {
  guint32 commas;
  guint32 verbs;
  guint32 cues;
  guint32 sentences;
  guint32 that;
  guint32 breaks; /* semicolons, dashes, coordinators */
} Between;

static void pass(const Sheet *sheet, guint32 i, Between *b)
{
  const Reading *r = sheet->reading;
  b->commas += has_tag(r, i, TAGS(COMMA)) && b->commas < 3;
  b->verbs += has_tag(r, i, FINITE_TAGS) && b->verbs < 3;
  b->cues += sheet->looks[i].score >= 5 && b->cues < 2;
  b->that |= has_tag(r, i, TAGS(THAT));
  b->breaks += has_tag(r, i, TAGS(SEMICOLON) | TAGS(DASH) | TAGS(COORDINATOR)) && b->breaks < 2;
}

/* How the quotation a token stands in relates to the cue. */
static guint32 quote_relation(const Reading *r, guint32 anchor, guint32 i, guint32 *nearest)
{
  guint32 q = r->inside[i], own = r->inside[anchor];
  if (q == NOWHERE)
    return own == NOWHERE ? 0 : 1;
  if (q == own)
    return 2;
  if (*nearest == NOWHERE)
    *nearest = q;
  return (own == NOWHERE ? 3 : 5) + (q != *nearest);
}

static void set_state(Scene *scene, guint32 i, guint32 side, const Between *b, guint32 quote)
{
  guint32 base = side | b->sentences << 1;
  guint32 *state = scene->state[i - scene->low];
  state[0] = base | b->commas << 4 | b->that << 6 | b->breaks << 7;
  state[1] = base | b->cues << 4 | b->verbs << 6;
  state[2] = base | quote << 4;
}

static void walk(Scene *scene)
{
  const Sheet *sheet = scene->sheet;
  const Reading *r = sheet->reading;
  guint32 c = scene->anchor;
  Between b = {0};
  guint32 nearest = NOWHERE;
  memset(scene->state[c - scene->low], 0, sizeof scene->state[0]);
  for (guint32 i = c + 1; i < scene->high; i++) {
    b.sentences += r->sentence[i] != r->sentence[i - 1] && b.sentences < 3;
    set_state(scene, i, 1, &b, quote_relation(r, c, i, &nearest));
    pass(sheet, i, &b);
  }
  b = (Between){0};
  nearest = NOWHERE;
  for (guint32 i = c; i-- > scene->low;) {
    b.sentences += r->sentence[i] != r->sentence[i + 1] && b.sentences < 3;
    set_state(scene, i, 0, &b, quote_relation(r, c, i, &nearest));
    pass(sheet, i, &b);
  }
}

/* What the rules' attribution with the same cue takes each token of the window for. */
static void set_own_roles(Scene *scene)
{
  const Reading *r = scene->sheet->reading;
  memset(scene->own_role, 0, sizeof scene->own_role);
  if (scene->own == NOWHERE)
    return;
  const Attribution *a = attribution_at(r, scene->own);
  guint8 *role = scene->own_role + 1;
  for (guint32 i = MAX(a->source.start, scene->low); i < MIN(a->source.end, scene->high); i++)
    role[i - scene->low] = 1;
  for (guint32 i = MAX(a->cue.start, scene->low); i < MIN(a->cue.end, scene->high); i++)
    role[i - scene->low] = 2;
  for (guint32 p = 0; p < a->n_pieces; p++)
    for (guint32 i = token_from(r, a->pieces[p].start, scene->low, scene->high);
         i < scene->high && r->tokens[i].start < a->pieces[p].end; i++)
      role[i - scene->low] = 3;
}

/* Whether any of [start, end) is quoted. */
static gboolean has_quotation(const Reading *r, guint32 start, guint32 end)
{
  for (guint32 i = start; i < end; i++)
    if (r->inside[i] != NOWHERE)
      return TRUE;
  return FALSE;
}

/* The cue's sentence, and those around it in its paragraph as long as they quote. */
static void set_window(Scene *scene)
{
  const Reading *r = scene->sheet->reading;
  guint32 c = scene->anchor;
  guint32 lowest = c > SPAN_BEFORE ? c - SPAN_BEFORE : 0;
  guint32 highest = MIN(r->n_tokens, c + SPAN_BEHIND);
  scene->low = c;
  while (scene->low > lowest && !starts_paragraph(r, scene->low)) {
    if (r->sentence[scene->low - 1] != r->sentence[scene->low] &&
        !has_quotation(r, MAX(lowest, sentence_of(r, scene->low - 1)->start), scene->low))
      break;
    scene->low--;
  }
  scene->high = c + 1;
  while (scene->high < highest && !starts_paragraph(r, scene->high)) {
    if (r->sentence[scene->high - 1] != r->sentence[scene->high] &&
        !has_quotation(r, scene->high, MIN(highest, sentence_of(r, scene->high)->end)))
      break;
    scene->high++;
  }
}

void scene_set(Scene *scene, const Sheet *sheet, gboolean syntax, guint32 anchor)
{
  const Reading *r = sheet->reading;
  scene->sheet = sheet;
  scene->syntax = syntax;
  scene->anchor = anchor;
  set_window(scene);
  const Look *c = &sheet->looks[anchor];
  scene->word = c->word;
  scene->lexicon = c->lexicon;
  scene->follow = pair(c[1].tag, c[2].tag);
  scene->before = pair(c[-1].tag, c->tag);
  scene->own = sheet->own[anchor];
  Range sentence = *sentence_of(r, anchor);
  VerbGroup group = verb_group(r, anchor, sentence.start);
  scene->subject = phrase_subject(r, group.start, sentence.start);
  scene->complement = (Range){anchor + 1, anchor + 1};
  if (anchor + 1 < sentence.end)
    scene->complement.end = content_end(r, anchor + 1, sentence.end);
  set_own_roles(scene);
  walk(scene);
  if (syntax)
    scene_climb(scene);
}

static guint32 in_range(Range range, guint32 i)
{
  if (range.end <= range.start)
    return 0;
  return i < range.start ? 1 : i == range.start ? 2 : i < range.end ? 3 : i == range.end ? 4 : 5;
}

static guint32 path_of(const Sheet *sheet, guint32 c, guint32 i)
{
  guint32 path = i > c;
  guint32 low = MIN(c, i), high = MAX(c, i);
  if (high - low > 5)
    return pair(path, pair(sheet->looks[i].tag, 99));
  for (guint32 k = low; k <= high; k++)
    path = pair(path, sheet->looks[k].tag);
  return path;
}

guint32 span_features_scene(const Scene *scene, guint32 i, guint32 *features)
{
  const Sheet *sheet = scene->sheet;
  const Reading *r = sheet->reading;
  const Look *l = &sheet->looks[i];
  const guint32 *state = scene->state[i - scene->low];
  const guint8 *own = scene->own_role + 1 + (i - scene->low);
  guint32 c = scene->anchor;
  guint32 side = i == c ? 2 : i > c;
  guint32 distance = i > c ? i - c : c - i;
  guint32 bucket = distance_bucket(distance) * 4 + side;
  guint32 subject = in_range(scene->subject, i) | side << 4;
  guint32 complement = in_range(scene->complement, i) | side << 4;
  const Range *sentence = sentence_of(r, i);
  guint32 edges = MIN(i - sentence->start, 3) | MIN(sentence->end - i, 3) << 2;
  guint32 rule = scene->own == NOWHERE ? 0 : sheet->looks[c].rule;
  guint32 roles = own[-1] | (guint32) own[0] << 4 | (guint32) own[1] << 8 | rule << 12;
  guint32 n = 0;
#define ADD(value) (features[n] = feature(n + 201, value), n++)
  ADD(bucket);
  ADD(pair(bucket, l->tag));
  ADD(pair(side, l->word));
  ADD(pair(side, l->class));
  ADD(pair(side, triple(l[-1].tag, l->tag, l[1].tag)));
  ADD(state[0]);
  ADD(pair(state[0], l->tag));
  ADD(state[1]);
  ADD(pair(state[1], l->tag));
  ADD(state[2]);
  ADD(triple(state[2], l->tag, l->place & 7));
  ADD(pair(state[2], state[0]));
  ADD(triple(scene->word, side, l->tag));
  ADD(pair(scene->word, bucket));
  ADD(pair(scene->lexicon, state[0]));
  ADD(triple(scene->lexicon, state[1], l->tag));
  ADD(path_of(sheet, c, i));
  ADD(pair(scene->follow, bucket));
  ADD(triple(sheet->looks[c + 1].word, side, l->tag));
  ADD(roles);
  ADD(pair(roles, l->tag));
  ADD(pair(subject, l->tag));
  ADD(triple(subject, scene->lexicon, l[-1].tag));
  ADD(triple(complement, l->tag, l[-1].tag));
  ADD(pair(complement, scene->lexicon));
  ADD(triple(edges, state[2], l->tag));
  ADD(triple(scene->before, bucket, side));
  ADD(pair(scene->word, state[2]));
  ADD(pair(state[0], l->word));
  ADD(pair(state[1], state[2]));
  ADD(triple(subject, complement, state[0]));
#undef ADD
  return scene->syntax ? n + scene_features_syntax(scene, i, features + n) : n;
}
