/* SPDX-License-Identifier: Apache-2.0 */
/* A reading: a text in memory, cut by a reader of its own and decoded by those of the service. */
#include "input-private.h"
#include "service.h"

#include <aver/charset.h>
#include <string.h>

struct _AverReading {
  AverService *service;
  AverStage *stage;
  gpointer self;
  gpointer worker; /* of a reader that was told the character set, which decodes as well */
  gboolean opened, started, ended;
  guint32 number;       /* the delegate that reads; 0 for the auto-reader */
  gboolean own_charset; /* what the service's readers do not know */
  gint stopped;
  AverFailure failure;
};

static AverDelegates *get_delegates(const AverService *service)
{
  return service->readers->posts[0].stage->delegates;
}

gboolean aver_service_can_read(AverService *service, const char *reader, GError **error)
{
  g_return_val_if_fail(service != NULL && reader != NULL, FALSE);
  AverDelegates *delegates = get_delegates(service);
  guint32 number = aver_delegates_find(delegates, reader, strlen(reader));
  if (number == 0 && strcmp(reader, "auto-reader") != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "there is no reader '%s'", reader);
    return FALSE;
  }
  g_mutex_lock(&service->opening);
  gboolean good = number == 0 || aver_delegates_open(delegates, number, error);
  g_mutex_unlock(&service->opening);
  return good;
}

/* Opens a delegate of the reading's own auto-reader, which only cuts; it decodes in the service's
 * (AverDelegateOpener). */
static gboolean open_cutter(gpointer data, guint32 number, gpointer *self, GError **error)
{
  AverReading *reading = data;
  if (!aver_delegates_open(get_delegates(reading->service), number, error))
    return FALSE;
  AverStage *stage = reading->stage->delegates->list[number - 1].stage;
  GError *failure = NULL;
  *self = stage->plugin->open == NULL ? NULL : stage->plugin->open(stage, &failure);
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

static void add_delegates(AverReading *reading)
{
  AverDelegates *shared = get_delegates(reading->service);
  AverDelegates *own = aver_delegates_new(reading->stage, shared->registry);
  for (guint i = 0; i < own->n; i++)
    if (shared->list[i].stage != NULL)
      own->list[i].stage = aver_stage_new_like(shared->list[i].stage);
  own->open = open_cutter;
  own->data = reading;
  reading->stage->delegates = own;
}

static gboolean set_charset(AverReading *reading, const char *charset, GError **error)
{
  const AverOption *option = aver_stage_find_option(reading->stage, "charset");
  if (option == NULL && g_ascii_strcasecmp(charset, "utf-8") == 0)
    return TRUE;
  if (option == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "the character set is '%s'; expected utf-8",
                charset);
    return FALSE;
  }
  reading->own_charset = TRUE;
  return aver_stage_set_text(reading->stage, option, charset, error);
}

