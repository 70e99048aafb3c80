/* SPDX-License-Identifier: Apache-2.0 */
/* Replay: the records of a file of dead letters, instead of those a reader cuts. */
#include "replay.h"

#include "delegate.h"

#include <aver/json.h>
#include <string.h>

/* A byte of a record takes at most six in a dead letter (\u001f); the rest of one, its origin and
 * error, is far from this. */
#define ESCAPED_BYTES 6
#define REST_BYTES    ((gsize) 1 << 20)

struct AverReplay {
  AverStage *reader;
  AverInput *input;
  gsize max_line;
  AverJsonScanner scanner;
  AverBuffer data;
  AverBuffer origin;
  AverBuffer member;
  AverBuffer delegate;
  AverBuffer error;
};

/* The members of a dead letter that are found; what they hold is in the replay's buffers. */
typedef struct {
  gboolean has_record;
  gboolean unread; /* the record is null */
  gboolean has_origin;
  guint64 line;
  guint64 offset;
} Letter;

AverReplay *aver_replay_new(const AverPipeline *pipeline)
{
  AverStage *reader = g_ptr_array_index(pipeline->stages, 0);
  const char *const paths[] = {pipeline->replay, NULL};
  AverReplay *replay = g_new0(AverReplay, 1);
  replay->reader = reader;
  replay->input = aver_input_new(paths, NULL);
  replay->max_line = reader->max_record * ESCAPED_BYTES + REST_BYTES;
  return replay;
}

void aver_replay_free(AverReplay *replay)
{
  if (replay == NULL)
    return;
  aver_input_free(replay->input);
  aver_json_scanner_clear(&replay->scanner);
  aver_buffer_clear(&replay->data);
  aver_buffer_clear(&replay->origin);
  aver_buffer_clear(&replay->member);
  aver_buffer_clear(&replay->delegate);
  aver_buffer_clear(&replay->error);
  g_free(replay);
}

static gboolean take_string(const AverJsonValue *value, AverBuffer *to)
{
  to->length = 0;
  if (value->kind != AVER_JSON_STRING)
    return FALSE;
  to->length = aver_json_unescape(value, aver_buffer_reserve(to, value->length + 1));
  to->data[to->length] = '\0';
  return TRUE;
}

static gboolean take_base64(const AverJsonValue *value, AverBuffer *to)
{
  if (!take_string(value, to))
    return FALSE;
  gint state = 0;
  guint save = 0;
  to->length = g_base64_decode_step(to->data, to->length, (guchar *) to->data, &state, &save);
  return TRUE;
}

static gboolean take_number(const AverJsonValue *value, guint64 *number)
{
  char digits[24];
  if (value->kind != AVER_JSON_NUMBER || value->length >= sizeof digits)
    return FALSE;
  memcpy(digits, value->text, value->length);
  digits[value->length] = '\0';
  return g_ascii_string_to_unsigned(digits, 10, 0, G_MAXUINT64, number, NULL);
}

static gboolean is_key(const AverJsonValue *key, const char *name)
{
  return !key->escaped && key->length == strlen(name) && memcmp(key->text, name, key->length) == 0;
}

static gboolean take_member(AverReplay *replay, const AverJsonValue *key,
                            const AverJsonValue *value, Letter *letter)
{
  if (is_key(key, "record")) {
    letter->unread = value->kind == AVER_JSON_NULL;
    return letter->unread || (letter->has_record = take_string(value, &replay->data));
  }
  if (is_key(key, "record_base64"))
    return letter->has_record = take_base64(value, &replay->data);
  if (is_key(key, "origin"))
    return letter->has_origin = take_string(value, &replay->origin);
  if (is_key(key, "member"))
    return take_string(value, &replay->member);
  if (is_key(key, "reader"))
    return take_string(value, &replay->delegate);
  if (is_key(key, "error"))
    return take_string(value, &replay->error);
  if (is_key(key, "line"))
    return take_number(value, &letter->line);
  if (is_key(key, "offset"))
    return take_number(value, &letter->offset);
  return TRUE;
}

static gboolean read_letter(AverReplay *replay, const AverRecord *line, Letter *letter,
                            GError **error)
{
  AverJsonValue key, value;
  g_autoptr(GError) failure = NULL;
  replay->data.length = replay->error.length = replay->member.length = 0;
  replay->delegate.length = 0;
  if (!aver_json_scanner_begin(&replay->scanner, AVER_JSON_OBJECT, line->data, line->length,
                               &failure)) {
    g_propagate_prefixed_error(error, g_steal_pointer(&failure), "no dead letter: ");
    return FALSE;
  }
  while (aver_json_scanner_next(&replay->scanner, &key, &value, &failure)) {
    if (take_member(replay, &key, &value, letter))
      continue;
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "no dead letter: a wrong '%.*s'",
                (int) MIN(key.length, 40), key.text);
    return FALSE;
  }
  if (failure != NULL) {
    g_propagate_prefixed_error(error, g_steal_pointer(&failure), "no dead letter: ");
    return FALSE;
  }
  if (letter->has_origin && letter->has_record != letter->unread)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
              "no dead letter; expected 'origin', and 'record' or 'record_base64'");
  return FALSE;
}

/* Where in the origin the member's name starts, if it ends with that. */
static guint32 find_member(const AverReplay *replay)
{
  gsize length = replay->member.length, all = replay->origin.length;
  if (length == 0 || length >= all || all > G_MAXUINT32 ||
      memcmp(replay->origin.data + all - length, replay->member.data, length) != 0)
    return 0;
  return (guint32) (all - length);
}

/* The reader that the record was cut by: the pipeline's own, or one of its delegates. */
static gboolean find_reader(const AverReplay *replay, AverRecord *record, GError **error)
{
  const AverBuffer *name = &replay->delegate;
  AverStage *reader = replay->reader;
  if (name->length == 0 || strcmp(name->data, reader->plugin->name) == 0)
    return TRUE;
  guint32 number = aver_delegates_find(reader->delegates, name->data, name->length);
  if (number > 0 && !aver_delegates_open(reader->delegates, number, error))
    return FALSE;
  record->delegate = number;
  if (number == 0)
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "the record was read by '%s', which '%s' does not delegate to; expected a pipeline "
                "with that reader, or --reader",
                name->data, reader->plugin->name);
  return number > 0;
}

AverCut aver_replay_cut(AverReplay *replay, gboolean may_block, AverRecord *record, GError **error)
{
  Letter letter = {0};
  AverCut cut = aver_input_cut_line(replay->input, replay->max_line, may_block, record, error);
  if (cut != AVER_CUT_RECORD)
    return cut;
  if (!read_letter(replay, record, &letter, error))
    return AVER_CUT_BAD;
  *record = (AverRecord){.data = replay->data.length > 0 ? replay->data.data : "",
                         .length = replay->data.length,
                         .origin = replay->origin.data,
                         .offset = letter.offset,
                         .line = letter.line,
                         .member = find_member(replay)};
  if (!find_reader(replay, record, error))
    return AVER_CUT_BAD;
  if (!letter.unread)
    return AVER_CUT_RECORD;
  record->length = 0;
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "%s",
              replay->error.length > 0 ? replay->error.data
                                       : "the dead letter does not have the record");
  return AVER_CUT_BAD;
}
