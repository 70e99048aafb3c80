/* SPDX-License-Identifier: Apache-2.0 */
/* Positions in an input: where a new one over the same files goes on. */
#include "input-private.h"

#include <string.h>
#include <unistd.h>

void aver_input_get_cursor(const AverInput *input, GString *cursor)
{
  g_return_if_fail(input != NULL && cursor != NULL);
  const AverInputPosition *p = &input->cut;
  g_string_append_printf(cursor,
                         "%d %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                         " %016" G_GINT64_MODIFIER "x",
                         p->members > 0 ? 2 : 1, p->files, p->offset, p->line, p->hash);
  if (p->members > 0)
    g_string_append_printf(cursor, " %" G_GUINT64_FORMAT, p->members);
}

/* A cursor without members is of the first kind, which is older. */
static gboolean parse_cursor(const char *cursor, AverInputPosition *position, GError **error)
{
  g_auto(GStrv) parts = g_strsplit(cursor, " ", -1);
  guint64 *numbers[] = {&position->files, &position->offset, &position->line, &position->hash,
                        &position->members};
  guint n = g_strv_length(parts);
  gboolean good = n > 0 && strcmp(parts[0], n == 6 ? "2" : "1") == 0 && (n == 5 || n == 6);
  for (guint i = 0; good && i < n - 1; i++)
    good = g_ascii_string_to_unsigned(parts[i + 1], i == 3 ? 16 : 10, 0, G_MAXUINT64, numbers[i],
                                      NULL);
  if (!good)
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "'%s' is no position in an input", cursor);
  return good;
}

static gboolean is_shorter(const AverInput *input, guint64 offset, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
              "'%s' is shorter than it was: it ends before byte %" G_GUINT64_FORMAT, input->origin,
              offset);
  return FALSE;
}

gboolean aver_input_go_to(AverInput *input, guint64 offset, GError **error)
{
  if (aver_input_is_plain(input)) {
    if (offset > input->size ||
        lseek(input->fd, (off_t) (input->start + (gint64) offset), SEEK_SET) < 0)
      return is_shorter(input, offset, error);
    input->begin = input->end = input->scanned = 0;
    input->ended = FALSE;
    input->offset = offset;
    return TRUE;
  }
  while (input->offset < offset) {
    gsize passed = (gsize) MIN((guint64) (input->end - input->begin), offset - input->offset);
    input->begin += passed;
    input->offset += passed;
    if (passed > 0)
      continue;
    aver_input_make_room(input, 0, 0);
    AverFill got = aver_input_fill(input, TRUE, error);
    if (got == FILL_ERROR)
      return FALSE;
    if (got == FILL_MEMBERS || (got == FILL_END && input->begin == input->end))
      return is_shorter(input, offset, error);
  }
  input->scanned = input->begin;
  return TRUE;
}

/* Goes to a member of the archive just opened, which a pipe has to be read a little to tell. */
static gboolean seek_member(AverInput *input, const AverInputPosition *wanted, GError **error)
{
  AverRecord record;
  AverFill got = FILL_WAIT;
  while (!input->sniffed && input->archive == NULL && (got == FILL_WAIT || got == FILL_DATA)) {
    aver_input_make_room(input, 0, 0);
    got = aver_input_fill(input, TRUE, error);
  }
  if (got == FILL_ERROR)
    return FALSE;
  if (wanted->members > 0 &&
      (input->archive == NULL || !aver_input_pass_members(input, wanted->members))) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "'%s' is not what it was: an archive of more than %" G_GUINT64_FORMAT " members",
                input->name, wanted->members);
    return FALSE;
  }
  if (wanted->offset == 0 || input->archive == NULL)
    return TRUE;
  AverCut cut = aver_input_next_member(input, &record, error);
  if (cut == AVER_CUT_END)
    return is_shorter(input, wanted->offset, error);
  return cut == AVER_CUT_RECORD;
}

/* Passes over the files that are done with, and opens the one that is not, if any. */
static gboolean pass_files(AverInput *input, const AverInputPosition *wanted, GError **error)
{
  AverRecord record;
  AverCut cut = AVER_CUT_RECORD;
  gboolean within = wanted->offset > 0 || wanted->members > 0;
  g_autoptr(GError) failure = NULL;
  while (input->n_files < wanted->files && cut == AVER_CUT_RECORD)
    cut = aver_input_pass_file(input) ? AVER_CUT_RECORD : AVER_CUT_END;
  if (within && cut == AVER_CUT_RECORD)
    cut = aver_input_open_file(input, &record, &failure);
  if (cut == AVER_CUT_END || input->hash != wanted->hash) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "the list of input files is no longer what it was: the first %" G_GUINT64_FORMAT
                " differ",
                wanted->files + (within ? 1 : 0));
    return FALSE;
  }
  if (failure == NULL)
    return TRUE;
  g_propagate_prefixed_error(error, g_steal_pointer(&failure), "'%s': ", input->origin);
  return FALSE;
}

gboolean aver_input_seek(AverInput *input, const char *cursor, GError **error)
{
  g_return_val_if_fail(input != NULL && input->n_files == 0 && cursor != NULL, FALSE);
  AverInputPosition wanted = {0};
  if (!parse_cursor(cursor, &wanted, error) || !pass_files(input, &wanted, error))
    return FALSE;
  if (wanted.offset > 0 || wanted.members > 0) {
    if (!seek_member(input, &wanted, error))
      return FALSE;
    if (wanted.offset > 0 && !aver_input_go_to(input, wanted.offset, error))
      return FALSE;
  }
  input->line = wanted.line;
  input->cut = wanted;
  return TRUE;
}
