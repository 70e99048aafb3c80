/* SPDX-License-Identifier: Apache-2.0 */
/* nats-reader: makes documents of the messages of a NATS JetStream consumer, and acknowledges them
 * when they are written. */
#include "nats-reader.h"

#include <string.h>

static gboolean has_no_input(const AverStage *stage, GError **error)
{
  const char *const *inputs = aver_stage_get_inputs(stage);
  if (inputs == NULL || inputs[0] == NULL)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "messages come from a server, not from '%s'; expected no input, and the stream in "
              "option 'stream'",
              inputs[0]);
  return FALSE;
}

/* Also when a pipeline is only checked. */
static gboolean reader_declare(const AverStage *stage, AverStageLayers *layers, GError **error)
{
  const char *subject = aver_stage_get_string(stage, "subject");
  const char *dead_letter = aver_stage_get_string(stage, "dead_letter");
  (void) layers;
  return link_check_name(aver_stage_get_string(stage, "stream"), "stream", error) &&
         link_check_name(aver_stage_get_string(stage, "consumer"), "consumer", error) &&
         (subject == NULL || link_check_subject(subject, "subject", TRUE, error)) &&
         (dead_letter == NULL || link_check_subject(dead_letter, "dead_letter", FALSE, error)) &&
         link_check(stage, error);
}

static void init_lock(NatsReader *reader)
{
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&reader->changed, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_mutex_init(&reader->lock, NULL);
}

static NatsReader *make(AverStage *stage)
{
  gint64 seconds = aver_stage_get_integer(stage, "stop_after");
  NatsReader *reader = g_new0(NatsReader, 1);
  reader->stage = stage;
  reader->stream = aver_stage_get_string(stage, "stream");
  reader->consumer = aver_stage_get_string(stage, "consumer");
  reader->dead_letter = aver_stage_get_string(stage, "dead_letter");
  reader->ack_wait = (gint64) (aver_stage_get_number(stage, "ack_wait") * 1000);
  reader->attempts = (guint64) aver_stage_get_integer(stage, "max_deliver");
  reader->most_bytes = (gsize) aver_stage_get_integer(stage, "batch") << 10;
  reader->stop_when_empty = aver_stage_get_boolean(stage, "stop_when_empty");
  reader->deadline = seconds == 0 ? 0 : g_get_monotonic_time() + seconds * G_USEC_PER_SEC;
  reader->formats.wanted = (Format) aver_stage_get_choice(stage, "format");
  reader->origin = g_string_new(NULL);
  reader->table = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, delivery_free);
  reader->done = g_ptr_array_new();
  init_lock(reader);
  return reader;
}

static void reader_close(gpointer self)
{
  NatsReader *reader = self;
  fetch_stop(reader);
  if (reader->link.connection != NULL)
    deliveries_give_back(reader);
  natsMsg_Destroy(reader->current.message);
  natsSubscription_Destroy(reader->subscription);
  natsInbox_Destroy(reader->inbox);
  g_free(reader->next);
  link_close(&reader->link);
  g_queue_clear(&reader->open);
  g_queue_clear(&reader->past);
  g_ptr_array_unref(reader->done);
  g_hash_table_unref(reader->table);
  g_string_free(reader->origin, TRUE);
  g_clear_error(&reader->fatal);
  pthread_cond_destroy(&reader->changed);
  pthread_mutex_destroy(&reader->lock);
  g_free(reader);
}

/* Where dead letters are run again, there is nothing to fetch. */
static gpointer reader_open(AverStage *stage, GError **error)
{
  if (!has_no_input(stage, error))
    return NULL;
  NatsReader *reader = make(stage);
  if (!aver_stage_is_live(stage) ||
      (link_open(&reader->link, stage, error) && consumer_open(reader, error)))
    return reader;
  reader_close(reader);
  return NULL;
}

static const char *get_type(natsMsg *message)
{
  const char *type = NULL;
  return natsMsgHeader_Get(message, "Content-Type", &type) == NATS_OK ? type : NULL;
}

