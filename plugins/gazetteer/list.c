/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of names: a line is a label, a name, an id and aliases, with tabs between them. */
#include "list.h"

#include <string.h>

#define LONGEST_LINE 65536

/* The place in a list that is being read. */
typedef struct {
  List *list;
  const char *path;
  const char *text; /* of the file */
  guint32 begin;    /* the place of its first byte */
  guint32 line;
  AverDocument *scratch; /* for the tokens of a name */
} Place;

List *list_new(void)
{
  List *list = g_new0(List, 1);
  texts_init(&list->texts);
  list->trie = trie_new(&list->texts);
  list->entries = g_array_new(FALSE, FALSE, sizeof(Listed));
  return list;
}

void list_free(List *list)
{
  if (list == NULL)
    return;
  trie_free(list->trie);
  g_array_unref(list->entries);
  texts_clear(&list->texts);
  g_free(list);
}

const Listed *list_get_entry(const List *list, guint32 name)
{
  return &g_array_index(list->entries, Listed, trie_get_value(list->trie, name));
}

static gboolean wrong(const Place *place, GError **error, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

static gboolean wrong(const Place *place, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "%s:%u: %s", place->path, place->line, what);
  return FALSE;
}

static guint32 place_of(const Place *place, const char *field)
{
  return place->begin + (guint32) (field - place->text);
}

static gboolean add_name(Place *place, const char *name, guint32 entry, GError **error)
{
  gsize length = strlen(name);
  aver_document_reset(place->scratch);
  if (!aver_document_set_valid_text(place->scratch, name, length, error))
    return FALSE;
  guint32 n;
  const AverToken *tokens = aver_document_get_tokens(place->scratch, &n);
  if (n > TRIE_LONGEST)
    return wrong(place, error, "a name of %u words; expected at most %d", n, TRIE_LONGEST);
  switch (trie_add(place->list->trie, place_of(place, name), tokens, n, entry)) {
  case TRIE_CROWDED:
    return wrong(place, error, "'%s' has more than %d spellings; expected one, and option 'case'",
                 name, TRIE_SPELLINGS);
  case TRIE_FULL:
    return wrong(place, error, "too many names; expected at most a thousand million words");
  default:
    return TRUE;
  }
}

/* Cuts the next field off a line, and the white space around it; NULL at the end. */
static char *next_field(char **rest)
{
  if (*rest == NULL)
    return NULL;
  char *field = *rest;
  char *tab = strchr(field, '\t');
  if (tab != NULL)
    *tab++ = '\0';
  *rest = tab;
  return g_strstrip(field);
}

static gboolean read_line(Place *place, char *line, GError **error)
{
  char *rest = line;
  const char *label = next_field(&rest);
  const char *name = next_field(&rest);
  const char *id = next_field(&rest);
  if (name == NULL)
    return wrong(place, error, "no name; expected a label, a tab and a name");
  if (label[0] == '\0')
    return wrong(place, error, "no label; expected one before the first tab, such as 'person'");
  if (name[0] == '\0')
    return wrong(place, error, "an empty name; expected one behind the first tab");
  Listed entry = {place_of(place, label), place_of(place, name),
                  id == NULL || id[0] == '\0' ? 0 : place_of(place, id), place->line};
  guint32 index = place->list->entries->len;
  g_array_append_val(place->list->entries, entry);
  if (!add_name(place, name, index, error))
    return FALSE;
  for (char *alias = next_field(&rest); alias != NULL; alias = next_field(&rest)) {
    if (alias[0] == '\0')
      return wrong(place, error, "an empty alias; expected a name between two tabs");
    if (!add_name(place, alias, index, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean check_bytes(const Place *place, const char *line, gsize length, GError **error)
{
  gsize bad;
  if (length > LONGEST_LINE)
    return wrong(place, error, "a line of %" G_GSIZE_FORMAT " bytes; expected at most %d", length,
                 LONGEST_LINE);
  if (memchr(line, '\0', length) != NULL)
    return wrong(place, error, "a NUL byte; expected text");
  if (!aver_utf8_validate(line, length, &bad))
    return wrong(place, error, "byte %" G_GSIZE_FORMAT " of the line is no UTF-8", bad + 1);
  return TRUE;
}

static gboolean read_lines(Place *place, char *text, gsize length, GError **error)
{
  char *end = text + length;
  if (g_str_has_prefix(text, "\xef\xbb\xbf"))
    text += 3;
  while (text < end) {
    char *stop = memchr(text, '\n', (gsize) (end - text));
    char *next = stop == NULL ? end : stop + 1;
    stop = stop == NULL ? end : stop;
    place->line++;
    if (!check_bytes(place, text, (gsize) (stop - text), error))
      return FALSE;
    *stop = '\0'; /* g_file_get_contents() has one behind the end */
    if (stop > text && stop[-1] == '\r')
      stop[-1] = '\0';
    if (text[0] != '#' && text[strspn(text, " \t")] != '\0' && !read_line(place, text, error))
      return FALSE;
    text = next;
  }
  return TRUE;
}

gboolean list_read(List *list, const char *path, GError **error)
{
  char *text;
  gsize length;
  g_autoptr(GError) failure = NULL;
  if (!g_file_get_contents(path, &text, &length, &failure)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "%s: %s", path, failure->message);
    return FALSE;
  }
  guint32 begin = (guint32) list->texts.length;
  if (!texts_add(&list->texts, path, text, length)) {
    g_free(text);
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "%s: %" G_GSIZE_FORMAT " bytes; expected lists of 4 GiB together", path, length);
    return FALSE;
  }
  g_autoptr(AverDocument) scratch = aver_document_new();
  Place place = {list, path, text, begin, 0, scratch};
  return read_lines(&place, text, length, error);
}
