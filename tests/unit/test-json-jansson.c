/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON scanner beside Jansson: the same texts accepted, the same values read.
 *
 * Meant to differ: numbers of any size are accepted (Jansson: 64 bits, finite), nesting ends at
 * 1024 levels (Jansson: 2048), and a NUL byte is never accepted (Jansson 2.14 overlooks it behind a
 * number or word). Jansson takes the escape \u0000 because it is told to. */
#include <aver/aver.h>
#include <jansson.h>
#include <math.h>

static const char *const seeds[] = {
    "{\"id\":\"a-1\",\"text\":\"He said \\\"no\\\".\\nShe left.\",\"n\":[1,-2.5,3e7,0.125]}",
    "[true,false,null,{\"a\":{\"b\":[[],{}]}},\"\\u00e9\\ud83d\\ude00\\u0000x\"]",
    "{\"caf\xc3\xa9\":\"\xe2\x80\x9cYes\xe2\x80\x9d \xf0\x9f\x98\x80\",\"\":-0,\"k\\/\":1E+2}",
    " \t\r\n{ \"a\" : 1 , \"b\" : [ 1 , 2 ] } ",
    "\"a plain string that is longer than one block of sixteen bytes\\\\ and another one\"",
    "[0,-0,10,1.0,1e1,1E-1,123456789012345678]",
};

static gboolean same_value(const AverJsonValue *ours, const json_t *theirs);

static gboolean same_string(const AverJsonValue *ours, const char *text, gsize length)
{
  g_autofree char *decoded = g_malloc(ours->length + 1);
  gsize n = aver_json_unescape(ours, decoded);
  return n == length && memcmp(decoded, text, n) == 0;
}

static gboolean same_array(const AverJsonValue *ours, const json_t *theirs)
{
  g_auto(AverJsonScanner) scanner = {0};
  g_autoptr(GError) error = NULL;
  AverJsonValue item;
  gsize n = 0;
  if (!aver_json_scanner_begin(&scanner, AVER_JSON_ARRAY, ours->text, ours->length, &error))
    return FALSE;
  while (aver_json_scanner_next(&scanner, NULL, &item, &error))
    if (n >= json_array_size(theirs) || !same_value(&item, json_array_get(theirs, n++)))
      return FALSE;
  return error == NULL && n == json_array_size(theirs);
}

static gboolean same_object(const AverJsonValue *ours, const json_t *theirs)
{
  g_auto(AverJsonScanner) scanner = {0};
  g_autoptr(GError) error = NULL;
  AverJsonValue key, value;
  gsize n = 0;
  if (!aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, ours->text, ours->length, &error))
    return FALSE;
  while (aver_json_scanner_next(&scanner, &key, &value, &error)) {
    g_autofree char *name = g_malloc(key.length + 1);
    gsize length = aver_json_unescape(&key, name);
    const json_t *other = json_object_getn(theirs, name, length);
    /* Of a key that stands twice Jansson keeps the last value; that is an error of ours. */
    if (other == NULL || (!same_value(&value, other) && json_object_size(theirs) > n))
      n = G_MAXSIZE / 2;
    n++;
  }
  return error != NULL ? strstr(error->message, "stands twice") != NULL
                       : n == json_object_size(theirs);
}

static gboolean same_number(const AverJsonValue *ours, const json_t *theirs)
{
  g_autofree char *text = g_strndup(ours->text, ours->length);
  return g_ascii_strtod(text, NULL) == json_number_value(theirs);
}

static gboolean same_value(const AverJsonValue *ours, const json_t *theirs)
{
  switch (ours->kind) {
  case AVER_JSON_OBJECT:
    return json_is_object(theirs) && same_object(ours, theirs);
  case AVER_JSON_ARRAY:
    return json_is_array(theirs) && same_array(ours, theirs);
  case AVER_JSON_STRING:
    return json_is_string(theirs) &&
           same_string(ours, json_string_value(theirs), json_string_length(theirs));
  case AVER_JSON_NUMBER:
    return json_is_number(theirs) && same_number(ours, theirs);
  case AVER_JSON_TRUE:
    return json_is_true(theirs);
  case AVER_JSON_FALSE:
    return json_is_false(theirs);
  case AVER_JSON_NULL:
    return json_is_null(theirs);
  }
  return FALSE;
}

