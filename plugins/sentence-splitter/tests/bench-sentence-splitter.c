/* SPDX-License-Identifier: Apache-2.0 */
/* Splits text in memory and prints MB/s: this plugin's two styles, and ICU where it is installed.
 * Takes text files, which are measured as one text. */
#include "../split.h"

#include <stdio.h>
#include <string.h>
#ifdef HAVE_ICU
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#endif

#define DOCUMENT_BYTES (1 << 20)
#define ROUNDS         20

static char *repeat(const char *text, gsize length)
{
  GString *document = g_string_sized_new(DOCUMENT_BYTES + length);
  while (document->len < DOCUMENT_BYTES)
    g_string_append_len(document, text, (gssize) length);
  return g_string_free(document, FALSE);
}

static double split_with_plugin(gboolean web, const char *text, gsize length)
{
  Splitter splitter;
  if (!splitter_init(&splitter, web, NULL, NULL))
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
  splitter_clear(&splitter);
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

static void measure(const char *sample, gsize sample_length)
{
  g_autofree char *text = repeat(sample, sample_length);
  gsize length = strlen(text);
  double news = split_with_plugin(FALSE, text, length);
  printf("news %.0f MB/s, web %.0f MB/s", news, split_with_plugin(TRUE, text, length));
#ifdef HAVE_ICU
  double icu = split_with_icu(text, length);
  printf(", ICU %.0f MB/s (news is %.1f times that)", icu, news / icu);
#endif
  printf("\n");
}

int main(int argc, char **argv)
{
  g_autoptr(GString) sample = g_string_new(NULL);
  for (int i = 1; i < argc; i++) {
    g_autofree char *content = NULL;
    gsize length;
    if (!g_file_get_contents(argv[i], &content, &length, NULL) ||
        !aver_utf8_validate(content, length, NULL) || memchr(content, '\0', length) != NULL) {
      fprintf(stderr, "%s: no readable text\n", argv[i]);
      return 1;
    }
    g_string_append_len(sample, content, (gssize) length);
  }
  if (sample->len == 0) {
    fprintf(stderr, "bench-sentence-splitter: no text; expected files\n");
    return 2;
  }
  measure(sample->str, sample->len);
  return 0;
}
