/* SPDX-License-Identifier: Apache-2.0 */
/* Archives: members read through libarchive. */
#include "archivefile.h"

#ifdef AVER_LIBARCHIVE
#include "archivelibrary.h"

#include <errno.h>
#include <locale.h>
#include <string.h>

#define BLOCK ((gsize) 64 * 1024)

/* A tar archive ends in two blocks of zeros, of which some write but one. */
#define TAR_END 512

struct AverArchive {
  AverArchiveLibrary library;
  struct archive *handle;
  AverPacking packing;
  AverSource *below;
  AverSource *file; /* (nullable) */
  char *block;
  guint64 position; /* in the bytes below */
  guint64 zeros;    /* so many at their end */
  AverGauge gauge;
  gboolean sized;  /* its measure is the whole archive, wherever a job went on in it */
  gboolean over;   /* nothing more can be read, and that has been said */
  GError *failure; /* of reading below, or a limit */
  char *name;
  locale_t locale; /* names are UTF-8 or raw bytes in it, whatever the user's */
};

typedef struct {
  AverSource source;
  AverArchive *archive;
  GError *failure;
} MemberSource;

static guint64 count_zeros(guint64 before, const char *data, gsize length)
{
  gsize n = 0;
  while (n < length && n < TAR_END && data[length - 1 - n] == '\0')
    n++;
  return n == length ? before + n : n;
}

static la_ssize_t read_block(struct archive *handle, void *data, const void **block)
{
  AverArchive *archive = data;
  gsize length = 0;
  AverFill got = FILL_WAIT;
  while (got == FILL_WAIT && archive->failure == NULL)
    got = archive->below->read(archive->below, archive->block, BLOCK, &length, TRUE,
                               &archive->failure);
  *block = archive->block;
  if (archive->failure != NULL) {
    archive->library.archive_set_error(handle, EIO, "%s", archive->failure->message);
    return ARCHIVE_FATAL;
  }
  archive->position += length;
  archive->gauge.in += archive->sized ? 0 : length;
  archive->zeros = count_zeros(archive->zeros, archive->block, length);
  return (la_ssize_t) length;
}

static la_int64_t seek_block(struct archive *handle, void *data, la_int64_t offset, int whence)
{
  AverArchive *archive = data;
  (void) handle;
  gint64 position = aver_source_seek_file(archive->file, offset, whence);
  if (position < 0)
    return ARCHIVE_FATAL;
  archive->position = (guint64) position;
  return position;
}

static gboolean open_handle(AverArchive *archive, GError **error)
{
  const AverArchiveLibrary *a = &archive->library;
  archive->handle = a->archive_read_new();
  struct archive *handle = archive->handle;
  if (archive->packing == AVER_PACKING_TAR) {
    a->archive_read_support_format_tar(handle);
    /* What stands behind an end mark is more of the archive, or an error. */
    a->archive_read_set_options(handle, "tar:read_concatenated_archives");
  } else if (archive->file != NULL) {
    a->archive_read_support_format_zip(handle);
    a->archive_read_set_seek_callback(handle, seek_block);
  } else {
    a->archive_read_support_format_zip_streamable(handle);
  }
  a->archive_read_set_read_callback(handle, read_block);
  a->archive_read_set_callback_data(handle, archive);
  if (a->archive_read_open1(handle) == ARCHIVE_OK)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "the %s archive cannot be read: %s",
              aver_packing_get_name(archive->packing), a->archive_error_string(handle));
  return FALSE;
}

AverArchive *aver_archive_new(AverPacking packing, AverSource *below, AverSource *file,
                              guint64 size, const AverUnpackLimits *limits, GError **error)
{
  AverArchive *archive = g_new0(AverArchive, 1);
  archive->packing = packing;
  archive->below = below;
  archive->file = file;
  archive->gauge = (AverGauge){.limits = *limits, .in = size};
  archive->sized = size > 0;
  archive->block = g_malloc(BLOCK);
  archive->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
  if (aver_archive_library_open(&archive->library, error) && open_handle(archive, error))
    return archive;
  aver_archive_free(archive);
  return NULL;
}

void aver_archive_free(AverArchive *archive)
{
  if (archive == NULL)
    return;
  if (archive->handle != NULL)
    archive->library.archive_read_free(archive->handle);
  if (archive->locale != (locale_t) 0)
    freelocale(archive->locale);
  aver_source_free(archive->below);
  g_clear_error(&archive->failure);
  g_free(archive->block);
  g_free(archive->name);
  g_free(archive);
}

static gboolean leads_outside(const char *name)
{
  if (name[0] == '/')
    return TRUE;
  for (const char *part = name; part != NULL; part = strchr(part, '/')) {
    part += *part == '/' ? 1 : 0;
    if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
      return TRUE;
  }
  return FALSE;
}

/* Why a member is not read; NULL when it is. */
static const char *find_trouble(const AverArchive *archive, struct archive_entry *entry)
{
  const AverArchiveLibrary *a = &archive->library;
  if (archive->name == NULL || archive->name[0] == '\0')
    return "has no name";
  if (leads_outside(archive->name))
    return "has a name that leads out of the archive";
  if (a->archive_entry_hardlink(entry) != NULL)
    return "is a link to another";
  switch (a->archive_entry_filetype(entry)) {
  case AE_IFREG:
    return a->archive_entry_is_encrypted(entry) != 0 ? "is encrypted" : NULL;
  case AE_IFLNK:
    return "is a symbolic link";
  default:
    return "is no regular file";
  }
}

