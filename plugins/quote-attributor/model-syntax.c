/* SPDX-License-Identifier: Apache-2.0 */
/* Features of parts of speech and dependencies, for all stages. */
#include "model-parts.h"

/* Heads that are climbed from a token in search of the cue. */
#define HIGHEST_CLIMB 12
#define ANCESTORS     6

void sheet_read_syntax(Sheet *sheet, AverDocument *document)
{
  const AverLayer *tokens = aver_document_get_layer(document, aver_token_layer.name);
  const AverLayer *tree = aver_document_get_layer(document, aver_dependency_layer.name);
  guint32 n = sheet->reading->n_tokens;
  for (guint32 i = 0; i < n; i++) {
    Look *look = &sheet->looks[i];
    look->subject = NOWHERE;
    look->pos = (guint8) (1 + aver_layer_get_i32(tokens, i, AVER_TOKEN_TAG));
    look->relation = (guint8) (1 + aver_layer_get_i32(tree, i, AVER_DEPENDENCY_RELATION));
    gint32 head = aver_layer_get_i32(tree, i, AVER_DEPENDENCY_HEAD);
    look->head = head >= 0 && (guint32) head < n && (guint32) head != i ? (guint32) head : NOWHERE;
  }
  static const gint8 kinds[] = {
      AVER_RELATION_NSUBJ,       AVER_RELATION_CCOMP,     AVER_RELATION_XCOMP,
      AVER_RELATION_OBJ,         AVER_RELATION_OBL,       AVER_RELATION_MARK,
      AVER_RELATION_AUX,         AVER_RELATION_PARATAXIS, AVER_RELATION_AUX_PASS,
      AVER_RELATION_COP,         AVER_RELATION_ACL,       AVER_RELATION_ADVCL,
      AVER_RELATION_NMOD_POSS,   AVER_RELATION_DET,       AVER_RELATION_CASE,
      AVER_RELATION_COMPOUND_PRT};
  for (guint32 i = 0; i < n; i++) {
    const Look *look = &sheet->looks[i];
    if (look->head == NOWHERE)
      continue;
    Look *head = &sheet->looks[look->head];
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
      if (look->relation == kinds[k] + 1)
        head->children |= (guint16) (1u << k);
    if (look->relation == AVER_RELATION_NSUBJ + 1 || look->relation == AVER_RELATION_NSUBJ_PASS + 1)
      head->subject = i;
  }
}

static const Look *head_of(const Sheet *sheet, const Look *look)
{
  static const Look none = {0};
  return look->head == NOWHERE ? &none : &sheet->looks[look->head];
}

guint32 cue_features_syntax(const Sheet *sheet, guint32 i, guint32 *features)
{
  static const Look none = {0};
  const Look *l = &sheet->looks[i];
  const Look *h = head_of(sheet, l);
  const Look *s = l->subject == NOWHERE ? &none : &sheet->looks[l->subject];
  const Look *hs = h->head == 0 || h->subject == NOWHERE || h == &none || l->head == NOWHERE
                       ? &none
                       : &sheet->looks[h->subject];
  guint32 n = 0;
#define ADD(value) (features[n] = feature(n + 501, value), n++)
  ADD(l->pos);
  ADD(pair(l->word, l->pos));
  ADD(triple(l[-1].pos, l->pos, l[1].pos));
  ADD(triple(l[-2].pos, l[-1].pos, l->pos));
  ADD(triple(l->pos, l[1].pos, l[2].pos));
  ADD(pair(l->relation, l->pos));
  ADD(pair(l->relation, l->word));
  ADD(pair(l->relation, l->class));
  ADD(triple(l->relation, h->pos, l->pos));
  ADD(pair(l->relation, h->word));
  ADD(pair(l->children, l->pos));
  ADD(pair(l->children, l->word));
  ADD(pair(l->children, l->class));
  ADD(pair(l->children & 0xfff, l->lexicon));
  ADD(pair(s->word, l->pos));
  ADD(pair(s->class, l->class));
  ADD(pair(s->pos, l->word));
  ADD(pair(s->pos, l->class));
  ADD(triple(l->relation, h->class, l->class));
  ADD(triple(l->relation, hs->class, h->word));
  ADD(triple(l->pos, l[1].word, l->children));
  ADD(pair(s->shape, triple(l->class, l->children, 0)));
#undef ADD
  return n;
}

guint32 span_features_syntax(const Sheet *sheet, guint32 i, guint32 *features)
{
  const Look *l = &sheet->looks[i];
  const Look *h = head_of(sheet, l);
  guint32 distance = l->head == NOWHERE ? 99
                     : l->head > i      ? distance_bucket(l->head - i)
                                        : 16 + distance_bucket(i - l->head);
  guint32 n = 0;
#define ADD(value) (features[n] = feature(n + 601, value), n++)
  ADD(l->pos);
  ADD(pair(l[-1].pos, l->pos));
  ADD(pair(l->pos, l[1].pos));
  ADD(triple(l[-1].pos, l->pos, l[1].pos));
  ADD(pair(l->relation, l->pos));
  ADD(triple(l[-1].relation, l->relation, l[1].relation));
  ADD(pair(l->relation, h->word));
  ADD(triple(l->relation, h->pos, distance));
  ADD(pair(l->pos, l->word));
  ADD(pair(l->relation, h->class));
#undef ADD
  return n;
}

