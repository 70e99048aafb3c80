/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of newsml-reader share: a file read to its end. */
#pragma once

/* Reads a file and compares "id|title|text|value" of every item, the value being that of metadata
 * @key, or "! " and the error; a line end behind each. */
void expect_news(const char *file, const char *key, const char *expected);

void add_ninjs_tests(void);
