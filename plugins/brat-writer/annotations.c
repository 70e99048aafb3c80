/* SPDX-License-Identifier: Apache-2.0 */
/* The annotations of one document, in brat's standoff format. */
#include "brat-writer.h"

#include <aver/text.h>

/* What would end a line for some reader of the file, or a field: no annotation has it in it. */
static guint control_at(const char *text, gsize length)
{
  const guchar *p = (const guchar *) text;
  if (p[0] < 0x20 || p[0] == 0x7f)
    return 1;
  if (length >= 2 && p[0] == 0xc2 && p[1] < 0xa0)
    return 2;
  return length >= 3 && p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9) ? 3 : 0;
}

static void add_fragment(BratWorker *worker, guint32 start, guint32 end)
{
  AverSpan span = aver_text_trim(worker->from, (AverSpan){start, end});
  if (span.start < span.end)
    g_array_append_val(worker->fragments, span);
}

static void add_fragments(BratWorker *worker, AverSpan span)
{
  guint32 start = span.start;
  for (guint32 i = span.start; i < span.end;) {
    guint n = control_at(worker->from + i, span.end - i);
    if (n > 0)
      add_fragment(worker, start, i);
    i += MAX(n, 1);
    start = n > 0 ? i : start;
  }
  add_fragment(worker, start, span.end);
}

static void append_number(BratWorker *worker, char letter, guint32 number)
{
  aver_buffer_append_char(&worker->annotations, letter);
  aver_json_append_integer(&worker->annotations, number);
}

/* `T1<tab>quote 4 9;12 20<tab>words words`. Returns: its number; 0 when there is nothing to mark.
 */
static guint32 append_entity(BratWorker *worker, const char *layer, const char *column,
                             const AverSpan *spans, guint32 n)
{
  AverBuffer *out = &worker->annotations;
  g_array_set_size(worker->fragments, 0);
  for (guint32 i = 0; i < n; i++)
    add_fragments(worker, spans[i]);
  const AverSpan *fragments = (const AverSpan *) (gpointer) worker->fragments->data;
  if (worker->fragments->len == 0)
    return 0;
  append_number(worker, 'T', ++worker->n_entities);
  aver_buffer_append_char(out, '\t');
  append_type(out, layer, column);
  for (guint i = 0; i < worker->fragments->len; i++) {
    aver_buffer_append_char(out, i == 0 ? ' ' : ';');
    aver_json_append_integer(out, aver_characters_count(&worker->characters, fragments[i].start));
    aver_buffer_append_char(out, ' ');
    aver_json_append_integer(out, aver_characters_count(&worker->characters, fragments[i].end));
  }
  for (guint i = 0; i < worker->fragments->len; i++) {
    aver_buffer_append_char(out, i == 0 ? '\t' : ' ');
    aver_buffer_append(out, worker->from + fragments[i].start,
                       fragments[i].end - fragments[i].start);
  }
  aver_buffer_append_char(out, '\n');
  return worker->n_entities;
}

static void append_relation(BratWorker *worker, const char *layer, const char *column, guint32 from,
                            guint32 to)
{
  AverBuffer *out = &worker->annotations;
  append_number(worker, 'R', ++worker->n_relations);
  aver_buffer_append_char(out, '\t');
  append_relation_type(out, layer, column);
  aver_buffer_append_string(out, " Arg1:");
  append_number(worker, 'T', from);
  aver_buffer_append_string(out, " Arg2:");
  append_number(worker, 'T', to);
  aver_buffer_append_char(out, '\n');
}

/* @value is NULL for a flag, which is there or not. */
static void append_attribute(BratWorker *worker, const char *layer, const char *column,
                             const char *flag, guint32 of, const char *value)
{
  AverBuffer *out = &worker->annotations;
  append_number(worker, 'A', ++worker->n_attributes);
  aver_buffer_append_char(out, '\t');
  append_attribute_type(out, layer, column, flag);
  aver_buffer_append_char(out, ' ');
  append_number(worker, 'T', of);
  if (value != NULL) {
    aver_buffer_append_char(out, ' ');
    append_word(out, value, TRUE);
  }
  aver_buffer_append_char(out, '\n');
}

