/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of expressions: what holds of a document, and what is wrong where. */
#include "expression.h"

#include <aver/layers.h>
#include <string.h>

static const char text[] = "Mara Quill said: \"It rains.\" It rained.";

static const char *const tags[] = {"old", "new", "odd", NULL};
static const AverColumnType thing_columns[] = {
    {"size", AVER_COLUMN_I32, NULL, NULL, "-"},
    {"tags", AVER_COLUMN_FLAGS, tags, NULL, "-"},
    {"part", AVER_COLUMN_REF, NULL, "sentence", "-"},
};
static const AverLayerType thing_layer = {"thing", "things", thing_columns, 3};

static AverDocument *make_document(void)
{
  AverDocument *document = aver_document_new();
  g_assert_true(aver_document_set_text(document, text, strlen(text), NULL));
  aver_document_set_id(document, "a/7", -1);
  aver_document_set_metadata(document, "language", "en", FALSE);
  aver_document_set_metadata(document, "words", "12", TRUE);
  aver_document_set_metadata(document, "premium", "true", TRUE);
  aver_document_set_metadata(document, "odd key", "x", FALSE);
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  AverSpan content = {17, 28};
  aver_layer_add(quotes, 0, 28);
  aver_layer_set_spans(quotes, 0, AVER_QUOTE_CONTENT, &content, 1);
  aver_layer_set_string(quotes, 0, AVER_QUOTE_SPEAKER, "Mara Quill", -1);
  aver_layer_set_i32(quotes, 0, AVER_QUOTE_KIND, AVER_QUOTE_DIRECT);
  aver_layer_set_f32(quotes, 0, AVER_QUOTE_CONFIDENCE, 0.75f);
  aver_layer_add(quotes, 29, 39);
  aver_layer_set_i32(quotes, 1, AVER_QUOTE_KIND, AVER_QUOTE_INDIRECT);
  AverLayer *things = aver_document_add_layer(document, &thing_layer);
  aver_layer_add(things, 0, 4);
  aver_layer_set_i32(things, 0, 0, 5);
  aver_layer_set_flags(things, 0, 1, 1 | 4);
  return document;
}

static gboolean holds(const AverDocument *document, const char *condition)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverExpression) expression = aver_expression_new(condition, NULL, &error);
  g_assert_no_error(error);
  return aver_expression_holds(expression, document);
}

static void assert_all(const char *const *conditions, gboolean expected)
{
  g_autoptr(AverDocument) document = make_document();
  for (guint i = 0; conditions[i] != NULL; i++)
    if (holds(document, conditions[i]) != expected)
      g_test_fail_printf("%s is %s", conditions[i], expected ? "false" : "true");
}

static void test_true(void)
{
  static const char *const conditions[] = {
      "true",
      "metadata.language == \"en\"",
      "metadata.language == 'en' and not false",
      "metadata[\"odd key\"] == 'x'",
      "metadata.words > 11.5 and metadata.words <= 12",
      "metadata.words == '12'",
      "metadata.premium",
      "metadata.premium == true",
      "metadata.missing != 'x'",
      "not (metadata.missing == 'x')",
      "metadata.language in ('de', 'en')",
      "metadata.words in (1, 12)",
      "metadata.language matches 'e*'",
      "metadata.language < 'eo'",
      "has(metadata.language) and not has(metadata.missing)",
      "id == 'a/7'",
      "id matches '*/?'",
      "text.length == 39",
      "text.length < 1e3",
      "count(quote) == 2",
      "count(quote where kind == \"direct\") == 1",
      "has(quote)",
      "not has(claim) and count(claim) == 0",
      "any(quote where confidence > 0.5 and speaker == 'Mara Quill')",
      "all(quote where kind in ('direct', 'indirect'))",
      "all(claim where label == 'CFS')",
      "any(quote where has(content) and not has(cue))",
      "any(quote where start == 29 and end == 39 and length == 10)",
      "any(thing where tags == 'old') and any(thing where 'odd' == tags)",
      "any(thing where tags != 'new' and size == 5 and not has(part))",
      "false or true and true",
      "-1 < 0",
      NULL};
  assert_all(conditions, TRUE);
}

