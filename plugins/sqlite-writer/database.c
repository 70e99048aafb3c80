/* SPDX-License-Identifier: Apache-2.0 */
/* The connection: opened, its tables known or made, transactions begun and committed. */
#include "sqlite-writer.h"

gboolean database_fail(const Database *database, GError **error)
{
  int code = sqlite3_extended_errcode(database->connection) & 0xff;
  int reason = sqlite3_system_errno(database->connection);
  gboolean told = (code == SQLITE_IOERR || code == SQLITE_CANTOPEN) && reason != 0;
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot write the database '%s': %s%s%s",
              database->name, sqlite3_errmsg(database->connection), told ? ": " : "",
              told ? g_strerror(reason) : "");
  return FALSE;
}

gboolean database_run(const Database *database, const char *sql, GError **error)
{
  return sqlite3_exec(database->connection, sql, NULL, NULL, NULL) == SQLITE_OK ||
         database_fail(database, error);
}

/* Runs a statement that gives no rows, for the next time as well. */
gboolean database_step(const Database *database, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step(statement);
  if (code == SQLITE_DONE || code == SQLITE_ROW)
    return sqlite3_reset(statement) == SQLITE_OK || database_fail(database, error);
  database_fail(database, error);
  sqlite3_reset(statement);
  return FALSE;
}

sqlite3_stmt *database_prepare(const Database *database, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v3(database->connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement,
                         NULL) != SQLITE_OK)
    database_fail(database, error);
  return statement;
}

gboolean database_ask(const Database *database, const char *sql, gint64 *answer, GError **error)
{
  sqlite3_stmt *statement = database_prepare(database, sql, error);
  *answer = 0;
  if (statement == NULL)
    return FALSE;
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW)
    *answer = sqlite3_column_int64(statement, 0);
  gboolean good = code == SQLITE_ROW || code == SQLITE_DONE || database_fail(database, error);
  sqlite3_finalize(statement);
  return good;
}

static gboolean prepare_all(Database *database, GError **error)
{
  const struct {
    sqlite3_stmt **statement;
    const char *sql;
  } all[] = {
      {&database->begin, "BEGIN IMMEDIATE"},
      {&database->commit, "COMMIT"},
      {&database->place, "INSERT INTO aver_job VALUES(?1, ?2) "
                         "ON CONFLICT(job) DO UPDATE SET bytes = excluded.bytes"},
      {&database->insert_document, "INSERT INTO document VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9) "
                                   "ON CONFLICT(id) DO NOTHING"},
      {&database->find_document, "SELECT key FROM document WHERE id = ?1"},
      {&database->update_document,
       "UPDATE document SET published = ?3, title = ?4, author = ?5, language = ?6, source = ?7, "
       "bytes = ?8, text = ?9 WHERE key = ?1 AND id = ?2"},
      {&database->insert_metadata, "INSERT INTO metadata VALUES(?1,?2,?3,?4)"},
      {&database->erase_metadata, "DELETE FROM metadata WHERE document = ?1"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(all); i++)
    if ((*all[i].statement = database_prepare(database, all[i].sql, error)) == NULL)
      return FALSE;
  return TRUE;
}

gboolean database_check(const Database *database, gint64 *made, GError **error)
{
  gint64 application, version;
  if (!database_ask(database, "SELECT count(*) FROM sqlite_schema", made, error) ||
      !database_ask(database, "PRAGMA application_id", &application, error) ||
      !database_ask(database, "PRAGMA user_version", &version, error))
    return FALSE;
  if (*made == 0 || (application == APPLICATION_ID && version == SCHEMA_VERSION))
    return TRUE;
  if (application != APPLICATION_ID)
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "'%s' is a database of something else; expected one that sqlite-writer made, or "
                "no file",
                database->name);
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "'%s' has version %" G_GINT64_FORMAT " of the schema; expected %d, or no file",
                database->name, version, SCHEMA_VERSION);
  return FALSE;
}

Database *database_connect(const char *path, const char *name, GError **error)
{
  g_autoptr(Database) database = g_new0(Database, 1);
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  database->name = g_strdup(name);
  database->tables = g_ptr_array_new_with_free_func(table_free);
  if (sqlite3_open_v2(path, &database->connection, flags, NULL) != SQLITE_OK) {
    database_fail(database, error);
    return NULL;
  }
  sqlite3_extended_result_codes(database->connection, 1);
  return g_steal_pointer(&database);
}

gboolean database_copy(const Database *from, const Database *to, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init(to->connection, "main", from->connection, "main");
  if (backup == NULL)
    return database_fail(to, error);
  sqlite3_backup_step(backup, -1);
  return sqlite3_backup_finish(backup) == SQLITE_OK || database_fail(to, error);
}

Database *database_open(const char *path, const char *name, gboolean durable, GError **error)
{
  g_autoptr(Database) database = database_connect(path, name, error);
  gint64 made;
  /* Of a rollback journal a load of new rows needs next to nothing; without a job there is nothing
   * to roll back to: the file is given up. */
  if (database == NULL || !database_check(database, &made, error) ||
      !database_run(database,
                    durable ? "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = TRUNCATE; "
                              "PRAGMA synchronous = FULL"
                            : "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; "
                              "PRAGMA synchronous = OFF",
                    error) ||
      !database_run(database, "PRAGMA cache_size = -8192", error) ||
      !(made > 0 ? tables_load(database, error) : tables_make(database, error)) ||
      !prepare_all(database, error) ||
      !database_ask(database, "SELECT max(key) FROM document", &database->next_key, error))
    return NULL;
  database->next_key++;
  return g_steal_pointer(&database);
}

gboolean database_find_position(Database *database, gboolean *known, GError **error)
{
  sqlite3_stmt *find =
      database_prepare(database, "SELECT bytes FROM aver_job WHERE job = ?1", error);
  if (find == NULL)
    return FALSE;
  sqlite3_bind_text(find, 1, database->job, -1, SQLITE_STATIC);
  int code = sqlite3_step(find);
  *known = code == SQLITE_ROW;
  database->progress.stored = *known ? (guint64) MAX(sqlite3_column_int64(find, 0), 0) : 0;
  gboolean good = code == SQLITE_ROW || code == SQLITE_DONE || database_fail(database, error);
  sqlite3_finalize(find);
  return good;
}

void database_close(Database *database)
{
  if (database == NULL)
    return;
  sqlite3_stmt *const all[] = {database->begin,           database->commit,
                               database->place,           database->insert_document,
                               database->find_document,   database->update_document,
                               database->insert_metadata, database->erase_metadata};
  for (guint i = 0; i < G_N_ELEMENTS(all); i++)
    sqlite3_finalize(all[i]);
  g_ptr_array_unref(database->tables);
  sqlite3_close(database->connection);
  g_free(database->name);
  g_free(database);
}

gboolean database_begin(Database *database, GError **error)
{
  database->open = database->open || database_step(database, database->begin, error);
  return database->open;
}

/* The position is in the same transaction as the rows before it. */
gboolean database_commit(Database *database, GError **error)
{
  if (!database->open)
    return TRUE;
  if (database->job != NULL) {
    Progress *progress = &database->progress;
    progress->stored = MAX(progress->stored, progress->position);
    sqlite3_bind_text(database->place, 1, database->job, -1, SQLITE_STATIC);
    sqlite3_bind_int64(database->place, 2, (gint64) progress->stored);
    if (!database_step(database, database->place, error))
      return FALSE;
  }
  if (!database_step(database, database->commit, error))
    return FALSE;
  database->open = FALSE;
  database->progress.committed = database->progress.position;
  return TRUE;
}
