/* SPDX-License-Identifier: Apache-2.0 */
/* The plugin contract: what a reader, an annotator or a writer gives the host, and gets from it. */
#pragma once

#include <aver/buffer.h>
#include <aver/document.h>
#include <aver/explain.h>
#include <aver/input.h>
#include <aver/options.h>
#include <aver/output.h>
#include <aver/training.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * AVER_ABI:
 *
 * The number a plugin is compiled against. The rule for raising it stands in the top meson.build.
 */
#define AVER_ABI 1

#define AVER_PLUGIN_MAGIC G_GUINT64_CONSTANT(0x3167756c50726576) /* "verPlug1" */

/**
 * AverPluginKind:
 * @AVER_PLUGIN_READER: makes documents of the input
 * @AVER_PLUGIN_ANNOTATOR: adds layers to a document, or drops it
 * @AVER_PLUGIN_WRITER: writes documents
 */
typedef enum {
  AVER_PLUGIN_READER = 1,
  AVER_PLUGIN_ANNOTATOR,
  AVER_PLUGIN_WRITER,
} AverPluginKind;

/**
 * AverPluginFlags:
 * @AVER_PLUGIN_SERIAL: an annotator whose process() sees the documents in input order, one at a
 *   time (it may keep state in its instance)
 * @AVER_PLUGIN_RESUMES: a writer that has commit(), and whose open() goes on where
 *   aver_stage_get_resume_position() says; it can be used in a job
 * @AVER_PLUGIN_ISOLATE: a reader's decode(), or an annotator, that runs in a child process unless
 *   the pipeline file says `"isolate": false`: for plugins on top of parsers that hostile input may
 *   crash
 */
typedef enum {
  AVER_PLUGIN_SERIAL = 1 << 0,
  AVER_PLUGIN_RESUMES = 1 << 1,
  AVER_PLUGIN_ISOLATE = 1 << 2,
} AverPluginFlags;

/**
 * AverStage:
 *
 * What the host tells a plugin about its place in the pipeline. Lives longer than the instance; its
 * functions are [any].
 */
typedef struct _AverStage AverStage;

/** aver_stage_get_name: Returns: (transfer none): the stage's name in messages. */
AVER_API const char *aver_stage_get_name(const AverStage *stage);

/**
 * aver_stage_get_string:
 *
 * Returns: (transfer none) (nullable): the value of a STRING, CHOICE or EXPRESSION
 * option.
 */
AVER_API const char *aver_stage_get_string(const AverStage *stage, const char *option);

/**
 * aver_stage_get_names:
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the names that a STRING option
 * lists, separated by commas; %NULL when it is not set, or with %AVER_ERROR_CONFIG.
 */
AVER_API char **aver_stage_get_names(const AverStage *stage, const char *option, GError **error);
AVER_API gboolean aver_stage_get_boolean(const AverStage *stage, const char *option);
AVER_API gint64 aver_stage_get_integer(const AverStage *stage, const char *option);
AVER_API double aver_stage_get_number(const AverStage *stage, const char *option);

/** aver_stage_get_choice: Returns: the index of a CHOICE option's value in its choices. */
AVER_API guint aver_stage_get_choice(const AverStage *stage, const char *option);

/**
 * aver_stage_get_inputs:
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
 * Returns: (transfer none) (nullable): for a writer, where to write; %NULL is standard output.
 */
AVER_API const char *aver_stage_get_output(const AverStage *stage);

/** aver_stage_get_max_record: Returns: for a reader, the longest record allowed, in bytes. */
AVER_API gsize aver_stage_get_max_record(const AverStage *stage);

/**
 * aver_stage_get_folder:
 *
 * Returns: (transfer none): the folder the plugin was loaded from, where its data files lie.
 */
AVER_API const char *aver_stage_get_folder(const AverStage *stage);

/**
 * aver_stage_get_job:
 *
 * Returns: (transfer none) (nullable): for a writer, the id of the job that it writes for, 16
 * hexadecimal digits, the same each time the job goes on; %NULL when the run cannot be resumed.
 */
AVER_API const char *aver_stage_get_job(const AverStage *stage);

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

