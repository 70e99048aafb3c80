/* SPDX-License-Identifier: Apache-2.0 */
/* What stands on page after page at the head or the foot: running titles, page numbers. */
#include "flow.h"

/* The parts of a page that are looked at, and how many lines there. */
#define ZONE       0.12
#define MOST_LINES 3
/* A line is left out that stands on so many pages, and on so large a part of them. */
#define LEAST_PAGES 3
#define LEAST_PART  0.4

/* 't' for the top of the page, 'b' for its foot, 0 for what lies between. */
static char find_zone(const Flow *flow, const Line *line)
{
  double height = g_array_index(flow->heights, double, line->page);
  if (line->box.bottom < ZONE * height)
    return 't';
  return line->box.top > (1 - ZONE) * height ? 'b' : 0;
}

/* The line with its place, and # for each number; a # of its own counts as another sign. */
static char *make_key(const Flow *flow, const Line *line, char zone)
{
  GString *key = g_string_new(NULL);
  g_string_append_c(key, zone);
  gboolean digits = FALSE;
  for (gsize i = line->start; i < line->end; i++) {
    char c = flow->text->str[i];
    if (!g_ascii_isdigit(c))
      g_string_append_c(key, c == '#' ? '?' : g_ascii_tolower(c));
    else if (!digits)
      g_string_append_c(key, '#');
    digits = g_ascii_isdigit(c);
  }
  return g_string_free(key, FALSE);
}

/* A line of one number and little else: how far it is from the page's place in the document. */
static char *make_number_key(const Flow *flow, const Line *line, char zone)
{
  static const char *const forms[] = {"#",     "- # -", "page #", "page # of #",
                                      "# / #", "#/#",   "| #",    NULL};
  g_autofree char *key = make_key(flow, line, zone);
  const char *first = flow->text->str + line->start;
  if (!g_strv_contains(forms, key + 1))
    return NULL;
  while (!g_ascii_isdigit(*first))
    first++;
  gint64 number = (gint64) g_ascii_strtoull(first, NULL, 10);
  return g_strdup_printf("number %c%" G_GINT64_FORMAT, zone, number - (gint64) line->page);
}

typedef struct {
  guint pages;
  guint last; /* the last page counted, from 1 */
} Count;

static void count(GHashTable *counts, char *key, guint page)
{
  if (key == NULL)
    return;
  Count *found = g_hash_table_lookup(counts, key);
  if (found == NULL) {
    found = g_new0(Count, 1);
    g_hash_table_insert(counts, key, found);
  } else {
    g_free(key);
  }
  found->pages += found->last == page + 1 ? 0 : 1;
  found->last = page + 1;
}

static gboolean is_often(GHashTable *counts, const char *key, guint least, double part, guint pages)
{
  const Count *found = key == NULL ? NULL : g_hash_table_lookup(counts, key);
  return found != NULL && found->pages >= least && found->pages >= part * pages;
}

/* How many of the page's lines are nearer to its edge, up to a number that is too many. */
static guint count_nearer(const Flow *flow, guint index, char zone)
{
  const Line *line = &g_array_index(flow->lines, Line, index);
  guint n = 0;
  for (int step = -1; step <= 1; step += 2)
    for (guint i = index + (guint) step, k = 0;
         i < flow->lines->len && k < 4 * MOST_LINES && n < MOST_LINES; i += (guint) step, k++) {
      const Line *other = &g_array_index(flow->lines, Line, i);
      if (other->page != line->page)
        break;
      double nearer = zone == 't' ? line->box.top - other->box.top : other->box.top - line->box.top;
      n += nearer > 0 ? 1 : 0;
    }
  return n;
}

guint flow_leave_out(Flow *flow)
{
  g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  guint pages = flow->heights->len, n = 0;
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < flow->lines->len; i++) {
      Line *line = &g_array_index(flow->lines, Line, i);
      char zone = find_zone(flow, line);
      if (zone == 0 || count_nearer(flow, i, zone) >= MOST_LINES)
        continue;
      g_autofree char *key = make_key(flow, line, zone);
      g_autofree char *number = make_number_key(flow, line, zone);
      if (pass == 0) {
        count(counts, g_steal_pointer(&key), line->page);
        count(counts, g_steal_pointer(&number), line->page);
      } else if (is_often(counts, key, LEAST_PAGES, LEAST_PART, pages) ||
                 is_often(counts, number, 2, 0.5, pages)) {
        line->left_out = TRUE;
        n++;
      }
    }
  return n;
}
