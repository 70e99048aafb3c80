/* SPDX-License-Identifier: Apache-2.0 */
/* The schema: the tables that are always there, those of layers, and what is made over them. */
#include "postgres-writer.h"
#include "views.h"

/* Any text in any order that does not depend on the server's locale. */
#define TEXT " text COLLATE \"C\""

/* A B-tree takes no value of more than some 2,700 bytes, and ids may be longer. */
static const char own_tables[] =
    "CREATE TABLE document(\n"
    "  key integer PRIMARY KEY,\n"
    "  id" TEXT " NOT NULL,\n"
    "  published" TEXT ",\n"
    "  title" TEXT ",\n"
    "  author" TEXT ",\n"
    "  language" TEXT ",\n"
    "  source" TEXT ",\n"
    "  bytes bigint NOT NULL,\n"
    "  text" TEXT ",\n"
    "  EXCLUDE USING hash (id WITH =));\n"
    "CREATE TABLE metadata(\n"
    "  document integer NOT NULL,\n"
    "  key" TEXT " NOT NULL,\n"
    "  value" TEXT " NOT NULL,\n"
    "  json integer NOT NULL);\n"
    "CREATE INDEX metadata_document ON metadata(document);\n"
    "CREATE TABLE aver_schema(version integer NOT NULL);\n"
    "CREATE TABLE aver_layer(name" TEXT " PRIMARY KEY, columns" TEXT " NOT NULL);\n"
    "CREATE TABLE aver_job(job" TEXT " PRIMARY KEY, bytes bigint NOT NULL);\n";

/* A text search vector has room for a megabyte: these many characters always fit. */
#define VECTOR(column) "to_tsvector('pg_catalog.simple', left(" column ", 100000))"

#define SPEAKERS                                                                                   \
  VIEW_SPEAKERS(                                                                                   \
      "count(*) FILTER (WHERE kind = 'direct')", "count(*) FILTER (WHERE kind = 'mixed')",         \
      "count(*) FILTER (WHERE kind = 'indirect')", "count(*) FILTER (WHERE polarity = 'denied')")

#define QUOTE_SEARCH                                                                               \
  "CREATE VIEW quote_search AS SELECT id,\n"                                                       \
  "  " VECTOR("content") " AS content,\n"                                                          \
                         "  " VECTOR("speaker") " AS speaker FROM quote;\n"

#define CLAIM_SEARCH                                                                               \
  "CREATE VIEW claim_search AS SELECT id,\n"                                                       \
  "  " VECTOR("text") " AS text,\n"                                                                \
                      "  " VECTOR("claimant") " AS claimant FROM claim;\n"

/* clang-format off */
static const char views[] =
    VIEW_WHO_SAID_WHAT SPEAKERS QUOTE_SEARCH
    VIEW_DENIALS VIEW_CHECKWORTHY(" NULLS LAST") CLAIM_SEARCH;
/* clang-format on */

static const char *const taken[] = {"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid", NULL};

static const Dialect dialect = {
    .head = "  id bigint PRIMARY KEY,\n  document integer NOT NULL,\n  row integer NOT NULL,\n"
            "  start bigint NOT NULL,\n  \"end\" bigint NOT NULL,\n  text" TEXT " NOT NULL",
    .whole = " integer",
    .real = " double precision",
    .text = TEXT,
    .id = " bigint",
    .taken = taken,
};

void table_free(gpointer data)
{
  Table *table = data;
  shape_clear(&table->shape);
  aver_buffer_clear(&table->rows.bytes);
  g_free(table);
}

static Table *parse(const char *description, gsize length)
{
  g_autoptr(Table) table = g_new0(Table, 1);
  return shape_parse(&table->shape, description, length) ? g_steal_pointer(&table) : NULL;
}

static gboolean has_table(const char *name, gpointer data)
{
  const Server *server = data;
  for (guint i = 0; i < server->tables->len; i++)
    if (strcmp(((const Table *) g_ptr_array_index(server->tables, i))->shape.name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean has_layer(const Server *server, const AverLayerType *type)
{
  for (guint i = 0; i < server->tables->len; i++)
    if (shape_is(&((const Table *) g_ptr_array_index(server->tables, i))->shape, type))
      return TRUE;
  return FALSE;
}

static gboolean has_description(const Server *server, const char *description)
{
  for (guint i = 0; i < server->tables->len; i++)
    if (strcmp(((const Table *) g_ptr_array_index(server->tables, i))->shape.description,
               description) == 0)
      return TRUE;
  return FALSE;
}

/* @description of a layer that the schema has no table for. */
Table *tables_add(Server *server, const char *description, gsize length, GError **error)
{
  g_autoptr(Table) table = parse(description, length);
  if (table == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "no layer can be described so: '%.*s'",
                (int) MIN(length, 200), description);
    return NULL;
  }
  if (has_table(table->shape.name, server)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "%s has a layer '%s' with other columns; expected another schema, or the plugins "
                "that it was made with",
                server->name, table->shape.name);
    return NULL;
  }
  g_autofree char *create = shape_create_sql(&table->shape, &dialect, NULL, NULL);
  const char *const parameters[] = {table->shape.name, table->shape.description};
  if (!server_run(server, create, error))
    return NULL;
  g_autoptr(PGresult) noted =
      server_ask(server, "INSERT INTO aver_layer VALUES($1, $2)", 2, parameters, error);
  if (noted == NULL)
    return NULL;
  g_ptr_array_add(server->tables, table);
  return g_steal_pointer(&table);
}

static gboolean add_type(const AverLayerType *type, gpointer data, GError **error)
{
  Server *server = data;
  g_autofree char *description = shape_describe(type, error);
  if (description != NULL && has_description(server, description))
    return TRUE;
  return description != NULL && tables_add(server, description, strlen(description), error) != NULL;
}

gboolean tables_add_known(Server *server, const AverLayerType *const *layers, GError **error)
{
  return shape_add_known(layers, has_table, add_type, server, error);
}

static gboolean load(Server *server, GError **error)
{
  g_autoptr(PGresult) list =
      server_ask(server, "SELECT columns FROM aver_layer ORDER BY name", 0, NULL, error);
  gboolean good = list != NULL;
  for (int i = 0; good && i < PQntuples(list); i++) {
    const char *text = PQgetvalue(list, i, 0);
    if (has_description(server, text))
      continue;
    Table *table = parse(text, strlen(text));
    good = table != NULL;
    if (good)
      g_ptr_array_add(server->tables, table);
    else
      g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                  "%s describes a layer as '%s', which is none", server->name, text);
  }
  return good;
}

