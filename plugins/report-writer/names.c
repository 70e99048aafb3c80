/* SPDX-License-Identifier: Apache-2.0 */
/* Names of one document that are one person: a last name, and the one full name that ends in it. */
#include "report.h"

/* Words of a name that is looked at; what has more is a description. */
#define MOST_WORDS 6

/* What stands behind a name and is no part of it. */
static const char *const letters[] = {"CBE", "II", "III", "Jr",  "KC", "MBE", "MD",
                                      "MEP", "MP", "OBE", "PhD", "QC", "Sr",  NULL};

static gboolean is_behind_name(const char *word)
{
  char plain[8];
  gsize n = 0;
  for (; *word != '\0' && n + 1 < sizeof plain; word++)
    if (*word != '.' && *word != ',')
      plain[n++] = *word;
  plain[n] = '\0';
  return *word == '\0' && g_strv_contains(letters, plain);
}

static gboolean is_name_word(const char *word)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (!g_unichar_isalpha(c) && strchr("-'.", (int) MIN(c, 127)) == NULL && c != 0x2019)
      return FALSE;
  }
  return g_unichar_isupper(g_utf8_get_char(word)) && strcmp(word, "The") != 0;
}

/* The name's words without letters behind it; NULL when it is not made of names. */
static char **split_name(const char *name)
{
  g_auto(GStrv) words = g_strsplit(name, " ", MOST_WORDS + 2);
  guint n = g_strv_length(words);
  while (n > 1 && is_behind_name(words[n - 1]))
    g_clear_pointer(&words[--n], g_free);
  if (n > 1 && g_str_has_suffix(words[n - 1], ","))
    words[n - 1][strlen(words[n - 1]) - 1] = '\0';
  if (n == 0 || n > MOST_WORDS)
    return NULL;
  for (guint i = 0; i < n; i++)
    if (!is_name_word(words[i]))
      return NULL;
  return g_steal_pointer(&words);
}

/* Who is known of a document. */
typedef struct {
  GHashTable *joined; /* what is returned */
  GHashTable *full;   /* char* without letters -> char* */
  GHashTable *last;   /* char* -> char*: the full name, "" for several */
  GHashTable *single; /* char*: the name -> char*: its one word */
} Names;

static void take_name(Names *names, const char *name)
{
  g_auto(GStrv) words = name == NULL ? NULL : split_name(name);
  guint n = words == NULL ? 0 : g_strv_length(words);
  if (n == 0)
    return;
  if (n == 1) {
    g_hash_table_insert(names->single, (gpointer) name, g_strdup(words[0]));
    return;
  }
  char *plain = g_strjoinv(" ", words);
  const char *known = g_hash_table_lookup(names->full, plain);
  if (known != NULL) {
    if (strcmp(known, name) != 0)
      g_hash_table_insert(names->joined, (gpointer) name, (gpointer) known);
    g_free(plain);
    return;
  }
  g_hash_table_insert(names->full, plain, (gpointer) name);
  gboolean taken = g_hash_table_contains(names->last, words[n - 1]);
  g_hash_table_insert(names->last, g_strdup(words[n - 1]), taken ? "" : (gpointer) name);
}

GHashTable *join_names(const AverLayer *quotes)
{
  guint32 n = quotes == NULL ? 0 : aver_layer_get_n_rows(quotes);
  gpointer name, word;
  GHashTableIter iter;
  Names names = {g_hash_table_new(g_str_hash, g_str_equal),
                 g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                 g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                 g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free)};
  for (guint32 row = 0; row < n; row++)
    take_name(&names, aver_layer_get_string(quotes, row, AVER_QUOTE_SPEAKER));
  g_hash_table_iter_init(&iter, names.single);
  while (g_hash_table_iter_next(&iter, &name, &word)) {
    const char *full = g_hash_table_lookup(names.last, word);
    if (full != NULL && *full != '\0')
      g_hash_table_insert(names.joined, name, (gpointer) full);
  }
  g_hash_table_unref(names.full);
  g_hash_table_unref(names.last);
  g_hash_table_unref(names.single);
  return names.joined;
}
