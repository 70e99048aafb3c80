/* SPDX-License-Identifier: Apache-2.0 */
/* JSON on the hot path: a strict scanner for records and a serialiser for results (RFC 8259). */
#pragma once

#include <aver/buffer.h>

G_BEGIN_DECLS

/**
 * aver_json_append_string:
 * @text: (array length=length): valid UTF-8, NUL characters included
 *
 * Appends a JSON string with its quotation marks; control characters, `"` and `\` are escaped,
 * everything else stands as it is.
 */
AVER_API void aver_json_append_string(AverBuffer *buffer, const char *text, gsize length);

/** aver_json_append_integer: appends a whole number. */
AVER_API void aver_json_append_integer(AverBuffer *buffer, gint64 value);

/**
 * aver_json_append_float:
 *
 * Appends the shortest decimal that reads back as the same float; `null` for what is not finite.
 */
AVER_API void aver_json_append_float(AverBuffer *buffer, float value);

G_END_DECLS
