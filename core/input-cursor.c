/* SPDX-License-Identifier: Apache-2.0 */
/* Positions in an input: where a new one over the same files goes on. */
#include "input-private.h"

#include <unistd.h>

void aver_input_get_cursor(const AverInput *input, GString *cursor)
{
  g_return_if_fail(input != NULL && cursor != NULL);
  const AverInputPosition *p = &input->cut;
  g_string_append_printf(cursor,
                         "1 %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT
                         " %016" G_GINT64_MODIFIER "x",
                         p->files, p->offset, p->line, p->hash);
}

static gboolean parse_cursor(const char *cursor, AverInputPosition *position, GError **error)
{
  g_auto(GStrv) parts = g_strsplit(cursor, " ", -1);
  guint64 *numbers[] = {&position->files, &position->offset, &position->line, &position->hash};
  gboolean good = g_strv_length(parts) == 5 && strcmp(parts[0], "1") == 0;
  for (guint i = 0; good && i < G_N_ELEMENTS(numbers); i++)
    good = g_ascii_string_to_unsigned(parts[i + 1], i == 3 ? 16 : 10, 0, G_MAXUINT64, numbers[i],
                                      NULL);
  if (!good)
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "'%s' is no position in an input", cursor);
  return good;
}

/* Goes to an offset of the file just opened. */
static gboolean seek_in_file(AverInput *input, guint64 offset, GError **error)
{
  guint64 left = offset;
  if (input->regular && offset <= input->size && lseek(input->fd, (off_t) offset, SEEK_CUR) >= 0)
    left = 0;
  AverFill got = FILL_DATA;
  while (left > 0 && !input->regular && (got == FILL_DATA || got == FILL_WAIT)) {
    aver_input_make_room(input, 0, 0);
    got = aver_input_fill(input, TRUE, error);
    gsize passed = (gsize) MIN((guint64) (input->end - input->begin), left);
    input->begin += passed;
    left -= passed;
  }
  if (got == FILL_ERROR)
    return FALSE;
  if (left > 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "'%s' is shorter than it was: it ends before byte %" G_GUINT64_FORMAT,
                input->origin, offset);
    return FALSE;
  }
  input->scanned = input->begin;
  input->offset = offset;
  return TRUE;
}

gboolean aver_input_seek(AverInput *input, const char *cursor, GError **error)
{
  g_return_val_if_fail(input != NULL && input->n_files == 0 && cursor != NULL, FALSE);
  AverInputPosition wanted = {0};
  AverRecord record;
  if (!parse_cursor(cursor, &wanted, error))
    return FALSE;
  AverCut cut = AVER_CUT_BAD;
  while (input->n_files < wanted.files && cut != AVER_CUT_END) {
    cut = aver_input_next_file(input, &record, NULL);
    aver_input_close_file(input);
  }
  g_autoptr(GError) failure = NULL;
  if (wanted.offset > 0 && cut != AVER_CUT_END)
    cut = aver_input_next_file(input, &record, &failure);
  if (cut == AVER_CUT_END || input->hash != wanted.hash) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT,
                "the list of input files is no longer what it was: the first %" G_GUINT64_FORMAT
                " differ",
                wanted.files + (wanted.offset > 0 ? 1 : 0));
    return FALSE;
  }
  if (wanted.offset > 0) {
    if (failure != NULL) {
      g_propagate_prefixed_error(error, g_steal_pointer(&failure), "'%s': ", input->origin);
      return FALSE;
    }
    if (!seek_in_file(input, wanted.offset, error))
      return FALSE;
  }
  input->line = wanted.line;
  input->cut = wanted;
  return TRUE;
}
