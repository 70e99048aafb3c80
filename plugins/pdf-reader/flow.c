/* SPDX-License-Identifier: Apache-2.0 */
/* Lines gathered from characters, and joined to paragraphs. */
#include "flow.h"

#include <math.h>

/* In units of the characters' height. */
#define SAME_LINE 0.4
#define INDENT    0.8
/* Another size of type, as a part of the smaller. */
#define OTHER_SIZE 0.12
/* So much more than the usual distance from line to line begins a paragraph. */
#define WIDE 1.3
/* A line without a full stop ends early when so much of the column's width is free. */
#define FREE 0.3

void flow_init(Flow *flow)
{
  flow->text = g_string_new(NULL);
  flow->lines = g_array_new(FALSE, FALSE, sizeof(Line));
  flow->heights = g_array_new(FALSE, FALSE, sizeof(double));
  flow->columns = g_array_new(FALSE, FALSE, sizeof(Column));
}

void flow_clear(Flow *flow)
{
  g_string_free(flow->text, TRUE);
  g_array_unref(flow->lines);
  g_array_unref(flow->heights);
  g_array_unref(flow->columns);
}

static gboolean is_good(const Box *box)
{
  return isfinite(box->left) && isfinite(box->right) && isfinite(box->top) &&
         isfinite(box->bottom) && box->left <= box->right && box->top <= box->bottom;
}

static void widen(Line *line, const Box *box)
{
  Box *all = &line->box;
  if (box == NULL || !is_good(box))
    return;
  gboolean first = all->left > all->right;
  all->left = first ? box->left : MIN(all->left, box->left);
  all->right = first ? box->right : MAX(all->right, box->right);
  all->top = first ? box->top : MIN(all->top, box->top);
  all->bottom = first ? box->bottom : MAX(all->bottom, box->bottom);
  line->size += box->bottom - box->top;
}

/* Ligatures are letters; white space is one space; what cannot be seen is nothing. */
static void append_character(GString *text, gsize start, gunichar c)
{
  static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
  if (c >= 0xfb00 && c <= 0xfb06)
    g_string_append(text, ligatures[c - 0xfb00]);
  else if (g_unichar_isspace(c) || c == 0xa0)
    g_string_append(text, text->len > start && text->str[text->len - 1] != ' ' ? " " : "");
  else if (!g_unichar_iscntrl(c) && c != 0xfeff && c != 0xfffe)
    g_string_append_unichar(text, c);
}

static void begin_line(Flow *flow, Line *line)
{
  *line = (Line){.start = flow->text->len, .box = {.left = 1, .right = 0}};
  line->page = flow->heights->len - 1;
}

static gboolean is_below(const Line *before, const Line *line)
{
  double drop = line->box.top - before->box.top;
  gboolean beside = line->box.left > before->box.right || line->box.right < before->box.left;
  return line->page == before->page && drop > -SAME_LINE * line->size &&
         (!beside || fabs(drop) <= SAME_LINE * line->size);
}

static void put_into_column(Flow *flow, Line *line)
{
  const Line *before =
      flow->lines->len == 0 ? NULL : &g_array_index(flow->lines, Line, flow->lines->len - 1);
  if (before == NULL || !is_below(before, line)) {
    Column column = {line->box.left, line->box.right};
    g_array_append_val(flow->columns, column);
  }
  line->column = flow->columns->len - 1;
  Column *column = &g_array_index(flow->columns, Column, line->column);
  column->left = MIN(column->left, line->box.left);
  column->right = MAX(column->right, line->box.right);
}

static void end_line(Flow *flow, Line *line)
{
  while (flow->text->len > line->start && flow->text->str[flow->text->len - 1] == ' ')
    g_string_truncate(flow->text, flow->text->len - 1);
  line->end = flow->text->len;
  if (line->end == line->start)
    return;
  if (line->box.left > line->box.right)
    line->box = (Box){0};
  line->size /= MAX(line->n_characters, 1);
  put_into_column(flow, line);
  g_array_append_val(flow->lines, *line);
}

void flow_add_page(Flow *flow, const char *text, const Box *boxes, guint n_boxes, double height)
{
  Line line;
  guint i = 0;
  g_array_append_val(flow->heights, height);
  begin_line(flow, &line);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), i++) {
    gunichar c = g_utf8_get_char(p);
    if (c == '\n') {
      end_line(flow, &line);
      begin_line(flow, &line);
      continue;
    }
    append_character(flow->text, line.start, c);
    if (g_unichar_isspace(c))
      continue;
    line.n_characters++;
    widen(&line, i < n_boxes ? &boxes[i] : NULL);
  }
  end_line(flow, &line);
}

static gunichar first_of(const Flow *flow, const Line *line)
{
  return g_utf8_get_char(flow->text->str + line->start);
}

static gboolean ends_sentence(const Flow *flow, const Line *line)
{
  const char *end = flow->text->str + line->end;
  for (guint i = 0; i < 3 && end > flow->text->str + line->start; i++) {
    end = g_utf8_prev_char(end);
    gunichar c = g_utf8_get_char(end);
    if (c < 0x80 ? strchr(".!?:", (int) c) != NULL : c == 0x2026)
      return TRUE;
    if (c < 0x80 ? strchr("\"')]", (int) c) == NULL : c != 0x201d && c != 0x2019 && c != 0xbb)
      return FALSE;
  }
  return FALSE;
}

