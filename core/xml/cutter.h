/* SPDX-License-Identifier: Apache-2.0 */
/* The insides of a cutter, shared by the files that make it up. */
#pragma once

#include "source.h"
#include "tokens.h"

#include <aver/xml.h>

/* How a record begins: the character set, the bytes between this and the item, the elements around
 * it, its number. */
#define RECORD_HEAD                                                                                \
  "<?xml version=\"1.0\" encoding=\"%s\"?><?aver %" G_GSIZE_FORMAT " %u %" G_GUINT64_FORMAT "?>"

typedef enum {
  INSIDE_NOTHING,
  INSIDE_ITEM,
  INSIDE_CONTEXT,
} Inside;

/* An open element that is not inside an item. */
typedef struct {
  gsize start;  /* of its start tag, in `around` */
  gsize length; /* of its name, which is behind the < */
} Outer;

struct _AverXmlCutter {
  AverInput *input;
  XmlSource source;
  const AverXmlFormat *format;
  gsize maximum;
  AverXml *xml; /* to check what every item is given */
  gboolean inside_file;
  GString *base;     /* the input's cursor at the file's start */
  guint64 n_records; /* cut from the file, bad ones too */
  char charset[32];
  gboolean rooted;    /* an outermost element was seen */
  gboolean checked;   /* the start tags around are well-formed */
  GArray *outer;      /* Outer */
  AverBuffer around;  /* their start tags */
  AverBuffer context; /* elements */
  TokenScan scan;
  Inside inside;
  gboolean fresh;    /* what is inside begins with the next byte */
  gboolean skipping; /* it is too long */
  guint nested;      /* elements of its name that are open */
  AverBuffer name;
  guint64 offset, line; /* of what is inside */
  AverBuffer record;
};

/* What a token means. */
typedef enum {
  ACT_NONE,
  ACT_RESTART,  /* bytes were taken */
  ACT_RECORD,   /* the record is made */
  ACT_BAD,      /* a record is lost (error set) */
  ACT_BAD_FILE, /* the rest of the file is (error set) */
} Act;

Act cutter_see(AverXmlCutter *cutter, const char *data, const Token *token, GError **error);

/* Forgets all tags of the last file. */
void cutter_reset(AverXmlCutter *cutter);
void cutter_too_long(const AverXmlCutter *cutter, GError **error);
