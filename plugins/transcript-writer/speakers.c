/* SPDX-License-Identifier: Apache-2.0 */
/* The table of speakers: how often and how each is quoted, and what each claims and denies. */
#include "transcript.h"

enum {
  COUNT_QUOTES,
  COUNT_DIRECT,
  COUNT_MIXED,
  COUNT_INDIRECT,
  COUNT_CLAIMS,
  COUNT_DENIALS,
  N_COUNTS,
};

static const char *const headings[N_COUNTS] = {"quotes",   "direct", "mixed",
                                               "indirect", "claims", "denials"};

/* Names that stand for no name come last: nobody, then the article. */
typedef enum {
  RANK_NAMED,
  RANK_NOBODY,
  RANK_ARTICLE,
} Rank;

typedef struct {
  Rank rank;
  const char *name;
  gsize length;
  guint32 counts[N_COUNTS];
} Speaker;

static int compare_names(gconstpointer a, gconstpointer b)
{
  const Speaker *one = a, *other = b;
  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  int order = memcmp(one->name, other->name, MIN(one->length, other->length));
  if (order != 0 || one->length == other->length)
    return order;
  return one->length < other->length ? -1 : 1;
}

static int compare_counts(gconstpointer a, gconstpointer b)
{
  const Speaker *one = a, *other = b;
  if ((one->rank == RANK_ARTICLE) != (other->rank == RANK_ARTICLE))
    return one->rank == RANK_ARTICLE ? 1 : -1;
  if (one->counts[COUNT_QUOTES] != other->counts[COUNT_QUOTES])
    return one->counts[COUNT_QUOTES] > other->counts[COUNT_QUOTES] ? -1 : 1;
  return compare_names(a, b);
}

static Speaker speaker_named(Rank rank, const char *name)
{
  return (Speaker){.rank = rank, .name = name, .length = strlen(name)};
}

static Speaker speaker_of(const View *view, guint32 quote)
{
  Speaker speaker = {.rank = RANK_NAMED};
  speaker.name = quote_speaker(view, quote, &speaker.length);
  return speaker.name != NULL ? speaker : speaker_named(RANK_NOBODY, "(nobody is named)");
}

static gboolean is_denied(const View *view, guint32 quote)
{
  return aver_layer_get_i32(view->quotes, quote, AVER_QUOTE_POLARITY) == AVER_QUOTE_DENIED;
}

static void add_quote(const View *view, guint32 quote)
{
  static const guint kinds[] = {COUNT_DIRECT, COUNT_INDIRECT, COUNT_MIXED};
  Speaker speaker = speaker_of(view, quote);
  gint32 kind = aver_layer_get_i32(view->quotes, quote, AVER_QUOTE_KIND);
  speaker.counts[COUNT_QUOTES] = 1;
  if (kind >= 0 && kind < (gint32) G_N_ELEMENTS(kinds))
    speaker.counts[kinds[kind]] = 1;
  speaker.counts[COUNT_DENIALS] = is_denied(view, quote);
  g_array_append_val(view->scratch->speakers, speaker);
}

/* A denial that is a denied quote as well counts once. */
static void add_claim(const View *view, guint32 claim)
{
  gint32 quote = claim_quote(view, claim);
  const char *claimant = aver_layer_get_string(view->claims, claim, AVER_CLAIM_CLAIMANT);
  Speaker speaker = speaker_named(RANK_ARTICLE, "(the article itself)");
  if (quote != AVER_NONE)
    speaker = speaker_of(view, (guint32) quote);
  else if (claimant != NULL)
    speaker = speaker_named(RANK_NAMED, claimant);
  speaker.counts[COUNT_CLAIMS] = 1;
  speaker.counts[COUNT_DENIALS] =
      aver_layer_get_i32(view->claims, claim, AVER_CLAIM_ACT) == AVER_ACT_DENIAL &&
      (quote == AVER_NONE || !is_denied(view, (guint32) quote));
  g_array_append_val(view->scratch->speakers, speaker);
}

