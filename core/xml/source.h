/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of one XML file: those of an input, or, of a file in UTF-16 or UTF-32, what they mean.
 */
#pragma once

#include <aver/buffer.h>
#include <aver/input.h>

typedef struct {
  AverInput *input; /* borrowed */
  gboolean whole;   /* all of the file is in @converted */
  gboolean wide;    /* of four bytes a character, not two */
  AverBuffer converted;
  gsize begin; /* of what is not yet taken of it */
  const char *origin;
  guint64 offset, line; /* there */
} XmlSource;

/* Begins with the input's next file. @charset gets what its first bytes say, or NULL; a mark of
 * UTF-8 is not taken. */
AverCut source_begin(XmlSource *source, gsize maximum, gboolean may_block, AverRecord *record,
                     const char **charset, GError **error);

/* As aver_input_peek(), _take() and _leave(). */
AverCut source_peek(XmlSource *source, gsize wanted, gboolean may_block, AverRecord *record,
                    GError **error);
void source_take(XmlSource *source, gsize length);
void source_leave(XmlSource *source);
