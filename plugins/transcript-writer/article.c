/* SPDX-License-Identifier: Apache-2.0 */
/* The article: paragraphs, with the words of every quote marked, and notes under them. */
#include "transcript.h"

typedef enum {
  MARK_CONTENT,
  MARK_CUE,
  MARK_SOURCE,
} MarkKind;

/* One end of a span of a quote. */
typedef struct {
  guint32 offset;
  guint32 other; /* the other end */
  guint32 quote;
  guint8 kind;
  guint8 opens;
} Mark;

/* Ends before beginnings; what is outside begins first and ends last. */
static int compare_marks(gconstpointer a, gconstpointer b)
{
  const Mark *one = a, *other = b;
  if (one->offset != other->offset)
    return one->offset < other->offset ? -1 : 1;
  if (one->opens != other->opens)
    return one->opens ? 1 : -1;
  if (one->other != other->other)
    return one->other > other->other ? -1 : 1;
  if (one->quote != other->quote)
    return (one->quote < other->quote) == one->opens ? -1 : 1;
  return (int) one->kind - (int) other->kind;
}

static void add_marks(const View *view, guint32 quote, guint32 column, MarkKind kind)
{
  guint32 n;
  const AverSpan *spans = aver_layer_get_spans_cell(view->quotes, quote, column, &n);
  for (guint32 i = 0; i < n; i++) {
    if (spans[i].start >= spans[i].end)
      continue;
    Mark open = {spans[i].start, spans[i].end, quote, (guint8) kind, TRUE};
    Mark close = {spans[i].end, spans[i].start, quote, (guint8) kind, FALSE};
    g_array_append_val(view->scratch->marks, open);
    g_array_append_val(view->scratch->marks, close);
  }
}

static void collect_marks(const View *view)
{
  Scratch *scratch = view->scratch;
  if (scratch->marks == NULL) {
    scratch->marks = g_array_new(FALSE, FALSE, sizeof(Mark));
    scratch->open = g_array_new(FALSE, FALSE, sizeof(guint32));
  }
  g_array_set_size(scratch->marks, 0);
  g_array_set_size(scratch->open, 0);
  for (guint32 i = 0; i < view->n_quotes; i++) {
    add_marks(view, i, AVER_QUOTE_CONTENT, MARK_CONTENT);
    add_marks(view, i, AVER_QUOTE_CUE, MARK_CUE);
    add_marks(view, i, AVER_QUOTE_SOURCE, MARK_SOURCE);
  }
  g_array_sort(scratch->marks, compare_marks);
}

/* Where the article is being shown. */
typedef struct {
  const View *view;
  guint32 position;
  guint32 sentence; /* the first that does not end before the position */
  guint mark;       /* the next one */
  guint n_cues, n_sources;
  guint32 quote, claim; /* the next without a note */
} Place;

static guint style_here(const Place *place)
{
  const GArray *open = place->view->scratch->open;
  guint style = STYLE_PLAIN;
  if (open->len > 0)
    style = quote_style(place->view, g_array_index(open, guint32, open->len - 1));
  return style | (place->n_cues > 0 ? STYLE_UNDERLINE : 0) |
         (place->n_sources > 0 ? STYLE_BOLD : 0);
}

static void leave_quote(GArray *open, guint32 quote)
{
  for (guint i = open->len; i > 0; i--) {
    if (g_array_index(open, guint32, i - 1) == quote) {
      g_array_remove_index(open, i - 1);
      return;
    }
  }
}

static void pass_mark(Place *place, const Mark *mark)
{
  char label[16];
  Painter *painter = &place->view->scratch->painter;
  GArray *open = place->view->scratch->open;
  if (mark->kind == MARK_CUE)
    place->n_cues += mark->opens ? 1 : (guint) -1;
  else if (mark->kind == MARK_SOURCE)
    place->n_sources += mark->opens ? 1 : (guint) -1;
  if (mark->kind != MARK_CONTENT)
    return;
  if (mark->opens) {
    g_array_append_val(open, mark->quote);
    if (!painter->colour)
      painter_string(painter, STYLE_PLAIN, "⟦");
    return;
  }
  leave_quote(open, mark->quote);
  if (!painter->colour)
    painter_glue(painter, STYLE_PLAIN, "⟧");
  painter_glue(painter, STYLE_DIM | quote_style(place->view, mark->quote),
               quote_label(mark->quote, label));
}

/* Marks that close here belong to this paragraph, those that open here to what comes next. */
static void show_text(Place *place, guint32 end)
{
  const View *view = place->view;
  const GArray *marks = view->scratch->marks;
  for (;;) {
    const Mark *mark = place->mark < marks->len ? &g_array_index(marks, Mark, place->mark) : NULL;
    guint32 until = mark == NULL ? end : CLAMP(mark->offset, place->position, end);
    painter_text(&view->scratch->painter, style_here(place), view->text + place->position,
                 until - place->position);
    place->position = until;
    if (mark == NULL || mark->offset > end || (mark->offset == end && mark->opens))
      return;
    pass_mark(place, mark);
    place->mark++;
  }
}

static gboolean in_sentence(Place *place, guint32 offset)
{
  const View *view = place->view;
  const AverSpan *rows = view->n_sentences > 0 ? aver_layer_get_spans(view->sentences) : NULL;
  while (place->sentence < view->n_sentences && rows[place->sentence].end <= offset)
    place->sentence++;
  return place->sentence < view->n_sentences && rows[place->sentence].start < offset;
}

/* A blank line ends a paragraph, and so does the end of a line outside of sentences: there are
 * texts with a blank line between paragraphs, with none, and with lines broken anywhere. */
static guint32 paragraph_end(Place *place)
{
  const char *text = place->view->text;
  guint32 length = place->view->length;
  for (guint32 i = place->position; i < length; i++) {
    const char *found = memchr(text + i, '\n', length - i);
    if (found == NULL)
      break;
    i = (guint32) (found - text);
    guint32 next = i + 1;
    while (next < length && (text[next] == ' ' || text[next] == '\t' || text[next] == '\r'))
      next++;
    if (next >= length || text[next] == '\n' || !in_sentence(place, i))
      return i;
  }
  return length;
}

static guint32 skip_space(const View *view, guint32 position)
{
  guint n;
  while (position < view->length && (n = aver_text_space(view->text, view->length, position)) > 0)
    position += n;
  return position;
}

/* The notes of all that starts before the end of the paragraph. */
static void show_notes(Place *place, guint32 end)
{
  const View *view = place->view;
  guint32 quote = place->quote, claim = place->claim;
  const AverSpan *claims = view->n_claims > 0 ? aver_layer_get_spans(view->claims) : NULL;
  while (place->quote < view->n_quotes && quote_start(view, place->quote) < end)
    place->quote++;
  while (place->claim < view->n_claims && claims[place->claim].start < end)
    place->claim++;
  notes_show(view, quote, place->quote, claim, place->claim);
}

void article_show(const View *view)
{
  Painter *painter = &view->scratch->painter;
  Place place = {.view = view};
  collect_marks(view);
  notes_prepare(view);
  while ((place.position = skip_space(view, place.position)) < view->length) {
    guint32 end = paragraph_end(&place);
    painter_begin(painter, "", 0);
    show_text(&place, aver_text_trim(view->text, (AverSpan){place.position, end}).end);
    painter_end(painter);
    place.position = end;
    show_notes(&place, end < view->length ? end : G_MAXUINT32);
    painter_gap(painter);
  }
}
