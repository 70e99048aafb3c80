/* SPDX-License-Identifier: Apache-2.0 */
/* Examples from fastText's format: lines of `__label__x` and the words of the text. */
#include "data.h"

#include <string.h>

static gboolean is_space(char c)
{
  return c == ' ' || c == '\t';
}

/* Whether the words begin with a label. */
static gboolean has_label(const AverFieldValue *words)
{
  return words->length >= strlen(AVER_LABEL_PREFIX) &&
         memcmp(words->text, AVER_LABEL_PREFIX, strlen(AVER_LABEL_PREFIX)) == 0;
}

static void skip(AverFieldValue *words, gsize length)
{
  words->text += length;
  words->length -= length;
}

static void skip_space(AverFieldValue *words)
{
  while (words->length > 0 && is_space(words->text[0]))
    skip(words, 1);
}

/* Takes the label off the words. */
static AverFieldValue take_label(AverFieldValue *words)
{
  gsize length = 0;
  skip(words, strlen(AVER_LABEL_PREFIX));
  while (length < words->length && !is_space(words->text[length]))
    length++;
  AverFieldValue label = {words->text, length};
  skip(words, length);
  skip_space(words);
  return label;
}

static void read_line(const AverDataFile *file, guint64 line, AverFieldValue words)
{
  AverFieldValue values[AVER_N_FIELDS] = {0};
  if (!aver_data_check_text(file, line, words.text, words.length))
    return;
  skip_space(&words);
  if (!has_label(&words)) {
    aver_data_problem(file, line, "no label; expected " AVER_LABEL_PREFIX "LABEL and the text");
    return;
  }
  values[AVER_FIELD_LABEL] = take_label(&words);
  if (has_label(&words)) {
    aver_data_problem(file, line, "more than one label; expected one");
    return;
  }
  values[AVER_FIELD_TEXT] = words;
  aver_data_add(file, line, values);
}

void aver_data_read_fasttext(const AverDataFile *file)
{
  gsize position = 0;
  guint64 line = 0;
  AverFieldValue words;
  while (aver_data_next_line(file, &position, &line, &words))
    read_line(file, line, words);
}
