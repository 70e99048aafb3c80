/* SPDX-License-Identifier: Apache-2.0 */
/* Chunks, content codings and character sets of responses. */
#include "archive.h"

#include <string.h>
#include <zlib.h>

#define TEXT "Content-Type: text/plain\r\n"

/* The document of a response of plain text, or the error. */
static char *read_body(const char *fields, const char *body, gssize length)
{
  g_autoptr(GString) archive = g_string_new(NULL);
  g_autofree char *all_fields =
      g_strconcat(strstr(fields, "ontent-Type") ? "" : TEXT, fields, NULL);
  add_page(archive, 1, all_fields, body, length);
  char *all = archive_read_bytes(archive, NULL);
  g_assert_true(g_str_has_suffix(all, "\n"));
  all[strlen(all) - 1] = '\0';
  return all;
}

static void check_text(const char *fields, const char *body, gssize length, const char *text)
{
  g_autofree char *expected = g_strconcat("0 http://ferry.example/1 ", text, NULL);
  g_autofree char *got = read_body(fields, body, length);
  g_assert_cmpstr(got, ==, expected);
}

static void check_error(const char *fields, const char *body, gssize length, const char *message)
{
  g_autofree char *got = read_body(fields, body, length);
  if (!g_str_has_prefix(got, "0! ") || strstr(got, message) == NULL)
    g_test_fail_printf("'%s' instead of '%s'", got, message);
}

#define CHUNKED "Transfer-Encoding: chunked\r\n"

static void test_chunks(void)
{
  check_text(CHUNKED, "4\r\nOne \r\nA;x=y\r\nand a half\r\n0\r\nTrailer: 1\r\n\r\n", -1,
             "One and a half");
  check_text(CHUNKED, "3\nOne\n0\n\n", -1, "One");
  check_text(CHUNKED, "Not in chunks.", -1, "Not in chunks.");
  check_text(CHUNKED, "0\r\n\r\n", -1, "");
  check_error(CHUNKED, "3\r\nOne\r\nzz\r\n", -1, "byte 8 of the HTTP body is no size of a chunk");
  check_error(CHUNKED, "ff\r\nOne", -1, "is to have 255 bytes; 3 are left");
  check_error(CHUNKED, "3\r\nOne\r\nffffffffffffffff\r\n", -1, "is no size of a chunk");
}

/* @window: 15 for zlib, 31 for gzip, -15 for neither. */
static GString *squeeze(const char *text, gsize length, int window)
{
  z_stream stream = {.next_in = (Bytef *) text, .avail_in = (uInt) length};
  g_assert_cmpint(deflateInit2(&stream, 9, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY), ==, Z_OK);
  GString *out = g_string_sized_new(length + 1000);
  stream.next_out = (Bytef *) out->str;
  stream.avail_out = (uInt) (length + 1000);
  g_assert_cmpint(deflate(&stream, Z_FINISH), ==, Z_STREAM_END);
  out->len = stream.total_out;
  deflateEnd(&stream);
  return out;
}

#define GZIP "Content-Encoding: gzip\r\n"

static void test_gzip(void)
{
  static const struct {
    int window;
    const char *field;
  } cases[] = {{31, GZIP},
               {31, "content-encoding:X-GZIP\r\n"},
               {15, "Content-Encoding: deflate\r\n"},
               {-15, "Content-Encoding: Deflate\r\n"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) packed = squeeze("One.", 4, cases[i].window);
    check_text(cases[i].field, packed->str, (gssize) packed->len, "One.");
    check_error(cases[i].field, packed->str, (gssize) packed->len - 1 - (i < 2 ? 8 : 0),
                "it is cut off");
  }
  g_autoptr(GString) damaged = squeeze("One and a half.", 15, 31);
  damaged->str[10] = 0x07; /* a block of a kind that there is not */
  check_error(GZIP, damaged->str, (gssize) damaged->len, "invalid block type");
  check_text(GZIP, "As it is.", -1, "As it is.");
  check_text(GZIP, "", 0, "");
  check_text("Content-Encoding: identity\r\n", "One.", -1, "One.");
  check_error("Content-Encoding: rot13\r\n", "One.", -1,
              "the Content-Encoding is 'rot13'; this build knows gzip, deflate");
}

static void test_members_and_chunks(void)
{
  g_autoptr(GString) one = squeeze("One. ", 5, 31);
  g_autoptr(GString) two = squeeze("Two.", 4, 31);
  g_string_append_len(one, two->str, (gssize) two->len);
  check_text(GZIP, one->str, (gssize) one->len, "One. Two.");
  g_string_append(one, "garbage");
  check_text(GZIP, one->str, (gssize) one->len, "One. Two.");
  g_autoptr(GString) twice = squeeze(two->str, two->len, 15);
  g_autofree char *head = g_strdup_printf("%x\r\n", (guint) twice->len);
  g_string_prepend(twice, head);
  g_string_append(twice, "\r\n0\r\n\r\n");
  check_text("Content-Encoding: gzip, deflate\r\n" CHUNKED, twice->str, (gssize) twice->len,
             "Two.");
}

