/* SPDX-License-Identifier: Apache-2.0 */
/* Gold: reads CoNLL-U and maps its words to the tokens that Aver makes of the same text. */
#include "gold.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  guint32 start;
  guint32 end;
  guint head; /* 1 is the first word, 0 the root */
  guint8 tag;
  guint8 relation;
  gint token; /* its first one */
} GoldWord;

typedef struct {
  GPtrArray *sentences;
  GArray *words;
  char *text;
  guint32 position; /* in the text, behind the last word */
  guint in_range;   /* words left of a multiword token */
  guint32 range_start;
  guint documents;
  gboolean open;
  gboolean broken;
  guint n_lost;
} Reader;

static gint find_name(const char *const *names, const char *name, gsize length)
{
  for (gint i = 0; names[i] != NULL; i++)
    if (strlen(names[i]) == length && strncmp(names[i], name, length) == 0)
      return i;
  return AVER_NONE;
}

static guint8 read_tag(const char *name)
{
  gint tag = find_name(aver_token_layer.columns[AVER_TOKEN_TAG].names, name, strlen(name));
  return tag == AVER_NONE ? AVER_TAG_FW : (guint8) tag;
}

static guint8 read_relation(const char *name)
{
  const char *const *names = aver_dependency_layer.columns[AVER_DEPENDENCY_RELATION].names;
  gint relation = find_name(names, name, strlen(name));
  if (relation == AVER_NONE)
    relation = find_name(names, name, strcspn(name, ":"));
  return relation == AVER_NONE ? AVER_RELATION_DEP : (guint8) relation;
}

/* Finds a word's characters behind the last one's. */
static void place(Reader *r, GoldWord *word, const char *form)
{
  while (r->text[r->position] == ' ' || strncmp(r->text + r->position, "\xc2\xa0", 2) == 0)
    r->position += r->text[r->position] == ' ' ? 1 : 2;
  gsize length = strlen(form);
  word->start = r->position;
  word->end = r->position + (guint32) length;
  if (strncmp(r->text + r->position, form, length) == 0)
    r->position = word->end;
  else
    r->broken = TRUE;
}

/* A multiword token: its own characters are found, and its words share them when they are not
 * simply its pieces. */
static void read_range(Reader *r, char **fields)
{
  guint first = (guint) atoi(fields[0]);
  guint last = (guint) atoi(strchr(fields[0], '-') + 1);
  GoldWord whole;
  place(r, &whole, fields[1]);
  r->in_range = last - first + 1;
  r->range_start = whole.start;
}

static void read_word(Reader *r, char **fields)
{
  GoldWord word = {.head = (guint) atoi(fields[6]),
                   .tag = read_tag(fields[4]),
                   .relation = read_relation(fields[7])};
  if (r->in_range > 0) {
    gsize length = strlen(fields[1]);
    guint32 left = r->position - r->range_start;
    gboolean piece = length <= left && strncmp(r->text + r->range_start, fields[1], length) == 0;
    word.start = r->range_start;
    word.end = piece ? r->range_start + (guint32) length : r->position;
    if (piece)
      r->range_start = word.end;
    r->in_range--;
  } else {
    place(r, &word, fields[1]);
  }
  g_array_append_val(r->words, word);
}

#define WORD(i) g_array_index(r->words, GoldWord, i)

/* Of the words that begin in one token, the one that stands for it: its head is outside, and it is
 * no mark. Returns: AVER_NONE when no word begins there. */
static gint choose_word(const Reader *r, gint token, guint first, guint *end)
{
  gint chosen = AVER_NONE;
  guint i = first;
  for (; i < r->words->len && WORD(i).token == token; i++) {
    gboolean outside = WORD(i).head == 0 || WORD(WORD(i).head - 1).token != token;
    if (outside && (chosen == AVER_NONE || WORD(chosen).relation == AVER_RELATION_PUNCT))
      chosen = (gint) i;
  }
  *end = i;
  return chosen == AVER_NONE && i > first ? (gint) first : chosen;
}

static gboolean is_tree(const Gold *gold)
{
  guint roots = 0;
  for (guint i = 0; i < gold->n; i++) {
    guint k = i, steps = 0;
    while (k < gold->n && steps++ <= gold->n)
      k = gold->heads[k] - MARGIN;
    if (k != gold->n)
      return FALSE;
    roots += gold->heads[i] == gold->n + MARGIN;
  }
  return roots == 1;
}