static gboolean goes_on(const Flow *flow, const Line *line)
{
  gunichar c = g_utf8_get_char(g_utf8_prev_char(flow->text->str + line->end));
  return c == ',' || c == '-' || c == 0x2010 || c == 0xad;
}

static gboolean begins_item(const Flow *flow, const Line *line)
{
  gunichar c = first_of(flow, line);
  gboolean mark = c == 0x2022 || c == 0x25e6 || c == 0x25aa || c == 0x25cf || c == 0x2023;
  return mark || ((c == '*' || c == '-' || c == 0x2013) && line->end > line->start + 1 &&
                  *g_utf8_next_char(flow->text->str + line->start) == ' ');
}

/* Whether the line's first word would have fitted behind the line before it. */
static gboolean ends_early(const Flow *flow, const Line *before, const Line *line, gboolean *far)
{
  const Column *column = &g_array_index(flow->columns, Column, before->column);
  const char *text = flow->text->str + line->start;
  const char *space = memchr(text, ' ', line->end - line->start);
  gsize bytes = space == NULL ? line->end - line->start : (gsize) (space - text);
  double width = line->box.right - line->box.left;
  double word = width * (double) bytes / (double) MAX(line->end - line->start, 1);
  double room = column->right - before->box.right;
  *far = room > FREE * (column->right - column->left);
  return word + 0.3 * line->size < room;
}

static gboolean begins_in_column(const Flow *flow, const Line *before, const Line *line,
                                 double usual)
{
  const Column *column = &g_array_index(flow->columns, Column, line->column);
  double drop = line->box.top - before->box.top;
  gboolean small = g_unichar_islower(first_of(flow, line)), far;
  if (drop > WIDE * usual * line->size || begins_item(flow, line))
    return TRUE;
  if (!small && line->box.left > column->left + INDENT * line->size &&
      before->box.left < line->box.left - INDENT / 2 * line->size)
    return TRUE;
  return ends_early(flow, before, line, &far) &&
         (ends_sentence(flow, before) || (far && !small && !goes_on(flow, before)));
}

static gboolean begins_paragraph(const Flow *flow, const Line *before, const Line *line,
                                 double usual)
{
  gboolean far;
  if (fabs(line->size - before->size) > OTHER_SIZE * MIN(line->size, before->size))
    return TRUE;
  if (line->column == before->column)
    return begins_in_column(flow, before, line, usual);
  if (g_unichar_islower(first_of(flow, line)))
    return FALSE;
  return !goes_on(flow, before) &&
         (ends_sentence(flow, before) || ends_early(flow, before, line, &far));
}

static int compare_doubles(gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* The distance from line to line within paragraphs, in units of the characters' height: the lower
 * quartile, as some lines are paragraphs of their own. */
static double find_distance(const Flow *flow)
{
  g_autoptr(GArray) distances = g_array_new(FALSE, FALSE, sizeof(double));
  for (guint i = 1; i < flow->lines->len; i++) {
    const Line *before = &g_array_index(flow->lines, Line, i - 1);
    const Line *line = &g_array_index(flow->lines, Line, i);
    double distance = (line->box.top - before->box.top) / line->size;
    if (line->column == before->column && distance > SAME_LINE && distance < 10)
      g_array_append_val(distances, distance);
  }
  g_array_sort(distances, compare_doubles);
  return distances->len == 0 ? 10 : g_array_index(distances, double, (distances->len - 1) / 4);
}

static gboolean is_same_line(const Line *before, const Line *line)
{
  return line->column == before->column &&
         fabs(line->box.top - before->box.top) <= SAME_LINE * line->size;
}

static void append_line(const Flow *flow, const Words *words, const Line *before, const Line *line,
                        double usual, GString *out)
{
  const char *text = flow->text->str + line->start;
  gsize length = line->end - line->start;
  if (before == NULL) {
    /* the first */
  } else if (is_same_line(before, line)) {
    g_string_append_c(out, ' ');
  } else if (begins_paragraph(flow, before, line, usual)) {
    g_string_append(out, "\n\n");
  } else {
    int hyphen = words_get_hyphen(words, flow->text->str + before->start,
                                  before->end - before->start, text, length);
    if (hyphen < 0)
      g_string_append_c(out, ' ');
    else
      g_string_truncate(out, out->len - (gsize) hyphen);
  }
  g_string_append_len(out, text, (gssize) length);
}

void flow_write(Flow *flow, GString *out)
{
  double usual = find_distance(flow);
  Words *words = words_new(flow);
  const Line *before = NULL;
  for (guint i = 0; i < flow->lines->len; i++) {
    const Line *line = &g_array_index(flow->lines, Line, i);
    if (line->left_out)
      continue;
    append_line(flow, words, before, line, usual, out);
    before = line;
  }
  g_hash_table_unref(words);
}
