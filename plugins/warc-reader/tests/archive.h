/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of warc-reader share: archives made of pieces, and what is read from them. */
#pragma once

#include <glib.h>

/* A file "in.warc" in a folder of its own. */
typedef struct {
  char *folder;
  char *path;
} Archive;

void archive_begin(Archive *archive, const char *bytes, gsize length);
void archive_end(Archive *archive);

/* One line for every document ("OFFSET URL text") and every error ("OFFSET! message"), from
 * @cursor on when it is no NULL; the cursor behind the record numbered @stop, from 1, is put into
 * *@at. @set: options. */
char *archive_read(const Archive *archive, const char *const *set, const char *cursor, guint stop,
                   char **at);

/* The same of bytes alone. */
char *archive_read_bytes(const GString *bytes, const char *const *set);

/* A record of WARC 1.0; fields have their line ends. */
void add_record(GString *archive, const char *type, const char *fields, const char *block,
                gssize length);

/* A response of that status, fields and body, of the address http://ferry.example/N. */
void add_page(GString *archive, guint n, const char *fields, const char *body, gssize length);

void add_framing_tests(void);
void add_coding_tests(void);
