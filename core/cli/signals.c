/* SPDX-License-Identifier: Apache-2.0 */
/* Signals that ask the command to stop. */
#include "signals.h"

#include <signal.h>

int stop_wanted;

static void on_signal(int number)
{
  if (g_atomic_int_get(&stop_wanted) != 0) {
    signal(number, SIG_DFL);
    raise(number);
  }
  g_atomic_int_set(&stop_wanted, 1);
}

/* Without SA_RESTART, so that a blocked read wakes up. */
void catch_signals(void)
{
  const int signals[] = {SIGINT, SIGTERM};
  for (guint i = 0; i < G_N_ELEMENTS(signals); i++) {
    struct sigaction old, new = {.sa_handler = on_signal};
    sigemptyset(&new.sa_mask);
    if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
      sigaction(signals[i], &new, NULL);
  }
}
