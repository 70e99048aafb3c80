/* SPDX-License-Identifier: Apache-2.0 */
/* What the command does when memory, or the size a file may have, is at its end. */
#include "exhaustion.h"

#include "cli.h"
#include "log.h"

#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* GLib ends a process that gets no memory. Nothing is allocated here but for JSON. */
static void say_fatal(const char *domain, GLogLevelFlags level, const char *message,
                      gpointer user_data)
{
  if ((level & G_LOG_FLAG_FATAL) == 0) {
    g_log_default_handler(domain, level, message, user_data);
    return;
  }
  const char *memory = strstr(message, "failed to allocate");
  char line[256];
  g_snprintf(line, sizeof line, "%s%s", memory != NULL ? "out of memory: " : "",
             memory != NULL ? memory : message);
  if (log_is_json()) {
    log_message("error", line);
  } else {
    gsize length = strlen(line);
    line[length] = '\n';
    if (write(STDERR_FILENO, "aver: ", 6) < 0 || write(STDERR_FILENO, line, length + 1) < 0)
      _exit(EXIT_RUN);
  }
  _exit(EXIT_RUN);
}

static void ignore(int number)
{
  (void) number;
}

/* What would be left out of an object without memory for it ends the process, too. */
static void *take(size_t size)
{
  return g_malloc(size);
}

void exhaustion_init(void)
{
  json_set_alloc_funcs(take, g_free);
  struct sigaction action = {.sa_handler = ignore, .sa_flags = SA_RESTART};
  sigaction(SIGXFSZ, &action, NULL);
  g_log_set_default_handler(say_fatal, NULL);
}
