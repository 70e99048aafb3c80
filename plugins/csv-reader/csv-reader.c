/* SPDX-License-Identifier: Apache-2.0 */
/* csv-reader: makes a document of every record of comma-separated values. */
#include "reader.h"

#include <string.h>

/* Between the parts of a cursor: the input's, and the file's header. */
#define PART '\t'

static gboolean read_delimiter(const char *option, char *delimiter, GError **error)
{
  *delimiter = 0;
  if (strcmp(option, "auto") == 0)
    return TRUE;
  if (strcmp(option, "tab") == 0)
    *delimiter = '\t';
  else if (strlen(option) == 1 && strchr("\"\r\n", option[0]) == NULL && (guchar) option[0] < 0x80)
    *delimiter = option[0];
  if (*delimiter != 0)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "delimiter is '%s'; expected 'auto', 'tab', or one ASCII character that is no "
              "quotation mark",
              option);
  return FALSE;
}

static void read_wanted(const AverStage *stage, Wanted *wanted)
{
  const char *metadata = aver_stage_get_string(stage, "metadata");
  for (guint r = 0; r < N_ROLES; r++)
    wanted->roles[r] = aver_stage_get_string(stage, role_names[r]);
  wanted->header = aver_stage_get_boolean(stage, "header");
  if (strcmp(metadata, "*") != 0) {
    wanted->metadata = g_strsplit(metadata, ",", -1);
    for (guint i = 0; wanted->metadata[i] != NULL; i++)
      g_strstrip(wanted->metadata[i]);
  }
}

static gboolean check_roles(const Wanted *wanted, GError **error)
{
  Columns columns;
  for (guint i = 0; i < N_ROLES; i++)
    for (guint j = 0; j < i; j++)
      if (strcmp(wanted->roles[i], wanted->roles[j]) == 0) {
        g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                    "options '%s' and '%s' are both '%s'; expected different columns",
                    role_names[j], role_names[i], wanted->roles[i]);
        return FALSE;
      }
  gboolean good = wanted->header || columns_read(&columns, wanted, NULL, 0, 0, error);
  if (!wanted->header)
    columns_clear(&columns);
  return good;
}

static void csv_close(gpointer self)
{
  CsvReader *reader = self;
  aver_input_free(reader->input);
  g_strfreev(reader->wanted.metadata);
  aver_buffer_clear(&reader->record);
  g_string_free(reader->held, TRUE);
  g_free(reader);
}

static gpointer csv_open(AverStage *stage, GError **error)
{
  CsvReader *reader = g_new0(CsvReader, 1);
  reader->held = g_string_new(NULL);
  read_wanted(stage, &reader->wanted);
  if (!read_delimiter(aver_stage_get_string(stage, "delimiter"), &reader->delimiter, error) ||
      !check_roles(&reader->wanted, error)) {
    csv_close(reader);
    return NULL;
  }
  reader->input = aver_stage_open_input(stage);
  reader->max_record = aver_stage_get_max_record(stage);
  return reader;
}

static gpointer csv_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  CsvWorker *worker = g_new0(CsvWorker, 1);
  worker->fields = g_new(Field, COLUMNS_MAX);
  return worker;
}

static void csv_stop(gpointer self, gpointer worker)
{
  CsvWorker *scratch = worker;
  (void) self;
  columns_clear(&scratch->columns);
  aver_buffer_clear(&scratch->head);
  aver_buffer_clear(&scratch->value);
  g_free(scratch->fields);
  g_free(scratch);
}

/* The header is part of it: the input may be a pipe, which has no start to go back to. */
static void csv_cursor(gpointer self, GString *cursor)
{
  const CsvReader *reader = self;
  if (reader->passing)
    g_string_append_len(cursor, reader->held->str, (gssize) reader->held->len);
  else
    aver_input_get_cursor(reader->input, cursor);
  if (!reader->headed)
    return;
  g_autofree char *head = g_strndup(reader->record.data, reader->head - 1);
  g_autofree char *escaped = g_strescape(head, NULL);
  g_string_append_printf(cursor, "%c%s", PART, escaped);
}

static gboolean csv_seek(gpointer self, const char *cursor, GError **error)
{
  CsvReader *reader = self;
  const char parts[] = {PART, '\0'};
  g_auto(GStrv) part = g_strsplit(cursor, parts, 2);
  guint n = g_strv_length(part);
  if (n == 1)
    return aver_input_seek(reader->input, cursor, error);
  g_autofree char *head = n == 2 ? g_strcompress(part[1]) : NULL;
  if (head == NULL || head[0] == '\0') {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "'%s' is no position in tables", cursor);
    return FALSE;
  }
  return csv_set_header(reader, head[0], head + 1, strlen(head + 1), error) &&
         aver_input_seek(reader->input, part[0], error);
}

static void csv_identify(gpointer self, GString *text)
{
  aver_input_identify(((CsvReader *) self)->input, text);
}

#define COLUMN(role, what)                                                                         \
  {                                                                                                \
    .name = role, .kind = AVER_OPTION_STRING, .fallback = role, .help = "the column that " what    \
  }

static const AverOption options[] = {
    {.name = "match",
     .kind = AVER_OPTION_STRING,
     .fallback = "*.csv,*.tsv,*.tab",
     .help = "glob patterns, separated by commas, for the names of files in folders"},
    {.name = "delimiter",
     .kind = AVER_OPTION_STRING,
     .fallback = "auto",
     .help = "what separates fields: one character, 'tab', or 'auto' for each file's own"},
    {.name = "header",
     .kind = AVER_OPTION_BOOLEAN,
     .fallback = "true",
     .help = "whether each file's first record names the columns"},
    COLUMN("text", "holds the text, by name or number from 1"),
    COLUMN("id", "holds the id"),
    COLUMN("title", "becomes metadata 'title'"),
    COLUMN("published", "becomes metadata 'published'"),
    COLUMN("author", "becomes metadata 'author'"),
    COLUMN("language", "becomes metadata 'language'"),
    {.name = "metadata",
     .kind = AVER_OPTION_STRING,
     .fallback = "*",
     .help = "other columns that become metadata, separated by commas; '*' for all"},
};

AVER_PLUGIN(csv_reader) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .name = "csv-reader",
    .version = "1.0",
    .summary = "reads CSV and TSV, one document a record",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = csv_open,
    .close = csv_close,
    .start = csv_start,
    .stop = csv_stop,
    .cut = csv_cut,
    .decode = csv_decode,
    .cursor = csv_cursor,
    .seek = csv_seek,
    .identify = csv_identify,
};
