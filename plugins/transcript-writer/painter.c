/* SPDX-License-Identifier: Apache-2.0 */
/* Putting styled, wrapped text that nobody has to trust on a terminal. */
#include "painter.h"

/* Fewer columns than this are not worth wrapping to. */
#define LEAST_COLUMNS 8

/* One character as it is shown. */
typedef struct {
  char bytes[16];
  guint length;
  guint width;
  gboolean space;
  gboolean letter; /* or digit: a line may start with it, behind a wide character */
} Glyph;

void painter_clear(Painter *painter)
{
  aver_buffer_clear(&painter->word);
}

static gboolean is_break(gunichar c)
{
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x2028 || c == 0x2029 || c == 0x3000;
}

static void put_code(Glyph *glyph, gunichar c)
{
  static const char hex[] = "0123456789ABCDEF";
  memcpy(glyph->bytes, "<U+0000>", 8);
  for (guint i = 0; i < 4; i++)
    glyph->bytes[3 + i] = hex[c >> (12 - 4 * i) & 15];
  glyph->length = glyph->width = 8;
}

/* The character at text; returns its bytes there. */
static guint next_glyph(const char *text, Glyph *glyph)
{
  gunichar c;
  guint n = aver_utf8_decode(text, &c);
  glyph->space = is_break(c);
  glyph->letter = g_unichar_isalnum(c);
  if (c < 0x20 || c == 0x7f) {
    glyph->length = (guint) g_unichar_to_utf8(c == 0x7f ? 0x2421 : 0x2400 + c, glyph->bytes);
    glyph->width = 1;
  } else if (aver_character_is_unsafe(c)) {
    put_code(glyph, c);
  } else {
    memcpy(glyph->bytes, text, n);
    glyph->length = n;
    glyph->width = c < 0x300 ? 1 : g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
  }
  return n;
}

static void append_style(AverBuffer *out, guint style)
{
  aver_buffer_append_string(out, "\033[0");
  if (style & STYLE_BOLD)
    aver_buffer_append_string(out, ";1");
  if (style & STYLE_DIM)
    aver_buffer_append_string(out, ";2");
  if (style & STYLE_UNDERLINE)
    aver_buffer_append_string(out, ";4");
  if (style & STYLE_COLOURS) {
    aver_buffer_append_string(out, ";3");
    aver_buffer_append_char(out, (char) ('0' + (style & STYLE_COLOURS)));
  }
  aver_buffer_append_char(out, 'm');
}

static void set_style(Painter *painter, guint style)
{
  if (painter->colour && painter->style != style)
    append_style(painter->out, style);
  painter->style = style;
}

void painter_begin(Painter *painter, const char *gutter, guint indent)
{
  painter_end(painter);
  painter->gutter = gutter;
  painter->indent = indent;
  painter->first = TRUE;
}

static guint line_start(const Painter *painter)
{
  return (guint) g_utf8_strlen(painter->gutter, -1) + (painter->first ? 0 : painter->indent);
}

static void start_line(Painter *painter)
{
  if (*painter->gutter != '\0') {
    set_style(painter, STYLE_DIM);
    aver_buffer_append_string(painter->out, painter->gutter);
    set_style(painter, STYLE_PLAIN);
  }
  for (guint i = 0; !painter->first && i < painter->indent; i++)
    aver_buffer_append_char(painter->out, ' ');
  painter->column = line_start(painter);
  painter->space = FALSE;
}

static void end_line(Painter *painter)
{
  set_style(painter, STYLE_PLAIN);
  aver_buffer_append_char(painter->out, '\n');
  painter->column = 0;
  painter->first = FALSE;
}

/* Puts the word on the line, or on the next one. */
static void flush_word(Painter *painter)
{
  if (painter->word.length == 0)
    return;
  guint needed = painter->word_width + (painter->space ? 1 : 0);
  if (painter->column > line_start(painter) && painter->column + needed > painter->width)
    end_line(painter);
  if (painter->column == 0)
    start_line(painter);
  if (painter->space) {
    set_style(painter, painter->space_style);
    aver_buffer_append_char(painter->out, ' ');
    painter->column++;
  }
  set_style(painter, painter->first_style);
  aver_buffer_append(painter->out, painter->word.data, painter->word.length);
  painter->style = painter->last_style;
  painter->column += painter->word_width;
  painter->space = FALSE;
  painter->word.length = 0;
  painter->word_width = 0;
}