/* Whether both say the same; what they said is counted. */
static gboolean agree(const char *text, gsize length, guint *n_accepted)
{
  json_error_t reason;
  AverJsonValue value;
  gboolean ours = aver_json_scan(text, length, &value, NULL);
  json_t *theirs = json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &reason);
  gboolean same = ours == (theirs != NULL);
  if (memchr(text, '\0', length) != NULL)
    same = !ours;
  if (ours && theirs != NULL) {
    same = same_value(&value, theirs);
    ++*n_accepted;
  } else if (ours && theirs == NULL) {
    same = json_error_code(&reason) == json_error_numeric_overflow;
  }
  json_decref(theirs);
  return same;
}

static void mutate(GRand *random, GString *text)
{
  static const char marks[] = "{}[]:,\"\\/ \n\t0123456789-+.eEutrufalsn\x01\x7f\x80\xc3\xed\xf4\0";
  gsize place = (gsize) g_rand_int_range(random, 0, (gint32) text->len + 1);
  char mark = marks[g_rand_int_range(random, 0, sizeof marks)];
  gsize count = (gsize) g_rand_int_range(random, 1, 6);
  count = MIN(count, text->len - place);
  switch (g_rand_int_range(random, 0, 5)) {
  case 0:
    g_string_insert_len(text, (gssize) place, &mark, 1);
    break;
  case 1:
    g_string_erase(text, (gssize) place, (gssize) count);
    break;
  case 2:
    if (place < text->len)
      text->str[place] = mark;
    break;
  case 3:
    if (place < text->len)
      text->str[place] ^= (char) (1 << g_rand_int_range(random, 0, 8));
    break;
  default: {
    g_autofree char *piece = g_memdup2(text->str + place, count + 1);
    g_string_insert_len(text, g_rand_int_range(random, 0, (gint32) text->len + 1), piece,
                        (gssize) count);
  }
  }
}

static void test_mutations(void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(11);
  guint rounds = g_test_slow() ? 2000000 : 60000, n_accepted = 0;
  for (guint i = 0; i < rounds; i++) {
    g_autoptr(GString) text = g_string_new(seeds[i % G_N_ELEMENTS(seeds)]);
    for (gint n = g_rand_int_range(random, 0, 4); n > 0; n--)
      mutate(random, text);
    if (!agree(text->str, text->len, &n_accepted)) {
      g_autofree char *shown = g_strescape(text->str, NULL);
      g_test_fail_printf("not agreed on: %s", shown);
    }
  }
  g_assert_cmpuint(n_accepted, >, rounds / 5);
  g_assert_cmpuint(n_accepted, <, rounds - rounds / 5);
}

/* What we write, Jansson reads. */
static void test_written(void)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(5);
  for (guint i = 0; i < 20000; i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    g_auto(AverBuffer) buffer = {0};
    for (gint n = g_rand_int_range(random, 0, 60); n > 0; n--) {
      gunichar c = (gunichar) g_rand_int_range(random, 0, n % 7 == 0 ? 0x11000 : 0x80);
      if (c < 0xd800 || c > 0xdfff)
        g_string_append_unichar(text, c);
    }
    aver_json_append_string(&buffer, text->str, text->len);
    json_t *read = json_loadb(buffer.data, buffer.length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    g_assert_nonnull(read);
    g_assert_cmpmem(json_string_value(read), json_string_length(read), text->str, text->len);
    json_decref(read);
  }
}

/* https://github.com/nst/JSONTestSuite: y_ has to be accepted, n_ rejected, i_ is free. */
static void test_suite(void)
{
  g_autofree char *folder = g_test_build_filename(G_TEST_DIST, "..", "..", "..", "shared", "data",
                                                  "bad", "json", "test_parsing", NULL);
  g_autoptr(GDir) directory = g_dir_open(folder, 0, NULL);
  if (directory == NULL) {
    g_test_skip("there is no JSONTestSuite in ../shared");
    return;
  }
  const char *name;
  guint n = 0;
  while ((name = g_dir_read_name(directory)) != NULL) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *text = NULL;
    gsize length;
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    gboolean good = aver_json_scan(text, length, NULL, NULL);
    if (name[0] != 'i' && good != (name[0] == 'y'))
      g_test_fail_printf("%s is %s", name, good ? "accepted" : "rejected");
    n++;
  }
  g_assert_cmpuint(n, >, 300);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/json-jansson/mutations", test_mutations);
  g_test_add_func("/json-jansson/written", test_written);
  g_test_add_func("/json-jansson/suite", test_suite);
  return g_test_run();
}
