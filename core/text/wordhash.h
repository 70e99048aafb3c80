/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of aver_word_hash(): FNV-1a over the UTF-8 of a word in lower case. */
#pragma once

#include <glib.h>

#define AVER_WORD_HASH_START 2166136261u

/* One byte; ASCII letters are taken in lower case. */
static inline guint32 aver_word_hash_step(guint32 hash, guchar byte)
{
  if (byte >= 'A' && byte <= 'Z')
    byte += 32;
  return (hash ^ byte) * 16777619u;
}
