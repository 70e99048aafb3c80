/* SPDX-License-Identifier: Apache-2.0 */
/* Tables that are damaged: what is lost is named, and nothing else is. */
#include "tables.h"

#include <string.h>

/* Some bytes @n times between a beginning and an end. */
static GString *repeat(const char *before, const char *piece, gsize n, const char *behind)
{
  GString *bytes = g_string_new(before);
  for (gsize i = 0; i < n; i++)
    g_string_append(bytes, piece);
  return g_string_append(bytes, behind);
}

static void check_line(const char *bytes, gssize length, guint number, const char *expected)
{
  g_autofree char *all = read_table(bytes, length, NULL);
  g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
  g_assert_cmpuint(g_strv_length(lines), >, number);
  if (!g_str_has_prefix(lines[number], expected))
    g_test_fail_printf("'%s' instead of '%s'", lines[number], expected);
}

static void test_records(void)
{
  check_line("text,b\nOne.\n", -1, 0, "2! the record has 1 fields; expected 2, as the header has");
  check_line("text,b\nOne.,2,3\n", -1, 0, "2! the record has 3 fields; expected 2");
  check_line("text,b\n\"One\".,2\n", -1, 0,
             "2! field 1 goes on behind its closing quotation mark; expected ','");
  check_line("text,b\nOne.,\xff\n", -1, 0, "2! byte 12 of the file (0xff) is no UTF-8");
  check_line("text,b\nOne.,a\0c\n", 16, 0, "2! field 2 has a NUL character");
  check_line("text,b\na\0c,2\n", 13, 0, "2 in.csv:2|b=2|a");
  check_line("text,b\nOne.\nTwo.,2\n", -1, 1, "3 in.csv:3|b=2|Two.");
}

static void test_headers(void)
{
  check_line("body,title\nOne.,2\nTwo.,3\n", -1, 0,
             "1! option text asks for column 'text'; the header has 'body', 'title'");
  check_line("text,text\nOne.,2\n", -1, 0, "1! the header has column 'text' twice");
  check_line("text,\xff\nOne.,2\n", -1, 0, "1! the header is no text in UTF-8: byte 5");
  check_line("\xff\xfet\0e\0x\0t\0\n\0", 12, 0, "1! the header is no text in UTF-8");
  check_line("\"text\nOne.\n", -1, 0, "1! in the header, field 1 begins with a quotation mark");
  g_autoptr(GString) wide = repeat("text", ",a", 5000, "\nOne.\n");
  check_line(wide->str, (gssize) wide->len, 0, "1! the header has 5001 columns; at most 4096");
  g_autoptr(GString) name = repeat("text,", "a", 5000, "\nOne.\n");
  check_line(name->str, (gssize) name->len, 0, "1! the name of column 2 is longer than 1024 bytes");
  g_autoptr(GString) endless = repeat("\"text", "a", 300000, "\nOne.\n");
  check_line(endless->str, (gssize) endless->len, 0,
             "1! the header does not end within 262144 bytes");
  g_autoptr(GString) large = repeat("text", ",abcdefg", 900, "\nOne.\n");
  check_line(large->str, (gssize) large->len, 0, "2! the record is too short to have 901 fields");
}

static void test_unclosed(void)
{
  check_table(
      "text,b\nOne.,\"two\nThree.,4\n\"Five\nlines\",\"six\nSeven.,8\n", NULL,
      "2! field 2 goes on behind its closing quotation mark; expected ',', the line's end, or "
      "the mark doubled\n5! the quotation mark at byte 39 (line 5) is not closed within 14 bytes; "
      "reading goes on in the next line\n6 in.csv:6|b=8|Seven.\n");
  check_table(
      "text,b\nOne.,2\n\"Three\nlines\",\"four\nFive.,6\n", NULL,
      "2 in.csv:2|b=2|One.\n3! the quotation mark at byte 28 (line 4) is not closed within 14 "
      "bytes; reading goes on in the next line\n5 in.csv:5|b=6|Five.\n");
}

static void test_long(void)
{
  g_autoptr(GString) line = repeat("text\nOne.\n", "aaaaaaaa", 9000, "\nTwo.\n");
  check_table(line->str, NULL,
              "2 in.csv:2|One.\n3! the record is longer than 65536 bytes, the longest allowed\n"
              "4 in.csv:4|Two.\n");
  g_autoptr(GString) open = repeat("text\n\"One.\n", "aaaaaaa\n", 9000, "");
  check_line(open->str, (gssize) open->len, 0,
             "2! the quotation mark at byte 5 (line 2) is not closed within 65536 bytes");
}

/* Lines each of which opens a field that is not closed: read in one go. */
static void test_vain(void)
{
  g_autoptr(GString) bytes = repeat("text,b,c\n", "a\",\",\n", 20000, "x,y,z\n");
  g_autofree char *all = read_table(bytes->str, (gssize) bytes->len, NULL);
  g_auto(GStrv) lines = g_strsplit(all, "\n", -1);
  g_assert_nonnull(strstr(lines[0], "is not closed within"));
  g_assert_cmpuint(g_strv_length(lines), <, 10);
}

void add_damage_tests(void)
{
  g_test_add_func("/csv-reader/damage/records", test_records);
  g_test_add_func("/csv-reader/damage/headers", test_headers);
  g_test_add_func("/csv-reader/damage/unclosed", test_unclosed);
  g_test_add_func("/csv-reader/damage/long", test_long);
  g_test_add_func("/csv-reader/damage/vain", test_vain);
}
