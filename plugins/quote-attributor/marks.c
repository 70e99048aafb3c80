/* SPDX-License-Identifier: Apache-2.0 */
/* Pairs quotation marks within paragraphs; odd counts and apostrophes do no harm. */
#include "marks.h"

typedef enum { FAMILY_DOUBLE, FAMILY_SINGLE, FAMILY_ANGLE, FAMILY_CORNER } Family;

/* Tokens looked ahead for the marks that close. */
#define LONGEST_QUOTATION 200

static Family family(guint8 mark)
{
  if (mark <= AVER_MARK_DOUBLE_CLOSE)
    return FAMILY_DOUBLE;
  if (mark <= AVER_MARK_SINGLE_CLOSE)
    return FAMILY_SINGLE;
  return mark <= AVER_MARK_ANGLE_CLOSE ? FAMILY_ANGLE : FAMILY_CORNER;
}

static gboolean space_after(const Reading *r, guint32 i)
{
  return i + 1 >= r->n_tokens || flag_at(r, i + 1, AVER_TOKEN_SPACE_BEFORE);
}

/* Whether a mark that looks the same at both ends can open here: behind white space, a dash, an
 * opening bracket or another mark. */
static gboolean opens_after(const Reading *r, guint32 i)
{
  if (i == 0 || flag_at(r, i, AVER_TOKEN_SPACE_BEFORE))
    return TRUE;
  const AverToken *before = &r->tokens[i - 1];
  if (before->kind == AVER_TOKEN_QUOTE)
    return flag_at(r, i - 1, AVER_TOKEN_SPACE_BEFORE);
  return before->kind == AVER_TOKEN_PUNCTUATION &&
         (before->detail == '(' || before->detail == '[' || before->detail == '-');
}

static gboolean can_open(const Reading *r, guint32 i)
{
  switch (r->tokens[i].detail) {
  case AVER_MARK_DOUBLE_OPEN:
  case AVER_MARK_ANGLE_OPEN:
  case AVER_MARK_CORNER_OPEN:
    return TRUE;
  case AVER_MARK_DOUBLE_CLOSE: /* '' serves both ends in some archives */
  case AVER_MARK_DOUBLE:
  case AVER_MARK_SINGLE:
    return flag_at(r, i, AVER_TOKEN_LINE_START) || (!space_after(r, i) && opens_after(r, i));
  case AVER_MARK_SINGLE_OPEN:
    return !space_after(r, i);
  default:
    return FALSE;
  }
}

static gboolean can_close(const Reading *r, guint32 i)
{
  switch (r->tokens[i].detail) {
  case AVER_MARK_DOUBLE_CLOSE:
  case AVER_MARK_ANGLE_CLOSE:
  case AVER_MARK_CORNER_CLOSE:
    return TRUE;
  case AVER_MARK_DOUBLE:
    return TRUE;
  case AVER_MARK_SINGLE:
  case AVER_MARK_SINGLE_CLOSE:
    return !flag_at(r, i, AVER_TOKEN_SPACE_BEFORE);
  case AVER_MARK_DOUBLE_OPEN: /* some type “both ends alike“ */
    return !flag_at(r, i, AVER_TOKEN_SPACE_BEFORE) &&
           (space_after(r, i) || r->tokens[i + 1].kind == AVER_TOKEN_PUNCTUATION);
  default:
    return FALSE;
  }
}

/* A single mark that does not open anything: 'em, '90s, the end of the players' meeting. */
static gboolean opens_single(const Reading *r, guint32 i, gboolean curly)
{
  if (!curly && !flag_at(r, i, AVER_TOKEN_SPACE_BEFORE) && i > 0 &&
      r->tokens[i - 1].kind != AVER_TOKEN_QUOTE && r->tokens[i - 1].kind != AVER_TOKEN_PUNCTUATION)
    return FALSE;
  if (i + 1 < r->n_tokens && r->tokens[i + 1].kind == AVER_TOKEN_NUMBER)
    return FALSE;
  return TRUE;
}

static guint32 add_quotation(Reading *r, guint32 open)
{
  Quotation quotation = {.open = open, .close = open, .continues = NOWHERE, .attribution = NOWHERE};
  g_array_append_val(r->quotations, quotation);
  r->tag[open] = TAG_OPEN;
  return r->quotations->len - 1;
}

/* Whether a directed mark opens a second level of its own shape: “he calls it “hell” there”. Then
 * one mark more closes than opens in the rest of the paragraph, as far as one looks. */
static gboolean opens_again(const Reading *r, guint32 i, guint32 end)
{
  guint8 open = r->tokens[i].detail, close = (guint8) (open + 1);
  if ((open != AVER_MARK_DOUBLE_OPEN && open != AVER_MARK_ANGLE_OPEN) ||
      !flag_at(r, i, AVER_TOKEN_SPACE_BEFORE))
    return FALSE;
  guint32 limit = MIN(end, i + LONGEST_QUOTATION), depth = 1, closed = 0;
  for (guint32 k = i; k < limit && depth > 0; k++) {
    if (r->tokens[k].kind != AVER_TOKEN_QUOTE)
      continue;
    if (r->tokens[k].detail == open && flag_at(r, k, AVER_TOKEN_SPACE_BEFORE)) {
      depth++;
    } else if (r->tokens[k].detail == close) {
      depth--;
      closed++;
    }
  }
  return depth == 0 && closed > 1;
}

/* The mark of a plural possessor: "the players' meeting". */
static gboolean is_possessive(const Reading *r, guint32 i)
{
  return i > 0 && i + 1 < r->n_tokens && r->tokens[i - 1].kind == AVER_TOKEN_WORD &&
         r->text[r->tokens[i - 1].end - 1] == 's' && r->tokens[i + 1].kind == AVER_TOKEN_WORD;
}

