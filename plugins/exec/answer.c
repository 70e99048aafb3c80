/* SPDX-License-Identifier: Apache-2.0 */
/* A program's answer about one document. */
#include "answer.h"

typedef struct {
  gboolean drop;
  AverJsonValue failure, metadata, layers; /* of kind null when absent */
} Answer;

static gboolean key_is(const AverJsonValue *key, const char *name)
{
  return !key->escaped && key->length == strlen(name) && memcmp(key->text, name, key->length) == 0;
}

static gboolean refuse(GError **error, const char *format, const char *what, gsize length)
{
  g_autofree char *shown = aver_text_make_printable(what, (gssize) MIN(length, 60));
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, format, shown);
  return FALSE;
}

static gboolean same_id(const AverJsonValue *value, const AverDocument *document)
{
  const char *id = aver_document_get_id(document);
  if (value->kind != AVER_JSON_STRING || value->length < strlen(id))
    return FALSE;
  g_autofree char *got = g_malloc(value->length + 1);
  got[aver_json_unescape(value, got)] = '\0';
  return strcmp(got, id) == 0;
}

gboolean answer_belongs(const char *line, gsize length, const AverDocument *document,
                        GError **error)
{
  g_auto(AverJsonScanner) scanner = {0};
  g_autoptr(GError) failure = NULL;
  AverJsonValue key, value;
  gboolean found = FALSE, same = FALSE;
  if (!aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, line, length, NULL))
    return refuse(error, "the program answered with '%s'; expected one line of JSON, an object",
                  line, length);
  while (aver_json_scanner_next(&scanner, &key, &value, &failure)) {
    if (!key_is(&key, "id"))
      continue;
    found = TRUE;
    same = same_id(&value, document);
  }
  if (failure != NULL)
    return refuse(error, "the program answered with '%s'; expected one line of JSON, an object",
                  line, length);
  if (!found)
    return refuse(error, "the program answered with '%s'; expected the document's \"id\" in it",
                  line, length);
  const char *id = aver_document_get_id(document);
  return same ||
         refuse(error, "the program answered about another document than '%s'", id, strlen(id));
}

static gboolean take_member(Answer *answer, const AverJsonValue *key, const AverJsonValue *value,
                            GError **error)
{
  if (key_is(key, "id") || key_is(key, "text"))
    return TRUE;
  if (key_is(key, "metadata")) {
    answer->metadata = *value;
  } else if (key_is(key, "layers")) {
    answer->layers = *value;
  } else if (key_is(key, "error")) {
    if (value->kind != AVER_JSON_STRING && value->kind != AVER_JSON_NULL)
      return refuse(error, "error is %s; expected a string", value->text, value->length);
    answer->failure = *value;
  } else if (key_is(key, "drop")) {
    if (value->kind != AVER_JSON_TRUE && value->kind != AVER_JSON_FALSE &&
        value->kind != AVER_JSON_NULL)
      return refuse(error, "drop is %s; expected true or false", value->text, value->length);
    answer->drop = value->kind == AVER_JSON_TRUE;
  } else {
    return refuse(error,
                  "the answer has '%s'; expected only id, text, metadata, layers, drop and error",
                  key->text, key->length);
  }
  return TRUE;
}

static gboolean read_answer(Answer *answer, const char *line, gsize length, GError **error)
{
  g_auto(AverJsonScanner) scanner = {0};
  AverJsonValue key, value, absent = {.kind = AVER_JSON_NULL};
  GError *failure = NULL;
  *answer = (Answer){FALSE, absent, absent, absent};
  if (!aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, line, length, error))
    return FALSE;
  while (aver_json_scanner_next(&scanner, &key, &value, &failure))
    if (!take_member(answer, &key, &value, error))
      return FALSE;
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

/* The program's own words about a document that it could not do. */
static void set_failure(const AverJsonValue *string, GError **error)
{
  g_autofree char *words = g_malloc(string->length + 1);
  gsize length = aver_json_unescape(string, words);
  g_autofree char *shown = aver_text_make_printable(words, (gssize) MIN(length, 1000));
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "%s", shown);
}

AverVerdict answer_apply(const char *line, gsize length, AverDocument *document,
                         const AverLayerType *const *provides, GError **error)
{
  Answer answer;
  const AverJsonValue none = {.kind = AVER_JSON_OBJECT, .text = "{}", .length = 2};
  if (!read_answer(&answer, line, length, error))
    return AVER_FAIL;
  if (answer.failure.kind == AVER_JSON_STRING) {
    set_failure(&answer.failure, error);
    return AVER_FAIL;
  }
  if (answer.drop)
    return AVER_DROP;
  if (answer.metadata.kind != AVER_JSON_NULL &&
      !aver_document_read_metadata(document, &answer.metadata, error))
    return AVER_FAIL;
  const AverJsonValue *layers = answer.layers.kind == AVER_JSON_NULL ? &none : &answer.layers;
  return aver_document_read_layers(document, layers, provides, error) ? AVER_KEEP : AVER_FAIL;
}
