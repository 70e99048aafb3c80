/* SPDX-License-Identifier: Apache-2.0 */
/* The tally of a run: counted exactly, of so many names at most; the rest is counted as the rest.
 */
#include "report.h"

#define MOST_SPEAKERS 100000
#define MOST_KEYS     40000

static void speaker_free(gpointer data)
{
  Speaker *speaker = data;
  g_free(speaker->name);
  g_free(speaker);
}

static int compare_text(gconstpointer a, gconstpointer b, gpointer data)
{
  (void) data;
  return strcmp(a, b);
}

static int compare_days(gconstpointer a, gconstpointer b, gpointer data)
{
  (void) data;
  gsize one = GPOINTER_TO_SIZE(a), other = GPOINTER_TO_SIZE(b);
  return one < other ? -1 : one > other;
}

void tally_init(Tally *tally)
{
  *tally = (Tally){0};
  tally->by_name = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, speaker_free);
  tally->ranked = g_ptr_array_new();
  tally->labels = g_tree_new_full(compare_text, NULL, g_free, g_free);
  tally->layers = g_tree_new_full(compare_text, NULL, g_free, g_free);
  tally->days = g_tree_new_full(compare_days, NULL, NULL, g_free);
}

void tally_clear(Tally *tally)
{
  g_hash_table_unref(tally->by_name);
  g_ptr_array_unref(tally->ranked);
  g_tree_unref(tally->labels);
  g_tree_unref(tally->layers);
  g_tree_unref(tally->days);
}

/* NULL when there are too many. */
static Speaker *find(Tally *tally, const char *name)
{
  Speaker *speaker = g_hash_table_lookup(tally->by_name, name);
  if (speaker != NULL || tally->ranked->len >= MOST_SPEAKERS)
    return speaker;
  speaker = g_new0(Speaker, 1);
  speaker->name = g_strdup(name);
  g_hash_table_insert(tally->by_name, speaker->name, speaker);
  g_ptr_array_add(tally->ranked, speaker);
  return speaker;
}

static void add_to(GTree *tree, const char *key, guint64 n)
{
  guint64 *count = g_tree_lookup(tree, key);
  if (count == NULL && g_tree_nnodes(tree) >= 1000)
    return;
  if (count == NULL)
    g_tree_insert(tree, g_strdup(key), count = g_new0(guint64, 1));
  *count += n;
}

static void appear(Speaker *speaker, guint64 document)
{
  speaker->documents += speaker->last != document ? 1 : 0;
  speaker->last = document;
}

static guint read_digits(const char *text, guint n, guint most)
{
  guint value = 0;
  for (guint i = 0; i < n; i++) {
    if (!g_ascii_isdigit(text[i]))
      return 0;
    value = value * 10 + (guint) (text[i] - '0');
  }
  return value <= most ? value : 0;
}

gint64 read_day(const char *date)
{
  if (strlen(date) < 10 || date[4] != '-' || date[7] != '-' || g_ascii_isdigit(date[10]))
    return -1;
  guint year = read_digits(date, 4, 9999), month = read_digits(date + 5, 2, 12);
  guint day = read_digits(date + 8, 2, 31);
  if (year == 0 || month == 0 || day == 0 ||
      !g_date_valid_dmy((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return -1;
  GDate known;
  g_date_clear(&known, 1);
  g_date_set_dmy(&known, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return g_date_get_julian(&known);
}

static void count_document(Tally *tally, const Fact *fact)
{
  const char *date = fact->cells[3];
  gint64 day = read_day(date);
  guint quotes = fact_number(fact, 1);
  tally->documents++;
  tally->bytes += fact_number(fact, 0);
  tally->quotes += quotes;
  guint64 *count = day < 0 ? NULL : g_tree_lookup(tally->days, GSIZE_TO_POINTER((gsize) day));
  if (day < 0 || (count == NULL && g_tree_nnodes(tally->days) >= MOST_KEYS)) {
    tally->undated++;
    return;
  }
  if (count == NULL)
    g_tree_insert(tally->days, GSIZE_TO_POINTER((gsize) day), count = g_new0(guint64, 1));
  *count += quotes;
  if (*tally->first == '\0' || strncmp(date, tally->first, 10) < 0)
    g_snprintf(tally->first, sizeof tally->first, "%.10s", date);
  if (strncmp(date, tally->last, 10) > 0)
    g_snprintf(tally->last, sizeof tally->last, "%.10s", date);
}

static void count_quote(Tally *tally, const Fact *fact)
{
  Speaker *speaker = find(tally, fact->cells[3]);
  guint kind = fact_number(fact, 1), words = fact_number(fact, 2);
  tally->words += words;
  if (kind < 3)
    tally->kinds[kind]++;
  tally->unlisted_quotes += speaker == NULL ? 1 : 0;
  if (speaker == NULL)
    return;
  speaker->quotes++;
  speaker->words += words;
  if (kind < 3)
    speaker->kinds[kind]++;
  appear(speaker, tally->documents);
}

/* Nobody's claim is the article's own. */
static Speaker *find_claimant(Tally *tally, const char *name)
{
  return *name == '\0' ? &tally->article : find(tally, name);
}

static void count_claim(Tally *tally, const Fact *fact)
{
  guint types = fact_number(fact, 3);
  gboolean worthy = strcmp(fact->cells[4], "CFS") == 0;
  Speaker *claimant = find_claimant(tally, fact->cells[5]);
  tally->claims++;
  tally->worthy += worthy ? 1 : 0;
  add_to(tally->labels, aver_page_describe_label(fact->cells[4]), 1);
  for (guint bit = 0; bit < 32; bit++)
    tally->types[bit] += types >> bit & 1;
  if (claimant == NULL)
    return;
  claimant->claims++;
  claimant->worthy += worthy ? 1 : 0;
  appear(claimant, tally->documents);
}

static void count_side(Tally *tally, const Fact *fact)
{
  gboolean quote = *fact->cells[2] == 'q';
  Speaker *speaker = quote ? find(tally, fact->cells[3]) : find_claimant(tally, fact->cells[3]);
  if (speaker == NULL)
    return;
  if (*fact->cells[0] == 'a')
    speaker->accuses++;
  else
    speaker->denies++;
}

/* The most quoted first, then by name; nobody last. */
static int compare_speakers(gconstpointer a, gconstpointer b)
{
  const Speaker *one = *(Speaker *const *) a, *other = *(Speaker *const *) b;
  if ((*one->name == '\0') != (*other->name == '\0'))
    return *one->name == '\0' ? 1 : -1;
  if (one->quotes != other->quotes)
    return one->quotes > other->quotes ? -1 : 1;
  if (one->words != other->words)
    return one->words > other->words ? -1 : 1;
  return strcmp(one->name, other->name);
}

void tally_count(Tally *tally, Spool *spool)
{
  const char *name;
  Fact fact;
  spool_rewind(spool);
  while (spool_next(spool, &name))
    while (spool_next_fact(spool, &fact)) {
      if (fact.kind == 'D')
        count_document(tally, &fact);
      else if (fact.kind == 'Q')
        count_quote(tally, &fact);
      else if (fact.kind == 'C')
        count_claim(tally, &fact);
      else if (fact.kind == 'X')
        count_side(tally, &fact);
      else if (fact.kind == 'L')
        add_to(tally->layers, fact.cells[1], fact_number(&fact, 0));
    }
  g_ptr_array_sort(tally->ranked, compare_speakers);
}
