/* SPDX-License-Identifier: Apache-2.0 */
/* Annotated articles: read from JSON Lines, given layers by a pipeline, read by the rules. */
#include "cues.h"
#include "marks.h"
#include "people.h"
#include "train.h"
#include "transcript.h"

#include <jansson.h>

static Range tokens_in(const Reading *r, guint32 start, guint32 end)
{
  Range range = {0, 0};
  guint32 i = 0;
  guint32 low = 0, high = r->n_tokens;
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (r->tokens[middle].end <= start)
      low = middle + 1;
    else
      high = middle;
  }
  for (i = low; i < r->n_tokens && r->tokens[i].start < end; i++) {
    if (range.end == 0)
      range.start = i;
    range.end = i + 1;
  }
  return range;
}

static guint32 read_ranges(const Reading *r, const json_t *quote, const char *role, Range *ranges,
                           guint32 most)
{
  guint32 n = 0;
  gsize i;
  json_t *span;
  json_array_foreach(json_object_get(quote, role), i, span)
  {
    Range range = tokens_in(r, (guint32) json_integer_value(json_array_get(span, 0)),
                            (guint32) json_integer_value(json_array_get(span, 1)));
    if (n < most && range.end > range.start)
      ranges[n++] = range;
  }
  return n;
}

static void read_gold(Example *example, const json_t *article)
{
  gsize i;
  json_t *quote;
  json_array_foreach(json_object_get(article, "quotes"), i, quote)
  {
    Gold gold = {.anchor = NOWHERE};
    read_ranges(example->reading, quote, "cue", &gold.cue, 1);
    read_ranges(example->reading, quote, "source", &gold.source, 1);
    gold.n_pieces = read_ranges(example->reading, quote, "content", gold.pieces, 8);
    if (gold.n_pieces > 0)
      g_array_append_val(example->gold, gold);
  }
}

static Example *example_new(const json_t *article, AverPipeline *pipeline, const Words *words,
                            GError **error)
{
  Example *example = g_new0(Example, 1);
  const json_t *text = json_object_get(article, "text");
  gsize length = json_string_length(text);
  example->document = aver_document_new();
  char *copy = aver_document_alloc(example->document, length + 1);
  memcpy(copy, json_string_value(text), length);
  aver_document_set_id(example->document, json_string_value(json_object_get(article, "id")), -1);
  if (!aver_document_set_text(example->document, copy, length, error) ||
      aver_pipeline_process(pipeline, example->document, error) != AVER_KEEP)
    return NULL;
  Reading *r = reading_new(words);
  reading_start(r, example->document,
                aver_document_get_layer(example->document, aver_sentence_layer.name));
  marks_pair(r);
  reading_tag(r);
  people_find(r);
  transcript_find(r);
  cues_find(r);
  example->reading = r;
  example->sheet = sheet_new();
  example->gold = g_array_new(FALSE, FALSE, sizeof(Gold));
  read_gold(example, article);
  return example;
}

/* Whether another article begins, past white space. */
static gboolean has_more(FILE *file)
{
  int c;
  do
    c = getc(file);
  while (c == ' ' || c == '\n' || c == '\r' || c == '\t');
  ungetc(c, file);
  return c != EOF;
}

/* The next article, whose text is a string; NULL with an error that names it. */
static json_t *read_article(FILE *file, const char *path, guint32 number, GError **error)
{
  json_error_t problem;
  json_t *article = json_loadf(file, JSON_DISABLE_EOF_CHECK, &problem);
  if (json_is_string(json_object_get(article, "text")))
    return article;
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "'%s', article %u: %s", path, number,
              article == NULL ? problem.text : "it has no text");
  json_decref(article);
  return NULL;
}

static gboolean read_articles(FILE *file, GPtrArray *examples, const char *path,
                              AverPipeline *pipeline, const Words *words, GError **error)
{
  while (has_more(file)) {
    json_t *article = read_article(file, path, examples->len + 1, error);
    Example *example = article == NULL ? NULL : example_new(article, pipeline, words, error);
    json_decref(article);
    if (example == NULL)
      return FALSE;
    g_ptr_array_add(examples, example);
  }
  if (ferror(file) || examples->len == 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "'%s' %s", path,
                ferror(file) ? "cannot be read to its end" : "holds no articles");
    return FALSE;
  }
  return TRUE;
}

gboolean examples_load(GPtrArray *examples, const char *path, AverPipeline *pipeline,
                       const Words *words, GError **error)
{
  FILE *file = fopen(path, "re");
  if (file == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "cannot read '%s': %s", path,
                g_strerror(errno));
    return FALSE;
  }
  gboolean good = read_articles(file, examples, path, pipeline, words, error);
  fclose(file);
  return good;
}

/* The word of the cue that is most often one. */
static guint32 anchor_of(const Weights *weights, const Sheet *sheet, Range cue)
{
  guint32 anchor = NOWHERE;
  guint32 most = 0;
  for (guint32 i = cue.start; i < cue.end; i++) {
    guint32 rate = 2 * gate_rate(weights, sheet->looks[i].word) + 1 +
                   (has_tag(sheet->reading, i, TAGS(VERB) | TAGS(ED) | TAGS(ING)) ? 1 : 0);
    if (rate > most) {
      most = rate;
      anchor = i;
    }
  }
  return anchor;
}

