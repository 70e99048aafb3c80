/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that runs out: preloaded, fails an allocation. FAIL_AT=N fails the N-th of the process,
 * FAIL_AT=N+ all from there on; COUNT_TO=FILE writes there how many there were. */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *memory, size_t size);

static atomic_ulong count;
static unsigned long fail_at;
static int from_there_on;
static const char *count_to;

__attribute__((constructor)) static void begin(void)
{
  const char *at = getenv("FAIL_AT");
  count_to = getenv("COUNT_TO");
  from_there_on = at != NULL && strchr(at, '+') != NULL;
  count = 0;
  fail_at = at == NULL ? 0 : strtoul(at, NULL, 10);
}

__attribute__((destructor)) static void end(void)
{
  char line[32];
  int length = snprintf(line, sizeof line, "%lu\n", (unsigned long) count);
  int file = count_to == NULL ? -1 : open(count_to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0 || write(file, line, (size_t) length) != length)
    return;
  close(file);
}

static int fails(void)
{
  unsigned long n = atomic_fetch_add(&count, 1) + 1;
  if (fail_at == 0 || (from_there_on ? n < fail_at : n != fail_at))
    return 0;
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t size)
{
  return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
  return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *memory, size_t size)
{
  return fails() ? NULL : __libc_realloc(memory, size);
}