/* Every token's way to the cue: up to it (which of its dependents the token belongs to), down to
 * it (the token is above the cue), or up to something above the cue and down again. */
void scene_climb(Scene *scene)
{
  const Sheet *sheet = scene->sheet;
  guint32 above[ANCESTORS];
  guint32 n_above = 0;
  for (guint32 a = scene->anchor; n_above < ANCESTORS && a != NOWHERE; a = sheet->looks[a].head)
    above[n_above++] = a;
  memset(scene->branch, 0, sizeof scene->branch);
  for (guint32 i = scene->low; i < scene->high; i++) {
    guint32 at = i, last = 0, path = 0, code = 0;
    for (guint32 hops = 0; hops < HIGHEST_CLIMB && at != NOWHERE && code == 0; hops++) {
      for (guint32 k = 0; k < n_above && code == 0; k++)
        if (above[k] == at)
          code = 1 + k + 8 * last + (hops == 0 ? 1024 : 0);
      last = sheet->looks[at].relation;
      if (hops < 4)
        path = pair(path, last);
      at = sheet->looks[at].head;
    }
    scene->branch[i - scene->low + 1] = code;
    scene->path[i - scene->low] = pair(path, code & 7);
  }
}

guint32 scene_features_syntax(const Scene *scene, guint32 i, guint32 *features)
{
  const Sheet *sheet = scene->sheet;
  const Look *l = &sheet->looks[i];
  const Look *c = &sheet->looks[scene->anchor];
  const guint32 *branch = &scene->branch[i - scene->low + 1];
  guint32 path = scene->path[i - scene->low];
  guint32 side = i == scene->anchor ? 2 : i > scene->anchor;
  guint32 children = c->children & 0xbf;
  guint32 n = 0;
#define ADD(value) (features[n] = feature(n + 701, value), n++)
  ADD(pair(branch[0], side));
  ADD(pair(branch[0], l->pos));
  ADD(pair(branch[0], scene->lexicon));
  ADD(pair(branch[0], scene->word));
  ADD(triple(branch[-1], branch[0], branch[1]));
  ADD(triple(branch[-1], branch[0], l->pos));
  ADD(triple(branch[0], branch[1], l->pos));
  ADD(path);
  ADD(pair(path, l->pos));
  ADD(pair(path, c->pos));
  ADD(triple(branch[0], scene->state[i - scene->low][2], side));
  ADD(triple(branch[0], children, c->relation));
  ADD(triple(branch[0], c->pos, children));
  ADD(triple(side, l->pos, c->pos));
  ADD(triple(branch[0], l->word, 0));
#undef ADD
  return n;
}

/* How much of a tree a span is: how many of its tokens hang outside of it, what the first of those
 * is to its head, and whether that is the cue. */
static guint32 roots_of(const Sheet *sheet, const Candidate *c, Range span, guint32 anchor)
{
  guint32 roots = 0, relation = 0, to = 0;
  for (guint32 i = span.start; i < span.end && i - span.start < SPAN_WINDOW; i++) {
    const Look *l = &sheet->looks[i];
    if (l->relation == AVER_RELATION_PUNCT + 1 ||
        (l->head != NOWHERE && l->head >= span.start && l->head < span.end))
      continue;
    if (roots++ == 0) {
      relation = l->relation;
      to = l->head == NOWHERE                                ? 1
           : l->head == anchor                               ? 2
           : l->head >= c->cue.start && l->head < c->cue.end ? 3
           : sheet->looks[anchor].head == i                  ? 4
                                                             : 5;
    }
  }
  return MIN(roots, 4) | relation << 3 | to << 10;
}

guint32 choice_features_syntax(const Sheet *sheet, const Candidate *c, guint32 anchor,
                               guint32 *features)
{
  const Look *l = &sheet->looks[anchor];
  Range none = {0, 0};
  guint32 content = roots_of(sheet, c, c->n_pieces > 0 ? c->pieces[0] : none, anchor);
  guint32 source = roots_of(sheet, c, c->source, anchor);
  guint32 outside = c->n_pieces > 0 ? c->pieces[c->n_pieces - 1].end : anchor;
  const Look *next = &sheet->looks[outside];
  guint32 loose = next->head == NOWHERE || c->n_pieces == 0                  ? 0
                  : next->head >= c->pieces[0].start && next->head < outside ? 1
                                                                             : 2;
  guint32 n = 0, side = c->anchor != NOWHERE ? 801 : 851;
#define ADD(value) (features[n] = feature(n + side, value), n++)
  ADD(content);
  ADD(source);
  ADD(pair(content, l->pos));
  ADD(pair(source, l->pos));
  ADD(pair(content, l->class));
  ADD(triple(l->relation, l->pos, l->children));
  ADD(pair(l->children, l->class));
  ADD(triple(loose, next->relation, next->pos));
  ADD(pair(content, source));
#undef ADD
  return n;
}
