/* SPDX-License-Identifier: Apache-2.0 */
/* libarchive, opened when it is needed. */
#include "archivelibrary.h"

#include <aver/error.h>
#include <dlfcn.h>

/* The name stands for the ABI, as it would if libaver were linked with it. */
#define FILE_NAME "libarchive.so.13"

static gboolean find(void *handle, const char *name, void *function, GError **error)
{
  void *symbol = dlsym(handle, name);
  if (symbol == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "archives cannot be read: %s", dlerror());
    return FALSE;
  }
  *(void **) function = symbol;
  return TRUE;
}

gboolean aver_archive_library_open(AverArchiveLibrary *library, GError **error)
{
  /* Stays open, so that opening it again is a matter of counting. */
  void *handle = dlopen(FILE_NAME, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  if (handle == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "archives cannot be read: %s", dlerror());
    return FALSE;
  }
#define FIND(name) find(handle, #name, &library->name, error) &&
  gboolean good = AVER_ARCHIVE_FUNCTIONS(FIND) TRUE;
  dlclose(handle);
  return good;
}
