/* SPDX-License-Identifier: Apache-2.0 */
/* The vocabulary: word lists and word classes in one table. Words are told apart by their hash
 * alone: of all other words, one in some 200,000 is taken for one of these. */
#include "vocabulary.h"

#include "furniture.h"
#include "speech.h"
#include "topics.h"

/* So many words ahead, the table is fetched: it is larger than the cache next to the processor. */
#define AHEAD 12

/* Of a longer number, the rest says nothing. */
#define LONGEST_NUMBER 40

/* Stand for what has no word, or no class. */
enum {
  CODE_NAME = 0x10001,
  CODE_WORD,
  CODE_QUOTE,
};

static inline guint32 first_slot(guint32 hash)
{
  return (hash * 0x9e3779b1u) >> 9;
}

static Entry *find_or_add(Vocabulary *vocabulary, guint32 hash)
{
  guint32 slot = first_slot(hash);
  while (vocabulary->slots[slot & vocabulary->mask].hash != 0 &&
         vocabulary->slots[slot & vocabulary->mask].hash != hash)
    slot++;
  Entry *entry = &vocabulary->slots[slot & vocabulary->mask];
  if (entry->hash == 0)
    *entry = (Entry){.hash = hash, .class = NO_CLASS};
  return entry;
}

typedef void (*AddFunc)(Entry *entry, guint32 value);

static void add_topic(Entry *entry, guint32 value)
{
  entry->topic |= value;
}

static void add_speech(Entry *entry, guint32 value)
{
  entry->speech |= value;
}

static void add_mark(Entry *entry, guint32 value)
{
  entry->marks |= (guint16) value;
}

static void add_list(Vocabulary *vocabulary, const WordList *list, AddFunc add)
{
  for (gsize i = 0; i < list->n; i++) {
    g_auto(GStrv) words = g_strsplit(list->entries[i].words, " ", -1);
    for (char **word = words; *word != NULL; word++)
      add(find_or_add(vocabulary, aver_word_hash(*word, strlen(*word))), list->entries[i].value);
  }
}

static gsize count_words(const WordList *list)
{
  gsize n = 0;
  for (gsize i = 0; i < list->n; i++)
    n += strlen(list->entries[i].words) / 2 + 1;
  return n;
}

void vocabulary_init(Vocabulary *vocabulary, const Classes *classes)
{
  static const AverLexiconEntry marks[] = {
      {"who which whose whom where why when while because since whether how what",
       MARK_SUBORDINATOR},
      {"contributed rights getty", MARK_CREDIT},
      {"law laws legal illegal illegally unlawful lawful legislation constitution constitutional "
       "unconstitutional statute statutes regulation regulations regulated rule rules allowed "
       "allows permitted permits forbidden forbids prohibited prohibits bans banned ban required "
       "requires mandatory requirement requirements eligible entitled policy policies procedure "
       "procedures treaty directive decree",
       MARK_RULES},
      {"supports opposes opposed opposing backs backed endorses endorsed "
       "voted votes favors favours favor favour against rejects advocates advocated "
       "pro-life pro-choice",
       MARK_POSITION},
      {"de la van von al date a.m. p.m. gmt", MARK_SMALL},
  };
  const WordList lists[] = {
      topics_list(), speech_list(), openers_list(), {marks, G_N_ELEMENTS(marks)}};
  const AddFunc adds[] = {add_topic, add_speech, add_mark, add_mark};
  gsize n = 0, size = 1024;
  for (guint k = 0; k < G_N_ELEMENTS(lists); k++)
    n += count_words(&lists[k]) / 2;
  for (guint32 i = 0; i < classes->n_slots; i++)
    n += classes->hashes[i] != 0;
  while (size < n + n / 2)
    size *= 2;
  vocabulary->slots = g_new0(Entry, size);
  vocabulary->mask = (guint32) size - 1;
  for (guint k = 0; k < G_N_ELEMENTS(lists); k++)
    add_list(vocabulary, &lists[k], adds[k]);
  for (guint32 i = 0; i < classes->n_slots; i++)
    if (classes->hashes[i] != 0)
      find_or_add(vocabulary, classes->hashes[i])->class = classes->classes[i];
}

void vocabulary_clear(Vocabulary *vocabulary)
{
  g_clear_pointer(&vocabulary->slots, g_free);
}

