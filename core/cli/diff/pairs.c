/* SPDX-License-Identifier: Apache-2.0 */
/* The documents of two outputs, brought together by their ids, in bounded memory. */
#include "pairs.h"

#include "waiting.h"

#include <string.h>

/* A line longer than this is no document. */
#define LONGEST_LINE ((gsize) 64 << 20)

typedef struct {
  const char *path;
  AverInput *input;
  AverRecord line; /* valid until the next is cut */
  DiffDocument document;
  gboolean ended;
  Waiting waiting;
} Side;

static void side_clear(Side *side)
{
  aver_input_free(side->input);
  diff_document_clear(&side->document);
  waiting_clear(&side->waiting);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Side, side_clear)

/* The next line, not parsed; at the end, @ended. */
static gboolean side_cut(Side *side, GError **error)
{
  diff_document_clear(&side->document);
  while (!side->ended) {
    switch (aver_input_cut_line(side->input, LONGEST_LINE, TRUE, &side->line, error)) {
    case AVER_CUT_RECORD:
      side->document.path = side->line.origin;
      side->document.line = side->line.line;
      return TRUE;
    case AVER_CUT_WAIT:
      break;
    case AVER_CUT_END:
      side->ended = TRUE;
      break;
    default:
      g_prefix_error(error, "%s: ", side->path);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean side_parse(Side *side, GError **error)
{
  return side->ended ||
         diff_document_parse(&side->document, side->line.data, side->line.length, error);
}

typedef struct {
  Side *old_side;
  Side *new_side;
  PairFunc on_pair;
  gpointer user_data;
} Pairing;

/* Gives a document to the one that waits for it, or lets it wait. */
static gboolean settle(Pairing *p, Side *side, Side *other, GError **error)
{
  if (side->document.id == NULL)
    return TRUE;
  g_autofree char *data = NULL;
  gsize length = 0;
  DiffDocument earlier = {.path =
                              other->document.path == NULL ? other->path : other->document.path};
  if (!waiting_has(&other->waiting, side->document.id))
    return waiting_add(&side->waiting, side->document.id, &side->line, error);
  if (!waiting_take(&other->waiting, side->document.id, &data, &length, &earlier.line, error))
    return FALSE;
  gboolean good =
      diff_document_parse(&earlier, data, length, error) &&
      (side == p->old_side ? p->on_pair(&side->document, &earlier, p->user_data, error)
                           : p->on_pair(&earlier, &side->document, p->user_data, error));
  diff_document_clear(&earlier);
  return good;
}

static gboolean step(Pairing *p, GError **error)
{
  Side *a = p->old_side, *b = p->new_side;
  if (!side_cut(a, error) || !side_cut(b, error) || !side_parse(a, error) || !side_parse(b, error))
    return FALSE;
  const char *id = a->document.id;
  gboolean together = id != NULL && b->document.id != NULL && strcmp(id, b->document.id) == 0 &&
                      !waiting_has(&a->waiting, id) && !waiting_has(&b->waiting, id);
  if (together)
    return p->on_pair(&a->document, &b->document, p->user_data, error);
  return settle(p, a, b, error) && settle(p, b, a, error);
}

static void side_init(Side *side, const char *path)
{
  const char *const paths[] = {path, NULL};
  side->path = path;
  side->input = aver_input_new(paths, NULL);
  waiting_init(&side->waiting);
}

static void tell_single(const Side *side, gboolean is_old, SingleFunc on_single, gpointer user_data)
{
  g_autoptr(GPtrArray) ids = waiting_list(&side->waiting);
  for (guint i = 0; i < ids->len; i++)
    on_single(ids->pdata[i], is_old, user_data);
}

gboolean pairs_read(const char *old_path, const char *new_path, PairFunc on_pair,
                    SingleFunc on_single, gpointer user_data, GError **error)
{
  g_auto(Side) old_side = {0}, new_side = {0};
  Pairing pairing = {&old_side, &new_side, on_pair, user_data};
  side_init(&old_side, old_path);
  side_init(&new_side, new_path);
  while (!old_side.ended || !new_side.ended)
    if (!step(&pairing, error))
      return FALSE;
  tell_single(&old_side, TRUE, on_single, user_data);
  tell_single(&new_side, FALSE, on_single, user_data);
  return TRUE;
}
