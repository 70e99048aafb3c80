/* SPDX-License-Identifier: Apache-2.0 */
/* The tests of syntax-parser that are not of what it finds. */
#pragma once

void add_model_tests(void);
