/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting: items found by their tags in bytes that go by. */
#include "cutter.h"

#include <string.h>

/* Bytes of white space that may stand before the first tag. */
#define MAX_BLANK 65536

AverXmlCutter *aver_xml_cutter_new(AverInput *input, const AverXmlFormat *format, gsize maximum)
{
  g_return_val_if_fail(input != NULL && format != NULL, NULL);
  AverXmlCutter *cutter = g_new0(AverXmlCutter, 1);
  cutter->input = cutter->source.input = aver_input_ref(input);
  cutter->format = format;
  cutter->maximum = MIN(maximum, G_MAXSIZE / 4);
  cutter->outer = g_array_new(FALSE, FALSE, sizeof(Outer));
  cutter->base = g_string_new(NULL);
  cutter->xml = aver_xml_new();
  return cutter;
}

void aver_xml_cutter_free(AverXmlCutter *cutter)
{
  if (cutter == NULL)
    return;
  aver_input_free(cutter->input);
  aver_xml_free(cutter->xml);
  g_array_unref(cutter->outer);
  g_string_free(cutter->base, TRUE);
  aver_buffer_clear(&cutter->around);
  aver_buffer_clear(&cutter->context);
  aver_buffer_clear(&cutter->name);
  aver_buffer_clear(&cutter->record);
  aver_buffer_clear(&cutter->source.converted);
  g_free(cutter);
}

gboolean aver_xml_cutter_is_inside(const AverXmlCutter *cutter)
{
  g_return_val_if_fail(cutter != NULL, FALSE);
  return cutter->inside_file;
}

static void leave(AverXmlCutter *cutter)
{
  source_leave(&cutter->source);
  cutter->inside_file = FALSE;
}

/* What an XML declaration says; "utf-8" when it does not. */
static void read_declaration(AverXmlCutter *cutter, const char *data, gsize length)
{
  g_autofree char *text = g_strndup(data, MIN(length, 200));
  const char *p = g_str_has_prefix(text, "<?xml") ? strstr(text, "encoding") : NULL;
  g_strlcpy(cutter->charset, "utf-8", sizeof cutter->charset);
  if (p == NULL)
    return;
  p += strlen("encoding");
  p += strspn(p, " \t\r\n=");
  gsize n = *p == '"' || *p == '\'' ? strcspn(p + 1, "\"'?>") : 0;
  if (n == 0 || n >= sizeof cutter->charset)
    return;
  g_autofree char *name = g_ascii_strdown(p + 1, (gssize) n);
  /* A file whose declaration can be read is not in what it then says. */
  if (!g_str_has_prefix(name, "utf-16") && !g_str_has_prefix(name, "utf-32") &&
      !g_str_has_prefix(name, "ucs-") && !g_str_has_prefix(name, "iso-10646-ucs-"))
    g_strlcpy(cutter->charset, name, sizeof cutter->charset);
}

/* Character sets in which bytes of ASCII may be part of another character. */
static gboolean hides_tags(const char *charset)
{
  static const char *const hiding[] = {"iso-2022", "utf-7", "hz", "ebcdic", "ibm037", "cp037"};
  for (guint i = 0; i < G_N_ELEMENTS(hiding); i++)
    if (g_str_has_prefix(charset, hiding[i]))
      return TRUE;
  return FALSE;
}

/* Whether a set is known by that name and has the characters of tags as ASCII has them. */
static gboolean is_readable(const char *charset)
{
  static const char probe[] = "<?xml version=\"1.0\"?><a:b/>";
  for (const char *p = charset; *p != '\0'; p++)
    if (!g_ascii_isalnum(*p) && (p == charset || strchr("-_.:+", *p) == NULL))
      return FALSE;
  if (hides_tags(charset) || charset[0] == '\0' || strcmp(charset, "char") == 0)
    return FALSE;
  g_autofree char *same = g_convert(probe, -1, "utf-8", charset, NULL, NULL, NULL);
  return same != NULL && strcmp(same, probe) == 0;
}

static gboolean check_charset(const AverXmlCutter *cutter, GError **error)
{
  if (is_readable(cutter->charset))
    return TRUE;
  g_autofree char *shown = g_utf8_make_valid(cutter->charset, -1);
  g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING,
              "the file says that its characters are '%s', which cannot be read here", shown);
  return FALSE;
}

