/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes all writers: any id, metadata, text and layers are written, and read back as they were. */
#include <aver/aver.h>
#include <aver/testing.h>
#ifdef HAVE_SQLITE
#include <glib/gstdio.h>
#include <sqlite3.h>
#endif

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

#define FOLDER "/dev/shm/aver-fuzz-writers-%d-%s"

static const char *const colours[] = {"red", "a b,|", "=1", NULL};
static const AverColumnType columns[] = {
    {"count", AVER_COLUMN_I32, NULL, NULL, ""},    {"weight", AVER_COLUMN_F32, NULL, NULL, ""},
    {"head", AVER_COLUMN_SPAN, NULL, NULL, ""},    {"content", AVER_COLUMN_SPANS, NULL, NULL, ""},
    {"name", AVER_COLUMN_STRING, NULL, NULL, ""},  {"colour", AVER_COLUMN_ENUM, colours, NULL, ""},
    {"mix", AVER_COLUMN_FLAGS, colours, NULL, ""}, {"of", AVER_COLUMN_REF, NULL, "mark", ""},
};
static const AverLayerType mark_layer = {"mark", "", columns, G_N_ELEMENTS(columns)};

typedef struct {
  const AverPlugin *plugin;
  AverStage *stage;
  gpointer self;
  gpointer worker;
} Writer;

typedef struct {
  const guint8 *data;
  gsize size;
} Bytes;

static guint8 take(Bytes *bytes)
{
  if (bytes->size == 0)
    return 0;
  bytes->size--;
  return *bytes->data++;
}

/* Up to the next line end; empty when it is no UTF-8 or has a NUL. */
static char *take_string(Bytes *bytes)
{
  const guint8 *end = bytes->size == 0 ? NULL : memchr(bytes->data, '\n', bytes->size);
  gsize length = end == NULL ? bytes->size : (gsize) (end - bytes->data);
  char *string = g_strndup((const char *) bytes->data, length);
  bytes->data += length;
  bytes->size -= length;
  take(bytes);
  if (!aver_utf8_validate(string, strlen(string), NULL))
    *string = '\0';
  return string;
}

static guint32 take_offset(Bytes *bytes, const char *text, guint32 length)
{
  guint32 offset = take(bytes);
  offset = (offset << 2 | (offset & 3)) % (length + 1);
  while (offset < length && ((guchar) text[offset] & 0xc0) == 0x80)
    offset++;
  return offset;
}

static void fill_row(Bytes *bytes, AverLayer *layer, guint32 row, const char *text, guint32 length)
{
  guint32 at[4];
  for (guint i = 0; i < 4; i++) {
    at[i] = take_offset(bytes, text, length);
    for (guint k = i; k > 0 && at[k] < at[k - 1]; k--) {
      guint32 smaller = at[k];
      at[k] = at[k - 1];
      at[k - 1] = smaller;
    }
  }
  const AverSpan spans[] = {{at[0], at[1]}, {at[2], at[3]}};
  guint8 choice = take(bytes);
  aver_layer_set_i32(layer, row, 0, (gint32) ((guint32) take(bytes) << 24));
  aver_layer_set_f32(layer, row, 1, (float) take(bytes) / 7);
  aver_layer_set_spans(layer, row, 2, spans, choice & 1);
  aver_layer_set_spans(layer, row, 3, spans, choice % 3);
  g_autofree char *name = take_string(bytes);
  aver_layer_set_string(layer, row, 4, (choice & 2) != 0 ? name : NULL, -1);
  aver_layer_set_i32(layer, row, 5, choice % 4 - 1);
  aver_layer_set_flags(layer, row, 6, choice & 7);
  aver_layer_set_i32(layer, row, 7, choice % 5 - 1);
}

/* Lines of id, metadata and number of rows, what is in the rows, and the text, which comes last. */
static AverDocument *document_new(Bytes bytes)
{
  g_autofree char *id = take_string(&bytes), *key = take_string(&bytes),
                  *value = take_string(&bytes);
  guint8 n_rows = take(&bytes) % 8;
  const guint8 *mark = bytes.size == 0 ? NULL : memchr(bytes.data, 0xff, bytes.size);
  gsize length = mark == NULL ? 0 : bytes.size - (gsize) (mark + 1 - bytes.data);
  const char *text = mark == NULL ? "" : (const char *) mark + 1;
  g_autoptr(AverDocument) document = aver_document_new();
  if (!aver_document_set_text(document, text, length, NULL))
    return NULL;
  aver_document_set_id(document, id, -1);
  aver_document_set_metadata(document, key, value, FALSE);
  AverLayer *layer = aver_document_add_layer(document, &mark_layer);
  for (guint8 row = 0; row < n_rows; row++) {
    guint32 start = take_offset(&bytes, text, (guint32) length);
    guint32 end = take_offset(&bytes, text, (guint32) length);
    aver_layer_add(layer, MIN(start, end), MAX(start, end));
  }
  for (guint8 row = 0; row < n_rows; row++)
    fill_row(&bytes, layer, row, text, (guint32) length);
  return g_steal_pointer(&document);
}

