/* SPDX-License-Identifier: Apache-2.0 */
/* The layer `entity`: what it changes when it is there. */
#include "quote-cases.h"

#include <string.h>

extern const AverPlugin quote_attributor_LTX_aver_plugin;

static const AverColumnType columns[] = {
    {"label", AVER_COLUMN_STRING, NULL, NULL, ""},
    {"name", AVER_COLUMN_STRING, NULL, NULL, ""},
};
static const AverLayerType entity_layer = {"entity", "", columns, 2};
static const AverColumnType other_columns[] = {{"score", AVER_COLUMN_F32, NULL, NULL, ""}};
static const AverLayerType other_layer = {"entity", "", other_columns, 1};

/* The speaker of the last row of a text in which a list knows some words. */
static char *speaker(const AverLayerType *type, const char *text, const char *words,
                     const char *label, const char *name)
{
  g_autoptr(GError) error = NULL;
  QuoteFixture f;
  quote_fixture_open(&f, NULL);
  quote_fixture_run(&f, text, strlen(text));
  AverLayer *entities = aver_document_add_layer(f.document, type);
  for (const char *p = text; (p = strstr(p, words)) != NULL; p += strlen(words)) {
    guint32 start = (guint32) (p - text);
    gint32 row = aver_layer_add(entities, start, start + (guint32) strlen(words));
    if (type != &entity_layer)
      continue;
    aver_layer_set_string(entities, (guint32) row, 0, label, -1);
    aver_layer_set_string(entities, (guint32) row, 1, name, -1);
  }
  quote_attributor_LTX_aver_plugin.process(f.self, f.worker, f.document, &error);
  g_assert_no_error(error);
  const AverLayer *quotes = aver_document_get_layer(f.document, aver_quote_layer.name);
  guint32 n = aver_layer_get_n_rows(quotes);
  g_assert_cmpuint(n, >, 0);
  char *found = g_strdup(aver_layer_get_string(quotes, n - 1, AVER_QUOTE_SPEAKER));
  quote_fixture_close(&f);
  return found;
}

static void check(const AverLayerType *type, const char *text, const char *words, const char *label,
                  const char *name, const char *expected)
{
  g_autofree char *found = speaker(type, text, words, label, name);
  g_assert_cmpstr(found, ==, expected);
}

static void test_alias(void)
{
  check(&entity_layer, "“It leaks,” said the ODW.", "ODW", "organisation",
        "Office for Dams and Weirs", "Office for Dams and Weirs");
  check(&entity_layer, "The water board met.\n“It leaks,” said the water board.", "water board",
        "organisation", "Harwick Water", "Harwick Water");
  check(&entity_layer, "“It leaks,” said Ada Quill.", "Tam Orr", "person", "Tam Orr", "Ada Quill");
}

/* The list says what a name is, so that the pronoun finds it. */
static void test_kind(void)
{
  const char *text = "Vantry met the harbour board in Pell.\n“It leaks,” he said.";
  check(&entity_layer, text, "Vantry", "person", "Jon Vantry", "Jon Vantry");
}

/* A person is the speaker rather than the description around the name. */
static void test_person(void)
{
  const char *text = "“It leaks,” said the harbour’s oldest diver, bell hooker, yesterday.";
  check(&entity_layer, text, "bell hooker", "person", "bell hooker", "bell hooker");
  text = "“It leaks,” said a lawyer for the diver bell hooker.";
  check(&entity_layer, text, "bell hooker", "person", "bell hooker",
        "lawyer for the diver bell hooker");
}

/* A layer of that name with other columns is somebody else's. */
static void test_other_layer(void)
{
  check(&other_layer, "“It leaks,” said Ada Quill.", "Ada Quill", NULL, NULL, "Ada Quill");
}

void add_listed_tests(void)
{
  g_test_add_func("/quotes/listed/alias", test_alias);
  g_test_add_func("/quotes/listed/kind", test_kind);
  g_test_add_func("/quotes/listed/person", test_person);
  g_test_add_func("/quotes/listed/other-layer", test_other_layer);
}
