/* SPDX-License-Identifier: Apache-2.0 */
/* Annotated articles as train-quotes reads them: none is passed over without a word. */
#include "../train.h"
#include "folder.h"
#include "quote-cases.h"

#define ARTICLE                                                                                    \
  "{\"id\": \"a\", \"text\": \"Ada Quill said it rained.\", \"quotes\": [{\"cue\": [[10, 14]], "   \
  "\"source\": [[0, 9]], \"content\": [[15, 24]]}]}\n"

static char *put(const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename(folder, name, NULL);
  g_assert_true(g_file_set_contents(path, text, -1, NULL));
  return path;
}

static void example_free(gpointer data)
{
  Example *example = data;
  sheet_free(example->sheet);
  reading_free(example->reading);
  aver_document_unref(example->document);
  g_array_unref(example->gold);
  g_free(example);
}

static void test_articles(void)
{
  static const struct {
    const char *text;
    const char *wrong; /* NULL: two articles */
  } cases[] = {
      {ARTICLE ARTICLE, NULL},
      {" \n" ARTICLE "\n\n" ARTICLE " \r\n\t", NULL},
      {ARTICLE ARTICLE "{\"id\": \"b\", \"te", "article 3: "},
      {ARTICLE "{\"id\": \"b\"}\n" ARTICLE, "article 2: it has no text"},
      {ARTICLE "[]\n", "article 2: it has no text"},
      {ARTICLE "no", "article 2: "},
      {ARTICLE "{\"text\": \"\\ud800\"}", "article 2: "},
      {"\n", "holds no articles"},
  };
  GError *error = NULL;
  g_autofree char *folder = g_dir_make_tmp("aver-training-XXXXXX", NULL);
  g_autofree char *file = put(folder, "p.json",
                              "{\"version\": 1, \"stages\": [\"text-reader\", "
                              "\"sentence-splitter\", \"jsonl-writer\"]}");
  g_autoptr(AverRegistry) registry = aver_registry_new_standard(NULL, &error);
  g_assert_no_error(error);
  g_autoptr(AverPipeline) pipeline = aver_pipeline_new_from_file(registry, file, NULL, &error);
  g_assert_no_error(error);
  Words words;
  words_init(&words);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *data = put(folder, "data.jsonl", cases[i].text);
    g_autoptr(GPtrArray) examples = g_ptr_array_new_with_free_func(example_free);
    gboolean good = examples_load(examples, data, pipeline, &words, &error);
    if (cases[i].wrong == NULL) {
      g_assert_no_error(error);
      g_assert_true(good);
      g_assert_cmpuint(examples->len, ==, 2);
      const Example *second = examples->pdata[1];
      g_assert_cmpuint(second->gold->len, ==, 1);
    } else {
      g_assert_false(good);
      g_assert_error(error, AVER_ERROR, error->code);
      g_assert_nonnull(strstr(error->message, data));
      g_assert_nonnull(strstr(error->message, cases[i].wrong));
      g_clear_error(&error);
    }
  }
  words_clear(&words);
  remove_all(folder);
}

void add_training_data_tests(void)
{
  g_test_add_func("/training-data/articles", test_articles);
}
