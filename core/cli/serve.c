/* SPDX-License-Identifier: Apache-2.0 */
/* aver serve: a pipeline behind HTTP. */
#include "cli.h"

#include "log.h"
#include "serve/options.h"

#include <dlfcn.h>
#include <math.h>

#define MOST_CONNECTIONS 65536

typedef struct {
  char **paths;
  char **set;
  char **folders;
  char **addresses;
  char **hosts;
  int port;
  int workers;
  int max_waiting;
  int max_connections;
  gint64 max_size;
  double timeout;
  gboolean verbose;
} ServeArguments;

static void clear_arguments(ServeArguments *arguments)
{
  g_strfreev(arguments->paths);
  g_strfreev(arguments->set);
  g_strfreev(arguments->folders);
  g_strfreev(arguments->addresses);
  g_strfreev(arguments->hosts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ServeArguments, clear_arguments)

static gboolean check_number(const Command *command, const char *option, gint64 number,
                             gint64 least, gint64 most)
{
  if (number >= least && number <= most)
    return TRUE;
  print_usage_error(command,
                    "--%s is %" G_GINT64_FORMAT "; expected a number from %" G_GINT64_FORMAT
                    " to %" G_GINT64_FORMAT,
                    option, number, least, most);
  return FALSE;
}

static gboolean check(const Command *command, const ServeArguments *parsed)
{
  if (parsed->paths == NULL || parsed->paths[1] != NULL) {
    print_usage_error(command, parsed->paths == NULL ? "no pipeline file; expected PIPELINE"
                                                     : "more than one pipeline file; expected one");
    return FALSE;
  }
  if (!isfinite(parsed->timeout) || parsed->timeout < 0.01 || parsed->timeout > 86400) {
    print_usage_error(command, "--timeout is %g; expected seconds from 0.01 to 86400",
                      parsed->timeout);
    return FALSE;
  }
  return check_number(command, "port", parsed->port, 0, 65535) &&
         check_number(command, "jobs", parsed->workers, 0, MOST_WORKERS) &&
         check_number(command, "max-waiting", parsed->max_waiting, 0, G_MAXINT / 2) &&
         check_number(command, "max-connections", parsed->max_connections, 1, MOST_CONNECTIONS) &&
         check_number(command, "max-size", parsed->max_size, 1, (gint64) AVER_DOCUMENT_MAX_BYTES);
}

static gboolean parse(const Command *command, char **arguments, ServeArguments *parsed,
                      ExitCode *code)
{
  const GOptionEntry entries[] = {
      {"port", 'p', 0, G_OPTION_ARG_INT, &parsed->port,
       "Listen at this port (default: 8080; 0: any that is free)", "N"},
      {"address", 0, 0, G_OPTION_ARG_STRING_ARRAY, &parsed->addresses,
       "Listen at this IP address (repeatable; default: 127.0.0.1 and ::1)", "ADDRESS"},
      {"host", 0, 0, G_OPTION_ARG_STRING_ARRAY, &parsed->hosts,
       "Answer requests for this host name, too (repeatable)", "NAME"},
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &parsed->workers,
       "Work with N threads (default: 0, one a processor)", "N"},
      {"max-waiting", 0, 0, G_OPTION_ARG_INT, &parsed->max_waiting,
       "Requests that may wait for a thread (default: 64)", "N"},
      {"max-connections", 0, 0, G_OPTION_ARG_INT, &parsed->max_connections,
       "Connections that may be open (default: 512)", "N"},
      {"max-size", 0, 0, G_OPTION_ARG_INT64, &parsed->max_size,
       "Longest body of a request (default: 16777216)", "BYTES"},
      {"timeout", 0, 0, G_OPTION_ARG_DOUBLE, &parsed->timeout,
       "Longest time for one document (default: 30)", "SECONDS"},
      {"verbose", 'v', 0, G_OPTION_ARG_NONE, &parsed->verbose,
       "Tell of every request on standard error", NULL},
      SET_ENTRY(parsed->set),
      PLUGIN_DIR_ENTRY(parsed->folders),
      G_OPTION_ENTRY_NULL};
  if (!parse_arguments(command, entries, arguments, &parsed->paths, code))
    return FALSE;
  *code = EXIT_USAGE;
  return check(command, parsed);
}

