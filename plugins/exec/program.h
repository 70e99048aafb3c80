/* SPDX-License-Identifier: Apache-2.0 */
/* A program that answers lines with lines: started, asked, watched and ended. */
#pragma once

#include <aver/aver.h>

typedef struct {
  const AverStage *stage;
  char **command;
  double timeout; /* seconds for one answer */
  gsize max_answer;
} ProgramSettings;

/* How an exchange went. */
typedef enum {
  PROGRAM_ANSWERED,
  PROGRAM_SLOW,    /* the first question without an answer took too long */
  PROGRAM_DIED,    /* ended, or closed its output */
  PROGRAM_GARBLED, /* lines and questions do not match */
  PROGRAM_STOPPED, /* the run is to stop */
} ProgramOutcome;

/* Takes the answer to a question, by its number; FALSE with an error when it is none. */
typedef gboolean (*ProgramTake)(gpointer data, guint number, const char *line, gsize length,
                                GError **error);

typedef struct Program Program;

/* Starts nothing yet; @settings has to outlive it. */
Program *program_new(const ProgramSettings *settings);

/* Starts it, unless it is running. */
gboolean program_start(Program *program, GError **error);

/* Whether the next question is the first one of a program. */
gboolean program_is_fresh(const Program *program);

/*
 * Asks all of @questions, which are @n lines, at once and takes the answers as they come; @answered
 * says how many were taken. With @last, the program gets no more to read afterwards and has to end:
 * what it answers then is too much. After anything but PROGRAM_ANSWERED it has ended, and @error
 * says why.
 */
ProgramOutcome program_ask(Program *program, const AverBuffer *questions, guint n, gboolean last,
                           ProgramTake take, gpointer data, guint *answered, GError **error);

/* Closes its input, gives it a while to end, and ends it. */
void program_stop(Program *program);
void program_free(Program *program);

/* What it says on standard error, line by line (said.c). */
typedef struct {
  const char *stage;
  GString *line;
  gint64 since;   /* the second that is being counted */
  guint n_lines;  /* in it */
  guint64 hidden; /* lines not shown since the last one that was */
} Said;

void said_add(Said *said, const char *bytes, gsize length);

/* Ends a line that has no end, and tells how many lines were not shown. */
void said_end(Said *said);
