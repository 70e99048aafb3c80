/* SPDX-License-Identifier: Apache-2.0 */
/* Who accuses and who denies, side by side, document by document. */
#include "report.h"

enum { MOST_SIDES = 40, MOST_ITEMS = 8 };

typedef struct {
  AverBuffer items[2]; /* accusations, denials */
  guint n[2];
  char *title;
} Sides;

static void take_side(Sides *sides, const Report *report, const Place *place, const Fact *fact)
{
  guint side = *fact->cells[0] == 'a' ? 0 : 1;
  const char *name = fact->cells[3];
  AverBuffer *out = &sides->items[side];
  if (sides->n[side]++ >= MOST_ITEMS)
    return;
  if (*name == '\0')
    name = *fact->cells[2] == 'q' ? "Nobody named:" : "In the article’s words:";
  aver_page_print(out, "<li dir=\"auto\"><b>%s</b> ", name);
  append_link(out, report, place, g_ascii_toupper(*fact->cells[2]), fact->cells[1], fact->cells[4]);
  aver_page_print(out, "</li>\n");
}

static void append_cell(AverBuffer *out, const Sides *sides, guint side, const char *name)
{
  aver_page_print(out, "<td data-name=\"%s\">", name);
  if (sides->n[side] > 0) {
    aver_page_print(out, "<ul>\n");
    aver_buffer_append(out, sides->items[side].data, sides->items[side].length);
    aver_page_print(out, "</ul>\n");
  } else {
    aver_page_print(out, "–");
  }
  append_more(out, sides->n[side], MOST_ITEMS, "more");
  aver_page_print(out, "</td>");
}

static void append_row(AverBuffer *out, const Report *report, const Place *place,
                       const Sides *sides)
{
  aver_page_print(out, "<tr><th scope=\"row\" dir=\"auto\">");
  append_link(out, report, place, 'd', "", sides->title);
  aver_page_print(out, "</th>");
  append_cell(out, sides, 0, "accuses");
  append_cell(out, sides, 1, "denies");
  aver_page_print(out, "</tr>\n");
}

static void sides_clear(Sides *sides)
{
  g_clear_pointer(&sides->title, g_free);
  for (guint i = 0; i < 2; i++) {
    sides->items[i].length = 0;
    sides->n[i] = 0;
  }
}

/* Documents with both sides come first, then those with one. */
static guint64 append_rows(AverBuffer *out, const Report *report, Spool *spool, gboolean both,
                           guint *room)
{
  Sides sides = {0};
  Place place = {0};
  Fact fact;
  guint64 n = 0;
  spool_rewind(spool);
  while (spool_next(spool, &place.name)) {
    sides_clear(&sides);
    place.number++;
    while (spool_next_fact(spool, &fact))
      if (fact.kind == 'D') {
        g_free(sides.title);
        sides.title = g_strdup(fact.cells[5]);
      } else if (fact.kind == 'X') {
        take_side(&sides, report, &place, &fact);
      }
    if (sides.n[0] + sides.n[1] == 0 || (sides.n[0] > 0 && sides.n[1] > 0) != both)
      continue;
    n++;
    if (*room == 0)
      continue;
    append_row(out, report, &place, &sides);
    (*room)--;
  }
  sides_clear(&sides);
  aver_buffer_clear(&sides.items[0]);
  aver_buffer_clear(&sides.items[1]);
  return n;
}

void append_sides(AverBuffer *out, const Report *report, Spool *spool)
{
  guint room = MOST_SIDES;
  g_auto(AverBuffer) rows = {0};
  guint64 n = append_rows(&rows, report, spool, TRUE, &room);
  n += append_rows(&rows, report, spool, FALSE, &room);
  aver_page_print(
      out, "<section aria-labelledby=\"sides\">\n<h2 id=\"sides\">Accusations and denials</h2>\n");
  if (n == 0) {
    aver_page_print(out, "<p>None were found.</p>\n</section>\n");
    return;
  }
  aver_page_print(
      out, "<table class=\"sides\"><thead><tr><th scope=\"col\">Document</th>"
           "<th scope=\"col\">Who accuses</th><th scope=\"col\">Who denies</th></tr></thead>\n"
           "<tbody>\n");
  aver_buffer_append(out, rows.data, rows.length);
  aver_page_print(out, "</tbody></table>\n");
  append_more(out, n, MOST_SIDES, "documents with accusations or denials");
  aver_page_print(out, "</section>\n");
}
