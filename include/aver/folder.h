/* SPDX-License-Identifier: Apache-2.0 */
/* Folders: what writers write that make files of every document. */
#pragma once

#include <aver/plugin.h>

G_BEGIN_DECLS

/**
 * AVER_FOLDER_LIST:
 *
 * The file in the folder that says which document each file name stands for: a line each, the name
 * without suffix, a tab, and the document's id as a JSON string.
 */
#define AVER_FOLDER_LIST "documents.tsv"

/**
 * AverFolder:
 *
 * A folder of files of documents. It appears under its name when it is complete, and stands under
 * another name beside it until then. A folder that such a writer made before is replaced, any other
 * that is not empty is refused. In a job it goes on where it was. File names are made of ids: of
 * ASCII letters, digits, `.`, `-` and `_` (which also stands for `/`), at most 100 bytes, without
 * the end `.txt`; where an id has anything else, it ends in a hash of the id. Ids that would get
 * the same name get `~2`, `~3` and so on, by letter case too. Not thread-safe.
 */
typedef struct _AverFolder AverFolder;

/**
 * aver_folder_open:
 * @stage: the writer's stage, whose output is the folder
 *
 * Opens what aver_stage_get_output() names.
 *
 * Returns: (transfer full) (nullable): the folder, or %NULL with %AVER_ERROR_OUTPUT, or
 * %AVER_ERROR_CONFIG for standard output.
 */
AVER_API AverFolder *aver_folder_open(const AverStage *stage, GError **error);

/**
 * aver_folder_free:
 *
 * Frees it. A folder that was not completed is removed, but in a job.
 */
AVER_API void aver_folder_free(AverFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverFolder, aver_folder_free)

/**
 * aver_folder_append_document:
 * @out: the buffer to append to
 * @id: the document's id, of which its files get their names
 *
 * For encode(): what follows, up to the next document, is of the document with this id [worker].
 */
AVER_API void aver_folder_append_document(AverBuffer *out, const char *id);

/**
 * aver_folder_append_file:
 * @out: the buffer to append to
 * @suffix: the end of the file's name, such as `.txt`
 * @data: the bytes
 * @length: bytes
 *
 * For encode(): a file of the document [worker].
 */
AVER_API void aver_folder_append_file(AverBuffer *out, const char *suffix, const char *data,
                                      gsize length);

/**
 * aver_folder_append_note:
 * @out: the buffer to append to
 * @name: `[a-z0-9_]+`
 * @data: the bytes
 * @length: bytes
 *
 * For encode(): something to remember up to the end, once for every name [worker].
 */
AVER_API void aver_folder_append_note(AverBuffer *out, const char *name, const char *data,
                                      gsize length);

/**
 * aver_folder_emit:
 * @data: what the functions above appended
 * @length: bytes
 *
 * For emit(): writes what was appended for some documents.
 *
 * Returns: %FALSE with %AVER_ERROR_OUTPUT.
 */
AVER_API gboolean aver_folder_emit(AverFolder *folder, const char *data, gsize length,
                                   GError **error);

/**
 * aver_folder_get_name:
 *
 * Gives the name of the file at hand.
 *
 * Returns: (transfer none): the name, without suffix, of the files of the document that was emitted
 * last; "" when none was, or in a folder that an earlier run has completed.
 */
AVER_API const char *aver_folder_get_name(const AverFolder *folder);

/**
 * aver_folder_commit:
 * @position: gets the position appended, one line of text
 *
 * For commit(): makes everything durable, and appends the position.
 *
 * Returns: %FALSE with %AVER_ERROR_OUTPUT.
 */
AVER_API gboolean aver_folder_commit(AverFolder *folder, GString *position, GError **error);

/**
 * aver_folder_list_notes:
 *
 * Gives the notes that were kept.
 *
 * Returns: (transfer container) (element-type utf8): the notes, sorted by their names.
 */
AVER_API GPtrArray *aver_folder_list_notes(const AverFolder *folder);

/**
 * aver_folder_write:
 * @name: a file name of the writer's own, not one of a document
 * @data: the bytes
 * @length: bytes
 *
 * Writes a file of the whole; does nothing in a folder that an earlier run has completed.
 *
 * Returns: %FALSE with %AVER_ERROR_OUTPUT.
 */
AVER_API gboolean aver_folder_write(AverFolder *folder, const char *name, const char *data,
                                    gsize length, GError **error);

/**
 * aver_folder_close:
 *
 * For finish(): completes the folder and puts it into its place.
 *
 * Returns: %FALSE with %AVER_ERROR_OUTPUT.
 */
AVER_API gboolean aver_folder_close(AverFolder *folder, GError **error);

G_END_DECLS
