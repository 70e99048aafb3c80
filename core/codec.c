/* SPDX-License-Identifier: Apache-2.0 */
/* Codecs: compressed streams, one after another, unpacked as they come. */
#include "codec.h"

#include <string.h>

/* Compressed bytes read at a time. */
#define BLOCK ((gsize) 64 * 1024)

typedef struct {
  AverSource source;
  const AverCodec *codec;
  gpointer state;
  AverSource *below;
  char *block;
  gsize begin, end;     /* of the bytes not yet unpacked */
  gboolean below_ended; /* no more will come */
  gboolean inside;      /* of a stream */
  gboolean brimful;     /* the codec may have more to give */
  gboolean any;         /* a stream has been whole */
  AverGauge gauge;
  GError *failure;
} CodecSource;

static void fail(CodecSource *it, const char *what, const char *why)
{
  g_set_error(&it->failure, AVER_ERROR, AVER_ERROR_INPUT,
              "the %s data %s at byte %" G_GUINT64_FORMAT " of the file%s%s", it->codec->name, what,
              it->gauge.in, why == NULL ? "" : ": ", why == NULL ? "" : why);
}

/* Sees to it that there are bytes to unpack; FILL_DATA also when there will be none. */
static AverFill feed(CodecSource *it, gboolean may_block, GError **error)
{
  if (it->begin < it->end || it->below_ended || it->brimful)
    return FILL_DATA;
  gsize length = 0;
  AverFill got = it->below->read(it->below, it->block, BLOCK, &length, may_block, error);
  it->begin = 0;
  it->end = got == FILL_DATA ? length : 0;
  it->below_ended = got == FILL_END;
  return got == FILL_END ? FILL_DATA : got;
}

/* Before a stream: zeros are padding. FALSE when there is none, or not yet. */
static gboolean begin_stream(CodecSource *it)
{
  while (it->any && it->begin < it->end && it->block[it->begin] == '\0') {
    it->begin++;
    it->gauge.in++;
  }
  if (it->begin == it->end)
    return FALSE;
  it->inside = it->codec->begin(it->state);
  if (!it->inside)
    fail(it, "cannot be unpacked", "no memory");
  return it->inside;
}

static gsize unpack(CodecSource *it, char *to, gsize room)
{
  gsize given = it->end - it->begin;
  AverCodecWork work = {.in = it->block + it->begin, .n_in = given, .out = to, .n_out = room};
  AverCodecStep step = it->codec->decode(it->state, &work);
  it->begin = it->end - work.n_in;
  it->gauge.in += given - work.n_in;
  gsize produced = room - work.n_out;
  it->gauge.out += produced;
  it->brimful = step == CODEC_MORE && work.n_out == 0;
  if (step == CODEC_END) {
    it->inside = FALSE;
    it->any = TRUE;
  } else if (step == CODEC_BAD) {
    fail(it, "is damaged", work.problem);
  } else if (given == 0 && produced == 0 && it->below_ended) {
    fail(it, "is cut off", NULL);
  }
  return produced;
}

static AverFill codec_read(AverSource *self, char *to, gsize room, gsize *length,
                           gboolean may_block, GError **error)
{
  CodecSource *it = (CodecSource *) self;
  while (it->failure == NULL) {
    AverFill got = feed(it, may_block, error);
    if (got != FILL_DATA)
      return got;
    if (!it->inside && !begin_stream(it)) {
      if (it->failure == NULL && it->below_ended)
        return FILL_END;
      continue;
    }
    *length = unpack(it, to, room);
    if (!aver_gauge_check(&it->gauge, it->failure == NULL ? &it->failure : NULL))
      break;
    if (*length > 0)
      return FILL_DATA;
  }
  g_propagate_error(error, g_error_copy(it->failure));
  return FILL_ERROR;
}

static void codec_free(AverSource *self)
{
  CodecSource *it = (CodecSource *) self;
  if (it->state != NULL)
    it->codec->close(it->state);
  aver_source_free(it->below);
  g_clear_error(&it->failure);
  g_free(it->block);
  g_free(it);
}

AverSource *aver_source_new_for_codec(const AverCodec *codec, AverSource *below,
                                      const AverUnpackLimits *limits)
{
  CodecSource *it = g_new0(CodecSource, 1);
  it->source = (AverSource){.read = codec_read, .free = codec_free};
  it->codec = codec;
  it->below = below;
  it->block = g_malloc(BLOCK);
  it->gauge.limits = *limits;
  it->state = codec->open();
  if (it->state == NULL)
    fail(it, "cannot be unpacked", "no memory");
  return &it->source;
}