/* A message that cannot be cut: it is put aside, if it is to be. */
static AverCut refuse(NatsReader *reader, const AverRecord *record, const char *type,
                      GError *failure, GError **error)
{
  gboolean aside = reader->dead_letter == NULL ||
                   letter_send(reader, reader->current.delivery->sequence,
                               type == NULL ? "text/plain" : type, record->data, record->length,
                               aver_stage_get_name(reader->stage), failure->message, error);
  if (!aside) {
    g_error_free(failure);
    return AVER_CUT_FATAL;
  }
  g_propagate_error(error, failure);
  return AVER_CUT_BAD;
}

static GError *judge(const NatsReader *reader, const AverRecord *record)
{
  const Delivery *delivery = reader->current.delivery;
  gsize longest = aver_stage_get_max_record(reader->stage);
  if (delivery->times > reader->attempts)
    return g_error_new(AVER_ERROR, AVER_ERROR_FAILED,
                       "was delivered %" G_GUINT64_FORMAT " times and never acknowledged: whoever "
                       "worked on it ended before that, or took longer than the consumer's ack "
                       "wait; expected it within %" G_GUINT64_FORMAT " (option max_deliver)",
                       delivery->times - 1, reader->attempts);
  if (record->length > longest)
    return g_error_new(AVER_ERROR, AVER_ERROR_LIMIT,
                       "a message of %" G_GSIZE_FORMAT " bytes; expected %" G_GSIZE_FORMAT
                       " at most (--max-record)",
                       record->length, longest);
  return NULL;
}

/* Has the message read by the reader for its format. */
static gboolean assign(NatsReader *reader, AverRecord *record, const char *type, GError **error)
{
  Formats *formats = &reader->formats;
  Format format = formats->wanted != FORMAT_AUTO ? formats->wanted
                                                 : format_find(type, record->data, record->length);
  guint64 sequence = reader->current.delivery->sequence;
  guint32 *delegate = &formats->delegates[format];
  record->origin = reader->stream;
  if (format == FORMAT_JSON) {
    record->line = sequence; /* makes an id of "STREAM:LINE" */
  } else {
    g_string_printf(reader->origin, "%s:%" G_GUINT64_FORMAT, reader->stream, sequence);
    record->origin = reader->origin->str;
  }
  if (*delegate == 0)
    *delegate = aver_stage_open_delegate(reader->stage, format_readers[format - 1], error);
  record->delegate = *delegate;
  return *delegate > 0;
}

static AverCut reader_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  NatsReader *reader = self;
  if (reader->link.connection == NULL || (!reader->started && !fetch_start(reader, error)))
    return reader->link.connection == NULL ? AVER_CUT_END : AVER_CUT_FATAL;
  AverCut cut = fetch_next(reader, may_block, error);
  if (cut != AVER_CUT_RECORD)
    return cut;
  natsMsg *message = reader->current.message;
  const char *type = get_type(message);
  const char *data = natsMsg_GetData(message);
  *record = (AverRecord){.data = data == NULL ? "" : data,
                         .length = (gsize) natsMsg_GetDataLength(message)};
  GError *failure = NULL;
  if (assign(reader, record, type, &failure))
    failure = judge(reader, record);
  return failure == NULL ? AVER_CUT_RECORD : refuse(reader, record, type, failure, error);
}

/* All records have a delegate. */
static gboolean reader_decode(gpointer self, gpointer worker, const AverRecord *record,
                              AverDocument *document, GError **error)
{
  (void) self;
  (void) worker;
  (void) record;
  (void) document;
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "a record without a reader for its format");
  return FALSE;
}

static void reader_cursor(gpointer self, GString *cursor)
{
  NatsReader *reader = self;
  pthread_mutex_lock(&reader->lock);
  deliveries_write_cursor(reader, cursor);
  pthread_mutex_unlock(&reader->lock);
}

static gboolean bad_cursor(const char *cursor, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "'%s' is no position of this reader", cursor);
  return FALSE;
}

