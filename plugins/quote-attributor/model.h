/* SPDX-License-Identifier: Apache-2.0 */
/* The trained modes: a model file, and the attributions it finds beside the rules'. */
#pragma once

#include "reading.h"

typedef struct _Model Model;
typedef struct _ModelSheet ModelSheet;

/* Maps a model file of kind "quote-attributor/words", or of "quote-attributor/syntax", which needs
 * the layers token and dependency. Every size in it is checked. */
Model *model_new_from_file(const char *path, gboolean syntax, GError **error);
void model_free(Model *model);

/* A worker's memory. */
ModelSheet *model_sheet_new(void);
void model_sheet_free(ModelSheet *sheet);

/* Joins what the rules found beside cues with what the model finds: attributions are added,
 * changed, and taken away (those are left without content). Each gets its confidence. Takes time
 * in proportion to the text. Plain: contents without a leading "that", cues without auxiliaries. */
void model_attribute(const Model *model, ModelSheet *sheet, Reading *reading,
                     AverDocument *document, gboolean plain);

/* Tells what weighed most where the model had a say in an attribution of the document it was given
 * last. */
void model_explain(const Model *model, const ModelSheet *sheet, guint32 attribution,
                   AverExplanation *explanation);
