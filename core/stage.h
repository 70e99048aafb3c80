/* SPDX-License-Identifier: Apache-2.0 */
/* A stage: a plugin with its options set, at its place in a pipeline. */
#pragma once

#include "halt.h"
#include "source.h"

#include <aver/expression.h>
#include <aver/plugin.h>

/* The longest record a reader may cut, unless the run says otherwise. */
#define AVER_MAX_RECORD_DEFAULT ((gsize) 16 << 20)

/* What an isolated stage may take, unless the pipeline file says otherwise. */
#define AVER_ISOLATE_SECONDS 10
#define AVER_ISOLATE_MEMORY  (G_GUINT64_CONSTANT(512) << 20)

/* The value of one option. */
typedef struct {
  char *string;   /* STRING, CHOICE, EXPRESSION */
  gint64 integer; /* INTEGER, BOOLEAN, the index of a CHOICE */
  double number;  /* NUMBER */
} AverOptionValue;

typedef enum {
  AVER_POLICY_SKIP,
  AVER_POLICY_STOP,
  AVER_POLICY_DEAD_LETTER,
} AverPolicy;

/* Whether a stage's process gives up its rights: if this machine has what that needs, or else is
 * an error. */
typedef enum {
  AVER_SANDBOX_NO,
  AVER_SANDBOX_WHEN_AVAILABLE,
  AVER_SANDBOX_YES,
} AverSandbox;

/* Whether a stage runs in a child process, and what it may take and do there. */
typedef struct {
  gboolean wanted; /* always with a sandbox */
  double seconds;  /* for one document */
  guint64 memory;  /* bytes beyond what the process has at the start */
  AverSandbox sandbox;
} AverIsolation;

/* What a pipeline file says about it, all of it or a part. */
typedef struct {
  gboolean has_isolate;
  gboolean has_sandbox;
  AverIsolation value;
} AverIsolationConfig;

/* See delegate.h. */
typedef struct AverDelegates AverDelegates;

/* Which share of the input a run reads. */
typedef struct {
  guint64 shard, n_shards; /* the first is 0; without shards both are 0 */
  AverInput *input;        /* (nullable) not owned: what the reader has asked for, while open */
} AverShare;

struct _AverStage {
  char *name;
  const AverPlugin *plugin;
  char *folder;
  AverOptionValue *values; /* one for each of the plugin's options */
  AverStageLayers layers;  /* what it has to do with, given its options */
  AverExpression *when;    /* (nullable) documents it does not hold of pass the stage over */
  AverIsolation isolation;
  guint retries;  /* attempts beyond the first before the policy holds */
  double backoff; /* seconds before the second attempt; doubled for each one more */
  AverPolicy policy;
  char *dead_letter; /* the file, for AVER_POLICY_DEAD_LETTER */
  char **inputs;
  AverDelegates *delegates; /* (nullable) of a reader that has some */
  guint32 delegate;         /* the number of a delegate; 0 for all other stages */
  AverShare *share;         /* (nullable) not owned: of a reader, the part of its input to read */
  AverInput *lent;          /* (nullable) not owned: of a delegate, the input of its reader */
  char *output;
  char *pipeline_file; /* (nullable) as it was named */
  AverHalt *halt;      /* (nullable) not owned: of the pipeline, once the stage is opened */
  gsize max_record;
  AverUnpackLimits unpack; /* of a reader's input */
  GPtrArray *earlier;      /* (nullable) AverLayerType*, and NULL: what earlier stages provide */
  GPtrArray *pipeline;     /* (nullable) not owned: AverStage*, the stages that it is one of */
  GPtrArray *files;        /* (nullable) char*: what the results depend on besides, see add_file */
  gboolean live;           /* the reader of its pipeline acknowledges what was written */
  struct AverJob *job;     /* (nullable) not owned: what the stage is run for */
};

/* All options at their defaults. */
AverStage *aver_stage_new(const AverPlugin *plugin, const char *name, const char *folder);

/* One of the same plugin and name with the same options, and nothing else of what @stage has. */
AverStage *aver_stage_new_like(const AverStage *stage);
void aver_stage_free(AverStage *stage);

/* By what a journal knows the position of a writer. */
char *aver_stage_make_key(const AverStage *stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverStage, aver_stage_free)

/* Puts what the file says in the place of what the plugin asks for. */
void aver_isolation_apply(AverIsolation *isolation, const AverIsolationConfig *config);

/* Tells each of a pipeline's stages, in their order, which ones they are and what layers the ones
 * before it provide. @stages has to live as long as they. */
void aver_stage_tell_layers(GPtrArray *stages);

/* The option of that name; NULL when the plugin has none. */
const AverOption *aver_stage_find_option(const AverStage *stage, const char *name);

/* Sets an option from text ("true", "12", "0.5", "web"); the error says what was expected. */
gboolean aver_stage_set_text(AverStage *stage, const AverOption *option, const char *text,
                             GError **error);

/* Whether @text is a value of the option; NULL is a string that is not set. */
gboolean aver_option_accepts(const AverOption *option, const char *text);

/* What values an option takes, in words: "a whole number from 1 to 8". Free with g_free(). */
char *aver_option_describe(const AverOption *option);
