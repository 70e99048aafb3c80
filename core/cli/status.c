/* SPDX-License-Identifier: Apache-2.0 */
/* aver status: tells how a job stands. */
#include "statusshards.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const char *text_of(const json_t *job, const char *name)
{
  return json_string_value(json_object_get(job, name));
}

guint64 status_count(const json_t *object, const char *name)
{
  return (guint64) json_integer_value(json_object_get(object, name));
}

static void print_line(const char *label, const char *text)
{
  g_autofree char *line = aver_text_make_printable(text, -1);
  printf("%-10s %s\n", label, line);
}

static void print_counts(const json_t *job)
{
  g_autofree char *documents = g_strdup_printf(
      "%" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT " written, %" G_GUINT64_FORMAT
      " dropped, %" G_GUINT64_FORMAT " failed",
      status_count(job, "documents_in"), status_count(job, "documents_out"),
      status_count(job, "documents_dropped"), status_count(job, "documents_failed"));
  double done = (double) status_count(job, "bytes_in"),
         all = (double) status_count(job, "bytes_total");
  gboolean finished = strcmp(text_of(job, "state"), "finished") == 0;
  g_autofree char *share = all > 0 && !finished ? g_strdup_printf(" of %.1f MB, %.0f %%", all / 1e6,
                                                                  MIN(done / all, 1) * 100)
                                                : g_strdup("");
  g_autofree char *bytes = g_strdup_printf("%.1f MB%s", done / 1e6, share);
  double seconds = json_number_value(json_object_get(job, "seconds"));
  g_autofree char *rates =
      g_strdup_printf("%.0f documents/s, %.2f MB/s in %.1f s of work",
                      json_number_value(json_object_get(job, "documents_per_second")),
                      json_number_value(json_object_get(job, "bytes_per_second")) / 1e6, seconds);
  print_line("documents", documents);
  print_line("input", bytes);
  print_line("rate", rates);
  if (!finished && done > 0 && all > done) {
    g_autofree char *left = g_strdup_printf("about %.0f s", (all - done) / done * seconds);
    print_line("left", left);
  }
}

/* What it takes to go on. */
static void print_needs(const json_t *job)
{
  size_t i;
  json_t *change;
  json_array_foreach(json_object_get(job, "changed"), i, change)
      print_line("changed", json_string_value(change));
  if (strcmp(text_of(job, "state"), "stopped") != 0)
    return;
  print_line("in folder", text_of(job, "folder"));
  print_line("go on with", text_of(job, "command"));
}

static void print_job(const json_t *job)
{
  const char *updated = text_of(job, "updated"), *error = text_of(job, "error");
  print_line("state", text_of(job, "state"));
  print_counts(job);
  print_line("committed", updated == NULL ? "nothing yet" : updated);
  if (error != NULL)
    print_line("stopped by", error);
  print_needs(job);
}

/* What a script wants to know: whether it can go on. */
static ExitCode tell_of_job(const json_t *job)
{
  gboolean changed = strcmp(text_of(job, "state"), "stopped") == 0 &&
                     json_array_size(json_object_get(job, "changed")) > 0;
  return changed ? EXIT_RUN : EXIT_OK;
}

/* Or whether all are there to be merged. */
static ExitCode tell_of_shards(const json_t *job)
{
  return strcmp(text_of(job, "state"), "finished") == 0 ? EXIT_OK : EXIT_RUN;
}

ExitCode command_status(const Command *command, char **arguments)
{
  g_auto(GStrv) folders = NULL;
  gboolean as_json = FALSE;
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print JSON with sorted keys", NULL},
      G_OPTION_ENTRY_NULL};
  ExitCode code = EXIT_OK;
  if (!parse_arguments(command, entries, arguments, &folders, &code))
    return code;
  if (folders == NULL || folders[1] != NULL) {
    print_usage_error(command, "expected one DIR");
    return EXIT_USAGE;
  }
  g_autoptr(GError) error = NULL;
  gboolean shards = has_shards(folders[0]);
  g_autofree char *text =
      shards ? aver_shards_describe(folders[0], &error) : aver_job_describe(folders[0], &error);
  if (text == NULL) {
    print_message(error->message);
    return EXIT_USAGE;
  }
  json_t *job = json_loads(text, 0, NULL);
  if (as_json)
    printf("%s\n", text);
  else if (shards)
    print_shards(job);
  else
    print_job(job);
  ExitCode told = shards ? tell_of_shards(job) : tell_of_job(job);
  json_decref(job);
  return told;
}