static void test_false(void)
{
  static const char *const conditions[] = {
      "false",
      "metadata.language == 'EN'",
      "metadata.language > 3",
      "metadata.language",
      "metadata.missing == metadata.missing",
      "metadata.missing < 3 or metadata.missing >= 3",
      "metadata.missing in ('a', 'b')",
      "metadata.language matches 'n*'",
      "metadata.language matches ''",
      "any(quote where confidence < 0.5)", /* absent is not less */
      "all(quote where has(speaker))",
      "any(thing where tags == 'new')",
      "any(nothing where x == 1)",
      "not true or false",
      "not (true or false)",
      NULL};
  assert_all(conditions, FALSE);
}

static void test_matches(void)
{
  g_autoptr(AverDocument) document = aver_document_new();
  aver_document_set_id(document,
                       "gr\xc3\xb6\xc3\x9f"
                       "e",
                       -1);
  g_assert_true(holds(document, "id matches 'gr??e'"));
  g_assert_true(holds(document, "id matches '*\xc3\x9f*'"));
  g_assert_true(holds(document, "id matches '**e'"));
  g_assert_false(holds(document, "id matches 'gr?e'"));
  g_assert_false(holds(document, "id matches '*x*'"));
}

static const AverLayerType *find_layer(const char *layer, gpointer data)
{
  (void) data;
  return strcmp(layer, "quote") == 0   ? &aver_quote_layer
         : strcmp(layer, "thing") == 0 ? &thing_layer
                                       : NULL;
}

typedef struct {
  const char *condition;
  guint position;
  const char *message;
} Mistake;

static void assert_mistakes(const Mistake *mistakes, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autoptr(GError) error = NULL;
    gsize position = 9999;
    g_autoptr(AverExpression) expression =
        aver_expression_new(mistakes[i].condition, &position, &error);
    if (expression != NULL)
      aver_expression_check(expression, find_layer, NULL, &position, &error);
    g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
    g_assert_cmpstr(error->message, ==, mistakes[i].message);
    g_assert_cmpuint(position, ==, mistakes[i].position);
  }
}

static void test_syntax(void)
{
  static const Mistake mistakes[] = {
      {"", 0, "the expression ends here; expected a value"},
      {"id ==", 5, "the expression ends here; expected a value"},
      {"id = 'x'", 3, "'=' is no operator; expected '=='"},
      {"id == 'x", 6, "the string does not end; expected ' behind it"},
      {"(id == 'x'", 10, "the expression ends here; expected ')'"},
      {"id == 'x' id", 10, "'id' stands here; expected an operator, 'and' or 'or'"},
      {"id == 'x' == 'y'", 10, "a second comparison in a row; expected 'and' or 'or' between"},
      {"id & 3", 3, "'&' means nothing here; expected a value or an operator"},
      {"and", 0, "'and' stands here; expected a value"},
      {"metadata == 1", 0, "'metadata' is no value by itself; expected metadata.KEY"},
      {"cuont(quote) > 1", 0, "unknown name 'cuont'; did you mean 'count'?"},
      {"count quote", 0, "'count' is no value by itself; expected count(LAYER)"},
      {"count(3)", 6, "'3' stands here; expected the name of a layer"},
      {"any(quote)", 9, "')' stands here; expected 'where' and a condition"},
      {"any(quote where any(quote where true))", 16,
       "'any' inside 'where'; expected a condition on the row's columns"},
      {"id in 'x'", 6, "'x' stands here; expected '('"},
      {"id in (id)", 7, "'id' stands here; expected a string or a number"},
      {"text.size > 1", 5, "'size' stands here; expected 'text.length'"},
      {"1e999 > 1", 0, "the number is too large; expected one below 1e308"},
  };
  assert_mistakes(mistakes, G_N_ELEMENTS(mistakes));
}

