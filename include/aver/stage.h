/* SPDX-License-Identifier: Apache-2.0 */
/* What the host tells a plugin about its place in the pipeline, and does for it. */
#pragma once

#include <aver/input.h>
#include <aver/layer.h>
#include <aver/output.h>

G_BEGIN_DECLS

/**
 * AverStage:
 *
 * What the host tells a plugin about its place in the pipeline. Lives longer than the instance; its
 * functions are [any].
 */
typedef struct _AverStage AverStage;

/**
 * aver_stage_get_name:
 *
 * Names the stage.
 *
 * Returns: (transfer none): the stage's name in messages.
 */
AVER_API const char *aver_stage_get_name(const AverStage *stage);

/**
 * aver_stage_get_string:
 * @option: the name of one of the plugin's options, of the kind that is asked for
 *
 * Gives what the pipeline file, or `--set`, says of an option, or its default.
 *
 * Returns: (transfer none) (nullable): the value of a STRING, CHOICE or EXPRESSION
 * option.
 */
AVER_API const char *aver_stage_get_string(const AverStage *stage, const char *option);

/**
 * aver_stage_get_names:
 * @option: the name of one of the plugin's options, of the kind that is asked for
 *
 * Gives an option's value as a list.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the names that a STRING option
 * lists, separated by commas; %NULL when it is not set, or with %AVER_ERROR_CONFIG.
 */
AVER_API char **aver_stage_get_names(const AverStage *stage, const char *option, GError **error);

/**
 * aver_stage_get_boolean:
 * @option: the name of one of the plugin's options, of the kind that is asked for
 *
 * Gives what the pipeline file, or `--set`, says of a BOOLEAN option, or its default.
 *
 * Returns: the option's value.
 */
AVER_API gboolean aver_stage_get_boolean(const AverStage *stage, const char *option);

/**
 * aver_stage_get_integer:
 * @option: the name of one of the plugin's options, of the kind that is asked for
 *
 * Gives what the pipeline file, or `--set`, says of an INTEGER option, or its default.
 *
 * Returns: the option's value, inside its range.
 */
AVER_API gint64 aver_stage_get_integer(const AverStage *stage, const char *option);

/**
 * aver_stage_get_number:
 * @option: the name of one of the plugin's options, of the kind that is asked for
 *
 * Gives what the pipeline file, or `--set`, says of a NUMBER option, or its default.
 *
 * Returns: the option's value, inside its range.
 */
AVER_API double aver_stage_get_number(const AverStage *stage, const char *option);

/**
 * aver_stage_get_choice:
 * @option: the name of one of the plugin's options, of the kind that is asked for
 *
 * Gives what the pipeline file, or `--set`, says of a CHOICE option, or its default.
 *
 * Returns: the index of a CHOICE option's value in its choices.
 */
AVER_API guint aver_stage_get_choice(const AverStage *stage, const char *option);

/**
 * aver_stage_get_inputs:
 *
 * Tells a reader what to read.
 *
 * Returns: (transfer none) (array zero-terminated=1): for a reader, what the user wants read.
 */
AVER_API const char *const *aver_stage_get_inputs(const AverStage *stage);

/**
 * aver_stage_open_input:
 *
 * For a reader: the input that the user wants read, with what the string option `match` says, if
 * the plugin has one, as its pattern. For a delegate, the input of the reader that it works for,
 * which opens the files: to the delegate, the input ends where the open file ends.
 *
 * Returns: (transfer full): the input, to be freed with aver_input_free().
 */
AVER_API AverInput *aver_stage_open_input(const AverStage *stage);

/**
 * aver_stage_get_output:
 *
 * Tells a writer where to write.
 *
 * Returns: (transfer none) (nullable): for a writer, where to write; %NULL is standard output.
 */
AVER_API const char *aver_stage_get_output(const AverStage *stage);

/**
 * aver_stage_get_max_record:
 *
 * Tells a reader how much a record may hold.
 *
 * Returns: for a reader, the longest record allowed, in bytes.
 */
AVER_API gsize aver_stage_get_max_record(const AverStage *stage);

/**
 * aver_stage_get_folder:
 *
 * Tells where the plugin lies.
 *
 * Returns: (transfer none): the folder the plugin was loaded from, where its data files lie.
 */
AVER_API const char *aver_stage_get_folder(const AverStage *stage);

/**
 * aver_stage_get_job:
 *
 * Tells a writer what job it is in.
 *
 * Returns: (transfer none) (nullable): for a writer, the id of the job that it writes for, 16
 * hexadecimal digits, the same each time the job goes on; %NULL when the run cannot be resumed.
 */
AVER_API const char *aver_stage_get_job(const AverStage *stage);

/**
 * aver_stage_is_live:
 *
 * Whether the reader of the pipeline acknowledges what was written, so that writers commit every
 * second or so, also without a job: what was committed is not read again.
 *
 * Returns: whether it does; %FALSE for a reader that acknowledges but is not read from, as dead
 * letters are replayed.
 */
AVER_API gboolean aver_stage_is_live(const AverStage *stage);

