/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the layers: those that the database has, and new ones. */
#include "sqlite-writer.h"
#include "views.h"

static const char own_tables[] =
    "CREATE TABLE document(\n"
    "  key INTEGER PRIMARY KEY,\n"
    "  id TEXT NOT NULL UNIQUE,\n"
    "  published TEXT,\n"
    "  title TEXT,\n"
    "  author TEXT,\n"
    "  language TEXT,\n"
    "  source TEXT,\n"
    "  bytes INTEGER NOT NULL,\n"
    "  text TEXT);\n"
    "CREATE TABLE metadata(\n"
    "  document INTEGER NOT NULL REFERENCES document(key) ON DELETE CASCADE,\n"
    "  key TEXT NOT NULL,\n"
    "  value TEXT NOT NULL,\n"
    "  json INTEGER NOT NULL,\n"
    "  PRIMARY KEY(document, key)) WITHOUT ROWID;\n"
    "CREATE TABLE aver_layer(name TEXT PRIMARY KEY, columns TEXT NOT NULL);\n"
    "CREATE TABLE aver_job(job TEXT PRIMARY KEY, bytes INTEGER NOT NULL);\n";

static const char views[] = VIEW_WHO_SAID_WHAT VIEW_DENIALS VIEW_SPEAKERS(
    "sum(kind = 'direct')", "sum(kind = 'mixed')", "sum(kind = 'indirect')",
    "sum(polarity = 'denied')") VIEW_CHECKWORTHY("");

static const Dialect dialect = {
    .head = "  id INTEGER PRIMARY KEY,\n"
            "  document INTEGER NOT NULL REFERENCES document(key) ON DELETE CASCADE,\n"
            "  row INTEGER NOT NULL,\n  start INTEGER NOT NULL,\n"
            "  \"end\" INTEGER NOT NULL,\n  text TEXT NOT NULL",
    .whole = " INTEGER",
    .real = " REAL",
    .text = " TEXT",
    .id = " INTEGER",
};

void table_free(gpointer data)
{
  Table *table = data;
  sqlite3_finalize(table->insert);
  sqlite3_finalize(table->erase);
  shape_clear(&table->shape);
  g_free(table);
}

static Table *parse(const char *description, gsize length)
{
  g_autoptr(Table) table = g_new0(Table, 1);
  return shape_parse(&table->shape, description, length) ? g_steal_pointer(&table) : NULL;
}

static char *insert_sql(const Shape *shape)
{
  GString *sql = g_string_new(NULL);
  g_string_append_printf(sql, "INSERT INTO \"%s\" VALUES(?,?,?,?,?,?", shape->name);
  for (guint i = 0; i < shape->n_columns; i++)
    g_string_append(sql, strchr("pP", shape->kinds[i]) != NULL ? ",?,?" : ",?");
  g_string_append_c(sql, ')');
  return g_string_free(sql, FALSE);
}

static Table *find_table(const Database *database, const char *name)
{
  for (guint i = 0; i < database->tables->len; i++) {
    Table *table = g_ptr_array_index(database->tables, i);
    if (strcmp(table->shape.name, name) == 0)
      return table;
  }
  return NULL;
}

/* Prepares what is run for every row of a table that there is. */
static gboolean take_table(Database *database, Table *table, GError **error)
{
  g_autofree char *insert = insert_sql(&table->shape);
  g_autofree char *erase =
      g_strdup_printf("DELETE FROM \"%s\" WHERE id BETWEEN ?1 AND ?2", table->shape.name);
  g_ptr_array_add(database->tables, table);
  table->insert = database_prepare(database, insert, error);
  table->erase = table->insert == NULL ? NULL : database_prepare(database, erase, error);
  return table->erase != NULL;
}

typedef struct {
  const Database *database;
  const Table *self;
} Known;

static gboolean can_be_referred_to(const char *name, gpointer data)
{
  const Known *known = data;
  return find_table(known->database, name) != NULL || strcmp(known->self->shape.name, name) == 0;
}

/* @description of a layer that the database has no table for. */
Table *tables_add(Database *database, const char *description, gsize length, GError **error)
{
  g_autoptr(Table) table = parse(description, length);
  if (table != NULL && find_table(database, table->shape.name) != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "the database '%s' has a layer '%s' with other columns; expected another file, or "
                "the plugins that it was made with",
                database->name, table->shape.name);
    return NULL;
  }
  if (table == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "no layer can be described so: '%.*s'",
                (int) MIN(length, 200), description);
    return NULL;
  }
  const Known known = {database, table};
  g_autofree char *create =
      shape_create_sql(&table->shape, &dialect, can_be_referred_to, (gpointer) &known);
  sqlite3_stmt *note =
      database_prepare(database, "INSERT INTO aver_layer(name, columns) VALUES(?1, ?2)", error);
  gboolean good = note != NULL && database_run(database, create, error);
  if (good) {
    sqlite3_bind_text(note, 1, table->shape.name, -1, SQLITE_STATIC);
    sqlite3_bind_text(note, 2, table->shape.description, -1, SQLITE_STATIC);
    good = database_step(database, note, error);
  }
  sqlite3_finalize(note);
  Table *result = table;
  return good && take_table(database, g_steal_pointer(&table), error) ? result : NULL;
}

gboolean tables_load(Database *database, GError **error)
{
  sqlite3_stmt *list =
      database_prepare(database, "SELECT columns FROM aver_layer ORDER BY rowid", error);
  gboolean good = list != NULL;
  int code = SQLITE_DONE;
  while (good && (code = sqlite3_step(list)) == SQLITE_ROW) {
    const char *text = (const char *) sqlite3_column_text(list, 0);
    Table *table = text == NULL ? NULL : parse(text, strlen(text));
    if (table == NULL)
      g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                  "the database '%s' describes a layer as '%s', which is none", database->name,
                  text == NULL ? "" : text);
    good = table != NULL && take_table(database, table, error);
  }
  if (good && code != SQLITE_DONE)
    good = database_fail(database, error);
  sqlite3_finalize(list);
  return good;
}

static gboolean has_table(const char *name, gpointer database)
{
  return find_table(database, name) != NULL;
}

static gboolean add_type(const AverLayerType *type, gpointer data, GError **error)
{
  Database *database = data;
  g_autofree char *description = shape_describe(type, error);
  for (guint i = 0; description != NULL && i < database->tables->len; i++)
    if (strcmp(((const Table *) g_ptr_array_index(database->tables, i))->shape.description,
               description) == 0)
      return TRUE;
  return description != NULL &&
         tables_add(database, description, strlen(description), error) != NULL;
}

gboolean tables_add_known(Database *database, const AverLayerType *const *layers, GError **error)
{
  return database_begin(database, error) &&
         shape_add_known(layers, has_table, add_type, database, error);
}

gboolean tables_make(Database *database, GError **error)
{
  g_autofree char *mark = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                          APPLICATION_ID, SCHEMA_VERSION);
  /* Rows with their texts go into larger pages with less work. */
  return database_run(database, "PRAGMA page_size = 16384", error) &&
         database_run(database, "BEGIN IMMEDIATE", error) && database_run(database, mark, error) &&
         database_run(database, own_tables, error) && database_run(database, views, error) &&
         database_run(database, "COMMIT", error);
}
