/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of warc-reader: what is taken, and what is said of it. */
#include "archive.h"
#include "folder.h"

#include <aver/testing.h>
#include <string.h>

extern const AverPlugin warc_reader_LTX_aver_plugin;
static const AverPlugin *const plugin = &warc_reader_LTX_aver_plugin;

void archive_begin(Archive *archive, const char *bytes, gsize length)
{
  archive->folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  archive->path = g_build_filename(archive->folder, "in.warc", NULL);
  g_assert_true(g_file_set_contents(archive->path, bytes, (gssize) length, NULL));
}

void archive_end(Archive *archive)
{
  remove_all(archive->folder);
  g_free(archive->folder);
  g_free(archive->path);
}

static void say(GString *out, const AverRecord *record, const AverDocument *document,
                const GError *error)
{
  g_string_append_printf(out, "%" G_GUINT64_FORMAT, record->offset);
  if (error != NULL) {
    g_string_append_printf(out, "! %s\n", error->message);
    return;
  }
  guint32 length;
  const char *text = aver_document_get_text(document, &length);
  const char *url = aver_document_get_metadata(document, "url");
  g_string_append_printf(out, " %s %.*s\n", url == NULL ? "-" : url, (int) length, text);
}

char *archive_read(const Archive *archive, const char *const *set, const char *cursor, guint stop,
                   char **at)
{
  const char *const inputs[] = {archive->path, NULL};
  AverStage *stage = aver_testing_stage_new(plugin, set, inputs, NULL, NULL);
  gpointer self = plugin->open(stage, NULL);
  gpointer worker = plugin->start(self, NULL);
  g_autoptr(AverDocument) document = aver_document_new();
  GString *out = g_string_new(NULL);
  guint n = 0;
  g_assert_true(cursor == NULL || plugin->seek(self, cursor, NULL));
  for (;;) {
    AverRecord record = {0};
    g_autoptr(GError) error = NULL;
    AverCut cut = plugin->cut(self, TRUE, &record, &error);
    if (cut == AVER_CUT_END)
      break;
    g_assert_true((cut == AVER_CUT_BAD) == (error != NULL));
    aver_document_reset(document);
    if (cut == AVER_CUT_RECORD)
      plugin->decode(self, worker, &record, document, &error);
    say(out, &record, document, error);
    if (++n == stop) {
      GString *position = g_string_new(NULL);
      plugin->cursor(self, position);
      *at = g_string_free(position, FALSE);
    }
  }
  plugin->stop(self, worker);
  plugin->close(self);
  aver_testing_stage_free(stage);
  return g_string_free(out, FALSE);
}

char *archive_read_bytes(const GString *bytes, const char *const *set)
{
  Archive archive;
  archive_begin(&archive, bytes->str, bytes->len);
  char *all = archive_read(&archive, set, NULL, 0, NULL);
  archive_end(&archive);
  return all;
}

void add_record(GString *archive, const char *type, const char *fields, const char *block,
                gssize length)
{
  gsize n = length < 0 ? strlen(block) : (gsize) length;
  g_string_append_printf(
      archive, "WARC/1.0\r\nWARC-Type: %s\r\n%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", type,
      fields, n);
  g_string_append_len(archive, block, (gssize) n);
  g_string_append(archive, "\r\n\r\n");
}

void add_page(GString *archive, guint n, const char *fields, const char *body, gssize length)
{
  g_autoptr(GString) block = g_string_new("HTTP/1.1 200 OK\r\n");
  g_autofree char *address = g_strdup_printf("WARC-Target-URI: http://ferry.example/%u\r\n"
                                             "Content-Type: application/http;msgtype=response\r\n",
                                             n);
  g_string_append_printf(block, "%s\r\n", fields);
  g_string_append_len(block, body, length < 0 ? (gssize) strlen(body) : length);
  add_record(archive, "response", address, block->str, (gssize) block->len);
}

#define TEXT_PLAIN "Content-Type: text/plain\r\n"

static void test_taken(void)
{
  g_autoptr(GString) archive = g_string_new(NULL);
  add_record(archive, "warcinfo", TEXT_PLAIN, "software: none", -1);
  add_record(archive, "request", "Content-Type: application/http\r\n", "GET / HTTP/1.1\r\n\r\n",
             -1);
  add_page(archive, 1, TEXT_PLAIN, "One.", -1);
  add_page(archive, 2, "content-type: IMAGE/png\r\n", "\x89PNG", -1);
  add_page(archive, 3, "CONTENT-TYPE:Text/Plain ; Charset=\"UTF-8\"\r\n", "Three.", -1);
  add_record(archive, "response", "Content-Type: application/http\r\n",
             "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\nGone.", -1);
  add_record(archive, "revisit", TEXT_PLAIN, "Again.", -1);
  add_record(archive, "conversion", TEXT_PLAIN "WARC-Target-URI: <http://a.example/b c>\r\n",
             "Four.", -1);
  add_record(archive, "resource", "Content-Type: text/html\r\n",
             "<p>Captain Odile Marsh said the ferry would sail on Sunday after all.</p>", -1);
  add_record(archive, "resource", TEXT_PLAIN "WARC-Target-URI: metadata://x/log\r\n", "Log.", -1);
  g_autofree char *all = archive_read_bytes(archive, NULL);
  g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
  g_assert_cmpuint(g_strv_length(lines), ==, 5);
  g_assert_nonnull(strstr(lines[0], " http://ferry.example/1 One."));
  g_assert_nonnull(strstr(lines[1], " http://ferry.example/3 Three."));
  g_assert_nonnull(strstr(lines[2], " http://a.example/b c Four."));
  g_assert_nonnull(strstr(lines[3], " - Captain Odile Marsh said"));
  const char *const set[] = {"records=response", "media=text/*", "status=2*,404", NULL};
  g_autofree char *others = archive_read_bytes(archive, set);
  g_assert_nonnull(strstr(others, " - Gone."));
  g_assert_null(strstr(others, "Four."));
}

