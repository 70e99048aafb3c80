/* SPDX-License-Identifier: Apache-2.0 */
/* The word lists, and the user's own abbreviations. */
#include "words.h"

#include "word-lists.h"

#include <string.h>

static const struct {
  const char *name;
  guint32 class;
} class_names[] = {
    {"clock", WORD_CLOCK},
    {"country", WORD_COUNTRY},
    {"degree", WORD_DEGREE},
    {"exclaimed", WORD_EXCLAIMED},
    {"final", WORD_FINAL},
    {"inner", WORD_INNER},
    {"month", WORD_MONTH},
    {"none", 1u << 31},
    {"organisation", WORD_ORGANISATION},
    {"place", WORD_PLACE},
    {"reference", WORD_REFERENCE},
    {"short", WORD_SHORT},
    {"state", WORD_STATE},
    {"street", WORD_STREET},
    {"title", WORD_TITLE},
    {"unit", WORD_UNIT},
};

static guint32 find_class(const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS(class_names); i++)
    if (strcmp(class_names[i].name, name) == 0)
      return class_names[i].class;
  return 0;
}

static guint64 load_bytes(const guint8 *bytes)
{
  guint32 value;
  memcpy(&value, bytes, 4);
  return GUINT32_FROM_LE(value);
}

/* A word of 1 to 8 bytes as one number, ASCII letters in lower case: the first byte lowest, spaces
 * behind the last. The marks that words hold keep apart; beyond ASCII it means nothing. */
static guint64 short_key(const guint8 *word, gsize length)
{
  guint64 key = length < 4 ? word[0] | (guint64) word[length / 2] << length / 2 * 8 |
                                 (guint64) word[length - 1] << (length - 1) * 8
                           : load_bytes(word) | load_bytes(word + length - 4) << (length - 4) * 8;
  return key | G_GUINT64_CONSTANT(0x2020202020202020);
}

static gboolean is_short_key(guint64 key)
{
  return (key & G_GUINT64_CONSTANT(0x8080808080808080)) == 0;
}

static guint32 short_place(const Words *words, guint64 key)
{
  guint32 place =
      (guint32) (key * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) >> 40) & words->short_mask;
  while (words->short_words[place] != 0 && words->short_words[place] != key)
    place = (place + 1) & words->short_mask;
  return place;
}

static void note_word(Words *words, const char *word, GPtrArray *short_words)
{
  gsize length = strlen(word);
  words->lengths[(guint8) g_ascii_tolower(*word)] |= length < 32 ? 1u << length : ~0u;
  if (length <= 8 && is_short_key(short_key((const guint8 *) word, length)))
    g_ptr_array_add(short_words, g_strdup(word));
}

/* The lists hold words separated by single spaces; the lexicon wants one entry a word. */
static AverLexicon *build_lists(Words *known, GPtrArray *short_words)
{
  g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(AverLexiconEntry));
  g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func((GDestroyNotify) g_strfreev);
  for (guint i = 0; i < G_N_ELEMENTS(word_lists); i++) {
    char **words = g_strsplit(word_lists[i].words, " ", -1);
    g_ptr_array_add(copies, words);
    for (guint j = 0; words[j] != NULL; j++) {
      AverLexiconEntry entry = {words[j], word_lists[i].class};
      note_word(known, words[j], short_words);
      g_array_append_val(entries, entry);
    }
  }
  return aver_lexicon_new((const AverLexiconEntry *) (void *) entries->data, entries->len);
}

