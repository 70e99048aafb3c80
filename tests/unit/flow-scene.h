/* SPDX-License-Identifier: Apache-2.0 */
/* A pipeline with two writers for the tests of the engine: a reader of numbers, a sieve. */
#pragma once

#include "crew.h"
#include "numbers.h"

#include <aver/aver.h>
#include <glib/gstdio.h>

/* What the stages of a test do, and what its writers got. */
typedef struct {
  guint n_records;
  guint cut;
  char text[64];
  GString *written[2];
  GString *messages;
  gint attempts; /* at documents that fail for good; atomic */
  guint heals;   /* attempts at one document until it works */
  gint tries[10000];
  int stop;
  guint bad;       /* the record that cannot be cut */
  guint fatal;     /* the record that ends the input, for no reason given */
  gboolean silent; /* fails without saying why */
  gboolean claims; /* fails as if it had been stopped */
  gboolean stops;  /* the first document that fails makes somebody stop the run */
} Scene;

static gpointer open_scene(AverStage *stage, GError **error)
{
  (void) error;
  return scene_of(stage);
}

static AverCut cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  Scene *scene = self;
  (void) may_block;
  if (scene->cut >= scene->n_records)
    return AVER_CUT_END;
  scene->cut++;
  if (scene->cut == scene->fatal)
    return AVER_CUT_FATAL;
  make_record(record, scene->cut, scene->text, sizeof scene->text);
  if (scene->cut != scene->bad)
    return AVER_CUT_RECORD;
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "is no record");
  return AVER_CUT_BAD;
}

/* Drops what ends in 5; fails what ends in 9, until it has been tried often enough. */
static AverVerdict process(gpointer self, gpointer worker, AverDocument *document, GError **error)
{
  Scene *scene = self;
  (void) worker;
  const char *id = aver_document_get_id(document);
  guint number = (guint) g_ascii_strtoull(id, NULL, 10);
  if (number % 10 == 5)
    return AVER_DROP;
  if (number % 10 != 9)
    return AVER_KEEP;
  g_atomic_int_inc(&scene->attempts);
  if (scene->stops)
    g_atomic_int_set(&scene->stop, 1);
  if (scene->heals > 0 && (guint) ++scene->tries[number % 10000] >= scene->heals)
    return AVER_KEEP;
  if (!scene->silent)
    g_set_error(error, AVER_ERROR, scene->claims ? AVER_ERROR_STOPPED : AVER_ERROR_FAILED,
                "ends in 9");
  return AVER_FAIL;
}

/* Fails what ends in 7. */
static gboolean encode(gpointer self, gpointer worker, AverDocument *document, AverBuffer *out,
                       GError **error)
{
  (void) self;
  (void) worker;
  const char *id = aver_document_get_id(document);
  aver_buffer_append_string(out, id);
  aver_buffer_append_char(out, '\n');
  if (!g_str_has_suffix(id, "7"))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "ends in 7");
  return FALSE;
}

static gboolean encode_all(gpointer self, gpointer worker, AverDocument *document, AverBuffer *out,
                           GError **error)
{
  (void) self;
  (void) worker;
  (void) error;
  aver_buffer_printf(out, "side %s\n", aver_document_get_id(document));
  return TRUE;
}

static gboolean emit(gpointer self, const char *data, gsize length, GError **error)
{
  (void) error;
  g_string_append_len(((Scene *) self)->written[0], data, (gssize) length);
  return TRUE;
}

static gboolean emit_side(gpointer self, const char *data, gsize length, GError **error)
{
  (void) error;
  g_string_append_len(((Scene *) self)->written[1], data, (gssize) length);
  return TRUE;
}

static const AverPlugin reader = {COMMON("reader"), .open = open_scene, .kind = AVER_PLUGIN_READER,
                                  .cut = cut, .decode = decode};
static const AverPlugin side = {COMMON("side"), .open = open_scene, .kind = AVER_PLUGIN_WRITER,
                                .encode = encode_all, .emit = emit_side};
static const AverPlugin sieve = {COMMON("sieve"), .open = open_scene, .kind = AVER_PLUGIN_ANNOTATOR,
                                 .process = process};
static const AverPlugin careful = {COMMON("sieve"), .open = open_scene,
                                   .kind = AVER_PLUGIN_ANNOTATOR, .flags = AVER_PLUGIN_SERIAL,
                                   .process = process};
static const AverPlugin writer = {COMMON("writer"), .open = open_scene, .kind = AVER_PLUGIN_WRITER,
                                  .encode = encode, .emit = emit};

/* How the stages are set; the rest is as it is by itself. */
typedef struct {
  gboolean serial;
  AverPolicy policy;
  const char *dead_letter;
  guint retries;
  const char *side_when;
  const char *writer_when;
  const char *replay;
  double backoff;
} Setting;

static AverStage *stage_of(const AverPlugin *plugin, Scene *scene, const Setting *setting,
                           const char *when)
{
  AverStage *stage = scene_stage_new(plugin, scene);
  stage->policy = setting->policy;
  stage->dead_letter = g_strdup(setting->dead_letter);
  stage->retries = setting->retries;
  stage->backoff = MAX(setting->backoff, 0.001);
  stage->when = when == NULL ? NULL : aver_expression_new(when, NULL, NULL);
  return stage;
}

/* reader, sieve in between two writers. */
static AverPipeline *pipeline_of(Scene *scene, const Setting *setting)
{
  AverPipeline *pipeline = g_new0(AverPipeline, 1);
  pipeline->references = 1;
  pipeline->replay = g_strdup(setting->replay);
  pipeline->stages = g_ptr_array_new_with_free_func((GDestroyNotify) aver_stage_free);
  g_ptr_array_add(pipeline->stages, stage_of(&reader, scene, setting, NULL));
  g_ptr_array_add(pipeline->stages, stage_of(&side, scene, setting, setting->side_when));
  g_ptr_array_add(pipeline->stages,
                  stage_of(setting->serial ? &careful : &sieve, scene, setting, NULL));
  g_ptr_array_add(pipeline->stages, stage_of(&writer, scene, setting, setting->writer_when));
  return pipeline;
}

static void note(const char *message, gpointer user_data)
{
  g_string_append_printf(((Scene *) user_data)->messages, "%s\n", message);
}

/* Runs the scene; the caller frees its strings. */
static gboolean play(Scene *scene, const Setting *setting, const AverRunOptions *run,
                     AverSummary *summary, GError **error)
{
  AverRunOptions all = *run;
  scene->written[0] = g_string_new(NULL);
  scene->written[1] = g_string_new(NULL);
  scene->messages = g_string_new(NULL);
  all.message = note;
  all.user_data = scene;
  all.stop = &scene->stop;
  g_autoptr(AverPipeline) pipeline = pipeline_of(scene, setting);
  gboolean good = aver_pipeline_run(pipeline, &all, summary, error);
  g_assert_cmpuint(summary->documents_in, ==,
                   summary->documents_out + summary->documents_dropped + summary->documents_failed);
  g_assert_cmpuint(summary->documents_dead_lettered, <=, summary->documents_failed);
  return good;
}

static void scene_clear(Scene *scene)
{
  g_string_free(scene->written[0], TRUE);
  g_string_free(scene->written[1], TRUE);
  g_string_free(scene->messages, TRUE);
}