static void locate(AverXmlCutter *cutter, AverRecord *record)
{
  source_peek(&cutter->source, 0, FALSE, record, NULL);
  record->data = "";
  record->length = 0;
}

static AverCut give_up(AverXmlCutter *cutter, AverRecord *record)
{
  locate(cutter, record);
  leave(cutter);
  return AVER_CUT_BAD;
}

/* The next file up to its first tag. */
static AverCut begin_file(AverXmlCutter *cutter, gboolean may_block, AverRecord *record,
                          GError **error)
{
  const char *marked;
  g_string_truncate(cutter->base, 0);
  aver_input_get_cursor(cutter->input, cutter->base);
  AverCut cut = source_begin(&cutter->source, cutter->maximum, may_block, record, &marked, error);
  if (cut != AVER_CUT_RECORD)
    return cut;
  gsize mark = marked != NULL && !cutter->source.whole ? 3 : 0, blank = mark, wanted = 200;
  for (;;) {
    cut = source_peek(&cutter->source, wanted, may_block, record, error);
    if (cut != AVER_CUT_RECORD)
      return cut;
    while (blank < record->length && g_ascii_isspace(record->data[blank]))
      blank++;
    if (blank < record->length || record->length < wanted || blank > MAX_BLANK)
      break;
    wanted = 2 * blank;
  }
  cutter_reset(cutter);
  cutter->inside_file = TRUE;
  cutter->scan.at = cutter->scan.start = mark;
  if (blank >= record->length || record->data[blank] != '<') {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "the file is no XML; expected %s",
                cutter->format->expected);
    return give_up(cutter, record);
  }
  read_declaration(cutter, record->data + blank, record->length - blank);
  if (marked != NULL)
    g_strlcpy(cutter->charset, "utf-8", sizeof cutter->charset);
  return check_charset(cutter, error) ? AVER_CUT_RECORD : give_up(cutter, record);
}

static AverCut end_file(AverXmlCutter *cutter, AverRecord *record, GError **error)
{
  const Outer *outer =
      cutter->outer->len == 0 ? NULL : &g_array_index(cutter->outer, Outer, cutter->outer->len - 1);
  g_autofree char *open = outer == NULL ? g_strdup("")
                                        : g_utf8_make_valid(cutter->around.data + outer->start + 1,
                                                            (gssize) MIN(outer->length, 100));
  gboolean good = FALSE;
  if (cutter->inside == INSIDE_ITEM && !cutter->skipping)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "the file ends inside this item");
  else if (outer != NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the file ends before the end tag of '%s': it may have been cut short", open);
  else if (!cutter->rooted || cutter->scan.state != 0)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "the file has no %s; expected %s",
                cutter->rooted ? "end" : "element", cutter->format->expected);
  else
    good = TRUE;
  if (!good) {
    give_up(cutter, record);
    if (cutter->inside == INSIDE_ITEM && !cutter->skipping) {
      record->offset = cutter->offset;
      record->line = cutter->line;
    }
    return AVER_CUT_BAD;
  }
  leave(cutter);
  return AVER_CUT_WAIT;
}

/* Takes what need not be kept. FALSE when what has to be is too long. */
static gboolean take_passed(AverXmlCutter *cutter, gsize length)
{
  gboolean keeping = cutter->inside != INSIDE_NOTHING && !cutter->skipping;
  if (keeping)
    return length <= cutter->maximum;
  gsize passed = tokens_looked_at(&cutter->scan);
  source_take(&cutter->source, passed);
  tokens_shift(&cutter->scan, passed);
  return length - passed <= cutter->maximum;
}

/* Looks at what is at hand. ACT_NONE: more is needed. */
static Act look(AverXmlCutter *cutter, const AverRecord *seen, GError **error)
{
  Token token;
  if (cutter->fresh) {
    cutter->offset = seen->offset;
    cutter->line = seen->line;
    cutter->fresh = FALSE;
  }
  while (tokens_next(&cutter->scan, seen->data, seen->length, &token)) {
    Act act = cutter_see(cutter, seen->data, &token, error);
    if (act != ACT_NONE)
      return act;
  }
  if (take_passed(cutter, seen->length))
    return ACT_NONE;
  if (cutter->inside == INSIDE_NOTHING || cutter->skipping) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
                "a tag is longer than %" G_GSIZE_FORMAT " bytes", cutter->maximum);
    return ACT_BAD_FILE;
  }
  cutter->skipping = TRUE;
  if (cutter->inside == INSIDE_CONTEXT)
    return ACT_RESTART;
  cutter_too_long(cutter, error);
  return ACT_BAD;
}