/* One line of the user's file into an entry that points into it; an empty one gives no entry. */
static gboolean parse_line(char *line, const char *path, guint number, GArray *entries,
                           GError **error)
{
  char *comment = strchr(line, '#');
  if (comment != NULL)
    *comment = '\0';
  char *word = g_strstrip(line);
  if (*word == '\0')
    return TRUE;
  char *gap = word + strcspn(word, " \t");
  const char *name = gap;
  if (*gap != '\0') {
    *gap = '\0';
    name = g_strstrip(gap + 1);
  }
  guint32 class = find_class(name);
  if (class == 0) {
    g_autoptr(GString) known = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(class_names); i++)
      g_string_append_printf(known, "%s%s", i == 0 ? "" : ", ", class_names[i].name);
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "%s:%u: %s '%s' for abbreviation '%s'; expected one of %s", path, number,
                *name == '\0' ? "no class" : "unknown class", name, word, known->str);
    return FALSE;
  }
  gsize length = strlen(word);
  if (length > 1 && word[length - 1] == '.')
    word[length - 1] = '\0';
  AverLexiconEntry entry = {word, class};
  g_array_append_val(entries, entry);
  return TRUE;
}

static AverLexicon *read_own(Words *known, const char *path, GPtrArray *short_words, GError **error)
{
  g_autofree char *content = NULL;
  gsize length, bad;
  g_autoptr(GError) reason = NULL;
  if (!g_file_get_contents(path, &content, &length, &reason)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "cannot read the abbreviations '%s': %s", path,
                reason->message);
    return NULL;
  }
  if (!aver_utf8_validate(content, length, &bad) || memchr(content, '\0', length) != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING, "%s: expected plain UTF-8 text", path);
    return NULL;
  }
  g_auto(GStrv) lines = g_strsplit(content, "\n", -1);
  g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(AverLexiconEntry));
  for (guint i = 0; lines[i] != NULL; i++)
    if (!parse_line(lines[i], path, i + 1, entries, error))
      return NULL;
  for (guint i = 0; i < entries->len; i++)
    note_word(known, g_array_index(entries, AverLexiconEntry, i).words, short_words);
  return aver_lexicon_new((const AverLexiconEntry *) (void *) entries->data, entries->len);
}

static guint32 look_up(const Words *words, const guint8 *word, gsize length)
{
  const char *characters = (const char *) word;
  guint32 hash = aver_word_hash(characters, length);
  guint32 found = aver_lexicon_get(words->builtin, hash);
  if (words->own == NULL)
    return found;
  guint32 own = aver_lexicon_get(words->own, hash);
  return own == 0 ? found : own | (found & ~WORD_ABBREVIATION);
}

static void build_short_words(Words *words, const GPtrArray *short_words)
{
  guint32 size = 16;
  while (size < short_words->len * 2)
    size *= 2;
  words->short_words = g_new0(guint64, size);
  words->short_bits = g_new0(guint32, size);
  words->short_mask = size - 1;
  for (guint i = 0; i < short_words->len; i++) {
    const guint8 *word = g_ptr_array_index(short_words, i);
    gsize length = strlen((const char *) word);
    guint64 key = short_key(word, length);
    guint32 place = short_place(words, key);
    words->short_words[place] = key;
    words->short_bits[place] = look_up(words, word, length);
  }
}

gboolean words_load(Words *words, const char *path, GError **error)
{
  g_autoptr(GPtrArray) short_words = g_ptr_array_new_with_free_func(g_free);
  *words = (Words){0};
  if (path != NULL) {
    words->own = read_own(words, path, short_words, error);
    if (words->own == NULL)
      return FALSE;
  }
  words->builtin = build_lists(words, short_words);
  build_short_words(words, short_words);
  return TRUE;
}

void words_clear(Words *words)
{
  g_clear_pointer(&words->builtin, aver_lexicon_free);
  g_clear_pointer(&words->own, aver_lexicon_free);
  g_clear_pointer(&words->short_words, g_free);
  g_clear_pointer(&words->short_bits, g_free);
}

guint32 words_get(const Words *words, const guint8 *word, gsize length)
{
  if (length <= 8) {
    guint64 key = short_key(word, length);
    if (is_short_key(key))
      return words->short_bits[short_place(words, key)];
  }
  guint8 first = *word >= 'A' && *word <= 'Z' ? *word + 32 : *word;
  if (length < 32 && (words->lengths[first] >> length & 1) == 0 && first < 0x80)
    return 0;
  return look_up(words, word, length);
}
