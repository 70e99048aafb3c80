/* SPDX-License-Identifier: Apache-2.0 */
/* Compressed bytes and archives for tests, well-formed or not. */
#pragma once

#include <glib.h>
#include <string.h>

#ifdef AVER_GZIP
#include <zlib.h>
#endif
#ifdef AVER_BZIP2
#include <bzlib.h>
#endif
#ifdef AVER_XZ
#include <lzma.h>
#endif
#ifdef AVER_ZSTD
#include <zstd.h>
#endif

typedef GString *(*Pack)(const char *data, gsize length);

#ifdef AVER_GZIP
static inline GString *pack_gzip(const char *data, gsize length)
{
  z_stream stream = {0};
  g_assert_cmpint(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  GString *out = g_string_new(NULL);
  g_string_set_size(out, deflateBound(&stream, length));
  stream.next_in = (z_const Bytef *) data;
  stream.avail_in = (uInt) length;
  stream.next_out = (Bytef *) out->str;
  stream.avail_out = (uInt) out->len;
  g_assert_cmpint(deflate(&stream, Z_FINISH), ==, Z_STREAM_END);
  g_string_set_size(out, stream.total_out);
  deflateEnd(&stream);
  return out;
}
#endif

#ifdef AVER_BZIP2
static inline GString *pack_bzip2(const char *data, gsize length)
{
  GString *out = g_string_new(NULL);
  unsigned int size = (unsigned int) (length + length / 64 + 1000);
  g_string_set_size(out, size);
  g_assert_cmpint(
      BZ2_bzBuffToBuffCompress(out->str, &size, (char *) data, (unsigned int) length, 1, 0, 0), ==,
      BZ_OK);
  g_string_set_size(out, size);
  return out;
}
#endif

#ifdef AVER_XZ
static inline GString *pack_xz(const char *data, gsize length)
{
  GString *out = g_string_new(NULL);
  size_t used = 0;
  g_string_set_size(out, lzma_stream_buffer_bound(length));
  g_assert_cmpint(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, NULL, (const uint8_t *) data, length,
                                          (uint8_t *) out->str, &used, out->len),
                  ==, LZMA_OK);
  g_string_set_size(out, used);
  return out;
}
#endif

#ifdef AVER_ZSTD
static inline GString *pack_zstd(const char *data, gsize length)
{
  GString *out = g_string_new(NULL);
  ZSTD_CCtx *context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  g_string_set_size(out, ZSTD_compressBound(length));
  gsize size = ZSTD_compress2(context, out->str, out->len, data, length);
  g_assert_false(ZSTD_isError(size));
  g_string_set_size(out, size);
  ZSTD_freeCCtx(context);
  return out;
}
#endif

static const struct {
  const char *name;
  Pack pack;
} packs[] = {
#ifdef AVER_GZIP
    {"gzip", pack_gzip},
#endif
#ifdef AVER_BZIP2
    {"bzip2", pack_bzip2},
#endif
#ifdef AVER_XZ
    {"xz", pack_xz},
#endif
#ifdef AVER_ZSTD
    {"zstd", pack_zstd},
#endif
    {NULL, NULL},
};

/* A member: '0' is a file, '1' a hard link, '2' a symbolic one, '3' a device, '5' a folder. */
static inline void tar_add(GString *tar, const char *name, char type, const char *data,
                           gsize length)
{
  char header[512] = {0};
  guint sum = 0;
  g_strlcpy(header, name, 100);
  memcpy(header + 100, "0000644\0000000000\0000000000", 24);
  g_snprintf(header + 124, 12, "%011o", (guint) length);
  memcpy(header + 136, "00000000000\0        ", 20);
  header[156] = type;
  if (type == '1' || type == '2')
    strcpy(header + 157, "a.txt");
  memcpy(header + 257, "ustar\00000", 8);
  for (guint i = 0; i < sizeof header; i++)
    sum += (guchar) header[i];
  g_snprintf(header + 148, 8, "%06o", sum);
  g_string_append_len(tar, header, sizeof header);
  g_string_append_len(tar, data, (gssize) length);
  while (tar->len % 512 != 0)
    g_string_append_c(tar, '\0');
}

static inline void tar_end(GString *tar)
{
  static const char zeros[1024];
  g_string_append_len(tar, zeros, sizeof zeros);
}

static inline guint32 checksum(const char *data, gsize length)
{
  guint32 sum = G_MAXUINT32;
  for (gsize i = 0; i < length; i++) {
    sum ^= (guchar) data[i];
    for (guint bit = 0; bit < 8; bit++)
      sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
  }
  return ~sum;
}

static inline void append_number(GString *to, guint32 number, guint bytes)
{
  for (; bytes > 0; bytes--, number >>= 8)
    g_string_append_c(to, (char) (number & 0xff));
}

typedef struct {
  GString *bytes;
  GString *index;
  guint n;
} Zip;

/* A stored member. @flags: 0; 1 is encrypted. @damage is added to its checksum. */
static inline void zip_add(Zip *zip, const char *name, guint flags, const char *data, gsize length,
                           guint32 damage)
{
  gsize start = zip->bytes->len;
  g_autoptr(GString) common = g_string_new(NULL);
  append_number(common, 20, 2);
  append_number(common, flags, 2);
  append_number(common, 0, 2);
  append_number(common, 0x5a210000, 4);
  append_number(common, checksum(data, length) + damage, 4);
  append_number(common, (guint32) length, 4);
  append_number(common, (guint32) length, 4);
  append_number(common, (guint32) strlen(name), 4);
  g_string_append(zip->bytes, "PK\3\4");
  g_string_append_len(zip->bytes, common->str, (gssize) common->len);
  g_string_append(zip->bytes, name);
  g_string_append_len(zip->bytes, data, (gssize) length);
  g_string_append(zip->index, "PK\1\2\24");
  append_number(zip->index, 3, 1);
  g_string_append_len(zip->index, common->str, (gssize) common->len);
  append_number(zip->index, 0, 4);
  append_number(zip->index, 0, 2);
  append_number(zip->index, 0100644u << 16, 4);
  append_number(zip->index, (guint32) start, 4);
  g_string_append(zip->index, name);
  zip->n++;
}

static inline void zip_end(Zip *zip)
{
  gsize start = zip->bytes->len;
  g_string_append_len(zip->bytes, zip->index->str, (gssize) zip->index->len);
  g_string_append(zip->bytes, "PK\5\6");
  append_number(zip->bytes, 0, 4);
  append_number(zip->bytes, zip->n, 2);
  append_number(zip->bytes, zip->n, 2);
  append_number(zip->bytes, (guint32) zip->index->len, 4);
  append_number(zip->bytes, (guint32) start, 4);
  append_number(zip->bytes, 0, 2);
}
