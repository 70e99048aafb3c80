/* SPDX-License-Identifier: Apache-2.0 */
/* Input: files that are compressed, and the members of archives. */
#include "display.h"
#include "input-private.h"

#include <string.h>
#include <unistd.h>

/* What the open file or member is read from, from its first byte; what is at hand is put back. */
static AverSource *take_source(AverInput *input)
{
  AverSource *below = g_steal_pointer(&input->source);
  if (below == NULL)
    below = aver_source_new_for_file(input->fd, input->regular, input->start);
  AverSource *source =
      aver_source_new_with_head(input->data + input->begin, input->end - input->begin, below);
  input->begin = input->end = input->scanned = 0;
  input->ended = FALSE;
  return source;
}

static AverFill enter_codec(AverInput *input, AverPacking packing, GError **error)
{
  const AverCodec *codec = aver_packing_get_codec(packing, error);
  if (codec == NULL)
    return FILL_ERROR;
  input->source = aver_source_new_for_codec(codec, take_source(input), &input->limits);
  input->unpacked = TRUE;
  return FILL_WAIT;
}

static AverFill enter_archive(AverInput *input, AverPacking packing, GError **error)
{
  AverSource *file = NULL, *source;
  guint64 size = aver_input_is_plain(input) ? input->size : 0;
  if (aver_input_is_plain(input) && packing == AVER_PACKING_ZIP) {
    file = source = aver_source_new_for_file(input->fd, TRUE, input->start);
    aver_source_seek_file(file, 0, SEEK_SET);
    input->begin = input->end = input->scanned = 0;
  } else {
    source = take_source(input);
  }
  input->archive = aver_archive_new(packing, source, file, size, &input->limits, error);
  input->open = input->archive == NULL;
  return input->archive == NULL ? FILL_ERROR : FILL_MEMBERS;
}

AverFill aver_input_settle(AverInput *input, AverFill got, GError **error)
{
  AverPacking packing =
      aver_packing_sniff(input->data + input->begin, input->end - input->begin, input->ended);
  if (packing == AVER_PACKING_UNSURE)
    return FILL_WAIT;
  gboolean archive = aver_packing_is_archive(packing);
  if (archive && input->archive == NULL)
    return enter_archive(input, packing, error);
  if (packing != AVER_PACKING_NONE && !archive && !input->unpacked)
    return enter_codec(input, packing, error);
  input->sniffed = TRUE;
  if (packing != AVER_PACKING_NONE) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "it holds %s data inside packed data, which are not unpacked a second time",
                aver_packing_get_name(packing));
    return FILL_ERROR;
  }
  if (input->archive == NULL && aver_walk_is_for_members(input->walk)) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "the file is no archive, as its name says; expected tar or zip");
    return FILL_ERROR;
  }
  return got;
}

/* Says which member is meant: "news.zip!/a/b.txt". */
static void set_origin(AverInput *input, const char *name)
{
  g_autofree char *shown = aver_display_name(name == NULL ? "" : name);
  gsize length = strlen(input->name) + strlen(AVER_INPUT_MEMBER);
  g_free(input->origin);
  input->origin = g_strconcat(input->name, AVER_INPUT_MEMBER, shown, NULL);
  aver_input_begin(input, (guint32) length);
}

static gboolean is_hidden(const char *name)
{
  for (; name != NULL; name = strchr(name, '/')) {
    name += *name == '/' ? 1 : 0;
    if (*name == '.')
      return TRUE;
  }
  return FALSE;
}

static const char *base_name(const char *name)
{
  const char *slash = strrchr(name, '/');
  return slash == NULL ? name : slash + 1;
}

/* The archive cannot be read on: that is a failure of its own, not of a member. */
static AverCut give_up_archive(AverInput *input, AverRecord *record)
{
  g_free(input->origin);
  input->origin = g_strdup(input->name);
  aver_input_begin(input, 0);
  aver_input_close_archive(input);
  return aver_input_bad_file(input, record);
}

/* Whether the member is to be opened, or an error to be reported of it. */
static gboolean concerns(const AverInput *input, AverArchiveStep step, const char *name)
{
  if (step == AVER_ARCHIVE_FOLDER)
    return FALSE;
  if (step == AVER_ARCHIVE_REFUSED)
    return TRUE;
  return !is_hidden(name) &&
         (aver_walk_wants(input->walk, base_name(name)) || aver_packing_is_archive_name(name));
}

static AverCut open_member(AverInput *input, const char *name, AverRecord *record, GError **error)
{
  if (!aver_walk_wants(input->walk, base_name(name))) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "the member is an archive in an archive; it is not read");
    return aver_input_bad_file(input, record);
  }
  input->source = aver_archive_open_member(input->archive);
  input->open = TRUE;
  return AVER_CUT_RECORD;
}

AverCut aver_input_next_member(AverInput *input, AverRecord *record, GError **error)
{
  for (;;) {
    const char *name = NULL;
    g_autoptr(GError) failure = NULL;
    AverArchiveStep step = aver_archive_next(input->archive, &name, &failure);
    input->n_members++;
    if (step == AVER_ARCHIVE_END) {
      aver_input_close_archive(input);
      return AVER_CUT_END;
    }
    if (step == AVER_ARCHIVE_BROKEN) {
      g_propagate_error(error, g_steal_pointer(&failure));
      return give_up_archive(input, record);
    }
    if (!concerns(input, step, name))
      continue;
    set_origin(input, name);
    if (step == AVER_ARCHIVE_FILE)
      return open_member(input, name, record, error);
    g_propagate_error(error, g_steal_pointer(&failure));
    return aver_input_bad_file(input, record);
  }
}

AverCut aver_input_after_fill(AverInput *input, AverFill got, AverRecord *record, GError **error)
{
  if (got == FILL_WAIT)
    return AVER_CUT_WAIT;
  if (got == FILL_ERROR)
    return aver_input_bad_file(input, record);
  if (got != FILL_MEMBERS)
    return AVER_CUT_RECORD;
  AverCut cut = aver_input_next_member(input, record, error);
  return cut == AVER_CUT_END ? aver_input_go_on(input, record, error) : cut;
}

gboolean aver_input_pass_members(AverInput *input, guint64 n)
{
  const char *name;
  while (input->n_members < n) {
    g_autoptr(GError) failure = NULL;
    AverArchiveStep step = aver_archive_next(input->archive, &name, &failure);
    if (step == AVER_ARCHIVE_END || step == AVER_ARCHIVE_BROKEN)
      return FALSE;
    input->n_members++;
  }
  return TRUE;
}