static void append_flags(BratWorker *worker, const AverLayerType *type, guint32 column, guint32 of,
                         guint32 flags)
{
  for (gint32 bit = 0; bit < 32; bit++) {
    const char *name =
        (flags >> bit & 1) != 0 ? aver_column_get_name(&type->columns[column], bit) : NULL;
    if (name != NULL)
      append_attribute(worker, type->name, type->columns[column].name, name, of, NULL);
  }
}

static void append_note_text(AverBuffer *out, const char *text)
{
  for (gsize rest = strlen(text); rest > 0;) {
    guint n = control_at(text, rest);
    if (n > 0)
      aver_buffer_append_char(out, ' ');
    else
      aver_buffer_append_char(out, *text);
    text += MAX(n, 1);
    rest -= MAX(n, 1);
  }
}

/* `#1<tab>AnnotatorNotes T1<tab>speaker: Ada Quill; confidence: 0.5`, one line for all. */
static void begin_note(BratWorker *worker, guint32 of, gboolean *begun, const char *name)
{
  AverBuffer *out = &worker->annotations;
  if (*begun) {
    aver_buffer_append_string(out, "; ");
  } else {
    append_number(worker, '#', ++worker->n_notes);
    aver_buffer_append_string(out, "\tAnnotatorNotes ");
    append_number(worker, 'T', of);
    aver_buffer_append_char(out, '\t');
  }
  *begun = TRUE;
  aver_buffer_append_string(out, name);
  aver_buffer_append_string(out, ": ");
}

static void append_note(BratWorker *worker, const AverLayer *layer, guint32 row, guint32 index,
                        guint32 of, gboolean *begun)
{
  AverBuffer *out = &worker->annotations;
  const AverColumnType *column = &aver_layer_get_type_info(layer)->columns[index];
  if (column->kind == AVER_COLUMN_I32 && aver_layer_get_i32(layer, row, index) != G_MININT32) {
    begin_note(worker, of, begun, column->name);
    aver_json_append_integer(out, aver_layer_get_i32(layer, row, index));
  }
  float number = column->kind == AVER_COLUMN_F32 ? aver_layer_get_f32(layer, row, index) : 0;
  if (column->kind == AVER_COLUMN_F32 && number - number == 0) { /* neither infinite nor NaN */
    begin_note(worker, of, begun, column->name);
    aver_json_append_float(out, number);
  }
  const char *string =
      column->kind == AVER_COLUMN_STRING ? aver_layer_get_string(layer, row, index) : NULL;
  const char *const *known = known_values(aver_layer_get_type_info(layer), index);
  if (string != NULL && (known == NULL || !g_strv_contains(known, string))) {
    begin_note(worker, of, begun, column->name);
    append_note_text(out, string);
  }
}

static void append_column(BratWorker *worker, const AverLayer *layer, guint32 row, guint32 index,
                          guint32 of)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  const AverColumnType *column = &type->columns[index];
  const char *const *known = known_values(type, index);
  const char *value = NULL;
  guint32 n;
  if (column->kind == AVER_COLUMN_ENUM)
    value = aver_column_get_name(column, aver_layer_get_i32(layer, row, index));
  else if (known != NULL)
    value = aver_layer_get_string(layer, row, index);
  if (value != NULL && (known == NULL || g_strv_contains(known, value)))
    append_attribute(worker, type->name, column->name, NULL, of, value);
  if (column->kind == AVER_COLUMN_FLAGS)
    append_flags(worker, type, index, of, aver_layer_get_flags(layer, row, index));
  if ((column->kind != AVER_COLUMN_SPAN && column->kind != AVER_COLUMN_SPANS) ||
      (gint32) index == find_content(type))
    return;
  const AverSpan *spans = aver_layer_get_spans_cell(layer, row, index, &n);
  guint32 entity = append_entity(worker, type->name, column->name, spans, n);
  if (entity > 0)
    append_relation(worker, type->name, column->name, of, entity);
}

