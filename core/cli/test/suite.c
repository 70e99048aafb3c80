/* SPDX-License-Identifier: Apache-2.0 */
/* A file of tests with the pipeline that it is about. */
#include "suite.h"

#include "judge.h"

#include <stdio.h>
#include <string.h>

void suite_free(Suite *suite)
{
  if (suite == NULL)
    return;
  g_free(suite->types);
  aver_pipeline_free(suite->pipeline);
  g_strfreev(suite->set);
  g_free(suite->pipeline_path);
  node_file_clear(&suite->file);
  g_free(suite);
}

static AverPipeline *open_pipeline(const Suite *suite, const char *input, GError **error)
{
  const char *const inputs[] = {input, NULL};
  AverSettings settings = {.set = (const char *const *) suite->set,
                           .inputs = input == NULL ? NULL : inputs};
  return aver_pipeline_new_from_file(suite->registry, suite->pipeline_path, &settings, error);
}

static gboolean load(Suite *suite, const char *path, char **set)
{
  g_autoptr(GError) error = NULL;
  if (!node_file_load(&suite->file, path) || !test_file_check(&suite->file))
    return FALSE;
  suite->pipeline_path = test_file_get_pipeline(&suite->file);
  suite->set = test_file_get_settings(&suite->file, set);
  suite->pipeline = open_pipeline(suite, NULL, &error);
  if (suite->pipeline == NULL) {
    g_string_append_printf(suite->file.mistakes, "%s\n", error->message);
    return FALSE;
  }
  suite->types = aver_pipeline_list_layers(suite->pipeline);
  return test_file_check_layers(&suite->file, suite->types);
}

Suite *suite_new(AverRegistry *registry, const char *path, char **set)
{
  g_autoptr(Suite) suite = g_new0(Suite, 1);
  suite->registry = registry;
  if (load(suite, path, set))
    return g_steal_pointer(&suite);
  fputs(suite->file.mistakes->str, stderr);
  return NULL;
}

static const Node *get_test(const Suite *suite, guint index)
{
  return node_child(node_member(suite->file.root, "documents"), index);
}

guint suite_count(const Suite *suite)
{
  return node_count(node_member(suite->file.root, "documents"));
}

const char *suite_get_name(const Suite *suite, guint index)
{
  return node_member(get_test(suite, index), "name")->string;
}

static gboolean set_text(AverDocument *document, const Node *text, GError **error)
{
  if (text->kind == AVER_JSON_STRING)
    return aver_document_set_text(document, text->string, text->length, error);
  g_autoptr(GString) lines = g_string_new(NULL);
  for (guint i = 0; i < node_count(text); i++) {
    if (i > 0)
      g_string_append_c(lines, '\n');
    g_string_append_len(lines, node_child(text, i)->string, (gssize) node_child(text, i)->length);
  }
  char *copy = aver_document_alloc(document, lines->len + 1);
  memcpy(copy, lines->str, lines->len);
  return aver_document_set_text(document, copy, lines->len, error);
}

static AverVerdict process_text(Suite *suite, const Node *test, AverDocument *document,
                                GError **error)
{
  const Node *metadata = node_member(test, "metadata");
  aver_document_reset(document);
  aver_document_set_id(document, node_member(test, "name")->string, -1);
  if (!set_text(document, node_member(test, "text"), error))
    return AVER_FAIL;
  if (metadata != NULL) {
    AverJsonValue object = {AVER_JSON_OBJECT, 0, metadata->at, metadata->extent};
    if (!aver_document_read_metadata(document, &object, error))
      return AVER_FAIL;
  }
  return aver_pipeline_process(suite->pipeline, document, error);
}

/* Leaves the document that is wanted in @document, whose text lives as long as @pipeline is not
 * read on. */
static gboolean find_in_file(AverPipeline *pipeline, const Node *id, AverDocument *document,
                             GError **error)
{
  for (;;) {
    AverCut cut = aver_pipeline_read(pipeline, document, error);
    if (cut == AVER_CUT_RECORD &&
        (id == NULL || strcmp(aver_document_get_id(document), id->string) == 0))
      return TRUE;
    if (cut == AVER_CUT_RECORD)
      continue;
    if (cut == AVER_CUT_END)
      g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "no document%s%s%s in the file",
                  id == NULL ? "" : " '", id == NULL ? "" : id->string, id == NULL ? "" : "'");
    return FALSE;
  }
}

static AverVerdict process_file(Suite *suite, const Node *test, AverDocument *document,
                                GError **error)
{
  g_autofree char *path = test_file_resolve(&suite->file, node_member(test, "file")->string);
  g_autoptr(AverPipeline) pipeline = open_pipeline(suite, path, error);
  g_autoptr(AverDocument) read = aver_document_new();
  if (pipeline == NULL)
    return AVER_FAIL;
  if (!find_in_file(pipeline, node_member(test, "id"), read, error)) {
    g_prefix_error(error, "%s: ", path);
    return AVER_FAIL;
  }
  guint32 length, n;
  aver_document_reset(document);
  const char *text = aver_document_get_text(read, &length);
  const AverMetadata *metadata = aver_document_list_metadata(read, &n);
  aver_document_set_id(document, aver_document_get_id(read), -1);
  for (guint32 i = 0; i < n; i++)
    aver_document_set_metadata(document, metadata[i].key, metadata[i].value, metadata[i].json);
  char *copy = aver_document_alloc(document, length + 1u);
  memcpy(copy, text, length);
  if (!aver_document_set_text(document, copy, length, error))
    return AVER_FAIL;
  return aver_pipeline_process(suite->pipeline, document, error);
}

AverVerdict suite_process(Suite *suite, guint index, AverDocument *document, GError **error)
{
  const Node *test = get_test(suite, index);
  return node_member(test, "text") != NULL ? process_text(suite, test, document, error)
                                           : process_file(suite, test, document, error);
}

char *suite_judge(Suite *suite, guint index, AverDocument *document)
{
  g_autoptr(GError) error = NULL;
  Judgement judgement = {&suite->file, get_test(suite, index), suite->types, g_string_new(NULL)};
  AverVerdict verdict = suite_process(suite, index, document, &error);
  if (verdict == AVER_FAIL) {
    g_autofree char *line = aver_text_make_printable(error->message, -1);
    g_string_append_printf(judgement.remarks, "  the document failed: %s\n", line);
  } else {
    judge(&judgement, document, verdict);
  }
  return g_string_free(judgement.remarks, FALSE);
}
