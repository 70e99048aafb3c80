/* SPDX-License-Identifier: Apache-2.0 */
/* The beginning of a file, made ready for looking at. */
#pragma once

#include <aver/aver.h>

/* So much of a file is looked at, in bytes. */
#define LOOKED_AT ((gsize) 4096)

typedef enum {
  ROOT_NONE, /* no markup */
  ROOT_FOUND,
  ROOT_MORE, /* it may be in what comes next */
} RootState;

typedef struct {
  const char *bytes; /* as they are */
  gsize n_bytes;
  gboolean all;             /* nothing else will be looked at */
  gboolean ended;           /* the file ends here */
  char text[LOOKED_AT + 8]; /* without mark, white space at the start, and NULs of UTF-16 */
  gsize length;
  gboolean utf8;     /* as far as can be seen */
  gboolean controls; /* there are characters that no text has */
  RootState root_state;
  gboolean declared; /* there is an XML declaration */
  char root[32];     /* the name of the first element, without its prefix */
} Beginning;

/* @n_bytes are at most LOOKED_AT. */
void beginning_init(Beginning *beginning, const char *bytes, gsize n_bytes, gboolean ended);

/* Whether the text begins so, in any letter case. */
gboolean beginning_is(const Beginning *beginning, const char *word);
