/* SPDX-License-Identifier: Apache-2.0 */
/* The plugin contract: what a reader, an annotator or a writer gives the host, and gets from it. */
#pragma once

#include <aver/buffer.h>
#include <aver/document.h>
#include <aver/explain.h>
#include <aver/input.h>
#include <aver/options.h>
#include <aver/stage.h>
#include <aver/training.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * AVER_ABI:
 *
 * The number a plugin is compiled against. The rule for raising it stands in the top meson.build.
 */
#define AVER_ABI 1

/**
 * AVER_PLUGIN_MAGIC:
 *
 * What every plugin's description begins with.
 */
#define AVER_PLUGIN_MAGIC G_GUINT64_CONSTANT(0x3167756c50726576) /* "verPlug1" */

/**
 * AverPluginKind:
 * @AVER_PLUGIN_READER: makes documents of the input
 * @AVER_PLUGIN_ANNOTATOR: adds layers to a document, or drops it
 * @AVER_PLUGIN_WRITER: writes documents
 *
 * What a plugin is for.
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
 * @AVER_PLUGIN_SANDBOX: the same, and that process has no network, writes nothing and opens only
 *   what is a resource of the stage (see `resources`), unless the pipeline file says
 *   `"sandbox": false`
 * @AVER_PLUGIN_SPLITS: a reader whose records are lines, cut with aver_input_cut_line(), each of
 *   which means the same without those before it (so no header): a long file may be shared out
 *   between several runs, at any line
 * @AVER_PLUGIN_LIVE: a writer whose commit() makes durable what was emitted without a job too, when
 *   aver_stage_is_live(): it can be used behind a reader that acknowledges
 *
 * What is special about a plugin.
 */
