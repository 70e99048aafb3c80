/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a pipeline file: read within limits, and parsed into values with their places. */
#include "configtext.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Up to one byte more than the limit, so that the caller can tell. */
static GString *read_descriptor(int descriptor)
{
  g_autoptr(GString) text = g_string_new(NULL);
  char chunk[16384];
  while (text->len <= AVER_CONFIG_MAX_BYTES) {
    ssize_t n = read(descriptor, chunk, sizeof chunk);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return NULL;
    if (n == 0)
      break;
    g_string_append_len(text, chunk, n);
  }
  return g_steal_pointer(&text);
}

static GString *read_file(AverMistakes *mistakes)
{
  int descriptor = open(mistakes->path, O_RDONLY | O_CLOEXEC);
  GString *text = descriptor < 0 ? NULL : read_descriptor(descriptor);
  int reason = errno;
  if (descriptor >= 0)
    close(descriptor);
  if (text == NULL)
    aver_mistakes_add(mistakes, NULL, NULL, "cannot be read: %s; expected a pipeline file",
                      reason == ENOENT ? "there is no such file" : g_strerror(reason));
  return text;
}

/* Where the token starts that the message ends with, as in "invalid token near 'x'": Jansson's own
 * position is behind it. */
static gsize start_of_token(const GString *text, const json_error_t *error)
{
  gsize end = MIN((gsize) MAX(error->position, 0), text->len);
  const char *near = strstr(error->text, " near '");
  if (near == NULL || json_error_code(error) == json_error_invalid_utf8)
    return end;
  gsize length = strlen(near + 7);
  length -= length > 0 ? 1 : 0;
  if (length > end || strncmp(text->str + end - length, near + 7, length) != 0)
    return end;
  return end - length;
}

static const char *expected_instead(const json_error_t *error)
{
  switch (json_error_code(error)) {
  case json_error_stack_overflow:
    return "a pipeline file, which is not nested so deep";
  case json_error_invalid_utf8:
    return "UTF-8";
  case json_error_null_character:
    return "text without NUL characters";
  case json_error_premature_end_of_input:
    return "the rest of the JSON text";
  case json_error_end_of_input_expected:
    return "nothing after the JSON text";
  default:
    return "JSON, without comments or trailing commas";
  }
}

static void add_syntax(AverMistakes *mistakes, const GString *text, const json_error_t *error)
{
  gsize at = start_of_token(text, error);
  AverPosition position = aver_position_of(text->str, at);
  gboolean nul = json_error_code(error) == json_error_null_character;
  aver_mistakes_add(mistakes, &position, NULL, "%s; expected %s",
                    nul ? "\\u0000 in a string" : error->text, expected_instead(error));
  if (json_error_code(error) == json_error_invalid_utf8)
    aver_mistakes_suggest(mistakes, "save the file as UTF-8");
  else if (nul)
    aver_mistakes_suggest(mistakes, "remove \\u0000");
  else if (json_error_code(error) == json_error_stack_overflow)
    aver_mistakes_suggest(mistakes, "remove a level");
  else
    aver_config_suggest(mistakes, text->str, text->len, at, error->text);
}

json_t *aver_config_load(AverMistakes *mistakes, AverPlace **place)
{
  g_autoptr(GString) text = read_file(mistakes);
  if (text == NULL)
    return NULL;
  if (text->len > AVER_CONFIG_MAX_BYTES) {
    aver_mistakes_add(mistakes, NULL, NULL,
                      "larger than %" G_GSIZE_FORMAT " bytes; expected a pipeline file",
                      AVER_CONFIG_MAX_BYTES);
    return NULL;
  }
  if (g_str_has_prefix(text->str, "\xef\xbb\xbf"))
    g_string_erase(text, 0, 3);
  json_error_t failure = {0};
  json_t *root = json_loadb(text->str, text->len, JSON_DECODE_ANY, &failure);
  if (root == NULL) {
    add_syntax(mistakes, text, &failure);
    return NULL;
  }
  AverPosition position;
  *place = aver_places_new(text->str, text->len, AVER_CONFIG_MAX_DEPTH, &position);
  if (*place != NULL)
    return root;
  aver_mistakes_add(mistakes, &position, NULL, "nested too deep; expected at most %d levels",
                    AVER_CONFIG_MAX_DEPTH);
  aver_mistakes_suggest(mistakes, "remove a level");
  json_decref(root);
  return NULL;
}
