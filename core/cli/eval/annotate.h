/* SPDX-License-Identifier: Apache-2.0 */
/* Predictions of a pipeline: its annotators run over the texts of the gold documents. */
#pragma once

#include "records.h"

/*
 * NULL with AVER_ERROR_CONFIG when the pipeline does not provide @layer, or another error when a
 * document fails. What the pipeline drops has no prediction. Progress is drawn on a terminal.
 */
Records *annotate(AverPipeline *pipeline, const char *layer, const Records *gold, GError **error);
