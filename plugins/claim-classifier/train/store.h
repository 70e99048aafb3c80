/* SPDX-License-Identifier: Apache-2.0 */
/* Storing: the model's file, and the card in it. */
#pragma once

#include "calibrate.h"
#include "figures.h"
#include "learn.h"

gboolean store_model(const AverStage *stage, const AverTraining *training, const Dataset *data,
                     const Learnt *learnt, const Calibration *calibration, const Figures *figures,
                     double cost, GError **error);

/* store_predictions: writes held-out predictions, one JSON object a line, for scorers. */
gboolean store_predictions(const char *path, AverTraining *training, const Dataset *data,
                           const Predictions *predictions, GError **error);
