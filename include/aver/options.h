/* SPDX-License-Identifier: Apache-2.0 */
/* Options: what a plugin lets a pipeline file set. */
#pragma once

#include <aver/error.h>

G_BEGIN_DECLS

/**
 * AverOptionKind:
 * @AVER_OPTION_STRING: UTF-8 text
 * @AVER_OPTION_BOOLEAN: true or false
 * @AVER_OPTION_INTEGER: a whole number
 * @AVER_OPTION_NUMBER: a number
 * @AVER_OPTION_CHOICE: one of @choices
 * @AVER_OPTION_EXPRESSION: a condition, see #AverExpression; the layers it speaks of are checked
 *   with the pipeline
 *
 * What an option takes.
 */
typedef enum {
  AVER_OPTION_STRING,
  AVER_OPTION_BOOLEAN,
  AVER_OPTION_INTEGER,
  AVER_OPTION_NUMBER,
  AVER_OPTION_CHOICE,
  AVER_OPTION_EXPRESSION,
} AverOptionKind;

/**
 * AverOption:
 * @name: lower case, `[a-z][a-z0-9_]*`
 * @kind: its type
 * @fallback: (nullable): the default, as it would be typed; %NULL for a string means "not set"
 * @help: one line for a person: what it does, its unit
 * @minimum: least allowed value of a number
 * @maximum: greatest allowed value of a number; with @minimum both 0, any value is allowed
 * @choices: (nullable): %NULL-terminated allowed values of a choice
 *
 * One row of a plugin's option table.
 */
typedef struct {
  const char *name;
  AverOptionKind kind;
  const char *fallback;
  const char *help;
  double minimum;
  double maximum;
  const char *const *choices;
} AverOption;

G_END_DECLS
