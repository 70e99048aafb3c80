/* SPDX-License-Identifier: Apache-2.0 */
/* The connection: its settings checked, made, and made ready. Whatever could have a password in it
 * is in no message. */
#include "postgres-writer.h"

#define LEAST_VERSION 120000
/* How long to wait for a server, and for another run that writes to the same schema. */
#define SECONDS "10"

static gboolean has_password(const PQconninfoOption *options)
{
  for (; options->keyword != NULL; options++)
    if (strchr(options->dispchar, '*') != NULL && options->val != NULL)
      return TRUE;
  return FALSE;
}

gboolean server_check(const char *connection, GError **error)
{
  if (connection == NULL)
    return TRUE;
  PQconninfoOption *options = PQconninfoParse(connection, NULL);
  gboolean secret = options != NULL && has_password(options);
  if (options == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "option 'connection' is no connection string; expected KEYWORD=VALUE with spaces "
                "between them, or postgresql://HOST/DATABASE");
  else if (secret)
    g_set_error(
        error, AVER_ERROR, AVER_ERROR_CONFIG,
        "option 'connection' has a password, which jobs would keep; expected it in the file "
        "~/.pgpass, in one that PGPASSFILE names, or in PGPASSWORD");
  PQconninfoFree(options);
  return options != NULL && !secret;
}

static void ignore_notice(void *data, const PGresult *result)
{
  (void) data;
  (void) result;
}

static gboolean check_server(const Server *server, GError **error)
{
  const char *encoding = PQparameterStatus(server->connection, "server_encoding");
  int version = PQserverVersion(server->connection);
  if (version < LEAST_VERSION) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "cannot write to %s: the server is PostgreSQL %d; expected %d or later",
                server->name, version / 10000, LEAST_VERSION / 10000);
    return FALSE;
  }
  if (g_strcmp0(encoding, "UTF8") == 0)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
              "cannot write to %s: its encoding is %s; expected a database of encoding UTF8",
              server->name, encoding == NULL ? "unknown" : encoding);
  return FALSE;
}

/* Only one run at a time writes to a schema; the lock ends with the session, behind whatever a run
 * that was killed has had the server do. Where it is shared, each transaction has it in turn. */
static gboolean lock(const Server *server, GError **error)
{
  g_autoptr(GError) failure = NULL;
  if (server->shared)
    return server_run(server, "SET lock_timeout = '60s'", error);
  if (!server_run(server, "SET lock_timeout = '" SECONDS "s'", error))
    return FALSE;
  const char *const parameters[] = {server->schema};
  g_autoptr(PGresult) result = server_ask(
      server, "SELECT pg_advisory_lock(hashtextextended($1, 1635149170))", 1, parameters, &failure);
  if (result != NULL)
    return server_run(server, "SET lock_timeout = 0", error);
  g_propagate_prefixed_error(error, g_steal_pointer(&failure),
                             "waited " SECONDS " seconds for another run that writes there: ");
  return FALSE;
}

/* A role or a database may have settings of its own. */
static gboolean prepare(const Server *server, GError **error)
{
  char *quoted = PQescapeIdentifier(server->connection, server->schema, strlen(server->schema));
  if (quoted == NULL)
    return server_fail(server, NULL, error);
  const char *const parameters[] = {quoted};
  g_autoptr(PGresult) path =
      server_ask(server, "SELECT set_config('search_path', $1, false)", 1, parameters, error);
  PQfreemem(quoted);
  return path != NULL &&
         server_run(server,
                    "SET synchronous_commit = on; SET statement_timeout = 0; "
                    "SET idle_in_transaction_session_timeout = 0; SET default_tablespace = ''; "
                    "SET default_transaction_read_only = off; "
                    "SET default_transaction_isolation = 'read committed'",
                    error) &&
         lock(server, error);
}

static char *one_line(const char *text)
{
  g_auto(GStrv) lines = g_strsplit_set(text, "\n\t", -1);
  g_autofree char *joined = g_strjoinv(" ", lines);
  return g_strdup(g_strstrip(joined));
}

Server *server_connect(const char *connection, const char *schema, gboolean shared, GError **error)
{
  g_autoptr(Server) server = g_new0(Server, 1);
  /* What the user says behind it wins. */
  const char *const keywords[] = {"connect_timeout", "fallback_application_name", "dbname",
                                  "client_encoding", NULL};
  const char *const values[] = {g_getenv("PGCONNECT_TIMEOUT") == NULL ? SECONDS : NULL, "aver",
                                connection == NULL ? "" : connection, "UTF8", NULL};
  server->schema = g_strdup(schema);
  server->shared = shared;
  server->tables = g_ptr_array_new_with_free_func(table_free);
  server->batch.ends = g_array_new(FALSE, FALSE, sizeof(gsize));
  server->connection = PQconnectdbParams(keywords, values, 1);
  if (PQstatus(server->connection) != CONNECTION_OK) {
    g_autofree char *message = one_line(PQerrorMessage(server->connection));
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot connect to PostgreSQL: %s", message);
    return NULL;
  }
  PQsetNoticeReceiver(server->connection, ignore_notice, NULL);
  server->name = g_strdup_printf("schema '%s' of database '%s'", schema, PQdb(server->connection));
  return check_server(server, error) && prepare(server, error) ? g_steal_pointer(&server) : NULL;
}

/* What is in an open transaction goes with the connection. */
void server_free(Server *server)
{
  if (server == NULL)
    return;
  PQfinish(server->connection);
  g_ptr_array_unref(server->tables);
  g_array_unref(server->batch.ends);
  aver_buffer_clear(&server->batch.bytes);
  aver_buffer_clear(&server->documents.bytes);
  aver_buffer_clear(&server->metadata.bytes);
  g_free(server->schema);
  g_free(server->name);
  g_free(server);
}
