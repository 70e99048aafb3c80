/* SPDX-License-Identifier: Apache-2.0 */
/* Model files: named arrays of numbers, mapped into memory and shared by all workers. */
#pragma once

#include <aver/error.h>

G_BEGIN_DECLS

/**
 * AverModel:
 *
 * A model file, mapped read-only. It holds named sections, each an array of numbers in the byte
 * order of the machine (little-endian; a file of the other order is refused), aligned to 64 bytes,
 * and a card that says where it comes from. Reading it is [any].
 *
 * The file: a header (magic `AverModl`, format version, number of sections, size of the file,
 * checksum, kind), the table of sections, the sections. It is input
 * like any other: a file that is cut short, altered, or of another kind is refused.
 */
typedef struct _AverModel AverModel;

/**
 * aver_model_new_from_file:
 * @path: a model file
 * @kind: what it has to be: "quote-attributor/words"; at most 31 bytes
 *
 * Maps a model into memory, and checks it.
 *
 * Returns: (transfer full) (nullable): the model, or %NULL with %AVER_ERROR_INPUT (cannot be
 * read), %AVER_ERROR_SYNTAX (no model file, damaged, or of a later format) or %AVER_ERROR_CONFIG
 * (a model of another kind); messages name the file.
 */
AVER_API AverModel *aver_model_new_from_file(const char *path, const char *kind, GError **error);

/**
 * aver_model_free:
 *
 * Frees a model; the sections got from it are gone then.
 */
AVER_API void aver_model_free(AverModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverModel, aver_model_free)

/**
 * aver_model_get_section:
 * @name: a section's name
 * @element_size: the size of one number in bytes
 * @n_elements: (out): how many there are
 *
 * The numbers themselves are not checked: whoever uses one as an index has to.
 *
 * Returns: (transfer none) (nullable): the section, aligned to 64 bytes, or %NULL with
 * %AVER_ERROR_SYNTAX when it is not there or no whole number of elements.
 */
AVER_API gconstpointer aver_model_get_section(const AverModel *model, const char *name,
                                              gsize element_size, gsize *n_elements,
                                              GError **error);

/**
 * aver_model_get_card:
 *
 * Tells what the model says of itself.
 *
 * Returns: (transfer none): where the model comes from: data and its terms, features, training
 * command, figures; UTF-8, by convention a JSON object.
 */
AVER_API const char *aver_model_get_card(const AverModel *model);

/**
 * AverModelWriter:
 *
 * Puts a model file together. Same sections, same bytes.
 */
typedef struct _AverModelWriter AverModelWriter;

/**
 * aver_model_writer_new:
 * @kind: what the model is for, as aver_model_new_from_file() asks for it
 * @card: see aver_model_get_card()
 *
 * Begins a model.
 *
 * Returns: (transfer full): a writer.
 */
AVER_API AverModelWriter *aver_model_writer_new(const char *kind, const char *card);

/**
 * aver_model_writer_free:
 *
 * Frees a writer; what was not written is lost.
 */
AVER_API void aver_model_writer_free(AverModelWriter *writer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverModelWriter, aver_model_writer_free)

/**
 * aver_model_writer_add:
 * @name: at most 23 bytes, not used before
 * @data: (array length=size) (element-type guint8): copied
 * @size: bytes
 *
 * Adds a section.
 */
AVER_API void aver_model_writer_add(AverModelWriter *writer, const char *name, gconstpointer data,
                                    gsize size);

/**
 * aver_model_writer_write:
 * @path: where to
 *
 * Writes the file: whole and durable under its name, or not at all.
 *
 * Returns: %FALSE with %AVER_ERROR_OUTPUT.
 */
AVER_API gboolean aver_model_writer_write(const AverModelWriter *writer, const char *path,
                                          GError **error);

G_END_DECLS