void example_prepare(Example *example, const Weights *weights)
{
  Sheet *sheet = example->sheet;
  guint32 n = example->reading->n_tokens;
  sheet_start(sheet, weights, example->reading, example->document);
  g_free(example->possible);
  g_free(example->is_anchor);
  example->possible = g_new0(guint8, n);
  example->is_anchor = g_new0(guint8, n);
  for (guint32 i = 0; i < n; i++)
    example->possible[i] = cue_is_possible(weights, sheet, i);
  for (guint32 k = 0; k < example->gold->len; k++) {
    Gold *gold = &g_array_index(example->gold, Gold, k);
    gold->anchor = anchor_of(weights, sheet, gold->cue);
    if (gold->anchor != NOWHERE)
      example->is_anchor[gold->anchor] = 1;
  }
}

gboolean gold_is_found(const Gold *gold, const Candidate *c)
{
  gboolean none = gold->source.end == gold->source.start && c->source.end == c->source.start;
  return (none || ranges_touch(gold->source, c->source)) &&
         content_overlap(c->pieces, c->n_pieces, gold->pieces, gold->n_pieces) >= 0.5f;
}

gboolean candidate_is_right(const Example *example, const Candidate *c)
{
  for (guint32 k = 0; k < example->gold->len; k++)
    if (gold_is_found(&g_array_index(example->gold, Gold, k), c))
      return TRUE;
  return FALSE;
}

static void put(guint32 *table, guint32 bits, guint32 word, guint32 value)
{
  guint32 mask = (1u << bits) - 1;
  for (guint32 n = 0, i = word * 0x9e3779b1u >> 9; n < 64; n++, i++) {
    guint32 *entry = &table[i & mask];
    if (*entry == 0 || *entry >> 8 == word >> 8) {
      if (*entry == 0)
        *entry = word >> 8 << 8 | value;
      return;
    }
  }
}

guint32 *classes_read(const char *path, GError **error)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents(path, &text, NULL, error))
    return NULL;
  guint32 *table = g_new0(guint32, 1u << CLASS_BITS);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint32 i = 0; lines[i] != NULL && i < (1u << CLASS_BITS) / 4 * 3; i++) {
    g_auto(GStrv) cells = g_strsplit(lines[i], "\t", 3);
    if (g_strv_length(cells) == 3)
      put(table, CLASS_BITS, aver_word_hash(cells[0], strlen(cells[0])),
          (guint32) g_ascii_strtoull(cells[2], NULL, 10) & 0xff);
  }
  return table;
}

typedef struct {
  guint32 word;
  guint32 seen;
  guint32 cue;
} WordCount;

static gint compare_words(gconstpointer a, gconstpointer b)
{
  const WordCount *x = *(WordCount *const *) a, *y = *(WordCount *const *) b;
  if (x->cue != y->cue)
    return x->cue > y->cue ? -1 : 1;
  return x->word < y->word ? -1 : x->word > y->word;
}

guint32 *gate_fit(const Course *course)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  g_autoptr(GPtrArray) words = g_ptr_array_new();
  for (guint32 e = 0; e < course->examples->len; e++) {
    const Example *example = course->examples->pdata[e];
    const Reading *r = example->reading;
    g_autofree guint8 *in_cue = g_new0(guint8, r->n_tokens);
    for (guint32 k = 0; k < example->gold->len; k++) {
      Range cue = g_array_index(example->gold, Gold, k).cue;
      memset(in_cue + cue.start, 1, cue.end - cue.start);
    }
    for (guint32 i = 0; i < r->n_tokens; i++) {
      gpointer key = GUINT_TO_POINTER(r->tokens[i].hash);
      WordCount *count = g_hash_table_lookup(counts, key);
      if (count == NULL) {
        count = g_new0(WordCount, 1);
        count->word = r->tokens[i].hash;
        g_hash_table_insert(counts, key, count);
        g_ptr_array_add(words, count);
      }
      count->seen++;
      count->cue += in_cue[i];
    }
  }
  g_ptr_array_sort(words, compare_words);
  guint32 *table = g_new0(guint32, 1u << GATE_BITS);
  guint32 filled = 0;
  for (guint32 i = 0; i < words->len && filled < (1u << GATE_BITS) / 4 * 3; i++) {
    const WordCount *count = words->pdata[i];
    guint32 rate = 255 * count->cue / (count->seen + 1);
    if (count->cue < 2 || rate < course->gate_rate)
      continue;
    put(table, GATE_BITS, count->word, rate);
    filled++;
  }
  return table;
}

typedef struct {
  void (*run)(guint32 i, gpointer data);
  gpointer data;
  guint32 n;
  gint next;
} Work;

static gpointer work(gpointer user_data)
{
  Work *w = user_data;
  for (;;) {
    guint32 i = (guint32) g_atomic_int_add(&w->next, 1);
    if (i >= w->n)
      return NULL;
    w->run(i, w->data);
  }
}

void in_parallel(guint32 n, void (*run)(guint32 i, gpointer data), gpointer data)
{
  Work w = {run, data, n, 0};
  GThread *second = g_thread_new("training", work, &w);
  work(&w);
  g_thread_join(second);
}
