/* SPDX-License-Identifier: Apache-2.0 */
/* Prepares a document for the rules: memory that is reused, word meanings, sentences. */
#include "reading.h"

#include "people.h"
#include "trace.h"

/* Tokens that memory is kept for between documents. */
#define TOKENS_KEPT 1000000

/* Entries behind the last token, so that rules may look a few tokens ahead. */
#define PADDING 8

Reading *reading_new(const Words *words)
{
  Reading *r = g_new0(Reading, 1);
  r->words = words;
  r->sentences = g_array_new(FALSE, FALSE, sizeof(Range));
  r->quotations = g_array_new(FALSE, FALSE, sizeof(Quotation));
  r->inners = g_array_new(FALSE, FALSE, sizeof(Inner));
  r->attributions = g_array_new(FALSE, FALSE, sizeof(Attribution));
  r->turns = g_array_new(FALSE, FALSE, sizeof(Range));
  r->entities = g_array_new(FALSE, FALSE, sizeof(Entity));
  r->mentions = g_array_new(FALSE, FALSE, sizeof(Mention));
  r->order = g_array_new(FALSE, FALSE, sizeof(guint32));
  r->rows = g_array_new(FALSE, FALSE, sizeof(guint32));
  return r;
}

static void drop_tokens(Reading *r)
{
  g_clear_pointer(&r->meaning, g_free);
  g_clear_pointer(&r->sentence, g_free);
  g_clear_pointer(&r->inside, g_free);
  g_clear_pointer(&r->tag, g_free);
  r->capacity = 0;
}

void reading_free(Reading *r)
{
  if (r == NULL)
    return;
  drop_tokens(r);
  trace_free(r->told);
  g_array_unref(r->sentences);
  g_array_unref(r->quotations);
  g_array_unref(r->inners);
  g_array_unref(r->attributions);
  g_array_unref(r->turns);
  g_array_unref(r->entities);
  g_array_unref(r->mentions);
  g_array_unref(r->order);
  g_array_unref(r->rows);
  g_free(r->names);
  g_free(r);
}

static void make_room(Reading *r)
{
  if (r->capacity > TOKENS_KEPT && r->n_tokens < TOKENS_KEPT / 2)
    drop_tokens(r);
  if (r->n_tokens + PADDING <= r->capacity)
    return;
  r->capacity = MAX(r->n_tokens + PADDING, r->capacity * 2);
  r->meaning = g_renew(guint32, r->meaning, r->capacity);
  r->sentence = g_renew(guint32, r->sentence, r->capacity);
  r->inside = g_renew(guint32, r->inside, r->capacity);
  r->tag = g_renew(guint8, r->tag, r->capacity);
}

static void look_up_words(Reading *r)
{
  for (guint32 i = 0; i < r->n_tokens; i++) {
    const AverToken *token = &r->tokens[i];
    gboolean word = token->kind == AVER_TOKEN_WORD || token->kind == AVER_TOKEN_CLITIC;
    r->meaning[i] = word ? words_find(r->words, token->hash) : 0;
    r->inside[i] = NOWHERE;
  }
  for (guint32 i = r->n_tokens; i < r->n_tokens + PADDING; i++) {
    r->meaning[i] = 0;
    r->inside[i] = NOWHERE;
    r->tag[i] = TAG_OTHER;
    r->sentence[i] = 0;
  }
}

/* Lines of which many start with a small letter are broken to fit a width. */
static void find_wrapping(Reading *r)
{
  guint32 lines = 0, small = 0;
  for (guint32 i = 1; i < r->n_tokens; i++) {
    if (!flag_at(r, i, AVER_TOKEN_LINE_START) || flag_at(r, i, AVER_TOKEN_PARAGRAPH_START))
      continue;
    lines++;
    small += r->tokens[i].kind == AVER_TOKEN_WORD && !flag_at(r, i, AVER_TOKEN_CAPITALISED);
  }
  r->wrapped = small > 0 && small >= lines / 3;
}

/* Token ranges of the sentences. A token belongs to the sentence it starts in; sentences without
 * tokens are left out, and tokens before the first sentence go to it. */
static void find_sentences(Reading *r, const AverLayer *layer)
{
  guint32 n = layer != NULL ? aver_layer_get_n_rows(layer) : 0;
  const AverSpan *spans = n > 0 ? aver_layer_get_spans(layer) : NULL;
  g_array_set_size(r->sentences, 0);
  guint32 token = 0;
  for (guint32 i = 0; i < n && token < r->n_tokens; i++) {
    Range range = {token, token};
    while (range.end < r->n_tokens && r->tokens[range.end].start < spans[i].end)
      range.end++;
    if (range.end > range.start)
      g_array_append_val(r->sentences, range);
    token = range.end;
  }
  if (token < r->n_tokens) {
    Range rest = {token, r->n_tokens};
    g_array_append_val(r->sentences, rest);
  }
  for (guint32 i = 0; i < r->sentences->len; i++) {
    Range range = g_array_index(r->sentences, Range, i);
    for (token = range.start; token < range.end; token++)
      r->sentence[token] = i;
  }
}

void reading_start(Reading *r, AverDocument *document, const AverLayer *sentences)
{
  r->text = aver_document_get_text(document, &r->length);
  r->tokens = aver_document_get_tokens(document, &r->n_tokens);
  make_room(r);
  look_up_words(r);
  find_wrapping(r);
  find_sentences(r, sentences);
  g_array_set_size(r->quotations, 0);
  g_array_set_size(r->inners, 0);
  g_array_set_size(r->attributions, 0);
  g_array_set_size(r->turns, 0);
  g_array_set_size(r->entities, 0);
  g_array_set_size(r->mentions, 0);
}
