/* SPDX-License-Identifier: Apache-2.0 */
/* Archives whose framing is damaged: what is lost is named, and nothing else is. */
#include "archive.h"

#include <string.h>

#define TEXT "Content-Type: text/plain\r\n"

static void add_text(GString *archive, const char *text)
{
  add_record(archive, "conversion", TEXT, text, -1);
}

/* One error with @message between the first text and the last. */
static void check_damage(GString *archive, const char *message, const char *const *set)
{
  add_text(archive, "Last.");
  g_autofree char *all = archive_read_bytes(archive, set);
  g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
  g_assert_cmpuint(g_strv_length(lines), ==, 4);
  g_assert_cmpstr(lines[0], ==, "0 - First.");
  if (strstr(lines[1], message) == NULL || strstr(lines[1], "! ") == NULL)
    g_test_fail_printf("'%s' instead of '%s'", lines[1], message);
  g_assert_true(g_str_has_suffix(lines[2], " - Last."));
  g_string_free(archive, TRUE);
}

static GString *begin(void)
{
  GString *archive = g_string_new(NULL);
  add_text(archive, "First.");
  return archive;
}

static void test_lengths(void)
{
  static const struct {
    const char *length, *message;
  } cases[] = {
      {"Content-Length: 3\r\n", "to have 3 bytes; no record begins behind them"},
      {"Content-Length: 40\r\n", "to have 40 bytes; no record begins behind them"},
      {"Content-Length: 4000\r\n", "the file ends behind 105 of them"},
      {"Content-Length: twelve\r\n", "the Content-Length is 'twelve'; expected a number"},
      {"Content-Length: -1\r\n", "the Content-Length is '-1'"},
      {"", "the Content-Length is ''"},
      {"Content-Length: 99999999999999999\r\n", "another record begins before"},
      {"Content-Length: 99999999999999999999999\r\n", "the Content-Length is '9999"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *archive = begin();
    gboolean passed_over = strstr(cases[i].message, "another") != NULL;
    g_string_append_printf(archive,
                           "WARC/1.0\r\nWARC-Type: %s\r\n" TEXT "%s\r\nTwelve bytes\r\n\r\n",
                           passed_over ? "request" : "conversion", cases[i].length);
    check_damage(archive, cases[i].message, NULL);
  }
}

static void test_heads(void)
{
  static const struct {
    const char *bytes, *message;
  } cases[] = {
      {"WARC/2.0\r\nWARC-Type: conversion\r\nContent-Length: 1\r\n\r\nx\r\n\r\n",
       "the version is 'WARC/2.0'; expected WARC/1.0"},
      {"WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\n", "the WARC-Type is ''"},
      {"WARC/1.0\r\nWARC-Type: conversion\r\n\r\n\r\n", "the Content-Length is ''"},
      {"Conversion: of nothing\r\n\r\nx\r\n\r\n", "the head of the record is 'Conversion: of"},
      {"\x1f\x8b\x08 not a record at all\n\n", "expected a line 'WARC/1.0', or"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *archive = begin();
    g_string_append(archive, cases[i].bytes);
    check_damage(archive, cases[i].message, NULL);
  }
}

/* The head of one record, then silence. */
static void test_long_head(void)
{
  GString *archive = begin();
  g_string_append(archive, "WARC/1.0\r\n");
  for (guint i = 0; i < 20000; i++)
    g_string_append(archive, "X: y\r\n");
  g_string_append(archive, "\r\n");
  check_damage(archive, "does not end within 65536 bytes", NULL);
}

static void test_too_long(void)
{
  GString *archive = begin();
  g_autofree char *block = g_strnfill(17 << 20, 'a');
  add_text(archive, block);
  check_damage(archive, "bytes; the longest record allowed has 16777216", NULL);
}

/* What is passed over may be of any length, and is no failure. */
static void test_long_passed_over(void)
{
  g_autoptr(GString) archive = begin();
  g_autofree char *block = g_strnfill(17 << 20, '\n');
  add_record(archive, "resource", "Content-Type: video/mp4\r\n", block, -1);
  add_text(archive, "Last.");
  g_autofree char *all = archive_read_bytes(archive, NULL);
  g_assert_true(g_str_has_prefix(all, "0 - First.\n"));
  g_assert_null(strstr(all, "!"));
  g_assert_nonnull(strstr(all, "Last."));
}

static void test_lenient(void)
{
  g_autoptr(GString) archive = g_string_new("\r\n\nWARC/0.18\nwarc-type:conversion\n"
                                            "CONTENT-LENGTH : 4\ncontent-type: text/plain\nX: 1\n"
                                            " folded: 2\nno field\n\nOne.WARC/1.1\r\n"
                                            "WARC-Type: conversion\r\nContent-Type: text/plain\r\n"
                                            "Content-Length: 4\r\n\r\nTwo.");
  g_autofree char *all = archive_read_bytes(archive, NULL);
  g_assert_cmpstr(all, ==, "3 - One.\n108 - Two.\n");
}

static void test_resume(void)
{
  g_autoptr(GString) archive = begin();
  g_string_append(archive, "damaged\r\n\r\n");
  add_text(archive, "Second.");
  add_record(archive, "request", "", "GET /", -1);
  add_text(archive, "Third.");
  g_string_append(archive, "\r\n\r\nWARC/1.0\r\nWARC-Type: conversion\r\n");
  Archive file;
  archive_begin(&file, archive->str, archive->len);
  g_autofree char *all = archive_read(&file, NULL, NULL, 0, NULL);
  g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
  g_assert_cmpuint(g_strv_length(lines), ==, 6);
  gsize behind = 0;
  for (guint i = 1; i <= 5; i++) {
    g_autofree char *cursor = NULL;
    g_autofree char *again = archive_read(&file, NULL, NULL, i, &cursor);
    g_assert_cmpstr(again, ==, all);
    g_autofree char *rest = archive_read(&file, NULL, cursor, 0, NULL);
    behind += strlen(lines[i - 1]) + 1;
    g_assert_cmpstr(rest, ==, all + behind);
  }
  archive_end(&file);
}

void add_framing_tests(void)
{
  g_test_add_func("/warc-reader/framing/lengths", test_lengths);
  g_test_add_func("/warc-reader/framing/heads", test_heads);
  g_test_add_func("/warc-reader/framing/long-head", test_long_head);
  g_test_add_func("/warc-reader/framing/too-long", test_too_long);
  g_test_add_func("/warc-reader/framing/long-passed-over", test_long_passed_over);
  g_test_add_func("/warc-reader/framing/lenient", test_lenient);
  g_test_add_func("/warc-reader/framing/resume", test_resume);
}
