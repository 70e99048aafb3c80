/* SPDX-License-Identifier: Apache-2.0 */
/* Cells that a spreadsheet would take for formulas, as OWASP's "CSV Injection" says. */
#pragma once

#include <glib.h>
#include <string.h>

static inline gsize count_digits(const char *text, gsize length)
{
  gsize n = 0;
  while (n < length && g_ascii_isdigit(text[n]))
    n++;
  return n;
}

/* A number as spreadsheets read it, and nothing else: [+-] digits [. digits] [e [+-] digits]. */
static inline gboolean is_number(const char *text, gsize length)
{
  const char *end = text + length;
  if (text < end && (*text == '+' || *text == '-'))
    text++;
  gsize whole = count_digits(text, (gsize) (end - text)), part = 0;
  text += whole;
  if (text < end && *text == '.') {
    part = count_digits(text + 1, (gsize) (end - text - 1));
    text += 1 + part;
  }
  if (whole + part == 0)
    return FALSE;
  if (text < end && (*text == 'e' || *text == 'E')) {
    text++;
    if (text < end && (*text == '+' || *text == '-'))
      text++;
    gsize exponent = count_digits(text, (gsize) (end - text));
    if (exponent == 0)
      return FALSE;
    text += exponent;
  }
  return text == end;
}

/* The characters a formula can begin with; spreadsheets for East Asia take the wide ones as well.
 */
static inline gboolean begins_formula(const char *text, gsize length)
{
  static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
                                     "\xef\xbc\xa0"};
  if (length == 0)
    return FALSE;
  if (strchr("=+-@\t\r\n", *text) != NULL)
    return *text != '\0' && !is_number(text, length);
  for (guint i = 0; i < G_N_ELEMENTS(wide); i++)
    if (length >= 3 && memcmp(text, wide[i], 3) == 0)
      return TRUE;
  return FALSE;
}
