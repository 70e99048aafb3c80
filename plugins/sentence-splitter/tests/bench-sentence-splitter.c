/* SPDX-License-Identifier: Apache-2.0 */
/* Splits text in memory and prints MB/s: this plugin's two styles, and ICU where it is installed.
 * Takes text files; without any, a made-up article. */
#include "../split.h"

#include <stdio.h>
#include <string.h>
#ifdef HAVE_ICU
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#endif

#define DOCUMENT_BYTES (1 << 20)
#define ROUNDS         20

static const char sample[] =
    "The council of Larkhill voted on Monday to rebuild the old mill beside the Arden, 12 years "
    "after a fire gutted it. “It is time,” said Mayor Ada Pike, who has opposed every earlier "
    "plan. “We cannot wait for the U.S. owners to act.”\n\nMr. Orr, the owner, did not respond to "
    "requests for comment. The works will cost $3.2 million, according to Pell & Co. of Conn., and "
    "will end in Nov. 2031. Who will pay? Nobody at the meeting could say... Residents have until "
    "5 p.m. on Friday to object.\n\n";

static char *repeat(const char *text, gsize length)
{
  GString *document = g_string_sized_new(DOCUMENT_BYTES + length);
  while (document->len < DOCUMENT_BYTES)
    g_string_append_len(document, text, (gssize) length);
  return g_string_free(document, FALSE);
}

static double split_with_plugin(gboolean web, const char *text, gsize length)
{
  Splitter splitter = {.web = web, .split_quotes = TRUE, .scan = scan_choose(web)};
  if (!words_load(&splitter.words, NULL, NULL))
    return 0;
  g_autoptr(AverDocument) document = aver_document_new();
  double best = G_MAXDOUBLE;
  for (guint round = 0; round < ROUNDS; round++) {
    aver_document_reset(document);
    aver_document_set_text(document, text, length, NULL);
    AverLayer *layer = aver_document_add_layer(document, &aver_sentence_layer);
    gint64 start = g_get_monotonic_time();
    split_text(&splitter, text, (guint32) length, layer);
    best = MIN(best, (double) (g_get_monotonic_time() - start));
  }
  words_clear(&splitter.words);
  return (double) length / best;
}

#ifdef HAVE_ICU
static double split_with_icu(const char *text, gsize length)
{
  UErrorCode status = U_ZERO_ERROR;
  double best = G_MAXDOUBLE;
  UBreakIterator *breaks = ubrk_open(UBRK_SENTENCE, "en", NULL, 0, &status);
  for (guint round = 0; round < 5; round++) {
    gint64 start = g_get_monotonic_time();
    UText *view = utext_openUTF8(NULL, text, (int64_t) length, &status);
    ubrk_setUText(breaks, view, &status);
    while (ubrk_next(breaks) != UBRK_DONE)
      ;
    utext_close(view);
    best = MIN(best, (double) (g_get_monotonic_time() - start));
  }
  ubrk_close(breaks);
  return (double) length / best;
}
#endif

static void measure(const char *name, const char *sample_text, gsize sample_length)
{
  g_autofree char *text = repeat(sample_text, sample_length);
  gsize length = strlen(text);
  double news = split_with_plugin(FALSE, text, length);
  printf("%s: news %.0f MB/s, web %.0f MB/s", name, news, split_with_plugin(TRUE, text, length));
#ifdef HAVE_ICU
  double icu = split_with_icu(text, length);
  printf(", ICU %.0f MB/s (news is %.1f times that)", icu, news / icu);
#endif
  printf("\n");
}

int main(int argc, char **argv)
{
  if (argc == 1)
    measure("made-up article", sample, sizeof sample - 1);
  for (int i = 1; i < argc; i++) {
    g_autofree char *content = NULL;
    gsize length;
    if (!g_file_get_contents(argv[i], &content, &length, NULL) ||
        !aver_utf8_validate(content, length, NULL) || length == 0)
      return 1;
    measure(argv[i], content, length);
  }
  return 0;
}
