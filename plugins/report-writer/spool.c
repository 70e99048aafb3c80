/* SPDX-License-Identifier: Apache-2.0 */
/* The spool: what is known of all documents, until the report can be written from its start. */
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct Spool {
  FILE *file;
  char *path;       /* (nullable) of a job: where it stays until the report is complete */
  char *folder;     /* (nullable) else: where the file without a name is */
  gboolean done;    /* the report was complete before this run */
  guint64 length;   /* written */
  guint64 next;     /* reading: where the next document is, */
  guint64 at, last; /* where its next fact is, where its facts end */
  char *name;       /* of the document's page */
  char *line;
  size_t room;
  int failure; /* the first of reading; 0: none */
};

static gboolean fail(const Spool *spool, const char *what, int code, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
              "cannot %s what the report is made of, %s '%s': %s", what,
              spool->path == NULL ? "a nameless file in" : "the file",
              spool->path == NULL ? spool->folder : spool->path, g_strerror(code));
  return FALSE;
}

static char *without_slashes(const char *path)
{
  gsize length = strlen(path);
  while (length > 1 && path[length - 1] == '/')
    length--;
  return g_strndup(path, length);
}

/* A file without a name, beside the output if that is a file. */
static int open_nameless(Spool *spool, const char *output, GError **error)
{
  struct stat info;
  gboolean beside = output != NULL && strcmp(output, "-") != 0 &&
                    (stat(output, &info) != 0 || S_ISREG(info.st_mode) || S_ISDIR(info.st_mode));
  g_autofree char *plain = without_slashes(beside ? output : "");
  spool->folder = beside ? g_path_get_dirname(plain) : g_strdup(g_get_tmp_dir());
  g_autofree char *path = g_build_filename(spool->folder, ".aver-report-XXXXXX", NULL);
  int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    fail(spool, "write", errno, error);
  else
    unlink(path);
  return fd;
}

/* Back to what the job's journal knows of. */
static gboolean cut_back(const Spool *spool, int fd, GError **error)
{
  struct stat info;
  if (fstat(fd, &info) != 0)
    return fail(spool, "go on with", errno, error);
  if ((guint64) info.st_size < spool->length) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "cannot go on with '%s': it has %" G_GUINT64_FORMAT
                " bytes; expected at least %" G_GUINT64_FORMAT,
                spool->path, (guint64) info.st_size, spool->length);
    return FALSE;
  }
  return ftruncate(fd, (off_t) spool->length) == 0 || fail(spool, "go on with", errno, error);
}

static int open_in_job(Spool *spool, const AverStage *stage, const char *position, GError **error)
{
  const char *output = aver_stage_get_output(stage);
  struct stat info;
  if (output == NULL || strcmp(output, "-") == 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "a job cannot write to standard output; expected -o FILE or -o FOLDER");
    return -1;
  }
  g_autofree char *base = without_slashes(output);
  spool->path = g_strdup_printf("%s.%s.spool", base, aver_stage_get_job(stage));
  int fd =
      open(spool->path, O_RDWR | O_NOFOLLOW | O_CLOEXEC | (position == NULL ? O_CREAT : 0), 0666);
  int code = fd < 0 ? errno : 0;
  spool->done = code == ENOENT && aver_stage_get_ended(stage) && stat(output, &info) == 0;
  if (spool->done)
    return -1;
  spool->length = position == NULL ? 0 : g_ascii_strtoull(position, NULL, 10);
  if (fd < 0)
    fail(spool, "go on with", code, error);
  else if (cut_back(spool, fd, error))
    return fd;
  else
    close(fd);
  return -1;
}

Spool *spool_open(const AverStage *stage, const char *position, GError **error)
{
  g_autoptr(Spool) spool = g_new0(Spool, 1);
  int fd = aver_stage_get_job(stage) == NULL
               ? open_nameless(spool, aver_stage_get_output(stage), error)
               : open_in_job(spool, stage, position, error);
  if (spool->done)
    return g_steal_pointer(&spool);
  if (fd < 0)
    return NULL;
  spool->file = fdopen(fd, "r+");
  if (spool->file == NULL || fseeko(spool->file, (off_t) spool->length, SEEK_SET) != 0) {
    fail(spool, "go on with", errno, error);
    if (spool->file == NULL)
      close(fd);
    return NULL;
  }
  return g_steal_pointer(&spool);
}

