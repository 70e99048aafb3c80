/* SPDX-License-Identifier: Apache-2.0 */
/* The parser: greedy choice of moves and relations. */
#pragma once

#include "network.h"

typedef struct {
  State state;
  WordSums sums;
} Parser;

/* Parses @n tagged words at words[MARGIN]; the tree is in parser->state.nodes. */
void parser_run(Parser *parser, const Network *network, const Word *words, guint n);
