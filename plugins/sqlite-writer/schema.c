/* SPDX-License-Identifier: Apache-2.0 */
/* The schema: tables made of the descriptions of layers, and those that are always there. */
#include "sqlite-writer.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

/* So many columns a table can have at most is SQLite's limit; a column of spans takes two. */
#define MOST_COLUMNS 900

const char schema_own_tables[] =
    "CREATE TABLE document(\n"
    "  key INTEGER PRIMARY KEY,\n"
    "  id TEXT NOT NULL UNIQUE,\n"
    "  published TEXT,\n"
    "  title TEXT,\n"
    "  author TEXT,\n"
    "  language TEXT,\n"
    "  source TEXT,\n"
    "  bytes INTEGER NOT NULL,\n"
    "  text TEXT);\n"
    "CREATE TABLE metadata(\n"
    "  document INTEGER NOT NULL REFERENCES document(key) ON DELETE CASCADE,\n"
    "  key TEXT NOT NULL,\n"
    "  value TEXT NOT NULL,\n"
    "  json INTEGER NOT NULL,\n"
    "  PRIMARY KEY(document, key)) WITHOUT ROWID;\n"
    "CREATE TABLE aver_layer(name TEXT PRIMARY KEY, columns TEXT NOT NULL);\n"
    "CREATE TABLE aver_job(job TEXT PRIMARY KEY, bytes INTEGER NOT NULL);\n";

const char schema_views[] =
    "CREATE VIEW who_said_what AS\n"
    "  SELECT d.id AS document, d.published, d.title, q.speaker, q.polarity, q.modality, q.kind,\n"
    "    q.content, q.cue, q.source, q.confidence, q.start, q.\"end\", q.id AS quote\n"
    "  FROM quote AS q JOIN document AS d ON d.key = q.document;\n"
    "CREATE VIEW denials_beside_allegations AS\n"
    "  SELECT d.id AS document, d.published, d.title, a.claimant AS accuser,\n"
    "    a.text AS allegation, n.claimant AS denier, n.text AS denial,\n"
    "    a.id AS allegation_claim, n.id AS denial_claim\n"
    "  FROM claim AS a JOIN claim AS n ON n.document = a.document AND n.act = 'denial'\n"
    "    JOIN document AS d ON d.key = a.document\n"
    "  WHERE a.act = 'allegation'\n"
    "    AND (a.quote IS NOT NULL OR NOT EXISTS (SELECT 1 FROM claim AS b\n"
    "      WHERE b.document = a.document AND b.act = 'allegation' AND b.sentence = a.sentence\n"
    "        AND b.quote IS NOT NULL))\n"
    "    AND (n.quote IS NOT NULL OR NOT EXISTS (SELECT 1 FROM claim AS b\n"
    "      WHERE b.document = n.document AND b.act = 'denial' AND b.sentence = n.sentence\n"
    "        AND b.quote IS NOT NULL));\n"
    "CREATE VIEW most_quoted_speakers AS\n"
    "  SELECT speaker, count(*) AS quotes, count(DISTINCT document) AS documents,\n"
    "    sum(kind = 'direct') AS direct, sum(kind = 'mixed') AS mixed,\n"
    "    sum(kind = 'indirect') AS indirect, sum(polarity = 'denied') AS denials\n"
    "  FROM quote WHERE speaker IS NOT NULL GROUP BY speaker ORDER BY quotes DESC, speaker;\n"
    "CREATE VIEW checkworthy_claims AS\n"
    "  SELECT d.id AS document, d.published, d.title, c.claimant, c.checkworthy, c.act,\n"
    "    c.certainty, c.text, c.start, c.\"end\", c.id AS claim\n"
    "  FROM claim AS c JOIN document AS d ON d.key = c.document\n"
    "  WHERE c.label = 'CFS' ORDER BY c.checkworthy DESC, c.id;\n";

static gboolean is_name(const char *name, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (name[i] == '\0' || strchr(LETTERS, name[i]) == NULL)
      return FALSE;
  return length > 0 && g_ascii_islower(name[0]);
}

static gboolean is_taken(const char *name)
{
  static const char *const taken[] = {"document",
                                      "metadata",
                                      "who_said_what",
                                      "denials_beside_allegations",
                                      "most_quoted_speakers",
                                      "checkworthy_claims",
                                      NULL};
  return g_strv_contains(taken, name) || g_str_has_prefix(name, "aver_") ||
         g_str_has_prefix(name, "sqlite_") || strstr(name, "_search") != NULL;
}

char *schema_describe(const AverLayerType *type, GError **error)
{
  gboolean good = is_name(type->name, strlen(type->name)) && !is_taken(type->name) &&
                  type->n_columns <= MOST_COLUMNS;
  GString *text = g_string_new(type->name);
  for (guint32 i = 0; good && i < type->n_columns; i++) {
    const AverColumnType *column = &type->columns[i];
    const char *target = column->target == NULL ? "" : column->target;
    good = is_name(column->name, strlen(column->name)) && column->kind < strlen(KIND_LETTERS) &&
           (*target == '\0' || is_name(target, strlen(target)));
    g_string_append_printf(text, " %s:%c:%s", column->name, KIND_LETTERS[column->kind], target);
  }
  if (good)
    return g_string_free(text, FALSE);
  g_string_free(text, TRUE);
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
              "the layer '%s' cannot be a table; expected names of lower-case letters, digits and "
              "underscores, none that the database has already, and %d columns at most",
              type->name, MOST_COLUMNS);
  return NULL;
}

