/* SPDX-License-Identifier: Apache-2.0 */
/* Who says what in each text of the command line after the pipeline file; with two threads.
 *
 *   cc embed.c $(pkg-config --cflags --libs aver) && ./a.out quotes.json "“It leaks,” said Orla."
 */
#include <aver/aver.h>
#include <stdio.h>

typedef struct {
  AverPipeline *pipeline; /* this thread's own */
  char **texts;
  int first; /* the texts it takes: this one, and every second behind it */
  int n_texts;
  GString *said; /* what is found */
} Job;

/* The layer is found by its name, the columns by the numbers in aver/layers.h. */
static void list_quotes(GString *said, const AverDocument *document)
{
  const AverLayer *quotes = aver_document_get_layer(document, "quote");
  guint32 length, n;
  const char *text = aver_document_get_text(document, &length);
  for (guint32 row = 0; quotes != NULL && row < aver_layer_get_n_rows(quotes); row++) {
    const char *speaker = aver_layer_get_string(quotes, row, AVER_QUOTE_SPEAKER);
    const AverSpan *content = aver_layer_get_spans_cell(quotes, row, AVER_QUOTE_CONTENT, &n);
    g_string_append_printf(said, "%s: %s:", aver_document_get_id(document),
                           speaker != NULL ? speaker : "somebody");
    for (guint32 i = 0; i < n; i++)
      g_string_append_printf(said, " %.*s", (int) (content[i].end - content[i].start),
                             text + content[i].start);
    g_string_append_c(said, '\n');
  }
}

/* A text that fails costs itself: the pipeline goes on. */
static gpointer work(gpointer data)
{
  Job *job = data;
  for (int i = job->first; i < job->n_texts; i += 2) {
    g_autoptr(GError) error = NULL;
    g_autofree char *id = g_strdup_printf("text %d", i + 1);
    g_autoptr(AverDocument) document =
        aver_pipeline_process_text(job->pipeline, id, job->texts[i], -1, &error);
    if (error != NULL)
      g_printerr("%s: %s\n", id, error->message);
    else if (document != NULL) /* NULL: an annotator dropped it */
      list_quotes(job->said, document);
  }
  return NULL;
}

int main(int argc, char **argv)
{
  Job jobs[2] = {0};
  GThread *threads[2];
  if (argc < 3) {
    g_printerr("usage: %s PIPELINE TEXT...\n", argv[0]);
    return 2;
  }
  for (int i = 0; i < 2; i++) {
    g_autoptr(GError) error = NULL;
    AverPipeline *pipeline = aver_pipeline_new(NULL, argv[1], NULL, NULL, &error);
    if (pipeline == NULL) {
      g_printerr("%s\n", error->message); /* a line for each mistake, with its line and column */
      return 2;
    }
    jobs[i] = (Job){pipeline, argv + 2, i, argc - 2, g_string_new(NULL)};
  }
  for (int i = 0; i < 2; i++)
    threads[i] = g_thread_new("aver", work, &jobs[i]);
  for (int i = 0; i < 2; i++) {
    g_thread_join(threads[i]);
    fputs(jobs[i].said->str, stdout);
    g_string_free(jobs[i].said, TRUE);
    aver_pipeline_unref(jobs[i].pipeline);
  }
  return 0;
}