typedef enum {
  AVER_PLUGIN_SERIAL = 1 << 0,
  AVER_PLUGIN_RESUMES = 1 << 1,
  AVER_PLUGIN_ISOLATE = 1 << 2,
  AVER_PLUGIN_SANDBOX = 1 << 3,
  AVER_PLUGIN_SPLITS = 1 << 4,
  AVER_PLUGIN_LIVE = 1 << 5,
} AverPluginFlags;

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
 * @open: [main] (of a delegate [input], as start) once a stage, before any other callback: check
 *   options, load what all workers share. Returns: (nullable): the instance; %NULL is an error only
 *   when @error is set.
 * @close: [main] once a stage, after every other callback.
 * @start: [main] once a worker, before its first document: scratch memory and the like. Returns:
 *   (nullable): the worker's state; %NULL is an error only when @error is set.
 * @stop: [main] once a worker, after its last document.
 * @cut: [input] the next record, sliced and not parsed. Without @may_block, and when the record is
 *   not at hand, answer AVER_CUT_WAIT; with it, wait, but answer AVER_CUT_WAIT now and then (a
 *   quarter of a second is right) so that the host can stop: it asks again.
 * @decode: [worker] makes a document of one record: id, text, metadata. The record's bytes live as
 *   long as the document is in use, so that the text can be borrowed from them.
 * @cursor: [input] appends the position behind the last record cut, one line of text.
 * @seek: [input] goes on at a cursor; called at most once, before the first cut.
 * @process: [worker] annotates one document; required.
 * @encode: [worker] appends one document's bytes to @out; what it appends before failing is
 *   discarded.
 * @emit: [output] takes what encode() appended for some consecutive documents; with shards, in
 *   another process and for another output than the one that encode() knew (aver merge).
 * @commit: [output] makes all that was emitted durable, and appends the committed position to
 *   @position, one line of text. Called now and then in a job, and before finish; its journal then
 *   pairs the position with the reader's cursor. Called as well, without a job, behind a reader
 *   that acknowledges, see %AVER_PLUGIN_LIVE.
 * @finish: [output] once, after the last emit of a run that was not stopped: completes the output.
 *   Without it, or when it was not called, close() leaves no half-written file, but in a job what
 *   is needed to go on. In a job it may be called again when it was interrupted.
 * @explain: [main] says why process(), which has just annotated this very document with this
 *   worker, made a row of a layer that the plugin provides.
 * @train: [main] fits a model to examples and writes it; no other callback is called. Same examples
 *   and options, same bytes.
 * @process_batch: [worker] does what process() does for some consecutive documents at once, where
 *   that is faster: sets each one's verdict, and the error of each that fails. The arrays come in
 *   as AVER_KEEP and %NULL. process() is still required.
 * @identify: [main] appends what the input is, so that a job is not gone on with when it changed:
 *   lines of what one input is like, a tab, and its name. See aver_input_identify().
 * @declare: [main] before open(), also when a pipeline is only checked: changes @layers, which come
 *   in as `needs`, `uses` and `provides`, to what this stage has to do with when its options decide
 *   about that.
 * @delegates: (nullable): %NULL-terminated: the plugins of other readers that this one hands files
 *   to, see <aver/delegate.h>. Those that a build left out may be named.
 * @resources: (nullable): %NULL-terminated: absolute paths of files and folders that the plugin, or
 *   a library of its, may read while it runs, for when that is in a sandbox. What is not there is
 *   passed over. Need not be named: the folder of the module, with models in it; files that string
 *   options name; what is loaded already; the system's shared libraries, character sets, time
 *   zones and messages.
 * @acknowledge: [output] all records up to @cursor, which cursor() has given, are done with for
 *   good: written and committed, dropped, or counted as failed. Without it, and in a run that ends
 *   before its time, records behind the last cursor are to be read again by somebody. In a job, its
 *   journal says so already, and seek() goes on at that cursor; a run that was killed may not have
 *   come to acknowledge it. An error ends the run.
 * @failed: [output] a record that was cut failed in @stage with @message, and will be acknowledged
 *   like others: the time to put it aside. @record has no data when it could not be cut. An error
 *   ends the run before it is acknowledged.
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

  gpointer (*open)(AverStage *stage, GError **error);
  void (*close)(gpointer self);
  gpointer (*start)(gpointer self, GError **error);
  void (*stop)(gpointer self, gpointer worker);

  /* Readers; seek and cursor go together, the rest is required. */

  AverCut (*cut)(gpointer self, gboolean may_block, AverRecord *record, GError **error);
  gboolean (*decode)(gpointer self, gpointer worker, const AverRecord *record,
                     AverDocument *document, GError **error);
  void (*cursor)(gpointer self, GString *cursor);
  gboolean (*seek)(gpointer self, const char *cursor, GError **error);

  /* Annotators. */

  AverVerdict (*process)(gpointer self, gpointer worker, AverDocument *document, GError **error);

  /* Writers; encode and emit are required. */

  gboolean (*encode)(gpointer self, gpointer worker, AverDocument *document, AverBuffer *out,
                     GError **error);
  gboolean (*emit)(gpointer self, const char *data, gsize length, GError **error);
  gboolean (*commit)(gpointer self, GString *position, GError **error);
  gboolean (*finish)(gpointer self, GError **error);

  /* Annotators, optional. */

  gboolean (*explain)(gpointer self, gpointer worker, AverDocument *document,
                      const AverLayer *layer, guint32 row, AverExplanation *explanation,
                      GError **error);
  gboolean (*train)(AverStage *stage, AverTraining *training, GError **error);
  void (*process_batch)(gpointer self, gpointer worker, AverDocument *const *documents,
                        gsize n_documents, AverVerdict *verdicts, GError **errors);

  /* Readers, optional. */

  void (*identify)(gpointer self, GString *text);

  /* All, optional. */

  gboolean (*declare)(const AverStage *stage, AverStageLayers *layers, GError **error);

  /* Readers, optional. */

  const char *const *delegates;

  /* All, optional. */

  const char *const *resources;

  /* Readers of live input, optional; both need cursor, and are called while cut() is. */

  gboolean (*acknowledge)(gpointer self, const char *cursor, GError **error);
  gboolean (*failed)(gpointer self, const AverRecord *record, const char *stage,
                     const char *message, GError **error);
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

/**
 * AVER_NOTE_NAME:
 *
 * The name of the ELF note, see #AverNote.
 */
#define AVER_NOTE_NAME "Aver"

/**
 * AVER_NOTE_TYPE:
 *
 * The type of the ELF note, see #AverNote.
 */
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
