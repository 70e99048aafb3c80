/* SPDX-License-Identifier: Apache-2.0 */
/* Furniture: what stands on a page without claiming anything. */
#pragma once

#include "unit.h"

/* openers_new: Returns: (transfer full): the words that open furniture, for is_furniture(). */
AverLexicon *openers_new(void);

/* is_terminated: Returns: whether the @n @tokens end as sentences do: full stop, question mark...
 */
gboolean is_terminated(const AverToken *tokens, guint32 n);

/* is_furniture:
 * @unit: a whole row of the sentence layer
 * @lexicon: openers_new()
 * @terminated: is_terminated() of it
 * @heading: whether it stands on a line of its own in a text whose sentences end in full stops
 *
 * Returns: whether it is a heading, byline, dateline, credit, invitation to click, ingredient,
 * cooking instruction or sports score. */
gboolean is_furniture(const Unit *unit, const AverLexicon *lexicon, gboolean terminated,
                      gboolean heading);
