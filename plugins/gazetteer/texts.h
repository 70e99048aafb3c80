/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of the lists: what refers to them takes four bytes, whatever there are. */
#pragma once

#include <aver/aver.h>

/* One list, all its fields ending in a NUL. */
typedef struct {
  char *path;
  char *text;
  guint32 begin; /* the place of its first byte */
} Text;

typedef struct {
  GArray *files; /* Text */
  guint64 length;
} Texts;

void texts_init(Texts *texts);
void texts_clear(Texts *texts);

/* Takes @text, of so many bytes and a NUL behind them; FALSE: there is no room, and it was not
 * taken. */
gboolean texts_add(Texts *texts, const char *path, char *text, gsize length);

/* The list that a place lies in; what stands there is at `text + place - begin`. */
const Text *texts_find(const Texts *texts, guint32 place);

static inline const char *texts_at(const Texts *texts, guint32 place)
{
  const Text *file = texts_find(texts, place);
  return file->text + (place - file->begin);
}
