/* SPDX-License-Identifier: Apache-2.0 */
/* From what a record says to an example: which field is which, and what it may hold. */
#include "data.h"

#include <aver/text.h>
#include <math.h>
#include <string.h>

/* A longer label is a field that was taken for one. */
#define LONGEST_LABEL 255
#define LONGEST_SHOWN 40

const char *const aver_field_words[AVER_N_FIELDS] = {"text", "label", "group", "weight", "fold"};

/* The usual names, the first ones first. A tweet's topic is no group: there are too few of them. */
static const char *const usual[AVER_N_FIELDS][5] = {
    [AVER_FIELD_TEXT] = {"text", "tweet_text", "sentence", "tweet"},
    [AVER_FIELD_LABEL] = {"label", "class_label", "check_worthiness", "verdict"},
    [AVER_FIELD_GROUP] = {"doc", "file_id"},
    [AVER_FIELD_WEIGHT] = {"weight"},
};

const char *aver_data_field_name(const AverTrainingSettings *settings, AverField field)
{
  const char *const names[] = {
      [AVER_FIELD_TEXT] = settings->text_field,   [AVER_FIELD_LABEL] = settings->label_field,
      [AVER_FIELD_GROUP] = settings->group_field, [AVER_FIELD_WEIGHT] = settings->weight_field,
      [AVER_FIELD_FOLD] = settings->fold_field,
  };
  return names[field];
}

gint aver_data_fit(const AverTrainingSettings *settings, AverField field, const char *name,
                   gsize length, gboolean any_case)
{
  const char *set = aver_data_field_name(settings, field);
  if (set != NULL)
    return strlen(set) == length && memcmp(set, name, length) == 0 ? 0 : AVER_NONE;
  for (gint i = 0; usual[field][i] != NULL; i++) {
    if (strlen(usual[field][i]) != length)
      continue;
    if (memcmp(usual[field][i], name, length) == 0 ||
        (any_case && g_ascii_strncasecmp(usual[field][i], name, length) == 0))
      return i;
  }
  return AVER_NONE;
}

char *aver_data_expected(const AverTrainingSettings *settings, AverField field)
{
  const char *set = aver_data_field_name(settings, field);
  return set != NULL ? g_strdup(set) : g_strjoinv(", ", (char **) usual[field]);
}

char *aver_data_show(const char *text, gsize length)
{
  g_autofree char *start = g_strndup(text, MIN(length, LONGEST_SHOWN));
  g_autofree char *valid = g_utf8_make_valid(start, -1);
  return g_strdup_printf("'%s%s'", valid, length > LONGEST_SHOWN ? "..." : "");
}

/* Whether a field that has to be there is. */
static gboolean is_there(const AverDataFile *file, guint64 line, AverField field,
                         const AverFieldValue *value)
{
  gboolean needed = field <= AVER_FIELD_LABEL || aver_data_field_name(file->settings, field);
  if (!needed || value->text != NULL)
    return TRUE;
  g_autofree char *expected = aver_data_expected(file->settings, field);
  aver_data_problem(file, line, "no %s; expected %s%s", aver_field_words[field],
                    strchr(expected, ',') != NULL ? "one of " : "a field ", expected);
  return FALSE;
}

static gboolean is_text(const AverDataFile *file, guint64 line, const AverFieldValue *value)
{
  AverSpan rest = {0, (guint32) MIN(value->length, AVER_DOCUMENT_MAX_BYTES)};
  rest = aver_text_trim(value->text, rest);
  if (rest.end > rest.start)
    return TRUE;
  aver_data_problem(file, line, "the text is empty; expected some");
  return FALSE;
}

static gboolean is_name(const AverDataFile *file, guint64 line, const char *what,
                        const AverFieldValue *value)
{
  if (value->length == 0)
    aver_data_problem(file, line, "the %s is empty; expected some", what);
  else if (value->length > LONGEST_LABEL)
    aver_data_problem(file, line, "the %s has %" G_GSIZE_FORMAT " bytes; expected at most %d", what,
                      value->length, LONGEST_LABEL);
  else if (memchr(value->text, '\0', value->length) != NULL)
    aver_data_problem(file, line, "the %s has a NUL character; expected none", what);
  else
    return TRUE;
  return FALSE;
}

/* A decimal number and nothing else: no white space, no "inf", no hexadecimal digits. */
static gboolean parse_number(const AverFieldValue *value, double *number)
{
  char copy[64], *end = NULL;
  if (value->length == 0 || value->length >= sizeof copy)
    return FALSE;
  memcpy(copy, value->text, value->length);
  copy[value->length] = '\0';
  if (strspn(copy, "+-.0123456789eE") != value->length)
    return FALSE;
  *number = g_ascii_strtod(copy, &end);
  return end == copy + value->length && isfinite(*number);
}

static gboolean read_weight(const AverDataFile *file, guint64 line, const AverFieldValue *value,
                            double *weight)
{
  *weight = 1;
  if (value->text == NULL || (parse_number(value, weight) && *weight > 0))
    return TRUE;
  g_autofree char *shown = aver_data_show(value->text, value->length);
  aver_data_problem(file, line, "the weight is %s; expected a number above 0", shown);
  return FALSE;
}

static gboolean read_fold(const AverDataFile *file, guint64 line, const AverFieldValue *value,
                          gint32 *fold)
{
  double number = 0;
  *fold = AVER_NONE;
  if (value->text == NULL)
    return TRUE;
  if (parse_number(value, &number) && number >= 0 && number <= G_MAXINT32 &&
      number == floor(number)) {
    *fold = (gint32) number;
    return TRUE;
  }
  g_autofree char *shown = aver_data_show(value->text, value->length);
  aver_data_problem(file, line, "the fold is %s; expected a whole number from 0", shown);
  return FALSE;
}

void aver_data_add(const AverDataFile *file, guint64 line, const AverFieldValue *values)
{
  AverExample example = {0};
  const AverFieldValue *text = &values[AVER_FIELD_TEXT];
  const AverFieldValue *label = &values[AVER_FIELD_LABEL];
  const AverFieldValue *group = &values[AVER_FIELD_GROUP];
  for (guint i = 0; i < AVER_N_FIELDS; i++)
    if (!is_there(file, line, (AverField) i, &values[i]))
      return;
  if (!is_text(file, line, text) || !is_name(file, line, "label", label) ||
      (group->text != NULL && !is_name(file, line, "group", group)) ||
      !read_weight(file, line, &values[AVER_FIELD_WEIGHT], &example.weight) ||
      !read_fold(file, line, &values[AVER_FIELD_FOLD], &example.fold))
    return;
  g_autoptr(GError) error = NULL;
  example.label = aver_training_intern(file->training, label->text, label->length);
  if (group->text != NULL)
    example.group = aver_training_intern(file->training, group->text, group->length);
  if (!aver_training_add(file->training, text->text, text->length, &example, &error))
    aver_data_problem(file, line, "the text cannot be used: %s", error->message);
}
