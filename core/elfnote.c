/* SPDX-License-Identifier: Apache-2.0 */
/* What a module's file says of itself, read before any of its code runs. */
#include "elfnote.h"

#include <link.h>
#include <string.h>

static gboolean refuse(GError **error, const char *path, const char *reason)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "%s: %s", path, reason);
  return FALSE;
}

static gboolean inside(gsize length, guint64 offset, guint64 size)
{
  return offset <= length && size <= length - offset;
}

/* The ABI in a segment of notes (ELF gABI, "Note Section"); 0 when Aver's is not there. */
static guint32 abi_of_notes(const char *notes, gsize length)
{
  gsize position = 0;
  while (inside(length, position, sizeof(ElfW(Nhdr)))) {
    ElfW(Nhdr) header;
    memcpy(&header, notes + position, sizeof header);
    gsize name = position + sizeof header;
    guint64 value = name + (((guint64) header.n_namesz + 3) & ~G_GUINT64_CONSTANT(3));
    if (!inside(length, value, header.n_descsz))
      return 0;
    if (header.n_type == AVER_NOTE_TYPE && header.n_namesz == sizeof AVER_NOTE_NAME &&
        memcmp(notes + name, AVER_NOTE_NAME, sizeof AVER_NOTE_NAME) == 0 &&
        header.n_descsz == sizeof(guint32)) {
      guint32 abi;
      memcpy(&abi, notes + value, sizeof abi);
      return abi;
    }
    position = value + (((gsize) header.n_descsz + 3) & ~(gsize) 3);
  }
  return 0;
}

static gboolean check(const char *path, const char *bytes, gsize length, GError **error)
{
  ElfW(Ehdr) header;
  if (length < SELFMAG || memcmp(bytes, ELFMAG, SELFMAG) != 0)
    return refuse(error, path, "not a shared object; expected an ELF file");
  if (length < sizeof header)
    return refuse(error, path, "cut short: file too short for its header");
  memcpy(&header, bytes, sizeof header);
  const guchar class = sizeof(gpointer) == 8 ? ELFCLASS64 : ELFCLASS32;
  if (header.e_ident[EI_CLASS] != class || header.e_type != ET_DYN ||
      header.e_phentsize != sizeof(ElfW(Phdr)))
    return refuse(error, path, "not a shared object of this kind of machine");
  if (!inside(length, header.e_phoff, (guint64) header.e_phnum * sizeof(ElfW(Phdr))))
    return refuse(error, path, "cut short: file too short for its program headers");
  guint32 abi = 0;
  for (guint i = 0; i < header.e_phnum; i++) {
    ElfW(Phdr) segment;
    memcpy(&segment, bytes + header.e_phoff + i * sizeof segment, sizeof segment);
    if (segment.p_type != PT_LOAD && segment.p_type != PT_NOTE)
      continue;
    if (!inside(length, segment.p_offset, segment.p_filesz))
      return refuse(error, path, "cut short: file too short for its segments");
    if (segment.p_type == PT_NOTE && abi == 0)
      abi = abi_of_notes(bytes + segment.p_offset, segment.p_filesz);
  }
  if (abi == 0)
    return refuse(error, path, "no Aver plugin: it has no note of Aver's; expected AVER_PLUGIN()");
  if (abi == AVER_ABI)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
              "%s: made for plugin ABI %u; expected %u: compile it against this version", path, abi,
              AVER_ABI);
  return FALSE;
}

gboolean aver_elfnote_check(const char *path, GError **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, &failure);
  if (file == NULL)
    return refuse(error, path, failure->message);
  return check(path, g_mapped_file_get_contents(file), g_mapped_file_get_length(file), error);
}
