/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox's files: what a stage may open, by Landlock (landlock(7)). */
#include "sandbox.h"

#include "sanitized.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the oldest headers that this is compiled with do not know. */
#define TRUNCATE      (G_GUINT64_CONSTANT(1) << 14)
#define IOCTL_DEVICES (G_GUINT64_CONSTANT(1) << 15)
#define ALL_TCP       G_GUINT64_CONSTANT(3) /* bind, connect */
#define ALL_SCOPES    G_GUINT64_CONSTANT(3) /* abstract sockets, signals */

#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)

/* landlock_ruleset_attr as of ABI 6; each ABI knows the beginning of it. */
typedef struct {
  guint64 files;
  guint64 network;
  guint64 scopes;
} Rights;

/* For any stage: shared libraries and what they need to load others (glibc's character sets are
 * some), time zones, translated messages, nothing, and randomness. */
static const char *const common[] = {"/lib",
                                     "/lib64",
                                     "/usr/lib",
                                     "/usr/lib64",
                                     "/usr/local/lib",
                                     "/etc/ld.so.cache",
                                     "/etc/localtime",
                                     "/usr/share/zoneinfo",
                                     "/usr/share/locale",
                                     "/sys/devices/system/cpu",
                                     "/dev/null",
                                     "/dev/zero",
                                     "/dev/random",
                                     "/dev/urandom",
                                     AVER_SANITIZED ? "/proc/self" : NULL,
                                     NULL};

/* Which Landlock this kernel has: 0 for none. */
static int get_abi(void)
{
  long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return abi < 1 ? 0 : (int) abi;
}

gboolean aver_sandbox_has_files(GError **error)
{
  if (get_abi() > 0)
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
              "this kernel has no Landlock, or does not let it be used");
  return FALSE;
}

static int create_rules(int abi)
{
  Rights rights = {.files = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
  gsize size = sizeof rights.files;
  if (abi >= 2)
    rights.files |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3)
    rights.files |= TRUNCATE;
  if (abi >= 5)
    rights.files |= IOCTL_DEVICES;
  if (abi >= 4) {
    rights.network = ALL_TCP;
    size = G_STRUCT_OFFSET(Rights, scopes);
  }
  if (abi >= 6) {
    rights.scopes = ALL_SCOPES;
    size = sizeof rights;
  }
  return (int) syscall(SYS_landlock_create_ruleset, &rights, size, 0);
}

/* What is not there cannot be read, now or later. */
static gboolean allow_reading(int rules, const char *path, gboolean only_file)
{
  struct stat status;
  int fd = open(path, O_PATH | O_CLOEXEC);
  if (fd < 0)
    return TRUE;
  gboolean known = fstat(fd, &status) == 0;
  gboolean folder = known && S_ISDIR(status.st_mode);
  struct landlock_path_beneath_attr rule = {
      .allowed_access = folder ? READING : LANDLOCK_ACCESS_FS_READ_FILE, .parent_fd = fd};
  gboolean good = !known || (only_file && !S_ISREG(status.st_mode)) ||
                  syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
  close(fd);
  return good;
}

/* One file, or several with commas between them. */
static gboolean allow_named(int rules, const char *option)
{
  g_auto(GStrv) names = g_strsplit(option, ",", -1);
  gboolean good = allow_reading(rules, option, TRUE);
  for (guint i = 0; names[i] != NULL && names[1] != NULL; i++)
    good = good && allow_reading(rules, g_strstrip(names[i]), TRUE);
  return good;
}

/* The folder of the module and its models, what the plugin declares, and files that options name:
 * not folders, as "/" may be an option's value. */
static gboolean allow_resources(int rules, const AverStage *stage)
{
  const AverPlugin *plugin = stage->plugin;
  gboolean good = allow_reading(rules, stage->folder, FALSE);
  for (guint i = 0; common[i] != NULL; i++)
    good = good && allow_reading(rules, common[i], FALSE);
  for (guint i = 0; plugin->resources != NULL && plugin->resources[i] != NULL; i++)
    good = good && allow_reading(rules, plugin->resources[i], FALSE);
  for (gsize i = 0; i < plugin->n_options; i++)
    if (plugin->options[i].kind == AVER_OPTION_STRING && stage->values[i].string != NULL)
      good = good && allow_named(rules, stage->values[i].string);
  return good;
}

gboolean aver_sandbox_confine_files(const AverStage *stage, GError **error)
{
  int abi = get_abi();
  if (abi == 0)
    return aver_sandbox_has_files(error);
  int rules = create_rules(abi);
  gboolean good = rules >= 0 && allow_resources(rules, stage) &&
                  syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  if (!good)
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "Landlock: %s", g_strerror(errno));
  if (rules >= 0)
    close(rules);
  return good;
}
