/* SPDX-License-Identifier: Apache-2.0 */
/* A crew: a pipeline's stages opened, with the states of the workers that run them. */
#include "crew.h"

#include "delegate.h"

/* Seconds: no pause is longer, however often it was doubled. */
#define MOST_PAUSE 3600.0

/* Microseconds: how long a run that is to end may go on pausing. */
#define SLICE 20000

void aver_post_prefix_error(const AverPost *post, GError **error)
{
  if (error == NULL)
    return;
  if (*error == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "failed without saying why");
  g_prefix_error(error, "stage '%s': ", post->stage->name);
}

static gboolean answer(const AverPost *post, gboolean good, GError *failure, GError **error)
{
  if (good)
    return TRUE;
  aver_post_prefix_error(post, &failure);
  g_propagate_error(error, failure);
  return FALSE;
}

gboolean aver_post_emit(const AverPost *post, const char *data, gsize length, GError **error)
{
  GError *failure = NULL;
  gboolean good = post->spool != NULL ? aver_spool_emit(post->spool, data, length, &failure)
                                      : post->plugin->emit(post->self, data, length, &failure);
  return answer(post, good, failure, error);
}

gboolean aver_post_commit(const AverPost *post, GString *position, GError **error)
{
  GError *failure = NULL;
  gboolean good = post->spool != NULL ? aver_spool_commit(post->spool, position, &failure)
                                      : post->plugin->commit(post->self, position, &failure);
  return answer(post, good, failure, error);
}

gboolean aver_post_finish(const AverPost *post, GError **error)
{
  GError *failure = NULL;
  gboolean good = post->spool != NULL
                      ? aver_spool_finish(post->spool, &failure)
                      : post->plugin->finish == NULL || post->plugin->finish(post->self, &failure);
  return answer(post, good, failure, error);
}

