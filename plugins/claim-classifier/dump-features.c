/* SPDX-License-Identifier: Apache-2.0 */
/* claim-features: writes the feature values of each line of standard input, for train.py. */
#include "collect.h"
#include "cues.h"
#include "speech.h"
#include "topics.h"

#include <stdio.h>

static gboolean dump(AverDocument *document, const Lexicons *lexicons, Unit *unit, const char *line,
                     gsize length)
{
  g_autoptr(GError) error = NULL;
  aver_document_reset(document);
  if (!aver_document_set_text(document, line, length, &error)) {
    fprintf(stderr, "%s\n", error->message);
    return FALSE;
  }
  float values[FEATURE_MAX];
  collect_span(unit, document, lexicons, (AverSpan){0, (guint32) length});
  features_compute(unit, values);
  for (guint i = 0; i < features_count(); i++)
    printf(i == 0 ? "%g" : "\t%g", (double) values[i]);
  putchar('\n');
  return TRUE;
}

int main(void)
{
  g_autoptr(AverDocument) document = aver_document_new();
  g_autofree Word *words = g_new(Word, LONGEST_UNIT);
  Unit unit = {.words = words};
  Lexicons lexicons = {topics_new(), speech_new(), NULL};
  char *line = NULL;
  size_t size = 0;
  ssize_t length;
  gboolean ok = TRUE;
  for (guint i = 0; i < features_count(); i++)
    printf(i == 0 ? "%s" : "\t%s", feature_name(i));
  putchar('\n');
  while (ok && (length = getline(&line, &size, stdin)) > 0)
    ok = dump(document, &lexicons, &unit, line, (gsize) length - (line[length - 1] == '\n'));
  free(line);
  aver_lexicon_free(lexicons.topics);
  aver_lexicon_free(lexicons.speech);
  return ok ? 0 : 1;
}