void table_free(gpointer data)
{
  Table *table = data;
  sqlite3_finalize(table->insert);
  sqlite3_finalize(table->erase);
  g_free(table->description);
  g_free(table->name);
  g_free(table->kinds);
  g_free(table);
}

Table *schema_parse(const char *description, gsize length)
{
  g_autoptr(Table) table = g_new0(Table, 1);
  table->description = g_strndup(description, length);
  table->length = strlen(table->description);
  g_auto(GStrv) words = g_strsplit(table->description, " ", -1);
  guint n = g_strv_length(words);
  if (n == 0 || n > MOST_COLUMNS + 1 || !is_name(words[0], strlen(words[0])) || is_taken(words[0]))
    return NULL;
  table->name = g_strdup(words[0]);
  table->n_columns = n - 1;
  table->kinds = g_new0(char, n);
  for (guint i = 1; i < n; i++) {
    g_auto(GStrv) parts = g_strsplit(words[i], ":", -1);
    if (g_strv_length(parts) != 3 || !is_name(parts[0], strlen(parts[0])) ||
        strlen(parts[1]) != 1 || strchr(KIND_LETTERS, parts[1][0]) == NULL ||
        (*parts[2] != '\0' && !is_name(parts[2], strlen(parts[2]))))
      return NULL;
    table->kinds[i - 1] = parts[1][0];
  }
  return g_steal_pointer(&table);
}

/* Names are made of letters, digits and underscores; quoted, they can be keywords. A name that is
 * taken gets underscores. */
static void append_column(GString *sql, GHashTable *names, const char *name, const char *suffix)
{
  GString *own = g_string_new(name);
  g_string_append(own, suffix);
  while (g_hash_table_contains(names, own->str))
    g_string_append_c(own, '_');
  g_string_append_printf(sql, ",\n  \"%s\"", own->str);
  g_hash_table_add(names, g_string_free(own, FALSE));
}

static gboolean is_table(const GPtrArray *tables, const char *name, const Table *self)
{
  for (guint i = 0; i < tables->len; i++)
    if (strcmp(((const Table *) g_ptr_array_index(tables, i))->name, name) == 0)
      return TRUE;
  return strcmp(self->name, name) == 0;
}

static void append_typed_column(GString *sql, GHashTable *names, const GPtrArray *tables,
                                const Table *table, char *const *parts)
{
  append_column(sql, names, parts[0], "");
  switch (*parts[1]) {
  case 'i':
    g_string_append(sql, " INTEGER");
    break;
  case 'f':
    g_string_append(sql, " REAL");
    break;
  case 'r':
    g_string_append(sql, " INTEGER");
    if (is_table(tables, parts[2], table))
      g_string_append_printf(sql, " REFERENCES \"%s\"(id)", parts[2]);
    break;
  default:
    g_string_append(sql, " TEXT");
    if (*parts[1] != 'p' && *parts[1] != 'P')
      break;
    append_column(sql, names, parts[0], "_spans");
    g_string_append(sql, " TEXT");
    break;
  }
}

char *schema_create_sql(const Table *table, const GPtrArray *tables)
{
  static const char *const own[] = {"id", "document", "row", "start", "end", "text"};
  g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(own); i++)
    g_hash_table_add(names, g_strdup(own[i]));
  g_auto(GStrv) words = g_strsplit(table->description, " ", -1);
  GString *sql = g_string_new(NULL);
  g_string_append_printf(sql,
                         "CREATE TABLE \"%s\"(\n  id INTEGER PRIMARY KEY,\n"
                         "  document INTEGER NOT NULL REFERENCES document(key) ON DELETE CASCADE,\n"
                         "  row INTEGER NOT NULL,\n  start INTEGER NOT NULL,\n"
                         "  \"end\" INTEGER NOT NULL,\n  text TEXT NOT NULL",
                         table->name);
  for (char **word = words + 1; *word != NULL; word++) {
    g_auto(GStrv) parts = g_strsplit(*word, ":", -1);
    append_typed_column(sql, names, tables, table, parts);
  }
  g_string_append(sql, ")");
  return g_string_free(sql, FALSE);
}

char *schema_insert_sql(const Table *table)
{
  GString *sql = g_string_new(NULL);
  g_string_append_printf(sql, "INSERT INTO \"%s\" VALUES(?,?,?,?,?,?", table->name);
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append(sql, strchr("pP", table->kinds[i]) != NULL ? ",?,?" : ",?");
  g_string_append_c(sql, ')');
  return g_string_free(sql, FALSE);
}
