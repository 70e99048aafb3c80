/* SPDX-License-Identifier: Apache-2.0 */
/* The shapes of tables: made of the descriptions of layers, kept as text, turned into SQL. */
#include "rows.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

/* PostgreSQL has 1,600 columns at most, SQLite 2,000; a column of spans takes two. PostgreSQL cuts
 * names off behind 63 bytes; those of columns and indices are longer than the layer's. */
#define MOST_COLUMNS 700
#define LONGEST_NAME 50

static gboolean is_name(const char *name, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (name[i] == '\0' || strchr(LETTERS, name[i]) == NULL)
      return FALSE;
  return length > 0 && length <= LONGEST_NAME && g_ascii_islower(name[0]);
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
         g_str_has_prefix(name, "sqlite_") || g_str_has_prefix(name, "pg_") ||
         strstr(name, "_search") != NULL;
}

char *shape_describe(const AverLayerType *type, GError **error)
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
  g_set_error(
      error, AVER_ERROR, AVER_ERROR_FAILED,
      "the layer '%s' cannot be a table; expected names of lower-case letters, digits and "
      "underscores, of %d bytes at most, none that the database has already, and %d columns "
      "at most",
      type->name, LONGEST_NAME, MOST_COLUMNS);
  return NULL;
}

void shape_clear(Shape *shape)
{
  g_clear_pointer(&shape->description, g_free);
  g_clear_pointer(&shape->name, g_free);
  g_clear_pointer(&shape->kinds, g_free);
}

static gboolean is_column(char *const *parts)
{
  return g_strv_length((char **) parts) == 3 && is_name(parts[0], strlen(parts[0])) &&
         strlen(parts[1]) == 1 && strchr(KIND_LETTERS, parts[1][0]) != NULL &&
         (*parts[2] == '\0' || is_name(parts[2], strlen(parts[2])));
}

gboolean shape_parse(Shape *shape, const char *description, gsize length)
{
  g_autofree char *copy = g_strndup(description, length);
  g_auto(GStrv) words = g_strsplit(copy, " ", -1);
  guint n = g_strv_length(words);
  if (n == 0 || n > MOST_COLUMNS + 1 || !is_name(words[0], strlen(words[0])) || is_taken(words[0]))
    return FALSE;
  g_autofree char *kinds = g_new0(char, n);
  for (guint i = 1; i < n; i++) {
    g_auto(GStrv) parts = g_strsplit(words[i], ":", -1);
    if (!is_column(parts))
      return FALSE;
    kinds[i - 1] = parts[1][0];
  }
  *shape = (Shape){.length = strlen(copy), .n_columns = n - 1, .name = g_strdup(words[0])};
  shape->kinds = g_steal_pointer(&kinds);
  shape->description = g_steal_pointer(&copy);
  return TRUE;
}

gboolean shape_is(const Shape *shape, const AverLayerType *type)
{
  g_autofree char *description = shape_describe(type, NULL);
  return description != NULL && g_str_has_prefix(shape->description, description) &&
         strchr(" ", shape->description[strlen(description)]) != NULL;
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

static void append_typed_column(GString *sql, GHashTable *names, const Dialect *dialect,
                                char *const *parts, ShapeHas has, gpointer data)
{
  append_column(sql, names, parts[0], "");
  switch (*parts[1]) {
  case 'i':
    g_string_append(sql, dialect->whole);
    break;
  case 'f':
    g_string_append(sql, dialect->real);
    break;
  case 'r':
    g_string_append(sql, dialect->id);
    if (has != NULL && has(parts[2], data))
      g_string_append_printf(sql, " REFERENCES \"%s\"(id)", parts[2]);
    break;
  default:
    g_string_append(sql, dialect->text);
    if (*parts[1] != 'p' && *parts[1] != 'P')
      break;
    append_column(sql, names, parts[0], "_spans");
    g_string_append(sql, dialect->text);
    break;
  }
}

char *shape_create_sql(const Shape *shape, const Dialect *dialect, ShapeHas has, gpointer data)
{
  static const char *const own[] = {"id", "document", "row", "start", "end", "text"};
  g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(own); i++)
    g_hash_table_add(names, g_strdup(own[i]));
  for (guint i = 0; dialect->taken != NULL && dialect->taken[i] != NULL; i++)
    g_hash_table_add(names, g_strdup(dialect->taken[i]));
  g_auto(GStrv) words = g_strsplit(shape->description, " ", -1);
  GString *sql = g_string_new(NULL);
  g_string_append_printf(sql, "CREATE TABLE \"%s\"(\n%s", shape->name, dialect->head);
  for (char **word = words + 1; *word != NULL; word++) {
    g_auto(GStrv) parts = g_strsplit(*word, ":", -1);
    append_typed_column(sql, names, dialect, parts, has, data);
  }
  g_string_append(sql, ")");
  return g_string_free(sql, FALSE);
}

static const AverLayerType *find_type(const AverLayerType *const *layers, const char *name)
{
  for (; *layers != NULL; layers++)
    if (strcmp((*layers)->name, name) == 0)
      return *layers;
  return NULL;
}

gboolean shape_add_known(const AverLayerType *const *layers, ShapeHas has, ShapeAdd add,
                         gpointer data, GError **error)
{
  for (guint i = 0; aver_builtin_layers[i] != NULL; i++) {
    const AverLayerType *builtin = aver_builtin_layers[i];
    const AverLayerType *given = find_type(layers, builtin->name);
    gboolean there = given == NULL && has(builtin->name, data);
    if (!there && !add(given == NULL ? builtin : given, data, error))
      return FALSE;
  }
  for (; *layers != NULL; layers++)
    if (!add(*layers, data, error))
      return FALSE;
  return TRUE;
}
