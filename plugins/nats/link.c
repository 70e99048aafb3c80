/* SPDX-License-Identifier: Apache-2.0 */
/* The connection to a NATS server. Nothing that could have a password in it is in any message. */
#include "link.h"

#include <string.h>

#define CONNECT_MILLISECONDS 5000
#define RECONNECT_WAIT       250 /* milliseconds between two attempts at a server */
#define MOST_SERVERS         32

static gboolean refuse(GError **error, const char *option, const char *value, const char *expected)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "option '%s' is '%s'; expected %s", option,
              value, expected);
  return FALSE;
}

gboolean link_check_name(const char *name, const char *option, GError **error)
{
  if (name == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "option '%s' is not set; expected a name",
                option);
    return FALSE;
  }
  gboolean good = *name != '\0' && strlen(name) <= 255;
  for (const char *byte = name; good && *byte != '\0'; byte++)
    good = g_ascii_isgraph(*byte) && strchr(".*>/\\", *byte) == NULL;
  return good || refuse(error, option, name,
                        "a name of ASCII letters, digits, '-' and '_' and the like, without '.'");
}

gboolean link_check_subject(const char *subject, const char *option, gboolean wild, GError **error)
{
  if (subject == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "option '%s' is not set; expected a subject, as news.results", option);
    return FALSE;
  }
  gboolean good = *subject != '\0' && *subject != '.' && strlen(subject) <= 255 &&
                  !g_str_has_suffix(subject, ".") && strstr(subject, "..") == NULL;
  for (const char *byte = subject; good && *byte != '\0'; byte++)
    good = g_ascii_isgraph(*byte) && (wild || (*byte != '*' && *byte != '>'));
  return good || refuse(error, option, subject,
                        wild ? "a subject, as news.in or news.>" : "a subject without wildcards");
}

gboolean link_check(const AverStage *stage, GError **error)
{
  const char *servers = aver_stage_get_string(stage, "servers");
  gboolean cert = aver_stage_get_string(stage, "tls_cert") != NULL;
  if (strchr(servers, '@') != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "option 'servers' has a user in it, which jobs would keep; expected NATS_USER and "
                "NATS_PASSWORD, or the option credentials");
    return FALSE;
  }
  if (cert == (aver_stage_get_string(stage, "tls_key") != NULL))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "option '%s' without '%s'; expected both",
              cert ? "tls_cert" : "tls_key", cert ? "tls_key" : "tls_cert");
  return FALSE;
}

gboolean link_fail(const Link *link, natsStatus status, const char *what, GError **error)
{
  const char *last = NULL;
  if (link->connection != NULL)
    natsConnection_GetLastError(link->connection, &last);
  g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "%s at '%s' (option servers): %s%s%s", what,
              link->servers, natsStatus_GetText(status), last == NULL || *last == '\0' ? "" : ": ",
              last == NULL ? "" : last);
  return FALSE;
}

static gboolean fail_file(const char *option, const char *path, natsStatus status, GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "option '%s': cannot use '%s': %s", option,
              path, natsStatus_GetText(status));
  return FALSE;
}

static gboolean set_tls(natsOptions *options, const AverStage *stage, GError **error)
{
  const char *ca = aver_stage_get_string(stage, "tls_ca");
  const char *cert = aver_stage_get_string(stage, "tls_cert");
  const char *key = aver_stage_get_string(stage, "tls_key");
  natsStatus status = NATS_OK;
  if (ca == NULL && cert == NULL)
    return TRUE;
  status = natsOptions_SetSecure(options, true);
  if (status == NATS_OK && ca != NULL)
    status = natsOptions_LoadCATrustedCertificates(options, ca);
  if (status != NATS_OK)
    return fail_file("tls_ca", ca == NULL ? "" : ca, status, error);
  status = cert == NULL ? NATS_OK : natsOptions_LoadCertificatesChain(options, cert, key);
  return status == NATS_OK || fail_file("tls_cert", cert, status, error);
}

