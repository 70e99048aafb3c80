/* SPDX-License-Identifier: Apache-2.0 */
/* What is inside a block: the head of an HTTP response, and the bytes it brought. */
#pragma once

#include "head.h"

#include <aver/buffer.h>

/* The longest payload, decoded: that of a page that <aver/html.h> reads. */
#define PAYLOAD_MAX ((gsize) 32 << 20)

/* What a block says of itself before anything is decoded; what it does not say is empty. */
typedef struct {
  gboolean http;    /* it is to be a response of HTTP */
  guint status;     /* its status, 0 when it has none */
  Slice media;      /* media type without parameters */
  Slice charset;    /* parameter of the media type */
  Slice transfer;   /* Transfer-Encoding */
  Slice encoding;   /* Content-Encoding */
  Slice language;   /* Content-Language */
  gsize body;       /* where the payload begins in the block */
  gboolean endless; /* the head of HTTP does not end */
} Payload;

/* Looks at the block behind @head, or as much as there is of it. */
void payload_look(const Head *head, const char *block, gsize length, Payload *payload);

/* Whether it is a web page, rather than plain text. */
gboolean payload_is_html(const Payload *payload);

/* Takes off the chunks and the codings. @partial says that the block was cut off when it was
 * stored, so that what there is of it is taken. @body is the block's part behind @payload->body
 * when nothing was to be done, else in one of the two buffers. */
gboolean payload_decode(const Payload *payload, gboolean partial, Slice *body, AverBuffer *one,
                        AverBuffer *two, GError **error);

/* Takes off one coding. Returns FALSE with an error; *@plain when the bytes are not coded at all.
 */
gboolean coding_decode(Slice name, Slice from, gboolean partial, AverBuffer *to, gboolean *plain,
                       GError **error);
