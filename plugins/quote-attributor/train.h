/* SPDX-License-Identifier: Apache-2.0 */
/* Training: annotated articles, and the fitting of each stage. */
#pragma once

#include "model-parts.h"

#define CHOICE_BITS 16
#define CLASS_BITS  16
#define GATE_BITS   13

/* An annotated attribution, in tokens. */
typedef struct {
  Range cue;
  Range source;
  Range pieces[8];
  guint32 n_pieces;
  guint32 anchor; /* NOWHERE when there is no cue */
} Gold;

/* An annotated article. */
typedef struct {
  AverDocument *document;
  Reading *reading;
  Sheet *sheet;
  GArray *gold;     /* Gold */
  guint8 *possible; /* per token: the gate is open */
  guint8 *is_anchor;
  guint32 *fixed; /* features of the second stage that do not depend on the cue */
  guint32 n_fixed;
  guint32 fold;
} Example;

typedef struct {
  GPtrArray *examples;
  guint32 n_folds;
  guint32 cue_epochs;
  guint32 span_epochs;
  guint32 choice_epochs;
  guint32 cue_bits; /* sizes of the tables, as powers of two */
  guint32 span_bits;
  guint32 gate_rate; /* least share of a word's places in a cue, of 255 */
  gboolean syntax;
} Course;

/* Reads articles, runs the stages of a pipeline and the rules over them. */
gboolean examples_load(GPtrArray *examples, const char *path, AverPipeline *pipeline,
                       const Words *words, GError **error);

/* Fills the sheet and everything that depends on the weights' classes and gate. */
void example_prepare(Example *example, const Weights *weights);

/* Word classes as a table of the model. */
guint32 *classes_read(const char *path, GError **error);

/* Words that are cues in at least some of their places. */
guint32 *gate_fit(const Course *course);

/* Each fits one stage to all examples but those of a fold (NOWHERE: to all). */
gint8 *cues_fit(const Course *course, const Weights *weights, guint32 without);
gint8 *spans_fit(const Course *course, guint32 without, gint16 **steps);
gint8 *choices_fit(const Course *course, const Weights *weights, guint32 without);

/* Whether a candidate is this attribution: content overlaps by half, and the source agrees. */
gboolean gold_is_found(const Gold *gold, const Candidate *candidate);

/* Whether it is any of the annotated ones. */
gboolean candidate_is_right(const Example *example, const Candidate *candidate);

/* Calls a function with 0 to n - 1 on two threads. */
void in_parallel(guint32 n, void (*run)(guint32 i, gpointer data), gpointer data);

#define CUE_UNIT    (1.0f / 32)
#define SPAN_UNIT   (1.0f / 32)
#define CHOICE_UNIT (1.0f / 64)
