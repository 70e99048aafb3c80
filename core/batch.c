/* SPDX-License-Identifier: Apache-2.0 */
/* A batch: consecutive documents that travel through the pipeline together. */
#include "batch.h"

#include <string.h>

/* Measured: the cost of handing a batch over vanishes from some 64 documents or 256 KB on. */
#define MOST_DOCUMENTS 256
#define MOST_BYTES     (256 * 1024)

/* Buffers larger than this are given back when a batch is emptied. */
#define LARGEST_KEPT (4 * 1024 * 1024)

static void item_clear(gpointer data)
{
  AverItem *item = data;
  g_clear_pointer(&item->origin, g_ref_string_release);
  g_clear_error(&item->error);
}

AverBatch *aver_batch_new(guint n_stages, guint n_writers)
{
  AverBatch *batch = g_new0(AverBatch, 1);
  batch->items = g_array_new(FALSE, FALSE, sizeof(AverItem));
  g_array_set_clear_func(batch->items, item_clear);
  batch->documents = g_ptr_array_new_with_free_func((GDestroyNotify) aver_document_unref);
  batch->limit = G_MAXUINT;
  batch->n_stages = n_stages;
  batch->nanoseconds = g_new0(gint64, n_stages);
  batch->n_sheets = n_writers;
  batch->sheets = g_new0(AverSheet, n_writers);
  for (guint i = 0; i < n_writers; i++)
    batch->sheets[i].ends = g_array_new(FALSE, FALSE, sizeof(gsize));
  batch->cursor = g_string_new(NULL);
  return batch;
}

void aver_batch_free(AverBatch *batch)
{
  if (batch == NULL)
    return;
  g_array_unref(batch->items);
  g_ptr_array_unref(batch->documents);
  aver_buffer_clear(&batch->bytes);
  for (guint i = 0; i < batch->n_sheets; i++) {
    aver_buffer_clear(&batch->sheets[i].bytes);
    g_array_unref(batch->sheets[i].ends);
  }
  g_free(batch->sheets);
  g_free(batch->nanoseconds);
  g_clear_error(&batch->fatal);
  g_string_free(batch->cursor, TRUE);
  g_free(batch);
}

static void empty(AverBuffer *buffer)
{
  if (buffer->capacity > LARGEST_KEPT)
    aver_buffer_clear(buffer);
  buffer->length = 0;
}

void aver_batch_reset(AverBatch *batch)
{
  for (guint i = 0; i < batch->items->len; i++)
    aver_document_reset(g_ptr_array_index(batch->documents, i));
  g_array_set_size(batch->items, 0);
  empty(&batch->bytes);
  for (guint i = 0; i < batch->n_sheets; i++) {
    empty(&batch->sheets[i].bytes);
    g_array_set_size(batch->sheets[i].ends, 0);
  }
  memset(batch->nanoseconds, 0, batch->n_stages * sizeof *batch->nanoseconds);
  batch->not_taken = 0;
  batch->limit = G_MAXUINT;
  batch->given_up = batch->stopped = FALSE;
  g_string_truncate(batch->cursor, 0);
  g_clear_error(&batch->fatal);
}

gboolean aver_batch_is_full(const AverBatch *batch)
{
  return batch->items->len >= MOST_DOCUMENTS || batch->bytes.length >= MOST_BYTES;
}

/* The records of a batch mostly come from one file: share its name. */
static char *share_origin(const AverBatch *batch, const char *origin)
{
  if (batch->items->len > 0) {
    char *last = g_array_index(batch->items, AverItem, batch->items->len - 1).origin;
    if (g_strcmp0(last, origin) == 0)
      return g_ref_string_acquire(last);
  }
  return g_ref_string_new(origin == NULL ? "" : origin);
}

void aver_batch_add(AverBatch *batch, const AverRecord *record, const AverStage *reader,
                    GError *failure)
{
  AverItem item = {
      .record = *record,
      .position = batch->bytes.length,
      .origin = share_origin(batch, record->origin),
      .state = failure == NULL ? AVER_ITEM_ALIVE : AVER_ITEM_FAILED,
      .failed_in = reader,
      .error = failure,
  };
  item.record.origin = item.origin;
  if (failure != NULL) {
    item.record.data = NULL;
    item.record.length = 0;
  }
  aver_buffer_append(&batch->bytes, record->data, item.record.length);
  g_array_append_val(batch->items, item);
  if (batch->documents->len < batch->items->len)
    g_ptr_array_add(batch->documents, aver_document_new());
  if (failure != NULL && reader->policy == AVER_POLICY_STOP)
    batch->limit = MIN(batch->limit, batch->items->len - 1);
}

static void fail(AverBatch *batch, guint index, const AverPost *post)
{
  AverItem *item = &g_array_index(batch->items, AverItem, index);
  item->state = AVER_ITEM_FAILED;
  item->again = FALSE;
  item->failed_in = aver_post_of(post, &item->record)->stage;
  if (post->stage->policy == AVER_POLICY_STOP)
    batch->limit = MIN(batch->limit, index);
}

