/* SPDX-License-Identifier: Apache-2.0 */
/* bzip2 through libbz2, which checks the CRC of each block and of all. */
#include "codec.h"

#include <bzlib.h>

typedef struct {
  bz_stream stream;
  gboolean begun;
} Bzip2;

static gpointer bzip2_open(void)
{
  return g_new0(Bzip2, 1);
}

static void end(Bzip2 *it)
{
  if (it->begun)
    BZ2_bzDecompressEnd(&it->stream);
  it->stream = (bz_stream){0};
  it->begun = FALSE;
}

static gboolean bzip2_begin(gpointer self)
{
  Bzip2 *it = self;
  end(it);
  it->begun = BZ2_bzDecompressInit(&it->stream, 0, 0) == BZ_OK;
  return it->begun;
}

static AverCodecStep bzip2_decode(gpointer self, AverCodecWork *work)
{
  bz_stream *stream = &((Bzip2 *) self)->stream;
  guint n_in = (guint) MIN(work->n_in, G_MAXUINT / 2),
        n_out = (guint) MIN(work->n_out, G_MAXUINT / 2);
  stream->next_in = (char *) work->in;
  stream->avail_in = n_in;
  stream->next_out = work->out;
  stream->avail_out = n_out;
  int code = BZ2_bzDecompress(stream);
  work->in += n_in - stream->avail_in;
  work->n_in -= n_in - stream->avail_in;
  work->out += n_out - stream->avail_out;
  work->n_out -= n_out - stream->avail_out;
  if (code == BZ_STREAM_END)
    return CODEC_END;
  work->problem = code == BZ_DATA_ERROR_MAGIC ? "no bzip2 stream starts here"
                  : code == BZ_MEM_ERROR      ? "no memory"
                                              : "a check failed";
  return code == BZ_OK ? CODEC_MORE : CODEC_BAD;
}

static void bzip2_close(gpointer self)
{
  end(self);
  g_free(self);
}

const AverCodec aver_codec_bzip2 = {"bzip2", bzip2_open, bzip2_begin, bzip2_decode, bzip2_close};
