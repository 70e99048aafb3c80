/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations: why a plugin made a row. */
#pragma once

#include <aver/document.h>

G_BEGIN_DECLS

/**
 * AverReasonKind:
 * @AVER_REASON_RULE: a rule that fired; @name says which, @span what it fired on
 * @AVER_REASON_FEATURE: something a model weighed; @weight is its share of the score, positive when
 *   it spoke for the row
 * @AVER_REASON_ALTERNATIVE: what the row could have been instead; @weight is its score
 * @AVER_REASON_SCORE: a score or probability behind the row
 *
 * What a reason tells.
 */
typedef enum {
  AVER_REASON_RULE,
  AVER_REASON_FEATURE,
  AVER_REASON_ALTERNATIVE,
  AVER_REASON_SCORE,
} AverReasonKind;

/**
 * AverReason:
 * @kind: what sort of reason
 * @name: one line for a person
 * @span: the words of the text it is about; start > end when it is about none
 * @weight: its share or score; NaN when it has none
 *
 * One reason for a row.
 */
typedef struct {
  AverReasonKind kind;
  const char *name;
  AverSpan span;
  double weight;
} AverReason;

/**
 * AverExplanation:
 *
 * A list of reasons for one row, in the order they were given.
 */
typedef struct _AverExplanation AverExplanation;

/**
 * aver_explanation_new:
 *
 * Makes one without reasons.
 *
 * Returns: (transfer full): an explanation, to be freed with aver_explanation_free()
 */
AVER_API AverExplanation *aver_explanation_new(void);

/**
 * aver_explanation_free:
 *
 * Frees it and its reasons.
 */
AVER_API void aver_explanation_free(AverExplanation *explanation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AverExplanation, aver_explanation_free)

/**
 * aver_explanation_add:
 * @kind: what the reason tells
 * @span: (nullable): the words it is about
 * @weight: its share or score, NaN for none
 * @format: printf format of the reason's name
 * @...: what the format asks for
 *
 * Adds a reason.
 */
AVER_API void aver_explanation_add(AverExplanation *explanation, AverReasonKind kind,
                                   const AverSpan *span, double weight, const char *format, ...)
    G_GNUC_PRINTF(5, 6);

/**
 * aver_explanation_get_reasons:
 * @n_reasons: (out): how many
 *
 * Gives the reasons in the order in which they were added.
 *
 * Returns: (transfer none) (array length=n_reasons): the reasons; valid until one is added.
 */
AVER_API const AverReason *aver_explanation_get_reasons(const AverExplanation *explanation,
                                                        guint32 *n_reasons);

G_END_DECLS