static void map_tokens(Reader *r, Gold *gold)
{
  guint token = 0;
  for (guint i = 0; i < r->words->len; i++) {
    while (token + 1 < gold->n && gold->tokens[token].end <= WORD(i).start)
      token++;
    WORD(i).token = (gint) token;
  }
  guint next = 0;
  guint16 owner = MARGIN;
  for (guint t = 0; t < gold->n; t++) {
    gint w = choose_word(r, (gint) t, next, &next);
    if (w == AVER_NONE) { /* a further piece of one word */
      gold->tags[t] = t > 0 ? gold->tags[t - 1] : AVER_TAG_NFP;
      gold->relations[t] = AVER_RELATION_GOESWITH;
      gold->heads[t] = owner;
      continue;
    }
    owner = (guint16) (t + MARGIN);
    gold->tags[t] = WORD(w).tag;
    gold->relations[t] = WORD(w).relation;
    gold->heads[t] =
        (guint16) ((WORD(w).head == 0 ? gold->n : (guint) WORD(WORD(w).head - 1).token) + MARGIN);
  }
}

static void gold_free(gpointer data)
{
  Gold *gold = data;
  g_free(gold->text);
  g_free(gold->tokens);
  g_free(gold->tags);
  g_free(gold->seen);
  g_free(gold->heads);
  g_free(gold->relations);
  g_free(gold);
}

static void end_sentence(Reader *r)
{
  if (r->words->len == 0)
    return;
  g_autoptr(AverDocument) document = aver_document_new();
  Gold *gold = g_new0(Gold, 1);
  gold->text = g_steal_pointer(&r->text);
  gold->document = r->documents;
  gold->open = r->open;
  if (!r->broken && aver_document_set_text(document, gold->text, strlen(gold->text), NULL)) {
    const AverToken *tokens = aver_document_get_tokens(document, &gold->n);
    gold->tokens = g_memdup2(tokens, (gold->n + 1) * sizeof(AverToken));
    gold->tags = g_new0(guint8, gold->n);
    gold->seen = g_new0(guint8, gold->n);
    gold->heads = g_new0(guint16, gold->n);
    gold->relations = g_new0(guint8, gold->n);
    if (gold->n > 0 && gold->n <= UNIT_MAX)
      map_tokens(r, gold);
  }
  if (gold->n > 0 && gold->n <= UNIT_MAX && is_tree(gold)) {
    g_ptr_array_add(r->sentences, gold);
  } else {
    gold_free(gold);
    r->n_lost++;
  }
  g_array_set_size(r->words, 0);
  r->broken = FALSE;
}

/* Genres of GUM whose texts may not be used commercially, or not be changed. */
static gboolean is_restricted(const char *id)
{
  return g_str_has_prefix(id, "GUM_fiction") || g_str_has_prefix(id, "GUM_whow") ||
         g_str_has_prefix(id, "GUM_conversation");
}

static void read_comment(Reader *r, const char *line)
{
  if (g_str_has_prefix(line, "# newdoc id = ")) {
    r->documents++;
    r->open = !is_restricted(line + 14);
  } else if (g_str_has_prefix(line, "# text = ")) {
    g_free(r->text);
    r->text = g_strdup(line + 9);
    r->position = 0;
  }
}

GPtrArray *gold_read(const char *path, guint *n_lost, GError **error)
{
  g_autofree char *data = NULL;
  if (!g_file_get_contents(path, &data, NULL, error))
    return NULL;
  Reader r = {.sentences = g_ptr_array_new_with_free_func(gold_free),
              .words = g_array_new(FALSE, FALSE, sizeof(GoldWord))};
  char *rest = data;
  for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
    if (*line == '\0') {
      end_sentence(&r);
    } else if (*line == '#') {
      read_comment(&r, line);
    } else {
      g_auto(GStrv) fields = g_strsplit(line, "\t", 10);
      if (g_strv_length(fields) != 10 || r.text == NULL)
        r.broken = TRUE;
      else if (strchr(fields[0], '-') != NULL)
        read_range(&r, fields);
      else if (strchr(fields[0], '.') == NULL)
        read_word(&r, fields);
    }
  }
  end_sentence(&r);
  g_array_unref(r.words);
  g_free(r.text);
  *n_lost = r.n_lost;
  return r.sentences;
}

/* Whether all words between a word and its head descend from the head. */
static gboolean is_projective_arc(const guint16 *heads, guint n, guint word)
{
  guint head = heads[word] - MARGIN;
  guint low = MIN(word, head), high = MAX(word, head);
  for (guint i = low + 1; i < high && i < n; i++) {
    guint k = i;
    while (k != head && k < n)
      k = heads[k] - MARGIN;
    if (k != head)
      return FALSE;
  }
  return TRUE;
}

void gold_projectivise(const Gold *gold, guint16 *heads)
{
  memcpy(heads, gold->heads, gold->n * sizeof *heads);
  for (;;) {
    guint shortest = G_MAXUINT, word = 0;
    for (guint i = 0; i < gold->n; i++) {
      guint head = heads[i] - MARGIN;
      guint length = head > i ? head - i : i - head;
      if (head < gold->n && length < shortest && !is_projective_arc(heads, gold->n, i)) {
        shortest = length;
        word = i;
      }
    }
    if (shortest == G_MAXUINT)
      return;
    heads[word] = heads[heads[word] - MARGIN];
  }
}
