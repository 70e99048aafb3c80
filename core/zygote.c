/* SPDX-License-Identifier: Apache-2.0 */
/* The zygote: a process that children are forked from. */
#include "zygote.h"

#include <aver/error.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef enum {
  REQUEST_FORK,
  REQUEST_REAP,
} RequestKind;

typedef struct {
  guint32 kind;
  guint32 number; /* of the child */
  guint32 grace;  /* milliseconds */
  gint32 pid;
} Request;

typedef struct {
  gint32 pid; /* or minus an errno */
  gint32 status;
  guint32 killed;
  guint64 peak;
} Reply;

struct AverZygote {
  pid_t pid;
  int socket;
  pthread_mutex_t lock; /* one request at a time */
};

/* What the zygote itself knows. */
typedef struct {
  int socket;
  AverZygoteChild child;
  gpointer data;
  GArray *children; /* pid_t */
} Mother;

static void close_from(int first)
{
  if (close_range((guint) first, ~0U, 0) == 0)
    return;
  struct rlimit limit = {0};
  getrlimit(RLIMIT_NOFILE, &limit);
  for (int i = first; i < (int) MIN(limit.rlim_cur, 65536); i++)
    close(i);
}

int aver_zygote_confine(int keep, pid_t parent)
{
  if (parent != 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
      _exit(1);
  }
  /* Not its own to answer: a terminal or a service manager tells the whole group to stop, and the
   * parent still wants the documents in flight. */
  for (int i = 1; i < NSIG; i++)
    signal(i, i == SIGINT || i == SIGTERM || i == SIGHUP ? SIG_IGN : SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setpgid(0, 0);
  if (keep != 3 && dup2(keep, 3) < 0)
    _exit(1);
  close_from(4);
  return 3;
}

static gboolean receive(int socket, gpointer data, gsize length, int *descriptor)
{
  char control[CMSG_SPACE(sizeof(int))];
  struct iovec bytes = {data, length};
  struct msghdr message = {
      .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
  ssize_t got;
  do
    got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (got < 0 && errno == EINTR);
  const struct cmsghdr *part = CMSG_FIRSTHDR(&message);
  if (descriptor != NULL) {
    *descriptor = -1;
    if (got >= 0 && part != NULL && part->cmsg_type == SCM_RIGHTS)
      memcpy(descriptor, CMSG_DATA(part), sizeof(int));
  }
  return got == (ssize_t) length;
}

static gboolean transmit(int socket, const void *data, gsize length, int descriptor)
{
  char control[CMSG_SPACE(sizeof(int))] = {0};
  struct iovec bytes = {(gpointer) data, length};
  struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1};
  if (descriptor >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    struct cmsghdr *part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(part), &descriptor, sizeof(int));
  }
  ssize_t sent;
  do
    sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent == (ssize_t) length;
}

static Reply bear(Mother *mother, guint number, int socket)
{
  pid_t self = getpid();
  pid_t pid = fork();
  if (pid == 0) {
    mother->child(number, aver_zygote_confine(socket, self), mother->data);
    _exit(0);
  }
  if (pid < 0)
    return (Reply){.pid = -errno};
  g_array_append_val(mother->children, pid);
  return (Reply){.pid = pid};
}

/* There is no waiting with a time limit: look now and then, first often. */
static Reply reap(Mother *mother, pid_t pid, guint grace)
{
  Reply reply = {.pid = -ECHILD};
  struct rusage usage = {0};
  guint known = 0;
  while (known < mother->children->len && g_array_index(mother->children, pid_t, known) != pid)
    known++;
  if (known == mother->children->len)
    return reply;
  g_array_remove_index_fast(mother->children, known);
  pid_t got = 0;
  gint64 end = g_get_monotonic_time() + (gint64) grace * 1000;
  for (guint pause = 50; grace > 0 && (got = wait4(pid, &reply.status, WNOHANG, &usage)) == 0;
       pause = MIN(pause * 2, 5000)) {
    if (g_get_monotonic_time() >= end)
      break;
    g_usleep(pause);
  }
  kill(-pid, SIGKILL);
  if (got == 0) {
    reply.killed = 1;
    kill(pid, SIGKILL);
    do
      got = wait4(pid, &reply.status, 0, &usage);
    while (got < 0 && errno == EINTR);
  }
  reply.pid = pid;
  reply.peak = (guint64) usage.ru_maxrss * 1024;
  return reply;
}

