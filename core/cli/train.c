/* SPDX-License-Identifier: Apache-2.0 */
/* aver train: fits a plugin's model to labelled data. */
#include "cli.h"

#include "log.h"
#include "statusline.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More labels than these are not listed. */
#define MOST_LABELS 12

typedef struct {
  char **rest; /* the plugin and the data */
  char **set;
  char **folders;
  char *output;
  char *format;
  char *text_field;
  char *label_field;
  char *group_field;
  char *weight_field;
  char *folds_field;
} TrainArguments;

static void clear_arguments(TrainArguments *arguments)
{
  g_strfreev(arguments->rest);
  g_strfreev(arguments->set);
  g_strfreev(arguments->folders);
  g_free(arguments->output);
  g_free(arguments->format);
  g_free(arguments->text_field);
  g_free(arguments->label_field);
  g_free(arguments->group_field);
  g_free(arguments->weight_field);
  g_free(arguments->folds_field);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TrainArguments, clear_arguments)

static const char *find_mistake(const TrainArguments *parsed)
{
  if (parsed->rest == NULL)
    return "no plugin; expected PLUGIN DATA... -o MODEL";
  if (parsed->rest[1] == NULL)
    return "no data; expected files of labelled examples";
  if (parsed->output == NULL)
    return "no -o; expected the file to write the model to";
  return strcmp(parsed->output, "-") == 0 ? "-o is '-'; expected a file's name" : NULL;
}

static gboolean parse(const Command *command, char **arguments, TrainArguments *parsed,
                      ExitCode *code)
{
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &parsed->output, "Write the model to MODEL",
       "MODEL"},
      {"format", 0, 0, G_OPTION_ARG_STRING, &parsed->format,
       "Read all data in this format (default: as its content tells)", "jsonl|csv|tsv|fasttext"},
      {"text-field", 0, 0, G_OPTION_ARG_STRING, &parsed->text_field, "The text is in NAME", "NAME"},
      {"label-field", 0, 0, G_OPTION_ARG_STRING, &parsed->label_field, "The label is in NAME",
       "NAME"},
      {"group-field", 0, 0, G_OPTION_ARG_STRING, &parsed->group_field,
       "Examples that are alike in NAME are held out together", "NAME"},
      {"weight-field", 0, 0, G_OPTION_ARG_STRING, &parsed->weight_field, "The weight is in NAME",
       "NAME"},
      {"folds-field", 0, 0, G_OPTION_ARG_STRING, &parsed->folds_field,
       "Cross-validate with the folds in NAME", "NAME"},
      {"set", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &parsed->set,
       "Set an option of the plugin (repeatable)", "OPTION=VALUE"},
      PLUGIN_DIR_ENTRY(parsed->folders),
      G_OPTION_ENTRY_NULL};
  if (!parse_arguments(command, entries, arguments, &parsed->rest, code))
    return FALSE;
  const char *mistake = find_mistake(parsed);
  if (mistake != NULL)
    print_usage_error(command, "%s", mistake);
  *code = EXIT_USAGE;
  return mistake == NULL;
}

/* The names of all plugins that can be trained: "a, b". */
static char *list_trainable(AverRegistry *registry)
{
  g_auto(GStrv) names = aver_registry_list(registry);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  for (guint i = 0; names[i] != NULL; i++) {
    const AverPlugin *plugin = aver_registry_find(registry, names[i], NULL);
    if (plugin != NULL && plugin->train != NULL)
      g_strv_builder_add(builder, plugin->name);
  }
  g_auto(GStrv) trainable = g_strv_builder_end(builder);
  return g_strjoinv(", ", trainable);
}

