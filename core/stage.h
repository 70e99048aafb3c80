/* SPDX-License-Identifier: Apache-2.0 */
/* A stage: a plugin with its options set, at its place in a pipeline. */
#pragma once

#include <aver/plugin.h>

/* The longest record a reader may cut, unless the run says otherwise. */
#define AVER_MAX_RECORD_DEFAULT ((gsize) 16 << 20)

/* The value of one option. */
typedef struct {
  char *string;   /* STRING, CHOICE */
  gint64 integer; /* INTEGER, BOOLEAN, the index of a CHOICE */
  double number;  /* NUMBER */
} AverOptionValue;

typedef enum {
  AVER_POLICY_SKIP,
  AVER_POLICY_STOP,
  AVER_POLICY_DEAD_LETTER,
} AverPolicy;

struct _AverStage {
  char *name;
  const AverPlugin *plugin;
  char *folder;
  AverOptionValue *values; /* one for each of the plugin's options */
  AverPolicy policy;
  char *dead_letter; /* the file, for AVER_POLICY_DEAD_LETTER */
  char **inputs;
  char *output;
  gsize max_record;
};

/* All options at their defaults. */
AverStage *aver_stage_new(const AverPlugin *plugin, const char *name, const char *folder);
void aver_stage_free(AverStage *stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverStage, aver_stage_free)

/* The option of that name; NULL when the plugin has none. */
const AverOption *aver_stage_find_option(const AverStage *stage, const char *name);

/* Sets an option from text ("true", "12", "0.5", "web"); the error says what was expected. */
gboolean aver_stage_set_text(AverStage *stage, const AverOption *option, const char *text,
                             GError **error);

/* Whether @text is a value of the option; NULL is a string that is not set. */
gboolean aver_option_accepts(const AverOption *option, const char *text);

/* What values an option takes, in words: "a whole number from 1 to 8". Free with g_free(). */
char *aver_option_describe(const AverOption *option);