static void check_json(const char *data, gsize length)
{
  g_autoptr(GError) error = NULL;
  if (!aver_json_scan(data, length, NULL, &error))
    g_error("%s in %.*s", error->message, (int) MIN(length, 300), data);
}

static guint check_lines(const char *data, gsize length)
{
  guint n = 0;
  for (const char *end = data + length; data < end; n++) {
    const char *next = memchr(data, '\n', (gsize) (end - data));
    g_assert_nonnull(next);
    check_json(data, (gsize) (next - data));
    data = next + 1;
  }
  return n;
}

/* One cell as RFC 4180 has it. */
static const char *read_cell(const char *data, const char *end, GString *cell)
{
  gboolean quoted = data < end && *data == '"';
  g_string_truncate(cell, 0);
  for (data += quoted; data < end; data++) {
    if (quoted && *data == '"' && ++data < end && *data != '"')
      return data;
    if (!quoted && (*data == ',' || *data == '\r'))
      return data;
    g_assert_true(quoted || (*data != '"' && *data != '\n'));
    g_string_append_c(cell, *data);
  }
  g_error("a cell has no end");
}

/* The table of documents comes first: its one row has the id; that of the layer, the texts. */
static void check_csv(const AverDocument *document, const char *data, gsize length)
{
  const char *end = data + length;
  g_autoptr(GString) cell = g_string_new(NULL);
  for (guint table = 0; data < end; table++) {
    char *rest;
    gsize header = g_ascii_strtoull(strchr(data, ' '), &rest, 10);
    gsize rows = g_ascii_strtoull(rest, &rest, 10);
    const char *limit = rest + 1 + header + rows;
    guint n = 0, n_columns = 0, line = 0;
    for (data = rest + 1; data < limit; n++) {
      data = read_cell(data, limit, cell);
      const char *id = aver_document_get_id(document);
      if (line > 0 && n == 0)
        g_assert_cmpstr(cell->str + (*cell->str == '\'' && *id != '\''), ==, id);
      if (*data++ == ',')
        continue;
      g_assert_true(*data++ == '\n');
      g_assert_true(line == 0 || n + 1 == n_columns);
      n_columns = n + 1;
      n = (guint) -1;
      line++;
    }
    guint32 n_rows =
        table == 0 ? 1 : aver_layer_get_n_rows(aver_document_get_layer(document, "mark"));
    g_assert_cmpuint(line, ==, n_rows + 1);
  }
}

/* `T1<tab>type 0 4;6 9<tab>text text`, by the text that was written. */
static void check_brat_line(const char *line, const char *text, glong n_characters)
{
  g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
  g_assert_cmpuint(g_strv_length(fields), >=, 2);
  g_assert_nonnull(strchr("TRA#", *line));
  if (*line != 'T')
    return;
  g_autoptr(GString) covered = g_string_new(NULL);
  for (const char *p = strchr(fields[1], ' '); p != NULL; p = strchr(p, ';')) {
    char *rest;
    glong start = (glong) g_ascii_strtoll(p + 1, &rest, 10);
    glong end = (glong) g_ascii_strtoll(rest, &rest, 10);
    g_assert_true(start < end && end <= n_characters);
    const char *from = g_utf8_offset_to_pointer(text, start);
    g_string_append_printf(covered, "%s%.*s", covered->len > 0 ? " " : "",
                           (int) (g_utf8_offset_to_pointer(from, end - start) - from), from);
    p = rest;
  }
  g_assert_cmpstr(covered->str, ==, fields[2]);
}

static void check_brat(const char *text, gsize length, const char *annotations, gsize n)
{
  if (memchr(text, '\0', length) != NULL || n == 0)
    return;
  g_autofree char *whole = g_strndup(text, length), *all = g_strndup(annotations, n - 1);
  g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    check_brat_line(lines[i], whole, g_utf8_strlen(whole, -1));
}

