/* SPDX-License-Identifier: Apache-2.0 */
/* What claims-writer lists, and in which order. */
#include <aver/aver.h>
#include <aver/testing.h>

#include <string.h>

extern const AverPlugin claims_writer_LTX_aver_plugin;
static const AverPlugin *const plugin = &claims_writer_LTX_aver_plugin;

static void add_claim(AverDocument *document, const char *words, float score, const char *label)
{
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  AverLayer *claims = aver_document_get_layer(document, "claim");
  guint32 start = (guint32) (strstr(text, words) - text);
  guint32 row = (guint32) aver_layer_add(claims, start, start + (guint32) strlen(words));
  aver_layer_set_string(claims, row, AVER_CLAIM_LABEL, label, -1);
  aver_layer_set_f32(claims, row, AVER_CLAIM_CHECKWORTHY, score);
  aver_layer_set_i32(claims, row, AVER_CLAIM_ACT, AVER_ACT_DENIAL);
  aver_layer_set_flags(claims, row, AVER_CLAIM_TYPES, AVER_TYPE_QUANTITY | AVER_TYPE_EVENT);
}

/* Returns: (transfer full): what is written for three claims. */
static char *write_three(const char *option)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) document = aver_document_new();
  g_auto(AverBuffer) out = {0};
  const char *set[] = {option, NULL};
  const char text[] = "Low it is. High\nit\x1b is. Also low.";
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, "/dev/null", &error);
  g_assert_no_error(error);
  gpointer self = plugin->open(stage, &error);
  gpointer worker = plugin->start(self, &error);
  g_assert_true(aver_document_set_text(document, text, strlen(text), &error));
  aver_document_set_id(document, "a.txt", -1);
  aver_document_add_layer(document, &aver_claim_layer);
  add_claim(document, "Low it is.", 0.25f, "UFS");
  add_claim(document, "High\nit\x1b is.", 0.75f, "CFS");
  add_claim(document, "Also low.", 0.25f, "UFS");
  g_assert_true(plugin->encode(self, worker, document, &out, &error));
  plugin->stop(self, worker);
  plugin->close(self);
  aver_testing_stage_free(stage);
  return g_strndup(out.data, out.length);
}

static void test_order(void)
{
  g_autofree char *lines = write_three(NULL);
  g_assert_cmpstr(lines, ==,
                  "0.7500\tCFS\tdenial\t\tquantity,event\t\tHigh it\\u001b is.\ta.txt\t11\t23\n"
                  "0.2500\tUFS\tdenial\t\tquantity,event\t\tLow it is.\ta.txt\t0\t10\n"
                  "0.2500\tUFS\tdenial\t\tquantity,event\t\tAlso low.\ta.txt\t24\t33\n");
}

static void test_least(void)
{
  g_autofree char *lines = write_three("least=0.5");
  g_assert_true(g_str_has_prefix(lines, "0.7500\t"));
  g_assert_null(strstr(lines, "0.2500"));
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/claims-writer/most-check-worthy-first", test_order);
  g_test_add_func("/claims-writer/least-leaves-out", test_least);
  return g_test_run();
}
