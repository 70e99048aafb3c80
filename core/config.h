/* SPDX-License-Identifier: Apache-2.0 */
/* The pipeline file as it was written: a plain structure with positions, nothing looked up yet. */
#pragma once

#include "places.h"
#include "stage.h"

#include <jansson.h>

/* Limits that no pipeline meets: what is beyond them is a clear error. */
#define AVER_CONFIG_MAX_BYTES  ((gsize) 1 << 20)
#define AVER_CONFIG_MAX_DEPTH  16
#define AVER_CONFIG_MAX_STAGES 256

typedef struct {
  char *name;
  AverPosition name_position;
  json_t *value;
  AverPosition value_position;
  char *raw;         /* (nullable) as AverPlace has it */
  gboolean expanded; /* the value is of variables, and any type as it is typed */
} AverConfigOption;

typedef struct _AverConfigStage AverConfigStage;
struct _AverConfigStage {
  char *plugin;          /* (nullable) when it could not be understood */
  char *name;            /* (nullable) as plugin */
  char *label;           /* for messages: "stage 'x'", "stage 3" */
  AverPosition position; /* of the plugin's name, or else of the stage */
  AverPosition name_position;
  GPtrArray *options; /* AverConfigOption*, in order */
  gboolean has_policy;
  AverPolicy policy;
  char *dead_letter;
  guint retries; /* before the policy holds */
  double backoff;
  char *when; /* (nullable) */
  char *when_raw;
  AverPosition when_position;
  char *output; /* (nullable) */
  AverPosition output_position;
  AverIsolationConfig isolation;
  AverPosition isolate_position;
  AverPosition sandbox_position;
  AverConfigStage *with_output; /* (nullable) */
};

typedef struct {
  char *description; /* (nullable) */
  GPtrArray *stages; /* AverConfigStage* */
  AverPosition stages_position;
} AverConfig;

/*
 * Reads the file that @mistakes is about, and adds what is wrong with it. NULL when there is no
 * list of stages to go on with.
 */
AverConfig *aver_config_new_from_file(AverMistakes *mistakes);
void aver_config_free(AverConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverConfig, aver_config_free)

/* A stage that is not in the file but was asked for by an argument, which has to outlive it. */
AverConfigStage *aver_config_stage_new(const char *plugin, const char *argument);
void aver_config_stage_free(AverConfigStage *stage);

/* Reads a stage's `isolate` and `sandbox` (configisolate.c). */
void aver_config_read_isolate(AverMistakes *mistakes, AverConfigStage *stage, const json_t *object,
                              const AverPlace *place);

/* A JSON value for a message: `"abc"`, `12`, `a list`. Free with g_free(). */
char *aver_config_show(const json_t *value);
