/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of an input are, so that a change can be told. */
#include "display.h"
#include "input-private.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* So many files are told one by one. */
#define MOST_LINES 1000

static char *describe_file(const char *path, guint64 *size)
{
  struct stat info;
  gboolean lent = strcmp(path, "-") == 0;
  *size = 0;
  if ((lent ? fstat(STDIN_FILENO, &info) : stat(path, &info)) != 0)
    return g_strdup("nothing");
  if (!S_ISREG(info.st_mode))
    return g_strdup("no regular file");
  *size = (guint64) info.st_size;
  g_autofree char *time =
      aver_display_time(info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000);
  return g_strdup_printf("%" G_GUINT64_FORMAT " bytes of %s", *size, time);
}

char *aver_input_describe_file(const char *path)
{
  guint64 size;
  return describe_file(path, &size);
}

/* One line, whatever bytes the name is made of. */
static void append_name(GString *text, const char *path)
{
  g_autofree char *name = aver_display_name(path);
  for (const char *p = name; *p != '\0'; p++) {
    if (g_ascii_iscntrl(*p))
      g_string_append_printf(text, "\\x%02x", (guint) (guchar) *p);
    else
      g_string_append_c(text, *p);
  }
  g_string_append_c(text, '\n');
}

void aver_input_identify(const AverInput *input, GString *text)
{
  g_return_if_fail(input != NULL && text != NULL);
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  AverWalk *walk = aver_walk_new_again(input->walk);
  guint64 n = 0, size, rest = 0;
  const char *path;
  AverWalkStep step;
  while ((step = aver_walk_next(walk, &path, NULL)) != AVER_WALK_END) {
    g_autofree char *what =
        step == AVER_WALK_BAD ? g_strdup("not readable") : describe_file(path, &size);
    if (n++ < MOST_LINES) {
      g_string_append_printf(text, "%s\t", what);
      append_name(text, path);
    } else {
      rest += step == AVER_WALK_BAD ? 0 : size;
      g_checksum_update(sum, (const guchar *) what, (gssize) strlen(what) + 1);
      g_checksum_update(sum, (const guchar *) path, (gssize) strlen(path) + 1);
    }
  }
  aver_walk_free(walk);
  if (n > MOST_LINES)
    g_string_append_printf(text,
                           "%" G_GUINT64_FORMAT " bytes in %" G_GUINT64_FORMAT
                           " files, checksum %.16s\tall others\n",
                           rest, n - MOST_LINES, g_checksum_get_string(sum));
}
