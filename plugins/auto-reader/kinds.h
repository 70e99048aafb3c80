/* SPDX-License-Identifier: Apache-2.0 */
/* What files may hold, and which reader takes it. */
#pragma once

#include "beginning.h"

/* What looking at the beginning of a file comes to. */
typedef enum {
  SNIFF_NO,
  SNIFF_YES,
  SNIFF_MORE, /* that depends on what comes next */
} Sniff;

typedef struct {
  const char *what;   /* "a web page" */
  const char *reader; /* the plugin */
  const char *names;  /* the extensions of files that are taken for it where nothing contradicts */
  Sniff (*sniff)(const Beginning *beginning); /* (nullable) what is it by its content, surely */
  gboolean binary;                            /* whether it may be no text at all */
} Kind;

/* The readers, each once, ending with NULL. */
extern const char *const kind_readers[];

/*
 * What a file holds: content where that tells, else its name, else text. NULL while *@more, or with
 * what it looks like instead of anything that can be read.
 */
const Kind *kind_find(const Beginning *beginning, const char *name, gboolean *more, GError **error);