/* What a writer into a folder hands on: `f4 12<line end>.txt` and 12 bytes. */
static void check_files(const AverPlugin *plugin, const char *data, gsize length)
{
  const char *text = NULL;
  gsize text_length = 0;
  for (const char *end = data + length; data < end;) {
    char kind = *data, *rest;
    gsize name = g_ascii_strtoull(data + 1, &rest, 10), n = g_ascii_strtoull(rest, &rest, 10);
    const char *contents = rest + 1 + name;
    if (kind == 'f' && strcmp(plugin->name, "citron-writer") == 0)
      check_json(contents, n - 1);
    else if (kind == 'f' && strncmp(rest + 1, ".ann", 4) == 0)
      check_brat(text, text_length, contents, n);
    text = contents;
    text_length = n;
    data = contents + n;
  }
}

/* Two lengths, a ledger of lines, and an article in which every `<` begins an element of its own.
 */
static void check_report(const char *data, gsize length)
{
  static const char *const known[] = {
      "a",     "article", "b",  "blockquote", "code",  "dd",   "details",
      "div",   "dl",      "dt", "fieldset",   "h2",    "h3",   "input",
      "label", "legend",  "li", "p",          "small", "span", "summary",
      "table", "tbody",   "td", "th",         "thead", "tr",   "ul"};
  char *rest;
  gsize ledger = g_ascii_strtoull(data, &rest, 10);
  gsize article = g_ascii_strtoull(rest, &rest, 10);
  const char *end = data + length, *p = rest + 1 + ledger;
  g_assert_true(p + article == end && p[-1] == '\n');
  gint depth = 0;
  for (; (p = memchr(p, '<', (gsize) (end - p))) != NULL; p++) {
    gboolean closes = p[1] == '/', found = FALSE;
    gsize n = strcspn(p + 1 + closes, " >");
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
      found = found || (strlen(known[i]) == n && strncmp(known[i], p + 1 + closes, n) == 0);
    g_assert_true(found);
    depth += closes ? -1 : strncmp(p, "<input", 6) == 0 ? 0 : 1;
    g_assert_cmpint(depth, >=, 0);
  }
  g_assert_cmpint(depth, ==, 0);
}

static void check(const Writer *writer, const AverDocument *document, const AverBuffer *out)
{
  const char *name = writer->plugin->name;
  guint32 n_rows = aver_layer_get_n_rows(aver_document_get_layer(document, "mark"));
  g_assert_true(aver_utf8_validate(out->data, out->length, NULL));
  if (strcmp(name, "jsonl-writer") == 0)
    g_assert_cmpuint(check_lines(out->data, out->length), ==, 1);
  else if (strcmp(name, "elastic-writer") == 0)
    g_assert_cmpuint(check_lines(out->data, out->length), ==, 2);
  else if (strcmp(name, "webanno-writer") == 0)
    g_assert_cmpuint(check_lines(out->data, out->length), ==, n_rows);
  else if (strcmp(name, "csv-writer") == 0)
    check_csv(document, out->data, out->length);
  else if (strcmp(name, "report-writer") == 0)
    check_report(out->data, out->length);
  else if (strcmp(name, "brat-writer") == 0 || strcmp(name, "citron-writer") == 0)
    check_files(writer->plugin, out->data, out->length);
}

/* The text is asked for where it is not written by itself. */
static AverStage *stage_new(const AverPlugin *plugin, const char *output)
{
  static const char *const text[] = {"text=true", NULL};
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, text, NULL, output, NULL);
  if (stage == NULL)
    stage = aver_testing_stage_new(plugin, NULL, NULL, output, &error);
  g_assert_no_error(error);
  return stage;
}

#ifdef HAVE_SQLITE
static void check_database(const AverPlugin *plugin, const AverBuffer *out,
                           const AverDocument *document)
{
  g_autofree char *path = g_strdup_printf(FOLDER, (int) getpid(), "database");
  g_autoptr(GError) error = NULL;
  sqlite3 *database;
  sqlite3_stmt *row;
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  g_remove(path);
  AverStage *stage = stage_new(plugin, path);
  gpointer self = plugin->open(stage, &error);
  if (self == NULL || !plugin->emit(self, out->data, out->length, &error) ||
      !plugin->finish(self, &error))
    g_error("%s", error->message);
  plugin->close(self);
  aver_testing_stage_free(stage);
  g_assert_cmpint(sqlite3_open(path, &database), ==, SQLITE_OK);
  sqlite3_prepare_v2(database, "SELECT id, CAST(text AS BLOB) FROM document", -1, &row, NULL);
  g_assert_cmpint(sqlite3_step(row), ==, SQLITE_ROW);
  g_assert_cmpstr((const char *) sqlite3_column_text(row, 0), ==, aver_document_get_id(document));
  g_assert_cmpmem(sqlite3_column_blob(row, 1), sqlite3_column_bytes(row, 1), text, length);
  g_assert_cmpint(sqlite3_step(row), ==, SQLITE_DONE);
  sqlite3_finalize(row);
  sqlite3_close(database);
}
#endif

