/* SPDX-License-Identifier: Apache-2.0 */
/* zstd through libzstd, which verifies a frame's checksum where it has one. */
#include "codec.h"

#include <zstd.h>

static gpointer zstd_open(void)
{
  return ZSTD_createDCtx();
}

static gboolean zstd_begin(gpointer it)
{
  return !ZSTD_isError(ZSTD_DCtx_reset(it, ZSTD_reset_session_only));
}

static AverCodecStep zstd_decode(gpointer it, AverCodecWork *work)
{
  ZSTD_inBuffer in = {.src = work->in, .size = work->n_in};
  ZSTD_outBuffer out = {.dst = work->out, .size = work->n_out};
  gsize left = ZSTD_decompressStream(it, &out, &in);
  work->in += in.pos;
  work->n_in -= in.pos;
  work->out += out.pos;
  work->n_out -= out.pos;
  if (ZSTD_isError(left)) {
    work->problem = ZSTD_getErrorName(left);
    return CODEC_BAD;
  }
  return left == 0 ? CODEC_END : CODEC_MORE;
}

static void zstd_close(gpointer it)
{
  ZSTD_freeDCtx(it);
}

const AverCodec aver_codec_zstd = {"zstd", zstd_open, zstd_begin, zstd_decode, zstd_close};
