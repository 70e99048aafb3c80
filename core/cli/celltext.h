/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a row as a person reads them. */
#pragma once

#include <aver/aver.h>

/* Whether a span lies in the text, on character boundaries, and is not empty. */
gboolean text_has_span(const AverDocument *document, AverSpan span);

/* What a span covers, on one line, without the middle of what is long; "" when it is nothing. */
char *text_excerpt(const AverDocument *document, AverSpan span);

/* With two decimals. */
char *cell_number(double value);

/* One cell of a layer; NULL when it is absent. */
char *cell_text(const AverDocument *document, const AverLayer *layer, guint32 row, guint32 column);
