/* SPDX-License-Identifier: Apache-2.0 */
/* Messages on standard error: lines for people, or one JSON object each. */
#include "log.h"

#include <stdio.h>
#include <string.h>

/* Whatever prints a message has to know, wherever it stands. Set before there are threads. */
static gboolean use_json;

gboolean log_is_json(void)
{
  return use_json;
}

/* What a message says in front of itself. */
typedef struct {
  char *file;
  char *stage;
  guint64 line;
  guint64 column;
  const char *message;
} Parts;

static void clear_parts(Parts *parts)
{
  g_free(parts->file);
  g_free(parts->stage);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parts, clear_parts)

/* Takes `:12` off the end. */
static gboolean take_number(char *text, guint64 *number)
{
  char *colon = strrchr(text, ':');
  if (colon == NULL || !g_ascii_string_to_unsigned(colon + 1, 10, 0, G_MAXUINT64, number, NULL))
    return FALSE;
  *colon = '\0';
  return TRUE;
}

/* `FILE:LINE:COLUMN`, `FILE:LINE` or `FILE`. */
static void split_place(const char *place, gsize length, Parts *parts)
{
  guint64 last, before;
  parts->file = g_strndup(place, length);
  if (!take_number(parts->file, &last))
    return;
  gboolean two = take_number(parts->file, &before);
  parts->line = two ? before : last;
  parts->column = two ? last : 0;
}

/* An option of the command line stands where a file's name does in other messages. */
static gboolean is_about_option(const char *message)
{
  return g_str_has_prefix(message, "--");
}

/* `PLACE: stage 'NAME': MESSAGE`, of which the place may be missing; else all is message. */
static void split_stage(const char *message, Parts *parts)
{
  const char *stage = g_str_has_prefix(message, "stage '") ? message : strstr(message, ": stage '");
  const char *name = stage == NULL ? NULL : strchr(stage, '\'') + 1;
  const char *end = name == NULL ? NULL : strstr(name, "': ");
  parts->message = message;
  if (end == NULL)
    return;
  parts->stage = g_strndup(name, (gsize) (end - name));
  if (is_about_option(message))
    return;
  if (stage > message)
    split_place(message, (gsize) (stage - message), parts);
  parts->message = end + 3;
}

static void append_text(AverBuffer *line, const char *key, const char *value)
{
  if (value == NULL)
    return;
  g_autofree char *printable = aver_text_make_printable(value, -1);
  aver_buffer_printf(line, "%s\"%s\":", line->length > 1 ? "," : "", key);
  aver_json_append_string(line, printable, strlen(printable));
}

static void append_number(AverBuffer *line, const char *key, guint64 value)
{
  aver_buffer_printf(line, "%s\"%s\":%" G_GUINT64_FORMAT, line->length > 1 ? "," : "", key, value);
}

static void print_object(const char *level, const Parts *parts)
{
  g_auto(AverBuffer) line = {0};
  aver_buffer_append_char(&line, '{');
  if (parts->column > 0)
    append_number(&line, "column", parts->column);
  append_text(&line, "file", parts->file);
  append_text(&line, "level", level);
  if (parts->line > 0)
    append_number(&line, "line", parts->line);
  append_text(&line, "message", parts->message);
  append_text(&line, "stage", parts->stage);
  aver_buffer_append_string(&line, "}\n");
  fwrite(line.data, 1, line.length, stderr);
}

void log_message(const char *level, const char *message)
{
  if (use_json) {
    g_auto(Parts) parts = {0};
    split_stage(message, &parts);
    print_object(level, &parts);
    return;
  }
  g_autofree char *line = aver_text_make_printable(message, -1);
  fprintf(stderr, "aver: %s\n", line);
}

void log_summary(const char *message, const AverSummary *summary)
{
  if (!use_json) {
    log_message("info", message);
    return;
  }
  g_auto(AverBuffer) line = {0};
  aver_buffer_append_char(&line, '{');
  append_number(&line, "bytes_in", summary->bytes_in);
  append_number(&line, "documents_dead_lettered", summary->documents_dead_lettered);
  append_number(&line, "documents_dropped", summary->documents_dropped);
  append_number(&line, "documents_failed", summary->documents_failed);
  append_number(&line, "documents_in", summary->documents_in);
  append_number(&line, "documents_not_taken", summary->documents_not_taken);
  append_number(&line, "documents_out", summary->documents_out);
  append_text(&line, "level", "info");
  append_text(&line, "message", message);
  aver_buffer_append_string(&line, "}\n");
  fwrite(line.data, 1, line.length, stderr);
}

void log_failure(const AverFailure *failure)
{
  const Parts parts = {(char *) failure->file, (char *) failure->stage, failure->line, 0,
                       failure->message};
  print_object("error", &parts);
}

static void print_mistake(const char *line)
{
  g_auto(Parts) parts = {0};
  split_stage(line, &parts);
  const char *end = parts.stage == NULL ? strstr(line, ": ") : NULL;
  if (end != NULL && !is_about_option(line)) {
    split_place(line, (gsize) (end - line), &parts);
    parts.message = end + 2;
  }
  print_object("error", &parts);
}

void log_mistakes(const char *mistakes)
{
  g_auto(GStrv) lines = g_strsplit(mistakes, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *line = aver_text_make_printable(lines[i], -1);
    if (use_json)
      print_mistake(line);
    else
      fprintf(stderr, "%s\n", line);
  }
}

static GLogWriterOutput write_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields,
                                  gpointer user_data)
{
  (void) user_data;
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp(fields[i].key, "MESSAGE") == 0 && fields[i].length < 0)
      log_message((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0 ? "error" : "warning",
                  fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

void log_use_json(void)
{
  use_json = TRUE;
  g_log_set_writer_func(write_log, NULL, NULL);
}
