/* SPDX-License-Identifier: Apache-2.0 */
/* The sheet: what is known of every token, gathered once for all features. */
#include "model-parts.h"

#define TOKENS_KEPT 1000000

/* Tokens of one piece of content that are marked: many reports may share a long one. */
#define LONGEST_MARKED 400

Sheet *sheet_new(void)
{
  Sheet *sheet = g_new0(Sheet, 1);
  sheet->kept = g_byte_array_new();
  sheet->candidates = g_array_new(FALSE, FALSE, sizeof(Candidate));
  sheet->spoken = g_array_new(FALSE, FALSE, sizeof(guint32));
  return sheet;
}

static void drop_memory(Sheet *sheet)
{
  g_clear_pointer(&sheet->memory, g_free);
  g_clear_pointer(&sheet->sums, g_free);
  g_clear_pointer(&sheet->summed, g_free);
  g_clear_pointer(&sheet->own, g_free);
  sheet->capacity = 0;
}

void sheet_free(Sheet *sheet)
{
  if (sheet == NULL)
    return;
  drop_memory(sheet);
  g_byte_array_unref(sheet->kept);
  g_array_unref(sheet->candidates);
  g_array_unref(sheet->spoken);
  g_free(sheet);
}

guint8 *sheet_clear_kept(Sheet *sheet, guint32 n)
{
  g_byte_array_set_size(sheet->kept, n + 1);
  memset(sheet->kept->data, 0, n + 1);
  return sheet->kept->data;
}

guint32 distance_bucket(guint32 distance)
{
  if (distance < 4)
    return distance;
  return distance < 6 ? 4 : distance < 10 ? 5 : distance < 16 ? 6 : distance < 30 ? 7 : 8;
}

static void make_room(Sheet *sheet, guint32 n)
{
  if (sheet->capacity > TOKENS_KEPT && n < TOKENS_KEPT / 2)
    drop_memory(sheet);
  if (n <= sheet->capacity)
    return;
  sheet->capacity = MAX(n, sheet->capacity * 2);
  sheet->memory = g_renew(Look, sheet->memory, sheet->capacity + 2 * MARGIN);
  sheet->looks = sheet->memory + MARGIN;
  g_free(sheet->sums);
  sheet->sums = g_malloc_n(sheet->capacity, sizeof *sheet->sums);
  sheet->summed = g_renew(guint8, sheet->summed, sheet->capacity);
  sheet->own = g_renew(guint32, sheet->own, sheet->capacity);
}

guint32 word_number(const guint32 *table, guint32 mask, guint32 word, guint32 otherwise)
{
  guint32 key = word >> 8 << 8;
  for (guint32 n = 0, i = word * 0x9e3779b1u >> 9; n < 64; n++, i++) {
    guint32 entry = table[i & mask];
    if (entry == 0)
      break;
    if (entry >> 8 << 8 == key)
      return entry & 0xff;
  }
  return otherwise;
}

static guint8 shape_of(const AverToken *token)
{
  guint8 shape = token->kind;
  shape |= (token->flags & AVER_TOKEN_CAPITALISED) != 0 ? 8 : 0;
  shape |= (token->flags & AVER_TOKEN_ALL_CAPS) != 0 ? 16 : 0;
  shape |= (token->flags & AVER_TOKEN_ABBREVIATION) != 0 ? 32 : 0;
  return shape;
}

static guint8 place_of(const Reading *r, guint32 i)
{
  const Range *sentence = sentence_of(r, i);
  guint8 place = 0;
  if (r->inside[i] != NOWHERE) {
    const Quotation *q = quotation_at(r, r->inside[i]);
    place = i == q->open ? 1 : i == q->close ? 2 : i == q->open + 1 ? 3 : i + 1 == q->close ? 4 : 5;
  }
  place |= sentence->start == i ? 8 : 0;
  place |= sentence->end == i + 1 ? 16 : sentence->end == i + 2 ? 32 : 0;
  place |= starts_paragraph(r, i) ? 64 : 0;
  return place;
}

/* Hashes of the last three and the first five bytes, letters in lower case. */
static void set_ends(const Reading *r, Look *look, const AverToken *token)
{
  guint32 length = token->end - token->start;
  const char *text = r->text + token->start;
  guint32 suffix = 0, stem = 0;
  for (guint32 i = length > 3 ? length - 3 : 0; i < length; i++)
    suffix = suffix << 8 | (guint8) (text[i] | 0x20);
  for (guint32 i = 0; i < length && i < 5; i++)
    stem = stem * 0x01000193u + (guint8) (text[i] | 0x20);
  look->suffix = suffix;
  look->stem = stem;
}

guint32 token_from(const Reading *r, guint32 offset, guint32 low, guint32 high)
{
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (r->tokens[middle].start < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void mark_rule(Sheet *sheet, guint32 index)
{
  const Reading *r = sheet->reading;
  const Attribution *a = attribution_at(r, index);
  for (guint32 p = 0; p < a->n_pieces; p++) {
    guint32 i = token_from(r, a->pieces[p].start, 0, r->n_tokens);
    guint32 limit = MIN(r->n_tokens, i + LONGEST_MARKED);
    for (guint32 first = i; i < limit && r->tokens[i].start < a->pieces[p].end; i++) {
      sheet->looks[i].role |= (guint8) (ROLE_CONTENT | (i == first ? ROLE_CONTENT_START : 0));
      if (sheet->looks[i].rule == 0)
        sheet->looks[i].rule = (guint8) (a->rule + 1);
    }
  }
  for (guint32 i = a->source.start; i < a->source.end; i++)
    sheet->looks[i].role |= ROLE_SOURCE;
  for (guint32 i = a->cue.start; i < a->cue.end; i++) {
    sheet->looks[i].role |= ROLE_CUE;
    sheet->looks[i].rule = (guint8) (a->rule + 1);
    sheet->own[i] = index;
  }
  if (a->source.end > a->source.start)
    g_array_append_val(sheet->spoken, r->tokens[a->source.end - 1].hash);
}

static gint compare_hashes(gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;
  return x < y ? -1 : x > y;
}

void sheet_start(Sheet *sheet, const Weights *weights, Reading *r, AverDocument *document)
{
  make_room(sheet, MAX(r->n_tokens, 1));
  sheet->reading = r;
  memset(sheet->memory, 0, MARGIN * sizeof(Look));
  memset(sheet->looks + r->n_tokens, 0, MARGIN * sizeof(Look));
  memset(sheet->summed, 0, r->n_tokens);
  g_array_set_size(sheet->candidates, 0);
  g_array_set_size(sheet->spoken, 0);
  for (guint32 i = 0; i < r->n_tokens; i++) {
    const AverToken *token = &r->tokens[i];
    const Meaning *meaning = meaning_at(r, i);
    Look *look = &sheet->looks[i];
    *look = (Look){.word = token->hash,
                   .lexicon = pair(meaning->grammar, meaning->verb),
                   .head = NOWHERE,
                   .class = (guint16) word_number(weights->classes, weights->classes_mask,
                                                  token->hash, UNKNOWN_CLASS),
                   .tag = (guint8) (r->tag[i] + 1),
                   .shape = shape_of(token),
                   .place = place_of(r, i)};
    set_ends(r, look, token);
    sheet->own[i] = NOWHERE;
  }
  for (guint32 i = 0; i < r->attributions->len; i++)
    mark_rule(sheet, i);
  g_array_sort(sheet->spoken, compare_hashes);
  if (weights->syntax)
    sheet_read_syntax(sheet, document);
}
