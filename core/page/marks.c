/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a document, with quotes, cues, sources and claims marked where they are. */
#include "page-private.h"

/* What lies over each other is underlined at so many heights; what is beyond has its number only.
 */
#define N_LANES 4

/* Words of a name that are looked for. */
#define MOST_NAME_PARTS 16

/* How check-worthy a sentence has to be to be marked. */
#define LEAST_SCORE 0.05f

typedef enum {
  END_CLAIM, /* ends come before what starts at the same place */
  END_SOURCE,
  END_CUE,
  END_CONTENT,
  START_CONTENT,
  START_FIRST, /* the first piece of the content */
  START_CUE,
  START_SOURCE,
} EventKind;

typedef struct {
  guint32 offset;
  guint32 row;
  EventKind kind;
} Event;

typedef struct {
  const AverPage *page;
  AverBuffer *out;
  gint64 lanes[N_LANES]; /* rows of quotes, or -1 */
  gint64 cue, source;    /* the row whose cue or source it is, or -1 */
  guint32 explained;     /* where the source ended that was explained last */
} Marker;

static int compare_events(gconstpointer a, gconstpointer b)
{
  const Event *one = a, *other = b;
  if (one->offset != other->offset)
    return one->offset < other->offset ? -1 : 1;
  if (one->kind != other->kind)
    return one->kind < other->kind ? -1 : 1;
  return one->row < other->row ? -1 : one->row > other->row;
}

static void add_spans(GArray *events, const AverLayer *layer, guint32 row, guint32 column,
                      const EventKind kinds[3])
{
  guint32 n;
  gboolean first = TRUE;
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, column, &n);
  for (guint32 i = 0; i < n; i++) {
    if (spans[i].start >= spans[i].end)
      continue;
    const Event start = {spans[i].start, row, first ? kinds[0] : kinds[1]};
    const Event end = {spans[i].end, row, kinds[2]};
    g_array_append_val(events, start);
    g_array_append_val(events, end);
    first = FALSE;
  }
}

/* Whether the text shows the claim, too: not a sentence's that hardly is one. */
gboolean is_marked(const AverLayer *claims, guint32 row)
{
  float score = aver_layer_get_f32(claims, row, AVER_CLAIM_CHECKWORTHY);
  return aver_page_lists_claim(claims, row) &&
         (aver_layer_get_i32(claims, row, AVER_CLAIM_QUOTE) >= 0 || !(score < LEAST_SCORE));
}

static GArray *list_events(const AverPage *page)
{
  static const EventKind content[] = {START_FIRST, START_CONTENT, END_CONTENT};
  static const EventKind cue[] = {START_CUE, START_CUE, END_CUE};
  static const EventKind source[] = {START_SOURCE, START_SOURCE, END_SOURCE};
  GArray *events = g_array_new(FALSE, FALSE, sizeof(Event));
  guint32 n = page->quotes == NULL ? 0 : aver_layer_get_n_rows(page->quotes);
  for (guint32 row = 0; row < n; row++) {
    add_spans(events, page->quotes, row, AVER_QUOTE_CONTENT, content);
    add_spans(events, page->quotes, row, AVER_QUOTE_CUE, cue);
    add_spans(events, page->quotes, row, AVER_QUOTE_SOURCE, source);
  }
  n = page->claims == NULL ? 0 : aver_layer_get_n_rows(page->claims);
  for (guint32 row = 0; row < n; row++) {
    const Event end = {aver_layer_get_spans(page->claims)[row].end, row, END_CLAIM};
    if (is_marked(page->claims, row))
      g_array_append_val(events, end);
  }
  g_array_sort(events, compare_events);
  return events;
}

/* A text without line ends between spans of each thing that it is part of. */
static void append_piece(const Marker *marker, const char *text, gsize length)
{
  const AverPage *page = marker->page;
  AverBuffer *out = marker->out;
  guint n = 0;
  gint64 link = marker->cue >= 0 ? marker->cue : marker->source;
  for (guint i = 0; i < N_LANES; i++) {
    gint64 row = marker->lanes[i];
    if (row < 0)
      continue;
    gint32 kind = aver_layer_get_i32(page->quotes, (guint32) row, AVER_QUOTE_KIND);
    aver_page_print(out, "<span class=\"q %s l%u s%u\">",
                    get_name(&aver_quote_layer, AVER_QUOTE_KIND, kind), i,
                    get_filter(page, get_speaker(page->quotes, (guint32) row)));
    n++;
  }
  if (link >= 0)
    aver_page_print(out, "<a class=\"%s\" href=\"#" AT "Q%u\">", marker->cue >= 0 ? "cue" : "src",
                    (guint) link);
  aver_page_print_text(out, text, length);
  aver_page_print(out, link >= 0 ? "</a>" : "");
  while (n-- > 0)
    aver_page_print(out, "</span>");
}

/* Where an empty line is, or the end; @next gets where the text goes on. */
static const char *find_break(const char *text, const char *end, const char **next)
{
  for (const char *p = text; (p = memchr(p, '\n', (gsize) (end - p))) != NULL; p++) {
    const char *q = p + 1;
    guint lines = 1;
    for (; q < end && g_ascii_isspace(*q); q++)
      lines += *q == '\n';
    if (lines > 1) {
      *next = q;
      return p;
    }
    p = q - 1;
  }
  *next = end;
  return end;
}

