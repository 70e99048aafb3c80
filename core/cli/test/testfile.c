/* SPDX-License-Identifier: Apache-2.0 */
/* Files of tests: read, and checked for all that needs no pipeline. */
#include "testfile.h"

#include <string.h>

#define SUFFIX ".test.json"

static const char *const file_keys[] = {"$schema", "description", "documents", "pipeline",
                                        "set",     "version",     NULL};
static const char *const document_keys[] = {"absent",   "count",  "description", "dropped",
                                            "exact",    "expect", "file",        "id",
                                            "metadata", "name",   "text",        NULL};

static gboolean has_nul(const Node *node)
{
  return node->string != NULL && strlen(node->string) != node->length;
}

static gboolean check_string(NodeFile *file, const Node *node, const char *expected)
{
  if (node == NULL)
    return TRUE;
  if (!node_check_kind(file, node, AVER_JSON_STRING, expected))
    return FALSE;
  if (!has_nul(node))
    return TRUE;
  node_mistake(file, node->at, "has a NUL character; expected none");
  return FALSE;
}

/* A text is a string, or a list of lines. */
static gboolean check_text(NodeFile *file, const Node *text)
{
  gboolean good = TRUE;
  if (text == NULL || text->kind == AVER_JSON_STRING)
    return TRUE;
  if (!node_check_kind(file, text, AVER_JSON_ARRAY, "a string, or a list of lines"))
    return FALSE;
  for (guint i = 0; i < node_count(text); i++)
    good &= node_check_kind(file, node_child(text, i), AVER_JSON_STRING, "a line of text");
  return good;
}

/* A map of layers to lists of rows. */
static gboolean check_rows(NodeFile *file, const Node *map)
{
  if (map == NULL)
    return TRUE;
  if (!node_check_kind(file, map, AVER_JSON_OBJECT, "an object of layers"))
    return FALSE;
  gboolean good = TRUE;
  for (guint i = 0; i < node_count(map); i++) {
    const Node *rows = node_child(map, i);
    if (!node_check_kind(file, rows, AVER_JSON_ARRAY, "a list of rows")) {
      good = FALSE;
      continue;
    }
    for (guint k = 0; k < node_count(rows); k++)
      good &= node_check_kind(file, node_child(rows, k), AVER_JSON_OBJECT,
                              "a row: an object of columns");
  }
  return good;
}

static gboolean check_counts(NodeFile *file, const Node *map)
{
  if (map == NULL)
    return TRUE;
  if (!node_check_kind(file, map, AVER_JSON_OBJECT, "an object of layers and numbers"))
    return FALSE;
  for (guint i = 0; i < node_count(map); i++) {
    const Node *count = node_child(map, i);
    if (count->kind == AVER_JSON_NUMBER && count->number >= 0 && count->number <= G_MAXUINT32 &&
        count->number == (double) (guint32) count->number)
      continue;
    node_mistake(file, count->at, "'%s' is no number of rows; expected a whole number", count->key);
    return FALSE;
  }
  return TRUE;
}

static gboolean check_flag(NodeFile *file, const Node *node)
{
  if (node == NULL || node->kind == AVER_JSON_TRUE || node->kind == AVER_JSON_FALSE)
    return TRUE;
  node_mistake(file, node->at, "'%s' is of another type; expected true or false", node->key);
  return FALSE;
}

static gboolean check_exact(NodeFile *file, const Node *exact)
{
  if (exact == NULL || exact->kind != AVER_JSON_ARRAY)
    return check_flag(file, exact);
  gboolean good = TRUE;
  for (guint i = 0; i < node_count(exact); i++)
    good &= check_string(file, node_child(exact, i), "a layer's name");
  return good;
}

static gboolean check_source(NodeFile *file, const Node *document)
{
  const Node *text = node_member(document, "text"), *path = node_member(document, "file");
  if ((text == NULL) == (path == NULL)) {
    node_mistake(file, document->at, "%s; expected one of them",
                 text == NULL ? "neither 'text' nor 'file'" : "both 'text' and 'file'");
    return FALSE;
  }
  const Node *id = node_member(document, "id"), *metadata = node_member(document, "metadata");
  const Node *wrong = text != NULL ? id : metadata;
  if (wrong == NULL)
    return check_text(file, text) & check_string(file, path, "a file's name") &
           check_string(file, id, "a document's id");
  node_mistake(file, wrong->key_at, "'%s' is not for a document %s", wrong->key,
               text != NULL ? "with a 'text'; expected 'name'" : "that is read from a file");
  return FALSE;
}

