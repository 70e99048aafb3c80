/* SPDX-License-Identifier: Apache-2.0 */
/* Marks: which characters are quotation marks or punctuation, and of what kind. */
#pragma once

#include <glib.h>

/* The AverQuoteMark that a character is, or 0. */
guint8 aver_quote_mark(gunichar character);

/* The detail of a PUNCTUATION token that is this character, or 0. */
guint8 aver_punctuation_mark(gunichar character);
