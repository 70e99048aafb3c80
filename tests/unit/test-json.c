/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the JSON scanner and serialiser. */
#include <aver/aver.h>
#include <math.h>

#include "text/kernels.h"

static void test_string(void)
{
  g_auto(AverBuffer) buffer = {0};
  aver_json_append_string(&buffer, "a\"\\\n\0\x1f\x7f\xc3\xa9", 9);
  aver_buffer_append_char(&buffer, '\0');
  g_assert_cmpstr(buffer.data, ==, "\"a\\\"\\\\\\n\\u0000\\u001f\x7f\xc3\xa9\"");
}

/* Every byte at every place of a string longer than two blocks, there and back. */
static void test_string_blocks(void)
{
  g_autoptr(AverDocument) document = aver_document_new();
  for (guint length = 1; length < 40; length++) {
    for (guint place = 0; place < length; place++) {
      for (guint byte = 0; byte < 0x80; byte++) {
        g_auto(AverBuffer) buffer = {0};
        g_autofree char *text = g_strnfill(length, 'x');
        text[place] = (char) byte;
        aver_json_append_string(&buffer, text, length);
        AverJsonValue value;
        g_assert_true(aver_json_scan(buffer.data, buffer.length, &value, NULL));
        gboolean special = byte < 0x20 || byte == '"' || byte == '\\';
        gboolean six = special && buffer.length > length + 3;
        g_assert_cmpint(value.escaped, ==, !special ? 0 : six ? 3 : 1);
        g_assert_true(special || buffer.length == length + 2);
        gsize got_length;
        const char *got = aver_json_get_string(&value, document, &got_length);
        g_assert_cmpmem(got, got_length, text, length);
      }
    }
    aver_document_reset(document);
  }
}

/* A text is written as it would be had it never been JSON, whether it was looked at or not. */
static void test_text(void)
{
  static const char *const strings[] = {
      "\"\"",           "\"plain \xc3\xa9\"", "\"a\\n\\n\\\"b\\\"\\\\\"",       "\"a\\/b\"",
      "\"\\u0041\\n\"", "\"\\u0001\\u001F\"", "\"\\ud83d\\ude00\\t\\r\\b\\f\"",
  };
  for (guint i = 0; i < 2 * G_N_ELEMENTS(strings); i++) {
    g_autoptr(AverDocument) document = aver_document_new();
    g_auto(AverBuffer) plain = {0}, kept = {0};
    const char *string = strings[i / 2];
    AverJsonValue value;
    g_assert_true(aver_json_scan(string, strlen(string), &value, NULL));
    gsize length;
    guint32 got_length;
    const char *text = aver_json_get_string(&value, document, &length);
    aver_json_append_string(&plain, text, length);
    g_assert_true(aver_json_set_text(&value, document, NULL));
    if (i % 2 == 0)
      g_assert_cmpmem(aver_document_get_text(document, &got_length), got_length, text, length);
    aver_json_append_text(&kept, document);
    g_assert_cmpmem(kept.data, kept.length, plain.data, plain.length);
    g_assert_cmpmem(aver_document_get_text(document, &got_length), got_length, text, length);
    g_assert_true(aver_document_set_text(document, "\n", 1, NULL));
    kept.length = 0;
    aver_json_append_text(&kept, document);
    g_assert_cmpmem(kept.data, kept.length, "\"\\n\"", 4);
  }
}

/* What the kernels have to say, byte by byte. */
static gsize plain_length(const char *p, gsize n)
{
  gsize i = 0;
  while (i < n && (guchar) p[i] >= 0x20 && p[i] != '"' && p[i] != '\\')
    i++;
  return i;
}