static gboolean check_dropped(NodeFile *file, const Node *document)
{
  const Node *dropped = node_member(document, "dropped");
  if (!check_flag(file, dropped))
    return FALSE;
  const char *const others[] = {"expect", "absent", "count"};
  for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
    const Node *other = node_member(document, others[i]);
    if (dropped == NULL || dropped->kind != AVER_JSON_TRUE || other == NULL)
      continue;
    node_mistake(file, other->key_at, "'%s' of a document that is dropped; expected one of them",
                 other->key);
    return FALSE;
  }
  return TRUE;
}

static gboolean check_document(NodeFile *file, const Node *document, GHashTable *names)
{
  if (!node_check_kind(file, document, AVER_JSON_OBJECT, "a document: an object"))
    return FALSE;
  const Node *name = node_member(document, "name"), *metadata = node_member(document, "metadata");
  gboolean good = node_check_keys(file, document, document_keys);
  good &= check_source(file, document) & check_dropped(file, document);
  good &= check_rows(file, node_member(document, "expect")) &
          check_rows(file, node_member(document, "absent"));
  good &= check_counts(file, node_member(document, "count")) &
          check_exact(file, node_member(document, "exact"));
  if (metadata != NULL)
    good &= node_check_kind(file, metadata, AVER_JSON_OBJECT, "an object");
  if (name == NULL) {
    node_mistake(file, document->at, "no 'name'; expected what the document is to show");
    return FALSE;
  }
  if (!check_string(file, name, "what the document is to show"))
    return FALSE;
  if (!g_hash_table_add(names, name->string)) {
    node_mistake(file, name->at, "the name '%s' is there already; expected each once",
                 name->string);
    return FALSE;
  }
  return good;
}

static gboolean check_set(NodeFile *file, const Node *set)
{
  if (set == NULL)
    return TRUE;
  if (!node_check_kind(file, set, AVER_JSON_ARRAY, "a list of \"stage.option=value\""))
    return FALSE;
  gboolean good = TRUE;
  for (guint i = 0; i < node_count(set); i++)
    good &= check_string(file, node_child(set, i), "\"stage.option=value\"");
  return good;
}

static gboolean check_version(NodeFile *file, const Node *root)
{
  const Node *version = node_member(root, "version");
  if (version != NULL && version->kind == AVER_JSON_NUMBER && version->number == 1)
    return TRUE;
  node_mistake(file, version == NULL ? root->at : version->at, "%s; expected \"version\": 1",
               version == NULL ? "no 'version'" : "a version that this Aver does not know");
  return FALSE;
}

static gboolean check_documents(NodeFile *file, const Node *documents)
{
  gboolean good = TRUE;
  g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < node_count(documents); i++)
    good &= check_document(file, node_child(documents, i), names);
  if (node_count(documents) == 0)
    node_mistake(file, documents->at, "no documents; expected at least one");
  return good && node_count(documents) > 0;
}

gboolean test_file_check(NodeFile *file)
{
  const Node *root = file->root;
  if (!node_check_kind(file, root, AVER_JSON_OBJECT, "an object"))
    return FALSE;
  gboolean good = node_check_keys(file, root, file_keys) & check_version(file, root) &
                  check_set(file, node_member(root, "set")) &
                  check_string(file, node_member(root, "pipeline"), "a pipeline file's name");
  if (node_member(root, "pipeline") == NULL && !g_str_has_suffix(file->path, SUFFIX)) {
    node_mistake(file, root->at, "no 'pipeline'; expected it, or a file named PIPELINE" SUFFIX);
    good = FALSE;
  }
  const Node *documents = node_member(root, "documents");
  if (documents == NULL) {
    node_mistake(file, root->at, "no 'documents'; expected a list of them");
    return FALSE;
  }
  return node_check_kind(file, documents, AVER_JSON_ARRAY, "a list of documents") &&
         check_documents(file, documents) && good;
}

char *test_file_resolve(const NodeFile *file, const char *name)
{
  if (g_path_is_absolute(name))
    return g_strdup(name);
  g_autofree char *folder = g_path_get_dirname(file->path);
  return strcmp(folder, ".") == 0 ? g_strdup(name) : g_build_filename(folder, name, NULL);
}

char *test_file_get_pipeline(const NodeFile *file)
{
  const Node *named = node_member(file->root, "pipeline");
  if (named != NULL)
    return test_file_resolve(file, named->string);
  g_autofree char *stem = g_strndup(file->path, strlen(file->path) - strlen(SUFFIX));
  return g_strconcat(stem, ".json", NULL);
}

char **test_file_get_settings(const NodeFile *file, char **more)
{
  const Node *set = node_member(file->root, "set");
  g_autoptr(GStrvBuilder) all = g_strv_builder_new();
  for (guint i = 0; i < node_count(set); i++)
    g_strv_builder_add(all, node_child(set, i)->string);
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    g_strv_builder_add(all, more[i]);
  return g_strv_builder_end(all);
}
