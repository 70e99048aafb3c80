/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that read a pipeline file have in common. */
#pragma once

#include "config.h"
#include "places.h"

typedef struct {
  AverMistakes *mistakes;
  GHashTable *names;       /* of the stages so far */
  GHashTable *environment; /* names of the variables that the file may use */
} AverReading;

/* A value is of another type than it has to be. */
void aver_reading_add_wrong(AverReading *reading, const AverPlace *place, const char *label,
                            const char *key, const json_t *value, const char *expected);

/* Keys that are not known, or given twice. */
void aver_reading_check_keys(AverReading *reading, const AverPlace *place, const char *label,
                             const char *const *known);

/* Whether a key that is missing stands there misspelt, which is told as such. */
gboolean aver_reading_is_misspelt(const AverPlace *place, const char *key,
                                  const char *const *known);

/* What the file says in `environment`. */
void aver_reading_take_environment(AverReading *reading, const json_t *root,
                                   const AverPlace *place);

/*
 * A string with the values of `${NAME}` in it: NULL when it has none, or after adding what is
 * wrong. Free with g_free().
 */
char *aver_reading_expand(AverReading *reading, const AverPlace *place, const char *label,
                          const char *text);

/* What the file says in `stages`. */
void aver_reading_take_stages(AverReading *reading, AverConfig *config, const json_t *stages,
                              const AverPlace *place);

/* What a stage says in `on_error`. */
void aver_reading_take_policy(AverReading *reading, AverConfigStage *stage, const json_t *object,
                              const AverPlace *place);

/* What a stage says in `when` and `output`. */
void aver_reading_take_flow(AverReading *reading, AverConfigStage *stage, const json_t *object,
                            const AverPlace *place);