static void check_kernels(const AverKernels *kernels, const char *block, gsize n)
{
  guint escaped = 0;
  gsize plain = plain_length(block, n), ascii = 0;
  char room[AVER_KERNEL_ESCAPE * 64 + AVER_KERNEL_SLACK], other[sizeof room];
  while (ascii < n && (guchar) block[ascii] < 0x80)
    ascii++;
  g_assert_cmpuint(kernels->skip_ascii(block, n), ==, ascii);
  if (plain == n || block[plain] != '\\' || plain + 1 == n)
    g_assert_true(kernels->scan_string(block, block + n, &escaped) == block + plain);
  gsize length = kernels->escape(block, n, room);
  escaped = 0;
  for (const char *p = room, *end = room + length;
       (p = kernels->scan_string(p, end, &escaped)) < end; p += 2)
    g_assert_true(p[0] == '\\' && p[1] == 'u');
  g_assert_cmpuint(kernels->unescape(room, length, other), ==, n);
  g_assert_cmpmem(other, n, block, n);
}

/* Every byte at every place, with every byte behind it, in blocks of all widths. */
static void test_kernels(void)
{
  gboolean usable = FALSE;
  char block[64];
  for (guint k = 0; aver_all_kernels[k] != NULL; k++) {
    usable = usable || aver_all_kernels[k] == aver_kernels();
    for (guint filler = 0; usable && filler < 0x80; filler += filler < 0x22 ? 1 : 29) {
      for (guint place = 0; place < 40; place++) {
        for (guint byte = 0; byte < 256; byte++) {
          memset(block, 'x', place);
          memset(block + place, (int) filler, sizeof block - place);
          block[place] = (char) byte;
          check_kernels(aver_all_kernels[k], block, place + 1 + filler % 20);
        }
      }
    }
  }
  g_assert_true(usable);
}

static void test_numbers(void)
{
  g_auto(AverBuffer) buffer = {0};
  aver_json_append_integer(&buffer, G_MININT64);
  aver_buffer_append_char(&buffer, ' ');
  aver_json_append_integer(&buffer, 0);
  aver_buffer_append_char(&buffer, ' ');
  aver_json_append_float(&buffer, 0.1f);
  aver_buffer_append_char(&buffer, ' ');
  aver_json_append_float(&buffer, 16777217.0f / 3);
  aver_buffer_append_char(&buffer, ' ');
  aver_json_append_float(&buffer, 1.0f / 0.0f);
  aver_buffer_append_char(&buffer, ' ');
  aver_json_append_float(&buffer, -0.0f);
  aver_buffer_append_char(&buffer, '\0');
  g_assert_cmpstr(buffer.data, ==, "-9223372036854775808 0 0.1 5592405.5 null -0");
}

static void assert_float(float value)
{
  g_auto(AverBuffer) buffer = {0};
  char expected[64];
  aver_json_append_float(&buffer, value);
  aver_buffer_append_char(&buffer, '\0');
  for (int digits = 6; digits <= 9; digits++) {
    char format[8];
    g_snprintf(format, sizeof format, "%%.%dg", digits);
    g_ascii_formatd(expected, sizeof expected, format, (double) value);
    if ((float) g_ascii_strtod(expected, NULL) == value)
      break;
  }
  g_assert_cmpstr(buffer.data, ==, expected);
}

/* The fast way gives what the slow one does, digit by digit. */
static void test_floats(void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(3);
  for (guint i = 0; i < 20000; i++) {
    guint32 bits = g_rand_int(random);
    float value;
    memcpy(&value, &bits, sizeof value);
    if (isfinite(value))
      assert_float(value);
    assert_float((float) g_rand_double(random));
    assert_float((float) g_rand_double_range(random, -2e6, 2e6));
    assert_float((float) g_rand_int_range(random, 0, 10000) / 10000);
    assert_float((float) g_rand_double_range(random, 0, 0.01));
  }
}

static void assert_scan(const char *text, gsize length, gint code, const char *hint)
{
  g_autoptr(GError) error = NULL;
  gboolean good = aver_json_scan(text, length, NULL, &error);
  if (hint == NULL) {
    g_assert_no_error(error);
    g_assert_true(good);
    return;
  }
  g_assert_false(good);
  g_assert_error(error, AVER_ERROR, code);
  if (strstr(error->message, hint) == NULL)
    g_test_fail_printf("'%s' lacks '%s'", error->message, hint);
}