gboolean spool_is_done(const Spool *spool)
{
  return spool->done;
}

gboolean spool_write(Spool *spool, const char *name, const char *ledger, gsize ledger_length,
                     const char *article, gsize length, GError **error)
{
  if (spool->done)
    return TRUE;
  g_autofree char *head =
      g_strdup_printf("%" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT " %s\n", ledger_length, length, name);
  if (fputs(head, spool->file) == EOF ||
      fwrite(ledger, 1, ledger_length, spool->file) != ledger_length ||
      fwrite(article, 1, length, spool->file) != length)
    return fail(spool, "write", errno, error);
  spool->length += strlen(head) + ledger_length + length;
  return TRUE;
}

gboolean spool_commit(Spool *spool, guint64 *position, GError **error)
{
  *position = spool->length;
  if (spool->done)
    return TRUE;
  if (fflush(spool->file) != 0 || (spool->path != NULL && fdatasync(fileno(spool->file)) != 0))
    return fail(spool, "write", errno, error);
  return TRUE;
}

void spool_rewind(Spool *spool)
{
  spool->next = spool->at = spool->last = 0;
}

static gboolean read_line(Spool *spool)
{
  ssize_t n = getline(&spool->line, &spool->room, spool->file);
  spool->at += n > 0 ? (guint64) n : 0;
  if (n <= 0 && spool->failure == 0)
    spool->failure = ferror(spool->file) ? errno : EIO;
  return n > 0;
}

gboolean spool_next(Spool *spool, const char **name)
{
  char *rest;
  spool->at = spool->next;
  if (spool->next >= spool->length)
    return FALSE;
  if (fseeko(spool->file, (off_t) spool->next, SEEK_SET) != 0)
    spool->failure = spool->failure == 0 ? errno : spool->failure;
  if (spool->failure != 0 || !read_line(spool))
    return FALSE;
  spool->last = spool->at + g_ascii_strtoull(spool->line, &rest, 10);
  spool->next = spool->last + g_ascii_strtoull(rest, &rest, 10);
  rest[strcspn(rest, "\n")] = '\0';
  g_free(spool->name);
  spool->name = g_strdup(rest + 1);
  *name = spool->name;
  return TRUE;
}

gboolean spool_check(const Spool *spool, GError **error)
{
  return spool->failure == 0 || fail(spool, "read", spool->failure, error);
}

gboolean spool_next_fact(Spool *spool, Fact *fact)
{
  if (spool->at >= spool->last || !read_line(spool))
    return FALSE;
  fact_read(fact, spool->line);
  return TRUE;
}

/* Anchors get the document's number here, as only the order of the output knows it. */
gboolean spool_copy_article(Spool *spool, guint number, AverOutput *output, GError **error)
{
  g_autofree char *prefix = g_strdup_printf("d%u-", number), *data = g_malloc(1 << 16);
  g_auto(AverBuffer) out = {0};
  guint64 left = spool->next - spool->last;
  if (fseeko(spool->file, (off_t) spool->last, SEEK_SET) != 0)
    return fail(spool, "read", errno, error);
  while (left > 0) {
    gsize n = fread(data, 1, MIN(left, 1 << 16), spool->file);
    if (n == 0)
      return fail(spool, "read", ferror(spool->file) ? errno : EIO, error);
    left -= n;
    out.length = 0;
    aver_page_print_anchored(&out, data, n, prefix);
    if (!aver_output_write(output, out.data, out.length, error))
      return FALSE;
  }
  return TRUE;
}

void spool_remove(Spool *spool)
{
  if (spool->path != NULL)
    unlink(spool->path);
}

void spool_free(Spool *spool)
{
  if (spool == NULL)
    return;
  if (spool->file != NULL)
    fclose(spool->file);
  free(spool->line);
  g_free(spool->name);
  g_free(spool->path);
  g_free(spool->folder);
  g_free(spool);
}
