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
  json_decref(side->document.json);
  waiting_clear(&side->waiting);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Side, side_clear)

static gboolean parse(const char *data, gsize length, DiffDocument *document, GError **error)
{
  json_error_t why;
  document->json = json_loadb(data, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
  json_t *id = json_object_get(document->json, "id");
  document->id = json_string_value(id);
  if (document->id != NULL)
    return TRUE;
  if (document->json == NULL)
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "%s:%" G_GUINT64_FORMAT ":%d: not JSON: %s; expected one object a line",
                document->path, document->line, why.column, why.text);
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "%s:%" G_GUINT64_FORMAT ": no document with an \"id\"; expected what Aver's "
                "jsonl-writer writes",
                document->path, document->line);
  return FALSE;
}

/* The next line, not parsed; at the end, @ended. */
static gboolean side_cut(Side *side, GError **error)
{
  g_clear_pointer(&side->document.json, json_decref);
  side->document.id = NULL;
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
  return side->ended || parse(side->line.data, side->line.length, &side->document, error);
}

/* Lines that are the same need no second tree. */
static gboolean parse_both(Side *a, Side *b, GError **error)
{
  gboolean same = !a->ended && !b->ended && a->line.length == b->line.length &&
                  memcmp(a->line.data, b->line.data, a->line.length) == 0;
  if (!side_parse(a, error))
    return FALSE;
  if (!same)
    return side_parse(b, error);
  b->document.json = json_incref(a->document.json);
  b->document.id = a->document.id;
  return TRUE;
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
  if (!waiting_take(&other->waiting, side->document.id, &data, &length, &earlier.line, error) ||
      !parse(data, length, &earlier, error))
    return FALSE;
  const DiffDocument *old_one = side == p->old_side ? &side->document : &earlier;
  const DiffDocument *new_one = side == p->old_side ? &earlier : &side->document;
  gboolean good = p->on_pair(old_one, new_one, p->user_data, error);
  json_decref(earlier.json);
  return good;
}

static gboolean step(Pairing *p, GError **error)
{
  Side *a = p->old_side, *b = p->new_side;
  if (!side_cut(a, error) || !side_cut(b, error) || !parse_both(a, b, error))
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