static void test_types(void)
{
  static const Mistake mistakes[] = {
      {"3", 0, "a number stands for a condition; expected a comparison, or has()"},
      {"true and id", 9, "a string stands for a condition; expected a comparison, or has()"},
      {"count(quote) == 'x'", 13, "compares a number with a string; expected values of one type"},
      {"true < false", 5, "orders a condition; expected numbers or strings"},
      {"id in (1)", 7, "compares a string with a number; expected values of one type"},
      {"text.length matches '*'", 12, "matches a number; expected a string"},
      {"id matches id", 11, "no pattern; expected a string with * and ?"},
      {"any(quote where kinds == 'direct')", 16,
       "the layer 'quote' has no column 'kinds'; did you mean 'kind'?"},
      {"any(quote where kind == 'drect')", 24,
       "column 'kind' is never \"drect\"; did you mean 'direct'?"},
      {"any(quote where kind in ('direct', 'x'))", 35,
       "column 'kind' is never \"x\"; expected one of direct, indirect, mixed"},
      {"any(quote where kind == 1)", 21,
       "compares a string with a number; expected values of one type"},
      {"any(quote where content == 'x')", 24, "compares spans; expected has() around their column"},
      {"any(quote where speaker)", 16,
       "a string stands for a condition; expected a comparison, or has()"},
      {"any(thing where tags == 'young')", 24,
       "column 'tags' is never \"young\"; expected one of old, new, odd"},
  };
  assert_mistakes(mistakes, G_N_ELEMENTS(mistakes));
}

static void test_limits(void)
{
  g_autofree char *deep = g_strnfill(1000, '(');
  g_autofree char *negated = g_malloc0(4 * 1000 + 5);
  g_autofree char *longer = g_strnfill(AVER_EXPRESSION_MAX_BYTES + 1, ' ');
  g_autoptr(GString) chain = g_string_new("true");
  for (guint i = 0; i < 1000; i++)
    strcpy(negated + 4 * i, "not ");
  strcpy(negated + 4000, "true");
  while (chain->len + 9 < AVER_EXPRESSION_MAX_BYTES)
    g_string_append(chain, " and true");
  const Mistake mistakes[] = {
      {deep, 64, "nested too deep; expected at most 64 levels"},
      {negated, 256, "nested too deep; expected at most 64 levels"},
      {longer, 0, "the expression is longer than 4096 bytes"},
      {"\xff", 0, "the expression is not valid UTF-8"},
  };
  assert_mistakes(mistakes, G_N_ELEMENTS(mistakes));
  g_autoptr(AverDocument) document = aver_document_new();
  g_assert_true(holds(document, chain->str));
}

/* Whatever stands there is an expression or a mistake inside the text. */
static void test_mangled(void)
{
  static const char *const pieces[] = {"count", "(",   "quote", "where", "kind", "==", "'direct'",
                                       ")",     "and", "not",   "1",     "in",   ",",  "metadata",
                                       ".",     "[",   "]",     "has",   "\"",   "<",  "\xc3\xb6"};
  g_autoptr(GRand) random = g_rand_new_with_seed(6);
  g_autoptr(AverDocument) document = make_document();
  for (guint round = 0; round < 20000; round++) {
    g_autoptr(GString) condition = g_string_new(NULL);
    for (gint32 n = g_rand_int_range(random, 1, 12); n > 0; n--)
      g_string_append_printf(condition, "%s ",
                             pieces[g_rand_int_range(random, 0, (gint32) G_N_ELEMENTS(pieces))]);
    gsize position = 0;
    g_autoptr(GError) error = NULL;
    g_autoptr(AverExpression) expression = aver_expression_new(condition->str, &position, &error);
    g_assert_true((expression == NULL) == (error != NULL));
    g_assert_cmpuint(position, <=, condition->len);
    if (expression != NULL)
      aver_expression_holds(expression, document);
  }
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/expression/true", test_true);
  g_test_add_func("/expression/false", test_false);
  g_test_add_func("/expression/matches", test_matches);
  g_test_add_func("/expression/syntax", test_syntax);
  g_test_add_func("/expression/types", test_types);
  g_test_add_func("/expression/limits", test_limits);
  g_test_add_func("/expression/mangled", test_mangled);
  return g_test_run();
}
