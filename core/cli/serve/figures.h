/* SPDX-License-Identifier: Apache-2.0 */
/* What the server counts, for GET /metrics. */
#pragma once

#include "serve.h"

Figures *figures_new(void);
void figures_free(Figures *figures);

/* A request has been answered, in so many microseconds. */
void figures_add(Figures *figures, guint status, gint64 microseconds);

/* All there is to tell, in OpenMetrics text format. Free with g_free(). */
char *figures_format(Server *server);