static void append_stretch(const Marker *marker, guint32 from, guint32 to)
{
  const char *text = marker->page->text + from, *end = marker->page->text + to, *next;
  while (text < end) {
    const char *stop = find_break(text, end, &next);
    if (stop > text)
      append_piece(marker, text, (gsize) (stop - text));
    if (stop < end)
      aver_page_print(marker->out, "</p>\n<p dir=\"auto\">");
    text = next;
  }
}

/* Whether a word of the name, letter case aside, is among the words. */
static gboolean is_named_by(const char *words, gsize length, const char *name)
{
  g_autofree char *given = g_strndup(words, length);
  g_autofree char *folded = g_utf8_casefold(given, -1), *folded_name = g_utf8_casefold(name, -1);
  g_auto(GStrv) parts = g_strsplit(folded_name, " ", MOST_NAME_PARTS);
  for (guint i = 0; parts[i] != NULL; i++)
    if ((strlen(parts[i]) >= 3 || parts[i + 1] == NULL) && strstr(folded, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Whom a pronoun, or another word that is no name, stands for. */
static void explain_source(Marker *marker, const Event *event)
{
  guint32 n;
  const AverLayer *quotes = marker->page->quotes;
  const AverSpan *spans = aver_layer_get_spans_cell(quotes, event->row, AVER_QUOTE_SOURCE, &n);
  const char *name = get_speaker(quotes, event->row);
  if (*name == '\0' || event->offset == marker->explained || spans[n - 1].end != event->offset)
    return;
  marker->explained = event->offset;
  const AverSpan whole = {spans[0].start, MIN(spans[n - 1].end, spans[0].start + 1000)};
  if (!is_named_by(marker->page->text + whole.start, whole.end - whole.start, name))
    aver_page_print(marker->out, " <small class=\"who\">[%s]</small>", name);
}

static void begin_content(Marker *marker, const Event *event)
{
  const char *name = get_speaker(marker->page->quotes, event->row);
  if (event->kind == START_FIRST)
    aver_page_print(marker->out,
                    "<a class=\"n s%u\" id=\"" AT "q%u\" href=\"#" AT "Q%u\" title=\"%s\">%u</a>",
                    get_filter(marker->page, name), event->row, event->row,
                    *name == '\0' ? "nobody named" : name, event->row + 1);
  for (guint i = 0; i < N_LANES; i++)
    if (marker->lanes[i] < 0) {
      marker->lanes[i] = event->row;
      return;
    }
}

static void end_content(Marker *marker, guint32 row)
{
  for (guint i = 0; i < N_LANES; i++)
    if (marker->lanes[i] == row)
      marker->lanes[i] = -1;
}

static void append_claim_mark(const Marker *marker, guint32 row)
{
  const AverLayer *claims = marker->page->claims;
  const char *label = aver_layer_get_string(claims, row, AVER_CLAIM_LABEL);
  gint32 act = aver_layer_get_i32(claims, row, AVER_CLAIM_ACT);
  aver_page_print(marker->out, "<a class=\"c %s\" id=\"" AT "c%u\" href=\"#" AT "C%u\">",
                  is_worthy(label) ? "worthy" : "plain", row, row);
  if (act == AVER_ACT_ALLEGATION || act == AVER_ACT_DENIAL)
    aver_page_print(marker->out, "%s ", get_name(&aver_claim_layer, AVER_CLAIM_ACT, act));
  else
    aver_page_print(marker->out, "%s", is_worthy(label) ? "check " : "claim ");
  aver_page_print_score(marker->out, aver_layer_get_f32(claims, row, AVER_CLAIM_CHECKWORTHY));
  aver_page_print(marker->out, "</a>");
}

static void take_event(Marker *marker, const Event *event)
{
  if (event->kind == START_CONTENT || event->kind == START_FIRST)
    begin_content(marker, event);
  else if (event->kind == END_CONTENT)
    end_content(marker, event->row);
  else if (event->kind == START_CUE)
    marker->cue = event->row;
  else if (event->kind == START_SOURCE)
    marker->source = event->row;
  else if (event->kind == END_CUE)
    marker->cue = marker->cue == event->row ? -1 : marker->cue;
  else if (event->kind == END_CLAIM)
    append_claim_mark(marker, event->row);
  else {
    marker->source = marker->source == event->row ? -1 : marker->source;
    explain_source(marker, event);
  }
}

/* Where a cue or a source begins that the lists link to. */
static void append_anchor(const Marker *marker, const Event *event)
{
  gboolean cue = event->kind == START_CUE;
  guint32 n;
  if (!cue && event->kind != START_SOURCE)
    return;
  const AverSpan *span = aver_layer_get_spans_cell(marker->page->quotes, event->row,
                                                   cue ? AVER_QUOTE_CUE : AVER_QUOTE_SOURCE, &n);
  while (span->start >= span->end)
    span++;
  if (span->start == event->offset)
    aver_page_print(marker->out,
                    cue ? "<span id=\"" AT "u%u\"></span>" : "<span id=\"" AT "v%u\"></span>",
                    event->row);
}

void append_marked_text(AverBuffer *out, const AverPage *page)
{
  Marker marker = {page, out, {-1, -1, -1, -1}, -1, -1, G_MAXUINT32};
  g_autoptr(GArray) events = list_events(page);
  guint32 at = 0;
  aver_page_print(out, "<div class=\"text\">\n<p dir=\"auto\">");
  for (guint i = 0; i < events->len; i++) {
    const Event *event = &g_array_index(events, Event, i);
    append_stretch(&marker, at, event->offset);
    at = event->offset;
    append_anchor(&marker, event);
    take_event(&marker, event);
  }
  append_stretch(&marker, at, page->length);
  aver_page_print(out, "</p>\n</div>\n");
}
