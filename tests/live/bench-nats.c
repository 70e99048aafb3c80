/* SPDX-License-Identifier: Apache-2.0 */
/* What a plain C client does: publishes, or fetches and acknowledges, messages of a work queue. */
#include <nats/nats.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static void check(natsStatus status, const char *what)
{
  if (status == NATS_OK)
    return;
  fprintf(stderr, "%s: %s\n", what, natsStatus_GetText(status));
  exit(1);
}

static void make_stream(jsCtx *js)
{
  const char *subjects[] = {"bench"};
  jsStreamConfig config;
  jsStreamConfig_Init(&config);
  config.Name = "BENCH";
  config.Subjects = subjects;
  config.SubjectsLen = 1;
  config.Retention = js_WorkQueuePolicy;
  js_DeleteStream(js, "BENCH", NULL, NULL);
  check(js_AddStream(NULL, js, &config, NULL, NULL), "stream");
}

/* @text is one JSON document of about 4 KB; with its number as the id. */
static void publish(jsCtx *js, int n)
{
  char text[4200], filler[4001];
  for (int i = 0; i < 4000; i++)
    filler[i] = i % 80 == 79 ? '.' : i % 6 == 5 ? ' ' : (char) ('a' + i % 23);
  filler[4000] = '\0';
  for (int i = 0; i < n; i++) {
    int length = snprintf(text, sizeof text, "{\"id\":\"%d\",\"text\":\"%s\"}", i, filler);
    check(js_PublishAsync(js, "bench", text, length, NULL), "publish");
  }
  check(js_PublishAsyncComplete(js, NULL), "complete");
}

static void fetch(jsCtx *js, int n, int batch)
{
  natsSubscription *subscription = NULL;
  check(js_PullSubscribe(&subscription, js, "bench", "plain", NULL, NULL, NULL), "subscribe");
  for (int done = 0; done < n;) {
    natsMsgList list = {0};
    check(natsSubscription_Fetch(&list, subscription, batch, 5000, NULL), "fetch");
    for (int i = 0; i < list.Count; i++)
      check(natsMsg_Ack(list.Msgs[i], NULL), "acknowledge");
    done += list.Count;
    natsMsgList_Destroy(&list);
  }
  natsSubscription_Destroy(subscription);
}

/* bench-nats URL publish|fetch N [BATCH] */
int main(int argc, char **argv)
{
  natsConnection *connection = NULL;
  jsCtx *js = NULL;
  jsOptions options;
  if (argc < 4)
    return 2;
  int n = atoi(argv[3]);
  check(natsConnection_ConnectTo(&connection, argv[1]), "connect");
  jsOptions_Init(&options);
  options.PublishAsync.MaxPending = 4096;
  options.PublishAsync.StallWait = 5000;
  check(natsConnection_JetStream(&js, connection, &options), "JetStream");
  if (strcmp(argv[2], "publish") == 0)
    make_stream(js);
  double start = now();
  if (strcmp(argv[2], "publish") == 0)
    publish(js, n);
  else
    fetch(js, n, argc > 4 ? atoi(argv[4]) : 256);
  natsConnection_Flush(connection);
  double seconds = now() - start;
  printf("%s: %.0f messages/s\n", argv[2], n / seconds);
  jsCtx_Destroy(js);
  natsConnection_Destroy(connection);
  nats_Close();
  return 0;
}
