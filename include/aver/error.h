/* SPDX-License-Identifier: Apache-2.0 */
/* The errors Aver sets, and the macro that exports a symbol. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AVER_API:
 *
 * Marks the public symbols of libaver; everything else is hidden.
 */
#define AVER_API __attribute__((visibility("default")))

/**
 * AVER_ERROR:
 *
 * The domain of every #GError that libaver and the plugins of this tree set. Messages are lower
 * case without a full stop, and name the thing at fault and what was expected of it.
 */
#define AVER_ERROR (aver_error_quark())

/**
 * aver_error_quark:
 *
 * The domain %AVER_ERROR.
 *
 * Returns: a quark.
 */
AVER_API GQuark aver_error_quark(void);

/**
 * AverError:
 * @AVER_ERROR_CONFIG: a pipeline file, option or command line is wrong
 * @AVER_ERROR_PLUGIN: a plugin cannot be found, trusted or loaded
 * @AVER_ERROR_INPUT: input cannot be opened or read
 * @AVER_ERROR_ENCODING: text is not valid UTF-8
 * @AVER_ERROR_SYNTAX: a record is malformed (JSON, a wrong or missing field)
 * @AVER_ERROR_LIMIT: something is longer, deeper or more numerous than allowed
 * @AVER_ERROR_OUTPUT: output cannot be written
 * @AVER_ERROR_FAILED: anything else
 * @AVER_ERROR_STOPPED: the run was asked to stop (see aver_stage_should_stop())
 *
 * What kind of thing went wrong, for a program; the message is for people.
 */
typedef enum {
  AVER_ERROR_CONFIG,
  AVER_ERROR_PLUGIN,
  AVER_ERROR_INPUT,
  AVER_ERROR_ENCODING,
  AVER_ERROR_SYNTAX,
  AVER_ERROR_LIMIT,
  AVER_ERROR_OUTPUT,
  AVER_ERROR_FAILED,
  AVER_ERROR_STOPPED,
} AverError;

G_END_DECLS
