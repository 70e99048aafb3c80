/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of webanno-writer: annotations of the W3C Web Annotation Data Model. */
#pragma once

#include <aver/aver.h>

typedef struct {
  const char *base;    /* what IRIs of documents begin with */
  guint32 context;     /* characters before and behind what is selected */
  gboolean collection; /* a line a document instead of one an annotation */
  char **layers;       /* (nullable) the names of those to write; NULL: all */
} WebannoStyle;

typedef struct {
  AverCharacters characters;
  AverBuffer source; /* the document's IRI */
  const char *text;
  const char *language; /* (nullable) */
} WebannoWorker;

/* The document's IRI: @base and the id, all that is not plain percent-encoded (RFC 3986). */
void set_source(WebannoWorker *worker, const WebannoStyle *style, const char *id);

/* annotation.c: one row as an annotation, with its context unless it stands in a collection. */
void append_annotation(AverBuffer *out, const WebannoWorker *worker, const WebannoStyle *style,
                       const AverLayer *layer, guint32 row);
