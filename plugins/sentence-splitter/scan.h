/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the bytes at which a sentence could end: one bit a byte, 64 bytes a word. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * Scan:
 * @text: bytes
 * @length: how many, at most 64 times what @masks holds
 * @masks: (out): bit i of word w is set when byte 64 * w + i is a candidate; bits behind the text
 *   are clear
 *
 * Candidates are `. ? ! )`, line breaks, and the lead bytes of the marks beyond ASCII that end a
 * sentence or start a list item. The "gaps" scan adds spaces that no lower-case letter follows.
 */
typedef void (*Scan)(const guint8 *text, gsize length, guint64 *masks);

void scan_portable(const guint8 *text, gsize length, guint64 *masks);
void scan_gaps_portable(const guint8 *text, gsize length, guint64 *masks);

/** scan_choose: Returns: the fastest scan that this processor can run. */
Scan scan_choose(gboolean gaps);

G_END_DECLS
