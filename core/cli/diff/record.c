/* SPDX-License-Identifier: Apache-2.0 */
/* A document of an output: its line, scanned and not made a tree of. */
#include "record.h"

#include <string.h>

static char *decode(const AverJsonValue *string, gsize *length)
{
  char *text = g_malloc(string->length + 1);
  *length = aver_json_unescape(string, text);
  text[*length] = '\0';
  return text;
}

static gboolean is_named(const AverJsonValue *key, const char *name)
{
  return key->length == strlen(name) && memcmp(key->text, name, key->length) == 0;
}

static void clear_layer(gpointer data)
{
  DiffLayer *layer = data;
  g_free(layer->name);
}

void diff_document_clear(DiffDocument *document)
{
  g_clear_pointer(&document->id, g_free);
  g_clear_pointer(&document->decoded, g_free);
  g_clear_pointer(&document->layers, g_array_unref);
  document->text.text = document->metadata.text = NULL;
}

static gboolean parse_layers(DiffDocument *document, const AverJsonValue *layers, GError **error)
{
  g_auto(AverJsonScanner) scanner = {0};
  AverJsonValue key, value;
  g_autoptr(GError) failure = NULL;
  if (aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, layers->text, layers->length, &failure))
    while (aver_json_scanner_next(&scanner, &key, &value, &failure)) {
      gsize length;
      DiffLayer layer = {decode(&key, &length), value};
      g_array_append_val(document->layers, layer);
    }
  if (failure == NULL)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "in 'layers': %s", failure->message);
  return FALSE;
}

static void take_id(DiffDocument *document, const AverJsonValue *value)
{
  gsize length;
  g_autofree char *id = value->kind == AVER_JSON_STRING ? decode(value, &length) : NULL;
  g_clear_pointer(&document->id, g_free); /* of a key that stands twice, which is told at the end */
  if (id != NULL && strlen(id) == length)
    document->id = g_steal_pointer(&id);
}

static gboolean take_member(DiffDocument *document, const AverJsonValue *key,
                            const AverJsonValue *value, GError **error)
{
  if (is_named(key, "id"))
    take_id(document, value);
  else if (is_named(key, "text") && value->kind == AVER_JSON_STRING)
    document->text = *value;
  else if (is_named(key, "metadata"))
    document->metadata = *value;
  else if (is_named(key, "layers"))
    return parse_layers(document, value, error);
  return TRUE;
}

gboolean diff_document_parse(DiffDocument *document, const char *line, gsize length, GError **error)
{
  g_auto(AverJsonScanner) scanner = {0};
  AverJsonValue key, value;
  g_autoptr(GError) failure = NULL;
  document->layers = g_array_new(FALSE, FALSE, sizeof(DiffLayer));
  g_array_set_clear_func(document->layers, clear_layer);
  gboolean good = aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, line, length, &failure);
  while (good && aver_json_scanner_next(&scanner, &key, &value, &failure))
    good = take_member(document, &key, &value, &failure);
  if (failure != NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "%s:%" G_GUINT64_FORMAT ": %s; expected one object a line, as jsonl-writer writes",
                document->path, document->line, failure->message);
  else if (document->id == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "%s:%" G_GUINT64_FORMAT ": no document with an \"id\"; expected what Aver's "
                "jsonl-writer writes",
                document->path, document->line);
  return failure == NULL && document->id != NULL;
}

const char *diff_document_get_text(DiffDocument *document, gsize *length)
{
  const AverJsonValue *text = &document->text;
  if (text->text == NULL || text->escaped == AVER_JSON_UNESCAPED) {
    *length = text->length;
    return text->text;
  }
  if (document->decoded == NULL)
    document->decoded = decode(text, &document->decoded_length);
  *length = document->decoded_length;
  return document->decoded;
}

const AverJsonValue *diff_document_find_layer(const DiffDocument *document, const char *name)
{
  for (guint i = 0; i < document->layers->len; i++)
    if (strcmp(g_array_index(document->layers, DiffLayer, i).name, name) == 0)
      return &g_array_index(document->layers, DiffLayer, i).rows;
  return NULL;
}

json_t *diff_value_parse(const AverJsonValue *value)
{
  if (value == NULL || value->text == NULL)
    return NULL;
  gsize quotes = value->kind == AVER_JSON_STRING;
  return json_loadb(value->text - quotes, value->length + 2 * quotes,
                    JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);
}
