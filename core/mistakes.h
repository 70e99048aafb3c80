/* SPDX-License-Identifier: Apache-2.0 */
/* The mistakes found in a pipeline: collected, put in order, and reported all at once. */
#pragma once

#include <aver/error.h>

#include <jansson.h>

/* Where something was said: at a line and column of the pipeline file, both from 1 and the column
 * in characters; or in an argument of the command line. */
typedef struct {
  guint line;
  guint column;
  const char *argument; /* (nullable) instead of line and column: "--reader x" */
} AverPosition;

typedef struct {
  char *path;
  GPtrArray *list;
} AverMistakes;

AverMistakes *aver_mistakes_new(const char *path);
void aver_mistakes_free(AverMistakes *mistakes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverMistakes, aver_mistakes_free)

/*
 * Adds a mistake: "what is wrong; what was expected". @position NULL is the file as a whole; @label
 * is what it was found in, "stage 'x'", or NULL.
 */
void aver_mistakes_add(AverMistakes *mistakes, const AverPosition *position, const char *label,
                       const char *format, ...) G_GNUC_PRINTF(4, 5);

/* What to do about the mistake that was added last: one edit, "remove the comma". Without it, it is
 * made of what the message says was expected. */
void aver_mistakes_suggest(AverMistakes *mistakes, const char *format, ...) G_GNUC_PRINTF(2, 3);

/*
 * All mistakes, sorted, as a JSON list; see aver_pipeline_check(). Release with json_decref().
 */
json_t *aver_mistakes_describe(AverMistakes *mistakes);

/* Sets an error with one line for each mistake, sorted by position; FALSE when there are any. */
gboolean aver_mistakes_raise(AverMistakes *mistakes, GError **error);

/*
 * The end of a message about an unknown name: "; did you mean 'x'?" or "; expected one of a, b".
 * @names is NULL-terminated; @none is what is said when it is empty. Free with g_free().
 */
char *aver_mistakes_hint(const char *name, const char *const *names, const char *none);
