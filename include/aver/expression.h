/* SPDX-License-Identifier: Apache-2.0 */
/* Expressions: conditions on a document's metadata and layers, as pipeline files state them. */
#pragma once

#include <aver/document.h>

G_BEGIN_DECLS

/**
 * AVER_EXPRESSION_MAX_BYTES:
 *
 * The longest expression.
 */
#define AVER_EXPRESSION_MAX_BYTES 4096

/**
 * AverExpression:
 *
 * A condition, parsed: `metadata.language == "en" and count(quote where kind == "direct") > 2`.
 * docs/pipeline-file.md describes the language. A plugin declares an option of
 * %AVER_OPTION_EXPRESSION, so that mistakes are found with their place before anything runs, and
 * makes the expression from the option's text in its open().
 */
typedef struct _AverExpression AverExpression;

/**
 * aver_expression_new:
 * @text: UTF-8
 * @position: (out) (optional): the byte of @text at which the mistake stands
 *
 * Parses a condition and checks the types of all it says that does not depend on what columns
 * layers have.
 *
 * Returns: (transfer full) (nullable): the expression, or %NULL with %AVER_ERROR_CONFIG.
 */
AVER_API AverExpression *aver_expression_new(const char *text, gsize *position, GError **error);

/**
 * aver_expression_free:
 *
 * Frees a condition.
 */
AVER_API void aver_expression_free(AverExpression *expression);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverExpression, aver_expression_free)

/**
 * aver_expression_holds:
 * @document: a document
 *
 * Whether the condition holds of a document [any]. Allocates nothing. A layer that the document
 * does not have has no rows; what is absent (metadata, a cell) is unequal to everything.
 *
 * Returns: whether the condition holds.
 */
AVER_API gboolean aver_expression_holds(const AverExpression *expression,
                                        const AverDocument *document);

G_END_DECLS
