/* SPDX-License-Identifier: Apache-2.0 */
/* nats-writer: publishes every document and its layers as a JSON message into a JetStream stream.
 */
#include "publish.h"

/* What the headers of a message take at most: the id and its name. */
#define HEADERS 512

typedef struct {
  Publisher publisher;
  char **layers; /* the names of those to write; NULL: all */
  AverRecordFormat format;
  gsize longest;  /* bytes of a message */
  guint64 n_sent; /* bytes */
} NatsWriter;

static gboolean has_no_output(const AverStage *stage, GError **error)
{
  if (aver_stage_get_output(stage) == NULL)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "messages go to a server, not to a file; expected no output, and the subject in "
              "option 'subject'");
  return FALSE;
}

/* Also when a pipeline is only checked. */
static gboolean writer_declare(const AverStage *stage, AverStageLayers *layers, GError **error)
{
  (void) layers;
  return has_no_output(stage, error) &&
         link_check_subject(aver_stage_get_string(stage, "subject"), "subject", FALSE, error) &&
         link_check(stage, error);
}

static void writer_close(gpointer self)
{
  NatsWriter *writer = self;
  publisher_close(&writer->publisher);
  g_strfreev(writer->layers);
  g_free(writer);
}

static gpointer writer_open(AverStage *stage, GError **error)
{
  NatsWriter *writer = g_new0(NatsWriter, 1);
  g_autoptr(GError) failure = NULL;
  writer->layers = aver_stage_get_names(stage, "layers", &failure);
  writer->format.text = aver_stage_get_boolean(stage, "text");
  writer->format.layers = (const char *const *) writer->layers;
  if (failure == NULL && has_no_output(stage, &failure) &&
      publisher_open(&writer->publisher, stage, &failure)) {
    gint64 most = natsConnection_GetMaxPayload(writer->publisher.link.connection);
    writer->longest = (gsize) MAX(most - HEADERS, 0);
    return writer;
  }
  g_propagate_error(error, g_steal_pointer(&failure));
  writer_close(writer);
  return NULL;
}

static gboolean writer_encode(gpointer self, gpointer worker, AverDocument *document,
                              AverBuffer *out, GError **error)
{
  const NatsWriter *writer = self;
  (void) worker;
  gsize start = frame_begin(out);
  gsize before = out->length;
  aver_document_append_record(out, document, &writer->format);
  if (out->length - before > writer->longest) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "the message has %" G_GSIZE_FORMAT " bytes; expected %" G_GSIZE_FORMAT
                " at most, which '%s' takes (max_payload in the server's configuration)",
                out->length - before, writer->longest, writer->publisher.link.servers);
    return FALSE;
  }
  frame_end(out, start, aver_document_get_id(document));
  return TRUE;
}

static gboolean writer_emit(gpointer self, const char *data, gsize length, GError **error)
{
  NatsWriter *writer = self;
  Frame frame;
  for (const char *end = data + length; frame_next(&data, end, &frame);)
    if (!publisher_send(&writer->publisher, &frame, error))
      return FALSE;
  writer->n_sent += length;
  return TRUE;
}

static gboolean writer_commit(gpointer self, GString *position, GError **error)
{
  NatsWriter *writer = self;
  g_string_append_printf(position, "%" G_GUINT64_FORMAT, writer->n_sent);
  return publisher_settle(&writer->publisher, error);
}

static gboolean writer_finish(gpointer self, GError **error)
{
  return publisher_settle(&((NatsWriter *) self)->publisher, error);
}

static const AverOption options[] = {
    LINK_OPTIONS,
    {.name = "subject",
     .kind = AVER_OPTION_STRING,
     .help = "the subject to publish to, which a stream has to take; required"},
    {.name = "stream",
     .kind = AVER_OPTION_STRING,
     .fallback = "RESULTS",
     .help = "with create: the stream to make"},
    {.name = "create",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "false",
     .help = "whether to make a stream of the subject, kept in files, when none takes it"},
    {.name = "text",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "false",
     .help = "whether to write the document's text too"},
    {.name = "layers",
     .kind = AVER_OPTION_STRING,
     .help = "the names of the layers to write, separated by commas; all by default"},
};

AVER_PLUGIN(nats_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_LIVE,
    .name = "nats-writer",
    .version = "1.0",
    .summary = "publishes results into a NATS JetStream stream, one JSON message a document",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .declare = writer_declare,
    .open = writer_open,
    .close = writer_close,
    .encode = writer_encode,
    .emit = writer_emit,
    .commit = writer_commit,
    .finish = writer_finish,
};
