/* SPDX-License-Identifier: Apache-2.0 */
/* What the tokeniser knows of each byte. */
#pragma once

#include <glib.h>

enum {
  CLASS_UPPER = 1 << 0,
  CLASS_LOWER = 1 << 1,
  CLASS_WORD = 1 << 2,       /* ASCII letters, digits, underscore */
  CLASS_PLAIN_END = 1 << 3,  /* ends a word before it without a second look */
  CLASS_PLAIN_MARK = 1 << 4, /* a punctuation token of its own, whatever follows */
};

#define U (CLASS_UPPER | CLASS_WORD)
#define L (CLASS_LOWER | CLASS_WORD)
#define W CLASS_WORD
#define E CLASS_PLAIN_END
#define M CLASS_PLAIN_MARK
#define P (CLASS_PLAIN_END | CLASS_PLAIN_MARK)

/* In ASCII order, sixteen a line; all bytes beyond ASCII are 0. */
/* clang-format off */
static const guint8 character_class[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, E, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    E, P, E, 0, 0, 0, 0, 0, P, P, 0, 0, P, 0, 0, E,
    W, W, W, W, W, W, W, W, W, W, M, P, 0, 0, 0, P,
    0, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    U, U, U, U, U, U, U, U, U, U, U, P, 0, P, 0, W,
    0, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, 0, 0, 0, 0, 0,
};
/* clang-format on */

#undef U
#undef L
#undef W
#undef E
#undef M
#undef P
