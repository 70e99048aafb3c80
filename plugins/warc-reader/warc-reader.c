/* SPDX-License-Identifier: Apache-2.0 */
/* warc-reader: makes a document of every web page and text in web archives. */
#include "reader.h"

#include <string.h>

static char **split_list(const char *list)
{
  char **parts = g_strsplit(list, ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    g_strstrip(parts[i]);
  return parts;
}

static GPtrArray *make_patterns(const char *list)
{
  g_auto(GStrv) parts = split_list(list);
  GPtrArray *patterns = g_ptr_array_new_with_free_func((GDestroyNotify) g_pattern_spec_free);
  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *lower = g_ascii_strdown(parts[i], -1);
    if (lower[0] != '\0')
      g_ptr_array_add(patterns, g_pattern_spec_new(lower));
  }
  return patterns;
}

static gboolean check_types(char *const *types, GError **error)
{
  static const char *const known[] = {"response", "resource", "conversion", "metadata", NULL};
  for (guint i = 0; types[i] != NULL; i++)
    if (!g_strv_contains(known, types[i])) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                  "records has '%s'; expected a list of 'response', 'resource', 'conversion' and "
                  "'metadata'",
                  types[i]);
      return FALSE;
    }
  return TRUE;
}

static gpointer warc_open(AverStage *stage, GError **error)
{
  g_auto(GStrv) types = split_list(aver_stage_get_string(stage, "records"));
  if (!check_types(types, error))
    return NULL;
  WarcReader *reader = g_new0(WarcReader, 1);
  reader->choice.types = g_steal_pointer(&types);
  reader->choice.media = make_patterns(aver_stage_get_string(stage, "media"));
  reader->choice.status = make_patterns(aver_stage_get_string(stage, "status"));
  reader->held = g_string_new(NULL);
  reader->input = aver_stage_open_input(stage);
  reader->max_record = aver_stage_get_max_record(stage);
  return reader;
}

static void warc_close(gpointer self)
{
  WarcReader *reader = self;
  aver_input_free(reader->input);
  g_strfreev(reader->choice.types);
  g_ptr_array_unref(reader->choice.media);
  g_ptr_array_unref(reader->choice.status);
  g_string_free(reader->held, TRUE);
  g_clear_error(&reader->pending);
  g_free(reader);
}

static gpointer warc_start(gpointer self, GError **error)
{
  (void) self;
  (void) error;
  WarcWorker *worker = g_new0(WarcWorker, 1);
  worker->html = aver_html_new();
  return worker;
}

static void warc_stop(gpointer self, gpointer worker)
{
  WarcWorker *scratch = worker;
  (void) self;
  aver_html_free(scratch->html);
  aver_buffer_clear(&scratch->one);
  aver_buffer_clear(&scratch->two);
  g_free(scratch);
}

static void warc_cursor(gpointer self, GString *cursor)
{
  const WarcReader *reader = self;
  if (reader->held->len > 0)
    g_string_append_len(cursor, reader->held->str, (gssize) reader->held->len);
  else
    aver_input_get_cursor(reader->input, cursor);
}

static gboolean warc_seek(gpointer self, const char *cursor, GError **error)
{
  return aver_input_seek(((WarcReader *) self)->input, cursor, error);
}

static void warc_identify(gpointer self, GString *text)
{
  aver_input_identify(((WarcReader *) self)->input, text);
}

static const AverOption options[] = {
    {.name = "match",
     .kind = AVER_OPTION_STRING,
     .fallback = "*.warc,*.warc.gz,*.wet,*.wet.gz,*.arc,*.arc.gz",
     .help = "glob patterns, separated by commas, for the names of files in folders"},
    {.name = "records",
     .kind = AVER_OPTION_STRING,
     .fallback = "response,resource,conversion",
     .help = "the types of records that are read, separated by commas"},
    {.name = "media",
     .kind = AVER_OPTION_STRING,
     .fallback = "text/html,application/xhtml+xml,text/plain",
     .help = "patterns of the media types that are read, separated by commas"},
    {.name = "status",
     .kind = AVER_OPTION_STRING,
     .fallback = "200",
     .help = "patterns of the HTTP statuses that are read, separated by commas"},
};

AVER_PLUGIN(warc_reader) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .name = "warc-reader",
    .version = "1.0",
    .summary = "reads web archives (WARC, WET, ARC), one document a page",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = warc_open,
    .close = warc_close,
    .start = warc_start,
    .stop = warc_stop,
    .cut = warc_cut,
    .decode = warc_decode,
    .cursor = warc_cursor,
    .seek = warc_seek,
    .identify = warc_identify,
};
