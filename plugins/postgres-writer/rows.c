/* SPDX-License-Identifier: Apache-2.0 */
/* Documents unpacked into rows of each table, in the binary format of COPY, and copied. */
#include "binary.h"
#include "postgres-writer.h"

/* What libpq is given at once. */
#define CHUNK ((gsize) 256 * 1024)

/* Buffers that a long document made longer are given back. */
#define MOST_KEPT ((gsize) 16 << 20)

static const char header[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";
static const char trailer[] = "\377\377";

static gboolean send(const Server *server, const char *data, gsize length, GError **error)
{
  for (gsize sent = 0; sent < length; sent += CHUNK)
    if (PQputCopyData(server->connection, data + sent, (int) MIN(CHUNK, length - sent)) != 1)
      return server_fail(server, NULL, error);
  return TRUE;
}

/* What the server says of all that was sent. */
static gboolean take_results(const Server *server, GError **error)
{
  gboolean good = TRUE;
  PGresult *result;
  while ((result = PQgetResult(server->connection)) != NULL) {
    if (good && PQresultStatus(result) != PGRES_COMMAND_OK)
      good = server_fail(server, result, error);
    PQclear(result);
    if (PQstatus(server->connection) == CONNECTION_BAD)
      return good && server_fail(server, NULL, error);
  }
  return good;
}

void rows_empty(AverBuffer *bytes)
{
  bytes->length = 0;
  if (bytes->capacity > MOST_KEPT)
    aver_buffer_clear(bytes);
}

static gboolean copy(const Server *server, const char *table, Rows *rows, GError **error)
{
  if (rows->bytes.length == 0)
    return TRUE;
  g_autofree char *sql = g_strdup_printf("COPY \"%s\" FROM STDIN (FORMAT binary)", table);
  g_autoptr(PGresult) begun = PQexec(server->connection, sql);
  if (PQresultStatus(begun) != PGRES_COPY_IN)
    return server_fail(server, begun, error);
  if (!send(server, header, sizeof header - 1, error) ||
      !send(server, rows->bytes.data, rows->bytes.length, error) ||
      !send(server, trailer, sizeof trailer - 1, error))
    return FALSE;
  rows_empty(&rows->bytes);
  if (PQputCopyEnd(server->connection, NULL) != 1)
    return server_fail(server, NULL, error);
  return take_results(server, error);
}

gboolean rows_copy(Server *server, GError **error)
{
  if (!copy(server, "document", &server->documents, error) ||
      !copy(server, "metadata", &server->metadata, error))
    return FALSE;
  for (guint i = 0; i < server->tables->len; i++) {
    Table *table = g_ptr_array_index(server->tables, i);
    if (!copy(server, table->shape.name, &table->rows, error))
      return FALSE;
  }
  return TRUE;
}

static Table *find_table(Server *server, Unpacked description, GError **error)
{
  for (guint i = 0; i < server->tables->len; i++) {
    Table *table = g_ptr_array_index(server->tables, i);
    if (table->shape.length == description.length &&
        memcmp(table->shape.description, description.text, description.length) == 0)
      return table;
  }
  return tables_add(server, description.text, description.length, error);
}

static void add_whole(AverBuffer *out, guint64 value)
{
  if (value == 0)
    put_null(out);
  else
    put_integer(out, (gint32) ((gint64) value + G_MININT32));
}

static void add_cells(const Table *table, AverBuffer *out, Unpacker *from, gint64 key)
{
  guint64 value;
  for (guint i = 0; i < table->shape.n_columns; i++) {
    switch (table->shape.kinds[i]) {
    case 'i':
      add_whole(out, unpack_number(from));
      break;
    case 'r':
      value = unpack_number(from);
      if (value == 0)
        put_null(out);
      else
        put_bigint(out, row_id(key, value - 1));
      break;
    case 'f':
      if (unpack_number(from) == 0)
        put_null(out);
      else
        put_double(out, unpack_double(from));
      break;
    case 'p':
    case 'P':
      put_text(out, unpack_text(from));
      put_text(out, unpack_text(from));
      break;
    default:
      put_text(out, unpack_text(from));
      break;
    }
  }
}

static gint16 count_cells(const Table *table)
{
  gint16 n = 6;
  for (guint i = 0; i < table->shape.n_columns; i++)
    n += strchr("pP", table->shape.kinds[i]) != NULL ? 2 : 1;
  return n;
}

static gboolean add_layer(Server *server, Unpacker *from, Unpacked description, gint64 key,
                          GError **error)
{
  Table *table = find_table(server, description, error);
  if (table == NULL)
    return FALSE;
  AverBuffer *out = &table->rows.bytes;
  gint16 n_cells = count_cells(table);
  guint64 n = unpack_number(from);
  for (guint64 row = 0; row < n && !from->bad; row++) {
    put_16(out, n_cells);
    put_bigint(out, row_id(key, row));
    put_integer(out, (gint32) key);
    put_integer(out, (gint32) row);
    put_bigint(out, (gint64) unpack_number(from));
    put_bigint(out, (gint64) unpack_number(from));
    put_text(out, unpack_text(from));
    add_cells(table, out, from, key);
  }
  return TRUE;
}

gboolean rows_add_document(Server *server, Unpacker from, gint64 key, GError **error)
{
  AverBuffer *out = &server->documents.bytes;
  put_16(out, 4 + N_DOCUMENT_METADATA);
  put_integer(out, (gint32) key);
  put_text(out, unpack_text(&from));
  gint64 bytes = (gint64) unpack_number(&from);
  Unpacked text = unpack_text(&from), description;
  for (guint i = 0; i < N_DOCUMENT_METADATA; i++)
    put_text(out, unpack_text(&from));
  put_bigint(out, bytes);
  put_text(out, text);
  out = &server->metadata.bytes;
  for (guint64 n = unpack_number(&from); n > 0 && !from.bad; n--) {
    put_16(out, 4);
    put_integer(out, (gint32) key);
    put_text(out, unpack_text(&from));
    put_text(out, unpack_text(&from));
    put_integer(out, (gint32) unpack_number(&from));
  }
  while ((description = unpack_text(&from)).text != NULL)
    if (!add_layer(server, &from, description, key, error))
      return FALSE;
  if (from.bad)
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "rows that are cut off; expected documents");
  return !from.bad;
}
