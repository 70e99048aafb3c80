/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the journal of a job: bytes as they are, records with good checksums, and a job that goes
 * on at whatever the last record says. */
#include <aver/aver.h>
#include <stdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

typedef struct {
  AverRegistry *registry;
  char *folder, *journal, *pipeline, *input, *output, *partial;
  GString *start; /* what a journal of this job starts with */
} Place;

/* Does what the journal does, so that more than checksums is tried. */
static void add_line(GString *journal, char seal[17], const char *text, gsize length)
{
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(sum, (const guchar *) seal, (gssize) strlen(seal));
  g_checksum_update(sum, (const guchar *) text, (gssize) length);
  g_strlcpy(seal, g_checksum_get_string(sum), 17);
  g_string_append_printf(journal, "%s ", seal);
  g_string_append_len(journal, text, (gssize) length);
  g_string_append_c(journal, '\n');
}

static void add_lines(GString *journal, char seal[17], const char *text, gsize length)
{
  const char *end;
  for (; (end = memchr(text, '\n', length)) != NULL;
       length -= (gsize) (end - text) + 1, text = end + 1)
    add_line(journal, seal, text, (gsize) (end - text));
  add_line(journal, seal, text, length);
}

/* g_file_set_contents_full() without a temporary file leaves the end of a longer one in place. */
static void write_file(const char *path, const char *bytes, gssize length)
{
  FILE *file = fopen(path, "wb");
  gsize n = length < 0 ? strlen(bytes) : (gsize) length;
  g_assert_nonnull(file);
  g_assert_cmpuint(fwrite(bytes, 1, n, file), ==, n);
  g_assert_cmpint(fclose(file), ==, 0);
}

static gboolean run(const Place *place, const int *stop, GError **error)
{
  const char *const inputs[] = {place->input, NULL};
  AverSettings settings = {.inputs = inputs, .output = place->output};
  AverRunOptions options = {.n_workers = 1, .stop = stop, .job = place->folder};
  g_autoptr(AverPipeline) pipeline =
      aver_pipeline_new_from_file(place->registry, place->pipeline, &settings, NULL);
  g_assert_nonnull(pipeline);
  return aver_pipeline_run(pipeline, &options, NULL, error);
}

/* A job that was stopped at once: its first two records. */
static Place *make_place(void)
{
  static const int stop = 1;
  Place *place = g_new0(Place, 1);
  g_autofree char *journal = NULL;
  place->folder = g_dir_make_tmp("aver-fuzz-XXXXXX", NULL);
  place->journal = g_build_filename(place->folder, "journal.log", NULL);
  place->pipeline = g_build_filename(place->folder, "p.json", NULL);
  place->input = g_build_filename(place->folder, "in.jsonl", NULL);
  place->output = g_build_filename(place->folder, "out.jsonl", NULL);
  place->registry = aver_registry_new();
  g_assert_true(aver_registry_add_folder(place->registry, g_getenv("AVER_PLUGINS"), NULL));
  write_file(place->pipeline, "{\"version\":1,\"stages\":[\"jsonl-reader\",\"jsonl-writer\"]}", -1);
  write_file(place->input, "{\"id\":\"1\",\"text\":\"a\"}\n{\"id\":\"2\",\"text\":\"b\"}\n", -1);
  g_assert_false(run(place, &stop, NULL));
  g_assert_true(g_file_get_contents(place->journal, &journal, NULL, NULL));
  const char *end = strchr(strchr(journal, '\n') + 1, '\n');
  place->start = g_string_new_len(journal, end + 1 - journal);
  const char *id = strstr(journal, "\"id\":\"");
  place->partial = g_strdup_printf("%s.%.16s.partial", place->output, id + strlen("\"id\":\""));
  return place;
}

static void go_on(const Place *place, const char *text, gsize length)
{
  char seal[17];
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) journal = g_string_new_len(place->start->str, (gssize) place->start->len);
  g_strlcpy(seal, strchr(place->start->str, '\n') + 1, sizeof seal);
  add_lines(journal, seal, text, length);
  write_file(place->journal, journal->str, (gssize) journal->len);
  write_file(place->partial, "{\"id\":\"1\"}\n", -1);
  if (!run(place, NULL, &error))
    g_assert_nonnull(error);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static Place *place;
  if (place == NULL) {
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    place = make_place();
  }
  if (size == 0)
    return 0;
  const char *text = (const char *) data + 1;
  if (data[0] % 3 == 2) {
    go_on(place, text, size - 1);
    return 0;
  }
  char seal[17] = "aver-journal 1";
  g_autoptr(GString) journal = g_string_new(NULL);
  if (data[0] % 3 == 0)
    g_string_append_len(journal, text, (gssize) size - 1);
  else
    add_lines(journal, seal, text, size - 1);
  write_file(place->journal, journal->str, (gssize) journal->len);
  g_autoptr(GError) error = NULL;
  g_autofree char *told = aver_job_describe(place->folder, &error);
  g_assert_true((told == NULL) == (error != NULL));
  return 0;
}