/* Whether items are worked on at all. */
static gboolean goes_on(AverBatch *batch, const AverPost *post)
{
  batch->given_up = batch->given_up || aver_halt_is_due(post->halt);
  return !batch->given_up;
}

/* Whether the stage has anything to do with an item. */
static gboolean concerns(const AverBatch *batch, guint index, const AverPost *post)
{
  const AverExpression *when = post->stage->when;
  return index < batch->limit &&
         g_array_index(batch->items, AverItem, index).state == AVER_ITEM_ALIVE &&
         (when == NULL || aver_expression_holds(when, g_ptr_array_index(batch->documents, index)));
}

/* Some documents of a batch, side by side. */
typedef struct {
  guint n;
  guint indices[MOST_DOCUMENTS];
  const AverRecord *records[MOST_DOCUMENTS];
  AverDocument *documents[MOST_DOCUMENTS];
  AverVerdict verdicts[MOST_DOCUMENTS];
  GError *errors[MOST_DOCUMENTS];
} Group;

static void group_add(Group *group, const AverBatch *batch, guint index)
{
  guint n = group->n++;
  group->indices[n] = index;
  group->records[n] = &g_array_index(batch->items, AverItem, index).record;
  group->documents[n] = g_ptr_array_index(batch->documents, index);
  group->verdicts[n] = AVER_KEEP;
  group->errors[n] = NULL;
}

/* A stage left an item undone because the run is to end; no item is to blame. */
static void leave(AverBatch *batch, guint index, AverHalt *halt)
{
  batch->limit = MIN(batch->limit, index);
  batch->stopped = TRUE;
  aver_halt_extend(halt);
}

/* Notes how an attempt ended; @error (transfer full) (nullable). */
static void note(AverBatch *batch, guint index, const AverPost *post, AverVerdict verdict,
                 GError *error)
{
  AverItem *item = &g_array_index(batch->items, AverItem, index);
  gboolean failed = verdict == AVER_FAIL || error != NULL;
  gboolean stopped = error != NULL && g_error_matches(error, AVER_ERROR, AVER_ERROR_STOPPED);
  if (failed && error == NULL)
    g_set_error(&error, AVER_ERROR, AVER_ERROR_FAILED, "failed without saying why");
  if (stopped && !aver_halt_is_wanted(post->halt)) {
    error->code = AVER_ERROR_FAILED;
    stopped = FALSE;
  }
  g_clear_error(&item->error);
  item->error = error;
  item->again = failed && !stopped;
  if (stopped) {
    leave(batch, index, post->halt);
  } else if (!failed && verdict == AVER_DROP) {
    item->state = AVER_ITEM_DROPPED;
    item->failed_in = post->stage;
  }
}

/* Documents through a reader or an annotator, once; what goes wrong is the items' error. */
static void attempt(AverBatch *batch, Group *group, const AverPost *post, guint worker)
{
  if (post->plugin->kind == AVER_PLUGIN_READER)
    aver_post_decode(post, worker, group->records, group->documents, group->n, group->verdicts,
                     group->errors);
  else
    aver_post_process(post, worker, group->documents, group->n, group->verdicts, group->errors);
  for (guint i = 0; i < group->n; i++)
    if (group->verdicts[i] != AVER_KEEP || group->errors[i] != NULL)
      note(batch, group->indices[i], post, group->verdicts[i], group->errors[i]);
}

/* Waits before an attempt beyond the first; FALSE when the run is to end. */
static gboolean wait_before(AverBatch *batch, const AverPost *post, guint retry)
{
  double seconds = post->stage->backoff * (double) (1u << MIN(retry, 16));
  batch->given_up = batch->given_up || !aver_post_pause(post, seconds, NULL);
  return !batch->given_up;
}

/* What failed in this stage, to be tried once more. */
static void gather_again(AverBatch *batch, Group *group, const AverPost *post)
{
  group->n = 0;
  for (guint i = 0; i < MIN(batch->items->len, batch->limit); i++) {
    AverItem *item = &g_array_index(batch->items, AverItem, i);
    if (!item->again)
      continue;
    item->again = FALSE;
    g_clear_error(&item->error);
    if (post->plugin->kind == AVER_PLUGIN_READER)
      aver_document_reset(g_ptr_array_index(batch->documents, i));
    group_add(group, batch, i);
  }
}

static gboolean has_again(const AverBatch *batch)
{
  for (guint i = 0; i < MIN(batch->items->len, batch->limit); i++)
    if (g_array_index(batch->items, AverItem, i).again)
      return TRUE;
  return FALSE;
}

