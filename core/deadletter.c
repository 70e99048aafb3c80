/* SPDX-License-Identifier: Apache-2.0 */
/* Dead letters: the records that failed, each with its error, as JSON Lines. */
#include "deadletter.h"

#include "display.h"
#include "job.h"
#include "live.h"
#include "patience.h"
#include "shard.h"

#include <aver/json.h>
#include <aver/output.h>
#include <aver/text.h>
#include <string.h>
#include <unistd.h>

struct AverDeadLetters {
  const AverPlugin *reader;
  GHashTable *files; /* path -> AverOutput */
  AverBuffer line;
};

static void output_free(gpointer output)
{
  aver_output_free(output);
}

/* The name that a file goes by in a journal. */
static char *key_of(const char *path)
{
  g_autofree char *name = aver_display_name(path);
  return g_strdup_printf("dead letters %s", name);
}

static AverOutput *open_file(const AverPipeline *pipeline, const char *path, gboolean live,
                             AverJob *job, GError **error)
{
  g_autofree char *key = key_of(path);
  const char *shard = job == NULL ? NULL : aver_job_get_shard_folder(job);
  if (job == NULL)
    return aver_live_open_output(live, path, error);
  if (shard == NULL)
    return aver_job_open_output(job, key, path, error);
  g_autofree char *kept = aver_shard_get_letters(shard, aver_shard_number_letters(pipeline, path));
  return aver_job_open_output(job, key, kept, error);
}

AverDeadLetters *aver_dead_letters_new(const AverPipeline *pipeline, AverJob *job, GError **error)
{
  g_autoptr(AverDeadLetters) letters = g_new0(AverDeadLetters, 1);
  letters->reader = ((AverStage *) g_ptr_array_index(pipeline->stages, 0))->plugin;
  letters->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, output_free);
  for (guint i = 0; i < pipeline->stages->len; i++) {
    const AverStage *stage = g_ptr_array_index(pipeline->stages, i);
    if (stage->policy != AVER_POLICY_DEAD_LETTER ||
        g_hash_table_contains(letters->files, stage->dead_letter))
      continue;
    AverOutput *output = open_file(pipeline, stage->dead_letter, stage->live, job, error);
    if (output == NULL)
      return NULL;
    g_hash_table_insert(letters->files, g_strdup(stage->dead_letter), output);
  }
  return g_steal_pointer(&letters);
}

void aver_dead_letters_free(AverDeadLetters *letters)
{
  if (letters == NULL)
    return;
  g_hash_table_unref(letters->files);
  aver_buffer_clear(&letters->line);
  g_free(letters);
}

gboolean aver_dead_letters_commit(AverDeadLetters *letters, GHashTable *positions, GError **error)
{
  GHashTableIter iter;
  gpointer path, output;
  g_hash_table_iter_init(&iter, letters->files);
  while (g_hash_table_iter_next(&iter, &path, &output)) {
    GString *position = g_string_new(NULL);
    gboolean good = aver_output_commit(output, position, error);
    g_hash_table_insert(positions, key_of(path), g_string_free(position, FALSE));
    if (!good)
      return FALSE;
  }
  return TRUE;
}

static gboolean copy_file(const char *path, AverOutput *output, GError **error)
{
  guint64 size;
  int fd = aver_open_regular(path, &size, error);
  if (fd < 0)
    return FALSE;
  g_autoptr(GMappedFile) file = g_mapped_file_new_from_fd(fd, FALSE, error);
  close(fd);
  if (file == NULL)
    return FALSE;
  return aver_output_write(output, g_mapped_file_get_contents(file), g_mapped_file_get_length(file),
                           error);
}

gboolean aver_dead_letters_add_shard(AverDeadLetters *letters, const AverPipeline *pipeline,
                                     const char *folder, GError **error)
{
  GHashTableIter iter;
  gpointer path, output;
  g_hash_table_iter_init(&iter, letters->files);
  while (g_hash_table_iter_next(&iter, &path, &output)) {
    g_autofree char *kept =
        aver_shard_get_letters(folder, aver_shard_number_letters(pipeline, path));
    if (!copy_file(kept, output, error))
      return FALSE;
  }
  return TRUE;
}

gboolean aver_dead_letters_close(AverDeadLetters *letters, GError **error)
{
  GHashTableIter iter;
  gpointer output;
  g_hash_table_iter_init(&iter, letters->files);
  while (g_hash_table_iter_next(&iter, NULL, &output))
    if (!aver_output_close(output, error))
      return FALSE;
  return TRUE;
}

static void append_record(AverBuffer *line, const AverItem *item)
{
  const AverRecord *record = &item->record;
  if (record->data == NULL) {
    aver_buffer_append_string(line, "\"record\":null");
  } else if (aver_utf8_validate(record->data, record->length, NULL)) {
    aver_buffer_append_string(line, "\"record\":");
    aver_json_append_string(line, record->data, record->length);
  } else {
    g_autofree char *base64 = g_base64_encode((const guchar *) record->data, record->length);
    aver_buffer_append_string(line, "\"record_base64\":");
    aver_json_append_string(line, base64, strlen(base64));
  }
}

gboolean aver_dead_letters_add(AverDeadLetters *letters, const AverItem *item, GError **error)
{
  if (item->failed_in->policy != AVER_POLICY_DEAD_LETTER)
    return TRUE;
  AverOutput *output = g_hash_table_lookup(letters->files, item->failed_in->dead_letter);
  AverBuffer *line = &letters->line;
  line->length = 0;
  aver_buffer_append_string(line, "{\"error\":");
  aver_json_append_string(line, item->error->message, strlen(item->error->message));
  aver_buffer_append_string(line, ",\"line\":");
  aver_json_append_integer(line, (gint64) item->record.line);
  if (item->record.member > 0) {
    const char *member = item->origin + item->record.member;
    aver_buffer_append_string(line, ",\"member\":");
    aver_json_append_string(line, member, strlen(member));
  }
  aver_buffer_append_string(line, ",\"offset\":");
  aver_json_append_integer(line, (gint64) item->record.offset);
  aver_buffer_append_string(line, ",\"origin\":");
  aver_json_append_string(line, item->origin, strlen(item->origin));
  aver_buffer_append_char(line, ',');
  if (item->record.delegate > 0) {
    const char *reader = letters->reader->delegates[item->record.delegate - 1];
    aver_buffer_append_string(line, "\"reader\":");
    aver_json_append_string(line, reader, strlen(reader));
    aver_buffer_append_char(line, ',');
  }
  append_record(line, item);
  aver_buffer_append_string(line, ",\"stage\":");
  aver_json_append_string(line, item->failed_in->name, strlen(item->failed_in->name));
  aver_buffer_append_string(line, "}\n");
  return aver_output_write(output, line->data, line->length, error);
}