static void add_glyph(Painter *painter, guint style, const Glyph *glyph)
{
  if (painter->word.length == 0)
    painter->first_style = style;
  else if (painter->colour && style != painter->last_style)
    append_style(&painter->word, style);
  painter->last_style = style;
  aver_buffer_append(&painter->word, glyph->bytes, glyph->length);
  painter->word_width += glyph->width;
}

guint painter_room(const Painter *painter)
{
  guint start = (guint) g_utf8_strlen(painter->gutter, -1) + painter->indent;
  return MAX(painter->width, start + LEAST_COLUMNS) - start;
}

void painter_text(Painter *painter, guint style, const char *text, gsize length)
{
  Glyph glyph;
  guint longest = painter_room(painter);
  for (gsize i = 0; i < length;) {
    i += next_glyph(text + i, &glyph);
    if (glyph.space) {
      flush_word(painter);
      painter->space = painter->column > 0;
      painter->space_style = style;
      painter->wide = FALSE;
      continue;
    }
    if ((painter->wide && glyph.letter) || painter->word_width + glyph.width > longest)
      flush_word(painter);
    add_glyph(painter, style, &glyph);
    painter->wide = glyph.width == 0 ? painter->wide : glyph.width == 2;
  }
}

void painter_string(Painter *painter, guint style, const char *string)
{
  painter_text(painter, style, string, strlen(string));
}

void painter_glue(Painter *painter, guint style, const char *string)
{
  Glyph glyph;
  while (*string != '\0') {
    string += next_glyph(string, &glyph);
    add_glyph(painter, style, &glyph);
  }
}

/* The next glyph, white space taken together; its width 0 and length 0 at the end. */
static gsize next_collapsed(const char *text, gsize length, gsize i, Glyph *glyph)
{
  gboolean space = FALSE;
  while (i < length) {
    gsize before = i;
    i += next_glyph(text + i, glyph);
    if (!glyph->space) {
      if (!space)
        return i;
      *glyph = (Glyph){.bytes = " ", .length = 1, .width = 1, .space = TRUE};
      return before;
    }
    space = TRUE;
  }
  *glyph = (Glyph){.length = 0};
  return length;
}

guint painter_measure(const char *text, gsize length)
{
  Glyph glyph = {0};
  guint width = 0;
  for (gsize i = next_collapsed(text, length, 0, &glyph); glyph.length > 0;
       i = next_collapsed(text, length, i, &glyph))
    width += glyph.width;
  return width;
}

void painter_fit(Painter *painter, guint style, const char *text, gsize length, guint columns)
{
  static const Glyph rest = {.bytes = "\xe2\x80\xa6", .length = 3, .width = 1};
  Glyph glyph = {0};
  guint width = 0;
  gsize i = 0, cut = 0;
  /* Where to cut, should the text turn out too long: at most that many columns are looked at. */
  for (i = next_collapsed(text, length, 0, &glyph); glyph.length > 0 && width <= columns;
       i = next_collapsed(text, length, i, &glyph)) {
    width += glyph.width;
    if (width < columns && !glyph.space)
      cut = i;
  }
  gboolean fits = width <= columns;
  gsize limit = fits ? length : cut;
  for (i = next_collapsed(text, limit, 0, &glyph); glyph.length > 0;
       i = next_collapsed(text, limit, i, &glyph))
    add_glyph(painter, style, &glyph);
  if (!fits)
    add_glyph(painter, style, &rest);
}

void painter_end(Painter *painter)
{
  flush_word(painter);
  if (painter->column > 0)
    end_line(painter);
  painter->space = FALSE;
  painter->wide = FALSE;
}

void painter_gap(Painter *painter)
{
  painter_end(painter);
  aver_buffer_append_char(painter->out, '\n');
}

void painter_rule(Painter *painter, const char *dash)
{
  painter_begin(painter, "", 0);
  for (guint i = 0; i < painter->width; i++)
    painter_glue(painter, STYLE_DIM, dash);
  painter_end(painter);
}

void painter_pad(Painter *painter, guint columns)
{
  static const Glyph blank = {.bytes = " ", .length = 1, .width = 1};
  while (columns-- > 0)
    add_glyph(painter, STYLE_PLAIN, &blank);
}
