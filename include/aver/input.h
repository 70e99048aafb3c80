/* SPDX-License-Identifier: Apache-2.0 */
/* Input: the files, folders and standard input that readers cut into records. */
#pragma once

#include <aver/error.h>

G_BEGIN_DECLS

/**
 * AverRecord:
 * @data: (array length=length): the raw bytes
 * @length: how many
 * @origin: the file they come from, as the user named it; "-" for standard input. Valid UTF-8:
 *   bytes of a path that are not stand as `\xHH`
 * @offset: where they start in that file, in bytes
 * @line: the line they start on, from 1; 0 where lines mean nothing
 *
 * A slice of the input that holds one document, not yet parsed. Everything is borrowed: from the
 * reader until its next cut, from the host while a record is decoded.
 */
typedef struct {
  const char *data;
  gsize length;
  const char *origin;
  guint64 offset;
  guint64 line;
} AverRecord;

/**
 * AverCut:
 * @AVER_CUT_RECORD: the record is filled in
 * @AVER_CUT_END: there is no more input
 * @AVER_CUT_WAIT: the next record needs a read that may block, which was not allowed; or it was
 *   allowed and nothing came within a quarter of a second: the host looks whether it should stop,
 *   and asks again
 * @AVER_CUT_BAD: this record cannot be had (error set; origin, offset and line filled in); cutting
 *   can go on behind it
 * @AVER_CUT_FATAL: nothing more can be read (error set)
 *
 * What cutting one record came to.
 */
typedef enum {
  AVER_CUT_RECORD,
  AVER_CUT_END,
  AVER_CUT_WAIT,
  AVER_CUT_BAD,
  AVER_CUT_FATAL,
} AverCut;

/**
 * AverInput:
 *
 * The bytes of a list of inputs, one file after another: files as named, folders recursively in
 * the order of their entries' bytes, "-" for standard input. Inside folders, hidden entries,
 * names that do not match the pattern, and whatever is no regular file are passed over; symbolic
 * links to files are read, links to folders are not entered, links to nothing are %AVER_CUT_BAD,
 * as is whatever cannot be opened or read. Not thread-safe.
 */
typedef struct _AverInput AverInput;

/**
 * aver_input_new:
 * @paths: (array zero-terminated=1): files and folders as the user named them; none means
 *   standard input
 * @pattern: (nullable): glob patterns, separated by commas, that a file found in a folder has to
 *   match by its name (`*`, `?`, `[a-z]`, `[!a-z]`); files named in @paths are always read
 *
 * Opens nothing yet.
 */
AVER_API AverInput *aver_input_new(const char *const *paths, const char *pattern);
AVER_API void aver_input_free(AverInput *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverInput, aver_input_free)

/**
 * aver_input_cut_line:
 * @maximum: the longest record allowed, in bytes
 * @may_block: whether waiting for input is allowed
 * @record: (out caller-allocates): filled in; valid until the next cut
 *
 * The next line of the input without its end (LF or CR LF). Empty lines are passed over and
 * counted. A line longer than @maximum is %AVER_CUT_BAD, and is passed over in bounded memory.
 */
AVER_API AverCut aver_input_cut_line(AverInput *input, gsize maximum, gboolean may_block,
                                     AverRecord *record, GError **error);

/**
 * aver_input_cut_file:
 *
 * The whole of the next file of the input, as aver_input_cut_line() does for lines; empty files
 * too. A file longer than @maximum is %AVER_CUT_BAD. Lines mean nothing here.
 */
AVER_API AverCut aver_input_cut_file(AverInput *input, gsize maximum, gboolean may_block,
                                     AverRecord *record, GError **error);

/**
 * aver_input_get_cursor:
 * @cursor: (out caller-allocates): gets a text of one line appended
 *
 * The position behind the last record cut, durable: a new #AverInput over the same paths goes on
 * there after aver_input_seek(). It holds the number of files passed, the offset and the line in
 * the next one, and a hash of all their names.
 */
AVER_API void aver_input_get_cursor(const AverInput *input, GString *cursor);

/**
 * aver_input_seek:
 * @cursor: what aver_input_get_cursor() gave
 *
 * Moves to a cursor before anything is cut. Input that cannot seek is read up to there.
 *
 * Returns: %FALSE with %AVER_ERROR_INPUT when the files up to there are no longer the same, by
 * their names and order, or the last of them is shorter than the cursor.
 */
AVER_API gboolean aver_input_seek(AverInput *input, const char *cursor, GError **error);

/**
 * aver_input_identify:
 * @text: (out caller-allocates): gets lines of text appended
 *
 * What the input is, for a reader's identify(): for every file its size and the time of its last
 * change, a tab, and its name; files behind the thousandth share one line. Nothing is read.
 */
AVER_API void aver_input_identify(const AverInput *input, GString *text);

G_END_DECLS
