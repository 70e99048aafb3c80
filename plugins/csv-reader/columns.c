/* SPDX-License-Identifier: Apache-2.0 */
/* From a header to what each column is for. */
#include "fields.h"

#include <aver/text.h>
#include <string.h>

#define NAME_MAX_BYTES ((gsize) 1024)

const char *const role_names[N_ROLES] = {"text", "id", "title", "published", "author", "language"};

static gboolean is_number(const char *name, guint most, gint32 *place)
{
  guint64 number;
  if (!g_ascii_string_to_unsigned(name, 10, 1, MAX(most, 1), &number, NULL) || number > most)
    return FALSE;
  *place = (gint32) number - 1;
  return TRUE;
}

/* The column of that name, or of that number; -1. */
static gint32 find_column(char *const *names, guint n, const char *wanted)
{
  gint32 place = -1;
  for (guint i = 0; i < n; i++)
    if (strcmp(names[i], wanted) == 0)
      return (gint32) i;
  return is_number(wanted, n, &place) ? place : -1;
}

static gboolean refuse_missing(GError **error, const char *option, const char *wanted,
                               char *const *names)
{
  g_autofree char *all = g_strjoinv("', '", (char **) names);
  g_autofree char *shown = aver_text_make_printable(all, (gssize) MIN(strlen(all), 300));
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "option %s asks for column '%s'; the header has '%s'", option, wanted, shown);
  return FALSE;
}

static char **read_names(const char *header, gsize length, char delimiter, guint *n, GError **error)
{
  g_autofree Field *fields = g_new(Field, COLUMNS_MAX);
  gsize bad;
  if (!aver_utf8_validate(header, length, &bad) || memchr(header, '\0', length) != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING,
                "the header is no text in UTF-8: byte %" G_GSIZE_FORMAT,
                memchr(header, '\0', length) != NULL
                    ? (gsize) ((const char *) memchr(header, '\0', length) - header)
                    : bad);
    return NULL;
  }
  *n = record_split(header, length, delimiter, fields, COLUMNS_MAX, error);
  if (*n == 0) {
    g_prefix_error(error, "in the header, ");
    return NULL;
  }
  if (*n > COLUMNS_MAX) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "the header has %u columns; at most %u can be",
                *n, COLUMNS_MAX);
    return NULL;
  }
  g_auto(GStrv) names = g_new0(char *, *n + 1);
  for (guint i = 0; i < *n; i++) {
    if (fields[i].length > NAME_MAX_BYTES) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                  "the name of column %u is longer than %" G_GSIZE_FORMAT " bytes", i + 1,
                  NAME_MAX_BYTES);
      return NULL;
    }
    char *name = g_malloc(fields[i].length + 1);
    name[field_copy(&fields[i], name)] = '\0';
    names[i] = g_strstrip(name);
  }
  return g_steal_pointer(&names);
}

static gboolean find_roles(Columns *columns, const Wanted *wanted, char *const *names,
                           GError **error)
{
  for (guint r = 0; r < N_ROLES; r++) {
    const char *name = wanted->roles[r];
    columns->place[r] = find_column(names, columns->n, name);
    columns->last = MAX(columns->last, columns->place[r]);
    /* Only the text has to be there when nobody said anything else. */
    gboolean needed = r == ROLE_TEXT || strcmp(name, role_names[r]) != 0;
    if (columns->place[r] < 0 && needed)
      return refuse_missing(error, role_names[r], name, names);
    for (guint i = 0; columns->place[r] >= 0 && i < columns->n; i++)
      if (i != (guint) columns->place[r] && strcmp(names[i], name) == 0) {
        g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                    "the header has column '%s' twice; option %s needs one", name, role_names[r]);
        return FALSE;
      }
  }
  return TRUE;
}

static gboolean has_role(const Columns *columns, gint32 place)
{
  for (guint r = 0; r < N_ROLES; r++)
    if (columns->place[r] == place)
      return TRUE;
  return FALSE;
}

/* A column without a name, or with the name of another, is told by its number. */
static void make_keys(Columns *columns, char *const *names, const guint8 *listed)
{
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  columns->keys = g_new0(char *, columns->n);
  for (guint i = 0; i < columns->n; i++) {
    if (has_role(columns, (gint32) i) || (listed != NULL && !listed[i]))
      continue;
    columns->keys[i] =
        names[i][0] == '\0' || !g_hash_table_add(known, names[i])
            ? g_strdup_printf("%s_%u", names[i][0] == '\0' ? "column" : names[i], i + 1)
            : g_strdup(names[i]);
  }
}

static gboolean mark_listed(const Wanted *wanted, char *const *names, guint n, guint8 *listed,
                            GError **error)
{
  for (guint k = 0; wanted->metadata[k] != NULL; k++) {
    gint32 place = find_column(names, n, wanted->metadata[k]);
    if (place < 0)
      return refuse_missing(error, "metadata", wanted->metadata[k], names);
    listed[place] = 1;
  }
  return TRUE;
}

/* Columns by number, as there are no names. */
static gboolean number_column(const char *option, const char *name, gint32 *place, GError **error)
{
  if (is_number(name, COLUMNS_MAX, place))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "%s is '%s'; expected the number of a column, from 1, as there is no header", option,
              name);
  return FALSE;
}

static gboolean number_columns(Columns *columns, const Wanted *wanted, GError **error)
{
  for (guint r = 0; r < N_ROLES; r++) {
    columns->place[r] = -1;
    gboolean named = r == ROLE_TEXT || strcmp(wanted->roles[r], role_names[r]) != 0;
    if (named && !number_column(role_names[r], wanted->roles[r], &columns->place[r], error))
      return FALSE;
    columns->last = MAX(columns->last, columns->place[r]);
  }
  if (wanted->metadata == NULL)
    return TRUE;
  columns->listed = g_new0(guint8, COLUMNS_MAX);
  for (guint k = 0; wanted->metadata[k] != NULL; k++) {
    gint32 place;
    if (!number_column("metadata", wanted->metadata[k], &place, error))
      return FALSE;
    columns->listed[place] = 1;
  }
  return TRUE;
}

gboolean columns_read(Columns *columns, const Wanted *wanted, const char *header, gsize length,
                      char delimiter, GError **error)
{
  *columns = (Columns){0};
  if (!wanted->header)
    return number_columns(columns, wanted, error);
  g_auto(GStrv) names = read_names(header, length, delimiter, &columns->n, error);
  if (names == NULL || !find_roles(columns, wanted, names, error))
    return FALSE;
  g_autofree guint8 *listed = wanted->metadata == NULL ? NULL : g_new0(guint8, columns->n);
  if (listed != NULL && !mark_listed(wanted, names, columns->n, listed, error))
    return FALSE;
  make_keys(columns, names, listed);
  return TRUE;
}

void columns_clear(Columns *columns)
{
  for (guint i = 0; columns->keys != NULL && i < columns->n; i++)
    g_free(columns->keys[i]);
  g_free(columns->keys);
  g_free(columns->listed);
  *columns = (Columns){0};
}