static gboolean set_user(natsOptions *options, const AverStage *stage, GError **error)
{
  const char *credentials = aver_stage_get_string(stage, "credentials");
  const char *user = g_getenv("NATS_USER"), *password = g_getenv("NATS_PASSWORD");
  const char *token = g_getenv("NATS_TOKEN");
  natsStatus status = NATS_OK;
  if (credentials != NULL) {
    g_autofree char *content = NULL;
    g_autoptr(GError) failure = NULL;
    if (!g_file_get_contents(credentials, &content, NULL, &failure)) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG, "option 'credentials': %s",
                  failure->message);
      return FALSE;
    }
    status = natsOptions_SetUserCredentialsFromFiles(options, credentials, NULL);
  } else if (user != NULL) {
    status = natsOptions_SetUserInfo(options, user, password == NULL ? "" : password);
  } else if (token != NULL) {
    status = natsOptions_SetToken(options, token);
  }
  return status == NATS_OK ||
         fail_file("credentials", credentials == NULL ? "the environment" : credentials, status,
                   error);
}

/* The library would print them. */
static void ignore_error(natsConnection *connection, natsSubscription *subscription,
                         natsStatus status, void *closure)
{
  (void) connection;
  (void) subscription;
  (void) status;
  (void) closure;
}

static natsStatus set_servers(natsOptions *options, const char *servers)
{
  g_auto(GStrv) list = g_strsplit(servers, ",", MOST_SERVERS);
  for (guint i = 0; list[i] != NULL; i++)
    g_strstrip(list[i]);
  return natsOptions_SetServers(options, (const char **) list, (int) g_strv_length(list));
}

static natsStatus set_reconnect(natsOptions *options, const AverStage *stage)
{
  gint64 seconds = aver_stage_get_integer(stage, "reconnect");
  natsStatus status = natsOptions_SetAllowReconnect(options, seconds > 0);
  if (status == NATS_OK && seconds > 0)
    status = natsOptions_SetMaxReconnect(options, (int) (seconds * 1000 / RECONNECT_WAIT));
  if (status == NATS_OK)
    status = natsOptions_SetReconnectWait(options, RECONNECT_WAIT);
  if (status == NATS_OK)
    status = natsOptions_SetReconnectJitter(options, 1, 1);
  return status;
}

static natsStatus set_plain(natsOptions *options, const AverStage *stage)
{
  natsStatus status = set_servers(options, aver_stage_get_string(stage, "servers"));
  if (status == NATS_OK)
    status = set_reconnect(options, stage);
  if (status == NATS_OK)
    status = natsOptions_SetTimeout(options, CONNECT_MILLISECONDS);
  if (status == NATS_OK)
    status = natsOptions_SetName(options, "aver");
  if (status == NATS_OK)
    status = natsOptions_SetPingInterval(options, 10000);
  if (status == NATS_OK)
    status = natsOptions_SetErrorHandler(options, ignore_error, NULL);
  if (status == NATS_OK)
    status = natsOptions_UseOldRequestStyle(options, true);
  return status;
}

static gboolean connect_with(Link *link, natsOptions *options, GError **error)
{
  jsOptions js;
  natsStatus status = set_plain(options, link->stage);
  if (status != NATS_OK)
    return refuse(error, "servers", link->servers, "addresses, as nats://host:4222");
  if (!set_tls(options, link->stage, error) || !set_user(options, link->stage, error))
    return FALSE;
  status = natsConnection_Connect(&link->connection, options);
  if (status != NATS_OK)
    return link_fail(link, status, "cannot connect to a NATS server", error);
  jsOptions_Init(&js);
  js.PublishAsync.MaxPending = 0;
  status = natsConnection_JetStream(&link->js, link->connection, &js);
  return status == NATS_OK || link_fail(link, status, "cannot use JetStream", error);
}

gboolean link_open(Link *link, const AverStage *stage, GError **error)
{
  natsOptions *options = NULL;
  *link = (Link){.stage = stage, .servers = aver_stage_get_string(stage, "servers")};
  if (!link_check(stage, error))
    return FALSE;
  natsStatus status = natsOptions_Create(&options);
  gboolean good = status == NATS_OK ? connect_with(link, options, error)
                                    : link_fail(link, status, "cannot begin", error);
  natsOptions_Destroy(options);
  if (!good)
    link_close(link);
  return good;
}

