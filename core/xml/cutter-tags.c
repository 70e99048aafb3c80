/* SPDX-License-Identifier: Apache-2.0 */
/* What tags mean to a cutter: items, what all items are given, and what is around them. */
#include "cutter.h"

#include <string.h>

/* The bounds of what every item is given, which is copied as often as there are items. */
#define MAX_AROUND   8192
#define MAX_CONTEXT  4096
#define LONG_CONTEXT 1024
#define MAX_OUTER    32

/* Of a name, in messages. */
#define LONG_NAME 100

void cutter_reset(AverXmlCutter *cutter)
{
  cutter->n_records = 0;
  cutter->rooted = cutter->checked = FALSE;
  g_array_set_size(cutter->outer, 0);
  cutter->around.length = cutter->context.length = 0;
  cutter->scan = (TokenScan){0};
  cutter->inside = INSIDE_NOTHING;
}

void cutter_too_long(const AverXmlCutter *cutter, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
              "the item is longer than %" G_GSIZE_FORMAT " bytes, the longest record allowed",
              cutter->maximum);
}

static gboolean is_one_of(const char *const *names, const char *name, gsize length)
{
  const char *colon = memchr(name, ':', length);
  const char *local = colon == NULL ? name : colon + 1;
  gsize n = length - (gsize) (local - name);
  for (; *names != NULL; names++)
    if (strlen(*names) == n && memcmp(*names, local, n) == 0)
      return TRUE;
  return FALSE;
}

/* As a NUL-terminated text for a message. */
static char *show(const char *name, gsize length)
{
  return g_utf8_make_valid(name, (gssize) MIN(length, LONG_NAME));
}

/* Bytes on one line, so that the lines that libxml2 counts are those of the item. */
static void append_line(AverBuffer *buffer, const char *bytes, gsize n)
{
  gsize begin = buffer->length;
  aver_buffer_append(buffer, bytes, n);
  for (gsize i = begin; i < buffer->length; i++)
    if (buffer->data[i] == '\n' || buffer->data[i] == '\r')
      buffer->data[i] = ' ';
}

/* A document around an item. */
static void make_record(AverXmlCutter *cutter, const char *item, gsize length)
{
  AverBuffer *record = &cutter->record;
  record->length = 0;
  aver_buffer_printf(record, RECORD_HEAD, cutter->charset,
                     cutter->around.length + cutter->context.length, cutter->outer->len,
                     cutter->n_records + 1);
  aver_buffer_append(record, cutter->around.data, cutter->around.length);
  aver_buffer_append(record, cutter->context.data, cutter->context.length);
  aver_buffer_append(record, item, length);
  for (guint i = cutter->outer->len; i > 0; i--) {
    const Outer *outer = &g_array_index(cutter->outer, Outer, i - 1);
    aver_buffer_append_string(record, "</");
    aver_buffer_append(record, cutter->around.data + outer->start + 1, outer->length);
    aver_buffer_append_char(record, '>');
  }
}

/* Whether what every item is given is well-formed. */
static gboolean check_around(AverXmlCutter *cutter, GError **error)
{
  static const char nothing[] = "<item/>";
  make_record(cutter, nothing, sizeof nothing - 1);
  AverRecord record = {.data = cutter->record.data,
                       .length = cutter->record.length,
                       .origin = "",
                       .offset = cutter->offset,
                       .line = cutter->line};
  return aver_xml_read(cutter->xml, &record, error);
}

static Act begin_inside(AverXmlCutter *cutter, Inside inside, const char *data, const Token *token)
{
  cutter->inside = inside;
  cutter->nested = 0;
  cutter->skipping = FALSE;
  cutter->fresh = TRUE;
  cutter->name.length = 0;
  aver_buffer_append(&cutter->name, data + token->name, token->name_length);
  source_take(&cutter->source, token->start);
  cutter->scan = (TokenScan){0};
  return ACT_RESTART;
}

static gboolean check_outermost(AverXmlCutter *cutter, const char *name, gsize length,
                                GError **error)
{
  if (cutter->outer->len > 0)
    return TRUE;
  g_autofree char *shown = show(name, length);
  if (cutter->rooted)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "'%s' is a second outermost element; expected the end of the file", shown);
  else if (!is_one_of(cutter->format->roots, name, length))
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "the outermost element is '%s'; expected %s",
                shown, cutter->format->expected);
  else
    return TRUE;
  return FALSE;
}