static void take_name(AverArchive *archive, struct archive_entry *entry)
{
  const char *name = archive->library.archive_entry_pathname(entry);
  g_clear_pointer(&archive->name, g_free);
  while (name != NULL && name[0] == '.' && name[1] == '/')
    for (name += 2; *name == '/'; name++)
      ;
  archive->name = g_strdup(name);
}

static AverArchiveStep broken(AverArchive *archive, GError **error)
{
  archive->over = TRUE;
  if (archive->failure != NULL) {
    g_propagate_error(error, g_error_copy(archive->failure));
    return AVER_ARCHIVE_BROKEN;
  }
  const char *why = archive->library.archive_error_string(archive->handle);
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
              "the %s archive cannot be read on before its byte %" G_GUINT64_FORMAT ": %s",
              aver_packing_get_name(archive->packing), archive->position,
              why == NULL ? "it is damaged" : why);
  return AVER_ARCHIVE_BROKEN;
}

static AverArchiveStep end(AverArchive *archive, GError **error)
{
  if (archive->packing != AVER_PACKING_TAR || archive->zeros >= TAR_END)
    return AVER_ARCHIVE_END;
  archive->over = TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
              "the tar archive is cut off at its byte %" G_GUINT64_FORMAT
              ": expected more members, or its end mark",
              archive->position);
  return AVER_ARCHIVE_BROKEN;
}

AverArchiveStep aver_archive_next(AverArchive *archive, const char **name, GError **error)
{
  struct archive_entry *entry = NULL;
  if (archive->over)
    return AVER_ARCHIVE_END;
  locale_t before = archive->locale == (locale_t) 0 ? (locale_t) 0 : uselocale(archive->locale);
  int code = archive->library.archive_read_next_header(archive->handle, &entry);
  if (code == ARCHIVE_OK || code == ARCHIVE_WARN)
    take_name(archive, entry);
  if (before != (locale_t) 0)
    uselocale(before);
  if (code == ARCHIVE_EOF)
    return end(archive, error);
  if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
    return broken(archive, error);
  *name = archive->name;
  if (archive->library.archive_entry_filetype(entry) == AE_IFDIR)
    return AVER_ARCHIVE_FOLDER;
  const char *trouble = find_trouble(archive, entry);
  if (trouble != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "the member %s; it is not read", trouble);
    return AVER_ARCHIVE_REFUSED;
  }
  return AVER_ARCHIVE_FILE;
}

gboolean aver_archive_is_over(const AverArchive *archive)
{
  return archive->over;
}

static void fail_member(MemberSource *member, la_ssize_t code)
{
  AverArchive *archive = member->archive;
  if (code == ARCHIVE_FATAL || archive->failure != NULL) {
    broken(archive, &member->failure);
    return;
  }
  const char *why = archive->library.archive_error_string(archive->handle);
  g_set_error(&member->failure, AVER_ERROR, AVER_ERROR_INPUT, "the member is damaged: %s",
              why == NULL ? "it cannot be unpacked" : why);
}

static AverFill member_read(AverSource *self, char *to, gsize room, gsize *length,
                            gboolean may_block, GError **error)
{
  MemberSource *member = (MemberSource *) self;
  AverArchive *archive = member->archive;
  (void) may_block;
  if (member->failure == NULL) {
    la_ssize_t n = archive->library.archive_read_data(archive->handle, to, room);
    if (n == 0)
      return FILL_END;
    *length = (gsize) MAX(n, 0);
    archive->gauge.out += *length;
    if (n < 0 || !aver_gauge_check(&archive->gauge, &archive->failure))
      fail_member(member, n);
    else
      return FILL_DATA;
  }
  g_propagate_error(error, g_error_copy(member->failure));
  return FILL_ERROR;
}

static void member_free(AverSource *self)
{
  g_clear_error(&((MemberSource *) self)->failure);
  g_free(self);
}

AverSource *aver_archive_open_member(AverArchive *archive)
{
  MemberSource *member = g_new0(MemberSource, 1);
  member->source = (AverSource){.read = member_read, .free = member_free};
  member->archive = archive;
  return &member->source;
}
#else

AverArchive *aver_archive_new(AverPacking packing, AverSource *below, AverSource *file,
                              guint64 size, const AverUnpackLimits *limits, GError **error)
{
  (void) file;
  (void) size;
  (void) limits;
  aver_source_free(below);
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
              "the file is a %s archive, and this build of Aver lacks libarchive (option archive)",
              aver_packing_get_name(packing));
  return NULL;
}

void aver_archive_free(AverArchive *archive)
{
  (void) archive;
}

AverArchiveStep aver_archive_next(AverArchive *archive, const char **name, GError **error)
{
  (void) archive;
  (void) name;
  (void) error;
  return AVER_ARCHIVE_END;
}

gboolean aver_archive_is_over(const AverArchive *archive)
{
  (void) archive;
  return TRUE;
}

AverSource *aver_archive_open_member(AverArchive *archive)
{
  (void) archive;
  return NULL;
}
#endif
