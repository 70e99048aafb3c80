/* SPDX-License-Identifier: Apache-2.0 */
/* The nearest name: what a person meant by one that is not known. */
#include <aver/registry.h>
#include <string.h>

/* Longer names are not compared: nobody mistypes one of these. */
#define LONGEST 64

/*
 * Damerau's edit distance between two names, letter case aside, in the "optimal string alignment"
 * form: an insertion, a deletion, a substitution or a swap of neighbours costs 1.
 */
static guint distance(const char *a, const char *b)
{
  guint rows[3][LONGEST + 1];
  guint n = (guint) strlen(b);
  for (guint k = 0; k <= n; k++)
    rows[0][k] = k;
  for (guint i = 1; a[i - 1] != '\0'; i++) {
    const guint *before = rows[(i + 1) % 3], *last = rows[(i - 1) % 3];
    guint *row = rows[i % 3];
    row[0] = i;
    for (guint k = 1; k <= n; k++) {
      char x = g_ascii_tolower(a[i - 1]), y = g_ascii_tolower(b[k - 1]);
      row[k] = MIN(MIN(last[k], row[k - 1]) + 1, last[k - 1] + (x != y));
      if (i > 1 && k > 1 && x == g_ascii_tolower(b[k - 2]) && g_ascii_tolower(a[i - 2]) == y)
        row[k] = MIN(row[k], before[k - 2] + 1);
    }
  }
  return rows[strlen(a) % 3][n];
}

const char *aver_nearest_name(const char *name, const char *const *names)
{
  g_return_val_if_fail(name != NULL, NULL);
  gsize length = strlen(name);
  if (length == 0 || length > LONGEST)
    return NULL;
  const char *nearest = NULL;
  /* Two letters of a two-letter name are all of it. */
  guint best = (guint) MIN(MAX(2, length / 3), length - 1) + 1;
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    if (strlen(names[i]) > LONGEST)
      continue;
    guint d = distance(name, names[i]);
    if (d < best) {
      best = d;
      nearest = names[i];
    }
  }
  return nearest;
}
