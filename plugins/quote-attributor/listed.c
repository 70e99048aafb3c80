/* SPDX-License-Identifier: Apache-2.0 */
/* What a list of names knows: used when it is there. */
#include "listed.h"

#include "people.h"

enum { LISTED_LABEL, LISTED_NAME };

static const AverColumnType columns[] = {
    {"label", AVER_COLUMN_STRING, NULL, NULL, "what it is: person, organisation, place..."},
    {"name", AVER_COLUMN_STRING, NULL, NULL, "its name, whatever alias the text has"},
};

const AverLayerType listed_layer = {"entity", "listed names", columns, G_N_ELEMENTS(columns)};

void listed_start(Reading *r, const AverDocument *document)
{
  r->listed = aver_document_get_layer(document, listed_layer.name);
  if (r->listed == NULL)
    return;
  const AverLayerType *type = aver_layer_get_type_info(r->listed);
  for (guint32 i = 0; i < listed_layer.n_columns; i++)
    if (i >= type->n_columns || type->columns[i].kind != columns[i].kind ||
        strcmp(type->columns[i].name, columns[i].name) != 0) {
      r->listed = NULL;
      return;
    }
}

/* The first row that starts at an offset or behind it. */
static guint32 row_at(const Reading *r, guint32 offset)
{
  const AverSpan *spans = aver_layer_get_spans(r->listed);
  guint32 low = 0, high = aver_layer_get_n_rows(r->listed);
  while (low < high) {
    guint32 middle = low + (high - low) / 2;
    if (spans[middle].start < offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The row that covers a span, or NOWHERE. */
static guint32 row_over(const Reading *r, AverSpan span)
{
  const AverSpan *spans = aver_layer_get_spans(r->listed);
  guint32 row = row_at(r, span.start);
  if (row < aver_layer_get_n_rows(r->listed) && spans[row].start == span.start &&
      spans[row].end >= span.end)
    return row;
  return row > 0 && spans[row - 1].end >= span.end ? row - 1 : NOWHERE;
}

static EntityKind kind_of(const Reading *r, guint32 row)
{
  static const struct {
    const char *label;
    EntityKind kind;
  } kinds[] = {
      {"person", ENTITY_PERSON},     {"per", ENTITY_PERSON}, {"organisation", ENTITY_BODY},
      {"organization", ENTITY_BODY}, {"org", ENTITY_BODY},   {"place", ENTITY_PLACE},
      {"location", ENTITY_PLACE},    {"loc", ENTITY_PLACE},
  };
  const char *label = aver_layer_get_string(r->listed, row, LISTED_LABEL);
  for (gsize i = 0; label != NULL && i < G_N_ELEMENTS(kinds); i++)
    if (g_ascii_strcasecmp(label, kinds[i].label) == 0)
      return kinds[i].kind;
  return ENTITY_UNKNOWN;
}

void listed_learn(Reading *r)
{
  if (r->listed == NULL || aver_layer_get_n_rows(r->listed) == 0)
    return;
  for (guint32 i = 0; i < r->mentions->len; i++) {
    const Mention *mention = mention_at(r, i);
    guint32 row = row_over(r, span_of(r, mention->name));
    EntityKind kind = row == NOWHERE ? ENTITY_UNKNOWN : kind_of(r, row);
    if (kind != ENTITY_UNKNOWN)
      entity_at(r, mention->entity)->kind = (guint8) kind;
  }
}

AverSpan listed_person(const Reading *r, Range source)
{
  AverSpan none = {0, 0};
  if (r->listed == NULL || source.end <= source.start)
    return none;
  AverSpan all = span_of(r, source);
  const AverSpan *spans = aver_layer_get_spans(r->listed);
  guint32 token = source.start;
  for (guint32 row = row_at(r, all.start);
       row < aver_layer_get_n_rows(r->listed) && spans[row].end <= all.end; row++) {
    while (token < source.end && r->tokens[token].start < spans[row].start)
      token++;
    gboolean set_off = token == source.start || has_tag(r, token - 1, TAGS(COMMA));
    if (set_off && kind_of(r, row) == ENTITY_PERSON)
      return spans[row];
  }
  return none;
}

const char *listed_name(const Reading *r, AverSpan span)
{
  if (r->listed == NULL || span.end <= span.start)
    return NULL;
  guint32 row = row_over(r, span);
  return row == NOWHERE ? NULL : aver_layer_get_string(r->listed, row, LISTED_NAME);
}
