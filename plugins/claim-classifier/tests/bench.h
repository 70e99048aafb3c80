/* SPDX-License-Identifier: Apache-2.0 */
/* One stage of claim-classifier, one worker, one document: what all its tests need. */
#pragma once

#include <aver/aver.h>
#include <aver/testing.h>

typedef struct {
  AverStage *stage;
  gpointer self;
  gpointer worker;
  AverDocument *document;
  const char *text;
} Bench;

/* @option: (nullable): "option=value" */
void bench_init(Bench *bench, const char *option);
void bench_clear(Bench *bench);

/* A document whose sentences are the lines of @text. */
void bench_text(Bench *bench, const char *text);

/* The span of the first occurrence of @words. */
AverSpan bench_find(const Bench *bench, const char *words);

/* Adds a quote, affirmed. Returns: its row. */
guint32 bench_quote(Bench *bench, const char *content, const char *cue, const char *speaker);

/* Returns: the claim layer. */
AverLayer *bench_run(Bench *bench);

/* Adds the reasons for a row of what bench_run() has made. */
void bench_explain(Bench *bench, guint32 row, AverExplanation *explanation);

/* Returns: (transfer full): the cues of a row, with | between them. */
char *bench_cues(const Bench *bench, const AverLayer *claims, guint32 row);

void check_label(const Bench *bench, const AverLayer *claims, guint32 row, const char *label);

void add_act_tests(void);
void add_furniture_tests(void);
void add_row_tests(void);
void add_train_tests(void);
void add_type_tests(void);
void add_weight_tests(void);
void add_property_tests(void);
