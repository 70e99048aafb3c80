/* SPDX-License-Identifier: Apache-2.0 */
/* Packed documents into the tables: unpacked, bound to prepared statements, stepped. */
#include "sqlite-writer.h"

/* SQLite's functions and its dump take NUL for the end of a text: one that has it is kept as a
 * blob. */
static void bind(sqlite3_stmt *statement, int index, Unpacked value)
{
  if (value.text == NULL)
    sqlite3_bind_null(statement, index);
  else if (value.nul)
    sqlite3_bind_blob64(statement, index, value.text, value.length, SQLITE_STATIC);
  else
    sqlite3_bind_text64(statement, index, value.text, value.length, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_float(sqlite3_stmt *statement, int index, Unpacker *from)
{
  if (unpack_number(from) == 0) {
    sqlite3_bind_null(statement, index);
    return;
  }
  sqlite3_bind_double(statement, index, unpack_double(from));
}

/* Takes out all that the document had. */
static gboolean erase(const Database *database, gint64 key, GError **error)
{
  for (guint i = 0; i < database->tables->len; i++) {
    const Table *table = g_ptr_array_index(database->tables, i);
    sqlite3_bind_int64(table->erase, 1, row_id(key, 0));
    sqlite3_bind_int64(table->erase, 2, row_id(key, G_MAXUINT32));
    if (!database_step(database, table->erase, error))
      return FALSE;
  }
  sqlite3_bind_int64(database->erase_metadata, 1, key);
  return database_step(database, database->erase_metadata, error);
}

static gboolean find(const Database *database, Unpacked id, gint64 *key, GError **error)
{
  sqlite3_stmt *statement = database->find_document;
  bind(statement, 1, id);
  gboolean good = sqlite3_step(statement) == SQLITE_ROW || database_fail(database, error);
  *key = good ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_reset(statement);
  return good;
}

static gboolean insert_document(Database *database, Unpacker *from, gint64 *key, GError **error)
{
  sqlite3_stmt *insert = database->insert_document, *update = database->update_document;
  Unpacked id = unpack_text(from);
  gint64 bytes = (gint64) unpack_number(from);
  Unpacked text = unpack_text(from), metadata[N_DOCUMENT_METADATA];
  for (guint i = 0; i < N_DOCUMENT_METADATA; i++)
    metadata[i] = unpack_text(from);
  if (database->next_key > G_MAXINT32) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "'%s' is full: it has %d documents",
                database->name, G_MAXINT32);
    return FALSE;
  }
  for (guint again = 0; again < 2; again++) {
    sqlite3_stmt *statement = again == 0 ? insert : update;
    *key = again == 0 ? database->next_key : *key;
    sqlite3_bind_int64(statement, 1, *key);
    bind(statement, 2, id);
    for (guint i = 0; i < N_DOCUMENT_METADATA; i++)
      bind(statement, (int) i + 3, metadata[i]);
    sqlite3_bind_int64(statement, 8, bytes);
    bind(statement, 9, text);
    if (!database_step(database, statement, error))
      return FALSE;
    if (again == 0 && sqlite3_changes(database->connection) > 0) {
      database->next_key++;
      return TRUE;
    }
    if (again == 0 && (!find(database, id, key, error) || !erase(database, *key, error)))
      return FALSE;
  }
  return TRUE;
}

static gboolean insert_metadata(const Database *database, Unpacker *from, gint64 key,
                                GError **error)
{
  sqlite3_stmt *statement = database->insert_metadata;
  for (guint64 n = unpack_number(from); n > 0 && !from->bad; n--) {
    sqlite3_bind_int64(statement, 1, key);
    bind(statement, 2, unpack_text(from));
    bind(statement, 3, unpack_text(from));
    sqlite3_bind_int64(statement, 4, (gint64) unpack_number(from));
    if (!from->bad && !database_step(database, statement, error))
      return FALSE;
  }
  return TRUE;
}

static Table *find_table(Database *database, Unpacked description, GError **error)
{
  for (guint i = 0; i < database->tables->len; i++) {
    Table *table = g_ptr_array_index(database->tables, i);
    if (table->shape.length == description.length &&
        memcmp(table->shape.description, description.text, description.length) == 0)
      return table;
  }
  return tables_add(database, description.text, description.length, error);
}

/* Binds a row's columns; the first six are those that every row has. */
static void bind_columns(const Table *table, Unpacker *from, gint64 key)
{
  int index = 7;
  guint64 value;
  for (guint i = 0; i < table->shape.n_columns; i++) {
    switch (table->shape.kinds[i]) {
    case 'i':
      value = unpack_number(from);
      if (value == 0)
        sqlite3_bind_null(table->insert, index++);
      else
        sqlite3_bind_int64(table->insert, index++, (gint64) value + G_MININT32);
      break;
    case 'r':
      value = unpack_number(from);
      if (value == 0)
        sqlite3_bind_null(table->insert, index++);
      else
        sqlite3_bind_int64(table->insert, index++, row_id(key, value - 1));
      break;
    case 'f':
      bind_float(table->insert, index++, from);
      break;
    case 'p':
    case 'P':
      bind(table->insert, index++, unpack_text(from));
      bind(table->insert, index++, unpack_text(from));
      break;
    default:
      bind(table->insert, index++, unpack_text(from));
      break;
    }
  }
}

static gboolean insert_layer(Database *database, Unpacker *from, Unpacked description, gint64 key,
                             GError **error)
{
  Table *table = find_table(database, description, error);
  if (table == NULL)
    return FALSE;
  guint64 n = unpack_number(from);
  for (guint64 row = 0; row < n && !from->bad; row++) {
    sqlite3_bind_int64(table->insert, 1, row_id(key, row));
    sqlite3_bind_int64(table->insert, 2, key);
    sqlite3_bind_int64(table->insert, 3, (gint64) row);
    sqlite3_bind_int64(table->insert, 4, (gint64) unpack_number(from));
    sqlite3_bind_int64(table->insert, 5, (gint64) unpack_number(from));
    bind(table->insert, 6, unpack_text(from));
    bind_columns(table, from, key);
    if (!from->bad && !database_step(database, table->insert, error))
      return FALSE;
  }
  return TRUE;
}

gboolean insert_documents(Database *database, const char *data, gsize length, GError **error)
{
  Unpacker all = {data, data + length, FALSE};
  while (all.position < all.end) {
    Unpacker from = unpack_document(&all);
    gint64 key;
    Unpacked description;
    if (all.bad)
      break;
    if (!insert_document(database, &from, &key, error) ||
        !insert_metadata(database, &from, key, error))
      return FALSE;
    while ((description = unpack_text(&from)).text != NULL)
      if (!insert_layer(database, &from, description, key, error))
        return FALSE;
    all.bad = all.bad || from.bad;
  }
  if (all.bad)
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "rows that are cut off; expected documents");
  return !all.bad;
}
