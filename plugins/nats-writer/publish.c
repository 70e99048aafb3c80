/* SPDX-License-Identifier: Apache-2.0 */
/* Publishing: many messages under way at once, each sent again until the server has stored it. */
#include "publish.h"

/* So many messages, and so many bytes, are under way at most. */
#define MOST_MESSAGES 4096
#define MOST_BYTES    ((gsize) 8 << 20)

#define ANSWER_MILLISECONDS 5000
#define STALL_MILLISECONDS  200

/* A server that is there and does not take it will not take it later. */
static gboolean is_temporary(const jsPubAckErr *failure)
{
  return failure->ErrCode == 0 || failure->ErrCode == JSClusterNotAvailErr ||
         failure->ErrCode == JSNotEnabledForAccountErr;
}

/* On a thread of the library. */
static void on_failure(jsCtx *js, jsPubAckErr *failure, void *closure)
{
  Publisher *publisher = closure;
  (void) js;
  pthread_mutex_lock(&publisher->lock);
  if (is_temporary(failure)) {
    g_ptr_array_add(publisher->again, failure->Msg);
    failure->Msg = NULL;
  } else if (publisher->refused == NULL) {
    publisher->refused = g_strdup(failure->ErrText == NULL ? "no reason" : failure->ErrText);
  }
  pthread_mutex_unlock(&publisher->lock);
}

static void destroy_message(gpointer message)
{
  natsMsg_Destroy(message);
}

static gboolean find_stream(const Publisher *publisher, const AverStage *stage, GError **error)
{
  const char *stream = aver_stage_get_string(stage, "stream");
  if (!aver_stage_get_boolean(stage, "create"))
    return link_check_taken(&publisher->link, publisher->subject, "subject", error);
  return link_check_taken(&publisher->link, publisher->subject, "subject", NULL) ||
         (link_check_name(stream, "stream", error) &&
          link_make_stream(&publisher->link, stream, publisher->subject, js_LimitsPolicy, error));
}

gboolean publisher_open(Publisher *publisher, const AverStage *stage, GError **error)
{
  jsOptions options;
  *publisher = (Publisher){.subject = aver_stage_get_string(stage, "subject")};
  publisher->again = g_ptr_array_new_with_free_func(destroy_message);
  pthread_mutex_init(&publisher->lock, NULL);
  if (!link_open(&publisher->link, stage, error) || !find_stream(publisher, stage, error))
    return FALSE;
  jsCtx_Destroy(publisher->link.js);
  publisher->link.js = NULL;
  jsOptions_Init(&options);
  options.PublishAsync.MaxPending = MOST_MESSAGES;
  options.PublishAsync.StallWait = STALL_MILLISECONDS;
  options.PublishAsync.ErrHandler = on_failure;
  options.PublishAsync.ErrHandlerClosure = publisher;
  natsStatus status =
      natsConnection_JetStream(&publisher->link.js, publisher->link.connection, &options);
  return status == NATS_OK || link_fail(&publisher->link, status, "cannot use JetStream", error);
}

void publisher_close(Publisher *publisher)
{
  if (publisher->again == NULL)
    return;
  link_close(&publisher->link);
  g_ptr_array_unref(publisher->again);
  g_free(publisher->refused);
  pthread_mutex_destroy(&publisher->lock);
}

static gboolean check_refused(Publisher *publisher, GError **error)
{
  pthread_mutex_lock(&publisher->lock);
  if (publisher->refused != NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "'%s' (option servers) does not take a message for '%s': %s",
                publisher->link.servers, publisher->subject, publisher->refused);
  gboolean good = publisher->refused == NULL;
  pthread_mutex_unlock(&publisher->lock);
  return good;
}

/* Passes a message on, waiting for room; it is the library's then. */
static gboolean pass_on(Publisher *publisher, natsMsg **message, const char *id, GError **error)
{
  jsPubOptions options;
  natsStatus status;
  jsPubOptions_Init(&options);
  options.MsgId = id;
  options.MaxWait = ANSWER_MILLISECONDS;
  while ((status = js_PublishMsgAsync(publisher->link.js, message, &options)) != NATS_OK) {
    gboolean hopeless = status == NATS_MAX_PAYLOAD || status == NATS_INVALID_ARG ||
                        link_is_closed(&publisher->link);
    if (hopeless || (status != NATS_TIMEOUT && !link_wait(&publisher->link, 100)))
      return link_fail(&publisher->link, status, "cannot publish", error);
  }
  return TRUE;
}

gboolean publisher_send(Publisher *publisher, const Frame *frame, GError **error)
{
  natsMsg *message = NULL;
  natsStatus status =
      natsMsg_Create(&message, publisher->subject, NULL, frame->data, (int) frame->length);
  if (status != NATS_OK)
    return link_fail(&publisher->link, status, "cannot publish", error);
  gboolean good = pass_on(publisher, &message, frame->id, error);
  natsMsg_Destroy(message);
  publisher->waiting += frame->length;
  return good && (publisher->waiting < MOST_BYTES || publisher_settle(publisher, error));
}

/* Messages keep their ids: the stream knows those that it has. */
static gboolean send_again(Publisher *publisher, natsMsg **messages, guint n, GError **error)
{
  gboolean good = TRUE;
  for (guint i = 0; good && i < n; i++)
    if (messages[i] != NULL)
      good = pass_on(publisher, &messages[i], NULL, error);
  return good;
}

static gboolean send_failed_again(Publisher *publisher, guint *n, GError **error)
{
  pthread_mutex_lock(&publisher->lock);
  GPtrArray *list = publisher->again;
  publisher->again = g_ptr_array_new_with_free_func(destroy_message);
  pthread_mutex_unlock(&publisher->lock);
  *n = list->len;
  gboolean good = send_again(publisher, (natsMsg **) list->pdata, list->len, error);
  g_ptr_array_unref(list);
  return good;
}

static gboolean send_pending_again(Publisher *publisher, GError **error)
{
  natsMsgList list = {0};
  if (js_PublishAsyncGetPendingList(&list, publisher->link.js) != NATS_OK)
    return TRUE;
  gboolean good = send_again(publisher, list.Msgs, (guint) list.Count, error);
  natsMsgList_Destroy(&list);
  return good;
}

gboolean publisher_settle(Publisher *publisher, GError **error)
{
  jsPubOptions options;
  guint n = 0;
  gint64 since = g_get_monotonic_time();
  gint64 patience =
      (aver_stage_get_integer(publisher->link.stage, "reconnect") + 10) * G_USEC_PER_SEC;
  jsPubOptions_Init(&options);
  options.MaxWait = ANSWER_MILLISECONDS;
  for (gboolean all = FALSE; !all;) {
    natsStatus status = js_PublishAsyncComplete(publisher->link.js, &options);
    if (!check_refused(publisher, error))
      return FALSE;
    gboolean late = g_get_monotonic_time() - since > patience;
    if (status != NATS_OK && (late || !link_wait(&publisher->link, 100)))
      return link_fail(&publisher->link, status, "cannot publish: lost the server", error);
    if ((status == NATS_TIMEOUT && !send_pending_again(publisher, error)) ||
        !send_failed_again(publisher, &n, error))
      return FALSE;
    all = status == NATS_OK && n == 0;
    if (n > 0 && (late || !link_wait(&publisher->link, 100)))
      return link_fail(&publisher->link, NATS_TIMEOUT, "cannot publish", error);
  }
  publisher->waiting = 0;
  return TRUE;
}
