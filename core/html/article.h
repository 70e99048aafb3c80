/* SPDX-License-Identifier: Apache-2.0 */
/* An article: everything that one page needs on its way to a document. */
#pragma once

#include "charset.h"
#include "choose.h"
#include "metadata.h"

#include <aver/html.h>

struct _AverHtml {
  Page page;
  Blocks blocks;
  Scene scene;
  Facts facts;
  AverCharset charset;
  AverBuffer utf8;
  GArray *scores; /* float, one a block */
};

/* Everything but the choice: parses, finds the facts, cuts, surveys. */
gboolean article_survey(AverHtml *html, const char *data, gsize length, const char *charset,
                        GError **error);
