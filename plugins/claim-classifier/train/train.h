/* SPDX-License-Identifier: Apache-2.0 */
/* Training: the plugin's callback. */
#pragma once

#include <aver/aver.h>

gboolean train_model(AverStage *stage, AverTraining *training, GError **error);
