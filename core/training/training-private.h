/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of a training, shared by the files that make it up. */
#pragma once

#include <aver/trainer.h>
#include <jansson.h>

struct _AverTraining {
  GArray *examples;      /* AverExample */
  GStringChunk *strings; /* texts, labels and groups */
  char *output;
  char *provenance;
  AverReportFunc report;
  AverStepFunc progress;
  gpointer user_data;
  GString *reported; /* (nullable) what a test asks for */
};

/* Without data, settings or checks. */
AverTraining *aver_training_new_empty(const char *output);

/* Adds an example with a copy of the text; its other strings are interned or live as long. FALSE
 * when the text is not UTF-8 or too long. */
gboolean aver_training_add(AverTraining *training, const char *text, gsize length,
                           const AverExample *example, GError **error);

/* One of @training's own strings, each of which is kept once. */
const char *aver_training_intern(AverTraining *training, const char *text, gsize length);
