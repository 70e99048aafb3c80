/* SPDX-License-Identifier: Apache-2.0 */
/* The records that cannot be trained on: the first few are kept, the rest counted. */
#pragma once

#include <aver/error.h>

typedef struct {
  GString *text; /* the first ones, one a line */
  guint64 total;
} AverProblems;

AverProblems *aver_problems_new(void);
void aver_problems_free(AverProblems *problems);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverProblems, aver_problems_free)

/* Adds one; @line 0 is the file as a whole. */
void aver_problems_add(AverProblems *problems, const char *origin, guint64 line, const char *format,
                       va_list arguments) G_GNUC_PRINTF(4, 0);

/* Sets an error that tells them; FALSE when there are any. */
gboolean aver_problems_raise(const AverProblems *problems, GError **error);
