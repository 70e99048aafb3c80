/* SPDX-License-Identifier: Apache-2.0 */
/* Word classes: which words behave alike, learnt elsewhere from much text. */
#pragma once

#include "dataset.h"

/* wordclasses_read: reads the table that the option `classes` names, or else takes the classes of
 * the plugin's own model, when it is there. */
gboolean wordclasses_read(Dataset *data, const AverStage *stage, GError **error);
