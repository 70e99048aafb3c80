/* SPDX-License-Identifier: Apache-2.0 */
/* Maps a model file, checks it, and takes a document through the three stages. */
#include "model.h"

#include "model-parts.h"

#include <math.h>

struct _Model {
  AverModel *file;
  Weights weights;
  float *step_odds;
};

struct _ModelSheet {
  Sheet *sheet;
};

/* A section of a power of two of rows; sets the mask of their number. */
static gconstpointer table(const AverModel *file, const char *name, gsize row, guint32 *mask,
                           GError **error)
{
  gsize n;
  gconstpointer data = aver_model_get_section(file, name, row, &n, error);
  if (data == NULL)
    return NULL;
  if (n == 0 || (n & (n - 1)) != 0 || n > G_MAXUINT32) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the model's section '%s' has %" G_GSIZE_FORMAT " rows; expected a power of two",
                name, n);
    return NULL;
  }
  *mask = (guint32) n - 1;
  return data;
}

/* A section of a fixed number of elements. */
static gconstpointer fixed(const AverModel *file, const char *name, gsize element, gsize expected,
                           GError **error)
{
  gsize n;
  gconstpointer data = aver_model_get_section(file, name, element, &n, error);
  if (data != NULL && n != expected) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the model's section '%s' has %" G_GSIZE_FORMAT
                " elements; expected %" G_GSIZE_FORMAT,
                name, n, expected);
    return NULL;
  }
  return data;
}

static gboolean read_numbers(Weights *w, const AverModel *file, GError **error)
{
  const float *numbers = fixed(file, "numbers", sizeof(float), N_NUMBERS, error);
  if (numbers == NULL)
    return FALSE;
  gboolean good = TRUE;
  for (guint i = 0; i < N_NUMBERS; i++)
    good = good && isfinite(numbers[i]) && fabsf(numbers[i]) < 100;
  for (guint i = 0; i < 3; i++)
    good = good && numbers[i] > 0 && numbers[i] < 1;
  if (!good) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the model's section 'numbers' holds no scales and thresholds");
    return FALSE;
  }
  w->cue_unit = numbers[0];
  w->span_unit = numbers[1];
  w->choice_unit = numbers[2];
  w->cue_floor = numbers[3];
  w->choice_floor = numbers[4];
  w->rules_floor = numbers[5];
  w->inner_floor = numbers[6];
  return TRUE;
}

static gboolean read_weights(Weights *w, const AverModel *file, GError **error)
{
  const gsize n_steps = N_TAGS * ROW_LABELS * ROW_LABELS;
  return (w->classes = table(file, "classes", sizeof(guint32), &w->classes_mask, error)) != NULL &&
         (w->gate = table(file, "gate", sizeof(guint32), &w->gate_mask, error)) != NULL &&
         (w->cue_rows = table(file, "cues", 1, &w->cue_mask, error)) != NULL &&
         (w->span_rows = table(file, "spans", ROW_LABELS, &w->span_mask, error)) != NULL &&
         (w->choice_rows = table(file, "choices", 1, &w->choice_mask, error)) != NULL &&
         (w->steps = fixed(file, "steps", sizeof(gint16), n_steps, error)) != NULL &&
         read_numbers(w, file, error);
}

Model *model_new_from_file(const char *path, gboolean syntax, GError **error)
{
  const char *kind = syntax ? "quote-attributor/syntax" : "quote-attributor/words";
  AverModel *file = aver_model_new_from_file(path, kind, error);
  if (file == NULL)
    return NULL;
  Model *model = g_new0(Model, 1);
  model->file = file;
  model->weights.syntax = syntax;
  if (!read_weights(&model->weights, file, error)) {
    g_prefix_error(error, "cannot use '%s': ", path);
    model_free(model);
    return NULL;
  }
  model->step_odds = steps_to_odds(model->weights.steps, model->weights.span_unit);
  model->weights.step_odds = model->step_odds;
  return model;
}

void model_free(Model *model)
{
  if (model == NULL)
    return;
  g_free(model->step_odds);
  aver_model_free(model->file);
  g_free(model);
}

ModelSheet *model_sheet_new(void)
{
  ModelSheet *sheet = g_new0(ModelSheet, 1);
  sheet->sheet = sheet_new();
  return sheet;
}

void model_sheet_free(ModelSheet *sheet)
{
  if (sheet == NULL)
    return;
  sheet_free(sheet->sheet);
  g_free(sheet);
}

void model_attribute(const Model *model, ModelSheet *memory, Reading *reading,
                     AverDocument *document, gboolean plain)
{
  Sheet *sheet = memory->sheet;
  sheet_start(sheet, &model->weights, reading, document);
  cues_score(&model->weights, sheet);
  spans_tag(&model->weights, sheet);
  candidates_add_rules(sheet);
  candidates_score(&model->weights, sheet);
  candidates_select(&model->weights, sheet, plain);
  candidates_write(sheet, plain);
}

void model_explain(const Model *model, const ModelSheet *memory, guint32 attribution,
                   AverExplanation *explanation)
{
  const Sheet *sheet = memory->sheet;
  const Attribution *a = attribution_at(sheet->reading, attribution);
  if (a->candidate != 0 && a->candidate <= sheet->candidates->len)
    candidate_explain(&model->weights, sheet, a->candidate - 1, explanation);
}
