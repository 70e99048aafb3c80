/* SPDX-License-Identifier: Apache-2.0 */
/* Which blocks are the article's: a linear model over the features of each, and what rules add to
 * it. */
#include "choose.h"

#include "block-features.h"
#include "phrases.h"
#include "weights.h"

/* Below what any block is given by the weights. */
#define NEVER (-1000.0f)

/* Elements that are named so hold none of an article's text. */
#define WORDS_BARRED                                                                               \
  (WORD_NAVIGATION | WORD_FOOTER | WORD_RELATED | WORD_SHARE | WORD_AD | WORD_SUBSCRIBE |          \
   WORD_HIDDEN | WORD_BYLINE | WORD_TAGS | WORD_BIO | WORD_CAPTION | WORD_HEADER)
#define PLACES_BARRED (PLACE_NAV | PLACE_ASIDE | PLACE_FOOTER | PLACE_FORM | PLACE_BUTTON)
#define WORDS_NEVER   (WORD_COMMENT | WORD_CONSENT)

/* The share of the running text from which on a name is thought to be wrong. */
#define SIZEABLE 0.2f

/* A list of which this share is links leads elsewhere. */
#define ALL_LINKS 0.85f

/* What running text has in advance. */
#define RUNNING 1.5f

static gboolean is_barred(const Scene *scene, const Surroundings *at)
{
  const Surroundings *unit = scene_at(scene, at->unit);
  if (scene->lenient)
    return FALSE;
  if (at->foreign && (at->path & WORDS_NEVER) != 0)
    return TRUE;
  guint32 barred = WORDS_BARRED;
  /* What is quoted from social media stands among words for sharing. */
  if ((at->inside & PLACE_QUOTE) != 0)
    barred &= ~(guint32) WORD_SHARE;
  return ((at->path & barred) != 0 || (at->inside & PLACES_BARRED) != 0) &&
         (float) (unit->width - unit->linked) < (float) scene->paragraphs * SIZEABLE;
}

float choose_prior(const Scene *scene, guint i)
{
  const Block *block = block_at(scene->blocks, i);
  if (!scene_holds(scene, block) || is_barred(scene, scene_at(scene, block->element)))
    return NEVER;
  const char *text = scene->blocks->text.data + block->start;
  guint32 phrases = phrases_of(text, block->length);
  guint32 group = scene_at(scene, block->element)->group;
  if (group != 0 &&
      (float) scene_at(scene, group)->linked > (float) scene_at(scene, group)->width * ALL_LINKS)
    return NEVER;
  if ((phrases & PHRASE_WHOLE) != 0 && (phrases & (PHRASE_AD | PHRASE_SHARE)) != 0)
    return NEVER;
  if ((phrases & PHRASE_RIGHTS) != 0 && i >= scene->last && block->width < 200)
    return NEVER;
  if (scene->lenient && block_is_paragraph(block))
    return RUNNING * 2;
  guint32 parent = page_node(scene->page, block->element)->parent;
  if ((parent != scene->main && block->element != scene->main) || phrases != 0)
    return 0;
  return block->width >= 60 && block->sentences > 0 && block->linked * 4 < block->width ? RUNNING
                                                                                        : 0;
}

static float score(const Features *features)
{
  gint32 sum = weights_bias;
  for (guint i = 0; i < features->n; i++)
    /* A feature that is newer than the weights weighs nothing. */
    sum += features->index[i] < G_N_ELEMENTS(weights) ? weights[features->index[i]] : 0;
  return (float) sum / WEIGHTS_SCALE;
}

/* A list or a table is kept or left out as a whole. Blocks of one group follow one another. */
static void level_groups(const Scene *scene, GArray *scores)
{
  for (guint i = 0, end; i < scores->len; i = end) {
    guint32 group = scene_at(scene, block_at(scene->blocks, i)->element)->group;
    float sum = 0;
    for (end = i; end < scores->len; end++) {
      const Block *block = block_at(scene->blocks, end);
      if (!scene_holds(scene, block) || scene_at(scene, block->element)->group != group)
        break;
      sum += g_array_index(scores, float, end);
    }
    for (guint k = i; group != 0 && k < end; k++)
      g_array_index(scores, float, k) = sum / (float) (end - i);
    end = MAX(end, i + 1);
  }
}

/* A heading heads what was left out when that follows it, up to the next heading or the end. */
static void drop_idle_headings(const Scene *scene, GArray *scores)
{
  gboolean needed = FALSE, left_out = TRUE;
  for (guint i = scores->len; i-- > 0;) {
    float *at = &g_array_index(scores, float, i);
    gboolean heading =
        tag_is_heading(page_node(scene->page, block_at(scene->blocks, i)->element)->tag);
    if (heading && left_out && !needed)
      *at = MIN(*at, 0);
    left_out = *at <= 0;
    if (!left_out)
      needed = !heading;
  }
}

/* Where nothing was good enough, the running text is better than nothing. */
static void keep_paragraphs(const Scene *scene, GArray *scores)
{
  for (guint i = 0; i < scores->len; i++)
    if (g_array_index(scores, float, i) > 0)
      return;
  for (guint i = 0; i < scores->len; i++)
    if (g_array_index(scores, float, i) > NEVER / 2 &&
        block_is_paragraph(block_at(scene->blocks, i)))
      g_array_index(scores, float, i) = 1;
}

void choose_blocks(const Scene *scene, const char *title, GArray *scores)
{
  g_array_set_size(scores, scene->blocks->blocks->len);
  for (guint i = 0; i < scores->len; i++) {
    float *to = &g_array_index(scores, float, i);
    *to = choose_prior(scene, i);
    if (*to <= NEVER)
      continue;
    Features features;
    features_of_block(scene, i, title, &features);
    *to += score(&features);
  }
  level_groups(scene, scores);
  drop_idle_headings(scene, scores);
  keep_paragraphs(scene, scores);
}
