/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of an article: page.c, marks.c, quotes.c, claims.c, layers.c. */
#pragma once

#include <aver/aver.h>
#include <aver/page.h>

#define AT AVER_PAGE_ANCHOR

/* How many of a page's speakers can be told apart by its filter; the last is all others. */
#define N_FILTERS 12

/* Bytes of a name, and of a quotation, that are shown. */
enum { MOST_NAME = 200, MOST_TEXT = 400 };

struct _AverPage {
  const AverDocument *document;
  const char *text;
  guint32 length;
  const AverLayer *quotes, *claims; /* (nullable) */
  char *title;
  GHashTable *numbers; /* char* -> number of the speaker in the document + 1 */
  GPtrArray *speakers; /* char*: their names, "" for nobody */
};

/* The number by which the filter tells the speaker. */
guint get_filter(const AverPage *page, const char *speaker);

/* "" where there is none. */
const char *get_speaker(const AverLayer *quotes, guint32 row);
const char *get_name(const AverLayerType *type, guint32 column, gint32 value);

gboolean is_worthy(const char *label);
gboolean is_marked(const AverLayer *claims, guint32 row);

void append_marked_text(AverBuffer *out, const AverPage *page);
void append_quotes(AverBuffer *out, const AverPage *page, guint level);
void append_claims(AverBuffer *out, const AverPage *page, guint level);
void append_layers(AverBuffer *out, const AverPage *page);
