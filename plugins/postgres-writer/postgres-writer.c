/* SPDX-License-Identifier: Apache-2.0 */
/* postgres-writer: writes documents and layers into the tables of a PostgreSQL database. */
#include "postgres-writer.h"

/* PostgreSQL takes rows of less than 1 GiB, and a row may have a text several times. */
#define LONGEST_TEXT ((guint32) 1 << 28)

typedef struct {
  EncodeStyle style;
  gboolean search;
  gboolean replace_nul;
  Server *server;
  gboolean finished; /* an earlier run has made all there is */
} PostgresWriter;

static gboolean has_no_output(const AverStage *stage, GError **error)
{
  if (aver_stage_get_output(stage) == NULL)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "rows go to a server, not to a file; expected no output, and the database in option "
              "'connection'");
  return FALSE;
}

/* Also when a pipeline is only checked. */
static gboolean postgres_declare(const AverStage *stage, AverStageLayers *layers, GError **error)
{
  const char *schema = aver_stage_get_string(stage, "schema");
  (void) layers;
  if (!has_no_output(stage, error))
    return FALSE;
  if (*schema == '\0' || strlen(schema) > 63 || g_str_has_prefix(schema, "pg_")) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "option 'schema' is '%s'; expected a name of 1 to 63 bytes that does not begin "
                "with 'pg_'",
                schema);
    return FALSE;
  }
  return server_check(aver_stage_get_string(stage, "connection"), error);
}

/* Finds out how far the database is, which may be further than the job's journal. */
static gboolean resume(PostgresWriter *writer, const AverStage *stage, GError **error)
{
  Server *server = writer->server;
  Progress *progress = &server->progress;
  gboolean known;
  if (!progress_resume(progress, aver_stage_get_resume_position(stage), server->name, error) ||
      !server_find_position(server, &known, error))
    return FALSE;
  writer->finished = !known && progress->position > 0 && aver_stage_get_ended(stage);
  return writer->finished || progress_check(progress, server->name, error);
}

static gboolean begin(PostgresWriter *writer, const AverStage *stage, GError **error)
{
  writer->server =
      server_connect(aver_stage_get_string(stage, "connection"),
                     aver_stage_get_string(stage, "schema"), aver_stage_is_live(stage), error);
  if (writer->server == NULL)
    return FALSE;
  writer->server->job = aver_stage_get_job(stage);
  if (!server_begin(writer->server, error) || !tables_open(writer->server, error))
    return FALSE;
  if (!(aver_stage_get_resume_position(stage) != NULL
            ? resume(writer, stage, error)
            : tables_add_known(writer->server, aver_stage_get_layers(stage), error)))
    return FALSE;
  return !writer->server->shared || server_commit(writer->server, error);
}

static void postgres_close(gpointer self)
{
  PostgresWriter *writer = self;
  server_free(writer->server);
  g_strfreev(writer->style.layers);
  g_free(writer);
}

static gpointer postgres_open(AverStage *stage, GError **error)
{
  PostgresWriter *writer = g_new0(PostgresWriter, 1);
  writer->search = aver_stage_get_boolean(stage, "search");
  writer->replace_nul = aver_stage_get_choice(stage, "nul") == 1;
  if (has_no_output(stage, error) && encode_style_init(&writer->style, stage, error) &&
      begin(writer, stage, error))
    return writer;
  postgres_close(writer);
  return NULL;
}

static gpointer postgres_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return encode_worker_new();
}

static void postgres_stop(gpointer self, gpointer worker)
{
  (void) self;
  encode_worker_free(worker);
}

static gboolean postgres_encode(gpointer self, gpointer worker, AverDocument *document,
                                AverBuffer *out, GError **error)
{
  const PostgresWriter *writer = self;
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  const char *nul = writer->replace_nul || length == 0 ? NULL : memchr(text, '\0', length);
  if (nul != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "the text has a NUL character at byte %" G_GSIZE_FORMAT
                ", which PostgreSQL cannot store; expected none, or the option nul=replace",
                (gsize) (nul - text));
    return FALSE;
  }
  if (length > LONGEST_TEXT) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "the text has %u bytes; expected %u at most for PostgreSQL", length, LONGEST_TEXT);
    return FALSE;
  }
  return encode_document(&writer->style, worker, document, out, error);
}

/* Passes over what the database has already. */
static gboolean postgres_emit(gpointer self, const char *data, gsize length, GError **error)
{
  Server *server = ((PostgresWriter *) self)->server;
  gsize known = progress_pass(&server->progress, length);
  return known == length || ((server->shared || server_begin(server, error)) &&
                             batch_add(server, data + known, length - known, error));
}

/* Without a job, all is one transaction, which finish() commits, unless the input is live. */
static gboolean postgres_commit(gpointer self, GString *position, GError **error)
{
  Server *server = ((PostgresWriter *) self)->server;
  if (!batch_flush(server, error) ||
      ((server->job != NULL || server->shared) && !server_commit(server, error)))
    return FALSE;
  g_string_append_printf(position, "%" G_GUINT64_FORMAT, server->progress.position);
  return TRUE;
}

static gboolean forget_job(const Server *server, GError **error)
{
  g_autoptr(PGresult) result =
      server_ask(server, "DELETE FROM aver_job WHERE job = $1", 1, &server->job, error);
  return result != NULL;
}

static gboolean postgres_finish(gpointer self, GError **error)
{
  PostgresWriter *writer = self;
  Server *server = writer->server;
  if (writer->finished)
    return TRUE;
  if (!server_begin(server, error) || !batch_flush(server, error) ||
      !tables_finish(server, writer->search, error) ||
      (server->job != NULL && !forget_job(server, error)) || !server_run(server, "COMMIT", error))
    return FALSE;
  server->open = FALSE;
  return TRUE;
}

static const char *const nul_choices[] = {"fail", "replace", NULL};

static const AverOption options[] = {
    {.name = "connection",
     .kind = AVER_OPTION_STRING,
     .help = "the database: libpq's KEYWORD=VALUE pairs or postgresql:// address, without a "
             "password; by default what PGHOST, PGDATABASE and the like say"},
    {.name = "schema",
     .kind = AVER_OPTION_STRING,
     .fallback = "aver",
     .help = "the schema the tables are in, made when it is not there"},
    {.name = "layers",
     .kind = AVER_OPTION_STRING,
     .help = "the names of the layers to write, separated by commas; all by default"},
    {.name = "text",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "false",
     .help = "whether to write the documents' whole text too"},
    {.name = "search",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "true",
     .help = "whether to make the full-text indices of quotes and claims"},
    {.name = "nul",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "fail",
     .choices = nul_choices,
     .help = "what becomes of a text with NUL characters, which PostgreSQL cannot store: the "
             "document fails, or U+FFFD stands for each"},
};

AVER_PLUGIN(postgres_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES | AVER_PLUGIN_LIVE,
    .name = "postgres-writer",
    .version = "1.0",
    .summary = "writes to a PostgreSQL database, with a table for every layer and full-text search",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .declare = postgres_declare,
    .open = postgres_open,
    .close = postgres_close,
    .start = postgres_start,
    .stop = postgres_stop,
    .encode = postgres_encode,
    .emit = postgres_emit,
    .commit = postgres_commit,
    .finish = postgres_finish,
};
