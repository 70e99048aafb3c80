/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the registry: every bad module refused before use, with the true reason. */
#include <aver/aver.h>
#include <elf.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of the test's own, with a copy of one module under a name of the test's choosing. */
static char *folder_with(const char *module, const char *file)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp("aver-XXXXXX", &error);
  g_assert_no_error(error);
  g_autofree char *from = g_build_filename(g_getenv("AVER_FIXTURES"), module, NULL);
  g_autofree char *to = g_build_filename(folder, file, NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true(g_file_get_contents(from, &bytes, &length, NULL));
  g_assert_true(g_file_set_contents(to, bytes, (gssize) length, NULL));
  g_assert_cmpint(g_chmod(to, 0755), ==, 0);
  return folder;
}

static void remove_folder(char *folder, const char *file)
{
  g_autofree char *path = g_build_filename(folder, file, NULL);
  g_remove(path);
  g_rmdir(folder);
  g_free(folder);
}

static void assert_refused(const char *folder, const char *name, const char *pattern)
{
  g_autoptr(AverRegistry) registry = aver_registry_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(aver_registry_add_folder(registry, folder, &error));
  g_assert_null(aver_registry_find(registry, name, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_PLUGIN);
  if (!g_pattern_match_simple(pattern, error->message))
    g_test_fail_printf("'%s' does not match '%s'", error->message, pattern);
}

static void test_refused(void)
{
  static const char *const cases[][2] = {
      {"bad-abi", "*bad-abi.so: made for plugin ABI 999; expected 1*"},
      {"bad-default", "*'bad-default' has an option whose default is not a valid value"},
      {"bad-magic", "*bad-magic.so: no Aver plugin: its magic number is wrong*"},
      {"bad-name", "*bad-name.so: calls itself 'good-name'; expected 'bad-name'*"},
      {"bad-struct", "*bad-struct.so: its description has 16 bytes; expected at least*"},
      {"no-callback", "*'no-callback' has no process() callback, which an annotator needs"},
      {"no-note", "*no-note.so: no Aver plugin: it has no note of Aver's*"},
      {"no-symbol", "*no-symbol.so exports no <module>_LTX_aver_plugin*"},
      {"undefined-symbol",
       "*undefined-symbol.so: undefined symbol: aver_function_that_nobody_wrote"},
      {"relative-resource", "*'relative-resource' has a resource that is no absolute path"},
      {"not-there", "no plugin 'not-there'; expected not-there.so in *"},
      {"../bad-abi", "'../bad-abi' cannot be a plugin's name; expected lower-case letters*"},
      {"", "'' cannot be a plugin's name*"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    assert_refused(g_getenv("AVER_FIXTURES"), cases[i][0], cases[i][1]);
}

static void test_nothing_runs(void)
{
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *mark = g_build_filename(folder, "mark", NULL);
  g_setenv("AVER_MARK", mark, TRUE);
  assert_refused(g_getenv("AVER_FIXTURES"), "bad-abi", "*made for plugin ABI 999*");
  g_assert_false(g_file_test(mark, G_FILE_TEST_EXISTS));
  g_rmdir(folder);
}

static void test_truncated(void)
{
  char *folder = folder_with("fails-document.so", "cut-short.so");
  g_autofree char *path = g_build_filename(folder, "cut-short.so", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
  for (gsize n = 4; n < 8192; n += n < 1024 ? 7 : 509) {
    g_assert_true(g_file_set_contents(path, bytes, (gssize) n, NULL));
    assert_refused(folder, "cut-short", "*cut-short.so: cut short: file too short for its *");
  }
  g_assert_true(g_file_set_contents(path, bytes, 2, NULL));
  assert_refused(folder, "cut-short", "*cut-short.so: not a shared object*");
  remove_folder(folder, "cut-short.so");
}

static void test_other_kinds(void)
{
  static const struct {
    gsize at;
    char byte;
  } changes[] = {{4, 3 - ELFCLASS64 + (sizeof(gpointer) == 8 ? 0 : 1)}, {16, ET_EXEC}, {54, 1}};
  char *folder = folder_with("fails-document.so", "other.so");
  g_autofree char *path = g_build_filename(folder, "other.so", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true(g_file_get_contents(path, &bytes, &length, NULL));
  for (guint i = 0; i < (sizeof(gpointer) == 8 ? G_N_ELEMENTS(changes) : 2); i++) {
    char before = bytes[changes[i].at];
    bytes[changes[i].at] = changes[i].byte;
    g_assert_true(g_file_set_contents(path, bytes, (gssize) length, NULL));
    assert_refused(folder, "other", "*other.so: not a shared object of this kind of machine");
    bytes[changes[i].at] = before;
  }
  g_assert_cmpint(g_remove(path), ==, 0);
  g_assert_cmpint(symlink("none.so", path), ==, 0);
  assert_refused(folder, "other", "*other.so*");
  g_assert_cmpint(g_remove(path), ==, 0);
  g_assert_cmpint(g_mkdir(path, 0755), ==, 0);
  assert_refused(folder, "other", "*other.so is no file");
  remove_folder(folder, "other.so");
}

static void test_libtool_archive(void)
{
  char *folder = folder_with("fails-document.so", "lured.la");
  assert_refused(folder, "lured",
                 "*lured.la is a libtool archive, which is not followed; expected lured.so");
  remove_folder(folder, "lured.la");
}

static void test_world_writable(void)
{
  char *folder = folder_with("fails-document.so", "fails-document.so");
  g_autofree char *path = g_build_filename(folder, "fails-document.so", NULL);
  g_assert_cmpint(g_chmod(path, 0777), ==, 0);
  assert_refused(folder, "fails-document",
                 "*fails-document.so may be written by anyone; expected mode 775");
  g_assert_cmpint(g_chmod(folder, 0777), ==, 0);
  g_autoptr(AverRegistry) registry = aver_registry_new();
  g_autoptr(GError) error = NULL;
  g_assert_false(aver_registry_add_folder(registry, folder, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_PLUGIN);
  remove_folder(folder, "fails-document.so");
}

static void test_search_path_ignored(void)
{
  g_setenv("LTDL_LIBRARY_PATH", g_getenv("AVER_FIXTURES"), TRUE);
  g_setenv("LD_LIBRARY_PATH", g_getenv("AVER_FIXTURES"), TRUE);
  char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  assert_refused(folder, "fails-document", "no plugin 'fails-document'; expected *");
  g_rmdir(folder);
  g_free(folder);
}

static void test_later_struct(void)
{
  g_autoptr(AverRegistry) registry = aver_registry_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(aver_registry_add_folder(registry, g_getenv("AVER_FIXTURES"), &error));
  const AverPlugin *plugin = aver_registry_find(registry, "future-struct", &error);
  g_assert_no_error(error);
  g_assert_cmpuint(plugin->struct_size, ==, sizeof(AverPlugin));
  g_assert_nonnull(plugin->process);
  g_assert_true(aver_registry_find(registry, "future-struct", &error) == plugin);
  g_assert_cmpstr(aver_registry_get_folder_of(registry, plugin), ==, g_getenv("AVER_FIXTURES"));
}

static void test_list(void)
{
  g_autoptr(AverRegistry) registry = aver_registry_new();
  g_assert_true(aver_registry_add_folder(registry, g_getenv("AVER_FIXTURES"), NULL));
  g_auto(GStrv) names = aver_registry_list(registry);
  g_assert_cmpstr(names[0], ==, "bad-abi");
  g_assert_true(g_strv_contains((const char *const *) names, "undefined-symbol"));
}

/* What a build left out is listed, and said when it is asked for; what is there after all is not.
 */
static void test_left_out(void)
{
  g_autofree char *folder = g_dir_make_tmp("aver-left-out-XXXXXX", NULL);
  g_autofree char *list = g_build_filename(folder, "left-out", NULL);
  static const char text[] =
      "rune-reader\tlibrunes (package librunes-dev)\nidle\tnothing\n\tx\nbad\n";
  g_assert_true(g_file_set_contents(list, text, -1, NULL));
  g_autoptr(AverRegistry) registry = aver_registry_new();
  g_autoptr(GError) error = NULL;
  g_assert_true(aver_registry_add_folder(registry, folder, &error));
  g_auto(GStrv) names = aver_registry_list_left_out(registry);
  g_assert_cmpuint(g_strv_length(names), ==, 2);
  g_assert_cmpstr(names[1], ==, "rune-reader");
  g_assert_cmpstr(aver_registry_get_missing(registry, "rune-reader"), ==,
                  "librunes (package librunes-dev)");
  g_assert_null(aver_registry_get_missing(registry, "bad"));
  g_assert_null(aver_registry_find(registry, "rune-reader", &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_PLUGIN);
  g_assert_nonnull(strstr(error->message, "not built: this build lacks librunes"));
  g_remove(list);
  g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/registry/refused", test_refused);
  g_test_add_func("/registry/nothing-runs", test_nothing_runs);
  g_test_add_func("/registry/truncated", test_truncated);
  g_test_add_func("/registry/other-kinds", test_other_kinds);
  g_test_add_func("/registry/libtool-archive", test_libtool_archive);
  g_test_add_func("/registry/world-writable", test_world_writable);
  g_test_add_func("/registry/search-path-ignored", test_search_path_ignored);
  g_test_add_func("/registry/later-struct", test_later_struct);
  g_test_add_func("/registry/list", test_list);
  g_test_add_func("/registry/left-out", test_left_out);
  return g_test_run();
}
