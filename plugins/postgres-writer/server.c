/* SPDX-License-Identifier: Apache-2.0 */
/* Statements: run, asked, what went wrong; transactions begun and committed. */
#include "postgres-writer.h"

gboolean server_fail(const Server *server, const PGresult *result, GError **error)
{
  const char *said = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  g_autofree char *message = g_strdup(said == NULL ? PQerrorMessage(server->connection) : said);
  g_strdelimit(message, "\n\t", ' ');
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot write to %s: %s", server->name,
              *g_strstrip(message) == '\0' ? "the connection was lost" : message);
  return FALSE;
}

gboolean server_run(const Server *server, const char *sql, GError **error)
{
  g_autoptr(PGresult) result = PQexec(server->connection, sql);
  ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
         server_fail(server, result, error);
}

PGresult *server_ask(const Server *server, const char *sql, guint n, const char *const *parameters,
                     GError **error)
{
  g_autoptr(PGresult) result =
      PQexecParams(server->connection, sql, (int) n, NULL, parameters, NULL, NULL, 0);
  ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
    return g_steal_pointer(&result);
  server_fail(server, result, error);
  return NULL;
}

gboolean server_ask_number(const Server *server, const char *sql, const char *parameter,
                           gint64 *answer, GError **error)
{
  g_autoptr(PGresult) result =
      server_ask(server, sql, parameter == NULL ? 0 : 1, &parameter, error);
  *answer = result != NULL && PQntuples(result) > 0
                ? g_ascii_strtoll(PQgetvalue(result, 0, 0), NULL, 10)
                : 0;
  return result != NULL;
}

gboolean server_find_position(Server *server, gboolean *known, GError **error)
{
  g_autoptr(PGresult) result =
      server_ask(server, "SELECT bytes FROM aver_job WHERE job = $1", 1, &server->job, error);
  *known = result != NULL && PQntuples(result) > 0;
  server->progress.stored = *known ? g_ascii_strtoull(PQgetvalue(result, 0, 0), NULL, 10) : 0;
  return result != NULL;
}

/* Waits for its turn; then the tables are what the one before has left. */
static gboolean take_turn(Server *server, GError **error)
{
  const char *const parameters[] = {server->schema};
  g_autoptr(PGresult) result =
      server_ask(server, "SELECT pg_advisory_xact_lock(hashtextextended($1, 1635149170))", 1,
                 parameters, error);
  return result != NULL && (server->tables->len == 0 || tables_refresh(server, error));
}

gboolean server_begin(Server *server, GError **error)
{
  if (server->open)
    return TRUE;
  server->open = server_run(server, "BEGIN", error);
  return server->open && (!server->shared || take_turn(server, error));
}

/* The position is in the same transaction as the rows before it. */
static gboolean store_position(Server *server, GError **error)
{
  Progress *progress = &server->progress;
  progress->stored = MAX(progress->stored, progress->position);
  g_autofree char *bytes = g_strdup_printf("%" G_GUINT64_FORMAT, progress->stored);
  const char *const parameters[] = {server->job, bytes};
  g_autoptr(PGresult) result = server_ask(server,
                                          "INSERT INTO aver_job VALUES($1, $2::bigint) "
                                          "ON CONFLICT(job) DO UPDATE SET bytes = excluded.bytes",
                                          2, parameters, error);
  return result != NULL;
}

gboolean server_commit(Server *server, GError **error)
{
  if (!server->open)
    return TRUE;
  if (server->job != NULL && !store_position(server, error))
    return FALSE;
  if (!server_run(server, "COMMIT", error))
    return FALSE;
  server->open = FALSE;
  server->progress.committed = server->progress.position;
  return TRUE;
}