/**
 * AverStageLayers:
 * @needs: (nullable): %NULL-terminated: layers an earlier stage has to provide
 * @uses: (nullable): %NULL-terminated: layers read when an earlier stage provides them
 * @provides: (nullable): %NULL-terminated: layers this stage adds
 *
 * The layers of one stage. The descriptions live as long as the process: static ones, or those of
 * aver_layer_types_parse().
 */
typedef struct {
  const AverLayerType *const *needs;
  const AverLayerType *const *uses;
  const AverLayerType *const *provides;
} AverStageLayers;

/**
 * AverPlugin:
 * @magic: %AVER_PLUGIN_MAGIC
 * @abi: %AVER_ABI
 * @struct_size: sizeof(AverPlugin) as the plugin was compiled; the host copies the smaller size and
 *   zeroes the rest
 * @kind: reader, annotator or writer
 * @flags: #AverPluginFlags
 * @name: the name pipeline files use: lower case and hyphens; the module's file name without `.so`
 * @version: the plugin's own version
 * @summary: one line for a person
 * @options: (array length=n_options): what a pipeline file may set
 * @n_options: how many
 * @needs: (nullable): %NULL-terminated: layers an earlier stage has to provide
 * @uses: (nullable): %NULL-terminated: layers read when an earlier stage provides them
 * @provides: (nullable): %NULL-terminated: layers this plugin adds
 *
 * A plugin's description and callbacks. `self` is what open() returned, one per stage; `worker` is
 * what start() returned, one per worker. In [worker] callbacks several threads share `self`, which
 * must not change. Serial callbacks run one at a time, in input order, not always on one thread:
 * [input] those that cut, [output] those that emit. A callback that fails sets its error; the
 * host adds the file, the line and the stage's name.
 *
 *     open -> start... -> cut -> decode -> process... -> encode -> emit ... -> commit -> finish
 *          -> stop... -> close
 */