static const AverPlugin *find_plugin(const Command *command, AverRegistry *registry,
                                     const char *name)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = aver_registry_list(registry);
  const char *const *known = (const char *const *) names;
  const AverPlugin *plugin = aver_registry_find(registry, name, &error);
  if (plugin != NULL && plugin->train != NULL)
    return plugin;
  g_autofree char *trainable = list_trainable(registry);
  const char *expected = *trainable != '\0' ? trainable : "none of those that are here";
  const char *nearest = aver_nearest_name(name, known);
  if (plugin != NULL)
    print_usage_error(command, "plugin '%s' cannot be trained; expected one that can: %s", name,
                      expected);
  else if (g_strv_contains(known, name))
    print_message(error->message);
  else if (nearest != NULL)
    print_usage_error(command, "no plugin '%s'; did you mean '%s'?", name, nearest);
  else
    print_usage_error(command, "no plugin '%s'; expected one that can be trained: %s", name,
                      expected);
  return NULL;
}

static gboolean overwrites(const Command *command, const TrainArguments *parsed)
{
  struct stat data, model;
  if (stat(parsed->output, &model) != 0 || !S_ISREG(model.st_mode))
    return FALSE;
  for (char **path = parsed->rest + 1; *path != NULL; path++) {
    if (stat(*path, &data) != 0 || data.st_dev != model.st_dev || data.st_ino != model.st_ino)
      continue;
    print_usage_error(command, "'%s' is both read and written; expected another file to write",
                      *path);
    return TRUE;
  }
  return FALSE;
}