#ifdef AVER_SERVE_INSIDE

static ServeFunction find_server(void)
{
  return aver_serve;
}

#else

/* The server, from where it was built or installed with the plugins; NULL after saying why. */
static ServeFunction find_server(void)
{
  g_autofree char *plugins = aver_registry_get_standard_folder();
  g_autofree char *folder = g_path_get_dirname(plugins);
  g_autofree char *path = g_build_filename(folder, SERVE_MODULE, NULL);
  void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  void *symbol = module == NULL ? NULL : dlsym(module, SERVE_SYMBOL);
  if (symbol != NULL)
    return (ServeFunction) (gsize) symbol;
  const char *reason = dlerror();
  g_autofree char *message =
      g_file_test(path, G_FILE_TEST_EXISTS)
          ? g_strdup_printf("the HTTP server cannot be loaded: %s", reason)
          : g_strdup_printf("there is no HTTP server at %s; expected a build that found libsoup 3 "
                            "(apt install libsoup-3.0-dev, then build again)",
                            path);
  print_message(message);
  return NULL;
}

#endif

/* A pipeline whose writer needs a file to write to is served as if it had none. */
static AverPipeline *make_pipeline(AverRegistry *registry, const ServeArguments *parsed,
                                   GError **error)
{
  AverSettings settings = {.set = (const char *const *) parsed->set,
                           .max_record = (gsize) parsed->max_size,
                           .max_unpacked = (guint64) parsed->max_size};
  g_autoptr(GError) failure = NULL;
  AverPipeline *pipeline =
      aver_pipeline_new_from_file(registry, parsed->paths[0], &settings, &failure);
  if (pipeline == NULL) {
    settings.writer = "jsonl-writer";
    pipeline = aver_pipeline_new_from_file(registry, parsed->paths[0], &settings, NULL);
  }
  if (pipeline == NULL)
    g_propagate_error(error, g_steal_pointer(&failure));
  return pipeline;
}

static ExitCode start(const ServeArguments *parsed)
{
  g_autoptr(GError) error = NULL;
  ServeFunction serve = find_server();
  g_autoptr(AverRegistry) registry = serve == NULL ? NULL : open_registry(parsed->folders);
  if (registry == NULL)
    return EXIT_USAGE;
  g_autoptr(AverPipeline) pipeline = make_pipeline(registry, parsed, &error);
  if (pipeline == NULL) {
    log_mistakes(error->message);
    return EXIT_USAGE;
  }
  const ServeOptions options = {
      .addresses = (const char *const *) parsed->addresses,
      .hosts = (const char *const *) parsed->hosts,
      .port = (guint16) parsed->port,
      .max_size = (gsize) parsed->max_size,
      .timeout = (gint64) (parsed->timeout * G_USEC_PER_SEC),
      .n_workers = parsed->workers > 0 ? (guint) parsed->workers : g_get_num_processors(),
      .max_waiting = (guint) parsed->max_waiting,
      .max_connections = (guint) parsed->max_connections,
      .verbose = parsed->verbose,
      .log = log_message,
  };
  g_autoptr(AverService) service = aver_service_new(pipeline, options.n_workers, &error);
  if (service != NULL && serve(&options, service, &error))
    return EXIT_OK;
  print_message(error->message);
  return service == NULL || g_error_matches(error, AVER_ERROR, AVER_ERROR_CONFIG) ? EXIT_USAGE
                                                                                  : EXIT_RUN;
}

ExitCode command_serve(const Command *command, char **arguments)
{
  g_auto(ServeArguments) parsed = {
      .port = 8080, .max_waiting = 64, .max_connections = 512, .max_size = 16 << 20, .timeout = 30};
  ExitCode code = EXIT_OK;
  return parse(command, arguments, &parsed, &code) ? start(&parsed) : code;
}
