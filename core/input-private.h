/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of an input, shared by the files that make it up. */
#pragma once

#include "walk.h"

#include <aver/input.h>

/* Between the name of an archive and that of its member. */
#define AVER_INPUT_MEMBER "!/"

#define AVER_INPUT_HASH G_GUINT64_CONSTANT(0xcbf29ce484222325)

/* A position between two records. */
typedef struct {
  guint64 files;  /* done with */
  guint64 offset; /* in the next one */
  guint64 line;   /* there */
  guint64 hash;   /* of the names of all these files */
} AverInputPosition;

struct _AverInput {
  guint n_references;
  gboolean confined; /* lent to delegates: only aver_input_enter() opens the next file */
  AverWalk *walk;
  char *origin;
  int fd;        /* -1: no file is open */
  gboolean lent; /* standard input, not ours to close */
  gboolean regular;
  gboolean ended; /* nothing is left to read in the file */
  gboolean done;  /* all of the file has been cut */
  guint64 size;
  guint64 n_files; /* taken from the walk, the open one included */
  guint64 hash;    /* of their names */
  char *data;
  gsize capacity;
  gsize begin, end, scanned; /* of the bytes not yet cut; up to where no line ends */
  guint64 offset, line;      /* of data[begin] */
  gboolean skipping;         /* inside a line that is too long */
  guint64 skip_offset, skip_line;
  AverInputPosition cut; /* behind the last record */
};

typedef enum {
  FILL_DATA,
  FILL_END,
  FILL_WAIT,
  FILL_ERROR,
} AverFill;

/* AVER_CUT_RECORD when the next file is open. */
AverCut aver_input_next_file(AverInput *input, AverRecord *record, GError **error);

/* The same unless one is open already, and only where that is for the caller to do. */
AverCut aver_input_go_on(AverInput *input, AverRecord *record, GError **error);

/* The next bytes at hand as a record. */
void aver_input_fill_record(const AverInput *input, gsize length, AverRecord *record);

/* Gives the open file up: AVER_CUT_BAD. */
AverCut aver_input_bad_file(AverInput *input, AverRecord *record);

/* Remembers the position behind a record that is had, or given up. */
void aver_input_mark_cut(AverInput *input, gboolean file_done);
void aver_input_close_file(AverInput *input);

/* Makes room behind the bytes at hand, at most @limit bytes in all; FALSE when those are there. */
gboolean aver_input_make_room(AverInput *input, gsize wanted, gsize limit);

/* Reads into the room. */
AverFill aver_input_fill(AverInput *input, gboolean may_block, GError **error);

/* What one file is: "120 bytes of 2026-11-22T07:00:00.123456Z". Free with g_free(). */
char *aver_input_describe_file(const char *path);
