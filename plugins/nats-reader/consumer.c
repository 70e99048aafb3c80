/* SPDX-License-Identifier: Apache-2.0 */
/* The stream and the consumer that messages are fetched from: found, or made. */
#include "nats-reader.h"

#include <string.h>

#define NANOSECONDS G_GINT64_CONSTANT(1000000)

/* Messages of all workers together that are delivered and not acknowledged: more than the server's
 * 1000, as they wait for the next commit. */
#define MOST_PENDING 100000

static gboolean find_stream(const NatsReader *reader, GError **error)
{
  const AverStage *stage = reader->stage;
  const char *subject = aver_stage_get_string(stage, "subject");
  gboolean there;
  if (!link_has_stream(&reader->link, reader->stream, &there, error))
    return FALSE;
  if (there)
    return TRUE;
  if (aver_stage_get_boolean(stage, "create"))
    return link_check_subject(subject, "subject", TRUE, error) &&
           link_make_stream(&reader->link, reader->stream, subject, js_WorkQueuePolicy, error);
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "there is no stream '%s' at '%s' (options stream, servers); expected one, or the "
              "option create=true",
              reader->stream, reader->link.servers);
  return FALSE;
}

/* The stream for dead letters is named after their subject. */
static gboolean find_dead_letters(const NatsReader *reader, GError **error)
{
  if (reader->dead_letter == NULL)
    return TRUE;
  if (!aver_stage_get_boolean(reader->stage, "create"))
    return link_check_taken(&reader->link, reader->dead_letter, "dead_letter", error);
  if (link_check_taken(&reader->link, reader->dead_letter, "dead_letter", NULL))
    return TRUE;
  g_autofree char *name = g_strdelimit(g_ascii_strup(reader->dead_letter, -1), ".", '-');
  return link_make_stream(&reader->link, name, reader->dead_letter, js_LimitsPolicy, error);
}

static gboolean make(const NatsReader *reader, jsConsumerInfo **info, GError **error)
{
  jsConsumerConfig config;
  jsErrCode code = 0;
  jsConsumerConfig_Init(&config);
  config.Durable = reader->consumer;
  config.AckPolicy = js_AckExplicit;
  config.AckWait = reader->ack_wait * NANOSECONDS;
  config.MaxDeliver = -1; /* the reader counts: a message that is given up has to be put aside */
  config.MaxAckPending = MOST_PENDING;
  config.FilterSubject = aver_stage_get_string(reader->stage, "subject");
  natsStatus status = js_AddConsumer(info, reader->link.js, reader->stream, &config, NULL, &code);
  if (status == NATS_OK)
    return TRUE;
  g_autofree char *what =
      g_strdup_printf("cannot make consumer '%s' of stream '%s'", reader->consumer, reader->stream);
  return link_fail(&reader->link, status, what, error);
}

static gboolean check(NatsReader *reader, const jsConsumerConfig *config, GError **error)
{
  const char *subject = aver_stage_get_string(reader->stage, "subject");
  const char *why = NULL;
  if (config->AckPolicy != js_AckExplicit)
    why = "does not acknowledge each message";
  else if (config->DeliverSubject != NULL && *config->DeliverSubject != '\0')
    why = "is one that messages are pushed to";
  else if (subject != NULL && config->FilterSubject != NULL && *config->FilterSubject != '\0' &&
           strcmp(subject, config->FilterSubject) != 0)
    why = "has another subject than the option says";
  if (why != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "consumer '%s' of stream '%s' %s; expected a pull consumer with explicit "
                "acknowledgement, or another name, which is made",
                reader->consumer, reader->stream, why);
    return FALSE;
  }
  if (config->AckWait > 0)
    reader->ack_wait = MAX(config->AckWait / NANOSECONDS, 1);
  if (config->MaxDeliver > 0) /* the last delivery is for the dead letter */
    reader->attempts = MIN(reader->attempts, (guint64) MAX(config->MaxDeliver - 1, 1));
  return TRUE;
}

static gboolean find(NatsReader *reader, GError **error)
{
  jsConsumerInfo *info = NULL;
  jsErrCode code = 0;
  natsStatus status =
      js_GetConsumerInfo(&info, reader->link.js, reader->stream, reader->consumer, NULL, &code);
  gboolean good = TRUE;
  if (status == NATS_NOT_FOUND || code == JSConsumerNotFoundErr)
    good = make(reader, &info, error);
  else if (status != NATS_OK)
    good = link_fail(&reader->link, status, "cannot look for the consumer", error);
  good = good && check(reader, info->Config, error);
  jsConsumerInfo_Destroy(info);
  return good;
}

gboolean consumer_open(NatsReader *reader, GError **error)
{
  if (!find_stream(reader, error) || !find_dead_letters(reader, error) || !find(reader, error))
    return FALSE;
  reader->next =
      g_strdup_printf("$JS.API.CONSUMER.MSG.NEXT.%s.%s", reader->stream, reader->consumer);
  natsStatus status = natsInbox_Create(&reader->inbox);
  if (status == NATS_OK)
    status =
        natsConnection_SubscribeSync(&reader->subscription, reader->link.connection, reader->inbox);
  if (status == NATS_OK)
    status = natsSubscription_SetPendingLimits(reader->subscription, -1, -1);
  return status == NATS_OK ||
         link_fail(&reader->link, status, "cannot fetch from the consumer", error);
}

gboolean consumer_is_empty(const NatsReader *reader)
{
  jsConsumerInfo *info = NULL;
  jsErrCode code = 0;
  natsStatus status =
      js_GetConsumerInfo(&info, reader->link.js, reader->stream, reader->consumer, NULL, &code);
  gboolean empty = status == NATS_OK && info->NumPending == 0 && info->NumAckPending == 0;
  jsConsumerInfo_Destroy(info);
  return empty;
}