/**
 * aver_stage_get_resume_position:
 *
 * Where a writer goes on: what its commit() gave last, of all that the job's journal has. All that
 * was emitted behind that position is emitted again, the same bytes in the same order, and in
 * other portions. A writer either takes back what it holds of them, as a file is cut off, or,
 * when its own transactions have gone further than the journal, passes over what it has.
 *
 * Returns: (transfer none) (nullable): a position; %NULL when there is none: the start.
 */
AVER_API const char *aver_stage_get_resume_position(const AverStage *stage);

/**
 * aver_stage_get_ended:
 *
 * Tells a writer whether more is to come.
 *
 * Returns: whether all there is had been emitted and committed when the job stopped: only finish()
 * is to come, and it may have been called before.
 */
AVER_API gboolean aver_stage_get_ended(const AverStage *stage);

/**
 * aver_stage_add_file:
 * @path: a file
 *
 * Says, in open(), that the results depend on a file: a model, a list. A job does not go on when it
 * has changed. The module itself, files beside it whose names start with the plugin's, and files
 * that string options name need not be added [main]. Of an isolated annotator only those are
 * known, as it is opened elsewhere.
 */
AVER_API void aver_stage_add_file(AverStage *stage, const char *path);

/**
 * aver_stage_find_model:
 * @file: the name of the plugin's own model, installed in the folder of its name beside the module
 *
 * Finds a model, and adds it as aver_stage_add_file() does [main].
 *
 * Returns: (transfer full): the path that the string option `model` gives, else that of @file.
 */
AVER_API char *aver_stage_find_model(AverStage *stage, const char *file);

/**
 * aver_stage_get_layers:
 *
 * What is known of the documents to come before there is one; stages may have conditions, and
 * documents more layers than their pipeline says.
 *
 * Returns: (transfer none) (array zero-terminated=1): the layers that earlier stages provide, in
 * the order of the stages.
 */
AVER_API const AverLayerType *const *aver_stage_get_layers(const AverStage *stage);

/**
 * AverStageFacts:
 * @name: the stage's name in messages
 * @plugin: its plugin
 * @version: the plugin's version
 * @inputs: (array zero-terminated=1): of a reader, what the user wants read
 * @files: (array length=n_files) (nullable): what aver_stage_add_file() has added: models, lists
 * @n_files: how many
 *
 * What there is to say of another stage. Everything is borrowed from it.
 */
typedef struct {
  const char *name;
  const char *plugin;
  const char *version;
  const char *const *inputs;
  const char *const *files;
  guint n_files;
} AverStageFacts;

/**
 * aver_stage_get_earlier:
 * @index: 0 for the reader, 1 for the stage behind it...
 * @facts: (out): what that stage is
 *
 * For writers that say where their output comes from. Files are known in open(), as earlier stages
 * are opened before [main].
 *
 * Returns: %FALSE when there is no such stage before this one.
 */
AVER_API gboolean aver_stage_get_earlier(const AverStage *stage, guint index,
                                         AverStageFacts *facts);

/**
 * aver_stage_list_settings:
 * @index: as for aver_stage_get_earlier(); stages behind this one count on
 *
 * For writers that say where their output comes from [main].
 *
 * Returns: (transfer full) (array zero-terminated=1): the options of that stage that are not at
 * their defaults, `name=value` each, in the order of the plugin. Of a string it is `name=…` only:
 * it may be a password, or a place on this machine. Empty when there is no such stage.
 */
AVER_API char **aver_stage_list_settings(const AverStage *stage, guint index);

/**
 * aver_stage_get_pipeline_file:
 *
 * For writers that say where their output comes from.
 *
 * Returns: (transfer none) (nullable): the file that the stage stands in, as it was named on the
 * command line; %NULL when there is none.
 */
AVER_API const char *aver_stage_get_pipeline_file(const AverStage *stage);

/**
 * aver_stage_open_output:
 *
 * Opens what aver_stage_get_output() names, for a writer; in a job, where it goes on. Compresses as
 * the option %AVER_COMPRESS_OPTION says, if the plugin has it.
 *
 * Returns: (transfer full) (nullable): the output, or %NULL with %AVER_ERROR_OUTPUT.
 */
AVER_API AverOutput *aver_stage_open_output(const AverStage *stage, GError **error);

/**
 * aver_stage_open_file:
 * @path: (nullable): a file; %NULL for standard output
 * @resume: (nullable): the position, as aver_output_commit() gave it, to go on at; %NULL: the start
 *
 * Opens one of several files that a writer writes, in the folder that aver_stage_get_output() names
 * or beside the file. In a job, a writer's position is then made of those of its files.
 *
 * Returns: (transfer full) (nullable): the output, or %NULL with %AVER_ERROR_OUTPUT.
 */
AVER_API AverOutput *aver_stage_open_file(const AverStage *stage, const char *path,
                                          const char *resume, GError **error);

/**
 * aver_stage_should_stop:
 *
 * For callbacks that wait for something outside, such as another process.
 *
 * Returns: whether the run has been asked to stop. A [worker] callback that then fails with
 * %AVER_ERROR_STOPPED, after a second at most, is not held against its document: this one and those
 * behind it are left for another run.
 */
AVER_API gboolean aver_stage_should_stop(const AverStage *stage);

G_END_DECLS
