/* SPDX-License-Identifier: Apache-2.0 */
/* What the results of a job depend on, as entries that can be compared and told to a person. */
#include "fingerprint.h"

#include "delegate.h"
#include "display.h"
#include "expression.h"
#include "input-private.h"
#include "patience.h"
#include "registry.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK ((gsize) 64 * 1024)

/* So many changes are told; more would not help anyone. */
#define MOST_CHANGES 8

static json_t *add(json_t *entries, const char *kind, const char *value, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

static json_t *add(json_t *entries, const char *kind, const char *value, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *name = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  json_t *entry = json_object();
  json_object_set_new(entry, "kind", json_string(kind));
  json_object_set_new(entry, "name", aver_display_json(name));
  json_object_set_new(entry, "value", aver_display_json(value == NULL ? "not set" : value));
  json_array_append_new(entries, entry);
  return entry;
}

/* The SHA-256 of a file's bytes. */
static char *digest_file(const char *path)
{
  /* Whatever a journal names is looked at, so nothing that could block or never end is read. */
  struct stat info;
  int fd = aver_open_patiently(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
    if (fd >= 0)
      close(fd);
    return g_strdup("cannot be read");
  }
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  g_autofree guchar *bytes = g_malloc(CHUNK);
  guint tries = 0;
  ssize_t n;
  while ((n = read(fd, bytes, CHUNK)) > 0 || (n < 0 && aver_may_pass(errno, &tries)))
    g_checksum_update(sum, bytes, MAX(n, 0));
  close(fd);
  return n < 0 ? g_strdup("cannot be read") : g_strdup(g_checksum_get_string(sum));
}

static void add_file(json_t *entries, const char *path, const char *what, const char *name)
{
  g_autofree char *digest = digest_file(path);
  json_t *entry = add(entries, "file", digest, "%s '%s'", what, name);
  json_object_set_new(entry, "path", aver_display_json(path));
}

static int compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* Data files lie beside the module, with names that start as its own. */
static void add_data_files(json_t *entries, const AverStage *stage)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GDir) folder = g_dir_open(stage->folder, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name(folder)) != NULL)
    if (g_str_has_prefix(name, stage->plugin->name) && !g_str_has_suffix(name, ".so"))
      g_ptr_array_add(names, g_strdup(name));
  g_ptr_array_sort(names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *path = g_build_filename(stage->folder, g_ptr_array_index(names, i), NULL);
    if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
      add_file(entries, path, "the file", path);
  }
}

static void add_option(json_t *entries, const AverStage *stage, gsize index)
{
  const AverOption *option = &stage->plugin->options[index];
  const AverOptionValue *value = &stage->values[index];
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *whole = g_strdup_printf("%" G_GINT64_FORMAT, value->integer);
  const char *text = value->string;
  if (option->kind == AVER_OPTION_NUMBER)
    text = g_ascii_dtostr(number, sizeof number, value->number);
  else if (option->kind == AVER_OPTION_BOOLEAN)
    text = value->integer != 0 ? "true" : "false";
  else if (option->kind == AVER_OPTION_INTEGER)
    text = whole;
  add(entries, "text", text, "option '%s' of stage '%s'", option->name, stage->name);
  if (option->kind == AVER_OPTION_STRING && text != NULL && *text != '\0' &&
      g_file_test(text, G_FILE_TEST_IS_REGULAR))
    add_file(entries, text, "the file", text);
}

static void add_stage(json_t *entries, const AverStage *stage)
{
  static const char *const policies[] = {"skip", "stop", "dead-letter"};
  const AverPlugin *plugin = stage->plugin;
  g_autofree char *name = g_strconcat(plugin->name, ".so", NULL);
  g_autofree char *path = g_build_filename(stage->folder, name, NULL);
  if (!g_file_test(path, G_FILE_TEST_EXISTS)) { /* it is linked into the program */
    g_free(path);
    path = g_file_read_link("/proc/self/exe", NULL);
  }
  add(entries, "text", plugin->version, "the version of plugin '%s'", plugin->name);
  add_file(entries, path, "plugin", plugin->name);
  add_data_files(entries, stage);
  for (gsize i = 0; i < plugin->n_options; i++)
    add_option(entries, stage, i);
  add(entries, "text", policies[stage->policy], "the policy of stage '%s'", stage->name);
  if (stage->dead_letter != NULL)
    add(entries, "text", stage->dead_letter, "the dead-letter file of stage '%s'", stage->name);
}

