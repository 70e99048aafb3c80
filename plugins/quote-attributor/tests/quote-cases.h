/* SPDX-License-Identifier: Apache-2.0 */
/* Test cases as text: what the rows of a document have to be, written as their words. */
#pragma once

#include <aver/aver.h>
#include <aver/testing.h>

/* One row as "content|cue|source|speaker"; the pieces of a content are joined by " + ". */
typedef struct {
  const char *text; /* sentences end at line breaks and at "~", which becomes a space */
  const char *rows[8];
} QuoteCase;

typedef struct {
  AverStage *stage;
  gpointer self;
  gpointer worker;
  AverDocument *document;
  gboolean whole; /* the text is one sentence */
} QuoteFixture;

/* Opens the plugin with the options given; by rules alone when there are none. */
void quote_fixture_open(QuoteFixture *fixture, const char *const *set);
void quote_fixture_close(QuoteFixture *fixture);

/* Annotates a text; sentences end at line breaks and after "~". */
AverLayer *quote_fixture_run(QuoteFixture *fixture, const char *text, gsize length);

/* Checks that the rows are exactly those of the case. */
void quote_fixture_check(QuoteFixture *fixture, const QuoteCase *quote_case);

/* The same with all of the text as one sentence. */
void quote_fixture_check_whole(QuoteFixture *fixture, const QuoteCase *quote_case);

/* Checks all cases by rules alone. */
void quote_cases_check(const QuoteCase *cases, gsize n_cases);
#define CHECK_CASES(cases) quote_cases_check(cases, G_N_ELEMENTS(cases))

/* Checks that every span is valid, whatever the text. */
void quote_fixture_check_spans(AverLayer *layer, const char *text, gsize length);

void add_quotation_tests(void);
void add_report_tests(void);
void add_speaker_tests(void);
void add_property_tests(void);
void add_model_tests(void);
void add_framing_tests(void);
void add_behaviour_tests(void);
void add_listed_tests(void);
void add_training_data_tests(void);
