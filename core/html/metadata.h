/* SPDX-License-Identifier: Apache-2.0 */
/* What a page says of itself: title, author, dates, site, language, address. */
#pragma once

#include "page.h"

typedef enum {
  FACT_TITLE,
  FACT_AUTHOR,
  FACT_PUBLISHED,
  FACT_MODIFIED,
  FACT_SITE,
  FACT_LANGUAGE,
  FACT_URL,
  N_FACTS,
} FactName;

/* Values are UTF-8 without line ends, NULL where the page does not say. */
typedef struct {
  char *values[N_FACTS];
  guint8 ranks[N_FACTS]; /* how good the source was; 0 when there was none */
} Facts;

void facts_clear(Facts *facts);

/* Collects what JSON-LD, OpenGraph and other meta elements, <time>, <title> and headings say. */
void facts_collect(Facts *facts, const Page *page);

/* Keeps a value unless a better source gave one: the highest rank wins, the first of equals. */
void facts_offer(Facts *facts, FactName name, const char *value, gsize length, guint rank);

/* The page's JSON-LD scripts. */
void facts_read_data(Facts *facts, const char *data, gsize length);
