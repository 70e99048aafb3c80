/* SPDX-License-Identifier: Apache-2.0 */
/* Which features weighed most for a candidate, by names that a person can read. */
#include "model-parts.h"

#include <math.h>

#define MOST_TOLD 5

/* In the order of cue_features() and, behind it, cue_features_syntax(). */
static const char *const cue_names[] = {"any word",
                                        "the word",
                                        "the word and the one before",
                                        "the word and the next",
                                        "the word before",
                                        "the next word",
                                        "the second word before",
                                        "the second word behind",
                                        "the word and the class of the one before",
                                        "the word and the class of the next",
                                        "the word between two roles",
                                        "roles of it and its neighbours",
                                        "roles up to it",
                                        "roles behind it",
                                        "the word's class",
                                        "classes of it and its neighbours",
                                        "its class and the one before",
                                        "its class and the next",
                                        "its ending and the role before",
                                        "its ending and the role behind",
                                        "what the word lists say",
                                        "the word lists and the role behind",
                                        "the word lists and the role before",
                                        "the word and its place in the sentence",
                                        "its role and its place",
                                        "what the rules took it for",
                                        "the word and what the rules took it for",
                                        "what the rules took it and its neighbours for",
                                        "four roles from it on",
                                        "the word and two roles behind",
                                        "\"that\" behind it, by word list",
                                        "\"that\" behind the word",
                                        "the kind of subject, by word list",
                                        "the kind of subject, with the word",
                                        "the subject's head",
                                        "the kind of subject, with the word's class",
                                        "auxiliaries, by word list",
                                        "auxiliaries, with the word",
                                        "auxiliaries, with the word's class",
                                        "quotations in the sentence, with the word",
                                        "quotations in the sentence, with the role",
                                        "quotations in the sentence, with the word's class",
                                        "the report before",
                                        "the report behind",
                                        "the reports on both sides",
                                        "the class of the second word before",
                                        "the class of the second word behind",
                                        "the words on both sides",
                                        "the next two words",
                                        "the word's stem",
                                        "how often the subject speaks elsewhere",
                                        "how far into the sentence it is",
                                        "how far from the sentence's end it is",
                                        "whether it is in the heading",
                                        "its part of speech",
                                        "the word and its part of speech",
                                        "parts of speech around it",
                                        "parts of speech up to it",
                                        "parts of speech behind it",
                                        "its relation and part of speech",
                                        "its relation and the word",
                                        "its relation and the word's class",
                                        "its and its head's part of speech",
                                        "its relation to the word above it",
                                        "its dependents and part of speech",
                                        "its dependents and the word",
                                        "its dependents and the word's class",
                                        "its dependents, by word list",
                                        "its subject's word",
                                        "its and its subject's class",
                                        "its subject's part of speech, with the word",
                                        "its subject's part of speech, with the word's class",
                                        "its and its head's class",
                                        "the subject of the word above it",
                                        "its dependents and the next word",
                                        "the shape of its subject"};

/* In the order of choice_features() and, behind it, choice_features_syntax(). */
static const char *const choice_names[] = {
    "any candidate",
    "how likely the cue is",
    "how sure source and content are",
    "both of these",
    "whether the rules agree",
    "the rule, and how likely the cue is",
    "agreement, and how likely the cue is",
    "the content's length",
    "the content's length, and how likely the cue is",
    "the source's shape",
    "whether there is a source, and how likely the cue is",
    "the order of source, cue and content",
    "the order and the content's length",
    "the order, quotation marks and the rule",
    "how the content starts, with the order",
    "the words at the content's start",
    "the words at the content's end",
    "the cue's class, and how likely it is",
    "the cue's word and the content's length",
    "the cue's word",
    "the cue's word and the content's start",
    "the cue's word and the order",
    "the word lists and the order",
    "another candidate with this content",
    "another candidate with this content, and the rule",
    "the report that this one stands in",
    "the report that this one stands in, and the order",
    "quotation marks and the content's length",
    "the pieces of the content",
    "the length of the cue",
    "the cue's role and the order",
    "the class of the content's first word",
    "the content's first word",
    "the class of the source's last word",
    "the class of the word behind the content",
    "marks around the content's end",
    "the words at the source's start",
    "the gap between source and cue",
    "the gap and the order",
    "where the rules differ, by rule",
    "where the rules differ, by likelihood",
    "where the rules differ, by the content's end",
    "where the rules differ, by quotation marks",
    "where the rules differ, by the cue's class",
    "the words at the source's end",
    "how the content hangs together",
    "how the source hangs together",
    "how the content hangs together, with the cue's part of speech",
    "how the source hangs together, with the cue's part of speech",
    "how the content hangs together, with the cue's class",
    "the cue's relation and dependents",
    "the cue's dependents and class",
    "whether the next word belongs to the content",
    "how content and source hang together"};

G_STATIC_ASSERT(G_N_ELEMENTS(cue_names) == N_CUE_NAMES);
G_STATIC_ASSERT(G_N_ELEMENTS(choice_names) == N_CHOICE_NAMES);

/* The heaviest features, heaviest first. */
static void tell(const gint8 *rows, guint32 mask, float unit, const guint32 *features, guint32 n,
                 const char *const *names, const char *stage, AverSpan span,
                 AverExplanation *explanation)
{
  guint8 told[MAX_FEATURES] = {0};
  for (guint32 k = 0; k < MOST_TOLD; k++) {
    guint32 most = NOWHERE;
    gint heaviest = 0;
    for (guint32 i = 0; i < n; i++) {
      gint weight = ABS(rows[features[i] & mask]);
      if (!told[i] && weight > heaviest) {
        heaviest = weight;
        most = i;
      }
    }
    if (most == NOWHERE)
      return;
    told[most] = 1;
    aver_explanation_add(explanation, AVER_REASON_FEATURE, &span,
                         (double) ((float) rows[features[most] & mask] * unit), "%s: %s", stage,
                         names[most]);
  }
}

void candidate_explain(const Weights *weights, const Sheet *sheet, guint32 candidate,
                       AverExplanation *explanation)
{
  const Reading *r = sheet->reading;
  const Candidate *c = &g_array_index(sheet->candidates, Candidate, candidate);
  guint32 features[MAX_FEATURES];
  AverSpan cue = {r->tokens[c->cue.start].start, r->tokens[c->cue.end - 1].end};
  guint32 n = choice_features(weights, sheet, candidate, features);
  aver_explanation_add(explanation, AVER_REASON_SCORE, &cue, (double) c->score,
                       "log odds that the attribution is right");
  tell(weights->choice_rows, weights->choice_mask, weights->choice_unit, features, n, choice_names,
       "attribution", cue, explanation);
  if (c->anchor == NOWHERE)
    return;
  AverSpan anchor = {r->tokens[c->anchor].start, r->tokens[c->anchor].end};
  n = cue_features(weights, sheet, c->anchor, features);
  aver_explanation_add(explanation, AVER_REASON_SCORE, &anchor, (double) c->cue_score,
                       "log odds that this word is a cue");
  tell(weights->cue_rows, weights->cue_mask, weights->cue_unit, features, n, cue_names, "cue",
       anchor, explanation);
  aver_explanation_add(explanation, AVER_REASON_SCORE, NULL, (double) expf(c->log_probability),
                       "probability of source and content, given the cue");
}
