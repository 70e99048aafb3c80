/* SPDX-License-Identifier: Apache-2.0 */
/* The browser's page: files that are linked into the program, and documents as HTML. */
#pragma once

#include <aver/aver.h>

typedef struct {
  const char *path; /* "/", "/page.css" */
  const char *type; /* its Content-Type */
  const char *data;
  gsize length;
} PageFile;

/* What a path stands for; NULL when there is no such file. */
const PageFile *page_find(const char *path);

/* A document as HTML, which POST /v1/documents answers to those who accept nothing but text/html:
 * an <article>. [worker] */
gboolean page_append_document(AverBuffer *out, const AverDocument *document);

/* The same of a document that comes with its layers, as POST /v1/documents answers it and a person
 * may have corrected it; nothing is analysed. FALSE with an error that names what is wrong in it.
 * [worker] */
gboolean page_append_record(AverBuffer *out, const char *json, gsize length, GError **error);

/* The page with a document in it, for browsers without script. [worker] */
gboolean page_append_whole(AverBuffer *out, const AverDocument *document);
