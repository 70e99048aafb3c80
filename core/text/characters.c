/* SPDX-License-Identifier: Apache-2.0 */
/* Characters: counted once in blocks of bytes, so that an offset costs one block at most. */
#include <aver/characters.h>

#define BLOCK 256

static guint32 count_starts(const char *text, guint32 length)
{
  guint32 n = 0;
  for (guint32 i = 0; i < length; i++)
    n += ((guchar) text[i] & 0xc0) != 0x80;
  return n;
}

void aver_characters_clear(AverCharacters *characters)
{
  g_free(characters->counts);
  *characters = (AverCharacters){0};
}

void aver_characters_set_document(AverCharacters *characters, const AverDocument *document)
{
  characters->text = aver_document_get_text(document, &characters->length);
  gsize n = characters->length / BLOCK + 1;
  if (n > characters->capacity) {
    g_free(characters->counts);
    characters->counts = g_new(guint32, n);
    characters->capacity = n;
  }
  characters->counts[0] = 0;
  for (gsize i = 1; i < n; i++)
    characters->counts[i] =
        characters->counts[i - 1] + count_starts(characters->text + (i - 1) * BLOCK, BLOCK);
}

guint32 aver_characters_count(const AverCharacters *characters, guint32 offset)
{
  g_return_val_if_fail(characters->counts != NULL && offset <= characters->length, 0);
  guint32 rest = offset % BLOCK;
  return characters->counts[offset / BLOCK] +
         (rest == 0 ? 0 : count_starts(characters->text + (offset - rest), rest));
}

static gboolean is_inside(const AverCharacters *characters, guint32 offset)
{
  return ((guchar) characters->text[offset] & 0xc0) == 0x80;
}

guint32 aver_characters_step_back(const AverCharacters *characters, guint32 offset, guint32 n)
{
  g_return_val_if_fail(offset <= characters->length, 0);
  for (; n > 0 && offset > 0; n--)
    do
      offset--;
    while (offset > 0 && is_inside(characters, offset));
  return offset;
}

guint32 aver_characters_step_on(const AverCharacters *characters, guint32 offset, guint32 n)
{
  g_return_val_if_fail(offset <= characters->length, 0);
  for (; n > 0 && offset < characters->length; n--)
    do
      offset++;
    while (offset < characters->length && is_inside(characters, offset));
  return offset;
}
