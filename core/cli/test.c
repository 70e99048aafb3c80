/* SPDX-License-Identifier: Apache-2.0 */
/* aver test: runs the tests of pipelines. */
#include "cli.h"

#include "test/suite.h"

#include <stdio.h>

typedef struct {
  char **paths;
  char **set;
  char **folders;
  gboolean print;
} TestArguments;

static void clear_arguments(TestArguments *arguments)
{
  g_strfreev(arguments->paths);
  g_strfreev(arguments->set);
  g_strfreev(arguments->folders);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TestArguments, clear_arguments)

static gboolean parse(const Command *command, char **arguments, TestArguments *parsed,
                      ExitCode *code)
{
  const GOptionEntry entries[] = {{"print", 0, 0, G_OPTION_ARG_NONE, &parsed->print,
                                   "Print the file with what is found in it as what is expected",
                                   NULL},
                                  SET_ENTRY(parsed->set),
                                  PLUGIN_DIR_ENTRY(parsed->folders),
                                  G_OPTION_ENTRY_NULL};
  if (!parse_arguments(command, entries, arguments, &parsed->paths, code))
    return FALSE;
  *code = EXIT_USAGE;
  if (parsed->paths == NULL) {
    print_usage_error(command, "no file of tests; expected PIPELINE.test.json");
    return FALSE;
  }
  if (parsed->print && parsed->paths[1] != NULL) {
    print_usage_error(command, "--print and several files; expected one of them");
    return FALSE;
  }
  return TRUE;
}

/* Every line behind "# ", as comments are in TAP. */
static void print_remarks(const char *remarks)
{
  g_auto(GStrv) lines = g_strsplit(remarks, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      printf("# %s\n", lines[i]);
}

typedef struct {
  guint number; /* of the test, over all files */
  guint failed;
  gboolean several; /* files: their names stand before those of documents */
} Tally;

static void run_suite(Suite *suite, Tally *tally)
{
  g_autoptr(AverDocument) document = aver_document_new();
  g_autofree char *path = aver_text_make_printable(suite->file.path, -1);
  for (guint i = 0; i < suite_count(suite); i++) {
    g_autofree char *remarks = suite_judge(suite, i, document);
    g_autofree char *name = aver_text_make_printable(suite_get_name(suite, i), -1);
    g_strdelimit(name, "#", ' '); /* a directive in TAP */
    gboolean good = remarks[0] == '\0';
    tally->failed += !good;
    printf("%s %u - %s%s%s\n", good ? "ok" : "not ok", ++tally->number, tally->several ? path : "",
           tally->several ? ": " : "", name);
    print_remarks(remarks);
    fflush(stdout);
  }
}

static ExitCode run_suites(const GPtrArray *suites)
{
  Tally tally = {.several = suites->len > 1};
  guint n = 0;
  for (guint i = 0; i < suites->len; i++)
    n += suite_count(suites->pdata[i]);
  printf("1..%u\n", n);
  for (guint i = 0; i < suites->len; i++)
    run_suite(suites->pdata[i], &tally);
  if (tally.failed == 0)
    printf("# all %u as expected\n", n);
  else
    printf("# %u of %u not as expected\n", tally.failed, n);
  if (fflush(stdout) != 0 || ferror(stdout)) {
    print_message("standard output cannot be written");
    return EXIT_RUN;
  }
  return tally.failed > 0 ? EXIT_DOCUMENTS : EXIT_OK;
}

ExitCode command_test(const Command *command, char **arguments)
{
  g_auto(TestArguments) parsed = {0};
  ExitCode code = EXIT_OK;
  if (!parse(command, arguments, &parsed, &code))
    return code;
  g_autoptr(AverRegistry) registry = open_registry(parsed.folders);
  if (registry == NULL)
    return EXIT_USAGE;
  code = EXIT_OK;
  g_autoptr(GPtrArray) suites = g_ptr_array_new_with_free_func((GDestroyNotify) suite_free);
  for (guint i = 0; parsed.paths[i] != NULL; i++) {
    Suite *suite = suite_new(registry, parsed.paths[i], parsed.set);
    if (suite == NULL)
      code = EXIT_USAGE;
    else
      g_ptr_array_add(suites, suite);
  }
  if (code != EXIT_OK)
    return code;
  if (parsed.print)
    return suite_print_found(suites->pdata[0]) ? EXIT_OK : EXIT_DOCUMENTS;
  return run_suites(suites);
}
