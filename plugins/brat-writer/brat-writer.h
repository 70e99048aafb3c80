/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of brat-writer: names and types for brat's configuration, annotations of one document.
 */
#pragma once

#include <aver/aver.h>

/* What of a document is written. */
typedef struct {
  const char *const *layers; /* (nullable) the names of those to write; NULL: all */
} BratStyle;

gboolean is_wanted(const BratStyle *style, const char *layer);

/* What a worker uses for document after document. */
typedef struct {
  AverCharacters characters;
  AverBuffer text;
  AverBuffer annotations;
  GArray *fragments; /* AverSpan: of the annotation that is being written */
  GPtrArray
      *entities; /* GArray of guint32: the number of each row's T line, 0: none; a layer each */
  const AverDocument *document;
  const char *from; /* the text's bytes */
  guint32 n_entities;
  guint32 n_relations;
  guint32 n_attributes;
  guint32 n_notes;
} BratWorker;

/* names.c: brat's names have letters, digits, `-` and `_`; `-` is what this writer joins them with.
 */
void append_word(AverBuffer *out, const char *name, gboolean hyphens);
void append_type(AverBuffer *out, const char *layer, const char *column);
void append_relation_type(AverBuffer *out, const char *layer, const char *column);
void append_attribute_type(AverBuffer *out, const char *layer, const char *column,
                           const char *flag);

/* The column whose spans are what a row is about: `content`, when it is one of spans; or NONE. */
gint32 find_content(const AverLayerType *type);

/* The values of a column of strings that are known beforehand, as those of a claim's label. */
const char *const *known_values(const AverLayerType *type, guint32 column);

/* types.c: what a layer adds to the configuration, lines that each begin with a section's letter;
 * and the files made of all of them. */
void append_section_lines(AverBuffer *out, const AverLayerType *type);
char *make_annotation_conf(GPtrArray *notes);
char *make_visual_conf(GPtrArray *notes);

/* annotations.c: fills the worker's annotations. */
void annotate(BratWorker *worker, const BratStyle *style);