/* Which delegates there are and what they are like decides how files are read. They need not be
 * loaded: without options of their own, the module is all that matters. */
static void add_delegates(json_t *entries, const AverStage *stage)
{
  for (guint i = 0; i < aver_delegates_count(stage); i++) {
    const char *name = stage->plugin->delegates[i];
    const AverStage *delegate = stage->delegates->list[i].stage;
    g_autofree char *path = aver_registry_locate(stage->delegates->registry, name, NULL);
    if (path == NULL)
      add(entries, "text", "not there", "plugin '%s'", name);
    else
      add_file(entries, path, "plugin", name);
    for (gsize k = 0; delegate != NULL && k < delegate->plugin->n_options; k++)
      add_option(entries, delegate, k);
  }
}

static void add_flow(json_t *entries, const AverStage *stage)
{
  g_autofree char *retries = g_strdup_printf("%u", stage->retries);
  add(entries, "text", stage->when == NULL ? NULL : stage->when->text,
      "the condition of stage '%s'", stage->name);
  add(entries, "text", retries, "the number of retries of stage '%s'", stage->name);
}

static void add_count(json_t *entries, const char *name, guint64 count)
{
  g_autofree char *text = count == 0 ? NULL : g_strdup_printf("%" G_GUINT64_FORMAT, count);
  add(entries, "text", text, "%s", name);
}

static void add_sample(json_t *entries, const AverSample *sample)
{
  char share[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *shard = sample->n_shards <= 1
                               ? NULL
                               : g_strdup_printf("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT,
                                                 sample->shard + 1, sample->n_shards);
  g_ascii_dtostr(share, sizeof share, sample->share);
  add_count(entries, "the number of documents to pass over", sample->skip);
  add_count(entries, "the limit of documents", sample->limit);
  add(entries, "text", shard, "the documents dealt out");
  add(entries, "text", sample->sampled ? share : NULL, "the share of documents to sample");
}

/* The library's own file: what plugins share is in it. */
static void add_library(json_t *entries)
{
  static const char anchor = 0;
  Dl_info info;
  if (dladdr(&anchor, &info) != 0 && info.dli_fname != NULL)
    add_file(entries, info.dli_fname, "the library", info.dli_fname);
}

static void add_output(json_t *entries, const AverStage *writer)
{
  g_autofree char *path =
      writer->output == NULL ? NULL : g_canonicalize_filename(writer->output, NULL);
  add(entries, "text", path, AVER_FINGERPRINT_OUTPUT " '%s'", writer->name);
}

json_t *aver_fingerprint_new(const AverPipeline *pipeline, const AverSample *sample)
{
  json_t *entries = json_array();
  g_auto(GStrv) names = aver_pipeline_list_stages(pipeline);
  g_autofree char *stages = g_strjoinv(", ", names);
  const AverStage *reader = g_ptr_array_index(pipeline->stages, 0);
  g_autofree char *longest = g_strdup_printf("%" G_GSIZE_FORMAT, reader->max_record);
  add(entries, "text", stages, "the list of stages");
  if (pipeline->path != NULL)
    add_file(entries, pipeline->path, "the pipeline file", pipeline->path);
  add(entries, "text", longest, "the longest record allowed");
  g_autofree char *unpack =
      g_strdup_printf("%" G_GUINT64_FORMAT " bytes, %" G_GUINT64_FORMAT " for each",
                      reader->unpack.bytes, reader->unpack.ratio);
  add(entries, "text", unpack, "what a file may unpack to");
  add_sample(entries, sample);
  for (guint i = 0; i < pipeline->stages->len; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    add_stage(entries, stage);
    add_delegates(entries, stage);
    add_flow(entries, stage);
    if (stage->plugin->kind == AVER_PLUGIN_WRITER)
      add_output(entries, stage);
  }
  add_library(entries);
  return entries;
}

void aver_fingerprint_add_shard(json_t *entries, guint shard, guint n_shards)
{
  g_autofree char *text = g_strdup_printf("%u of %u", shard, n_shards);
  if (n_shards > 0)
    add(entries, "text", text, AVER_FINGERPRINT_SHARD);
}

void aver_fingerprint_add_inputs(json_t *entries, const char *lines)
{
  g_auto(GStrv) list = g_strsplit(lines, "\n", -1);
  g_autofree char *order = NULL;
  g_autoptr(GString) names = g_string_new(NULL);
  for (char **line = list; *line != NULL; line++) {
    char *tab = strchr(*line, '\t');
    if (tab == NULL)
      continue;
    *tab = '\0';
    json_t *entry = add(entries, "input", *line, "input '%s'", tab + 1);
    json_object_set_new(entry, "path", aver_display_json(tab + 1));
    g_string_append_printf(names, "%s\n", tab + 1);
  }
  order = g_compute_checksum_for_string(G_CHECKSUM_SHA256, names->str, -1);
  add(entries, "digest", order, AVER_FINGERPRINT_INPUTS);
}

json_t *aver_fingerprint_new_from_files(const AverPipeline *pipeline)
{
  json_t *entries = json_array();
  for (guint i = 0; i < pipeline->stages->len; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    for (guint k = 0; stage->files != NULL && k < stage->files->len; k++) {
      const char *path = g_ptr_array_index(stage->files, k);
      add_file(entries, path, "the file", path);
    }
  }
  return entries;
}

static const char *get(const json_t *entry, const char *member)
{
  const char *text = json_string_value(json_object_get(entry, member));
  return text == NULL ? "" : text;
}

static GHashTable *index_by_name(const json_t *entries)
{
  GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);
  size_t i;
  json_t *entry;
  json_array_foreach(entries, i, entry)
      g_hash_table_insert(index, (gpointer) get(entry, "name"), entry);
  return index;
}

