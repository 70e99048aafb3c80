/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox of an isolated stage: entered as a whole. */
#include "sandbox.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

gboolean aver_sandbox_available(GError **error)
{
  return aver_sandbox_has_calls(error) && aver_sandbox_has_files(error);
}

/* What libraries look at later, and what a sanitizer is told. */
static gboolean is_kept(const char *entry)
{
  static const char *const kept[] = {
      "LANG=", "LANGUAGE=", "LC_", "TZ=", "MALLOC_", "ASAN_OPTIONS=", "UBSAN_OPTIONS="};
  for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
    if (g_str_has_prefix(entry, kept[i]))
      return TRUE;
  return FALSE;
}

/* The environment may hold passwords, which are not this stage's: their values are wiped out. */
static void forget_environment(void)
{
  for (char **entry = environ; entry != NULL && *entry != NULL; entry++) {
    char *value = strchr(*entry, '=');
    if (value != NULL && !is_kept(*entry))
      explicit_bzero(value + 1, strlen(value + 1));
  }
}

gboolean aver_sandbox_enter(const AverStage *stage, int socket, GError **error)
{
  g_autoptr(GError) failure = NULL;
  forget_environment();
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    g_set_error(&failure, AVER_ERROR, AVER_ERROR_FAILED, "rights cannot be given up: %s",
                g_strerror(errno));
  aver_sandbox_confine_files(stage, failure == NULL ? &failure : NULL);
  aver_sandbox_confine_calls(socket, failure == NULL ? &failure : NULL);
  if (failure == NULL || stage->isolation.sandbox != AVER_SANDBOX_YES)
    return TRUE;
  g_propagate_prefixed_error(error, g_steal_pointer(&failure), "no sandbox: ");
  return FALSE;
}
