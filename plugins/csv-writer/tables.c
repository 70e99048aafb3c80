/* SPDX-License-Identifier: Apache-2.0 */
/* The files that tables are written to: the output itself, or several in the folder it names. */
#include "csv-writer.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *name;
  AverOutput *output;
  gboolean begun; /* it has its header */
} Table;

struct Tables {
  const AverStage *stage;
  GPtrArray *files; /* Table*, in the order they came up; one when there is no folder */
  char *folder;     /* (nullable) */
  gboolean made;    /* the folder was not there before, and is not complete */
};

static void table_free(gpointer data)
{
  Table *table = data;
  aver_output_free(table->output);
  g_free(table->name);
  g_free(table);
}

void tables_free(Tables *tables)
{
  if (tables == NULL)
    return;
  g_ptr_array_unref(tables->files);
  if (tables->made)
    rmdir(tables->folder); /* not when a job has files in it */
  g_free(tables->folder);
  g_free(tables);
}

static Table *add_table(Tables *tables, const char *name, AverOutput *output)
{
  Table *table = g_new0(Table, 1);
  table->name = g_strdup(name);
  table->output = output;
  g_ptr_array_add(tables->files, table);
  return table;
}

static Table *find_table(const Tables *tables, const char *name)
{
  for (guint i = 0; i < tables->files->len; i++) {
    Table *table = g_ptr_array_index(tables->files, i);
    if (strcmp(table->name, name) == 0)
      return table;
  }
  return NULL;
}

static Table *open_file(Tables *tables, const char *name, const char *resume, GError **error)
{
  static const char *const suffixes[] = {"", "", ".gz", ".zst"};
  guint compression = aver_stage_get_choice(tables->stage, "compress");
  g_autofree char *base = g_strconcat(name, ".csv", suffixes[compression], NULL);
  g_autofree char *path = g_build_filename(tables->folder, base, NULL);
  AverOutput *output = aver_stage_open_file(tables->stage, path, resume, error);
  return output == NULL ? NULL : add_table(tables, name, output);
}

static gboolean make_folder(Tables *tables, GError **error)
{
  struct stat info;
  const char *output = aver_stage_get_output(tables->stage);
  if (output == NULL || strcmp(output, "-") == 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "several files cannot go to standard output; expected -o FOLDER, or the option "
                "'layer'");
    return FALSE;
  }
  tables->folder = g_strdup(output);
  tables->made = mkdir(output, 0777) == 0;
  if (tables->made || (errno == EEXIST && stat(output, &info) == 0 && S_ISDIR(info.st_mode)))
    return TRUE;
  if (errno == EEXIST)
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT,
                "'%s' is a file; expected a folder for the files of all layers, or the option "
                "'layer'",
                output);
  else
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot make the folder '%s': %s", output,
                g_strerror(errno));
  return FALSE;
}

static gboolean resume_file(Tables *tables, const char *name, const char *position, GError **error)
{
  if (position == NULL || *name == '\0' || strchr(name, '/') != NULL ||
      find_table(tables, name) != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "'%s' is no table in '%s' to go on with",
                name, tables->folder);
    return FALSE;
  }
  Table *table = open_file(tables, name, position, error);
  if (table != NULL)
    table->begun = aver_output_get_position(table->output) > 0;
  return table != NULL;
}

/* A job's position: the name of each table and where its file was, as in `document 80 quote 12`. */
static gboolean resume_files(Tables *tables, const char *position, GError **error)
{
  g_auto(GStrv) words = g_strsplit(position, " ", -1);
  for (guint i = 0; words[i] != NULL; i += 2)
    if (!resume_file(tables, words[i], words[i + 1], error) || words[i + 1] == NULL)
      return FALSE;
  return TRUE;
}

static gboolean open_only(Tables *tables, const char *only, GError **error)
{
  AverOutput *output = aver_stage_open_output(tables->stage, error);
  if (output == NULL)
    return FALSE;
  add_table(tables, only, output)->begun = aver_output_get_position(output) > 0;
  return TRUE;
}

Tables *tables_new(const AverStage *stage, const char *only, GError **error)
{
  g_autoptr(Tables) tables = g_new0(Tables, 1);
  const char *resume = aver_stage_get_resume_position(stage);
  tables->stage = stage;
  tables->files = g_ptr_array_new_with_free_func(table_free);
  if (only != NULL)
    return open_only(tables, only, error) ? g_steal_pointer(&tables) : NULL;
  if (!make_folder(tables, error) || (resume != NULL && !resume_files(tables, resume, error)))
    return NULL;
  return g_steal_pointer(&tables);
}

gboolean tables_write(Tables *tables, const char *name, const char *header, gsize header_length,
                      const char *rows, gsize length, GError **error)
{
  Table *table = find_table(tables, name);
  if (table == NULL && tables->folder == NULL)
    return TRUE;
  if (table == NULL)
    table = open_file(tables, name, NULL, error);
  if (table == NULL ||
      (!table->begun && !aver_output_write(table->output, header, header_length, error)))
    return FALSE;
  table->begun = TRUE;
  return aver_output_write(table->output, rows, length, error);
}

gboolean tables_commit(Tables *tables, GString *position, GError **error)
{
  for (guint i = 0; i < tables->files->len; i++) {
    Table *table = g_ptr_array_index(tables->files, i);
    if (tables->folder != NULL)
      g_string_append_printf(position, "%s%s ", i > 0 ? " " : "", table->name);
    if (!aver_output_commit(table->output, position, error))
      return FALSE;
  }
  return TRUE;
}

gboolean tables_close(Tables *tables, GError **error)
{
  for (guint i = 0; i < tables->files->len; i++)
    if (!aver_output_close(((Table *) g_ptr_array_index(tables->files, i))->output, error))
      return FALSE;
  tables->made = FALSE;
  return TRUE;
}