static inline const Entry *find(const Vocabulary *vocabulary, guint32 hash)
{
  static const Entry unknown = {.class = NO_CLASS};
  for (guint32 slot = first_slot(hash);; slot++) {
    const Entry *entry = &vocabulary->slots[slot & vocabulary->mask];
    if (entry->hash == hash)
      return hash == 0 ? &unknown : entry;
    if (entry->hash == 0)
      return &unknown;
  }
}

/* "US", "IT" and "WHO" are names, whatever "us", "it" and "who" mean. */
static gboolean is_acronym(const char *text, const AverToken *token)
{
  static const char *const acronyms[] = {"US", "IT", "WHO"};
  gsize length = token->end - token->start;
  for (guint k = 0; k < G_N_ELEMENTS(acronyms); k++)
    if (strlen(acronyms[k]) == length && memcmp(acronyms[k], text + token->start, length) == 0)
      return TRUE;
  return FALSE;
}

/* Figures are alike when they have as many digits: "4.2" and "7.9", "1,200" and "3,500". */
static guint32 hash_masked(const char *text, guint32 length)
{
  char masked[LONGEST_NUMBER];
  length = MIN(length, LONGEST_NUMBER);
  for (guint32 i = 0; i < length; i++)
    masked[i] = g_ascii_isdigit(text[i]) ? '0' : text[i];
  return aver_word_hash(masked, length);
}

/* What stands for a word without a class: what it looks like; for a mark, itself. */
static guint32 shape_code(const Vocabulary *vocabulary, const char *text, const AverToken *token)
{
  if (token->kind != AVER_TOKEN_WORD)
    return token->hash;
  if ((token->flags & AVER_TOKEN_ABBREVIATION) != 0) {
    guint32 length = token->end - token->start - 1;
    const Entry *entry = find(vocabulary, aver_word_hash(text + token->start, length));
    if (entry->class != NO_CLASS)
      return entry->class;
  }
  return (token->flags & AVER_TOKEN_CAPITALISED) != 0 ? CODE_NAME : CODE_WORD;
}

static void read_word(const Vocabulary *vocabulary, const char *text, const AverToken *token,
                      guint32 number_class, Word *word)
{
  word->token = *token;
  if (token->kind == AVER_TOKEN_NUMBER) {
    word->code = hash_masked(text + token->start, token->end - token->start);
    word->class = number_class;
    word->topic = word->speech = word->marks = 0;
    return;
  }
  if (token->kind == AVER_TOKEN_QUOTE) {
    word->code = word->class = CODE_QUOTE;
    word->topic = word->speech = word->marks = 0;
    return;
  }
  const Entry *entry = find(vocabulary, token->hash);
  word->code = token->hash;
  word->class = entry->class != NO_CLASS ? entry->class : shape_code(vocabulary, text, token);
  gboolean listed = token->kind == AVER_TOKEN_WORD || token->kind == AVER_TOKEN_CLITIC;
  if (G_UNLIKELY((token->flags & AVER_TOKEN_ALL_CAPS) != 0 && is_acronym(text, token)))
    listed = FALSE;
  word->topic = listed ? entry->topic : 0;
  word->speech = listed ? entry->speech : 0;
  word->marks = listed ? entry->marks : 0;
}

void words_clear(Words *words)
{
  g_clear_pointer(&words->words, g_free);
  words->capacity = 0;
}

void words_read(Words *words, const Vocabulary *vocabulary, AverDocument *document)
{
  guint32 length;
  guint32 number = aver_word_hash("#", 1), class = find(vocabulary, number)->class;
  const AverToken *tokens = aver_document_get_tokens(document, &words->n);
  words->text = aver_document_get_text(document, &length);
  if (words->capacity < words->n) {
    words->capacity = MAX(1024, words->n + words->n / 2);
    g_free(words->words);
    words->words = g_new(Word, words->capacity);
  }
  for (guint32 i = 0; i < words->n; i++) {
    guint32 ahead = tokens[MIN(i + AHEAD, words->n - 1)].hash;
    __builtin_prefetch(&vocabulary->slots[first_slot(ahead) & vocabulary->mask]);
    read_word(vocabulary, words->text, &tokens[i], class == NO_CLASS ? number : class,
              &words->words[i]);
    words->words[i].index = i;
  }
}

guint32 words_at(const Words *words, guint32 position)
{
  guint32 low = 0, high = words->n;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (words->words[middle].token.end <= position)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void words_collect(const Words *words, AverSpan span, Unit *unit)
{
  unit_start(unit, words->text);
  for (guint32 i = words_at(words, span.start);
       i < words->n && words->words[i].token.start < span.end; i++)
    if (!words_add(words, i, unit))
      return;
}