G_NORETURN static void serve(Mother *mother)
{
  Request request;
  int descriptor;
  while (receive(mother->socket, &request, sizeof request, &descriptor)) {
    Reply reply = request.kind == REQUEST_FORK ? bear(mother, request.number, descriptor)
                                               : reap(mother, request.pid, request.grace);
    if (descriptor >= 0)
      close(descriptor);
    if (!transmit(mother->socket, &reply, sizeof reply, -1))
      break;
  }
  for (guint i = 0; i < mother->children->len; i++) {
    pid_t pid = g_array_index(mother->children, pid_t, i);
    kill(-pid, SIGKILL);
    kill(pid, SIGKILL);
  }
  g_array_unref(mother->children);
  _exit(0);
}

static gboolean raise_errno(GError **error, const char *what)
{
  g_set_error(error, AVER_ERROR, AVER_ERROR_FAILED, "%s: %s", what, g_strerror(errno));
  return FALSE;
}

AverZygote *aver_zygote_new(AverZygoteChild child, gpointer data, GError **error)
{
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
    raise_errno(error, "no socket for isolated stages");
    return NULL;
  }
  pid_t pid = fork();
  if (pid == 0) {
    Mother mother = {.child = child, .data = data};
    /* When the parent is gone, its socket is: no signal needed, which would come when the thread
     * that forked ends. */
    mother.socket = aver_zygote_confine(pair[1], 0);
    mother.children = g_array_new(FALSE, FALSE, sizeof(pid_t));
    serve(&mother);
  }
  close(pair[1]);
  if (pid < 0) {
    raise_errno(error, "no process for isolated stages");
    close(pair[0]);
    return NULL;
  }
  AverZygote *zygote = g_new0(AverZygote, 1);
  zygote->pid = pid;
  zygote->socket = pair[0];
  pthread_mutex_init(&zygote->lock, NULL);
  return zygote;
}

void aver_zygote_free(AverZygote *zygote)
{
  if (zygote == NULL)
    return;
  close(zygote->socket);
  while (waitpid(zygote->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  pthread_mutex_destroy(&zygote->lock);
  g_free(zygote);
}

static gboolean ask(AverZygote *zygote, const Request *request, int descriptor, Reply *reply)
{
  pthread_mutex_lock(&zygote->lock);
  gboolean answered = transmit(zygote->socket, request, sizeof *request, descriptor) &&
                      receive(zygote->socket, reply, sizeof *reply, NULL);
  pthread_mutex_unlock(&zygote->lock);
  return answered;
}

gboolean aver_zygote_fork(AverZygote *zygote, guint number, pid_t *pid, int *socket, GError **error)
{
  int pair[2];
  Reply reply;
  Request request = {.kind = REQUEST_FORK, .number = number};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0)
    return raise_errno(error, "no socket for an isolated stage");
  gboolean answered = ask(zygote, &request, pair[1], &reply);
  close(pair[1]);
  if (answered && reply.pid > 0) {
    *pid = reply.pid;
    *socket = pair[0];
    return TRUE;
  }
  close(pair[0]);
  errno = answered ? -reply.pid : EPIPE;
  return raise_errno(error, "no process for an isolated stage");
}

gboolean aver_zygote_reap(AverZygote *zygote, pid_t pid, guint grace, AverDeath *death)
{
  Reply reply;
  Request request = {.kind = REQUEST_REAP, .pid = pid, .grace = grace};
  if (!ask(zygote, &request, -1, &reply) || reply.pid != pid)
    return FALSE;
  *death = (AverDeath){reply.status, reply.killed != 0, reply.peak};
  return TRUE;
}
