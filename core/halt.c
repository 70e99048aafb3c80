/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a run before its time: on request, or because it has failed. */
#include "halt.h"

/* How long documents in flight may go on, and how much longer those that are done with a stage. */
#define GRACE     (G_USEC_PER_SEC / 2)
#define EXTENSION (G_USEC_PER_SEC / 4)

void aver_halt_fail(AverHalt *halt)
{
  g_atomic_int_set(&halt->failed, 1);
}

static gboolean stop_is_wanted(AverHalt *halt)
{
  if (halt->wanted == NULL || g_atomic_int_get(halt->wanted) == 0)
    return FALSE;
  gint64 none = 0, deadline = g_get_monotonic_time() + GRACE;
  __atomic_compare_exchange_n(&halt->deadline, &none, deadline, FALSE, __ATOMIC_RELAXED,
                              __ATOMIC_RELAXED);
  return TRUE;
}

gboolean aver_halt_is_wanted(AverHalt *halt)
{
  return g_atomic_int_get(&halt->failed) != 0 || stop_is_wanted(halt);
}

void aver_halt_extend(AverHalt *halt)
{
  if (g_atomic_int_compare_and_exchange(&halt->extended, 0, 1))
    __atomic_store_n(&halt->deadline, g_get_monotonic_time() + EXTENSION, __ATOMIC_RELAXED);
}

gboolean aver_halt_is_due(AverHalt *halt)
{
  if (g_atomic_int_get(&halt->failed) != 0)
    return TRUE;
  return stop_is_wanted(halt) &&
         g_get_monotonic_time() >= __atomic_load_n(&halt->deadline, __ATOMIC_RELAXED);
}