static void test_grammar(void)
{
  static const struct {
    const char *text, *hint; /* without a hint, it is well-formed */
  } cases[] = {
      {"null", NULL},
      {" \t\r\n[true , false,null,{ } ,[ ]] ", NULL},
      {"-0.5e+10", NULL},
      {"0", NULL},
      {"1E5", NULL},
      {"\"\\ud83d\\ude00\\u0000\\/\"", NULL},
      {"{\"\":{\"a\":[1,{\"b\":[]}]},\"a\":0,\"a\":0}", NULL},
      {"", "at byte 0: expected a value, found the end"},
      {"nul", "at byte 0: expected a value"},
      {"nullx", "at byte 4: expected the end, found 'x'"},
      {"01", "at byte 1: expected the end"},
      {"-", "at byte 1: expected a digit"},
      {"1.", "at byte 2: expected a digit"},
      {"1.5e", "at byte 4: expected a digit"},
      {"+1", "expected a value"},
      {".5", "expected a value"},
      {"NaN", "expected a value"},
      {"[1,]", "at byte 3: expected a value, found ']'"},
      {"[1 2]", "at byte 3: expected ',' or ']'"},
      {"[1}", "at byte 2: expected ',' or ']'"},
      {"{\"a\":1,}", "at byte 7: expected a string"},
      {"{\"a\" 1}", "at byte 5: expected ':'"},
      {"{\"a\":1", "at byte 6: expected ',' or '}', found the end"},
      {"{a:1}", "at byte 1: expected a string"},
      {"\"a", "at byte 2: expected the end of a string"},
      {"\"a\tb\"", "at byte 2: expected no control character in a string, found the byte 0x09"},
      {"\"\\x\"", "at byte 2: expected one of"},
      {"\"\\u12g4\"", "at byte 3: expected four hexadecimal digits"},
      {"\"\\ud800\"", "at byte 1: expected a pair of surrogates"},
      {"\"\\ud800\\u0041\"", "at byte 1: expected a pair of surrogates"},
      {"\"\\udc00\\ud800\"", "at byte 1: expected a pair of surrogates"},
      {"\"\\", "expected the rest of an escape"},
      {"\xef\xbb\xbf{}", "at byte 0: expected a value"},
      {"[1]\f", "expected the end, found the byte 0x0c"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_scan(cases[i].text, strlen(cases[i].text), AVER_ERROR_SYNTAX, cases[i].hint);
  assert_scan("\"a\0b\"", 5, AVER_ERROR_SYNTAX, "at byte 2: expected no control character");
  assert_scan("[]\0", 3, AVER_ERROR_SYNTAX, "at byte 2: expected the end, found the byte 0x00");
  assert_scan("\"\\\0\"", 4, AVER_ERROR_SYNTAX, "at byte 2: expected one of");
  assert_scan("[\"\xc3\x28\"]", 6, AVER_ERROR_ENCODING, "not valid UTF-8 at byte 2 (0xc3)");
}

static char *nested(guint depth, const char *open, const char *close)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < depth; i++)
    g_string_append(text, open);
  g_string_append(text, "0");
  for (guint i = 0; i < depth; i++)
    g_string_append(text, close);
  return g_strdup(text->str);
}

static void test_depth(void)
{
  for (guint object = 0; object < 2; object++) {
    const char *open = object ? "{\"a\":" : "[", *close = object ? "}" : "]";
    g_autofree char *good = nested(AVER_JSON_MAX_DEPTH, open, close);
    g_autofree char *bad = nested(AVER_JSON_MAX_DEPTH + 1, open, close);
    assert_scan(good, strlen(good), 0, NULL);
    assert_scan(bad, strlen(bad), AVER_ERROR_LIMIT, "nested deeper than 1024 levels");
    for (guint extra = 0; extra < 2; extra++) {
      const char *text = extra ? bad : good;
      g_auto(AverJsonScanner) scanner = {0};
      AverJsonValue value;
      g_autoptr(GError) error = NULL;
      g_assert_true(aver_json_scanner_begin(&scanner, object ? AVER_JSON_OBJECT : AVER_JSON_ARRAY,
                                            text, strlen(text), NULL));
      g_assert_cmpint(aver_json_scanner_next(&scanner, NULL, &value, &error), ==, !extra);
      if (extra)
        g_assert_error(error, AVER_ERROR, AVER_ERROR_LIMIT);
    }
  }
}

