/* SPDX-License-Identifier: Apache-2.0 */
/* Plain text in any character set as the text of a document. */
#include <aver/charset.h>
#include <aver/text.h>

#include <string.h>

/* The byte at fault counts from the start of the file, whatever was removed there. */
static void set_bad(const AverCharset *charset, const char *data, guint64 offset, const char *also,
                    GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_ENCODING,
              "the file is not valid %s at byte %" G_GUINT64_FORMAT " (0x%02x)%s", charset->name,
              offset + charset->first_bad, (guint) (guchar) data[charset->first_bad], also);
}

/* The first byte that is not UTF-8; FALSE when there is none. */
static gboolean find_bad(AverCharset *charset, const char *data, gsize length)
{
  gsize bad;
  if (aver_utf8_validate(data + charset->mark, length - charset->mark, &bad))
    return FALSE;
  charset->first_bad = charset->mark + bad;
  charset->n_bad = 1;
  g_strlcpy(charset->name, "UTF-8", sizeof charset->name);
  return TRUE;
}

static gboolean set_utf8(const AverCharset *charset, const char *data, gsize length,
                         AverDocument *document, GError **error)
{
  if (!aver_document_set_valid_text(document, data + charset->mark, length - charset->mark, error))
    return FALSE;
  if (charset->mark > 0)
    aver_document_set_metadata(document, "text_offset", G_STRINGIFY(3), TRUE);
  return TRUE;
}

/* Converts into the document's own memory. */
static gboolean convert(AverCharset *charset, const char *data, gsize length, guint64 offset,
                        AverDocument *document, GError **error)
{
  g_auto(AverBuffer) buffer = {0};
  char digits[4];
  if (!aver_charset_convert(charset, data, length, FALSE, &buffer, error)) {
    if (charset->n_bad == 0)
      return FALSE;
    g_clear_error(error);
    set_bad(charset, data, offset, "", error);
    return FALSE;
  }
  char *text = aver_document_alloc(document, buffer.length + 1);
  memcpy(text, buffer.data, buffer.length);
  if (!aver_document_set_text(document, text, buffer.length, error))
    return FALSE;
  aver_charset_set_metadata(charset, document);
  g_snprintf(digits, sizeof digits, "%u", charset->mark);
  if (charset->mark > 0)
    aver_document_set_metadata(document, "text_offset", digits, TRUE);
  return TRUE;
}

gboolean aver_charset_read_text(const char *data, gsize length, guint64 offset, const char *name,
                                AverDocument *document, GError **error)
{
  g_return_val_if_fail((data != NULL || length == 0) && document != NULL, FALSE);
  AverCharset charset, guess = {0};
  g_autoptr(GError) failure = NULL;
  data = length == 0 ? "" : data;
  gboolean marked = aver_charset_find_mark(&charset, data, length);
  if (!marked && name != NULL &&
      aver_charset_set_name(&charset, name, strlen(name), AVER_CHARSET_PROTOCOL))
    marked = TRUE;
  if (marked && strcmp(charset.name, "utf-8") != 0)
    return convert(&charset, data, length, offset, document, error);
  if (!find_bad(&charset, data, length))
    return set_utf8(&charset, data, length, document, error);
  if (marked || !aver_charset_guess(&guess, data, length)) {
    set_bad(&charset, data, offset, marked ? "" : ", and looks like text in no other character set",
            error);
    return FALSE;
  }
  if (convert(&guess, data, length, offset, document, &failure))
    return TRUE;
  g_autofree char *also = g_strdup_printf(", and as %s: %s", guess.name, failure->message);
  set_bad(&charset, data, offset, also, error);
  return FALSE;
}
