/* SPDX-License-Identifier: Apache-2.0 */
/* The sandbox's system calls: what a stage may ask of the kernel, by seccomp. */
#include "sandbox.h"

#ifdef AVER_SECCOMP

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif

/* Memory, what is open already, threads, time, and questions about oneself. Looking for names is
 * allowed, as Landlock has no word on it; opening is Landlock's. */
static const int allowed[] = {
    SCMP_SYS(brk),           SCMP_SYS(mmap),
    SCMP_SYS(mmap2),         SCMP_SYS(munmap),
    SCMP_SYS(mprotect),      SCMP_SYS(mremap),
    SCMP_SYS(madvise),       SCMP_SYS(read),
    SCMP_SYS(readv),         SCMP_SYS(pread64),
    SCMP_SYS(preadv),        SCMP_SYS(write),
    SCMP_SYS(writev),        SCMP_SYS(lseek),
    SCMP_SYS(_llseek),       SCMP_SYS(close),
    SCMP_SYS(close_range),   SCMP_SYS(dup),
    SCMP_SYS(dup2),          SCMP_SYS(dup3),
    SCMP_SYS(pipe),          SCMP_SYS(pipe2),
    SCMP_SYS(eventfd2),      SCMP_SYS(poll),
    SCMP_SYS(ppoll),         SCMP_SYS(select),
    SCMP_SYS(pselect6),      SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),     SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),   SCMP_SYS(fadvise64),
    SCMP_SYS(stat),          SCMP_SYS(stat64),
    SCMP_SYS(lstat),         SCMP_SYS(lstat64),
    SCMP_SYS(fstat),         SCMP_SYS(fstat64),
    SCMP_SYS(newfstatat),    SCMP_SYS(fstatat64),
    SCMP_SYS(statx),         SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),       SCMP_SYS(access),
    SCMP_SYS(faccessat),     SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),      SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),        SCMP_SYS(getdents),
    SCMP_SYS(getdents64),    SCMP_SYS(futex),
    SCMP_SYS(futex_time64),  SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),          SCMP_SYS(membarrier),
    SCMP_SYS(sched_yield),   SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getcpu),        SCMP_SYS(set_tid_address),
    SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),  SCMP_SYS(sigreturn),
    SCMP_SYS(sigaltstack),   SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),          SCMP_SYS(exit_group),
    SCMP_SYS(nanosleep),     SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64),
    SCMP_SYS(clock_getres),  SCMP_SYS(gettimeofday),
    SCMP_SYS(time),          SCMP_SYS(times),
    SCMP_SYS(getrandom),     SCMP_SYS(getpid),
    SCMP_SYS(gettid),        SCMP_SYS(getppid),
    SCMP_SYS(getuid),        SCMP_SYS(geteuid),
    SCMP_SYS(getgid),        SCMP_SYS(getegid),
    SCMP_SYS(getrusage),     SCMP_SYS(getrlimit),
    SCMP_SYS(setrlimit),     SCMP_SYS(uname),
    SCMP_SYS(sysinfo),
};

/* A call that depends on one argument: allowed when argument & mask == value. */
typedef struct {
  int call;
  guint argument;
  guint64 mask;
  guint64 value;
} Allowed;

#define WHOLE   G_MAXUINT64
#define LOW     G_GUINT64_CONSTANT(0xffffffff) /* the kernel looks at 32 bits */
#define WRITING (O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | (O_TMPFILE & ~O_DIRECTORY))
#define NAMESPACES                                                                                 \
  (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |    \
   CLONE_NEWNET)

/* Threads, no processes; files for reading; of descriptors and ioctl() what cannot raise signals or
 * reach a terminal; names of threads; its own limits. */
