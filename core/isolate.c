/* SPDX-License-Identifier: Apache-2.0 */
/* Isolated stages: set up and taken down, the parent's side. */
#include "delegate.h"
#include "isolate-private.h"

#include <aver/layers.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

static void add_names(GPtrArray *names, const AverLayerType *const *layers)
{
  for (guint i = 0; layers != NULL && layers[i] != NULL; i++)
    g_ptr_array_add(names, (gpointer) layers[i]->name);
}

static void add_types(GPtrArray *types, const AverLayerType *const *layers)
{
  for (guint i = 0; layers != NULL && layers[i] != NULL; i++)
    if (!g_ptr_array_find(types, layers[i], NULL))
      g_ptr_array_add(types, (gpointer) layers[i]);
}

static AverIsolateStage *add_stage(AverIsolates *isolates, const AverPipeline *pipeline,
                                   AverStage *stage)
{
  AverIsolateStage *added = &isolates->stages[isolates->n_stages];
  added->stage = stage;
  added->first = isolates->n_stages++ * isolates->n_workers;
  added->pages = isolates->pages;
  added->page_size = isolates->page_size;
  added->layers.types = g_ptr_array_new();
  added->layers.sent = g_ptr_array_new();
  added->layers.returned = g_ptr_array_new();
  added->layers.trusted = FALSE;
  add_types(added->layers.types, aver_builtin_layers);
  for (guint i = 0; i < pipeline->stages->len; i++) {
    const AverStage *other = g_ptr_array_index(pipeline->stages, i);
    add_types(added->layers.types, other->layers.provides);
    add_types(added->layers.types, other->layers.needs);
    add_types(added->layers.types, other->layers.uses);
  }
  if (stage != NULL) {
    add_names(added->layers.sent, stage->layers.needs);
    add_names(added->layers.sent, stage->layers.uses);
    add_names(added->layers.returned, stage->layers.provides);
  }
  return added;
}

static void add_delegate(AverIsolates *isolates, const AverPipeline *pipeline,
                         AverDelegates *delegates, guint32 number)
{
  if (!aver_delegates_may_isolate(delegates, number))
    return;
  AverIsolateStage *added = add_stage(isolates, pipeline, delegates->list[number - 1].stage);
  added->delegates = delegates;
  added->delegate = number;
}

AverIsolateProgress *aver_isolate_get_progress(const AverIsolateStage *stage, guint worker)
{
  return (gpointer) (stage->pages + (stage->first + worker) * stage->page_size);
}

/* A child has no business with what others are doing. */
static void forget_others(const AverIsolates *isolates, guint number)
{
  gsize before = number * isolates->page_size, behind = before + isolates->page_size;
  if (before > 0)
    munmap(isolates->pages, before);
  if (isolates->n_pages > number + 1)
    munmap(isolates->pages + behind, isolates->n_pages * isolates->page_size - behind);
}

static void child_main(guint number, int socket, gpointer data)
{
  AverIsolates *isolates = data;
  AverIsolateStage *stage = &isolates->stages[number / isolates->n_workers];
  forget_others(isolates, number);
  stage->layers.trusted = TRUE;
  if (stage->stage == NULL)
    stage->stage = aver_delegates_load(stage->delegates, stage->delegate, NULL);
  if (stage->stage != NULL)
    aver_isolate_child(stage, number % isolates->n_workers, socket);
}

/* How many there may be. */
static guint count(const AverPipeline *pipeline, guint first, guint last)
{
  guint n = 0;
  for (guint i = first; i < last; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    n += stage->isolation.wanted ? 1 : 0;
    for (guint32 k = 1; k <= aver_delegates_count(stage); k++)
      n += aver_delegates_may_isolate(stage->delegates, k) ? 1 : 0;
  }
  return n;
}