/* The closing single mark of an opening one, looked for ahead within its paragraph and not far: an
 * opening single mark without it is an apostrophe. */
static gboolean single_closes(const Reading *r, guint32 open, guint32 end)
{
  guint32 limit = MIN(end, open + LONGEST_QUOTATION);
  for (guint32 i = open + 1; i < limit; i++) {
    if (r->tokens[i].kind != AVER_TOKEN_QUOTE || family(r->tokens[i].detail) != FAMILY_SINGLE)
      continue;
    if (can_close(r, i) && (space_after(r, i) || r->tokens[i + 1].kind == AVER_TOKEN_PUNCTUATION ||
                            r->tokens[i + 1].kind == AVER_TOKEN_QUOTE)) {
      if (!is_possessive(r, i))
        return TRUE;
    }
    if (can_open(r, i) && flag_at(r, i, AVER_TOKEN_SPACE_BEFORE))
      return FALSE;
  }
  return FALSE;
}

typedef struct {
  Family family;
  guint32 open;
} Open;

typedef struct {
  guint32 outer; /* the open quotation, or NOWHERE */
  Family outer_family;
  Open inner[4];
  guint32 depth;   /* of inner quotations */
  guint32 carried; /* a quotation that its paragraph left open */
} Pairing;

static void end_outer(Reading *r, Pairing *p, guint32 close, gboolean closed)
{
  Quotation *quotation = quotation_at(r, p->outer);
  quotation->close = close;
  quotation->closed = closed;
  if (closed)
    r->tag[close] = TAG_CLOSE;
  p->carried = closed ? NOWHERE : p->outer;
  p->outer = NOWHERE;
  p->depth = 0;
}

static void end_inner(Reading *r, Pairing *p, guint32 close)
{
  Inner inner = {p->inner[--p->depth].open, close, p->outer};
  g_array_append_val(r->inners, inner);
}

static void take_mark(Reading *r, Pairing *p, guint32 i, guint32 paragraph_end)
{
  Family f = family(r->tokens[i].detail);
  gboolean curly = r->tokens[i].detail == AVER_MARK_SINGLE_OPEN;
  r->tag[i] = f == FAMILY_SINGLE && is_possessive(r, i) ? TAG_CLITIC : TAG_INNER;
  if (p->outer == NOWHERE) {
    if (!can_open(r, i) ||
        (f == FAMILY_SINGLE && (!opens_single(r, i, curly) || !single_closes(r, i, paragraph_end))))
      return;
    guint32 carried = p->carried;
    p->outer = add_quotation(r, i);
    p->outer_family = f;
    p->depth = 0;
    if (carried != NOWHERE && starts_paragraph(r, i))
      quotation_at(r, p->outer)->continues = carried;
    p->carried = NOWHERE;
    return;
  }
  Family innermost = p->depth > 0 ? p->inner[p->depth - 1].family : p->outer_family;
  gboolean apostrophe =
      f == FAMILY_SINGLE && is_possessive(r, i) && single_closes(r, i, paragraph_end);
  apostrophe |= f == FAMILY_SINGLE && i + 1 < r->n_tokens && !space_after(r, i) &&
                r->tokens[i + 1].kind == AVER_TOKEN_WORD;
  if (f == innermost && p->depth < G_N_ELEMENTS(p->inner) && opens_again(r, i, paragraph_end)) {
    p->inner[p->depth++] = (Open){f, i};
    return;
  }
  if (f == innermost && can_close(r, i) && !apostrophe) {
    /* A straight mark after white space opens a second level rather than closing the first. */
    if (p->depth > 0)
      end_inner(r, p, i);
    else
      end_outer(r, p, i, TRUE);
    return;
  }
  if (f == p->outer_family && can_close(r, i) && !can_open(r, i) && !apostrophe) {
    end_outer(r, p, i, TRUE); /* an inner quotation was left open */
    return;
  }
  if (f != p->outer_family && can_open(r, i) && p->depth < G_N_ELEMENTS(p->inner) &&
      (f != FAMILY_SINGLE || (opens_single(r, i, curly) && single_closes(r, i, paragraph_end))))
    p->inner[p->depth++] = (Open){f, i};
}

static guint32 find_paragraph_end(const Reading *r, guint32 i)
{
  guint32 end = i + 1;
  while (end < r->n_tokens && !starts_paragraph(r, end))
    end++;
  return end;
}

static void mark_insides(Reading *r)
{
  for (guint32 q = 0; q < r->quotations->len; q++) {
    const Quotation *quotation = quotation_at(r, q);
    for (guint32 i = quotation->open; i <= quotation->close && i < r->n_tokens; i++)
      r->inside[i] = q;
  }
}

void marks_pair(Reading *r)
{
  Pairing p = {.outer = NOWHERE, .carried = NOWHERE};
  for (guint32 start = 0; start < r->n_tokens;) {
    guint32 end = find_paragraph_end(r, start);
    if (r->tokens[start].kind != AVER_TOKEN_QUOTE)
      p.carried = NOWHERE;
    for (guint32 i = start; i < end; i++)
      if (r->tokens[i].kind == AVER_TOKEN_QUOTE)
        take_mark(r, &p, i, end);
    if (p.outer != NOWHERE)
      end_outer(r, &p, end - 1, FALSE);
    start = end;
  }
  mark_insides(r);
}

guint32 quotation_words(const Reading *r, const Quotation *quotation, guint32 limit)
{
  guint32 words = 0;
  for (guint32 i = quotation->open; i <= quotation->close && words < limit; i++)
    words += r->tokens[i].kind == AVER_TOKEN_WORD;
  return words;
}
