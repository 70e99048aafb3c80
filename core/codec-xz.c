/* SPDX-License-Identifier: Apache-2.0 */
/* xz through liblzma, which verifies the check of each block. */
#include "codec.h"

#include <lzma.h>

/* What `xz -9` takes twice over: a file may ask for 4 GB. */
#define MOST_MEMORY ((guint64) 128 << 20)

static gpointer xz_open(void)
{
  return g_new0(lzma_stream, 1);
}

static gboolean xz_begin(gpointer it)
{
  return lzma_stream_decoder(it, MOST_MEMORY, LZMA_TELL_UNSUPPORTED_CHECK) == LZMA_OK;
}

static const char *describe(lzma_ret code)
{
  switch (code) {
  case LZMA_MEM_ERROR:
    return "no memory";
  case LZMA_MEMLIMIT_ERROR:
    return "its dictionary takes more than 128 MiB, the most allowed";
  case LZMA_FORMAT_ERROR:
    return "no xz stream starts here";
  case LZMA_OPTIONS_ERROR:
  case LZMA_UNSUPPORTED_CHECK:
    return "liblzma does not know this kind";
  default:
    return "a check failed";
  }
}

static AverCodecStep xz_decode(gpointer it, AverCodecWork *work)
{
  lzma_stream *stream = it;
  stream->next_in = (const uint8_t *) work->in;
  stream->avail_in = work->n_in;
  stream->next_out = (uint8_t *) work->out;
  stream->avail_out = work->n_out;
  lzma_ret code = lzma_code(stream, LZMA_RUN);
  work->in = (const char *) stream->next_in;
  work->n_in = stream->avail_in;
  work->out = (char *) stream->next_out;
  work->n_out = stream->avail_out;
  if (code == LZMA_STREAM_END)
    return CODEC_END;
  work->problem = describe(code);
  return code == LZMA_OK || code == LZMA_BUF_ERROR ? CODEC_MORE : CODEC_BAD;
}

static void xz_close(gpointer it)
{
  lzma_end(it);
  g_free(it);
}

const AverCodec aver_codec_xz = {"xz", xz_open, xz_begin, xz_decode, xz_close};
