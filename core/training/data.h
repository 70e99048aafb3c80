/* SPDX-License-Identifier: Apache-2.0 */
/* Data files: what every format's reader is given, and gives. */
#pragma once

#include "problems.h"
#include "training-private.h"

/* What a record may say. */
typedef enum {
  AVER_FIELD_TEXT,
  AVER_FIELD_LABEL,
  AVER_FIELD_GROUP,
  AVER_FIELD_WEIGHT,
  AVER_FIELD_FOLD,
  AVER_N_FIELDS,
} AverField;

/* What messages call it. */
extern const char *const aver_field_words[AVER_N_FIELDS];

/* How it says it; @text is NULL when it does not. */
typedef struct {
  const char *text;
  gsize length;
} AverFieldValue;

/* One file that is read. */
typedef struct {
  AverTraining *training;
  const AverTrainingSettings *settings;
  AverProblems *problems;
  const char *origin; /* as the user named it, for messages */
  const char *name;   /* without its folder */
  const char *data;   /* behind a byte order mark */
  gsize length;
} AverDataFile;

/*
 * Reads all inputs into @training and adds each to @files, a list for the model's card. FALSE with
 * all mistakes in one error.
 */
gboolean aver_data_read(AverTraining *training, const AverTrainingSettings *settings, json_t *files,
                        GError **error);

/* Adds a mistake: "what is wrong; what was expected". @line 0 is the file as a whole. */
void aver_data_problem(const AverDataFile *file, guint64 line, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* The name that the settings give a field, or NULL. */
const char *aver_data_field_name(const AverTrainingSettings *settings, AverField field);

/*
 * How well a member or column of this name fits the field: 0 best, -1 not at all. With @any_case,
 * as in the headers of tables, upper and lower case are the same in the usual names.
 */
gint aver_data_fit(const AverTrainingSettings *settings, AverField field, const char *name,
                   gsize length, gboolean any_case);

/* The usual names of a field, or the one that is set: "text, tweet_text". Free with g_free(). */
char *aver_data_expected(const AverTrainingSettings *settings, AverField field);

/* Makes an example of a record, or a mistake. The record is UTF-8. */
void aver_data_add(const AverDataFile *file, guint64 line, const AverFieldValue *values);

/* Something of the file for a message, cut short. Free with g_free(). */
char *aver_data_show(const char *text, gsize length);

/*
 * The next line of the file behind @position, without its end; blank ones are passed over. @line is
 * that of the last one, 0 before the first. FALSE at the end.
 */
gboolean aver_data_next_line(const AverDataFile *file, gsize *position, guint64 *line,
                             AverFieldValue *value);

/* Whether a record is UTF-8 without NUL; else a mistake. */
gboolean aver_data_check_text(const AverDataFile *file, guint64 line, const char *text,
                              gsize length);

/* How a label begins in fastText's format. */
#define AVER_LABEL_PREFIX "__label__"

/* The readers of the formats. */
void aver_data_read_json(const AverDataFile *file);
void aver_data_read_csv(const AverDataFile *file);
void aver_data_read_tsv(const AverDataFile *file);
void aver_data_read_fasttext(const AverDataFile *file);
