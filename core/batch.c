/* SPDX-License-Identifier: Apache-2.0 */
/* A batch: consecutive documents that travel through the pipeline together. */
#include "batch.h"

/* Measured: the cost of handing a batch over vanishes from some 64 documents or 256 KB on. */
#define MOST_DOCUMENTS 64
#define MOST_BYTES     (256 * 1024)

/* Buffers larger than this are given back when a batch is emptied. */
#define LARGEST_KEPT (4 * 1024 * 1024)

static void item_clear(gpointer data)
{
  AverItem *item = data;
  g_clear_pointer(&item->origin, g_ref_string_release);
  g_clear_error(&item->error);
}

AverBatch *aver_batch_new(void)
{
  AverBatch *batch = g_new0(AverBatch, 1);
  batch->items = g_array_new(FALSE, FALSE, sizeof(AverItem));
  g_array_set_clear_func(batch->items, item_clear);
  batch->documents = g_ptr_array_new_with_free_func((GDestroyNotify) aver_document_unref);
  batch->limit = G_MAXUINT;
  return batch;
}

void aver_batch_free(AverBatch *batch)
{
  if (batch == NULL)
    return;
  g_array_unref(batch->items);
  g_ptr_array_unref(batch->documents);
  aver_buffer_clear(&batch->bytes);
  aver_buffer_clear(&batch->encoded);
  g_clear_error(&batch->fatal);
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
  empty(&batch->encoded);
  batch->limit = G_MAXUINT;
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

static void fail(AverBatch *batch, guint index, const AverPost *post, GError *error)
{
  AverItem *item = &g_array_index(batch->items, AverItem, index);
  if (error == NULL)
    g_set_error(&error, AVER_ERROR, AVER_ERROR_FAILED, "failed without saying why");
  item->state = AVER_ITEM_FAILED;
  item->failed_in = post->stage;
  item->error = error;
  if (post->stage->policy == AVER_POLICY_STOP)
    batch->limit = MIN(batch->limit, index);
}

static AverItem *living(const AverBatch *batch, guint index)
{
  AverItem *item = &g_array_index(batch->items, AverItem, index);
  return item->state == AVER_ITEM_ALIVE && index < batch->limit ? item : NULL;
}

void aver_batch_decode(AverBatch *batch, const AverPost *reader, guint worker)
{
  for (guint i = 0; i < batch->items->len; i++) {
    AverItem *item = living(batch, i);
    if (item == NULL)
      continue;
    GError *error = NULL;
    item->record.data = batch->bytes.data + item->position;
    AverDocument *document = g_ptr_array_index(batch->documents, i);
    if (!reader->plugin->decode(reader->self, reader->workers[worker], &item->record, document,
                                &error))
      fail(batch, i, reader, error);
  }
}

void aver_batch_annotate(AverBatch *batch, const AverPost *annotator, guint worker)
{
  for (guint i = 0; i < batch->items->len; i++) {
    AverItem *item = living(batch, i);
    if (item == NULL)
      continue;
    GError *error = NULL;
    AverDocument *document = g_ptr_array_index(batch->documents, i);
    AverVerdict verdict =
        annotator->plugin->process(annotator->self, annotator->workers[worker], document, &error);
    if (verdict == AVER_KEEP && error == NULL)
      continue;
    if (verdict == AVER_DROP && error == NULL)
      item->state = AVER_ITEM_DROPPED;
    else
      fail(batch, i, annotator, error);
  }
}

void aver_batch_encode(AverBatch *batch, const AverPost *writer, guint worker)
{
  for (guint i = 0; i < batch->items->len; i++) {
    if (living(batch, i) == NULL)
      continue;
    GError *error = NULL;
    gsize length = batch->encoded.length;
    AverDocument *document = g_ptr_array_index(batch->documents, i);
    if (!writer->plugin->encode(writer->self, writer->workers[worker], document, &batch->encoded,
                                &error)) {
      batch->encoded.length = length;
      fail(batch, i, writer, error);
    }
  }
}