static Act push(AverXmlCutter *cutter, const char *data, const Token *token, GError **error)
{
  if (token->kind == TOKEN_EMPTY)
    return ACT_NONE;
  gsize length = token->end - token->start;
  if (cutter->outer->len >= MAX_OUTER || cutter->around.length + length > MAX_AROUND) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "more than %d elements are inside one another around the items, or their start "
                "tags are longer than %d bytes",
                MAX_OUTER, MAX_AROUND);
    return ACT_BAD_FILE;
  }
  if (is_one_of((const char *const[]){"channel", NULL}, data + token->name, token->name_length))
    cutter->context.length = 0;
  Outer outer = {cutter->around.length, token->name_length};
  append_line(&cutter->around, data + token->start, length);
  g_array_append_val(cutter->outer, outer);
  cutter->checked = FALSE;
  return ACT_NONE;
}

static Act pop(AverXmlCutter *cutter, const char *data, const Token *token, GError **error)
{
  guint n = cutter->outer->len;
  const Outer *outer = n > 0 ? &g_array_index(cutter->outer, Outer, n - 1) : NULL;
  const char *open = n > 0 ? cutter->around.data + outer->start + 1 : NULL;
  if (n > 0 && outer->length == token->name_length &&
      memcmp(open, data + token->name, token->name_length) == 0) {
    cutter->around.length = outer->start;
    g_array_set_size(cutter->outer, n - 1);
    return ACT_NONE;
  }
  g_autofree char *shown = show(data + token->name, token->name_length);
  g_autofree char *wanted = n > 0 ? show(open, outer->length) : NULL;
  if (n > 0)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "the end tag '%s' stands where '%s' is open",
                shown, wanted);
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the end tag '%s' stands where nothing is open", shown);
  return ACT_BAD_FILE;
}

static Act see_outside(AverXmlCutter *cutter, const char *data, const Token *token, GError **error)
{
  const char *name = data + token->name;
  gsize length = token->name_length;
  if (token->kind == TOKEN_END)
    return pop(cutter, data, token, error);
  if (token->kind != TOKEN_START && token->kind != TOKEN_EMPTY)
    return ACT_NONE;
  if (!check_outermost(cutter, name, length, error))
    return ACT_BAD_FILE;
  cutter->rooted = TRUE;
  if (is_one_of(cutter->format->items, name, length))
    return begin_inside(cutter, INSIDE_ITEM, data, token);
  guint depth = cutter->outer->len;
  if (depth > 0 && depth <= 2 && is_one_of(cutter->format->context, name, length))
    return begin_inside(cutter, INSIDE_CONTEXT, data, token);
  return push(cutter, data, token, error);
}

static Act end_context(AverXmlCutter *cutter, const char *data, gsize length, GError **error)
{
  gsize before = cutter->context.length;
  if (length > LONG_CONTEXT || before + length > MAX_CONTEXT)
    return ACT_NONE;
  append_line(&cutter->context, data, length);
  if (check_around(cutter, error))
    return ACT_NONE;
  cutter->context.length = before;
  return ACT_BAD;
}

static Act end_item(AverXmlCutter *cutter, const char *data, gsize length, GError **error)
{
  if (!cutter->checked && !check_around(cutter, error))
    return ACT_BAD_FILE;
  cutter->checked = TRUE;
  if (length > cutter->maximum) {
    cutter_too_long(cutter, error);
    return ACT_BAD;
  }
  make_record(cutter, data, length);
  return ACT_RECORD;
}

static Act see_inside(AverXmlCutter *cutter, const char *data, const Token *token, GError **error)
{
  if (token->kind == TOKEN_OTHER || token->kind == TOKEN_TYPE ||
      token->name_length != cutter->name.length ||
      memcmp(data + token->name, cutter->name.data, token->name_length) != 0)
    return ACT_NONE;
  if (token->kind == TOKEN_START)
    cutter->nested++;
  if (token->kind == TOKEN_END)
    cutter->nested--;
  if (cutter->nested > 0)
    return ACT_NONE;
  Inside inside = cutter->inside;
  cutter->inside = INSIDE_NOTHING;
  if (cutter->skipping)
    return ACT_NONE;
  Act act = inside == INSIDE_ITEM ? end_item(cutter, data, token->end, error)
                                  : end_context(cutter, data, token->end, error);
  source_take(&cutter->source, token->end);
  tokens_shift(&cutter->scan, token->end);
  return act == ACT_NONE ? ACT_RESTART : act;
}

Act cutter_see(AverXmlCutter *cutter, const char *data, const Token *token, GError **error)
{
  if (cutter->inside != INSIDE_NOTHING)
    return see_inside(cutter, data, token, error);
  Act act = see_outside(cutter, data, token, error);
  if (act == ACT_BAD_FILE)
    source_take(&cutter->source, token->start);
  return act;
}
