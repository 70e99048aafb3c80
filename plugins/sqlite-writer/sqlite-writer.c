/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite-writer: writes documents and layers into the tables of an SQLite database. */
#include "sqlite-writer.h"

/* A transaction takes so many bytes at most; in a job, checkpoints end it sooner. */
#define MOST_BYTES ((guint64) 64 << 20)

typedef struct {
  EncodeStyle style;
  gboolean search;
  File *file;
  Database *database; /* (nullable) */
  gboolean job;
  gboolean kept;     /* there is something to go on with */
  gboolean finished; /* an earlier run has made all but put it into its place */
} SqliteWriter;

/* Finds out how far the database is, which may be further than the job's journal. */
static gboolean resume(SqliteWriter *writer, const AverStage *stage, GError **error)
{
  Database *database = writer->database;
  Progress *progress = &database->progress;
  gboolean known;
  g_autofree char *name = g_strdup_printf("the database '%s'", file_get_path(writer->file));
  if (!progress_resume(progress, aver_stage_get_resume_position(stage), name, error) ||
      !database_find_position(database, &known, error))
    return FALSE;
  writer->finished = !known && progress->position > 0 && aver_stage_get_ended(stage);
  return writer->finished || progress_check(progress, name, error);
}

static gboolean begin(SqliteWriter *writer, AverStage *stage, GError **error)
{
  gboolean resumes = aver_stage_get_resume_position(stage) != NULL;
  writer->job = aver_stage_get_job(stage) != NULL;
  writer->kept = resumes;
  writer->file = file_new(stage, aver_stage_get_choice(stage, "existing") == 0, error);
  if (writer->file == NULL)
    return FALSE;
  if (file_get_path(writer->file) == NULL)
    return TRUE;
  writer->database =
      database_open(file_get_path(writer->file), aver_stage_get_output(stage), writer->job, error);
  if (writer->database == NULL)
    return FALSE;
  writer->database->job = aver_stage_get_job(stage);
  return resumes ? resume(writer, stage, error)
                 : tables_add_known(writer->database, aver_stage_get_layers(stage), error);
}

static void sqlite_close(gpointer self)
{
  SqliteWriter *writer = self;
  database_close(writer->database);
  file_free(writer->file, writer->kept);
  g_strfreev(writer->style.layers);
  g_free(writer);
}

static gpointer sqlite_open(AverStage *stage, GError **error)
{
  SqliteWriter *writer = g_new0(SqliteWriter, 1);
  writer->search = aver_stage_get_boolean(stage, "search");
  if (encode_style_init(&writer->style, stage, error) && begin(writer, stage, error))
    return writer;
  sqlite_close(writer);
  return NULL;
}

static gpointer sqlite_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  return encode_worker_new();
}

static void sqlite_stop(gpointer self, gpointer worker)
{
  (void) self;
  encode_worker_free(worker);
}

static gboolean sqlite_encode(gpointer self, gpointer worker, AverDocument *document,
                              AverBuffer *out, GError **error)
{
  return encode_document(&((const SqliteWriter *) self)->style, worker, document, out, error);
}

/* Passes over what the database has already. */
static gboolean sqlite_emit(gpointer self, const char *data, gsize length, GError **error)
{
  SqliteWriter *writer = self;
  Database *database = writer->database;
  g_return_val_if_fail(database != NULL, FALSE);
  gsize known = progress_pass(&database->progress, length);
  if (known == length)
    return TRUE;
  if (!database_begin(database, error) ||
      !insert_documents(database, data + known, length - known, error))
    return FALSE;
  const Progress *progress = &database->progress;
  return writer->job || progress->position - progress->committed < MOST_BYTES ||
         database_commit(database, error);
}

static gboolean sqlite_commit(gpointer self, GString *position, GError **error)
{
  SqliteWriter *writer = self;
  g_return_val_if_fail(writer->database != NULL, FALSE);
  if (!database_commit(writer->database, error) ||
      (writer->job && !writer->kept && !file_anchor(writer->file, error)))
    return FALSE;
  writer->kept = writer->job;
  g_string_append_printf(position, "%" G_GUINT64_FORMAT, writer->database->progress.position);
  return TRUE;
}

static gboolean sqlite_finish(gpointer self, GError **error)
{
  SqliteWriter *writer = self;
  Database *database = writer->database;
  if (database != NULL) {
    if (!writer->finished && !finish_database(database, writer->search, error))
      return FALSE;
    g_clear_pointer(&writer->database, database_close);
  }
  return file_put_into_place(writer->file, error);
}

static const char *const existing[] = {"add", "replace", NULL};

static const AverOption options[] = {
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
    {.name = "existing",
     .kind = AVER_OPTION_CHOICE,
     .fallback = "add",
     .choices = existing,
     .help = "what becomes of a database that is there already: documents are added to it, those "
             "with the same id replaced, or it is replaced as a whole"},
};

AVER_PLUGIN(sqlite_writer) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_WRITER,
    .flags = AVER_PLUGIN_RESUMES,
    .name = "sqlite-writer",
    .version = "1.0",
    .summary = "writes an SQLite database with a table for every layer and a full-text index",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = sqlite_open,
    .close = sqlite_close,
    .start = sqlite_start,
    .stop = sqlite_stop,
    .encode = sqlite_encode,
    .emit = sqlite_emit,
    .commit = sqlite_commit,
    .finish = sqlite_finish,
};
