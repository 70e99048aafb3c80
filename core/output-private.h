/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of an output, shared by the files that make it up. */
#pragma once

#include <aver/output.h>
#include <sys/stat.h>

typedef struct _AverPress AverPress;

struct _AverOutput {
  int fd;          /* -1 when it is closed */
  char *name;      /* as the user gave it, for messages */
  char *target;    /* where the file is to appear; NULL: written to directly */
  char *temporary; /* where it is until then; NULL: it has no name yet */
  gboolean regular;
  gboolean lent; /* standard output, not ours to close */
  guint64 position;
  guint64 room;       /* on the disk, taken ahead of the position; 0: none was asked for */
  guint64 started;    /* up to here the kernel was told to write to the disk */
  AverPress *press;   /* (nullable) what compresses it */
  gboolean kept;      /* of a job: the temporary file stays until it is complete */
  gboolean completed; /* of a job: an earlier run has put it into its place */
  gboolean anchored;  /* of a job: the folder has been flushed since the file was made */
};

/* Sets an error about an output; FALSE. */
gboolean aver_output_fail(GError **error, const char *what, const char *name, int code);

/* Finds out where a file named @path has to appear, and with which rights; `target` stays NULL for
 * what is no regular file. @exists: whether the rights are those of the file that is replaced. */
gboolean aver_output_find_target(AverOutput *output, const char *path, mode_t *mode,
                                 gboolean *exists, GError **error);

/* Flushes the folder that a file lies in: its name is durable. */
gboolean aver_output_sync_folder(const char *path, GError **error);

/*
 * The output of a job: `NAME.ID.partial` beside the target. @resume (nullable) is the position to
 * go on at; @ended: an earlier run may have closed it. Adds the name of the partial file to
 * @partials.
 */
AverOutput *aver_output_new_in_job(const char *path, const char *id, const char *resume,
                                   gboolean ended, GPtrArray *partials, GError **error);

/* Writes bytes as they are. */
gboolean aver_output_write_plain(AverOutput *output, const void *data, gsize length,
                                 GError **error);

/*
 * press.c. What is compressed is cut into members of so many bytes of input, whatever portions it
 * comes in and whenever positions are taken: the bytes do not depend on them. Bytes that wait for
 * their member to be full are, in a job, kept at each checkpoint in `NAME.ID.partial.waiting`.
 */

/* The choice of `compress`, with auto decided by the name; 0: none. */
guint aver_compression_choose(guint choice, const char *path);

/* @rest (nullable): the position to go on at; its end is what aver_press_commit() appended. */
gboolean aver_press_begin(AverOutput *output, guint choice, const char *rest, GPtrArray *partials,
                          GError **error);
gboolean aver_press_write(AverOutput *output, const char *data, gsize length, GError **error);
gboolean aver_press_end(AverOutput *output, GError **error);
gboolean aver_press_commit(const AverOutput *output, GString *position, GError **error);
gsize aver_press_get_waiting(const AverPress *press);

/* The file is in its place. */
void aver_press_forget(AverPress *press);
void aver_press_free(AverPress *press);