static const Allowed conditional[] = {
    {SCMP_SYS(clone), 0, CLONE_THREAD | NAMESPACES, CLONE_THREAD},
    {SCMP_SYS(open), 1, WRITING, O_RDONLY},
    {SCMP_SYS(openat), 2, WRITING, O_RDONLY},
    {SCMP_SYS(fcntl), 1, LOW, F_DUPFD},
    {SCMP_SYS(fcntl), 1, LOW, F_DUPFD_CLOEXEC},
    {SCMP_SYS(fcntl), 1, LOW, F_GETFD},
    {SCMP_SYS(fcntl), 1, LOW, F_SETFD},
    {SCMP_SYS(fcntl), 1, LOW, F_GETFL},
    {SCMP_SYS(ioctl), 1, LOW, FIONREAD},
    {SCMP_SYS(ioctl), 1, LOW, TCGETS},
    {SCMP_SYS(prctl), 0, LOW, PR_SET_NAME},
    {SCMP_SYS(prctl), 0, LOW, PR_GET_NAME},
    {SCMP_SYS(prctl), 0, LOW, PR_SET_VMA},
    {SCMP_SYS(prlimit64), 0, LOW, 0},
};

/* libseccomp says EDOM, or passes it over, when the machine does not have the call. */
static int allow(scmp_filter_ctx filter, int call, guint n, const struct scmp_arg_cmp *arguments)
{
  int code = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, n, arguments);
  return code == -EDOM || code == -EEXIST ? 0 : code;
}

static int allow_if(scmp_filter_ctx filter, const Allowed *what)
{
  struct scmp_arg_cmp compare =
      SCMP_CMP64(what->argument, SCMP_CMP_MASKED_EQ, what->mask, what->value);
  return allow(filter, what->call, 1, &compare);
}

/* What a process does to itself: raise() and abort(); and what it tells its parent. */
static int allow_own(scmp_filter_ctx filter, int socket)
{
  const struct scmp_arg_cmp self = {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = (guint64) getpid()};
  const struct scmp_arg_cmp parent[] = {
      {.arg = 0, .op = SCMP_CMP_EQ, .datum_a = (guint64) socket},
      {.arg = 4, .op = SCMP_CMP_EQ, .datum_a = 0},
  };
  int code = allow(filter, SCMP_SYS(kill), 1, &self);
  if (code == 0)
    code = allow(filter, SCMP_SYS(tgkill), 1, &self);
  if (code == 0)
    code = allow(filter, SCMP_SYS(sendto), 2, parent);
  return code == 0 ? allow(filter, SCMP_SYS(recvfrom), 2, parent) : code;
}

/* What is not allowed fails with EPERM, so that a library that can do without goes on. Where the C
 * library has another way, it is told that there is no such call. */
static int fill(scmp_filter_ctx filter, int socket)
{
  int code = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  if (code == 0)
    code = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
  for (guint i = 0; i < G_N_ELEMENTS(allowed) && code == 0; i++)
    code = allow(filter, allowed[i], 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(conditional) && code == 0; i++)
    code = allow_if(filter, &conditional[i]);
  return code == 0 ? allow_own(filter, socket) : code;
}

gboolean aver_sandbox_has_calls(GError **error)
{
  guint32 action = SECCOMP_RET_ERRNO;
  if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0)
    return TRUE;
  g_set_error(
      error, AVER_ERROR, AVER_ERROR_FAILED,
      "this kernel has no filters for system calls (seccomp), or does not let them be used");
  return FALSE;
}

gboolean aver_sandbox_confine_calls(int socket, GError **error)
{
  if (!aver_sandbox_has_calls(error))
    return FALSE;
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  int code = filter == NULL ? -ENOMEM : fill(filter, socket);
  if (code == 0)
    code = seccomp_load(filter);
  seccomp_release(filter);
  if (code != 0)
    g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "seccomp: %s", g_strerror(-code));
  return code == 0;
}

#else

gboolean aver_sandbox_has_calls(GError **error)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED,
              "this build lacks libseccomp (option seccomp, package libseccomp-dev)");
  return FALSE;
}

gboolean aver_sandbox_confine_calls(int socket, GError **error)
{
  (void) socket;
  return aver_sandbox_has_calls(error);
}

#endif
