/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of postgres-writer: a connection, the tables it writes to, rows on their way there. */
#pragma once

#include "rows.h"

#include <libpq-fe.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PGresult, PQclear)

/* Rows of one table in PostgreSQL's binary format of COPY. */
typedef struct {
  AverBuffer bytes;
} Rows;

/* A layer's table. */
typedef struct {
  Shape shape;
  Rows rows;
} Table;

void table_free(gpointer table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Table, table_free)

/* Packed documents that wait to be copied. */
typedef struct {
  AverBuffer bytes;
  GArray *ends; /* gsize, of each document in bytes */
} Batch;

typedef struct {
  char *schema;
  char *name; /* the schema and its database, for messages */
  PGconn *connection;
  GPtrArray *tables; /* Table* */
  Rows documents;
  Rows metadata;
  Batch batch;
  gint64 next_key;
  const char *job; /* (nullable) */
  Progress progress;
  gboolean open;   /* a transaction */
  gboolean shared; /* others write there, too: each of their transactions takes turns with ours */
} Server;

/* connect.c: the connection. */

/* Whether the option `connection` is one, and has no password. [any] */
gboolean server_check(const char *connection, GError **error);
Server *server_connect(const char *connection, const char *schema, gboolean shared, GError **error);
void server_free(Server *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Server, server_free)

/* server.c: statements. */

/* @result: (nullable): what went wrong; else the connection knows. */
gboolean server_fail(const Server *server, const PGresult *result, GError **error);
gboolean server_run(const Server *server, const char *sql, GError **error);
/* Rows in the text format; each of the parameters is a string. */
PGresult *server_ask(const Server *server, const char *sql, guint n, const char *const *parameters,
                     GError **error);
/* The first column of the first row as a number; 0 when there is none. */
gboolean server_ask_number(const Server *server, const char *sql, const char *parameter,
                           gint64 *answer, GError **error);
/* @known: whether the database has a position of the job; `stored` is set to it. */
gboolean server_find_position(Server *server, gboolean *known, GError **error);
gboolean server_begin(Server *server, GError **error);
gboolean server_commit(Server *server, GError **error);

/* tables.c: the tables of the layers, and those that are always there. */

/* Finds what the schema has, or makes it. */
gboolean tables_open(Server *server, GError **error);
/* Finds what others have done to it. */
gboolean tables_refresh(Server *server, GError **error);
gboolean tables_add_known(Server *server, const AverLayerType *const *layers, GError **error);
Table *tables_add(Server *server, const char *description, gsize length, GError **error);
/* The views, indices and statistics, when all rows are there. */
gboolean tables_finish(Server *server, gboolean search, GError **error);

/* batch.c: packed documents gathered, their keys found, copied. */
gboolean batch_add(Server *server, const char *data, gsize length, GError **error);
gboolean batch_flush(Server *server, GError **error);

/* rows.c: documents unpacked into rows, and rows copied. */
gboolean rows_add_document(Server *server, Unpacker from, gint64 key, GError **error);
void rows_empty(AverBuffer *bytes);
gboolean rows_copy(Server *server, GError **error);