static void append_word(GString *line, const char *word)
{
  g_autofree char *valid = g_utf8_make_valid(word, -1);
  gboolean plain =
      *valid != '\0' &&
      valid[strspn(valid, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_./=,:@+")] == '\0';
  g_autofree char *quoted = plain ? g_strdup(valid) : g_shell_quote(valid);
  g_string_append_printf(line, " %s", quoted);
}

static void append_option(GString *line, const char *option, const char *value)
{
  if (value == NULL)
    return;
  append_word(line, option);
  append_word(line, value);
}

/* The command as the model's card has it: what the result depends on, and no folder or output. */
static char *describe_command(const TrainArguments *parsed)
{
  GString *line = g_string_new("aver train");
  append_word(line, parsed->rest[0]);
  for (char **path = parsed->rest + 1; *path != NULL; path++) {
    g_autofree char *name = g_path_get_basename(*path);
    append_word(line, name);
  }
  append_option(line, "--format", parsed->format);
  append_option(line, "--text-field", parsed->text_field);
  append_option(line, "--label-field", parsed->label_field);
  append_option(line, "--group-field", parsed->group_field);
  append_option(line, "--weight-field", parsed->weight_field);
  append_option(line, "--folds-field", parsed->folds_field);
  for (char **set = parsed->set; set != NULL && *set != NULL; set++)
    append_option(line, "--set", *set);
  g_string_append(line, " -o MODEL");
  return g_string_free(line, FALSE);
}

/* The layer of Aver's output whose rows the plugin would learn: one it makes that has such labels.
 */
static const char *find_layer(const AverPlugin *plugin, const char *label)
{
  for (guint i = 0; plugin->provides != NULL && plugin->provides[i] != NULL; i++) {
    const AverLayerType *layer = plugin->provides[i];
    for (guint32 k = 0; k < layer->n_columns; k++)
      if (strcmp(layer->columns[k].name, label != NULL ? label : "label") == 0)
        return layer->name;
  }
  return NULL;
}

static void print_report(const char *line, gpointer user_data)
{
  g_autofree char *shown = aver_text_make_printable(line, -1);
  statusline_clear(user_data);
  printf("%s\n", shown);
}

static void draw_progress(const char *step, guint64 done, guint64 total, gpointer user_data)
{
  StatusLine *line = user_data;
  if (!statusline_is_due(line))
    return;
  g_autofree char *shown = aver_text_make_printable(step, -1);
  statusline_draw(line, "%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT, shown, done, total);
}

static gint compare_strings(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* What was read, so that a wrong column or file is seen before the figures are. */
static void report_data(AverTraining *training)
{
  gsize n;
  const AverExample *examples = aver_training_get_examples(training, &n);
  g_autoptr(GHashTable) counts = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) groups = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) labels = g_ptr_array_new();
  for (gsize i = 0; i < n; i++) {
    gsize count = GPOINTER_TO_SIZE(g_hash_table_lookup(counts, examples[i].label));
    if (count == 0)
      g_ptr_array_add(labels, (gpointer) examples[i].label);
    g_hash_table_replace(counts, (gpointer) examples[i].label, GSIZE_TO_POINTER(count + 1));
    if (examples[i].group != NULL)
      g_hash_table_add(groups, (gpointer) examples[i].group);
  }
  g_ptr_array_sort(labels, compare_strings);
  g_autoptr(GString) list = g_string_new(NULL);
  for (guint i = 0; i < MIN(labels->len, MOST_LABELS); i++)
    g_string_append_printf(list, "%s%s %" G_GSIZE_FORMAT, i == 0 ? "" : ", ",
                           (const char *) labels->pdata[i],
                           GPOINTER_TO_SIZE(g_hash_table_lookup(counts, labels->pdata[i])));
  if (labels->len > MOST_LABELS)
    g_string_append(list, ", ...");
  aver_training_report(training, "%" G_GSIZE_FORMAT " examples in %u groups; %u labels: %s", n,
                       g_hash_table_size(groups), labels->len, list->str);
}

/* Mistakes in the data start with FILE:LINE, as compilers have it. */
static ExitCode print_failure(const GError *error)
{
  if (g_error_matches(error, AVER_ERROR, AVER_ERROR_SYNTAX) ||
      g_error_matches(error, AVER_ERROR, AVER_ERROR_CONFIG))
    log_mistakes(error->message);
  else
    print_message(error->message);
  return g_error_matches(error, AVER_ERROR, AVER_ERROR_FAILED) ||
                 g_error_matches(error, AVER_ERROR, AVER_ERROR_OUTPUT)
             ? EXIT_RUN
             : EXIT_USAGE;
}

static ExitCode train(AverRegistry *registry, const AverPlugin *plugin,
                      const TrainArguments *parsed)
{
  StatusLine line;
  g_autofree char *command = describe_command(parsed);
  statusline_init(&line, FALSE);
  AverTrainingSettings settings = {
      .inputs = (const char *const *) parsed->rest + 1,
      .output = parsed->output,
      .command = command,
      .format = parsed->format,
      .text_field = parsed->text_field,
      .label_field = parsed->label_field,
      .group_field = parsed->group_field,
      .weight_field = parsed->weight_field,
      .fold_field = parsed->folds_field,
      .layer = find_layer(plugin, parsed->label_field),
      .report = print_report,
      .progress = draw_progress,
      .user_data = &line,
  };
  g_autoptr(GError) error = NULL;
  const char *const *set = (const char *const *) parsed->set;
  g_autoptr(AverTraining) training = NULL;
  if (aver_training_check_options(registry, plugin, set, &error))
    training = aver_training_new(&settings, &error);
  if (training == NULL)
    return print_failure(error);
  report_data(training);
  gboolean good = aver_training_run(training, registry, plugin, set, &error);
  statusline_clear(&line);
  return good ? EXIT_OK : print_failure(error);
}

ExitCode command_train(const Command *command, char **arguments)
{
  g_auto(TrainArguments) parsed = {0};
  ExitCode code = EXIT_OK;
  if (!parse(command, arguments, &parsed, &code))
    return code;
  if (overwrites(command, &parsed))
    return EXIT_USAGE;
  g_autoptr(AverRegistry) registry = open_registry(parsed.folders);
  if (registry == NULL)
    return EXIT_USAGE;
  const AverPlugin *plugin = find_plugin(command, registry, parsed.rest[0]);
  return plugin == NULL ? EXIT_USAGE : train(registry, plugin, &parsed);
}
