/* SPDX-License-Identifier: Apache-2.0 */
/* gzip through zlib, which checks each member's CRC and length. */
#include "codec.h"

#include <zlib.h>

/* The widest window, and a gzip header rather than zlib's own. */
#define WINDOW_BITS (15 + 16)

static gpointer gzip_open(void)
{
  z_stream *stream = g_new0(z_stream, 1);
  if (inflateInit2(stream, WINDOW_BITS) == Z_OK)
    return stream;
  g_free(stream);
  return NULL;
}

static gboolean gzip_begin(gpointer it)
{
  return inflateReset(it) == Z_OK;
}

static AverCodecStep gzip_decode(gpointer it, AverCodecWork *work)
{
  z_stream *stream = it;
  uInt n_in = (uInt) MIN(work->n_in, G_MAXUINT / 2), n_out = (uInt) MIN(work->n_out, G_MAXUINT / 2);
  stream->next_in = (z_const Bytef *) work->in;
  stream->avail_in = n_in;
  stream->next_out = (Bytef *) work->out;
  stream->avail_out = n_out;
  int code = inflate(stream, Z_NO_FLUSH);
  work->in += n_in - stream->avail_in;
  work->n_in -= n_in - stream->avail_in;
  work->out += n_out - stream->avail_out;
  work->n_out -= n_out - stream->avail_out;
  work->problem = stream->msg;
  if (code == Z_STREAM_END)
    return CODEC_END;
  return code == Z_OK || code == Z_BUF_ERROR ? CODEC_MORE : CODEC_BAD;
}

static void gzip_close(gpointer it)
{
  inflateEnd(it);
  g_free(it);
}

const AverCodec aver_codec_gzip = {"gzip", gzip_open, gzip_begin, gzip_decode, gzip_close};
