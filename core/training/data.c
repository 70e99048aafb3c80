/* SPDX-License-Identifier: Apache-2.0 */
/* Data files: read whole, told by their content, and remembered for the model's card. */
#include "data.h"

#include <aver/input.h>
#include <aver/text.h>
#include <string.h>

#define MARK        "\xef\xbb\xbf"
#define MARK_LENGTH 3

/* A longer file is not read. */
#define LONGEST_FILE ((gsize) 4 << 30)

typedef struct {
  const char *name;
  void (*read)(const AverDataFile *file);
} Format;

static const Format formats[] = {
    {"jsonl", aver_data_read_json},
    {"csv", aver_data_read_csv},
    {"tsv", aver_data_read_tsv},
    {"fasttext", aver_data_read_fasttext},
};

const char *const aver_training_formats[] = {"jsonl", "csv", "tsv", "fasttext", NULL};

void aver_data_problem(const AverDataFile *file, guint64 line, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  aver_problems_add(file->problems, file->origin, line, format, arguments);
  va_end(arguments);
}

static gboolean is_blank(const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (text[i] != ' ' && text[i] != '\t')
      return FALSE;
  return TRUE;
}

gboolean aver_data_next_line(const AverDataFile *file, gsize *position, guint64 *line,
                             AverFieldValue *value)
{
  while (*position < file->length) {
    const char *start = file->data + *position;
    gsize left = file->length - *position;
    const char *end = memchr(start, '\n', left);
    gsize length = end == NULL ? left : (gsize) (end - start);
    *position += length + (end != NULL);
    *line += 1;
    if (length > 0 && start[length - 1] == '\r')
      length--;
    *value = (AverFieldValue){start, length};
    if (!is_blank(start, length))
      return TRUE;
  }
  return FALSE;
}

gboolean aver_data_check_text(const AverDataFile *file, guint64 line, const char *text,
                              gsize length)
{
  gsize bad;
  if (!aver_utf8_validate(text, length, &bad))
    aver_data_problem(file, line,
                      "byte %" G_GSIZE_FORMAT " of the record is no UTF-8; expected "
                      "text in UTF-8",
                      bad);
  else if (memchr(text, '\0', length) != NULL)
    aver_data_problem(file, line, "the record has a NUL character; expected text in UTF-8");
  else
    return TRUE;
  return FALSE;
}

static const char *tell_format(const AverDataFile *file)
{
  gsize position = 0;
  guint64 line = 0;
  AverFieldValue first;
  if (!aver_data_next_line(file, &position, &line, &first))
    return NULL;
  const char *start = first.text + strspn(first.text, " \t");
  gsize length = first.length - (gsize) (start - first.text);
  if (*start == '{' || *start == '[')
    return "jsonl";
  if (length > strlen(AVER_LABEL_PREFIX) &&
      memcmp(start, AVER_LABEL_PREFIX, strlen(AVER_LABEL_PREFIX)) == 0)
    return "fasttext";
  if (memchr(first.text, '\t', first.length) != NULL)
    return "tsv";
  if (memchr(first.text, ',', first.length) != NULL ||
      memchr(first.text, ';', first.length) != NULL)
    return "csv";
  aver_data_problem(file, line,
                    "no format that is known by its first line; expected JSON Lines, a "
                    "table with a header (CSV, TSV) or fastText's labels");
  return NULL;
}

static void read_file(const AverDataFile *file)
{
  const char *name = file->settings->format;
  if (name == NULL)
    name = tell_format(file);
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS(formats); i++)
    if (strcmp(formats[i].name, name) == 0)
      formats[i].read(file);
}

static void add_provenance(json_t *files, const char *name, const AverRecord *record,
                           guint n_examples)
{
  g_autofree char *sum =
      g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *) record->data, record->length);
  json_array_append_new(files, json_pack("{s:s, s:I, s:s, s:I}", "name", name, "size",
                                         (json_int_t) record->length, "sha256", sum, "examples",
                                         (json_int_t) n_examples));
}

static void read_record(AverTraining *training, const AverTrainingSettings *settings,
                        const AverRecord *record, AverProblems *problems, json_t *files)
{
  gsize skipped = record->length >= MARK_LENGTH && memcmp(record->data, MARK, MARK_LENGTH) == 0
                      ? MARK_LENGTH
                      : 0;
  g_autofree char *name = g_path_get_basename(record->origin);
  AverDataFile file = {.training = training,
                       .settings = settings,
                       .problems = problems,
                       .origin = record->origin,
                       .name = name,
                       .data = record->data + skipped,
                       .length = record->length - skipped};
  guint before = training->examples->len;
  guint64 mistakes = problems->total;
  read_file(&file);
  guint read = training->examples->len - before;
  if (read == 0 && problems->total == mistakes)
    aver_data_problem(&file, 0, "no examples; expected at least one");
  add_provenance(files, name, record, read);
}

static void add_bad(AverProblems *problems, const char *origin, const GError *error)
{
  AverDataFile file = {.problems = problems, .origin = origin};
  aver_data_problem(&file, 0, "%s", error->message);
}

gboolean aver_data_read(AverTraining *training, const AverTrainingSettings *settings, json_t *files,
                        GError **error)
{
  g_autoptr(AverInput) input = aver_input_new(settings->inputs, NULL);
  g_autoptr(AverProblems) problems = aver_problems_new();
  AverRecord record;
  for (;;) {
    g_autoptr(GError) failure = NULL;
    switch (aver_input_cut_file(input, LONGEST_FILE, TRUE, &record, &failure)) {
    case AVER_CUT_RECORD:
      read_record(training, settings, &record, problems, files);
      break;
    case AVER_CUT_WAIT:
      break;
    case AVER_CUT_BAD:
      add_bad(problems, record.origin, failure);
      break;
    case AVER_CUT_END:
      return aver_problems_raise(problems, error);
    default:
      g_propagate_error(error, g_steal_pointer(&failure));
      return FALSE;
    }
  }
}