static gboolean open_reader(AverReading *reading, GError **error)
{
  const AverPlugin *plugin = reading->stage->plugin;
  GError *failure = NULL;
  if (plugin->open != NULL)
    reading->self = plugin->open(reading->stage, &failure);
  reading->opened = failure == NULL;
  if (reading->opened && reading->own_charset) {
    if (plugin->start != NULL)
      reading->worker = plugin->start(reading->self, &failure);
    reading->started = failure == NULL;
  }
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

AverReading *aver_service_read(AverService *service, const AverSubmission *submission,
                               GError **error)
{
  g_return_val_if_fail(service != NULL && submission != NULL, NULL);
  if (!aver_service_can_read(service, submission->reader, error))
    return NULL;
  AverDelegates *delegates = get_delegates(service);
  g_autoptr(AverReading) reading = g_new0(AverReading, 1);
  reading->service = service;
  reading->number = aver_delegates_find(delegates, submission->reader, strlen(submission->reader));
  g_mutex_lock(&service->opening);
  reading->stage = aver_stage_new_like(
      reading->number == 0 ? delegates->reader : delegates->list[reading->number - 1].stage);
  if (reading->number == 0)
    add_delegates(reading);
  g_autoptr(AverInput) input = aver_input_new_for_bytes(submission->name, submission->data);
  aver_input_set_limits(input, &reading->stage->unpack);
  reading->stage->lent = input;
  gboolean good =
      (submission->charset == NULL || set_charset(reading, submission->charset, error)) &&
      open_reader(reading, error);
  g_mutex_unlock(&service->opening);
  return good ? g_steal_pointer(&reading) : NULL;
}

static void close_cutters(AverDelegates *delegates)
{
  for (guint i = 0; i < delegates->n; i++) {
    AverDelegate *delegate = &delegates->list[i];
    if (delegate->opened && delegate->stage->plugin->close != NULL)
      delegate->stage->plugin->close(delegate->self);
  }
}

void aver_reading_free(AverReading *reading)
{
  if (reading == NULL)
    return;
  const AverPlugin *plugin = reading->stage->plugin;
  if (reading->stage->delegates != NULL)
    close_cutters(reading->stage->delegates);
  if (reading->started && plugin->stop != NULL)
    plugin->stop(reading->self, reading->worker);
  if (reading->opened && plugin->close != NULL)
    plugin->close(reading->self);
  aver_stage_free(reading->stage);
  g_free(reading);
}

static AverCut cut(AverReading *reading, AverRecord *record, GError **error)
{
  AverService *service = reading->service;
  AverCut answer;
  /* Its own delegates are loaded on the way. */
  if (reading->number == 0)
    g_mutex_lock(&service->opening);
  do
    answer = reading->stage->plugin->cut(reading->self, TRUE, record, error);
  while (answer == AVER_CUT_WAIT);
  if (reading->number == 0)
    g_mutex_unlock(&service->opening);
  else
    record->delegate = reading->number;
  return answer;
}

static gboolean decode(AverReading *reading, guint worker, const AverRecord *record,
                       AverDocument *document, GError **error)
{
  AverVerdict verdict = AVER_KEEP;
  GError *failure = NULL;
  if (reading->own_charset && !reading->stage->isolation.wanted)
    verdict =
        reading->stage->plugin->decode(reading->self, reading->worker, record, document, &failure)
            ? AVER_KEEP
            : AVER_FAIL;
  else
    aver_post_decode(&reading->service->readers->posts[0], worker, &record, &document, 1, &verdict,
                     &failure);
  if (verdict == AVER_KEEP && failure == NULL)
    return TRUE;
  if (failure == NULL)
    g_set_error(&failure, AVER_ERROR, AVER_ERROR_FAILED, "failed without saying why");
  g_propagate_error(error, failure);
  return FALSE;
}

/* Where a document comes from, for whoever is told that it failed. */
static void fill_failure(AverReading *reading, const AverRecord *record, const char *stage,
                         AverFailure *failure)
{
  (void) reading;
  *failure = (AverFailure){.file = record->origin == NULL ? "" : record->origin,
                           .line = record->line,
                           .offset = record->offset,
                           .stage = stage};
}

static AverServed fail_reading(AverReading *reading, const AverRecord *record, AverFailure *failure)
{
  const AverPost *post = aver_post_of(&reading->service->readers->posts[0], record);
  fill_failure(reading, record, post->stage->name, failure);
  aver_service_count(reading->service, AVER_SERVED_FAILED, record->length, -1, record->delegate);
  return AVER_SERVED_FAILED;
}

AverServed aver_reading_next(AverReading *reading, guint worker, AverDocument *document,
                             AverFailure *failure, GError **error)
{
  g_return_val_if_fail(reading != NULL && document != NULL && failure != NULL, AVER_SERVED_END);
  AverRecord record = {0};
  aver_document_reset(document);
  if (reading->ended)
    return AVER_SERVED_END;
  AverCut answer = cut(reading, &record, error);
  reading->ended = answer == AVER_CUT_END || answer == AVER_CUT_FATAL;
  if (answer == AVER_CUT_END)
    return AVER_SERVED_END;
  if (answer != AVER_CUT_RECORD || !decode(reading, worker, &record, document, error))
    return fail_reading(reading, &record, failure);
  guint annotator;
  AverServed served = aver_service_process(reading->service, worker, document, &reading->stopped,
                                           &annotator, error);
  gboolean by_annotator = annotator < reading->service->crew->n_posts;
  aver_service_count(reading->service, served, record.length, by_annotator ? (gint) annotator : -1,
                     record.delegate);
  if (served != AVER_SERVED_FAILED)
    return served;
  /* It is not for the document to be blamed, as the other codes would. */
  if (error != NULL && !g_error_matches(*error, AVER_ERROR, AVER_ERROR_STOPPED))
    (*error)->code = AVER_ERROR_FAILED;
  fill_failure(reading, &record, reading->service->crew->posts[annotator].stage->name, failure);
  return served;
}

void aver_reading_stop(AverReading *reading)
{
  g_return_if_fail(reading != NULL);
  g_atomic_int_set(&reading->stopped, 1);
}
