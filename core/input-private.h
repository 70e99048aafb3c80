/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of an input, shared by the files that make it up. */
#pragma once

#include "archivefile.h"
#include "walk.h"

#include <aver/input.h>

/* Between the name of an archive and that of its member. */
#define AVER_INPUT_MEMBER "!/"

#define AVER_INPUT_HASH G_GUINT64_CONSTANT(0xcbf29ce484222325)

/* A position between two records. */
typedef struct {
  guint64 files;   /* done with */
  guint64 members; /* done with in the next one, if it is an archive, those not read included */
  guint64 offset;  /* in the next one */
  guint64 line;    /* there */
  guint64 hash;    /* of the names of all these files */
} AverInputPosition;

struct _AverInput {
  guint n_references;
  gboolean confined; /* lent to delegates: only aver_input_enter() opens the next file */
  AverWalk *walk;
  GBytes *bytes; /* (nullable) what there is to read instead of files, and its name: */
  char *bytes_name;
  AverUnpackLimits limits;
  int fd;        /* -1: no file is open */
  gboolean lent; /* standard input, not ours to close */
  gboolean regular;
  gint64 start; /* where in the file it began to be read */
  guint64 size;
  char *name;           /* of the file */
  AverArchive *archive; /* (nullable) what the file is */
  guint64 n_members;    /* taken from the archive, the open one included */
  gboolean open;        /* a file or member is there to be cut, which the following is about */
  char *origin;
  guint32 member;     /* where its name starts in @origin, see AverRecord */
  gboolean sniffed;   /* how it is packed is known */
  gboolean unpacked;  /* what is read comes of a codec */
  AverSource *source; /* (nullable) what to read instead of the file as it is */
  gboolean ended;     /* nothing is left to read */
  gboolean done;      /* all of it has been cut */
  guint64 n_files;    /* taken from the walk, the open one included */
  guint64 hash;       /* of their names */
  char *data;
  gsize capacity;
  gsize begin, end, scanned; /* of the bytes not yet cut; up to where no line ends */
  guint64 offset, line;      /* of data[begin] */
  gboolean skipping;         /* inside a line that is too long */
  guint64 skip_offset, skip_line;
  AverInputPosition cut; /* behind the last record */
};

/* Bytes in memory, read as one file of that name; they are kept. */
AverInput *aver_input_new_for_bytes(const char *name, GBytes *bytes);

/* What may be unpacked of each file. */
void aver_input_set_limits(AverInput *input, const AverUnpackLimits *limits);

/* Opens the next file of the walk, which may be an archive: then no member of it is open yet. */
AverCut aver_input_open_file(AverInput *input, AverRecord *record, GError **error);

/* Passes it over; FALSE when there is none. */
gboolean aver_input_pass_file(AverInput *input);

/* AVER_CUT_RECORD when the next file or member is open. */
AverCut aver_input_next_file(AverInput *input, AverRecord *record, GError **error);

/* The same unless one is open already, and only where that is for the caller to do. */
AverCut aver_input_go_on(AverInput *input, AverRecord *record, GError **error);

/* The next bytes at hand as a record. */
void aver_input_fill_record(const AverInput *input, gsize length, AverRecord *record);

/* At the first byte of a file, or of a member whose name starts at @member in the origin. */
void aver_input_begin(AverInput *input, guint32 member);

/* Whether the open file is read as it is, and is as long as it says. */
static inline gboolean aver_input_is_plain(const AverInput *input)
{
  return input->regular && input->source == NULL;
}

/* Gives the open file or member up: AVER_CUT_BAD. */
AverCut aver_input_bad_file(AverInput *input, AverRecord *record);

/* Remembers the position behind a record that is had, or given up. */
void aver_input_mark_cut(AverInput *input, gboolean file_done);

/* Closes what is open: a file, or a member, behind which the next one of its archive comes. */
void aver_input_close_file(AverInput *input);

/* Closes the archive, too. */
void aver_input_close_archive(AverInput *input);

/* AVER_CUT_RECORD when cutting goes on after what aver_input_fill() answered, for archives with
 * the first member or the next file; else what cutting came to. */
AverCut aver_input_after_fill(AverInput *input, AverFill got, AverRecord *record, GError **error);

/* Opens the next member of the archive; AVER_CUT_END when there is none, and the archive closed. */
AverCut aver_input_next_member(AverInput *input, AverRecord *record, GError **error);

/* Passes members over without looking; FALSE when there are not so many. */
gboolean aver_input_pass_members(AverInput *input, guint64 n);

/*
 * Goes by the first bytes, which have been read, with @got: FILL_WAIT when there is more to read
 * first, be it because that does not tell or because it comes unpacked from now on.
 */
AverFill aver_input_settle(AverInput *input, AverFill got, GError **error);

/* Makes room behind the bytes at hand, at most @limit bytes in all; FALSE when those are there. */
gboolean aver_input_make_room(AverInput *input, gsize wanted, gsize limit);

/* Reads into the room; begins with telling how the file is packed. */
AverFill aver_input_fill(AverInput *input, gboolean may_block, GError **error);

/* What one file is: "120 bytes of 2026-11-22T07:00:00.123456Z". Free with g_free(). */
char *aver_input_describe_file(const char *path);