static AverDocument *decode(const char *record_bytes, gsize length)
{
  g_autoptr(GError) error = NULL;
  AverStage *stage = aver_testing_stage_new(plugin, NULL, NULL, NULL, NULL);
  gpointer self = plugin->open(stage, NULL);
  gpointer worker = plugin->start(self, NULL);
  AverDocument *document = aver_document_new();
  AverRecord record = {
      .data = record_bytes, .length = length, .origin = "in.warc.gz", .offset = 1234};
  plugin->decode(self, worker, &record, document, &error);
  g_assert_no_error(error);
  plugin->stop(self, worker);
  plugin->close(self);
  aver_testing_stage_free(stage);
  return document;
}

static void check(const AverDocument *document, const char *key, const char *value)
{
  g_assert_cmpstr(aver_document_get_metadata(document, key), ==, value);
}

static void test_metadata(void)
{
  g_autoptr(GString) archive = g_string_new(NULL);
  add_record(archive, "response",
             "WARC-Target-URI: http://ferry.example/a\xff\r\nWARC-Date: 2024-02-03T04:05:06Z\r\n"
             "WARC-Record-ID: <urn:uuid:1-2>\r\nContent-Type: application/http\r\n",
             "HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Language: "
             "fr\r\n\r\n<link rel=canonical href='http://ferry.example/a'><title>Caf\xe9</title>"
             "<meta name=author content='Odile Marsh'><meta property='article:published_time' "
             "content='2023-12-01'><p>The ferry will sail on Sunday, the harbour office said.</p>",
             -1);
  g_autoptr(AverDocument) document = decode(archive->str, archive->len - 4);
  g_assert_cmpstr(aver_document_get_id(document), ==, "in.warc.gz:1234");
  check(document, "source", "in.warc.gz");
  check(document, "offset", "1234");
  check(document, "url", "http://ferry.example/a%FF");
  check(document, "canonical", "http://ferry.example/a");
  check(document, "fetched", "2024-02-03T04:05:06Z");
  check(document, "published", "2023-12-01");
  check(document, "record_id", "urn:uuid:1-2");
  check(document, "title", "Caf\xc3\xa9");
  check(document, "author", "Odile Marsh");
  check(document, "charset_from", "protocol");
  check(document, "language", "fr");
  check(document, "media_type", "text/html");
}

static void test_extracted_text(void)
{
  g_autoptr(GString) archive = g_string_new(NULL);
  add_record(archive, "conversion",
             TEXT_PLAIN "WARC-Identified-Content-Language: eng,nld\r\nWARC-Truncated: length\r\n",
             "The ferry.", -1);
  g_autoptr(AverDocument) document = decode(archive->str, archive->len - 4);
  check(document, "language", "en");
  check(document, "truncated", "length");
  check(document, "url", NULL);
}

static void test_arc(void)
{
  static const char text[] = "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nOne.";
  g_autoptr(GString) archive = g_string_new(
      "filedesc://a.arc 0.0.0.0 20140216050221 text/plain 20\n1 0 Ferry Archive.\n\n\n");
  g_string_append_printf(archive, "http://a.example/b c 1.2.3.4 20140216050221 text/plain %u\n%s\n",
                         (guint) strlen(text), text);
  g_string_append(archive, "dns:a.example 1.2.3.4 20140216050221 text/dns 4\nnone\n");
  g_string_append_printf(
      archive, "http://a.example/2 1.2.3.4 20140216 text/plain 200 - - 77 a.arc 4\nTwo.\n"
               "http://a.example/3 1.2.3.4 20140216 image/png 200 - - 99 a.arc 4\n1234\n");
  g_autofree char *all = archive_read_bytes(archive, NULL);
  g_assert_cmpstr(all, ==, "75 http://a.example/b c One.\n236 http://a.example/2 Two.\n");
}

static void test_wrong_option(void)
{
  g_autoptr(GError) error = NULL;
  const char *const set[] = {"records=response,replies", NULL};
  AverStage *stage = aver_testing_stage_new(plugin, set, NULL, NULL, NULL);
  g_assert_null(plugin->open(stage, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_nonnull(strstr(error->message, "'replies'"));
  aver_testing_stage_free(stage);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/warc-reader/taken", test_taken);
  g_test_add_func("/warc-reader/metadata", test_metadata);
  g_test_add_func("/warc-reader/extracted-text", test_extracted_text);
  g_test_add_func("/warc-reader/arc", test_arc);
  g_test_add_func("/warc-reader/wrong-option", test_wrong_option);
  add_framing_tests();
  add_coding_tests();
  return g_test_run();
}
