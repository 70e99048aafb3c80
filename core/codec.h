/* SPDX-License-Identifier: Apache-2.0 */
/* Codecs: compressed bytes unpacked as they come, every check that the format has verified. */
#pragma once

#include "source.h"

typedef enum {
  CODEC_MORE, /* goes on */
  CODEC_END,  /* one compressed stream is whole, and its checks hold; another may follow */
  CODEC_BAD,
} AverCodecStep;

/* Bytes to unpack and room for what comes of them: both move on with what is done. */
typedef struct {
  const char *in;
  gsize n_in;
  char *out;
  gsize n_out;
  const char *problem; /* (nullable) of CODEC_BAD: what the library says */
} AverCodecWork;

typedef struct {
  const char *name;
  gpointer (*open)(void);         /* NULL when there is no memory for it */
  gboolean (*begin)(gpointer it); /* a stream; called before each, the first one too */
  AverCodecStep (*decode)(gpointer it, AverCodecWork *work);
  void (*close)(gpointer it);
} AverCodec;

extern const AverCodec aver_codec_gzip, aver_codec_bzip2, aver_codec_xz, aver_codec_zstd;

/* What @below, which is taken, unpacks to. */
AverSource *aver_source_new_for_codec(const AverCodec *codec, AverSource *below,
                                      const AverUnpackLimits *limits);
