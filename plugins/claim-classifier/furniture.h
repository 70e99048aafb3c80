/* SPDX-License-Identifier: Apache-2.0 */
/* Furniture: what stands on a page without claiming anything. */
#pragma once

#include "unit.h"

/* openers_list: Returns: the words that open furniture, as marks of words below 1 << 8. */
WordList openers_list(void);

/* is_terminated: Returns: whether the @n @words end as sentences do: full stop, question mark...
 */
gboolean is_terminated(const Word *words, guint32 n);

/* is_furniture:
 * @unit: a whole row of the sentence layer
 * @terminated: is_terminated() of it
 * @heading: whether it stands on a line of its own in a text whose sentences end in full stops
 *
 * Returns: whether it is a heading, byline, dateline, credit, invitation to click, ingredient,
 * cooking instruction or sports score. */
gboolean is_furniture(const Unit *unit, gboolean terminated, gboolean heading);
