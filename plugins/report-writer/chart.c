/* SPDX-License-Identifier: Apache-2.0 */
/* Quotes over time: a drawing, and the same figures as a table. */
#include "report.h"

enum { MOST_DAYS = 45, MOST_MONTHS = 48, MOST_BARS = 60, WIDTH = 720, HEIGHT = 160 };

typedef enum { BY_DAY, BY_MONTH, BY_YEARS } Step;

typedef struct {
  Step step;
  guint years; /* in a bar */
  gint64 first;
  guint n;
  guint64 *bars;
  guint64 highest;
} Chart;

static void split_day(gint64 day, guint *year, guint *month, guint *of_month)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32) day);
  *year = g_date_get_year(&date);
  *month = (guint) g_date_get_month(&date);
  *of_month = g_date_get_day(&date);
}

/* The number of the bar's unit, counted from a time before all. */
static gint64 unit_of(const Chart *chart, gint64 day)
{
  guint year, month, of_month;
  split_day(day, &year, &month, &of_month);
  if (chart->step == BY_DAY)
    return day;
  return chart->step == BY_MONTH ? year * 12 + month - 1 : year / chart->years;
}

static gboolean find_limits(gpointer day, gpointer count, gpointer data)
{
  gint64 *limits = data;
  (void) count;
  limits[0] = limits[0] < 0 ? (gint64) GPOINTER_TO_SIZE(day) : limits[0];
  limits[1] = (gint64) GPOINTER_TO_SIZE(day);
  return FALSE;
}

static gboolean fill_bar(gpointer day, gpointer count, gpointer data)
{
  Chart *chart = data;
  guint64 *bar = &chart->bars[unit_of(chart, (gint64) GPOINTER_TO_SIZE(day)) - chart->first];
  *bar += *(guint64 *) count;
  chart->highest = MAX(chart->highest, *bar);
  return FALSE;
}

static void choose_step(Chart *chart, const gint64 limits[2])
{
  chart->years = 1;
  chart->step = limits[1] - limits[0] < MOST_DAYS ? BY_DAY : BY_MONTH;
  if (chart->step == BY_MONTH &&
      unit_of(chart, limits[1]) - unit_of(chart, limits[0]) >= MOST_MONTHS)
    chart->step = BY_YEARS;
  while (chart->step == BY_YEARS &&
         unit_of(chart, limits[1]) - unit_of(chart, limits[0]) >= MOST_BARS)
    chart->years *= 10;
  chart->first = unit_of(chart, limits[0]);
  chart->n = (guint) (unit_of(chart, limits[1]) - chart->first) + 1;
}

static void append_when(AverBuffer *out, const Chart *chart, guint bar)
{
  guint year, month, of_month;
  gint64 unit = chart->first + bar;
  if (chart->step == BY_DAY) {
    split_day(unit, &year, &month, &of_month);
    aver_buffer_printf(out, "%04u-%02u-%02u", year, month, of_month);
  } else if (chart->step == BY_MONTH) {
    aver_buffer_printf(out, "%04u-%02u", (guint) (unit / 12), (guint) (unit % 12) + 1);
  } else {
    aver_buffer_printf(out, chart->years == 1 ? "%04u" : "from %04u", (guint) unit * chart->years);
  }
}

static void append_label(AverBuffer *out, const Chart *chart, guint bar, guint x,
                         const char *anchor)
{
  aver_page_print(out, "<text x=\"%u\" y=\"%u\" text-anchor=\"%s\">", x, HEIGHT + 18, anchor);
  append_when(out, chart, bar);
  aver_page_print(out, "</text>\n");
}

static void append_drawing(AverBuffer *out, const Chart *chart)
{
  guint step = MIN(WIDTH / chart->n, 60);
  aver_page_print(out,
                  "<svg class=\"chart\" viewBox=\"0 0 %u %u\" role=\"img\" "
                  "aria-label=\"Quotes over time; the table below has the figures\">\n"
                  "<text x=\"0\" y=\"12\">",
                  WIDTH, HEIGHT + 24);
  aver_buffer_printf(out, "%" G_GUINT64_FORMAT " quotes</text>\n", chart->highest);
  aver_page_print(out, "<path d=\"M0 %uH%u\"/>\n", HEIGHT, WIDTH);
  for (guint i = 0; i < chart->n; i++) {
    guint height =
        chart->highest == 0 ? 0 : (guint) (chart->bars[i] * (HEIGHT - 20) / chart->highest);
    aver_page_print(out, "<rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\"/>\n", i * step,
                    HEIGHT - height, step > 4 ? step - 2 : step, height);
  }
  append_label(out, chart, 0, 0, "start");
  if (chart->n > 1)
    append_label(out, chart, chart->n - 1, MAX(chart->n * step, 240), "end");
  aver_page_print(out, "</svg>\n");
}

static void append_table(AverBuffer *out, const Chart *chart)
{
  aver_page_print(
      out, "<details><summary>The figures</summary>\n<table><thead><tr><th scope=\"col\">When</th>"
           "<th scope=\"col\">Quotes</th></tr></thead>\n<tbody>\n");
  for (guint i = 0; i < chart->n; i++) {
    if (chart->bars[i] == 0)
      continue;
    aver_page_print(out, "<tr><th scope=\"row\">");
    append_when(out, chart, i);
    aver_buffer_printf(out, "</th><td>%" G_GUINT64_FORMAT "</td></tr>\n", chart->bars[i]);
  }
  aver_page_print(out, "</tbody></table></details>\n");
}

void append_chart(AverBuffer *out, const Tally *tally)
{
  Chart chart = {0};
  gint64 limits[2] = {-1, -1};
  aver_page_print(out, "<section aria-labelledby=\"time\">\n<h2 id=\"time\">Over time</h2>\n");
  g_tree_foreach(tally->days, find_limits, limits);
  if (limits[0] < 0) {
    aver_page_print(out, "<p>No document says when it was published.</p>\n</section>\n");
    return;
  }
  choose_step(&chart, limits);
  chart.bars = g_new0(guint64, chart.n);
  g_tree_foreach(tally->days, fill_bar, &chart);
  append_drawing(out, &chart);
  append_table(out, &chart);
  append_more(out, tally->undated, 0, "documents have no date that could be read");
  g_free(chart.bars);
  aver_page_print(out, "</section>\n");
}
