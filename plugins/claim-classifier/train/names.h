/* SPDX-License-Identifier: Apache-2.0 */
/* Names of labels: which there are, and what they mean to the classifier. */
#pragma once

#include "dataset.h"

/* names_read: fills the labels of @data, renamed as the option `rename` says, and finds those that
 * the options `positive` and `negative` name. */
gboolean names_read(Dataset *data, const AverStage *stage, const AverExample *examples,
                    GError **error);