typedef struct {
  guint64 magic;
  guint32 abi;
  guint32 struct_size;
  guint32 kind;
  guint32 flags;
  const char *name;
  const char *version;
  const char *summary;
  const AverOption *options;
  gsize n_options;
  const AverLayerType *const *needs;
  const AverLayerType *const *uses;
  const AverLayerType *const *provides;

  /* All kinds; each optional. */

  /* open: [main] (of a delegate [input], as start) once a stage, before any other callback: check
   * options, load what all workers share. Returns: (nullable): the instance; %NULL is an error only
   * when @error is set. */
  gpointer (*open)(AverStage *stage, GError **error);

  /* close: [main] once a stage, after every other callback. */
  void (*close)(gpointer self);

  /* start: [main] once a worker, before its first document: scratch memory and the like.
   * Returns: (nullable): the worker's state; %NULL is an error only when @error is set. */
  gpointer (*start)(gpointer self, GError **error);

  /* stop: [main] once a worker, after its last document. */
  void (*stop)(gpointer self, gpointer worker);

  /* Readers; seek and cursor go together, the rest is required. */

  /* cut: [input] the next record, sliced and not parsed. Without @may_block, and when the record is
   * not at hand, answer AVER_CUT_WAIT; with it, wait, but answer AVER_CUT_WAIT now and then (a
   * quarter of a second is right) so that the host can stop: it asks again. */
  AverCut (*cut)(gpointer self, gboolean may_block, AverRecord *record, GError **error);

  /* decode: [worker] makes a document of one record: id, text, metadata. The record's bytes live as
   * long as the document is in use, so that the text can be borrowed from them. */
  gboolean (*decode)(gpointer self, gpointer worker, const AverRecord *record,
                     AverDocument *document, GError **error);

  /* cursor: [input] appends the position behind the last record cut, one line of text. */
  void (*cursor)(gpointer self, GString *cursor);

  /* seek: [input] goes on at a cursor; called at most once, before the first cut. */
  gboolean (*seek)(gpointer self, const char *cursor, GError **error);

  /* Annotators. */

  /* process: [worker] annotates one document; required. */
  AverVerdict (*process)(gpointer self, gpointer worker, AverDocument *document, GError **error);

  /* Writers; encode and emit are required. */

  /* encode: [worker] appends one document's bytes to @out; what it appends before failing is
   * discarded. */
  gboolean (*encode)(gpointer self, gpointer worker, AverDocument *document, AverBuffer *out,
                     GError **error);

  /* emit: [output] takes what encode() appended for some consecutive documents. */
  gboolean (*emit)(gpointer self, const char *data, gsize length, GError **error);

  /* commit: [output] makes all that was emitted durable, and appends the committed position to
   * @position, one line of text. Called now and then in a job, and before finish; its journal then
   * pairs the position with the reader's cursor. */
  gboolean (*commit)(gpointer self, GString *position, GError **error);

  /* finish: [output] once, after the last emit of a run that was not stopped: completes the output.
   * Without it, or when it was not called, close() leaves no half-written file, but in a job what
   * is needed to go on. In a job it may be called again when it was interrupted. */
  gboolean (*finish)(gpointer self, GError **error);

  /* Annotators, optional. */

  /* explain: [main] says why process(), which has just annotated this very document with this
   * worker, made a row of a layer that the plugin provides. */
  gboolean (*explain)(gpointer self, gpointer worker, AverDocument *document,
                      const AverLayer *layer, guint32 row, AverExplanation *explanation,
                      GError **error);

  /* train: [main] fits a model to examples and writes it; no other callback is called. Same
   * examples and options, same bytes. */
  gboolean (*train)(AverStage *stage, AverTraining *training, GError **error);

  /* process_batch: [worker] does what process() does for some consecutive documents at once, where
   * that is faster: sets each one's verdict, and the error of each that fails. The arrays come in
   * as AVER_KEEP and %NULL. process() is still required. */
  void (*process_batch)(gpointer self, gpointer worker, AverDocument *const *documents,
                        gsize n_documents, AverVerdict *verdicts, GError **errors);

  /* Readers, optional. */

  /* identify: [main] appends what the input is, so that a job is not gone on with when it changed:
   * lines of what one input is like, a tab, and its name. See aver_input_identify(). */
  void (*identify)(gpointer self, GString *text);

  /* All, optional. */

  /* declare: [main] before open(), also when a pipeline is only checked: changes @layers, which
   * come in as `needs`, `uses` and `provides`, to what this stage has to do with when its options
   * decide about that. */
  gboolean (*declare)(const AverStage *stage, AverStageLayers *layers, GError **error);

  /* Readers, optional. */

  /* delegates: (nullable): NULL-terminated: the plugins of other readers that this one hands files
   * to, see <aver/delegate.h>. Those that a build left out may be named. */
  const char *const *delegates;
} AverPlugin;

/**
 * AVER_PLUGIN_HEADER:
 *
 * The first members of every #AverPlugin.
 */
#define AVER_PLUGIN_HEADER                                                                         \
  .magic = AVER_PLUGIN_MAGIC, .abi = AVER_ABI, .struct_size = sizeof(AverPlugin)

/**
 * AverNote:
 *
 * The ELF note in which a module says, before any of its code runs, what ABI it was compiled
 * against.
 */
typedef struct {
  guint32 name_size;
  guint32 value_size;
  guint32 type;
  char name[8];
  guint32 abi;
} AverNote;

#define AVER_NOTE_NAME "Aver"
#define AVER_NOTE_TYPE 1

/**
 * AVER_PLUGIN:
 * @module: the plugin's name with hyphens turned into underscores
 *
 * Defines the one symbol a module exports, `<module>_LTX_aver_plugin` by libltdl's convention, and
 * its note:
 *
 *     AVER_PLUGIN(my_stage) = {
 *       AVER_PLUGIN_HEADER,
 *       .kind = AVER_PLUGIN_ANNOTATOR,
 *       ...
 *     };
 */
#define AVER_PLUGIN(module)                                                                        \
  static const AverNote module##_note __attribute__((section(".note.aver"), used, aligned(4))) = { \
      sizeof AVER_NOTE_NAME, sizeof(guint32), AVER_NOTE_TYPE, AVER_NOTE_NAME, AVER_ABI};           \
  AVER_API extern const AverPlugin module##_LTX_aver_plugin;                                       \
  const AverPlugin module##_LTX_aver_plugin

G_END_DECLS
