/* SPDX-License-Identifier: Apache-2.0 */
/* Input: the files, folders and standard input that readers cut into records. */
#pragma once

#include <aver/document.h>

G_BEGIN_DECLS

/**
 * AverRecord:
 * @data: (array length=length): the raw bytes
 * @length: how many
 * @origin: the file they come from, as the user named it; "-" for standard input. Valid UTF-8:
 *   bytes of a path that are not stand as `\xHH`
 * @offset: where they start in that file, in bytes
 * @line: the line they start on, from 1; 0 where lines mean nothing
 * @member: where in @origin the name of an archive's member starts: "news.zip!/a/b.txt" is the
 *   member "a/b.txt" of the file "news.zip", and @offset counts in what the member unpacks to; 0
 *   when the file is no archive
 * @delegate: which of a reader's delegates cut the record and has to decode it, from 1; 0 for the
 *   reader itself
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
  guint32 member;
  guint32 delegate;
} AverRecord;

/**
 * aver_record_set_provenance:
 * @document: gets an id, the record's origin, and metadata `source`, the file; `member`, when it is
 *   an archive
 *
 * What readers of one document a file say of it. The others add to it, or have ids of their own.
 */
AVER_API void aver_record_set_provenance(const AverRecord *record, AverDocument *document);

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
 *
 * Files that are compressed (gzip, bzip2, xz, zstd) are what they unpack to, and of tar and zip
 * archives each regular member that matches is a file of its own, all told by their first bytes:
 * offsets and lines count in what is unpacked. Damage is %AVER_CUT_BAD, behind all that could be
 * cut before it.
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
 *
 * Returns: (transfer full): an input, to be freed with aver_input_free()
 */
AVER_API AverInput *aver_input_new(const char *const *paths, const char *pattern);

/**
 * aver_input_ref:
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @input.
 */
AVER_API AverInput *aver_input_ref(AverInput *input);

/**
 * aver_input_free:
 *
 * Gives up a reference.
 */
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
 *
 * Returns: as cut() of a reader answers.
 */
AVER_API AverCut aver_input_cut_line(AverInput *input, gsize maximum, gboolean may_block,
                                     AverRecord *record, GError **error);

/**
 * aver_input_cut_file:
 * @maximum: the longest file allowed, in bytes
 * @may_block: whether to wait when nothing is at hand; see #AverPlugin
 * @record: filled in; valid until the next call
 *
 * The whole of the next file of the input, as aver_input_cut_line() does for lines; empty files
 * too. A file longer than @maximum is %AVER_CUT_BAD. Lines mean nothing here.
 *
 * Returns: as cut() of a reader answers.
 */
AVER_API AverCut aver_input_cut_file(AverInput *input, gsize maximum, gboolean may_block,
                                     AverRecord *record, GError **error);

/**
 * aver_input_enter:
 * @record: (out caller-allocates): origin, offset and line of what comes next; no data
 *
 * Opens the next file or member, unless one is open that has not been cut to its end. What the
 * other functions do by themselves, but for a delegate, see aver_stage_open_input(). That a pipe
 * gives an archive is found out by aver_input_peek(), whose record then has the member's origin.
 *
 * Returns: %AVER_CUT_RECORD with a file open, or as cut() of a reader answers.
 */
AVER_API AverCut aver_input_enter(AverInput *input, AverRecord *record, GError **error);

/**
 * aver_input_peek:
 * @wanted: how many bytes
 * @may_block: whether to wait when nothing is at hand; see #AverPlugin
 * @record: (out caller-allocates): the bytes to come; valid until the next call
 *
 * Looks at what comes next without cutting it: at least @wanted bytes, more when they are at hand;
 * fewer only when the file ends behind them, and none at its end, where aver_input_leave() has to
 * follow. For readers whose records are neither lines nor files: what is looked at is kept in
 * memory, so that it is for them to keep @wanted within the longest record allowed.
 *
 * Returns: %AVER_CUT_RECORD with bytes to look at, or as cut() of a reader answers.
 */
AVER_API AverCut aver_input_peek(AverInput *input, gsize wanted, gboolean may_block,
                                 AverRecord *record, GError **error);

/**
 * aver_input_take:
 * @length: of the bytes that aver_input_peek() gave last, how many
 * @record: (out caller-allocates): these bytes; valid until the next call
 *
 * Cuts a record off, or part of one.
 */
AVER_API void aver_input_take(AverInput *input, gsize length, AverRecord *record);

/**
 * aver_input_skip:
 * @left: (inout): how many bytes to pass over; counts down, and is for the next call when this one
 *   has to wait
 * @may_block: whether to wait when nothing is at hand; see #AverPlugin
 * @record: filled in; valid until the next call
 *
 * Passes over bytes of the open file in bounded memory. Lines are not counted.
 *
 * Returns: %AVER_CUT_RECORD when that is done; %AVER_CUT_END when the file ends before.
 */
AVER_API AverCut aver_input_skip(AverInput *input, guint64 *left, gboolean may_block,
                                 AverRecord *record, GError **error);

/**
 * aver_input_leave:
 *
 * Has done with the open file, whatever is left of it.
 */
AVER_API void aver_input_leave(AverInput *input);

/**
 * aver_input_get_cursor:
 * @cursor: (out caller-allocates): gets a text of one line appended
 *
 * The position behind the last record cut, durable: a new #AverInput over the same paths goes on
 * there after aver_input_seek(). It holds the number of files passed, the offset and the line in
 * the next one, a hash of all their names, and inside an archive the number of members passed.
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
