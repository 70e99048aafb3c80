/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of model files: what is written is read, and nothing damaged is. */
#include <aver/aver.h>
#include <glib/gstdio.h>

typedef struct {
  char *folder;
  char *path;
} Fixture;

static const gint16 numbers[] = {1, -2, 3, -4, 5};

static void set_up(Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->folder = g_dir_make_tmp("aver-model-XXXXXX", NULL);
  g_assert_nonnull(fixture->folder);
  fixture->path = g_build_filename(fixture->folder, "a.model", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(AverModelWriter) writer = aver_model_writer_new("test/kind", "{\"data\":\"none\"}");
  aver_model_writer_add(writer, "numbers", numbers, sizeof numbers);
  aver_model_writer_add(writer, "empty", NULL, 0);
  aver_model_writer_add(writer, "bytes", "xyz", 3);
  g_assert_true(aver_model_writer_write(writer, fixture->path, &error));
  g_assert_no_error(error);
}

static void tear_down(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_unlink(fixture->path);
  g_rmdir(fixture->folder);
  g_free(fixture->path);
  g_free(fixture->folder);
}

static void reads_what_was_written(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GError) error = NULL;
  g_autoptr(AverModel) model = aver_model_new_from_file(fixture->path, "test/kind", &error);
  g_assert_no_error(error);
  gsize n;
  const gint16 *read = aver_model_get_section(model, "numbers", sizeof(gint16), &n, &error);
  g_assert_no_error(error);
  g_assert_cmpmem(read, n * sizeof *read, numbers, sizeof numbers);
  g_assert_cmpuint((gsize) read % 64, ==, 0);
  const char *bytes = aver_model_get_section(model, "bytes", 1, &n, &error);
  g_assert_cmpmem(bytes, n, "xyz", 3);
  g_assert_nonnull(aver_model_get_section(model, "empty", 4, &n, &error));
  g_assert_cmpuint(n, ==, 0);
  g_assert_cmpstr(aver_model_get_card(model), ==, "{\"data\":\"none\"}");
}

static void names_a_missing_section(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GError) error = NULL;
  g_autoptr(AverModel) model = aver_model_new_from_file(fixture->path, "test/kind", NULL);
  gsize n;
  g_assert_null(aver_model_get_section(model, "weights", 1, &n, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  g_assert_nonnull(strstr(error->message, "'weights' is missing"));
  g_clear_error(&error);
  g_assert_null(aver_model_get_section(model, "bytes", 2, &n, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
}

static void refuses_another_kind(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(GError) error = NULL;
  g_assert_null(aver_model_new_from_file(fixture->path, "other", &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_clear_error(&error);
  g_unlink(fixture->path);
  g_assert_null(aver_model_new_from_file(fixture->path, "test/kind", &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_INPUT);
}

static gboolean overwrite(const char *path, const char *data, gsize length)
{
  return g_file_set_contents_full(path, data, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0666,
                                  NULL);
}

/* Every byte of the file matters, and so does its length. */
static void refuses_damage(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *file = NULL;
  gsize length;
  g_assert_true(g_file_get_contents(fixture->path, &file, &length, NULL));
  for (gsize i = 0; i < length; i++) {
    file[i] ^= 0x40;
    g_assert_true(overwrite(fixture->path, file, length));
    g_autoptr(GError) error = NULL;
    g_assert_null(aver_model_new_from_file(fixture->path, "test/kind", &error));
    g_assert_true(g_error_matches(error, AVER_ERROR, AVER_ERROR_SYNTAX) ||
                  g_error_matches(error, AVER_ERROR, AVER_ERROR_CONFIG));
    file[i] ^= 0x40;
  }
  for (gsize i = 0; i < length; i++) {
    g_assert_true(overwrite(fixture->path, file, i));
    g_autoptr(GError) error = NULL;
    g_assert_null(aver_model_new_from_file(fixture->path, "test/kind", &error));
    g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  }
}

static void fails_where_it_cannot_write(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autofree char *path = g_build_filename(fixture->folder, "no", "such.model", NULL);
  g_autoptr(AverModelWriter) writer = aver_model_writer_new("test/kind", "{}");
  g_autoptr(GError) error = NULL;
  g_assert_false(aver_model_writer_write(writer, path, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_OUTPUT);
}

#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("/model/reads-what-was-written", reads_what_was_written);
  ADD("/model/names-a-missing-section", names_a_missing_section);
  ADD("/model/refuses-another-kind", refuses_another_kind);
  ADD("/model/refuses-damage", refuses_damage);
  ADD("/model/fails-where-it-cannot-write", fails_where_it_cannot_write);
  return g_test_run();
}
