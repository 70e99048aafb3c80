/* SPDX-License-Identifier: Apache-2.0 */
/* Messages one behind the other: a head of fixed size, then the message. */
#include "frames.h"

#include <string.h>

/* Ids longer than this are hashed. */
#define LONGEST_PLAIN 128

typedef struct {
  guint32 length;
  char id[FRAME_LONGEST_ID + 1];
} Head;

gsize frame_begin(AverBuffer *out)
{
  gsize start = out->length;
  memset(aver_buffer_reserve(out, sizeof(Head)), 0, sizeof(Head));
  out->length += sizeof(Head);
  return start;
}

/* Not for secrets: an id's documents are their publisher's own. */
static guint64 hash(const char *data, gsize length)
{
  const guint64 prime = G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
  guint64 h = length * prime, word;
  for (; length >= sizeof word; data += sizeof word, length -= sizeof word) {
    memcpy(&word, data, sizeof word);
    h = (h ^ GUINT64_FROM_LE(word)) * prime;
    h ^= h >> 29;
  }
  for (word = 0; length > 0; length--)
    word = word << 8 | (guchar) data[length - 1];
  h = (h ^ word) * prime;
  h ^= h >> 32;
  h *= prime;
  return h ^ h >> 29;
}

/* An id goes into a header, where it has to be one line of printable characters. */
static gboolean is_plain(const char *id)
{
  gsize length = 0;
  for (; id[length] != '\0' && length <= LONGEST_PLAIN; length++)
    if (!g_ascii_isgraph(id[length]))
      return FALSE;
  return length > 0 && length <= LONGEST_PLAIN;
}

void frame_end(AverBuffer *out, gsize start, const char *document_id)
{
  Head head = {.length = (guint32) (out->length - start - sizeof head)};
  guint64 sum = hash(out->data + start + sizeof head, head.length);
  g_autofree char *hashed = is_plain(document_id)
                                ? NULL
                                : g_compute_checksum_for_string(G_CHECKSUM_SHA256, document_id, -1);
  g_snprintf(head.id, sizeof head.id, "%s%s.%016" G_GINT64_MODIFIER "x",
             hashed == NULL ? "" : "sha256-", hashed == NULL ? document_id : hashed, sum);
  memcpy(out->data + start, &head, sizeof head);
}

gboolean frame_next(const char **data, const char *end, Frame *frame)
{
  Head head;
  if ((gsize) (end - *data) < sizeof head)
    return FALSE;
  memcpy(&head, *data, sizeof head);
  if ((gsize) (end - *data) - sizeof head < head.length ||
      memchr(head.id, '\0', sizeof head.id) == NULL)
    return FALSE;
  *frame = (Frame){*data + offsetof(Head, id), *data + sizeof head, head.length};
  *data += sizeof head + head.length;
  return TRUE;
}
