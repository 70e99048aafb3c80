/* SPDX-License-Identifier: Apache-2.0 */
/* Some megabytes of packed documents at a time: those the database has are found by their ids and
 * taken out, and all are copied. */
#include "binary.h"
#include "postgres-writer.h"

#define MOST_BYTES ((gsize) 4 << 20)

#define TEXT_OID   25
#define BIGINT_OID 20

/* The documents of a batch with different ids: the last with an id counts. */
typedef struct {
  GHashTable *numbers; /* id -> its number, in the order they come first */
  GPtrArray *ids;      /* char* */
  GArray *last;        /* guint: the document that each is */
  GArray *keys;        /* gint64 */
} Line;

static void line_clear(Line *line)
{
  g_hash_table_unref(line->numbers);
  g_ptr_array_unref(line->ids);
  g_array_unref(line->last);
  g_array_unref(line->keys);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Line, line_clear)

static Unpacker get_document(const Batch *batch, guint i)
{
  gsize start = i == 0 ? 0 : g_array_index(batch->ends, gsize, i - 1);
  gsize end = g_array_index(batch->ends, gsize, i);
  Unpacker all = {batch->bytes.data + start, batch->bytes.data + end, FALSE};
  return unpack_document(&all);
}

static void line_up(const Batch *batch, Line *line)
{
  line->numbers = g_hash_table_new(g_str_hash, g_str_equal);
  line->ids = g_ptr_array_new_with_free_func(g_free);
  line->last = g_array_new(FALSE, FALSE, sizeof(guint));
  line->keys = g_array_new(FALSE, TRUE, sizeof(gint64));
  for (guint i = 0; i < batch->ends->len; i++) {
    Unpacker from = get_document(batch, i);
    Unpacked id = unpack_text(&from);
    g_autofree char *name = g_strndup(id.text == NULL ? "" : id.text, id.length);
    gpointer number;
    if (g_hash_table_lookup_extended(line->numbers, name, NULL, &number)) {
      g_array_index(line->last, guint, GPOINTER_TO_UINT(number)) = i;
      continue;
    }
    g_hash_table_insert(line->numbers, name, GUINT_TO_POINTER(line->ids->len));
    g_ptr_array_add(line->ids, g_steal_pointer(&name));
    g_array_append_val(line->last, i);
  }
  g_array_set_size(line->keys, line->ids->len);
}

/* What an array begins with in the binary format. */
static void put_array(AverBuffer *out, gint32 type, guint n)
{
  put_32(out, 1); /* dimension */
  put_32(out, 0); /* no NULL */
  put_32(out, type);
  put_32(out, (gint32) n);
  put_32(out, 1); /* the first index */
}

/* Runs a statement with an array as its parameter; rows are in the binary format. */
static PGresult *ask(const Server *server, const char *sql, const AverBuffer *array, GError **error)
{
  const char *const values[] = {array->data};
  const int lengths[] = {(int) array->length}, formats[] = {1};
  g_autoptr(PGresult) result =
      PQexecParams(server->connection, sql, 1, NULL, values, lengths, formats, 1);
  ExecStatusType status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
    return g_steal_pointer(&result);
  server_fail(server, result, error);
  return NULL;
}

static gint64 get_bigint(const PGresult *result, int row, int column)
{
  guint64 bytes;
  memcpy(&bytes, PQgetvalue(result, row, column), sizeof bytes);
  return (gint64) GUINT64_FROM_BE(bytes);
}

/* Looks up which documents the database has; puts their keys into @known as well, as an array. */
static gboolean find_keys(const Server *server, Line *line, AverBuffer *known, GError **error)
{
  g_auto(AverBuffer) array = {0};
  put_array(&array, TEXT_OID, line->ids->len);
  for (guint i = 0; i < line->ids->len; i++) {
    const char *id = g_ptr_array_index(line->ids, i);
    put_text(&array, (Unpacked){id, strlen(id), FALSE});
  }
  g_autoptr(PGresult) found =
      ask(server,
          "SELECT i.n, d.key::bigint FROM unnest($1::text[]) WITH ORDINALITY AS i(id, n) "
          "JOIN document AS d ON d.id = i.id COLLATE \"C\"",
          &array, error);
  if (found == NULL)
    return FALSE;
  int n = PQntuples(found);
  put_array(known, BIGINT_OID, (guint) n);
  for (int i = 0; i < n; i++) {
    gint64 number = get_bigint(found, i, 0), key = get_bigint(found, i, 1);
    g_array_index(line->keys, gint64, (guint) number - 1) = key;
    put_bigint(known, key);
  }
  if (n == 0)
    known->length = 0;
  return TRUE;
}

/* Takes out all that the documents had. */
static gboolean erase(const Server *server, const AverBuffer *keys, GError **error)
{
  g_autoptr(PGresult) documents =
      ask(server, "DELETE FROM document WHERE key = ANY($1::bigint[])", keys, error);
  g_autoptr(PGresult) metadata =
      documents == NULL
          ? NULL
          : ask(server, "DELETE FROM metadata WHERE document = ANY($1::bigint[])", keys, error);
  gboolean good = metadata != NULL;
  for (guint i = 0; good && i < server->tables->len; i++) {
    const Table *table = g_ptr_array_index(server->tables, i);
    g_autofree char *sql = g_strdup_printf(
        "DELETE FROM \"%s\" AS t USING unnest($1::bigint[]) AS k(key) "
        "WHERE t.id BETWEEN k.key << %d AND (k.key << %d) + %" G_GUINT32_FORMAT "::bigint",
        table->shape.name, ROW_BITS, ROW_BITS, G_MAXUINT32);
    g_autoptr(PGresult) result = ask(server, sql, keys, error);
    good = result != NULL;
  }
  return good;
}

static gboolean give_keys(Server *server, Line *line, GError **error)
{
  for (guint i = 0; i < line->keys->len; i++) {
    gint64 *key = &g_array_index(line->keys, gint64, i);
    if (*key == 0)
      *key = ++server->next_key;
  }
  if (server->next_key <= G_MAXINT32)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "%s is full: it has %d documents", server->name,
              G_MAXINT32);
  return FALSE;
}

gboolean batch_flush(Server *server, GError **error)
{
  Batch *batch = &server->batch;
  if (batch->ends->len == 0)
    return TRUE;
  g_auto(Line) line = {0};
  g_auto(AverBuffer) known = {0};
  line_up(batch, &line);
  if (!server_begin(server, error) || !find_keys(server, &line, &known, error) ||
      (known.length > 0 && !erase(server, &known, error)) || !give_keys(server, &line, error))
    return FALSE;
  for (guint i = 0; i < line.ids->len; i++) {
    Unpacker from = get_document(batch, g_array_index(line.last, guint, i));
    if (!rows_add_document(server, from, g_array_index(line.keys, gint64, i), error))
      return FALSE;
  }
  rows_empty(&batch->bytes);
  g_array_set_size(batch->ends, 0);
  return rows_copy(server, error);
}

gboolean batch_add(Server *server, const char *data, gsize length, GError **error)
{
  Batch *batch = &server->batch;
  Unpacker from = {data, data + length, FALSE};
  while (from.position < from.end) {
    const char *start = from.position;
    unpack_document(&from);
    if (from.bad) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                  "rows that are cut off; expected documents");
      return FALSE;
    }
    aver_buffer_append(&batch->bytes, start, (gsize) (from.position - start));
    g_array_append_val(batch->ends, batch->bytes.length);
    if (batch->bytes.length >= MOST_BYTES && !batch_flush(server, error))
      return FALSE;
  }
  return TRUE;
}
