/* SPDX-License-Identifier: Apache-2.0 */
/* Text that can be shown to a person without steering the terminal. */
#include <aver/text.h>

gboolean aver_character_is_unsafe(gunichar character)
{
  if (character < 0x20 || (character >= 0x7f && character <= 0x9f))
    return TRUE;
  return character == 0x061c || character == 0x200e || character == 0x200f ||
         (character >= 0x2028 && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069) ||
         (character >= 0xe000 && character <= 0xf8ff) || character >= 0xe0000;
}

char *aver_text_make_printable(const char *text, gssize length)
{
  g_autofree char *valid = g_utf8_make_valid(text, length);
  GString *line = g_string_new(NULL);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (aver_character_is_unsafe(c))
      g_string_append_printf(line, "\\u%04x", c);
    else
      g_string_append_unichar(line, c);
  }
  return g_string_free(line, FALSE);
}
