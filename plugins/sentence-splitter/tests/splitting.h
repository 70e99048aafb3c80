/* SPDX-License-Identifier: Apache-2.0 */
/* Shared by the tests of sentence-splitter: one text through the plugin. */
#pragma once

#include <aver/aver.h>
#include <aver/testing.h>

/** split_document: opens the plugin with @set (nullable), annotates a text. */
AverDocument *split_document(const char *text, gsize length, const char *const *set);

/**
 * check:
 * @marked: a text with "|" before each sentence but the first: alone it stands for a space, behind
 *   a line break or another "|" for nothing
 *
 * Asserts that the text splits exactly there.
 */
void check(const char *marked, const char *const *set);

void add_robustness_tests(void);