static gboolean open_here(AverPost *post, guint n_workers, GError **error)
{
  GError *failure = NULL;
  if (post->plugin->open != NULL)
    post->self = post->plugin->open(post->stage, &failure);
  post->opened = failure == NULL;
  for (guint i = 0; failure == NULL && i < n_workers; i++) {
    if (post->plugin->start != NULL)
      post->workers[i] = post->plugin->start(post->self, &failure);
    if (failure == NULL)
      post->n_started++;
  }
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

/* An isolated annotator is opened in its children only; a reader here as well, where it cuts. */
static gboolean open_post(AverCrew *crew, AverPost *post, GError **error)
{
  g_autoptr(GError) failure = NULL;
  gboolean isolated = post->stage->isolation.wanted;
  post->workers = g_new0(gpointer, crew->n_workers);
  if (!isolated || post->plugin->kind != AVER_PLUGIN_ANNOTATOR)
    open_here(post, crew->n_workers, &failure);
  if (isolated && failure == NULL)
    post->isolate = aver_isolate_new(crew->isolates, post->stage, &failure);
  if (failure == NULL)
    return TRUE;
  aver_post_prefix_error(post, &failure);
  g_propagate_error(error, g_steal_pointer(&failure));
  return FALSE;
}

static void init_post(const AverCrew *crew, AverPost *post, AverStage *stage)
{
  gboolean writer = stage->plugin->kind == AVER_PLUGIN_WRITER;
  stage->halt = crew->halt;
  post->stage = stage;
  post->plugin = stage->plugin;
  post->in_order = writer || (post->plugin->flags & AVER_PLUGIN_SERIAL) != 0;
  post->halt = crew->halt;
}

/* Opens a delegate, when it is first needed, under the lock of the input. */
static gboolean open_delegate(gpointer data, guint32 number, gpointer *self, GError **error)
{
  AverCrew *crew = data;
  AverPost *reader = &crew->posts[0], *post = &reader->delegates[number - 1];
  init_post(crew, post, reader->stage->delegates->list[number - 1].stage);
  gboolean good = open_post(crew, post, error);
  *self = post->self;
  return good;
}

/* A delegate that options were set for is opened at once: what is wrong with them is an error
 * before anything is read. */
static gboolean prepare_delegates(AverCrew *crew, AverPost *reader, GError **error)
{
  AverDelegates *delegates = reader->stage->delegates;
  crew->n_delegates = delegates->n;
  delegates->open = open_delegate;
  delegates->data = crew;
  for (guint32 i = 1; i <= delegates->n; i++)
    if (delegates->list[i - 1].stage != NULL && !aver_delegates_open(delegates, i, error))
      return FALSE;
  return TRUE;
}

/* Takes over what an open post holds. */
static void move_post(AverPost *to, AverPost *from)
{
  to->self = from->self;
  to->workers = g_steal_pointer(&from->workers);
  to->n_started = from->n_started;
  to->opened = TRUE;
  from->opened = FALSE;
  from->n_started = 0;
}

void aver_crew_keep(AverCrew *crew, AverPipeline *pipeline)
{
  AverCrew *kept = g_new0(AverCrew, 1);
  kept->posts = g_new0(AverPost, crew->n_posts);
  kept->n_workers = crew->n_workers;
  for (guint i = 0; i < crew->n_posts; i++) {
    AverPost *post = &crew->posts[i];
    if (post->plugin->kind != AVER_PLUGIN_ANNOTATOR || post->in_order || post->isolate != NULL)
      continue;
    AverPost *to = &kept->posts[kept->n_posts++];
    *to = (AverPost){.stage = post->stage, .plugin = post->plugin};
    move_post(to, post);
  }
  aver_crew_free(pipeline->kept);
  pipeline->kept = kept;
}

/* Whether the stage was left open by the last run; it is taken from there. */
static gboolean take_kept(const AverCrew *crew, AverPost *post, AverCrew *kept)
{
  for (guint i = 0; kept != NULL && i < kept->n_posts; i++)
    if (kept->posts[i].stage == post->stage && kept->posts[i].opened &&
        kept->n_workers == crew->n_workers) {
      move_post(post, &kept->posts[i]);
      return TRUE;
    }
  return FALSE;
}

static gboolean add_post(AverCrew *crew, AverStage *stage, AverCrew *kept, GError **error)
{
  AverPost *post = &crew->posts[crew->n_posts++];
  init_post(crew, post, stage);
  if (take_kept(crew, post, kept))
    return TRUE;
  if (stage->plugin->kind == AVER_PLUGIN_WRITER)
    post->sheet = crew->n_writers++;
  if (stage->delegates != NULL)
    post->delegates = g_new0(AverPost, stage->delegates->n);
  return open_post(crew, post, error) &&
         (stage->delegates == NULL || prepare_delegates(crew, post, error));
}

AverCrew *aver_crew_new(AverPipeline *pipeline, guint first, guint last, guint n_workers,
                        GError **error)
{
  g_autoptr(AverCrew) crew = g_new0(AverCrew, 1);
  crew->n_workers = n_workers;
  crew->halt = &pipeline->halt;
  crew->posts = g_new0(AverPost, MAX(last - first, 1));
  g_autoptr(GError) failure = NULL;
  crew->isolates = aver_isolates_new(pipeline, first, last, n_workers, &failure);
  if (failure != NULL) {
    g_propagate_error(error, g_steal_pointer(&failure));
    return NULL;
  }
  for (guint i = first; i < last; i++) {
    AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    if (first > 0 && stage->plugin->kind == AVER_PLUGIN_WRITER)
      continue;
    if (!add_post(crew, stage, first == 0 ? pipeline->kept : NULL, error))
      return NULL;
  }
  return g_steal_pointer(&crew);
}

static gboolean is_wanted(AverHalt *halt, const gint *stopped)
{
  return aver_halt_is_wanted(halt) || (stopped != NULL && g_atomic_int_get(stopped) != 0);
}

gboolean aver_post_pause(const AverPost *post, double seconds, const gint *stopped)
{
  gint64 end = g_get_monotonic_time() + (gint64) (MIN(seconds, MOST_PAUSE) * G_USEC_PER_SEC);
  AverHalt *halt = post->halt;
  gint64 left;
  while (!is_wanted(halt, stopped) && (left = end - g_get_monotonic_time()) > 0)
    g_usleep((gulong) MIN(left, SLICE));
  return !is_wanted(halt, stopped);
}

gboolean aver_crew_commit(const AverCrew *crew, GHashTable *positions, GError **error)
{
  for (guint i = 1; i < crew->n_posts; i++) {
    const AverPost *post = &crew->posts[i];
    if (post->plugin->kind != AVER_PLUGIN_WRITER)
      continue;
    GString *position = g_string_new(NULL);
    gboolean good = aver_post_commit(post, position, error);
    g_hash_table_insert(positions, aver_stage_make_key(post->stage),
                        g_string_free(position, FALSE));
    if (!good)
      return FALSE;
  }
  return TRUE;
}

gboolean aver_crew_acknowledge(const AverCrew *crew, const char *cursor, GError **error)
{
  const AverPost *reader = &crew->posts[0];
  GError *failure = NULL;
  gboolean some = reader->stage->live && *cursor != '\0'; /* a batch was emitted */
  return answer(reader, !some || reader->plugin->acknowledge(reader->self, cursor, &failure),
                failure, error);
}

static void close_post(AverPost *post)
{
  AverDelegates *delegates = post->delegates == NULL ? NULL : post->stage->delegates;
  for (guint i = 0; delegates != NULL && i < delegates->n; i++)
    if (post->delegates[i].stage != NULL)
      close_post(&post->delegates[i]);
  if (delegates != NULL)
    aver_delegates_close(delegates);
  g_free(post->delegates);
  aver_spool_free(post->spool);
  aver_isolate_free(post->isolate);
  for (guint i = 0; i < post->n_started; i++)
    if (post->plugin->stop != NULL)
      post->plugin->stop(post->self, post->workers[i]);
  if (post->opened && post->plugin->close != NULL)
    post->plugin->close(post->self);
  g_free(post->workers);
}

void aver_crew_free(AverCrew *crew)
{
  if (crew == NULL)
    return;
  for (guint i = crew->n_posts; i > 0; i--)
    close_post(&crew->posts[i - 1]);
  aver_isolates_free(crew->isolates);
  g_free(crew->posts);
  g_free(crew);
}

/* Whether it is time to leave this document, and those behind it, undone. */
static gboolean gives_up(const AverPost *post, AverVerdict *verdict, GError **error)
{
  if (!aver_halt_is_due(post->halt))
    return FALSE;
  *verdict = AVER_FAIL;
  g_set_error(error, AVER_ERROR, AVER_ERROR_STOPPED, "stopped");
  return TRUE;
}

void aver_post_process(const AverPost *post, guint worker, AverDocument *const *documents, guint n,
                       AverVerdict *verdicts, GError **errors)
{
  const AverPlugin *plugin = post->plugin;
  if (n == 0)
    return;
  if (post->isolate != NULL) {
    aver_isolate_process(post->isolate, worker, documents, n, verdicts, errors);
    return;
  }
  if (plugin->process_batch != NULL) {
    plugin->process_batch(post->self, post->workers[worker], documents, n, verdicts, errors);
    return;
  }
  for (guint i = 0; i < n; i++) {
    if (gives_up(post, &verdicts[i], &errors[i]))
      return;
    verdicts[i] = plugin->process(post->self, post->workers[worker], documents[i], &errors[i]);
  }
}

const AverPost *aver_post_of(const AverPost *reader, const AverRecord *record)
{
  if (record->delegate == 0 || reader->delegates == NULL ||
      reader->delegates[record->delegate - 1].stage == NULL)
    return reader;
  return &reader->delegates[record->delegate - 1];
}

static void decode(const AverPost *post, guint worker, const AverRecord *const *records,
                   AverDocument *const *documents, guint n, AverVerdict *verdicts, GError **errors)
{
  if (post->isolate != NULL) {
    aver_isolate_decode(post->isolate, worker, records, documents, n, verdicts, errors);
    return;
  }
  for (guint i = 0; i < n; i++) {
    if (gives_up(post, &verdicts[i], &errors[i]))
      return;
    if (!post->plugin->decode(post->self, post->workers[worker], records[i], documents[i],
                              &errors[i]))
      verdicts[i] = AVER_FAIL;
  }
}

void aver_post_decode(const AverPost *post, guint worker, const AverRecord *const *records,
                      AverDocument *const *documents, guint n, AverVerdict *verdicts,
                      GError **errors)
{
  guint first = 0;
  for (guint i = 1; i <= n; i++) {
    if (i < n && records[i]->delegate == records[first]->delegate)
      continue;
    decode(aver_post_of(post, records[first]), worker, records + first, documents + first,
           i - first, verdicts + first, errors + first);
    first = i;
  }
}