static AverCut give(AverXmlCutter *cutter, Act act, AverRecord *record)
{
  if (act == ACT_BAD_FILE)
    return give_up(cutter, record);
  cutter->n_records++;
  locate(cutter, record);
  record->offset = cutter->offset;
  record->line = cutter->line;
  if (act == ACT_BAD)
    return AVER_CUT_BAD;
  record->data = cutter->record.data;
  record->length = cutter->record.length;
  return AVER_CUT_RECORD;
}

static AverCut cut_in_file(AverXmlCutter *cutter, gboolean may_block, AverRecord *record,
                           GError **error)
{
  gsize wanted = 1;
  for (;;) {
    AverCut cut = source_peek(&cutter->source, wanted, may_block, record, error);
    if (cut == AVER_CUT_BAD || cut == AVER_CUT_END)
      cutter->inside_file = FALSE;
    if (cut != AVER_CUT_RECORD)
      return cut;
    gboolean ended = record->length < wanted;
    Act act = look(cutter, record, error);
    if (act != ACT_NONE && act != ACT_RESTART)
      return give(cutter, act, record);
    if (act == ACT_NONE && ended)
      return end_file(cutter, record, error);
    source_peek(&cutter->source, 0, may_block, record, NULL);
    wanted = act == ACT_RESTART ? 1 : record->length + 1;
  }
}

AverCut aver_xml_cutter_cut(AverXmlCutter *cutter, gboolean may_block, AverRecord *record,
                            GError **error)
{
  g_return_val_if_fail(cutter != NULL && record != NULL, AVER_CUT_FATAL);
  for (;;) {
    AverCut cut = AVER_CUT_RECORD;
    if (!cutter->inside_file)
      cut = begin_file(cutter, may_block, record, error);
    if (cut != AVER_CUT_RECORD)
      return cut;
    cut = cut_in_file(cutter, may_block, record, error);
    if (cutter->inside_file || cut != AVER_CUT_WAIT || cutter->format->mixed)
      return cut;
  }
}

void aver_xml_cutter_get_cursor(const AverXmlCutter *cutter, GString *cursor)
{
  g_return_if_fail(cutter != NULL && cursor != NULL);
  if (cutter->inside_file) {
    g_string_append_printf(cursor, "%" G_GUINT64_FORMAT " %s", cutter->n_records,
                           cutter->base->str);
    return;
  }
  g_string_append(cursor, "0 ");
  aver_input_get_cursor(cutter->input, cursor);
}

gboolean aver_xml_cutter_seek(AverXmlCutter *cutter, const char *cursor, GError **error)
{
  g_return_val_if_fail(cutter != NULL && cursor != NULL && !cutter->inside_file, FALSE);
  gsize digits = strspn(cursor, "0123456789");
  g_autofree char *number = g_strndup(cursor, digits);
  guint64 n;
  if (cursor[digits] != ' ' || !g_ascii_string_to_unsigned(number, 10, 0, G_MAXUINT64, &n, NULL)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "'%s' is no position in an input", cursor);
    return FALSE;
  }
  if (!aver_input_seek(cutter->input, cursor + digits + 1, error))
    return FALSE;
  g_autoptr(GString) start = g_string_new(NULL);
  aver_input_get_cursor(cutter->input, start);
  while (cutter->n_records < n || !cutter->inside_file) {
    AverRecord record;
    if (n == 0)
      return TRUE;
    AverCut cut = aver_xml_cutter_cut(cutter, TRUE, &record, NULL);
    gboolean ended = cut != AVER_CUT_WAIT && !cutter->inside_file;
    if (ended || strcmp(cutter->base->str, start->str) != 0) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                  "a file is not what it was: it has fewer than %" G_GUINT64_FORMAT " items", n);
      return FALSE;
    }
  }
  return TRUE;
}
