/* SPDX-License-Identifier: Apache-2.0 */
/* Packing: told by first bytes and by names. */
#include "packing.h"

#include <string.h>

#define TAR_BLOCK  512
#define TAR_SUM    148
#define TAR_DIGITS 8

#define MAGIC(packing, bytes)                                                                      \
  {                                                                                                \
    packing, bytes, sizeof(bytes) - 1                                                              \
  }

/* "PK\5\6" is a zip archive without members; the last zstd frame is one to be skipped, which may
 * come first. */
static const struct {
  AverPacking packing;
  const char *bytes;
  gsize length;
} magics[] = {
    MAGIC(AVER_PACKING_GZIP, "\x1f\x8b\x08"),
    MAGIC(AVER_PACKING_XZ, "\xfd\x37zXZ\0"),
    MAGIC(AVER_PACKING_ZSTD, "\x28\xb5\x2f\xfd"),
    MAGIC(AVER_PACKING_ZSTD, "P*M\x18"),
    MAGIC(AVER_PACKING_ZIP, "PK\3\4"),
    MAGIC(AVER_PACKING_ZIP, "PK\5\6"),
};

/* "BZh", a digit, and the start of a block or the end of an empty stream. */
static const char *const bzip2_magics[] = {"BZh#\x31\x41\x59\x26\x53\x59",
                                           "BZh#\x17\x72\x45\x38\x50\x90"};
#define BZIP2_LENGTH 10

static gboolean starts_bzip2(const char *data, gsize length, const char *magic)
{
  for (gsize i = 0; i < length && i < BZIP2_LENGTH; i++)
    if (magic[i] == '#' ? data[i] < '1' || data[i] > '9' : data[i] != magic[i])
      return FALSE;
  return TRUE;
}

/* A header's sum is that of its bytes, with blanks in the place of the sum. */
static gboolean is_tar_header(const char *data)
{
  guint64 sum = 0, expected = 0;
  gsize i = TAR_SUM;
  while (i < TAR_SUM + TAR_DIGITS && data[i] == ' ')
    i++;
  gsize first = i;
  for (; i < TAR_SUM + TAR_DIGITS && data[i] >= '0' && data[i] <= '7'; i++)
    expected = expected * 8 + (guint64) (data[i] - '0');
  if (i == first || data[0] == '\0')
    return FALSE;
  for (gsize k = 0; k < TAR_BLOCK; k++)
    sum += k >= TAR_SUM && k < TAR_SUM + TAR_DIGITS ? ' ' : (guchar) data[k];
  return sum == expected;
}

AverPacking aver_packing_sniff(const char *data, gsize length, gboolean ended)
{
  gboolean unsure = length == 0;
  for (guint i = 0; i < G_N_ELEMENTS(magics) && length > 0; i++) {
    if (memcmp(data, magics[i].bytes, MIN(length, magics[i].length)) != 0)
      continue;
    if (length >= magics[i].length)
      return magics[i].packing;
    unsure = TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS(bzip2_magics); i++) {
    if (!starts_bzip2(data, length, bzip2_magics[i]))
      continue;
    if (length >= BZIP2_LENGTH)
      return AVER_PACKING_BZIP2;
    unsure = TRUE;
  }
  if (length >= TAR_BLOCK)
    return is_tar_header(data) ? AVER_PACKING_TAR : AVER_PACKING_NONE;
  unsure = unsure || memchr(data, '\n', length) == NULL;
  return unsure && !ended ? AVER_PACKING_UNSURE : AVER_PACKING_NONE;
}

const char *aver_packing_get_name(AverPacking packing)
{
  static const char *const names[] = {"plain", "plain", "gzip", "bzip2",
                                      "xz",    "zstd",  "tar",  "zip"};
  return names[packing];
}

gboolean aver_packing_is_archive(AverPacking packing)
{
  return packing == AVER_PACKING_TAR || packing == AVER_PACKING_ZIP;
}

static const AverCodec *find_codec(AverPacking packing, const char **library)
{
  switch (packing) {
  case AVER_PACKING_GZIP:
    *library = "zlib";
#ifdef AVER_GZIP
    return &aver_codec_gzip;
#endif
    break;
  case AVER_PACKING_BZIP2:
    *library = "libbz2";
#ifdef AVER_BZIP2
    return &aver_codec_bzip2;
#endif
    break;
  case AVER_PACKING_XZ:
    *library = "liblzma";
#ifdef AVER_XZ
    return &aver_codec_xz;
#endif
    break;
  default:
    *library = "libzstd";
#ifdef AVER_ZSTD
    return &aver_codec_zstd;
#endif
    break;
  }
  return NULL;
}

const AverCodec *aver_packing_get_codec(AverPacking packing, GError **error)
{
  const char *library = NULL;
  const AverCodec *codec = find_codec(packing, &library);
  if (codec == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "the file is compressed with %s, and this build of Aver lacks %s (option archive)",
                aver_packing_get_name(packing), library);
  return codec;
}

/* The length of the first of @ends that the name ends with, without regard to case; 0: none. */
static gsize ends_with(const char *name, const char *const *ends)
{
  gsize length = strlen(name);
  for (; *ends != NULL; ends++) {
    gsize n = strlen(*ends);
    if (length > n && g_ascii_strcasecmp(name + length - n, *ends) == 0)
      return n;
  }
  return 0;
}

gsize aver_packing_strip_name(const char *name)
{
  static const char *const ends[] = {".gz", ".bz2", ".xz", ".zst", NULL};
  return strlen(name) - ends_with(name, ends);
}

gboolean aver_packing_is_archive_name(const char *name)
{
  static const char *const ends[] = {".zip", ".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst",
                                     ".tgz", ".tbz", ".tbz2",   ".txz",     ".tzst",   NULL};
  return ends_with(name, ends) > 0;
}
