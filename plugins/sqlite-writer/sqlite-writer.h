/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of sqlite-writer: what a document becomes, the tables it goes to, the file they are in.
 */
#pragma once

#include "rows.h"

#include <sqlite3.h>

/* What says that a database is one of this writer's, in its header. */
#define APPLICATION_ID 0x41766572 /* "Aver" */

typedef struct {
  Shape shape;
  sqlite3_stmt *insert;
  sqlite3_stmt *erase;
} Table;

void table_free(gpointer table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Table, table_free)

/* database.c: a connection and what is prepared in it. */
typedef struct {
  char *name; /* the output as the user gave it, for messages */
  sqlite3 *connection;
  GPtrArray *tables; /* Table*, in the order they were made */
  sqlite3_stmt *begin;
  sqlite3_stmt *commit;
  sqlite3_stmt *place;
  sqlite3_stmt *insert_document;
  sqlite3_stmt *find_document;
  sqlite3_stmt *update_document;
  sqlite3_stmt *insert_metadata;
  sqlite3_stmt *erase_metadata;
  gint64 next_key;
  const char *job; /* (nullable) */
  Progress progress;
  gboolean open; /* a transaction */
} Database;

/* A connection and no more. */
Database *database_connect(const char *path, const char *name, GError **error);
/* Whether a database is this writer's; @made is 0 when it is empty. */
gboolean database_check(const Database *database, gint64 *made, GError **error);
gboolean database_copy(const Database *from, const Database *to, GError **error);

/* @durable: commits are flushed to disk. Makes the tables when the file is empty. */
Database *database_open(const char *path, const char *name, gboolean durable, GError **error);
void database_close(Database *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Database, database_close)

gboolean database_fail(const Database *database, GError **error);
gboolean database_run(const Database *database, const char *sql, GError **error);
gboolean database_step(const Database *database, sqlite3_stmt *statement, GError **error);
sqlite3_stmt *database_prepare(const Database *database, const char *sql, GError **error);
/* The first column of the first row; 0 when there is none. */
gboolean database_ask(const Database *database, const char *sql, gint64 *answer, GError **error);
/* @known: whether the database has a position of the job; `stored` is set to it. */
gboolean database_find_position(Database *database, gboolean *known, GError **error);
gboolean database_begin(Database *database, GError **error);
gboolean database_commit(Database *database, GError **error);

/* tables.c: the tables of the layers. */
gboolean tables_load(Database *database, GError **error);
gboolean tables_make(Database *database, GError **error);
/* The built-in layers, and those that are known to come. */
gboolean tables_add_known(Database *database, const AverLayerType *const *layers, GError **error);
Table *tables_add(Database *database, const char *description, gsize length, GError **error);

/* insert.c: packed documents into the tables. */
gboolean insert_documents(Database *database, const char *data, gsize length, GError **error);

/* finish.c: what is made when all rows are there. */
gboolean finish_database(Database *database, gboolean search, GError **error);

/* file.c: where the database is until it is complete. */
typedef struct File File;

/* @add: a database that is there already is copied, to add to it. */
File *file_new(const AverStage *stage, gboolean add, GError **error);
/* NULL when an earlier run of the job has put it into its place. */
const char *file_get_path(const File *file);
gboolean file_anchor(File *file, GError **error);
gboolean file_put_into_place(File *file, GError **error);
void file_free(File *file, gboolean keep);
