/* SPDX-License-Identifier: Apache-2.0 */
/* auto-reader: has every file read by the reader for what is in it. */
#include "kinds.h"

/* Stands in a cursor for a reader when this plugin cut the last record itself. */
#define NOBODY "-"

typedef struct {
  AverStage *stage;
  AverInput *input;
  guint32 current; /* whose file is open; 0 for nobody's */
  guint32 last;    /* who cut the last record */
  guint32 resumed; /* whose file is open when the input went on inside one */
} AutoReader;

static gpointer auto_open(AverStage *stage, GError **error)
{
  (void) error;
  AutoReader *reader = g_new0(AutoReader, 1);
  reader->stage = stage;
  reader->input = aver_stage_open_input(stage);
  aver_stage_lend_input(stage, reader->input);
  return reader;
}

static void auto_close(gpointer self)
{
  AutoReader *reader = self;
  aver_input_free(reader->input);
  g_free(reader);
}

/* Gives the open file up; @failure (transfer full). */
static AverCut refuse(AutoReader *reader, AverRecord *record, GError *failure, GError **error)
{
  *record = (AverRecord){.data = "", .origin = record->origin, .member = record->member};
  aver_input_leave(reader->input);
  reader->last = 0;
  g_propagate_error(error, failure);
  return AVER_CUT_BAD;
}

/* Has the open file read by the reader for its kind. */
static AverCut assign(AutoReader *reader, const Kind *kind, AverRecord *record, GError **error)
{
  GError *failure = NULL;
  reader->current = aver_stage_open_delegate(reader->stage, kind->reader, &failure);
  if (reader->current > 0)
    return AVER_CUT_RECORD;
  if (!g_error_matches(failure, AVER_ERROR, AVER_ERROR_PLUGIN)) {
    g_propagate_error(error, failure);
    return AVER_CUT_FATAL;
  }
  g_prefix_error(&failure, "looks like %s: ", kind->what);
  return refuse(reader, record, failure, error);
}

/* Looks at the open file, at as little as will do: more may be long in coming. */
static AverCut choose(AutoReader *reader, gboolean may_block, AverRecord *record, GError **error)
{
  for (gsize wanted = 1;;) {
    AverCut cut = aver_input_peek(reader->input, wanted, may_block, record, error);
    if (cut == AVER_CUT_BAD)
      reader->last = 0;
    if (cut != AVER_CUT_RECORD)
      return cut;
    Beginning beginning;
    GError *failure = NULL;
    gboolean more, ended = record->length < wanted;
    gsize length = MIN(record->length, LOOKED_AT);
    beginning_init(&beginning, record->data, length, ended);
    const Kind *kind = kind_find(&beginning, record->origin, &more, &failure);
    if (kind != NULL)
      return assign(reader, kind, record, error);
    if (failure != NULL)
      return refuse(reader, record, failure, error);
    wanted = record->length + 1;
  }
}

/* Finds the reader of the next file. */
static AverCut enter(AutoReader *reader, gboolean may_block, AverRecord *record, GError **error)
{
  AverCut cut = aver_input_enter(reader->input, record, error);
  if (cut == AVER_CUT_BAD)
    reader->last = 0;
  if (cut != AVER_CUT_RECORD)
    return cut;
  guint32 resumed = reader->resumed;
  reader->resumed = 0;
  if (resumed == 0 || record->offset == 0)
    return choose(reader, may_block, record, error);
  reader->current = resumed;
  return AVER_CUT_RECORD;
}

/* Its reader has done with the file. */
static void leave(AutoReader *reader)
{
  AverRecord record;
  AverCut cut = aver_input_peek(reader->input, 0, FALSE, &record, NULL);
  if (cut == AVER_CUT_RECORD)
    aver_input_leave(reader->input);
  reader->current = 0;
}

static AverCut auto_cut(gpointer self, gboolean may_block, AverRecord *record, GError **error)
{
  AutoReader *reader = self;
  for (;;) {
    if (reader->current == 0) {
      AverCut cut = enter(reader, may_block, record, error);
      if (cut != AVER_CUT_RECORD)
        return cut;
    }
    AverCut cut = aver_stage_cut_delegate(reader->stage, reader->current, may_block, record, error);
    if (cut == AVER_CUT_RECORD || cut == AVER_CUT_BAD)
      reader->last = reader->current;
    if (cut != AVER_CUT_END)
      return cut;
    leave(reader);
  }
}

static gboolean auto_decode(gpointer self, gpointer worker, const AverRecord *record,
                            AverDocument *document, GError **error)
{
  (void) self;
  (void) worker;
  (void) record;
  (void) document;
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
              "nothing says which reader the record is for; expected --reader with its name");
  return FALSE;
}

static void auto_cursor(gpointer self, GString *cursor)
{
  AutoReader *reader = self;
  gsize length = cursor->len;
  if (reader->last > 0) {
    g_string_append_printf(cursor, "%s ", kind_readers[reader->last - 1]);
    if (aver_stage_get_delegate_cursor(reader->stage, reader->last, cursor))
      return;
    g_string_truncate(cursor, length);
  }
  g_string_append(cursor, NOBODY " ");
  aver_input_get_cursor(reader->input, cursor);
}

static gboolean auto_seek(gpointer self, const char *cursor, GError **error)
{
  AutoReader *reader = self;
  const char *space = strchr(cursor, ' ');
  if (space == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "'%s' is no position in an input", cursor);
    return FALSE;
  }
  g_autofree char *name = g_strndup(cursor, (gsize) (space - cursor));
  if (strcmp(name, NOBODY) == 0)
    return aver_input_seek(reader->input, space + 1, error);
  reader->last = reader->resumed = aver_stage_open_delegate(reader->stage, name, error);
  return reader->last > 0 &&
         aver_stage_seek_delegate(reader->stage, reader->last, space + 1, error);
}

static void auto_identify(gpointer self, GString *text)
{
  aver_input_identify(((AutoReader *) self)->input, text);
}

static const AverOption options[] = {
    {.name = "match",
     .kind = AVER_OPTION_STRING,
     .help = "glob patterns, separated by commas, for the names of files in folders; all files "
             "when not set"},
};

AVER_PLUGIN(auto_reader) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_READER,
    .name = "auto-reader",
    .version = "1.0",
    .summary = "has every file read by the reader for what is in it",
    .options = options,
    .n_options = G_N_ELEMENTS(options),
    .open = auto_open,
    .close = auto_close,
    .cut = auto_cut,
    .decode = auto_decode,
    .cursor = auto_cursor,
    .seek = auto_seek,
    .identify = auto_identify,
    .delegates = kind_readers,
};
