/* SPDX-License-Identifier: Apache-2.0 */
/* Delegates: readers that work for another reader. */
#include "delegate.h"

#include "input-private.h"
#include "sandbox.h"

#include <string.h>

AverDelegates *aver_delegates_new(AverStage *reader, AverRegistry *registry)
{
  AverDelegates *delegates = g_new0(AverDelegates, 1);
  delegates->reader = reader;
  delegates->registry = registry;
  delegates->n = g_strv_length((char **) reader->plugin->delegates);
  delegates->list = g_new0(AverDelegate, delegates->n);
  return delegates;
}

void aver_delegates_free(AverDelegates *delegates)
{
  if (delegates == NULL)
    return;
  aver_delegates_close(delegates);
  for (guint i = 0; i < delegates->n; i++)
    aver_stage_free(delegates->list[i].stage);
  if (delegates->owns_registry)
    aver_registry_free(delegates->registry);
  g_free(delegates->list);
  g_free(delegates);
}

guint aver_delegates_count(const AverStage *stage)
{
  return stage->delegates == NULL ? 0 : stage->delegates->n;
}

guint32 aver_delegates_find(const AverDelegates *delegates, const char *name, gsize length)
{
  for (guint i = 0; delegates != NULL && i < delegates->n; i++) {
    const char *known = delegates->reader->plugin->delegates[i];
    if (strlen(known) == length && memcmp(known, name, length) == 0)
      return i + 1;
  }
  return 0;
}

gboolean aver_delegates_may_isolate(const AverDelegates *delegates, guint32 number)
{
  const AverStage *stage = delegates->list[number - 1].stage;
  if (stage != NULL)
    return stage->isolation.wanted;
  const AverIsolationConfig *said = &delegates->isolation;
  gboolean may_ask = !said->has_isolate || !said->has_sandbox; /* the plugin, when it is loaded */
  return may_ask || said->value.wanted || said->value.sandbox != AVER_SANDBOX_NO;
}

/* What a delegate has from its reader, when the run is about to begin. */
static void inherit(const AverDelegates *delegates, AverStage *stage)
{
  const AverStage *reader = delegates->reader;
  g_strfreev(stage->inputs);
  stage->inputs = g_strdupv(reader->inputs);
  stage->max_record = reader->max_record;
  stage->policy = reader->policy;
  g_free(stage->dead_letter);
  stage->dead_letter = g_strdup(reader->dead_letter);
  stage->retries = reader->retries;
  stage->backoff = reader->backoff;
  stage->halt = reader->halt;
  stage->lent = delegates->input;
}

/* Whether the sandbox that it has to have can be had, which the check does not ask for all. */
static gboolean may_run(const AverStage *stage, GError **error)
{
  g_autoptr(GError) failure = NULL;
  if (stage->isolation.sandbox != AVER_SANDBOX_YES || aver_sandbox_available(&failure))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
              "plugin '%s' cannot run in a sandbox: %s; expected it, or \"sandbox\": "
              "\"when-available\" in the pipeline file",
              stage->plugin->name, failure->message);
  return FALSE;
}

AverStage *aver_delegates_load(AverDelegates *delegates, guint32 number, GError **error)
{
  AverDelegate *delegate = &delegates->list[number - 1];
  if (delegate->stage != NULL)
    return delegate->stage;
  const char *name = delegates->reader->plugin->delegates[number - 1];
  const AverPlugin *plugin = aver_registry_find(delegates->registry, name, error);
  if (plugin == NULL)
    return NULL;
  if (plugin->kind != AVER_PLUGIN_READER || plugin->delegates != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN,
                "plugin '%s' is no reader that '%s' could delegate to", name,
                delegates->reader->plugin->name);
    return NULL;
  }
  const char *folder = aver_registry_get_folder_of(delegates->registry, plugin);
  g_autoptr(AverStage) stage = aver_stage_new(plugin, name, folder);
  stage->delegate = number;
  aver_isolation_apply(&stage->isolation, &delegates->isolation);
  if (!may_run(stage, error))
    return NULL;
  inherit(delegates, stage);
  delegate->stage = g_steal_pointer(&stage);
  return delegate->stage;
}

