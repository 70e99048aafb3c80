/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of elastic-writer. */
#include "writer-samples.h"

extern const AverPlugin elastic_writer_LTX_aver_plugin;
static const AverPlugin *const plugin = &elastic_writer_LTX_aver_plugin;

static const AverColumnType sample_columns[] = {SAMPLE_COLUMNS};
static const AverLayerType sample_layer = {"sample", "", sample_columns,
                                           G_N_ELEMENTS(sample_columns)};

static void test_every_kind_of_column(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"index=news", "action=create", NULL};
  (void) data;
  g_autoptr(AverDocument) document = document_with_every_kind(&sample_layer);
  g_autofree char *lines = write_and_read(plugin, set, fixture, document, NULL);
  g_assert_cmpstr(
      lines, ==,
      "{\"create\":{\"_index\":\"news\",\"_id\":\"one\"}}\n"
      "{\"id\":\"one\",\"metadata\":{\"n\":[1,2],\"title\":\"On \\\"rain\\\"\"},"
      "\"text\":\"R\xc3\xa4n fell.\",\"layers\":{\"sentence\":[{\"start\":0,\"end\":10,"
      "\"text\":\"R\xc3\xa4n fell.\",\"row\":0}],\"sample\":[{\"start\":0,\"end\":4,"
      "\"text\":\"R\xc3\xa4n\",\"row\":0},{\"start\":5,\"end\":9,\"text\":\"fell\",\"row\":1,"
      "\"count\":-7,\"weight\":0.25,\"head\":[{\"start\":0,\"end\":3,\"text\":\"R\xc3\xa4\"}],"
      "\"parts\":[{\"start\":0,\"end\":3,\"text\":\"R\xc3\xa4\"},{\"start\":4,\"end\":5,"
      "\"text\":\" \"}],\"name\":\"a\\tb\\n\xe2\x80\xa8=1\",\"colour\":\"blue\","
      "\"mix\":[\"red\",\"green\"],\"of\":0}]}}\n");
}

static void test_less_can_be_asked_for(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"layers=other, sentence", "text=false", NULL};
  (void) data;
  g_autoptr(AverDocument) document = document_with_every_kind(&sample_layer);
  g_autofree char *lines = write_and_read(plugin, set, fixture, document, NULL);
  g_assert_cmpstr(lines, ==,
                  "{\"index\":{\"_id\":\"one\"}}\n"
                  "{\"id\":\"one\",\"metadata\":{\"n\":[1,2],\"title\":\"On \\\"rain\\\"\"},"
                  "\"layers\":{\"sentence\":[{\"start\":0,\"end\":10,"
                  "\"text\":\"R\xc3\xa4n fell.\",\"row\":0}]}}\n");
}

static void test_wrong_indices(Fixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = {"index=",    "index=News", "index=_a", "index=a b",
                                      "index=a,b", "index=..",   NULL};
  (void) data;
  assert_wrong_options(plugin, fixture, wrong);
}

#define ADD(name, function)                                                                        \
  g_test_add("/elastic-writer/" name, Fixture, "out", set_up, function, remove_fixture)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("every-kind-of-column", test_every_kind_of_column);
  ADD("less-can-be-asked-for", test_less_can_be_asked_for);
  ADD("wrong-indices", test_wrong_indices);
  return g_test_run();
}