AverIsolates *aver_isolates_new(const AverPipeline *pipeline, guint first, guint last,
                                guint n_workers, GError **error)
{
  guint n = count(pipeline, first, last);
  if (n == 0)
    return NULL;
  AverIsolates *isolates = g_new0(AverIsolates, 1);
  isolates->n_workers = n_workers;
  isolates->stages = g_new0(AverIsolateStage, n);
  isolates->n_pages = (gsize) n * n_workers;
  isolates->page_size = (gsize) sysconf(_SC_PAGESIZE);
  isolates->pages = mmap(NULL, isolates->n_pages * isolates->page_size, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (isolates->pages == MAP_FAILED) {
    isolates->pages = NULL;
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "no memory for isolated stages: %s",
                g_strerror(errno));
    aver_isolates_free(isolates);
    return NULL;
  }
  for (guint i = first; i < last; i++) {
    AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    if (stage->isolation.wanted)
      add_stage(isolates, pipeline, stage);
    for (guint32 k = 1; k <= aver_delegates_count(stage); k++)
      add_delegate(isolates, pipeline, stage->delegates, k);
  }
  isolates->zygote = aver_zygote_new(child_main, isolates, error);
  if (isolates->zygote != NULL)
    return isolates;
  aver_isolates_free(isolates);
  return NULL;
}

void aver_isolates_free(AverIsolates *isolates)
{
  if (isolates == NULL)
    return;
  aver_zygote_free(isolates->zygote);
  for (guint i = 0; i < isolates->n_stages; i++) {
    g_ptr_array_unref(isolates->stages[i].layers.types);
    g_ptr_array_unref(isolates->stages[i].layers.sent);
    g_ptr_array_unref(isolates->stages[i].layers.returned);
  }
  if (isolates->pages != NULL)
    munmap(isolates->pages, isolates->n_pages * isolates->page_size);
  g_free(isolates->stages);
  g_free(isolates);
}

void aver_isolate_put_error(AverBuffer *buffer, const GError *error)
{
  guint32 code = error == NULL                 ? 0
                 : error->domain == AVER_ERROR ? (guint32) error->code + 1
                                               : AVER_ERROR_FAILED + 1;
  aver_wire_put_u32(buffer, code);
  if (error != NULL)
    aver_wire_put_bytes(buffer, error->message, strlen(error->message));
}

gboolean aver_isolate_get_error(AverWire *wire, GError **error)
{
  guint32 code;
  const char *message;
  gsize length;
  if (!aver_wire_get_u32(wire, &code))
    return FALSE;
  if (code == 0)
    return TRUE;
  if (!aver_wire_get_string(wire, &message, &length))
    return FALSE;
  g_autofree char *text = g_strndup(message, length);
  code = MIN(code - 1, AVER_ERROR_FAILED);
  g_set_error_literal(error, AVER_ERROR, (gint) code, text);
  return TRUE;
}

/* Whether a stage, which may be a delegate that has been loaded since, is meant. */
static gboolean is_stage(const AverIsolateStage *known, const AverStage *stage)
{
  return known->stage == stage ||
         (known->delegates != NULL && known->delegates->list[known->delegate - 1].stage == stage);
}

AverIsolate *aver_isolate_new(AverIsolates *isolates, AverStage *stage, GError **error)
{
  AverIsolate *isolate = g_new0(AverIsolate, 1);
  gboolean serial = stage->plugin->kind == AVER_PLUGIN_ANNOTATOR &&
                    (stage->plugin->flags & AVER_PLUGIN_SERIAL) != 0;
  isolate->isolates = isolates;
  while (!is_stage(&isolates->stages[isolate->number], stage))
    isolate->number++;
  isolates->stages[isolate->number].stage = stage;
  isolate->stage = &isolates->stages[isolate->number];
  isolate->n_children = serial ? 1 : isolates->n_workers;
  isolate->children = g_new0(AverIsolateProcess, isolate->n_children);
  gboolean good = TRUE;
  for (guint i = 0; good && i < isolate->n_children; i++)
    good = aver_isolate_start(isolate, i, error);
  for (guint i = 0; good && i < isolate->n_children; i++)
    good = aver_isolate_await_opening(isolate, i, error);
  if (good)
    return isolate;
  aver_isolate_free(isolate);
  return NULL;
}

void aver_isolate_free(AverIsolate *isolate)
{
  if (isolate == NULL)
    return;
  for (guint i = 0; i < isolate->n_children; i++)
    if (isolate->children[i].pid != 0)
      shutdown(isolate->children[i].socket, SHUT_RDWR);
  for (guint i = 0; i < isolate->n_children; i++) {
    aver_isolate_bury(isolate, &isolate->children[i], AVER_ISOLATE_ASKED, NULL);
    aver_buffer_clear(&isolate->children[i].in);
    aver_buffer_clear(&isolate->children[i].out);
  }
  g_free(isolate->children);
  g_free(isolate);
}
