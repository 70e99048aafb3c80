/* SPDX-License-Identifier: Apache-2.0 */
/* A job's journal: records of one line each, appended and flushed, each sealed by a checksum. */
#pragma once

#include <aver/error.h>
#include <jansson.h>

#define AVER_JOURNAL_NAME "journal.log"

/* The last record of each kind; NULL: there is none. */
typedef struct {
  json_t *job;        /* what runs, and on what */
  json_t *files;      /* what the stages opened besides */
  json_t *checkpoint; /* how far it came */
  json_t *failure;    /* why it stopped there */
} AverJournalState;

void aver_journal_state_clear(AverJournalState *state);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AverJournalState, aver_journal_state_clear)

/*
 * Reads a journal's bytes. A last record that was cut off is passed over, for that is what a power
 * failure leaves; anything else that is wrong is an error: FALSE with AVER_ERROR_SYNTAX.
 */
gboolean aver_journal_parse(const char *data, gsize length, AverJournalState *state,
                            GError **error);

/* Reads the journal in a folder; `state->job` stays NULL when there is none. */
gboolean aver_journal_load(const char *folder, AverJournalState *state, GError **error);

typedef struct AverJournal AverJournal;

/* Writes a journal that holds @state, in the place of any other, durably or not at all. */
AverJournal *aver_journal_new(const char *folder, const AverJournalState *state, GError **error);
void aver_journal_free(AverJournal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverJournal, aver_journal_free)

/* Appends a record (transfer full), durably; after a failure no more can be appended. A journal
 * that has grown long is written anew. */
gboolean aver_journal_append(AverJournal *journal, json_t *record, GError **error);