/* Without a crew: for one worker. */
static gboolean open_alone(AverDelegate *delegate, GError **error)
{
  const AverPlugin *plugin = delegate->stage->plugin;
  GError *failure = NULL;
  if (plugin->open != NULL)
    delegate->self = plugin->open(delegate->stage, &failure);
  delegate->opened = failure == NULL;
  if (failure == NULL && plugin->start != NULL)
    delegate->worker = plugin->start(delegate->self, &failure);
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

gboolean aver_delegates_open(AverDelegates *delegates, guint32 number, GError **error)
{
  AverDelegate *delegate = &delegates->list[number - 1];
  if (delegate->opened)
    return TRUE;
  if (aver_delegates_load(delegates, number, error) == NULL)
    return FALSE;
  inherit(delegates, delegate->stage);
  if (delegates->open == NULL)
    return open_alone(delegate, error);
  delegate->opened = delegates->open(delegates->data, number, &delegate->self, error);
  return delegate->opened;
}

void aver_delegates_close(AverDelegates *delegates)
{
  for (guint i = 0; i < delegates->n; i++) {
    AverDelegate *delegate = &delegates->list[i];
    const AverPlugin *plugin = delegate->stage == NULL ? NULL : delegate->stage->plugin;
    if (delegates->open == NULL && delegate->opened && plugin->stop != NULL)
      plugin->stop(delegate->self, delegate->worker);
    if (delegates->open == NULL && delegate->opened && plugin->close != NULL)
      plugin->close(delegate->self);
    delegate->opened = FALSE;
    delegate->self = delegate->worker = NULL;
  }
  delegates->open = NULL;
  g_clear_pointer(&delegates->input, aver_input_free);
}

void aver_stage_lend_input(AverStage *stage, AverInput *input)
{
  g_return_if_fail(stage != NULL && stage->delegates != NULL && input != NULL);
  AverDelegates *delegates = stage->delegates;
  input->confined = TRUE;
  aver_input_share_cut_by(input, AVER_SHARE_LOOKED_AT);
  aver_input_ref(input);
  aver_input_free(delegates->input);
  delegates->input = input;
}

guint32 aver_stage_open_delegate(AverStage *stage, const char *name, GError **error)
{
  g_return_val_if_fail(stage != NULL && name != NULL, 0);
  guint32 number = aver_delegates_find(stage->delegates, name, strlen(name));
  if (number == 0)
    g_set_error(error, AVER_ERROR, AVER_ERROR_PLUGIN, "'%s' is no delegate of '%s'", name,
                stage->plugin->name);
  return number > 0 && aver_delegates_open(stage->delegates, number, error) ? number : 0;
}

static AverDelegate *get(const AverStage *stage, guint32 number)
{
  g_return_val_if_fail(stage != NULL && stage->delegates != NULL, NULL);
  g_return_val_if_fail(number > 0 && number <= stage->delegates->n, NULL);
  AverDelegate *delegate = &stage->delegates->list[number - 1];
  g_return_val_if_fail(delegate->opened, NULL);
  return delegate;
}

AverCut aver_stage_cut_delegate(AverStage *stage, guint32 number, gboolean may_block,
                                AverRecord *record, GError **error)
{
  const AverDelegate *delegate = get(stage, number);
  g_return_val_if_fail(delegate != NULL && record != NULL, AVER_CUT_FATAL);
  const AverPlugin *plugin = delegate->stage->plugin;
  gboolean splits = (plugin->flags & AVER_PLUGIN_SPLITS) != 0;
  AverInput *input = stage->delegates->input;
  aver_input_share_cut_by(input, splits ? AVER_SHARE_LINES : AVER_SHARE_WHOLE);
  AverCut cut = plugin->cut(delegate->self, may_block, record, error);
  aver_input_share_cut_by(input, AVER_SHARE_LOOKED_AT);
  if (cut == AVER_CUT_RECORD || cut == AVER_CUT_BAD)
    record->delegate = number;
  return cut;
}

gboolean aver_stage_get_delegate_cursor(AverStage *stage, guint32 number, GString *cursor)
{
  const AverDelegate *delegate = get(stage, number);
  g_return_val_if_fail(delegate != NULL && cursor != NULL, FALSE);
  if (delegate->stage->plugin->cursor == NULL)
    return FALSE;
  delegate->stage->plugin->cursor(delegate->self, cursor);
  return TRUE;
}

gboolean aver_stage_seek_delegate(AverStage *stage, guint32 number, const char *cursor,
                                  GError **error)
{
  const AverDelegate *delegate = get(stage, number);
  g_return_val_if_fail(delegate != NULL && cursor != NULL, FALSE);
  if (delegate->stage->plugin->seek != NULL)
    return delegate->stage->plugin->seek(delegate->self, cursor, error);
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "reader '%s' cannot go on at a position",
              delegate->stage->name);
  return FALSE;
}
