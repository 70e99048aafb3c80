/* SPDX-License-Identifier: Apache-2.0 */
/* The loops over bytes that JSON and UTF-8 spend their time in, as this processor does them best.
 */
#pragma once

#include <glib.h>

/* What escape() may write behind a text, and bytes it may take for one. */
#define AVER_KERNEL_SLACK  32
#define AVER_KERNEL_ESCAPE 6

typedef struct {
  const char *name;

  /* From @p, inside a JSON string, to the first byte that is neither part of it nor of an escape of
   * two characters: its closing mark, a \u escape, or what should not be there; or @end. Adds
   * to @escaped what there was of those: AverJsonEscapes. */
  const char *(*scan_string)(const char *p, const char *end, guint *escaped);

  /* Takes the escapes, which were checked, out of a string; returns what is left, in bytes. @to has
   * room for @length. */
  gsize (*unescape)(const char *p, gsize length, char *to);

  /* Puts escapes in; returns the bytes written. @to has room for AVER_KERNEL_ESCAPE * @length +
   * AVER_KERNEL_SLACK. */
  gsize (*escape)(const char *p, gsize length, char *to);

  /* How many bytes of ASCII @p starts with. */
  gsize (*skip_ascii)(const char *p, gsize length);
} AverKernels;

/* All that were compiled, the best first, NULL behind the last. */
extern const AverKernels *const aver_all_kernels[];

/* The best that this processor can run; it can run those behind it as well. */
const AverKernels *aver_kernels(void);