/* A packed byte becomes a thousand: too many from two megabytes on. */
static void test_bombs(void)
{
  g_autofree char *zeros = g_malloc0(2 << 20);
  g_autoptr(GString) packed = squeeze(zeros, 2 << 20, 31);
  check_error(GZIP, packed->str, (gssize) packed->len, "unpacks to more than 1048576 bytes");
  g_autoptr(GString) small = squeeze(zeros, 1 << 20, 31);
  g_autoptr(GString) archive = g_string_new(NULL);
  add_page(archive, 1, TEXT GZIP, small->str, (gssize) small->len);
  g_autofree char *all = archive_read_bytes(archive, NULL);
  g_assert_null(strstr(all, "!"));
#ifdef HAVE_BROTLI
  static const char brotli[] = "\x9b\xff\xff\x1f\x00\x24\x00\xe2\xb1\x40\x72\xef\x3f\x00";
  check_error("Content-Encoding: br\r\n", brotli, sizeof brotli - 1,
              "unpacks to more than 1048576 bytes");
#endif
#ifdef HAVE_ZSTD
  g_autoptr(GString) frame = g_string_new_len("\x28\xb5\x2f\xfd\x00\x38", 6);
  for (guint i = 0; i < 9; i++) /* blocks of 128 KiB of the same byte */
    g_string_append_len(frame, i < 8 ? "\x02\x00\x10\x00" : "\x03\x00\x10\x00", 4);
  check_error("Content-Encoding: zstd\r\n", frame->str, (gssize) frame->len,
              "unpacks to more than 1048576 bytes");
#endif
  check_error("Content-Encoding: gzip, gzip, gzip, gzip, gzip\r\n", "", 0, "more than 4 codings");
}

/* A crawler that stopped at a limit says so, and what it has is read. */
static void test_truncated(void)
{
  g_autoptr(GString) packed = squeeze("One and one half of it.", 23, 31);
  g_autoptr(GString) archive = g_string_new(NULL);
  g_autoptr(GString) block = g_string_new("HTTP/1.1 200 OK\r\n" TEXT GZIP "\r\n");
  g_string_append_len(block, packed->str, (gssize) packed->len - 9);
  add_record(archive, "response", "WARC-Truncated: length\r\nContent-Type: application/http\r\n",
             block->str, (gssize) block->len);
  g_autofree char *all = archive_read_bytes(archive, NULL);
  g_assert_true(g_str_has_prefix(all, "0 - One and one"));
}

static void test_optional(void)
{
  static const char brotli[] = "\x8b\x01\x80One.\x03";
  static const char zstd[] = "\x28\xb5\x2f\xfd\x20\x04\x21\x00\x00One.";
#ifdef HAVE_BROTLI
  check_text("Content-Encoding: br\r\n", brotli, sizeof brotli - 1, "One.");
  check_error("Content-Encoding: br\r\n", brotli, sizeof brotli - 3, "it is cut off");
#else
  check_error("Content-Encoding: br\r\n", brotli, sizeof brotli - 1, "this build knows");
#endif
#ifdef HAVE_ZSTD
  check_text("Content-Encoding: zstd\r\n", zstd, sizeof zstd - 1, "One.");
  check_error("Content-Encoding: zstd\r\n", zstd, sizeof zstd - 3, "it is cut off");
#else
  check_error("Content-Encoding: zstd\r\n", zstd, sizeof zstd - 1, "this build knows");
#endif
}

static void test_charsets(void)
{
  check_text("Content-Type: text/plain; charset=iso-8859-1\r\n", "Caf\xe9", -1, "Caf\xc3\xa9");
  check_text("Content-Type: text/plain; charset=iso-8859-1\r\n", "Caf\xc3\xa9", -1, "Caf\xc3\xa9");
  check_text("", "\xef\xbb\xbfOne.", -1, "One.");
  check_error("", "Caf\xe9.", -1, "byte 3");
  check_error("Content-Type: text/plain; charset=klingon\r\n", "Caf\xe9", -1,
              "in 'klingon', which no converter knows");
  check_error("Content-Type: text/plain; charset=us-ascii\r\n", "Caf\xe9", -1,
              "no 'us-ascii' at byte 3");
}

static void test_heads_of_responses(void)
{
  check_text("no field at all\r\nContent-Type: text/plain\r\n", "One.", -1, "One.");
  g_autoptr(GString) archive = g_string_new(NULL);
  add_page(archive, 1, "X: y\r\n",
           "<p>Captain Odile Marsh said the ferry would sail on Sunday after all.</p>", -1);
  add_page(archive, 2, "X: y\r\n", "\x89PNG", -1);
  g_autofree char *all = archive_read_bytes(archive, NULL);
  g_assert_cmpstr(all, ==,
                  "0 http://ferry.example/1 Captain Odile Marsh said the ferry would sail on "
                  "Sunday after all.\n");
}

static void test_no_response(void)
{
  g_autoptr(GString) archive = g_string_new(NULL);
  add_record(archive, "response", "Content-Type: application/http\r\n", "nothing", -1);
  add_record(archive, "response", "Content-Type: application/http\r\n", "HTTP/1.1 200 OK\r\n" TEXT,
             -1);
  g_autofree char *all = archive_read_bytes(archive, NULL);
  g_assert_nonnull(strstr(all, "0! the block is no HTTP response"));
  g_assert_nonnull(strstr(all, "! the head of the HTTP response does not end"));
}

void add_coding_tests(void)
{
  g_test_add_func("/warc-reader/codings/chunks", test_chunks);
  g_test_add_func("/warc-reader/codings/heads-of-responses", test_heads_of_responses);
  g_test_add_func("/warc-reader/codings/gzip", test_gzip);
  g_test_add_func("/warc-reader/codings/members-and-chunks", test_members_and_chunks);
  g_test_add_func("/warc-reader/codings/bombs", test_bombs);
  g_test_add_func("/warc-reader/codings/truncated", test_truncated);
  g_test_add_func("/warc-reader/codings/optional", test_optional);
  g_test_add_func("/warc-reader/codings/charsets", test_charsets);
  g_test_add_func("/warc-reader/codings/no-response", test_no_response);
}
