/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of feed-reader share: a feed in a file, read to its end. */
#pragma once

#include <aver/aver.h>

/* Reads a feed. Returns: (transfer full): for every item "id|title|text|value", the value being
 * that of metadata @key, which may be NULL, or "! " and the error; a line end behind each. */
char *read_feed(const char *feed, gssize length, const char *key);
void expect_feed(const char *feed, const char *key, const char *expected);

#define RSS_BEGIN                                                                                  \
  "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""                \
  " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Post</title>"                    \
  "<link>https://post.example/</link><language>en</language>"
#define RSS_END        "</channel></rss>"
#define RSS(items)     RSS_BEGIN items RSS_END
#define ITEM(n, inner) "<item><guid>" n "</guid>" inner "</item>"
#define ATOM(entries)                                                                              \
  "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>Post</title>" entries        \
  "</feed>"
#define ENTRY(n, inner) "<entry><id>" n "</id>" inner "</entry>"

void add_hostile_tests(void);
