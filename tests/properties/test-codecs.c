/* SPDX-License-Identifier: Apache-2.0 */
/* What is encoded is decoded as it was: documents on the wire, journals, JSON. Random values, from
 * the seed that GLib prints and takes back with --seed. */
#include "checkpoint.h"
#include "contract/dump.h"
#include "journal.h"
#include "wire.h"

#include "folder.h"

#include <aver/json.h>
#include <aver/layers.h>
#include <string.h>

static const char *const parts[] = {"a",
                                    "said ",
                                    "\"",
                                    "\\",
                                    "\n",
                                    "\r\n",
                                    "\t",
                                    "\x01",
                                    "\x7f",
                                    "\xc2\x85",
                                    "\xe2\x80\xa8",
                                    "\xe2\x80\x9c",
                                    "\xe2\x80\xae",
                                    "e\xcc\x81",
                                    "\xef\xbf\xbf",
                                    "\xef\xbb\xbf",
                                    "\xf0\x9f\x98\x80",
                                    "\xf4\x8f\xbf\xbf",
                                    "</script>",
                                    "\\u0000"};

static guint pick(guint most)
{
  return (guint) g_test_rand_int_range(0, (gint32) most);
}

/* NUL only in what has a length. */
static GString *random_text(gboolean nul, guint most)
{
  GString *text = g_string_new(NULL);
  for (guint n = pick(most); n > 0; n--)
    if (nul && pick(20) == 0)
      g_string_append_c(text, '\0');
    else
      g_string_append(text, parts[pick(G_N_ELEMENTS(parts))]);
  return text;
}

static char *random_string(void)
{
  return g_string_free(random_text(FALSE, 12), FALSE);
}

static guint32 boundary(const GString *text)
{
  guint32 at = pick((guint) text->len + 1);
  while (at < text->len && ((guchar) text->str[at] & 0xc0) == 0x80)
    at++;
  return at;
}

static AverSpan random_span(const GString *text, guint32 from)
{
  guint32 a = boundary(text), b = boundary(text);
  a = MAX(a, from);
  b = MAX(b, from);
  return (AverSpan){MIN(a, b), MAX(a, b)};
}

static void fill_cell(AverLayer *layer, guint32 row, guint32 column, const GString *text)
{
  static const float floats[] = {0.0f, -0.0f, 1.0f / 3, -1e30f, 1e-42f, 3.4028235e38f};
  const AverColumnType *type = &aver_layer_get_type_info(layer)->columns[column];
  AverSpan spans[3];
  g_autofree char *string = NULL;
  guint32 n = type->kind == AVER_COLUMN_SPAN ? 1 : pick(4);
  if (pick(4) == 0)
    return; /* absent */
  switch (type->kind) {
  case AVER_COLUMN_I32:
    aver_layer_set_i32(layer, row, column, g_test_rand_int());
    break;
  case AVER_COLUMN_ENUM:
    aver_layer_set_i32(layer, row, column, (gint32) pick(2));
    break;
  case AVER_COLUMN_FLAGS:
    aver_layer_set_flags(layer, row, column, pick(8));
    break;
  case AVER_COLUMN_REF:
    aver_layer_set_i32(layer, row, column, (gint32) pick(row + 1));
    break;
  case AVER_COLUMN_F32:
    aver_layer_set_f32(layer, row, column, floats[pick(G_N_ELEMENTS(floats))]);
    break;
  case AVER_COLUMN_STRING:
    string = random_string();
    aver_layer_set_string(layer, row, column, string, -1);
    break;
  default:
    for (guint32 i = 0; i < n; i++)
      spans[i] = random_span(text, i == 0 ? 0 : spans[i - 1].end);
    aver_layer_set_spans(layer, row, column, spans, n);
  }
}

static void fill_layer(AverLayer *layer, const GString *text)
{
  guint32 n_columns = aver_layer_get_type_info(layer)->n_columns, start = 0;
  for (guint n = pick(20); n > 0; n--) {
    AverSpan span = random_span(text, start);
    start = span.start;
    guint32 row = (guint32) aver_layer_add(layer, span.start, span.end);
    for (guint32 column = 0; column < n_columns; column++)
      fill_cell(layer, row, column, text);
  }
}

static AverDocument *random_document(const AverLayerType *const *types, GString *text)
{
  AverDocument *document = aver_document_new();
  g_autofree char *id = random_string();
  g_assert_true(aver_document_set_text(document, text->str, text->len, NULL));
  aver_document_set_id(document, id, -1);
  for (guint n = pick(6); n > 0; n--) {
    g_autofree char *key = random_string(), *value = random_string();
    aver_document_set_metadata(document, key, value, FALSE);
  }
  for (guint i = 0; types[i] != NULL; i++)
    fill_layer(aver_document_add_layer(document, types[i]), text);
  return document;
}

