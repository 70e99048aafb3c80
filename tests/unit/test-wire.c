/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the wire: what goes over comes back, and what was damaged is refused. */
#include "wire.h"

#include <aver/layers.h>
#include <string.h>

static const char text[] = "Mara Voss said \xe2\x80\x9cno\xe2\x80\x9d twice, and then she left.";

static void fill(AverDocument *document)
{
  aver_document_set_id(document, "a", -1);
  g_assert_true(aver_document_set_text(document, text, sizeof text - 1, NULL));
  aver_document_set_metadata(document, "title", "Hm", FALSE);
  aver_document_set_metadata(document, "pages", "[1,2]", TRUE);
  AverLayer *sentences = aver_document_add_layer(document, &aver_sentence_layer);
  aver_layer_add(sentences, 0, sizeof text - 1);
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  AverLayer *claims = aver_document_add_layer(document, &aver_claim_layer);
  for (guint i = 0; i < 50; i++) {
    AverSpan spans[] = {{0, 4}, {5, 9}};
    guint32 row = (guint32) aver_layer_add(quotes, 0, 14);
    aver_layer_set_spans(quotes, row, AVER_QUOTE_CONTENT, spans, i % 3);
    aver_layer_set_string(quotes, row, AVER_QUOTE_SPEAKER, i % 2 ? "Mara Voss" : NULL, -1);
    aver_layer_set_i32(quotes, row, AVER_QUOTE_KIND, (gint32) i % 3);
    aver_layer_set_f32(quotes, row, AVER_QUOTE_CONFIDENCE, (float) i / 50);
    row = (guint32) aver_layer_add(claims, 0, 4);
    aver_layer_set_i32(claims, row, AVER_CLAIM_SENTENCE, 0);
    aver_layer_set_i32(claims, row, AVER_CLAIM_QUOTE, (gint32) i);
  }
}

typedef struct {
  AverWireLayers layers;
  AverDocument *document;
  AverBuffer bytes;
} Fixture;

static void set_up(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->layers.types = g_ptr_array_new();
  fixture->layers.sent = g_ptr_array_new();
  for (guint i = 0; aver_builtin_layers[i] != NULL; i++) {
    g_ptr_array_add(fixture->layers.types, (gpointer) aver_builtin_layers[i]);
    g_ptr_array_add(fixture->layers.sent, (gpointer) aver_builtin_layers[i]->name);
  }
  fixture->layers.returned = g_ptr_array_ref(fixture->layers.sent);
  fixture->document = aver_document_new();
  fill(fixture->document);
  aver_wire_put_document(&fixture->bytes, fixture->document, AVER_WIRE_ID | AVER_WIRE_TEXT, NULL,
                         &fixture->layers, fixture->layers.sent);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_ptr_array_unref(fixture->layers.types);
  g_ptr_array_unref(fixture->layers.sent);
  g_ptr_array_unref(fixture->layers.returned);
  aver_document_unref(fixture->document);
  aver_buffer_clear(&fixture->bytes);
}

static gboolean get(const Fixture *fixture, const char *bytes, gsize length, AverDocument *document,
                    GError **error)
{
  AverWire wire = {bytes, bytes + length};
  return aver_wire_get_document(&wire, document, TRUE, &fixture->layers, fixture->layers.returned,
                                error);
}

static void test_round_trip(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) copy = aver_document_new();
  g_auto(AverBuffer) again = {0};
  g_assert_true(get(fixture, fixture->bytes.data, fixture->bytes.length, copy, &error));
  g_assert_no_error(error);
  g_assert_cmpstr(aver_document_get_metadata(copy, "pages"), ==, "[1,2]");
  aver_wire_put_document(&again, copy, AVER_WIRE_ID | AVER_WIRE_TEXT, NULL, &fixture->layers,
                         fixture->layers.sent);
  g_assert_cmpmem(again.data, again.length, fixture->bytes.data, fixture->bytes.length);
}

static void test_cut_short(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) copy = aver_document_new();
  for (gsize length = 0; length < fixture->bytes.length; length++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = g_memdup2(fixture->bytes.data, length + 1);
    aver_document_reset(copy);
    g_assert_false(get(fixture, bytes, length, copy, &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_FAILED);
  }
}

/* Whatever is let through can be written again: no offset, reference or length is out of bounds. */
static void test_damaged(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) copy = aver_document_new();
  guint refused = 0;
  for (guint round = 0; round < 20000; round++) {
    g_autoptr(GError) error = NULL;
    g_auto(AverBuffer) again = {0};
    g_autofree char *bytes = g_memdup2(fixture->bytes.data, fixture->bytes.length);
    for (gint32 n = g_test_rand_int_range(1, 4); n > 0; n--)
      bytes[g_test_rand_int_range(0, (gint32) fixture->bytes.length)] =
          (char) g_test_rand_int_range(0, 256);
    aver_document_reset(copy);
    if (get(fixture, bytes, fixture->bytes.length, copy, &error))
      aver_wire_put_document(&again, copy, AVER_WIRE_ID | AVER_WIRE_TEXT, NULL, &fixture->layers,
                             fixture->layers.sent);
    else
      refused++;
    g_assert_true((error == NULL) == (again.length > 0));
  }
  g_assert_cmpuint(refused, >, 5000);
}

static void test_layer_not_declared(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) copy = aver_document_new();
  g_ptr_array_set_size(fixture->layers.returned, 1);
  g_assert_false(get(fixture, fixture->bytes.data, fixture->bytes.length, copy, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_FAILED);
  g_assert_nonnull(strstr(error->message, "a layer that the stage does not provide"));
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add("/wire/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add("/wire/cut-short", Fixture, NULL, set_up, test_cut_short, tear_down);
  g_test_add("/wire/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add("/wire/layer-not-declared", Fixture, NULL, set_up, test_layer_not_declared, tear_down);
  return g_test_run();
}
