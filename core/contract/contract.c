/* SPDX-License-Identifier: Apache-2.0 */
/* The contract test: adds the cases of a plugin, and makes its instances. */
#include "contract.h"

#include "../registry.h"

#include <glib/gstdio.h>
#include <string.h>

/* The options that are the plugin's own: "PLUGIN.option=value" without its name. */
static char **options_of(const AverContract *contract, const AverPlugin *plugin)
{
  g_autoptr(GStrvBuilder) own = g_strv_builder_new();
  gsize length = strlen(plugin->name);
  for (guint i = 0; contract->set != NULL && contract->set[i] != NULL; i++)
    if (g_str_has_prefix(contract->set[i], plugin->name) && contract->set[i][length] == '.')
      g_strv_builder_add(own, contract->set[i] + length + 1);
  return g_strv_builder_end(own);
}

void aver_contract_open(AverContractInstance *instance, const AverContract *contract,
                        const AverPlugin *plugin, const char *const *inputs, const char *output)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) set = options_of(contract, plugin);
  instance->plugin = plugin;
  instance->stage =
      aver_testing_stage_new(plugin, (const char *const *) set, inputs, output, &error);
  g_assert_no_error(error);
  instance->self = plugin->open == NULL ? NULL : plugin->open(instance->stage, &error);
  g_assert_no_error(error);
  for (guint i = 0; i < 2; i++) {
    instance->workers[i] = plugin->start == NULL ? NULL : plugin->start(instance->self, &error);
    g_assert_no_error(error);
  }
}

void aver_contract_close(AverContractInstance *instance)
{
  for (guint i = 0; i < 2; i++)
    if (instance->plugin->stop != NULL)
      instance->plugin->stop(instance->self, instance->workers[i]);
  if (instance->plugin->close != NULL)
    instance->plugin->close(instance->self);
  aver_testing_stage_free(instance->stage);
}

static void check_readme(const AverContract *contract)
{
  const AverPlugin *plugin = contract->plugin;
  g_autofree char *readme = NULL;
  g_autoptr(GError) error = NULL;
  g_file_get_contents(contract->readme, &readme, NULL, &error);
  g_assert_no_error(error);
  for (gsize i = 0; i < plugin->n_options; i++) {
    g_autofree char *quoted = g_strdup_printf("`%s`", plugin->options[i].name);
    if (strstr(readme, quoted) == NULL)
      g_test_fail_printf("%s says nothing of option %s", contract->readme, quoted);
  }
}

/* What the host refuses, and what a person is told. */
static void test_description(gconstpointer data)
{
  const AverContract *contract = data;
  const AverPlugin *plugin = contract->plugin;
  const char *wrong = aver_registry_wrong_with(plugin);
  if (wrong != NULL) {
    g_test_fail_printf("plugin '%s' has %s", plugin->name, wrong);
    return;
  }
  g_assert_cmpstr(plugin->version, !=, "");
  g_assert_cmpstr(plugin->summary, !=, "");
  g_assert_false(g_str_has_suffix(plugin->summary, "."));
  for (gsize i = 0; i < plugin->n_options; i++) {
    g_assert_cmpstr(plugin->options[i].help, !=, "");
    for (gsize k = 0; k < i; k++)
      g_assert_cmpstr(plugin->options[i].name, !=, plugin->options[k].name);
  }
  if (contract->readme != NULL)
    check_readme(contract);
  g_autoptr(GError) error = NULL;
  const char *const unknown[] = {"no_such_option=1", NULL};
  g_assert_null(aver_testing_stage_new(plugin, unknown, NULL, NULL, &error));
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
}

static void test_open_close(gconstpointer data)
{
  const AverContract *contract = data;
  const char *const inputs[] = {"/nonexistent/input", NULL};
  g_autofree char *folder = g_dir_make_tmp("aver-XXXXXX", NULL);
  g_autofree char *output = g_build_filename(folder, "out", NULL);
  for (guint i = 0; i < 3; i++) {
    AverContractInstance instance;
    aver_contract_open(&instance, contract, contract->plugin, inputs, output);
    aver_contract_close(&instance);
  }
  g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static AverContract *contract_new(const AverPlugin *plugin, const AverTestingContract *given)
{
  static const AverTestingContract nothing = {0};
  if (given == NULL)
    given = &nothing;
  AverContract *contract = g_new0(AverContract, 1);
  contract->plugin = plugin;
  contract->registry = given->registry;
  contract->set = g_strdupv((char **) given->set);
  contract->sample = g_strdup(given->sample);
  contract->hostile = g_strdup(given->hostile);
  contract->texts = g_strdup(given->texts);
  contract->readme = g_strdup(given->readme);
  return contract;
}

static void contract_free(gpointer data)
{
  AverContract *contract = data;
  g_strfreev(contract->set);
  g_free(contract->sample);
  g_free(contract->hostile);
  g_free(contract->texts);
  g_free(contract->readme);
  g_free(contract);
}

static void add_case(const AverPlugin *plugin, const char *what, GTestDataFunc function,
                     const AverTestingContract *given)
{
  g_autofree char *path = g_strdup_printf("/contract/%s/%s", plugin->name, what);
  g_test_add_data_func_full(path, contract_new(plugin, given), function, contract_free);
}

void aver_testing_add_contract(const AverPlugin *plugin, const AverTestingContract *contract)
{
  static const GTestDataFunc functions[] = {
      NULL, aver_contract_test_reader, aver_contract_test_annotator, aver_contract_test_writer};
  static const char *const kinds[] = {"", "reader", "annotator", "writer"};
  g_return_if_fail(plugin != NULL && plugin->magic == AVER_PLUGIN_MAGIC &&
                   plugin->abi == AVER_ABI && plugin->struct_size == sizeof *plugin);
  g_return_if_fail(plugin->kind > 0 && plugin->kind < G_N_ELEMENTS(kinds));
  add_case(plugin, "description", test_description, contract);
  if (contract != NULL && contract->closed)
    return;
  add_case(plugin, "open-close", test_open_close, contract);
  add_case(plugin, kinds[plugin->kind], functions[plugin->kind], contract);
  if (plugin->train != NULL)
    add_case(plugin, "train", aver_contract_test_training, contract);
}