static void test_members(void)
{
  static const char text[] = " { \"a\" : [1, {\"a\":2}] ,\"b\":\"x\\ty\", \"c\":-1.5 } \n";
  static const struct {
    const char *key, *text;
    AverJsonKind kind;
  } expected[] = {
      {"a", "[1, {\"a\":2}]", AVER_JSON_ARRAY},
      {"b", "x\\ty", AVER_JSON_STRING},
      {"c", "-1.5", AVER_JSON_NUMBER},
  };
  g_auto(AverJsonScanner) scanner = {0};
  g_autoptr(GError) error = NULL;
  AverJsonValue key, value;
  for (guint round = 0; round < 2; round++) {
    g_assert_true(aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, text, strlen(text), &error));
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
      g_assert_true(aver_json_scanner_next(&scanner, &key, &value, &error));
      g_assert_cmpmem(key.text, key.length, expected[i].key, 1);
      g_assert_cmpint(value.kind, ==, expected[i].kind);
      g_assert_cmpmem(value.text, value.length, expected[i].text, strlen(expected[i].text));
    }
    g_assert_false(aver_json_scanner_next(&scanner, &key, &value, &error));
    g_assert_no_error(error);
  }
}

static void test_compact(void)
{
  static const char text[] = "[ 1,\t{\"a b\" : \"c \\\" d\\\\\" },\n[ ] ]";
  AverJsonValue value;
  g_auto(AverBuffer) buffer = {0};
  g_assert_true(aver_json_scan(text, strlen(text), &value, NULL));
  aver_json_append_compact(&buffer, &value);
  g_assert_cmpmem(buffer.data, buffer.length, "[1,{\"a b\":\"c \\\" d\\\\\"},[]]", 25);
  buffer.length = 0;
  g_assert_true(aver_json_scan("\" a\\n \"", 7, &value, NULL));
  aver_json_append_compact(&buffer, &value);
  g_assert_cmpmem(buffer.data, buffer.length, "\" a\\n \"", 7);
}

/* An object of many keys, one of which stands twice when asked for. */
static void check_keys(guint n, gboolean twice)
{
  g_autoptr(GString) text = g_string_new("{");
  for (guint i = 0; i < n; i++)
    g_string_append_printf(text, "\"k%u\":0,", i * 7919 % n);
  g_string_append(text, twice ? "\"\\u006b1\":0}" : "\"\\u006b\":0}");
  g_auto(AverJsonScanner) scanner = {0};
  g_autoptr(GError) error = NULL;
  AverJsonValue value;
  guint count = 0;
  g_assert_true(aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, text->str, text->len, &error));
  while (aver_json_scanner_next(&scanner, NULL, &value, &error))
    count++;
  g_assert_cmpuint(count, ==, n + 1);
  if (!twice) {
    g_assert_no_error(error);
    return;
  }
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  g_assert_cmpstr(error->message, ==, "the key 'k1' stands twice");
}

static void test_keys_twice(void)
{
  for (guint n = 2; n < 40; n++) {
    check_keys(n, FALSE);
    check_keys(n, TRUE);
  }
  check_keys(100000, TRUE);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/json/string", test_string);
  g_test_add_func("/json/text", test_text);
  g_test_add_func("/json/string-blocks", test_string_blocks);
  g_test_add_func("/json/kernels", test_kernels);
  g_test_add_func("/json/numbers", test_numbers);
  g_test_add_func("/json/floats", test_floats);
  g_test_add_func("/json/grammar", test_grammar);
  g_test_add_func("/json/depth", test_depth);
  g_test_add_func("/json/members", test_members);
  g_test_add_func("/json/compact", test_compact);
  g_test_add_func("/json/keys-twice", test_keys_twice);
  return g_test_run();
}
