/* SPDX-License-Identifier: Apache-2.0 */
/* Documents as HTML for the browser's page: one that was analysed, or one that comes with its
 * layers. */
#include "page.h"

#include <aver/page.h>
#include <string.h>

/* What ids begin with: there is one document. */
#define PREFIX "d-"

gboolean page_append_document(AverBuffer *out, const AverDocument *document)
{
  g_autoptr(AverPage) page = aver_page_new(document);
  g_auto(AverBuffer) article = {0};
  aver_page_append_article(&article, page, 2);
  aver_page_print_anchored(out, article.data, article.length, PREFIX);
  return TRUE;
}

/* A document while it is read. */
typedef struct {
  AverDocument *document;
  AverJsonValue layers;
  gboolean has_text, has_layers;
} Reading;

static gboolean is_key(const AverJsonValue *key, const char *name)
{
  return key->length == strlen(name) && memcmp(key->text, name, key->length) == 0;
}

static gboolean refuse(const char *what, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "%s", what);
  return FALSE;
}

static gboolean take_member(Reading *reading, const AverJsonValue *key, const AverJsonValue *value,
                            GError **error)
{
  if (is_key(key, "id")) {
    gsize length;
    const char *id = value->kind == AVER_JSON_STRING
                         ? aver_json_get_string(value, reading->document, &length)
                         : NULL;
    if (id == NULL || memchr(id, '\0', length) != NULL)
      return refuse("'id' is no string without NUL; expected one", error);
    aver_document_set_id(reading->document, id, (gssize) length);
  } else if (is_key(key, "text")) {
    if (value->kind != AVER_JSON_STRING)
      return refuse("'text' is no string; expected the document's text", error);
    reading->has_text = TRUE;
    return aver_json_set_text(value, reading->document, error);
  } else if (is_key(key, "metadata")) {
    if (value->kind != AVER_JSON_OBJECT)
      return refuse("'metadata' is no object; expected one", error);
    return aver_document_read_metadata(reading->document, value, error);
  } else if (is_key(key, "layers")) {
    if (value->kind != AVER_JSON_OBJECT)
      return refuse("'layers' is no object; expected lists of rows", error);
    reading->layers = *value;
    reading->has_layers = TRUE;
  }
  return TRUE;
}

static gboolean fail_with(GError *failure, GError **error)
{
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

/* Of the built-in layers those that are there, as an empty one is something else than none. */
static gboolean list_types(const AverJsonValue *layers, GPtrArray *types, GError **error)
{
  g_auto(AverJsonScanner) scanner = {0};
  AverJsonValue key, value;
  GError *failure = NULL;
  if (!aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, layers->text, layers->length, error))
    return FALSE;
  while (aver_json_scanner_next(&scanner, &key, &value, &failure))
    for (guint i = 0; aver_builtin_layers[i] != NULL; i++)
      if (is_key(&key, aver_builtin_layers[i]->name))
        g_ptr_array_add(types, (gpointer) aver_builtin_layers[i]);
  g_ptr_array_add(types, NULL);
  return fail_with(failure, error);
}

static gboolean read_layers(Reading *reading, GError **error)
{
  g_autoptr(GPtrArray) types = g_ptr_array_new();
  return list_types(&reading->layers, types, error) &&
         aver_document_read_layers(reading->document, &reading->layers,
                                   (const AverLayerType *const *) types->pdata, error);
}

gboolean page_append_record(AverBuffer *out, const char *json, gsize length, GError **error)
{
  g_autoptr(AverDocument) document = aver_document_new();
  g_auto(AverJsonScanner) scanner = {0};
  Reading reading = {.document = document};
  AverJsonValue key, value;
  GError *failure = NULL;
  if (!aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, json, length, error))
    return FALSE;
  while (aver_json_scanner_next(&scanner, &key, &value, &failure))
    if (!take_member(&reading, &key, &value, error))
      return FALSE;
  if (!fail_with(failure, error))
    return FALSE;
  if (!reading.has_text || !reading.has_layers)
    return refuse("the record has no 'text' or no 'layers'; expected a document with both", error);
  return read_layers(&reading, error) && page_append_document(out, document);
}