/* All that the cursor names is committed, and need only be acknowledged. */
static gboolean reader_seek(gpointer self, const char *cursor, GError **error)
{
  NatsReader *reader = self;
  guint64 number;
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(CursorSpan));
  if (!cursor_parse(cursor, &number, spans))
    return bad_cursor(cursor, error);
  reader->n_cut = number;
  return deliveries_acknowledge_again(reader, spans, error);
}

static gboolean reader_acknowledge(gpointer self, const char *cursor, GError **error)
{
  guint64 number;
  g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(CursorSpan));
  return cursor_parse(cursor, &number, spans) ? deliveries_acknowledge(self, number, error)
                                              : bad_cursor(cursor, error);
}

/* The stream's name may have a colon in it, the sequence not. */
static guint64 get_sequence(const AverRecord *record)
{
  const char *colon = strrchr(record->origin, ':');
  if (record->line > 0)
    return record->line;
  return colon == NULL ? 0 : g_ascii_strtoull(colon + 1, NULL, 10);
}

static gboolean reader_failed(gpointer self, const AverRecord *record, const char *stage,
                              const char *message, GError **error)
{
  NatsReader *reader = self;
  if (reader->dead_letter == NULL || record->data == NULL)
    return TRUE; /* what could not be cut was put aside then */
  const char *type = "text/plain";
  for (guint32 i = 1; i < N_FORMATS; i++)
    if (reader->formats.delegates[i] == record->delegate)
      type = format_get_type(i);
  return letter_send(reader, get_sequence(record), type, record->data, record->length, stage,
                     message, error);
}

/* What a job has to go on with: the messages are the server's. */
static void reader_identify(gpointer self, GString *text)
{
  const NatsReader *reader = self;
  g_string_append_printf(text, "stream and consumer\t%s %s\n", reader->stream, reader->consumer);
}

static const AverOption options[] = {
    LINK_OPTIONS,
    {.name = "stream",
     .kind = AVER_OPTION_STRING,
     .help = "the stream that has the messages; required"},
    {.name = "consumer",
     .kind = AVER_OPTION_STRING,
     .fallback = "aver",
     .help = "the durable consumer that all workers share, made when it is not there"},
    {.name = "subject",
     .kind = AVER_OPTION_STRING,
     .help = "only messages of this subject, which may have wildcards; of a stream that is made, "
             "its subject"},
    {.name = "create",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "false",
     .help = "whether to make the stream (a work queue kept in files), and that of dead letters, "
             "when there is none"},
    {.name = "format",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "auto",
     .choices = format_names,
     .help = "what a message holds; auto goes by the header Content-Type, then by how it begins"},
    {.name = "batch",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "1024",
     .minimum = 1,
     .maximum = 65536,
     .help = "how much to fetch at once, in KiB, going by the length of earlier messages"},
    {.name = "ack_wait",
     .kind = AVER_OPTION_NUMBER,
     .fallback = "30",
     .minimum = 0.1,
     .maximum = 1000000,
     .help = "of a consumer that is made: after how many seconds without a word from its worker a "
             "message is delivered again"},
    {.name = "max_deliver",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "5",
     .minimum = 1,
     .maximum = 1000000,
     .help = "how often a message is worked on before it counts as failed"},
    {.name = "dead_letter",
     .kind = AVER_OPTION_STRING,
     .help = "the subject that takes messages that failed, with the error in the header "
             "Aver-Error"},
    {.name = "stop_when_empty",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "false",
     .help = "whether the input ends when all messages are done with, by all workers"},
    {.name = "stop_after",
     .kind = AVER_OPTION_INTEGER,
     .fallback = "0",
     .minimum = 0,
     .maximum = 1000000000,
     .help = "the input ends after so many seconds; 0: never"},
};

AVER_PLUGIN(nats_reader) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .name = "nats-reader",
    .version = "1.0",
    .summary = "reads the messages of a NATS JetStream consumer, and acknowledges what is written",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .declare = reader_declare,
    .open = reader_open,
    .close = reader_close,
    .cut = reader_cut,
    .decode = reader_decode,
    .cursor = reader_cursor,
    .seek = reader_seek,
    .identify = reader_identify,
    .delegates = format_readers,
    .acknowledge = reader_acknowledge,
    .failed = reader_failed,
};