gboolean tables_refresh(Server *server, GError **error)
{
  return load(server, error) &&
         server_ask_number(server, "SELECT max(key) FROM document", NULL, &server->next_key, error);
}

static gboolean make(Server *server, gboolean there, GError **error)
{
  char *quoted = PQescapeIdentifier(server->connection, server->schema, strlen(server->schema));
  if (quoted == NULL)
    return server_fail(server, NULL, error);
  g_autofree char *schema = g_strdup_printf("CREATE SCHEMA %s", quoted);
  g_autofree char *mark = g_strdup_printf("INSERT INTO aver_schema VALUES(%d)", SCHEMA_VERSION);
  PQfreemem(quoted);
  return (there || server_run(server, schema, error)) && server_run(server, own_tables, error) &&
         server_run(server, mark, error);
}

gboolean tables_open(Server *server, GError **error)
{
  gint64 there, made, version;
  if (!server_ask_number(server, "SELECT count(*) FROM pg_namespace WHERE nspname = $1",
                         server->schema, &there, error) ||
      !server_ask_number(server,
                         "SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n "
                         "ON n.oid = c.relnamespace WHERE nspname = $1 AND relname = 'aver_schema'",
                         server->schema, &made, error))
    return FALSE;
  if (made == 0) {
    if (!make(server, there > 0, error))
      return FALSE;
  } else if (!server_ask_number(server, "SELECT max(version) FROM aver_schema", NULL, &version,
                                error)) {
    return FALSE;
  } else if (version != SCHEMA_VERSION) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "%s has version %" G_GINT64_FORMAT " of the tables; expected %d, or another schema",
                server->name, version, SCHEMA_VERSION);
    return FALSE;
  }
  return tables_refresh(server, error);
}

static gboolean add_views(const Server *server, GError **error)
{
  gint64 made;
  return server_ask_number(server,
                           "SELECT count(*) FROM pg_views WHERE schemaname = $1 "
                           "AND viewname = 'who_said_what'",
                           server->schema, &made, error) &&
         (made > 0 || server_run(server, views, error));
}

static gboolean add_indices(const Server *server, GError **error)
{
  gboolean claims = has_layer(server, &aver_claim_layer);
  for (guint i = 0; i < server->tables->len; i++) {
    const char *name = ((const Table *) g_ptr_array_index(server->tables, i))->shape.name;
    gboolean acts = claims && strcmp(name, aver_claim_layer.name) == 0;
    g_autofree char *sql =
        g_strdup_printf("CREATE INDEX IF NOT EXISTS \"%s_document\" ON \"%s\"(document%s)", name,
                        name, acts ? ", act" : "");
    if (!server_run(server, sql, error))
      return FALSE;
  }
  return server_run(server,
                    "CREATE INDEX IF NOT EXISTS document_published ON document "
                    "USING spgist (published)",
                    error) &&
         (!has_layer(server, &aver_quote_layer) ||
          server_run(server,
                     "CREATE INDEX IF NOT EXISTS quote_speaker ON quote USING spgist (speaker)",
                     error)) &&
         (!claims ||
          server_run(server,
                     "CREATE INDEX IF NOT EXISTS claim_label ON claim(label, checkworthy DESC);"
                     "CREATE INDEX IF NOT EXISTS claim_allegation ON claim(document) "
                     "WHERE act = 'allegation'",
                     error));
}

static gboolean add_search(const Server *server, GError **error)
{
  return (!has_layer(server, &aver_quote_layer) ||
          server_run(server,
                     "CREATE INDEX IF NOT EXISTS quote_words ON quote "
                     "USING gin ((" VECTOR("content") "), (" VECTOR("speaker") "))",
                     error)) &&
         (!has_layer(server, &aver_claim_layer) ||
          server_run(server,
                     "CREATE INDEX IF NOT EXISTS claim_words ON claim "
                     "USING gin ((" VECTOR("text") "), (" VECTOR("claimant") "))",
                     error));
}

gboolean tables_finish(Server *server, gboolean search, GError **error)
{
  gboolean all = has_layer(server, &aver_quote_layer) && has_layer(server, &aver_claim_layer);
  if ((all && !add_views(server, error)) || !add_indices(server, error) ||
      (search && !add_search(server, error)) ||
      !server_run(server, "ANALYZE document; ANALYZE metadata", error))
    return FALSE;
  for (guint i = 0; i < server->tables->len; i++) {
    const char *name = ((const Table *) g_ptr_array_index(server->tables, i))->shape.name;
    g_autofree char *sql = g_strdup_printf("ANALYZE \"%s\"", name);
    if (!server_run(server, sql, error))
      return FALSE;
  }
  return TRUE;
}
