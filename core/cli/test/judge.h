/* SPDX-License-Identifier: Apache-2.0 */
/* One document of a file of tests: run, and what was found beside what was expected. */
#pragma once

#include "match.h"

/* What a document came to. */
typedef struct {
  const NodeFile *file;
  const Node *test;                  /* the document in the file */
  const AverLayerType *const *types; /* of the pipeline */
  GString *remarks;                  /* lines, when it is not as expected */
} Judgement;

/* Compares a document that was processed with what is expected; adds remarks about what differs.
 * @verdict is AVER_KEEP or AVER_DROP. */
void judge(Judgement *judgement, AverDocument *document, AverVerdict verdict);
