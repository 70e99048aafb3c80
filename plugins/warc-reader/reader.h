/* SPDX-License-Identifier: Apache-2.0 */
/* The reader: what is taken, where it stands in its input, and one worker's scratch memory. */
#pragma once

#include "payload.h"

#include <aver/aver.h>
#include <aver/html.h>

/* Which records are taken. */
typedef struct {
  char **types;
  GPtrArray *media;  /* GPatternSpec */
  GPtrArray *status; /* GPatternSpec */
} Choice;

typedef struct {
  AverInput *input;
  gsize max_record;
  Choice choice;
  GString *held;      /* the cursor before what is being passed over; empty when nothing is */
  gboolean passing;   /* over @left bytes, or up to where a record begins */
  gboolean searching; /* for the beginning of a record only: what is wrong is in @pending */
  guint64 left;
  guint line;         /* what the bytes that come next begin with, a LineState */
  GError *pending;    /* to be told when the next record has been found */
  guint64 pending_at; /* where what it is about begins */
} WarcReader;

typedef struct {
  AverHtml *html;
  AverBuffer one, two;
} WarcWorker;

/* Whether a record is taken; @block may be the beginning of its block. */
gboolean choice_takes(const Choice *choice, const Head *head, const char *block, gsize length);

AverCut warc_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error);
gboolean warc_decode(gpointer self, gpointer worker, const AverRecord *record,
                     AverDocument *document, GError **error);

/* Metadata of a record's head, and of its response. */
void facts_add(const AverRecord *record, const Head *head, const Payload *payload,
               AverDocument *document);
