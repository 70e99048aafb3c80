/* SPDX-License-Identifier: Apache-2.0 */
/* What is made when all rows are there: indices, which are cheaper so, and the full-text index,
 * whose shape would otherwise tell when transactions were made. */
#include "sqlite-writer.h"

/* 16 MiB of terms before they are written: a third less work than with FTS5's own 1 MiB. */
#define SEARCH_MEMORY(table) "INSERT INTO " table "(" table ", rank) VALUES('hashsize', 16777216);"

/* A table whose first columns are those of the built-in layer. */
static gboolean has_builtin(const Database *database, const AverLayerType *type)
{
  for (guint i = 0; i < database->tables->len; i++)
    if (shape_is(&((const Table *) g_ptr_array_index(database->tables, i))->shape, type))
      return TRUE;
  return FALSE;
}

static gboolean add_indices(const Database *database, GError **error)
{
  if (!database_run(database,
                    "CREATE INDEX IF NOT EXISTS document_published ON document(published)", error))
    return FALSE;
  gboolean claims = has_builtin(database, &aver_claim_layer);
  for (guint i = 0; i < database->tables->len; i++) {
    const char *name = ((const Table *) g_ptr_array_index(database->tables, i))->shape.name;
    gboolean acts = claims && strcmp(name, aver_claim_layer.name) == 0;
    g_autofree char *sql =
        g_strdup_printf("CREATE INDEX IF NOT EXISTS \"%s_document\" ON \"%s\"(document%s)", name,
                        name, acts ? ", act" : "");
    if (!database_run(database, sql, error))
      return FALSE;
  }
  if (has_builtin(database, &aver_quote_layer) &&
      !database_run(database, "CREATE INDEX IF NOT EXISTS quote_speaker ON quote(speaker)", error))
    return FALSE;
  return !claims || database_run(database,
                                 "CREATE INDEX IF NOT EXISTS claim_label "
                                 "ON claim(label, checkworthy DESC);"
                                 "CREATE INDEX IF NOT EXISTS claim_allegation "
                                 "ON claim(document) WHERE act = 'allegation'",
                                 error);
}

static gboolean add_search(const Database *database, GError **error)
{
  if (has_builtin(database, &aver_quote_layer) &&
      !database_run(database,
                    "CREATE VIRTUAL TABLE quote_search USING fts5(content, speaker, "
                    "content='quote', content_rowid='id', "
                    "tokenize='unicode61 remove_diacritics 2', columnsize=0);" SEARCH_MEMORY(
                        "quote_search") "INSERT INTO quote_search(quote_search) VALUES('rebuild')",
                    error))
    return FALSE;
  return !has_builtin(database, &aver_claim_layer) ||
         database_run(
             database,
             "CREATE VIRTUAL TABLE claim_search USING fts5(text, claimant, "
             "content='claim', content_rowid='id', "
             "tokenize='unicode61 remove_diacritics 2', columnsize=0);" SEARCH_MEMORY(
                 "claim_search") "INSERT INTO claim_search(claim_search) VALUES('rebuild')",
             error);
}

static gboolean forget_job(const Database *database, GError **error)
{
  sqlite3_stmt *forget = database_prepare(database, "DELETE FROM aver_job WHERE job = ?1", error);
  if (forget == NULL)
    return FALSE;
  sqlite3_bind_text(forget, 1, database->job, -1, SQLITE_STATIC);
  gboolean good = database_step(database, forget, error);
  sqlite3_finalize(forget);
  return good;
}

gboolean finish_database(Database *database, gboolean search, GError **error)
{
  if (!database_begin(database, error) || !add_indices(database, error) ||
      !database_run(database,
                    "DROP TABLE IF EXISTS quote_search; DROP TABLE IF EXISTS claim_search",
                    error) ||
      (search && !add_search(database, error)) ||
      (database->job != NULL && !forget_job(database, error)) ||
      !database_step(database, database->commit, error))
    return FALSE;
  database->open = FALSE;
  return TRUE;
}
