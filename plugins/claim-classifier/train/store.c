/* SPDX-License-Identifier: Apache-2.0 */
/* Storing: the same training, the same bytes. */
#include "store.h"

#include <math.h>

static void append_text(AverBuffer *card, const char *text)
{
  aver_json_append_string(card, text, strlen(text));
}

static void append_figures(AverBuffer *card, const Dataset *data, const Figures *figures)
{
  aver_buffer_printf(card, "{\"accuracy\":%.4f,", figures->accuracy);
  if (isfinite(figures->auc))
    aver_buffer_printf(card, "\"average_precision\":%.4f,\"auc\":%.4f,", figures->average_precision,
                       figures->auc);
  aver_buffer_printf(card, "\"calibration_error\":%.4f,\"examples\":%u,\"f1\":{",
                     figures->calibration_error, data->n);
  for (guint32 k = 0; k < data->info.n_labels; k++) {
    aver_buffer_printf(card, k == 0 ? "" : ",");
    append_text(card, data->labels->pdata[k]);
    aver_buffer_printf(card, ":%.4f", figures->f1[k]);
  }
  aver_buffer_printf(card, "},\"macro_f1\":%.4f}", figures->macro_f1);
}

/* Where the model comes from, what it is, and how good it was on held-out examples. */
static char *make_card(const AverStage *stage, const AverTraining *training, const Dataset *data,
                       const Figures *figures, double cost)
{
  g_auto(AverBuffer) card = {0};
  const char *attribution = aver_stage_get_string(stage, "attribution");
  aver_buffer_printf(&card, "{");
  if (attribution != NULL) {
    aver_buffer_printf(&card, "\"attribution\":");
    append_text(&card, attribution);
    aver_buffer_printf(&card, ",");
  }
  aver_buffer_printf(&card,
                     "\"features\":{\"buckets\":%u,\"characters\":%s,\"cues\":%u,"
                     "\"version\":%u,\"word_classes\":%s,\"words\":\"1-2, skip\"},\"held_out\":",
                     1u << data->info.bits, data->info.characters ? "true" : "false",
                     data->info.n_dense, data->info.version, data->n_slots > 0 ? "true" : "false");
  append_figures(&card, data, figures);
  aver_buffer_printf(&card,
                     ",\"learner\":\"LIBLINEAR, L2-regularised logistic regression, one "
                     "label against the rest, C %g\",\"training\":",
                     cost);
  const char *provenance = aver_training_get_provenance(training);
  aver_buffer_append(&card, provenance, strlen(provenance));
  aver_buffer_append(&card, "}", 2);
  return g_strdup(card.data);
}

static void add_labels(AverModelWriter *writer, const Dataset *data)
{
  g_autoptr(GByteArray) names = g_byte_array_new();
  for (guint k = 0; k < data->labels->len; k++) {
    const char *label = data->labels->pdata[k];
    g_byte_array_append(names, (const guint8 *) label, (guint) strlen(label) + 1);
  }
  aver_model_writer_add(writer, "labels", names->data, names->len);
}

gboolean store_model(const AverStage *stage, const AverTraining *training, const Dataset *data,
                     const Learnt *learnt, const Calibration *calibration, const Figures *figures,
                     double cost, GError **error)
{
  gsize rows = data->info.n_rows, labels = data->info.n_labels;
  g_autofree char *card = make_card(stage, training, data, figures, cost);
  g_autoptr(AverModelWriter) writer = aver_model_writer_new(WEIGHTS_KIND, card);
  aver_model_writer_add(writer, "info", &data->info, sizeof data->info);
  add_labels(writer, data);
  aver_model_writer_add(writer, "table", learnt->table, learnt->table_size);
  aver_model_writer_add(writer, "scale", learnt->scale, rows * sizeof(float));
  aver_model_writer_add(writer, "dense", learnt->dense,
                        rows * (data->info.n_dense + 1) * sizeof(float));
  aver_model_writer_add(writer, "slope", calibration->slope, labels * sizeof(float));
  aver_model_writer_add(writer, "shift", calibration->shift, labels * sizeof(float));
  aver_model_writer_add(writer, "offset", calibration->offset, labels * sizeof(float));
  aver_model_writer_add(writer, "class-hash", data->class_hashes, data->n_slots * sizeof(guint32));
  aver_model_writer_add(writer, "class-id", data->class_ids, data->n_slots);
  return aver_model_writer_write(writer, aver_training_get_output(training), error);
}

static void append_prediction(AverBuffer *out, const Dataset *data, const Predictions *predictions,
                              guint32 i, const char *id)
{
  guint32 n = data->info.n_labels;
  const float *p = predictions->probabilities + (gsize) i * n;
  gint32 label = predictions->label[i];
  g_autofree char *number = g_strdup_printf("%u", i + 1);
  aver_buffer_printf(out, "{\"id\":");
  append_text(out, *id == '\0' ? number : id);
  aver_buffer_printf(out, ",\"label\":");
  append_text(out, data->labels->pdata[label]);
  aver_buffer_printf(out, ",\"score\":");
  aver_json_append_float(out, p[data->info.positive == AVER_NONE ? label : data->info.positive]);
  for (guint32 k = 0; k < n; k++) {
    aver_buffer_printf(out, k == 0 ? ",\"scores\":{" : ",");
    append_text(out, data->labels->pdata[k]);
    aver_buffer_printf(out, ":");
    aver_json_append_float(out, p[k]);
  }
  aver_buffer_printf(out, "}}\n");
}

gboolean store_predictions(const char *path, AverTraining *training, const Dataset *data,
                           const Predictions *predictions, GError **error)
{
  gsize n;
  const AverExample *examples = aver_training_get_examples(training, &n);
  g_auto(AverBuffer) out = {0};
  g_autoptr(GError) cause = NULL;
  for (guint32 i = 0; i < data->n; i++)
    append_prediction(&out, data, predictions, i, aver_document_get_id(examples[i].document));
  if (g_file_set_contents(path, out.data, (gssize) out.length, &cause))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "option 'predictions': cannot write '%s': %s",
              path, cause->message);
  return FALSE;
}