/* Every kind of column. */
static void test_wire(void)
{
  const AverLayerType *const *types =
      aver_layer_types_parse("all(i:i32, f:f32, s:string, p:span, q:spans, e:enum=x|y, "
                             "g:flags=u|v|w, r:ref=all), bare",
                             NULL);
  AverWireLayers layers = {.types = g_ptr_array_new(), .sent = g_ptr_array_new()};
  for (guint i = 0; types[i] != NULL; i++) {
    g_ptr_array_add(layers.types, (gpointer) types[i]);
    g_ptr_array_add(layers.sent, (gpointer) types[i]->name);
  }
  layers.returned = layers.sent;
  for (guint round = 0; round < 300; round++) {
    GString *text = random_text(TRUE, 60);
    g_autoptr(AverDocument) document = random_document(types, text), copy = aver_document_new();
    g_autoptr(GError) error = NULL;
    g_auto(AverBuffer) bytes = {0}, again = {0};
    AverWireParts all = AVER_WIRE_ID | AVER_WIRE_TEXT;
    aver_wire_put_document(&bytes, document, all, NULL, &layers, layers.sent);
    AverWire wire = {bytes.data, bytes.data + bytes.length};
    g_assert_true(aver_wire_get_document(&wire, copy, TRUE, &layers, layers.returned, &error));
    g_assert_no_error(error);
    g_assert_true(wire.position == wire.end);
    aver_wire_put_document(&again, copy, all, NULL, &layers, layers.sent);
    g_assert_cmpmem(again.data, again.length, bytes.data, bytes.length);
    g_autofree char *before = aver_contract_dump_layers(document);
    g_autofree char *after = aver_contract_dump_layers(copy);
    g_assert_cmpstr(before, ==, after);
    g_assert_cmpstr(aver_document_get_id(document), ==, aver_document_get_id(copy));
    g_string_free(text, TRUE);
  }
  g_ptr_array_unref(layers.types);
  g_ptr_array_unref(layers.sent);
}

static void append(AverJournal *journal, json_t *record)
{
  g_autoptr(GError) error = NULL;
  gboolean good = aver_journal_append(journal, record, &error);
  g_assert_no_error(error);
  g_assert_true(good);
}

static void test_journal(void)
{
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  for (guint round = 0; round < 20; round++) {
    g_autofree char *command = random_string(), *cursor = NULL, *position = NULL;
    g_auto(AverJournalState) made = {0}, read = {0};
    g_autoptr(GError) error = NULL;
    made.job = json_pack("{s:s, s:s, s:s, s:s, s:[]}", "type", "job", "id", "0123456789abcdef",
                         "command", command, "folder", "/", "entries");
    AverJournal *journal = aver_journal_new(folder, &made, &error);
    g_assert_no_error(error);
    guint64 documents = 0;
    for (guint n = 1 + pick(3); n > 0; n--) {
      g_autoptr(GHashTable) positions = g_hash_table_new(g_str_hash, g_str_equal);
      AverSummary summary = {.documents_in = documents = pick(1 << 30)};
      g_free(cursor);
      g_free(position);
      cursor = random_string();
      position = random_string();
      g_hash_table_insert(positions, (gpointer) "stage w", position);
      append(journal, aver_checkpoint_new(AVER_JOB_RUNNING, cursor, positions, &summary, 0.5));
    }
    aver_journal_free(journal);
    AverSummary summary = {0};
    g_assert_true(aver_journal_load(folder, &read, &error));
    g_assert_no_error(error);
    g_assert_true(json_equal(read.job, made.job));
    aver_checkpoint_get_summary(read.checkpoint, &summary);
    g_assert_cmpuint(summary.documents_in, ==, documents);
    g_assert_cmpstr(aver_checkpoint_get_cursor(read.checkpoint), ==, cursor);
    g_assert_cmpstr(aver_checkpoint_get_position(read.checkpoint, "stage w"), ==, position);
  }
  remove_all(folder);
}

static void test_json(void)
{
  for (guint round = 0; round < 2000; round++) {
    GString *text = random_text(TRUE, 30);
    g_auto(AverBuffer) json = {0};
    g_autoptr(GError) error = NULL;
    AverJsonValue value;
    aver_json_append_string(&json, text->str, text->len);
    g_assert_true(aver_json_scan(json.data, json.length, &value, &error));
    g_assert_no_error(error);
    g_autofree char *back = g_malloc(json.length + 1);
    g_assert_cmpmem(back, aver_json_unescape(&value, back), text->str, text->len);
    g_string_free(text, TRUE);
  }
}

static void test_floats(void)
{
  for (guint round = 0; round < 20000; round++) {
    union {
      guint32 bits;
      float value;
    } made = {(guint32) g_test_rand_int()}, back;
    if (made.value - made.value != 0)
      continue; /* infinite, or no number */
    g_auto(AverBuffer) json = {0};
    aver_json_append_float(&json, made.value);
    aver_buffer_append_char(&json, '\0');
    back.value = strtof(json.data, NULL);
    g_assert_cmphex(back.bits, ==, made.bits);
  }
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/codecs/wire", test_wire);
  g_test_add_func("/codecs/journal", test_journal);
  g_test_add_func("/codecs/json", test_json);
  g_test_add_func("/codecs/floats", test_floats);
  return g_test_run();
}
