/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of a folder, shared by the files that make it up. */
#pragma once

#include <aver/folder.h>

/* Hidden files that hold notes up to the end. */
#define AVER_NOTE_PREFIX ".note."

struct _AverFolder {
  const AverStage *stage;
  char *target;  /* where it is to appear */
  char *path;    /* where it is until then */
  char *old;     /* where one that is replaced goes before it is removed */
  int fd;        /* of path; -1 when it is completed */
  gboolean kept; /* of a job: it stays until it is complete */
  gboolean completed;
  AverOutput *list;
  GHashTable *names; /* hash of a name -> how many documents have it */
  GTree *notes;      /* char* -> char* */
  GString *name;     /* of the document whose files come */
};

/* folder-names.c: the name for a document; one that was given before, as the list has it. */
void aver_folder_name_document(AverFolder *folder, const char *id);
void aver_folder_know_name(AverFolder *folder, const char *name, gsize length);

/* folder-place.c: where the folder is. */
gboolean aver_folder_make(AverFolder *folder, GError **error);
gboolean aver_folder_resume(AverFolder *folder, const char *position, GError **error);
gboolean aver_folder_put_into_place(AverFolder *folder, GError **error);
void aver_folder_discard(const AverFolder *folder);

/* Sets an error about a file of the folder, or (@name NULL) about itself; FALSE. */
gboolean aver_folder_fail(const AverFolder *folder, const char *what, const char *name, int code,
                          GError **error);