/* Tries again, with one pause for all that failed, as often as the stage says. */
static void insist(AverBatch *batch, Group *group, const AverPost *post, guint worker)
{
  for (guint retry = 0; retry < post->stage->retries && !batch->given_up && has_again(batch) &&
                        wait_before(batch, post, retry);
       retry++) {
    gather_again(batch, group, post);
    attempt(batch, group, post, worker);
  }
  for (guint i = 0; i < batch->items->len; i++)
    if (g_array_index(batch->items, AverItem, i).again)
      fail(batch, i, post);
}

/* One document after the other when the stage has to see them in order, retries and all. */
static void pass_all(AverBatch *batch, const AverPost *post, guint worker)
{
  Group group;
  gboolean singly = post->in_order && post->stage->retries > 0;
  group.n = 0;
  if (!goes_on(batch, post))
    return;
  for (guint i = 0; i < batch->items->len && !batch->given_up; i++) {
    if (!concerns(batch, i, post))
      continue;
    group_add(&group, batch, i);
    if (!singly)
      continue;
    attempt(batch, &group, post, worker);
    if (g_array_index(batch->items, AverItem, i).again)
      insist(batch, &group, post, worker);
    group.n = 0;
  }
  attempt(batch, &group, post, worker);
  insist(batch, &group, post, worker);
}

void aver_batch_decode(AverBatch *batch, const AverPost *reader, guint worker)
{
  for (guint i = 0; i < batch->items->len; i++) {
    AverItem *item = &g_array_index(batch->items, AverItem, i);
    if (item->state == AVER_ITEM_ALIVE)
      item->record.data = batch->bytes.data + item->position;
  }
  pass_all(batch, reader, worker);
}

void aver_batch_annotate(AverBatch *batch, const AverPost *annotator, guint worker)
{
  pass_all(batch, annotator, worker);
}

static void encode(AverBatch *batch, guint index, const AverPost *writer, guint worker)
{
  AverBuffer *bytes = &batch->sheets[writer->sheet].bytes;
  gsize length = bytes->length;
  AverItem *item = &g_array_index(batch->items, AverItem, index);
  AverDocument *document = g_ptr_array_index(batch->documents, index);
  GError *error = NULL;
  if (writer->plugin->encode(writer->self, writer->workers[worker], document, bytes, &error)) {
    g_clear_error(&error);
    note(batch, index, writer, AVER_KEEP, NULL);
    item->written = TRUE;
    return;
  }
  bytes->length = length;
  note(batch, index, writer, AVER_FAIL, error);
}

/* Encodes one document, if need be several times. */
static void write_out(AverBatch *batch, guint index, const AverPost *writer, guint worker)
{
  AverItem *item = &g_array_index(batch->items, AverItem, index);
  encode(batch, index, writer, worker);
  for (guint retry = 0;
       item->again && retry < writer->stage->retries && wait_before(batch, writer, retry); retry++)
    encode(batch, index, writer, worker);
  if (item->again)
    fail(batch, index, writer);
}

void aver_batch_encode(AverBatch *batch, const AverPost *writer, guint worker)
{
  AverSheet *sheet = &batch->sheets[writer->sheet];
  for (guint i = 0; i < batch->items->len; i++) {
    if (goes_on(batch, writer) && concerns(batch, i, writer))
      write_out(batch, i, writer, worker);
    g_array_append_val(sheet->ends, sheet->bytes.length);
  }
}

/* Closes the gaps that items which are not wanted leave. */
static void squeeze(const AverBatch *batch, AverSheet *sheet)
{
  gsize start = 0, length = 0;
  for (guint i = 0; i < sheet->ends->len; i++) {
    gsize *end = &g_array_index(sheet->ends, gsize, i);
    const AverItem *item = &g_array_index(batch->items, AverItem, i);
    gsize bytes = item->state == AVER_ITEM_FAILED || i >= batch->limit ? 0 : *end - start;
    if (bytes > 0 && start > length)
      memmove(sheet->bytes.data + length, sheet->bytes.data + start, bytes);
    start = *end;
    length += bytes;
    *end = length;
  }
  sheet->bytes.length = length;
}

void aver_batch_settle(AverBatch *batch)
{
  gboolean failed = batch->limit < batch->items->len;
  for (guint i = 0; i < batch->items->len; i++) {
    AverItem *item = &g_array_index(batch->items, AverItem, i);
    failed = failed || item->state == AVER_ITEM_FAILED;
    if (item->state == AVER_ITEM_ALIVE && !item->written) {
      item->state = AVER_ITEM_DROPPED;
      item->failed_in = NULL;
    }
  }
  for (guint i = 0; failed && i < batch->n_sheets; i++)
    squeeze(batch, &batch->sheets[i]);
}

void aver_batch_truncate(AverBatch *batch, guint limit)
{
  batch->limit = limit;
  for (guint i = 0; i < batch->n_sheets; i++) {
    AverSheet *sheet = &batch->sheets[i];
    if (limit < sheet->ends->len)
      sheet->bytes.length = limit == 0 ? 0 : g_array_index(sheet->ends, gsize, limit - 1);
  }
}
