/* SPDX-License-Identifier: Apache-2.0 */
/* Delegates: readers that work for another reader. */
#pragma once

#include "stage.h"

#include <aver/delegate.h>
#include <aver/pipeline.h>

typedef struct {
  AverStage *stage; /* (nullable) once the plugin has been loaded */
  gpointer self;
  gpointer worker; /* without a crew: the one worker's state */
  gboolean opened;
} AverDelegate;

/* Opens a delegate that has been loaded, for all workers, and tells its instance. */
typedef gboolean (*AverDelegateOpener)(gpointer data, guint32 number, gpointer *self,
                                       GError **error);

/* Those of one reader, numbered from 1 as its plugin names them. */
struct AverDelegates {
  AverStage *reader;
  AverRegistry *registry;
  gboolean owns_registry;
  AverInput *input;              /* (nullable) what the reader lends */
  AverIsolationConfig isolation; /* what the pipeline file says for all of them */
  guint n;
  AverDelegate *list;
  AverDelegateOpener open; /* (nullable) without it, a delegate is opened here, for one worker */
  gpointer data;
};

/* For a reader whose plugin has delegates; @registry has to outlive it. */
AverDelegates *aver_delegates_new(AverStage *reader, AverRegistry *registry);
void aver_delegates_free(AverDelegates *delegates);

/* Of any stage: how many delegates there are. */
guint aver_delegates_count(const AverStage *stage);

/* The number of the delegate of that name; 0 when there is none. @delegates may be NULL. */
guint32 aver_delegates_find(const AverDelegates *delegates, const char *name, gsize length);

/* Loads a delegate's plugin unless that has been done; NULL with AVER_ERROR_PLUGIN. */
AverStage *aver_delegates_load(AverDelegates *delegates, guint32 number, GError **error);

/* Loads and opens it unless that has been done. */
gboolean aver_delegates_open(AverDelegates *delegates, guint32 number, GError **error);

/* Whether it may have to run in a child process, as far as is known. */
gboolean aver_delegates_may_isolate(const AverDelegates *delegates, guint32 number);

/* Gives up what was opened, and the input. */
void aver_delegates_close(AverDelegates *delegates);
