/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of one XML file: most character sets have ASCII's tags in them and can be cut as they
 * are; UTF-16 and UTF-32 are read whole and converted. */
#include "source.h"

#include <string.h>

/* How files begin that are not to be cut as they are; XML 1.0, appendix F. */
static const struct {
  const char *charset;
  guint n, skipped;
  char bytes[5];
} beginnings[] = {
    {"utf-32be", 4, 4, "\0\0\xfe\xff"}, {"utf-32le", 4, 4, "\xff\xfe\0\0"},
    {"utf-16be", 2, 2, "\xfe\xff"},     {"utf-16le", 2, 2, "\xff\xfe"},
    {"utf-32be", 4, 0, "\0\0\0<"},      {"utf-32le", 4, 0, "<\0\0\0"},
    {"utf-16be", 2, 0, "\0<"},          {"utf-16le", 2, 0, "<\0"},
};

/* Reads the whole file, which begins so, as UTF-8. */
static AverCut convert(XmlSource *source, guint beginning, gsize maximum, gboolean may_block,
                       AverRecord *record, GError **error)
{
  AverCut cut = aver_input_cut_file(source->input, maximum, may_block, record, error);
  if (cut != AVER_CUT_RECORD)
    return cut;
  gsize skipped = beginnings[beginning].skipped, read = 0, written = 0;
  g_autoptr(GError) failure = NULL;
  g_autofree char *text =
      g_convert(record->data + skipped, (gssize) (record->length - skipped), "utf-8",
                beginnings[beginning].charset, &read, &written, &failure);
  if (text == NULL || read < record->length - skipped) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING, "byte %" G_GSIZE_FORMAT " is no %s",
                skipped + read, beginnings[beginning].charset);
    record->length = 0;
    return AVER_CUT_BAD;
  }
  source->converted.length = 0;
  aver_buffer_append(&source->converted, text, written);
  source->whole = TRUE;
  source->wide = strstr(beginnings[beginning].charset, "32") != NULL;
  source->begin = 0;
  source->origin = record->origin;
  source->offset = skipped;
  source->line = 1;
  return AVER_CUT_RECORD;
}

AverCut source_begin(XmlSource *source, gsize maximum, gboolean may_block, AverRecord *record,
                     const char **charset, GError **error)
{
  *charset = NULL;
  source->whole = FALSE;
  AverCut cut = aver_input_peek(source->input, 4, may_block, record, error);
  if (cut != AVER_CUT_RECORD)
    return cut;
  for (guint i = 0; i < G_N_ELEMENTS(beginnings); i++)
    if (record->length >= beginnings[i].n &&
        memcmp(record->data, beginnings[i].bytes, beginnings[i].n) == 0) {
      *charset = beginnings[i].charset;
      return convert(source, i, maximum, may_block, record, error);
    }
  if (record->length >= 3 && memcmp(record->data, "\xef\xbb\xbf", 3) == 0)
    *charset = "utf-8";
  return AVER_CUT_RECORD;
}

AverCut source_peek(XmlSource *source, gsize wanted, gboolean may_block, AverRecord *record,
                    GError **error)
{
  if (!source->whole)
    return aver_input_peek(source->input, wanted, may_block, record, error);
  *record = (AverRecord){.data = source->converted.data + source->begin,
                         .length = source->converted.length - source->begin,
                         .origin = source->origin,
                         .offset = source->offset,
                         .line = source->line};
  return AVER_CUT_RECORD;
}

void source_take(XmlSource *source, gsize length)
{
  AverRecord taken;
  if (!source->whole) {
    aver_input_take(source->input, length, &taken);
    return;
  }
  const guchar *p = (const guchar *) source->converted.data + source->begin;
  for (const guchar *end = p + length; p < end; p++) {
    source->line += *p == '\n';
    if ((*p & 0xc0) != 0x80)
      source->offset += source->wide || *p >= 0xf0 ? 4 : 2;
  }
  source->begin += length;
}

void source_leave(XmlSource *source)
{
  if (!source->whole)
    aver_input_leave(source->input);
  source->whole = FALSE;
}