/* Adds up the rows of each name. */
static void merge(GArray *speakers)
{
  guint n = 0;
  g_array_sort(speakers, compare_names);
  for (guint i = 0; i < speakers->len; i++) {
    Speaker *row = &g_array_index(speakers, Speaker, i);
    Speaker *last = n > 0 ? &g_array_index(speakers, Speaker, n - 1) : NULL;
    if (last == NULL || compare_names(last, row) != 0) {
      g_array_index(speakers, Speaker, n++) = *row;
      continue;
    }
    for (guint k = 0; k < N_COUNTS; k++)
      last->counts[k] += row->counts[k];
  }
  g_array_set_size(speakers, n);
  g_array_sort(speakers, compare_counts);
}

static void collect(const View *view)
{
  Scratch *scratch = view->scratch;
  if (scratch->speakers == NULL)
    scratch->speakers = g_array_new(FALSE, FALSE, sizeof(Speaker));
  g_array_set_size(scratch->speakers, 0);
  for (guint32 i = 0; i < view->n_quotes; i++)
    add_quote(view, i);
  for (guint32 i = 0; i < view->n_claims; i++)
    if (claim_counts(view, i))
      add_claim(view, i);
  merge(scratch->speakers);
}

static guint heading_width(guint column)
{
  return MAX((guint) strlen(headings[column]), 6) + 2;
}

/* A name, and room up to where the counts start. */
static void show_name(Painter *painter, guint style, const char *name, gsize length, guint width)
{
  painter_begin(painter, "", 0);
  guint taken = MIN(painter_measure(name, length), width);
  painter_fit(painter, style, name, length, width);
  painter_pad(painter, width - taken);
}

static void show_count(Painter *painter, guint column, guint32 count)
{
  char digits[12];
  guint n = sizeof digits - 1;
  digits[n] = '\0';
  guint32 rest = count;
  do
    digits[--n] = (char) ('0' + rest % 10);
  while ((rest /= 10) > 0);
  guint width = heading_width(column), length = sizeof digits - 1 - n;
  guint style = column == COUNT_DENIALS && count > 0 ? STYLE_RED : STYLE_PLAIN;
  painter_pad(painter, width > length ? width - length : 1);
  painter_glue(painter, count == 0 ? STYLE_DIM : style, count == 0 ? "–" : digits + n);
}

static void show_headings(Painter *painter, guint width)
{
  show_name(painter, STYLE_BOLD, "Speakers", 8, width);
  for (guint k = 0; k < N_COUNTS; k++) {
    painter_pad(painter, heading_width(k) - (guint) strlen(headings[k]));
    painter_glue(painter, STYLE_BOLD, headings[k]);
  }
  painter_end(painter);
}

void speakers_show(const View *view)
{
  Painter *painter = &view->scratch->painter;
  guint counts_width = 0, width = 16;
  collect(view);
  const GArray *speakers = view->scratch->speakers;
  if (speakers->len == 0)
    return;
  for (guint k = 0; k < N_COUNTS; k++)
    counts_width += heading_width(k);
  guint most = MAX(painter->width, counts_width + width) - counts_width;
  for (guint i = 0; i < speakers->len; i++) {
    const Speaker *row = &g_array_index(speakers, Speaker, i);
    width = MAX(width, MIN(painter_measure(row->name, row->length), most));
  }
  show_headings(painter, width);
  for (guint i = 0; i < speakers->len; i++) {
    const Speaker *row = &g_array_index(speakers, Speaker, i);
    show_name(painter, row->rank == RANK_NAMED ? STYLE_PLAIN : STYLE_DIM, row->name, row->length,
              width);
    for (guint k = 0; k < N_COUNTS; k++)
      show_count(painter, k, row->counts[k]);
    painter_end(painter);
  }
  painter_gap(painter);
}
