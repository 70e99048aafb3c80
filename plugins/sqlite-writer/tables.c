/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of the layers: those that the database has, and new ones. */
#include "sqlite-writer.h"

static Table *tables_find(const Database *database, const char *name)
{
  for (guint i = 0; i < database->tables->len; i++) {
    Table *table = g_ptr_array_index(database->tables, i);
    if (strcmp(table->name, name) == 0)
      return table;
  }
  return NULL;
}

/* Prepares what is run for every row of a table that there is. */
static gboolean take_table(Database *database, Table *table, GError **error)
{
  g_autofree char *insert = schema_insert_sql(table);
  g_autofree char *erase =
      g_strdup_printf("DELETE FROM \"%s\" WHERE id BETWEEN ?1 AND ?2", table->name);
  g_ptr_array_add(database->tables, table);
  table->insert = database_prepare(database, insert, error);
  table->erase = table->insert == NULL ? NULL : database_prepare(database, erase, error);
  return table->erase != NULL;
}

/* @description of a layer that the database has no table for. */
Table *tables_add(Database *database, const char *description, gsize length, GError **error)
{
  g_autoptr(Table) table = schema_parse(description, length);
  if (table != NULL && tables_find(database, table->name) != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "the database '%s' has a layer '%s' with other columns; expected another file, or "
                "the plugins that it was made with",
                database->name, table->name);
    return NULL;
  }
  if (table == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "no layer can be described so: '%.*s'",
                (int) MIN(length, 200), description);
    return NULL;
  }
  g_autofree char *create = schema_create_sql(table, database->tables);
  sqlite3_stmt *note =
      database_prepare(database, "INSERT INTO aver_layer(name, columns) VALUES(?1, ?2)", error);
  gboolean good = note != NULL && database_run(database, create, error);
  if (good) {
    sqlite3_bind_text(note, 1, table->name, -1, SQLITE_STATIC);
    sqlite3_bind_text(note, 2, table->description, -1, SQLITE_STATIC);
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
    Table *table = text == NULL ? NULL : schema_parse(text, strlen(text));
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

static gboolean add_type(Database *database, const AverLayerType *type, GError **error)
{
  g_autofree char *description = schema_describe(type, error);
  for (guint i = 0; description != NULL && i < database->tables->len; i++)
    if (strcmp(((const Table *) g_ptr_array_index(database->tables, i))->description,
               description) == 0)
      return TRUE;
  return description != NULL &&
         tables_add(database, description, strlen(description), error) != NULL;
}

static const AverLayerType *find_type(const AverLayerType *const *layers, const char *name)
{
  for (; *layers != NULL; layers++)
    if (strcmp((*layers)->name, name) == 0)
      return *layers;
  return NULL;
}

gboolean tables_add_known(Database *database, const AverLayerType *const *layers, GError **error)
{
  if (!database_begin(database, error))
    return FALSE;
  for (guint i = 0; aver_builtin_layers[i] != NULL; i++) {
    const AverLayerType *builtin = aver_builtin_layers[i];
    const AverLayerType *given = find_type(layers, builtin->name);
    gboolean there = given == NULL && tables_find(database, builtin->name) != NULL;
    if (!there && !add_type(database, given == NULL ? builtin : given, error))
      return FALSE;
  }
  for (; *layers != NULL; layers++)
    if (!add_type(database, *layers, error))
      return FALSE;
  return TRUE;
}

gboolean tables_make(Database *database, GError **error)
{
  g_autofree char *mark = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                          APPLICATION_ID, SCHEMA_VERSION);
  /* Rows with their texts go into larger pages with less work. */
  return database_run(database, "PRAGMA page_size = 16384", error) &&
         database_run(database, "BEGIN IMMEDIATE", error) && database_run(database, mark, error) &&
         database_run(database, schema_own_tables, error) &&
         database_run(database, schema_views, error) && database_run(database, "COMMIT", error);
}