static guint32 append_row(BratWorker *worker, const AverLayer *layer, guint32 row)
{
  const AverLayerType *type = aver_layer_get_type_info(layer);
  gint32 content = find_content(type);
  guint32 n = 0;
  const AverSpan *spans =
      content == AVER_NONE ? NULL : aver_layer_get_spans_cell(layer, row, (guint32) content, &n);
  if (n == 0) {
    spans = aver_layer_get_spans(layer) + row;
    n = 1;
  }
  guint32 entity = append_entity(worker, type->name, NULL, spans, n);
  gboolean noted = FALSE;
  for (guint32 i = 0; entity > 0 && i < type->n_columns; i++)
    append_column(worker, layer, row, i, entity);
  for (guint32 i = 0; entity > 0 && i < type->n_columns; i++)
    append_note(worker, layer, row, i, entity, &noted);
  if (noted)
    aver_buffer_append_char(&worker->annotations, '\n');
  return entity;
}

static GArray *entities_of(BratWorker *worker, guint32 layer)
{
  while (worker->entities->len <= layer)
    g_ptr_array_add(worker->entities, g_array_new(FALSE, FALSE, sizeof(guint32)));
  return g_ptr_array_index(worker->entities, layer);
}

static gint32 index_of(AverLayer *const *layers, guint32 n, const char *name)
{
  for (guint32 i = 0; i < n; i++)
    if (strcmp(aver_layer_get_type_info(layers[i])->name, name) == 0)
      return (gint32) i;
  return AVER_NONE;
}

/* References, when all rows have their numbers. */
static void append_references(BratWorker *worker, AverLayer *const *layers, guint32 n, guint32 from,
                              guint32 column)
{
  const AverLayerType *type = aver_layer_get_type_info(layers[from]);
  gint32 to = index_of(layers, n, type->columns[column].target);
  if (to == AVER_NONE)
    return;
  const GArray *sources = entities_of(worker, from);
  const GArray *targets = entities_of(worker, (guint32) to);
  for (guint32 row = 0; row < sources->len; row++) {
    gint32 target = aver_layer_get_i32(layers[from], row, column);
    if (target < 0 || (guint32) target >= targets->len)
      continue;
    guint32 a = g_array_index(sources, guint32, row);
    guint32 b = g_array_index(targets, guint32, target);
    if (a > 0 && b > 0 && a != b)
      append_relation(worker, type->name, type->columns[column].name, a, b);
  }
}

gboolean is_wanted(const BratStyle *style, const char *layer)
{
  return style->layers == NULL || g_strv_contains(style->layers, layer);
}

void annotate(BratWorker *worker, const BratStyle *style)
{
  guint32 n_layers;
  AverLayer *const *layers = aver_document_list_layers(worker->document, &n_layers);
  for (guint32 i = 0; i < n_layers; i++) {
    GArray *entities = entities_of(worker, i);
    g_array_set_size(entities, 0);
    if (!is_wanted(style, aver_layer_get_type_info(layers[i])->name))
      continue;
    for (guint32 row = 0; row < aver_layer_get_n_rows(layers[i]); row++) {
      guint32 entity = append_row(worker, layers[i], row);
      g_array_append_val(entities, entity);
    }
  }
  for (guint32 i = 0; i < n_layers; i++) {
    const AverLayerType *type = aver_layer_get_type_info(layers[i]);
    for (guint32 column = 0; column < type->n_columns; column++)
      if (type->columns[column].kind == AVER_COLUMN_REF)
        append_references(worker, layers, n_layers, i, column);
  }
}
