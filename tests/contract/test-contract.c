/* SPDX-License-Identifier: Apache-2.0 */
/* The contract, tried on every plugin of the build: a plugin is tested here by being there. */
#include <aver/testing.h>

/* A folder of this source tree, ending in a plugin's name perhaps. */
static char *source(const char *folder, const char *name, const char *file)
{
  return g_build_filename(g_getenv("AVER_SOURCE"), folder, name, file, NULL);
}

static void add(AverRegistry *registry, const AverPlugin *plugin, const char *const *set)
{
  /* tests/pipelines/test-postgres.py has one, and tests/cluster/test-nats.py */
  static const char *const need_servers[] = {"nats-reader", "nats-writer", "postgres-writer", NULL};
  g_autofree char *sample = source("tests/contract/inputs", plugin->name, NULL);
  g_autofree char *hostile = source("tests/contract/inputs", "hostile", NULL);
  g_autofree char *texts = source("tests", "articles", NULL);
  g_autofree char *readme = source("plugins", plugin->name, "README.md");
  aver_testing_add_contract(plugin, &(AverTestingContract){
                                        .set = set,
                                        .sample = sample,
                                        .hostile = hostile,
                                        .texts = texts,
                                        .readme = readme,
                                        .registry = registry,
                                        .closed = g_strv_contains(need_servers, plugin->name),
                                    });
}

/* Those of a folder; without one, those that this program was linked with. */
static void add_plugins(AverRegistry *registry)
{
  g_autoptr(GError) error = NULL;
  const char *folder = g_getenv("AVER_PLUGINS");
  if (folder == NULL || folder[0] == '\0')
    g_assert_true(aver_registry_add_preloaded(registry, "."));
  else if (!aver_registry_add_folder(registry, folder, &error))
    g_error("%s", error->message);
}

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(AverRegistry) registry = aver_registry_new();
  add_plugins(registry);
  g_auto(GStrv) names = aver_registry_list(registry);
  g_autofree char *list = source("tests/contract/inputs", "gazetteer", "names.tsv");
  g_autofree char *option = g_strconcat("gazetteer.list=", list, NULL);
  const char *const set[] = {option, NULL};
  for (guint i = 0; names[i] != NULL; i++) {
    const AverPlugin *plugin = aver_registry_find(registry, names[i], &error);
    if (plugin == NULL)
      g_error("%s", error->message);
    add(registry, plugin, set);
  }
  return g_test_run();
}
