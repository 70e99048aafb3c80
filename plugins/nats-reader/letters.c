/* SPDX-License-Identifier: Apache-2.0 */
/* Dead letters: a message that failed, published as it was, with the error as JSON in its header.
 */
#include "nats-reader.h"

#include <aver/json.h>
#include <string.h>

/* A server takes so many bytes of headers at least; errors quote no more than a few hundred. */
#define LONGEST_ERROR 2000

#define CONFIRM_MILLISECONDS 5000

/* At a character's start. */
static gsize shorten(const char *message)
{
  gsize length = strlen(message);
  if (length <= LONGEST_ERROR)
    return length;
  for (length = LONGEST_ERROR; (message[length] & 0xc0) == 0x80; length--)
    ;
  return length;
}

static void put_string(AverBuffer *out, const char *key, const char *value, gsize length)
{
  aver_buffer_append_string(out, key);
  aver_json_append_string(out, value, length);
}

/* One line: a header has no others. */
static void describe(const NatsReader *reader, guint64 sequence, gboolean whole, const char *stage,
                     const char *message, AverBuffer *out)
{
  put_string(out, "{\"consumer\":", reader->consumer, strlen(reader->consumer));
  put_string(out, ",\"error\":", message, shorten(message));
  aver_buffer_append_string(out, whole ? ",\"payload\":true" : ",\"payload\":false");
  aver_buffer_append_string(out, ",\"sequence\":");
  aver_json_append_integer(out, (gint64) sequence);
  put_string(out, ",\"stage\":", stage, strlen(stage));
  put_string(out, ",\"stream\":", reader->stream, strlen(reader->stream));
  aver_buffer_append_char(out, '}');
  aver_buffer_append_char(out, '\0');
}

static natsStatus publish(const NatsReader *reader, const char *id, const char *type,
                          const char *json, const char *data, gsize length)
{
  natsMsg *message = NULL;
  jsPubAck *ack = NULL;
  jsPubOptions options;
  jsErrCode code = 0;
  jsPubOptions_Init(&options);
  options.MaxWait = CONFIRM_MILLISECONDS;
  options.MsgId = id;
  natsStatus status = natsMsg_Create(&message, reader->dead_letter, NULL, data, (int) length);
  if (status == NATS_OK)
    status = natsMsgHeader_Set(message, "Aver-Error", json);
  if (status == NATS_OK)
    status = natsMsgHeader_Set(message, "Content-Type", type);
  if (status == NATS_OK)
    status = js_PublishMsg(&ack, reader->link.js, message, &options, &code);
  jsPubAck_Destroy(ack);
  natsMsg_Destroy(message);
  return status;
}

gboolean letter_send(NatsReader *reader, guint64 sequence, const char *type, const char *data,
                     gsize length, const char *stage, const char *message, GError **error)
{
  g_auto(AverBuffer) json = {0};
  gint64 since = g_get_monotonic_time();
  gint64 patience = aver_stage_get_integer(reader->stage, "reconnect") * G_USEC_PER_SEC;
  g_autofree char *id = g_strdup_printf("aver.dead.%s.%s.%" G_GUINT64_FORMAT, reader->stream,
                                        reader->consumer, sequence);
  natsStatus status;
  describe(reader, sequence, TRUE, stage, message, &json);
  while ((status = publish(reader, id, type, json.data, data, length)) != NATS_OK) {
    if (status == NATS_MAX_PAYLOAD && length > 0) {
      length = json.length = 0;
      describe(reader, sequence, FALSE, stage, message, &json);
    } else if (g_get_monotonic_time() - since > patience || !link_wait(&reader->link, 200) ||
               aver_stage_should_stop(reader->stage)) {
      g_autofree char *what =
          g_strdup_printf("cannot put a message aside on '%s'", reader->dead_letter);
      return link_fail(&reader->link, status, what, error);
    }
  }
  return TRUE;
}