void link_close(Link *link)
{
  jsCtx_Destroy(link->js);
  natsConnection_Destroy(link->connection);
  link->js = NULL;
  link->connection = NULL;
}

guint64 link_get_turn(const Link *link)
{
  natsStatistics *statistics = NULL;
  uint64_t in, in_bytes, out, out_bytes, turn = G_MAXUINT64;
  if (natsConnection_Status(link->connection) != NATS_CONN_STATUS_CONNECTED ||
      natsStatistics_Create(&statistics) != NATS_OK)
    return G_MAXUINT64;
  if (natsConnection_GetStats(link->connection, statistics) != NATS_OK ||
      natsStatistics_GetCounts(statistics, &in, &in_bytes, &out, &out_bytes, &turn) != NATS_OK)
    turn = G_MAXUINT64;
  natsStatistics_Destroy(statistics);
  return turn;
}

gboolean link_is_closed(const Link *link)
{
  return natsConnection_Status(link->connection) == NATS_CONN_STATUS_CLOSED;
}

gboolean link_wait(const Link *link, guint milliseconds)
{
  g_usleep((gulong) milliseconds * 1000);
  return !link_is_closed(link);
}

gboolean link_has_stream(const Link *link, const char *name, gboolean *there, GError **error)
{
  jsStreamInfo *info = NULL;
  jsErrCode code = 0;
  natsStatus status = js_GetStreamInfo(&info, link->js, name, NULL, &code);
  jsStreamInfo_Destroy(info);
  *there = status == NATS_OK;
  if (status == NATS_OK || code == JSStreamNotFoundErr || status == NATS_NOT_FOUND)
    return TRUE;
  g_autofree char *what = g_strdup_printf("cannot look for stream '%s'", name);
  return link_fail(link, status, what, error);
}

gboolean link_check_taken(const Link *link, const char *subject, const char *option, GError **error)
{
  jsStreamNamesList *names = NULL;
  jsOptions options;
  jsErrCode code = 0;
  jsOptions_Init(&options);
  options.Stream.Info.SubjectsFilter = subject;
  natsStatus status = js_StreamNames(&names, link->js, &options, &code);
  gboolean taken = status == NATS_OK && names != NULL && names->Count > 0;
  jsStreamNamesList_Destroy(names);
  if (taken)
    return TRUE;
  if (status != NATS_OK && status != NATS_NOT_FOUND)
    return link_fail(link, status, "cannot ask for streams", error);
  g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
              "option '%s' is '%s', which no stream of '%s' takes; expected a subject of one, or "
              "the option create=true",
              option, subject, link->servers);
  return FALSE;
}

gboolean link_make_stream(const Link *link, const char *name, const char *subject,
                          jsRetentionPolicy retention, GError **error)
{
  jsStreamConfig config;
  jsStreamInfo *info = NULL;
  jsErrCode code = 0;
  const char *subjects[] = {subject};
  jsStreamConfig_Init(&config);
  config.Name = name;
  config.Subjects = subjects;
  config.SubjectsLen = 1;
  config.Retention = retention;
  config.Storage = js_FileStorage;
  natsStatus status = js_AddStream(&info, link->js, &config, NULL, &code);
  jsStreamInfo_Destroy(info);
  if (status == NATS_OK)
    return TRUE;
  if (code == JSStreamNameExistErr) { /* another worker may have made it meanwhile */
    GError *failure = NULL;
    if (link_check_taken(link, subject, "subject", &failure))
      return TRUE;
    if (!g_error_matches(failure, AVER_ERROR, AVER_ERROR_CONFIG)) {
      g_propagate_error(error, failure);
      return FALSE;
    }
    g_error_free(failure);
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "there is a stream '%s' at '%s' that does not take '%s'; expected one that does, "
                "or another name to make one of",
                name, link->servers, subject);
    return FALSE;
  }
  g_autofree char *what = g_strdup_printf("cannot make stream '%s' of '%s'", name, subject);
  return link_fail(link, status, what, error);
}
