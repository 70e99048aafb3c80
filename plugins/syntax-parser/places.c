/* SPDX-License-Identifier: Apache-2.0 */
/* The features of words and states. */
#include "places.h"

#define F(a, b, c) features[n] = feature(base + n, a, b, c), n++

void places_find(const State *s, guint16 places[N_PLACES], guint16 children[N_CHILDREN])
{
  guint top = state_top(s, 0), second = state_top(s, 1);
  const Node *n0 = &s->nodes[top], *n1 = &s->nodes[second], *next = &s->nodes[s->next];
  places[PLACE_TOP] = (guint16) top;
  places[PLACE_SECOND] = (guint16) second;
  places[PLACE_THIRD] = (guint16) state_top(s, 2);
  for (guint i = 0; i < 3; i++)
    places[PLACE_NEXT + i] = (guint16) (s->next + i);
  children[CHILD_TOP_LEFT] = n0->left[0];
  children[CHILD_TOP_RIGHT] = n0->right[0];
  children[CHILD_SECOND_LEFT] = n1->left[0];
  children[CHILD_SECOND_RIGHT] = n1->right[0];
  children[CHILD_NEXT_LEFT] = next->left[0];
  children[CHILD_TOP_RIGHT_2] = n0->right[1];
  children[CHILD_NEXT_LEFT_2] = next->left[1];
}

guint context_features(const Word *w, guint32 features[FEATURES_MAX])
{
  const guint base = 100;
  guint n = 0;
  guint32 tag = w->tag;
  F(w->form, 0, 0);
  if (tag == AVER_N_TAGS)
    return n;
  F(tag, 0, 0);
  F(w->class, 0, 0);
  F(w->suffix >> 8, 0, 0);
  F(w[-1].tag, tag, 0);
  F(w[1].tag, tag, 0);
  F(w->shape, 0, 0);
  F(w->best, w->second, 0);
  F(w[1].form, 0, 0);
  F(w[-1].form, 0, 0);
  F(w[1].class, 0, 0);
  F(w[-1].class, 0, 0);
  F(w[-2].tag, w[-1].tag, 0);
  F(w[1].tag, w[2].tag, 0);
  return n;
}

guint child_features(const Word *w, guint32 features[FEATURES_MAX])
{
  const guint base = 200;
  guint n = 0;
  F(w->form, 0, 0);
  F(w->tag, 0, 0);
  F(w->class, 0, 0);
  return n;
}

static guint32 distance(guint a, guint b)
{
  guint d = b > a ? b - a : a - b;
  return d < 5 ? d : d < 8 ? 5 : d < 14 ? 6 : d < 25 ? 7 : 8;
}

/* Commas, verbs and quotation marks from a to b, which is further right. */
static guint32 between(const State *s, guint a, guint b)
{
  if (a == 0)
    return 0xff;
  guint commas = MIN(s->commas[b] - s->commas[a], 3);
  guint verbs = MIN(s->verbs[b] - s->verbs[a + 1], 2);
  guint quotes = (s->quotes[b] - s->quotes[a]) & 1;
  return commas | verbs << 2 | quotes << 4;
}

static guint32 relation_of(const State *s, guint node)
{
  return s->nodes[node].relation;
}

guint state_features(const State *s, guint32 features[FEATURES_MAX])
{
  const guint base = 300;
  const Word *words = s->words;
  guint top = state_top(s, 0), second = state_top(s, 1), third = state_top(s, 2), next = s->next;
  const Node *n0 = &s->nodes[top], *n1 = &s->nodes[second], *m0 = &s->nodes[next];
  guint32 t0 = words[top].tag, t1 = words[second].tag, t2 = words[third].tag;
  guint32 tn = words[next].tag, d0 = distance(top, next), d1 = distance(second, top);
  guint n = 0;
  F(d0, 0, 0);
  F(d1, 0, 0);
  F(between(s, top, next), 0, 0);
  F(between(s, second, top), 0, 0);
  F(n0->children, 0, 0);
  F(n1->children, 0, 0);
  F(m0->children, 0, 0);
  F(MIN(n0->n_left, 3), MIN(n0->n_right, 3), 0);
  F(MIN(n1->n_left, 3), MIN(n1->n_right, 3), 0);
  F(MIN(m0->n_left, 3), 0, 0);
  F(relation_of(s, n0->left[0]), 0, 0);
  F(relation_of(s, n0->right[0]), 0, 0);
  F(relation_of(s, n1->left[0]), 0, 0);
  F(relation_of(s, n1->right[0]), 0, 0);
  F(relation_of(s, m0->left[0]), 0, 0);
  F(t0, tn, t1);
  F(t0, tn, words[next + 1].tag);
  F(t2, t1, t0);
  F(t0, tn, d0);
  F(t1, t0, d1);
  return n;
}
