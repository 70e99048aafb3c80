/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of html-reader share: a page read into a document. */
#pragma once

#include <aver/aver.h>
#include <aver/html.h>

typedef struct {
  AverHtml *html;
  AverDocument *document;
} Reading;

/* Reads a page; fails the test when it cannot be read. Returns: (transfer none): its text. */
const char *read_page(Reading *reading, const char *page, gssize length);
const char *metadata_of(const Reading *reading, const char *key);
void reading_clear(Reading *reading);

/* Four paragraphs of an invented article, with markup between them. */
#define FIRST                                                                                      \
  "The ferry between Port Lorne and Eskel will not sail this winter, the harbour board said on "   \
  "Monday, after engineers found cracks in both of its ramps."
#define SECOND                                                                                         \
  "“We are not going to ask people to drive over steel that we do not trust,” said Ida Renn, who " \
  "chairs the board. She put the cost of the repair at four million crowns."
#define THIRD                                                                                      \
  "Islanders have been told to use the northern road, which adds an hour to the journey and is "   \
  "closed by snow on some twenty days of the year."
#define FOURTH                                                                                     \
  "The county denied that it had known of the cracks since spring. A report is due in March, "     \
  "and the ferry may return in April if the weather allows."

void add_article_tests(void);
void add_metadata_tests(void);
void add_charset_tests(void);
void add_hostile_tests(void);
