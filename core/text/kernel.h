/* SPDX-License-Identifier: Apache-2.0 */
/* The loops themselves; kernels.c includes this once for each width of block. No include guard. */

KERNEL_TARGET static const char *KERNEL(scan_string)(const char *p, const char *end, guint *escaped)
{
  for (;;) {
    KERNEL_MASK mask = 0;
    for (; end - p >= KERNEL_BLOCK && (mask = KERNEL_SPECIAL(p)) == 0; p += KERNEL_BLOCK)
      ;
    if (mask != 0) {
      p += KERNEL_FIRST(mask);
    } else {
      for (; end - p >= 8 && word_special(load_word(p)) == 0; p += 8)
        ;
      while (p < end && escapes[(guchar) *p] == '\0')
        p++;
    }
    if (end - p < 2 || *p != '\\' || meanings[(guchar) p[1]] == '\0')
      return p;
    do { /* ends of lines come in pairs */
      *escaped |= p[1] == '/' ? AVER_JSON_ESCAPED_OTHERWISE : AVER_JSON_ESCAPED;
      p += 2;
    } while (end - p >= 2 && *p == '\\' && meanings[(guchar) p[1]] != '\0');
  }
}

/* Whole blocks can be written: what is left to read is never more than the room that is left. */
KERNEL_TARGET static gsize KERNEL(unescape)(const char *p, gsize length, char *to)
{
  const char *end = p + length;
  char *start = to;
  while (p < end) {
    while (end - p >= KERNEL_BLOCK) {
      KERNEL_MASK mask = KERNEL_SLASHES(p);
      KERNEL_COPY(to, p);
      if (mask != 0) {
        p += KERNEL_FIRST(mask);
        to += KERNEL_FIRST(mask);
        break;
      }
      p += KERNEL_BLOCK;
      to += KERNEL_BLOCK;
    }
    while (p < end && *p != '\\')
      *to++ = *p++;
    if (p < end)
      to = take_escape(&p, to);
  }
  return (gsize) (to - start);
}

KERNEL_TARGET static gsize KERNEL(escape)(const char *p, gsize length, char *to)
{
  const char *end = p + length;
  char *start = to;
  while (end - p >= KERNEL_BLOCK) {
    KERNEL_MASK mask = KERNEL_SPECIAL(p);
    KERNEL_COPY(to, p);
    if (mask == 0) {
      p += KERNEL_BLOCK;
      to += KERNEL_BLOCK;
      continue;
    }
    p += KERNEL_FIRST(mask);
    to = put_escape(to + KERNEL_FIRST(mask), (guchar) *p++);
  }
  for (; end - p >= 8 && word_special(load_word(p)) == 0; p += 8, to += 8)
    memcpy(to, p, 8);
  for (; p < end; p++) {
    if (escapes[(guchar) *p] == '\0')
      *to++ = *p;
    else
      to = put_escape(to, (guchar) *p);
  }
  return (gsize) (to - start);
}

KERNEL_TARGET static gsize KERNEL(skip_ascii)(const char *p, gsize length)
{
  gsize i = 0;
  for (; length - i >= KERNEL_BLOCK; i += KERNEL_BLOCK) {
    KERNEL_MASK mask = KERNEL_HIGH(p + i);
    if (mask != 0)
      return i + KERNEL_FIRST(mask);
  }
  while (i < length && (guchar) p[i] < 0x80)
    i++;
  return i;
}

#undef KERNEL
#undef KERNEL_TARGET
#undef KERNEL_BLOCK
#undef KERNEL_MASK
#undef KERNEL_FIRST
#undef KERNEL_COPY
#undef KERNEL_SPECIAL
#undef KERNEL_SLASHES
#undef KERNEL_HIGH
