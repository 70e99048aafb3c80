/* SPDX-License-Identifier: Apache-2.0 */
/* Content codings: gzip and deflate by zlib, br and zstd where the libraries are there. */
#include "payload.h"

#include <string.h>
#include <zlib.h>

#ifdef HAVE_BROTLI
#include <brotli/decode.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

/* A page of more than a megabyte may not be that many times as long as what it is made of. */
#define MAX_RATIO 400
#define MIN_BOUND ((gsize) 1 << 20)
#define STEP      ((gsize) 64 * 1024)

static gsize bound_of(gsize length)
{
  return MIN(PAYLOAD_MAX, MAX(MIN_BOUND, MIN(length, PAYLOAD_MAX) * MAX_RATIO));
}

static gboolean refuse(GError **error, Slice name, const char *what)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "the HTTP body is no valid '%.*s', as its Content-Encoding says: %s",
              (int) MIN(name.length, 20), name.data, what);
  return FALSE;
}

static gboolean too_long(GError **error, gsize bound, gsize length)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT,
              "the HTTP body of %" G_GSIZE_FORMAT " bytes unpacks to more than %" G_GSIZE_FORMAT
              " bytes, the most allowed",
              length, bound);
  return FALSE;
}

/* Makes room for the next step; 0 when there may be no more. */
static gsize make_room(AverBuffer *to, gsize bound)
{
  gsize step = MIN(MAX(STEP, to->length), bound + 1 - MIN(to->length, bound + 1));
  if (step > 0)
    aver_buffer_reserve(to, step);
  return step;
}

/* Several members one after another; what is behind them and no member is passed over. */
static gboolean unzip(z_stream *stream, Slice name, Slice from, gboolean partial, AverBuffer *to,
                      GError **error)
{
  gsize bound = bound_of(from.length), step;
  int result = Z_OK;
  stream->next_in = (Bytef *) from.data;
  stream->avail_in = (uInt) MIN(from.length, G_MAXUINT32);
  while ((step = make_room(to, bound)) > 0) {
    stream->next_out = (Bytef *) to->data + to->length;
    stream->avail_out = (uInt) step;
    result = inflate(stream, Z_NO_FLUSH);
    to->length += step - stream->avail_out;
    if (result == Z_STREAM_END) {
      if (stream->avail_in < 2 || memcmp(stream->next_in, "\x1f\x8b", 2) != 0)
        return TRUE;
      if (inflateReset(stream) != Z_OK)
        break;
    } else if (result != Z_OK && (result != Z_BUF_ERROR || stream->avail_out > 0)) {
      break;
    } else if (stream->avail_in == 0 && stream->avail_out > 0) {
      result = Z_BUF_ERROR;
      break;
    }
  }
  if (step == 0)
    return too_long(error, bound, from.length);
  if (partial)
    return TRUE;
  return refuse(error, name,
                result == Z_BUF_ERROR   ? "it is cut off"
                : stream->msg != NULL   ? stream->msg
                : result == Z_MEM_ERROR ? "no memory"
                                        : "it is damaged");
}

/* deflate is zlib's format by the standard, and the bare stream with some servers. */
static gboolean decode_zlib(Slice name, Slice from, gboolean partial, gboolean gzip, AverBuffer *to,
                            gboolean *plain, GError **error)
{
  const guchar *bytes = (const guchar *) from.data;
  gboolean wrapped =
      from.length >= 2 && (gzip ? bytes[0] == 0x1f && bytes[1] == 0x8b
                                : (bytes[0] & 0x0f) == 8 && (bytes[0] * 256 + bytes[1]) % 31 == 0);
  *plain = from.length == 0 || (gzip && !wrapped);
  if (*plain)
    return TRUE;
  z_stream stream = {0};
  if (inflateInit2(&stream, gzip ? 15 + 16 : wrapped ? 15 : -15) != Z_OK)
    return refuse(error, name, "no memory");
  gboolean good = unzip(&stream, name, from, partial, to, error);
  inflateEnd(&stream);
  return good;
}

#ifdef HAVE_BROTLI
static gboolean decode_brotli(Slice name, Slice from, gboolean partial, AverBuffer *to,
                              GError **error)
{
  BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
  const uint8_t *in = (const uint8_t *) from.data;
  size_t left = from.length, step, room;
  gsize bound = bound_of(from.length);
  BrotliDecoderResult result = BROTLI_DECODER_RESULT_ERROR;
  while ((step = room = make_room(to, bound)) > 0) {
    uint8_t *out = (uint8_t *) to->data + to->length;
    result = BrotliDecoderDecompressStream(state, &left, &in, &room, &out, NULL);
    to->length += step - room;
    if (result != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
      break;
  }
  BrotliDecoderDestroyInstance(state);
  if (step == 0)
    return too_long(error, bound, from.length);
  if (result == BROTLI_DECODER_RESULT_SUCCESS || partial)
    return TRUE;
  return refuse(error, name,
                result == BROTLI_DECODER_RESULT_ERROR ? "it is damaged" : "it is cut off");
}
#endif

#ifdef HAVE_ZSTD
static gboolean decode_zstd(Slice name, Slice from, gboolean partial, AverBuffer *to,
                            gboolean *plain, GError **error)
{
  *plain = from.length < 4 || memcmp(from.data, "\x28\xb5\x2f\xfd", 4) != 0;
  if (*plain)
    return TRUE;
  ZSTD_DStream *stream = ZSTD_createDStream();
  ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 23); /* RFC 8878 for HTTP: 8 MiB */
  ZSTD_inBuffer in = {from.data, from.length, 0};
  gsize bound = bound_of(from.length), step;
  size_t result = 1;
  while ((step = make_room(to, bound)) > 0) {
    ZSTD_outBuffer out = {to->data + to->length, step, 0};
    result = ZSTD_decompressStream(stream, &out, &in);
    to->length += out.pos;
    if (ZSTD_isError(result) || (in.pos == in.size && out.pos < out.size))
      break;
  }
  ZSTD_freeDStream(stream);
  if (step == 0)
    return too_long(error, bound, from.length);
  if (result == 0 || partial)
    return TRUE;
  return refuse(error, name, ZSTD_isError(result) ? ZSTD_getErrorName(result) : "it is cut off");
}
#endif

gboolean coding_decode(Slice name, Slice from, gboolean partial, AverBuffer *to, gboolean *plain,
                       GError **error)
{
  to->length = 0;
  if (slice_is(name, "gzip") || slice_is(name, "x-gzip"))
    return decode_zlib(name, from, partial, TRUE, to, plain, error);
  if (slice_is(name, "deflate"))
    return decode_zlib(name, from, partial, FALSE, to, plain, error);
#ifdef HAVE_BROTLI
  if (slice_is(name, "br"))
    return decode_brotli(name, from, partial, to, error);
#endif
#ifdef HAVE_ZSTD
  if (slice_is(name, "zstd"))
    return decode_zstd(name, from, partial, to, plain, error);
#endif
  g_autofree char *shown = g_utf8_make_valid(name.data, (gssize) MIN(name.length, 40));
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "the Content-Encoding is '%s'; this build knows gzip, deflate"
#ifdef HAVE_BROTLI
              ", br"
#endif
#ifdef HAVE_ZSTD
              ", zstd"
#endif
              " and identity",
              shown);
  return FALSE;
}