static void compare_entry(GPtrArray *changes, const json_t *before, const json_t *now)
{
  const char *kind = get(before, "kind"), *name = get(before, "name");
  if (now == NULL)
    g_ptr_array_add(changes, g_strdup_printf("%s is gone", name));
  else if (strcmp(get(before, "value"), get(now, "value")) == 0)
    return;
  else if (strcmp(kind, "text") == 0 || strcmp(kind, "input") == 0)
    g_ptr_array_add(changes, g_strdup_printf("%s was %s, is %s", name, get(before, "value"),
                                             get(now, "value")));
  else
    g_ptr_array_add(changes, g_strdup_printf("%s changed", name));
}

char *aver_fingerprint_compare(const json_t *before, const json_t *now)
{
  g_autoptr(GPtrArray) changes = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GHashTable) old = index_by_name(before);
  g_autoptr(GHashTable) new = index_by_name(now);
  size_t i;
  json_t *entry;
  json_array_foreach(before, i, entry)
      compare_entry(changes, entry, g_hash_table_lookup(new, get(entry, "name")));
  json_array_foreach(now, i, entry) if (!g_hash_table_contains(old, get(entry, "name")))
      g_ptr_array_add(changes, g_strdup_printf("%s is new", get(entry, "name")));
  if (changes->len == 0)
    return NULL;
  guint more = changes->len - MIN(changes->len, MOST_CHANGES);
  g_ptr_array_set_size(changes, (int) (changes->len - more));
  g_ptr_array_add(changes, NULL);
  g_autofree char *list = g_strjoinv("; ", (char **) changes->pdata);
  return more == 0 ? g_steal_pointer(&list)
                   : g_strdup_printf("%s; and %u changes more", list, more);
}

GPtrArray *aver_fingerprint_look_again(const json_t *entries, const char *folder)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func(g_free);
  size_t i;
  json_t *entry;
  json_array_foreach(entries, i, entry)
  {
    const char *path = get(entry, "path"), *kind = get(entry, "kind");
    /* A path that was escaped, or stands for many, cannot be looked at. */
    if (*path == '\0' || strcmp(path, "-") == 0 || strstr(path, "\\x") != NULL ||
        strcmp(path, "all others") == 0)
      continue;
    g_autofree char *whole = g_canonicalize_filename(path, folder);
    g_autofree char *value = NULL;
    if (strcmp(kind, "file") == 0)
      value = digest_file(whole);
    else if (strcmp(kind, "input") == 0)
      value = aver_input_describe_file(whole);
    else
      continue;
    json_t *now = json_pack("{s:s}", "value", value);
    compare_entry(changes, entry, now);
    json_decref(now);
  }
  return changes;
}

guint64 aver_fingerprint_sum_inputs(const json_t *entries)
{
  guint64 sum = 0;
  size_t i;
  json_t *entry;
  json_array_foreach(entries, i, entry) if (strcmp(get(entry, "kind"), "input") == 0) sum +=
      g_ascii_strtoull(get(entry, "value"), NULL, 10);
  return sum;
}