/* Quotes and claims of what is marked, for the writer that marks them. */
static void add_quotes(AverDocument *document)
{
  const AverLayer *marks = aver_document_get_layer(document, "mark");
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  AverLayer *claims = aver_document_add_layer(document, &aver_claim_layer);
  guint32 n;
  for (guint32 row = 0; row < aver_layer_get_n_rows(marks); row++) {
    const AverSpan span = aver_layer_get_spans(marks)[row];
    const char *name = aver_layer_get_string(marks, row, 4);
    aver_layer_add(quotes, span.start, span.end);
    aver_layer_add(claims, span.start, span.end);
    const AverSpan *spans = aver_layer_get_spans_cell(marks, row, 3, &n);
    aver_layer_set_spans(quotes, row, AVER_QUOTE_CONTENT, spans, n);
    aver_layer_set_spans(quotes, row, AVER_QUOTE_SOURCE, spans, n);
    spans = aver_layer_get_spans_cell(marks, row, 2, &n);
    aver_layer_set_spans(quotes, row, AVER_QUOTE_CUE, spans, n);
    aver_layer_set_string(quotes, row, AVER_QUOTE_SPEAKER, name, -1);
    aver_layer_set_i32(quotes, row, AVER_QUOTE_KIND, aver_layer_get_i32(marks, row, 5));
    aver_layer_set_string(claims, row, AVER_CLAIM_LABEL, name, -1);
    aver_layer_set_i32(claims, row, AVER_CLAIM_ACT, aver_layer_get_i32(marks, row, 5));
    aver_layer_set_i32(claims, row, AVER_CLAIM_QUOTE, aver_layer_get_i32(marks, row, 7));
    aver_layer_set_f32(claims, row, AVER_CLAIM_CHECKWORTHY, aver_layer_get_f32(marks, row, 1));
  }
}

static GArray *open_writers(void)
{
  static const char *const names[] = {"brat-writer",    "citron-writer", "csv-writer",
                                      "elastic-writer", "jsonl-writer",  "sqlite-writer",
                                      "webanno-writer", "report-writer"};
  g_autoptr(GError) error = NULL;
  AverRegistry *registry = aver_registry_new(); /* has to live as long as its plugins */
  GArray *opened = g_array_new(FALSE, TRUE, sizeof(Writer));
  g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  if (!aver_registry_add_folder(registry, g_getenv("AVER_PLUGINS"), &error))
    g_error("AVER_PLUGINS: %s", error->message);
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    Writer writer = {.plugin = aver_registry_find(registry, names[i], NULL)};
    g_autofree char *output = g_strdup_printf(FOLDER, (int) getpid(), names[i]);
    if (writer.plugin == NULL)
      continue;
    writer.stage = stage_new(writer.plugin, output);
    writer.self = writer.plugin->open(writer.stage, &error);
    if (writer.self == NULL)
      g_error("%s", error->message);
    writer.worker = writer.plugin->start == NULL ? NULL : writer.plugin->start(writer.self, &error);
    g_array_append_val(opened, writer);
  }
  return opened;
}

static GArray *writers;

/* What was not finished leaves nothing. */
static void close_writers(void)
{
  for (guint i = 0; i < writers->len; i++) {
    const Writer *writer = &g_array_index(writers, Writer, i);
    writer->plugin->close(writer->self);
  }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  if (writers == NULL) {
    writers = open_writers();
    atexit(close_writers);
  }
  g_autoptr(AverDocument) document = document_new((Bytes){data, size});
  for (guint i = 0; document != NULL && i < writers->len; i++) {
    const Writer *writer = &g_array_index(writers, Writer, i);
    g_auto(AverBuffer) out = {0};
    g_autoptr(GError) error = NULL;
    if (strcmp(writer->plugin->name, "report-writer") == 0) /* the last one */
      add_quotes(document);
    if (!writer->plugin->encode(writer->self, writer->worker, document, &out, &error))
      g_error("%s", error->message);
    aver_buffer_append(&out, "", 0);
    if (strcmp(writer->plugin->name, "sqlite-writer") != 0)
      check(writer, document, &out);
#ifdef HAVE_SQLITE
    else if (size % 8 == 0) /* a database takes longer than all others */
      check_database(writer->plugin, &out, document);
#endif
  }
  return 0;
}
