/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations: the list of reasons that a plugin gives for one row. */
#include <aver/explain.h>

struct _AverExplanation {
  GArray *reasons; /* AverReason */
  GStringChunk *names;
};

AverExplanation *aver_explanation_new(void)
{
  AverExplanation *explanation = g_new0(AverExplanation, 1);
  explanation->reasons = g_array_new(FALSE, FALSE, sizeof(AverReason));
  explanation->names = g_string_chunk_new(1024);
  return explanation;
}

void aver_explanation_free(AverExplanation *explanation)
{
  if (explanation == NULL)
    return;
  g_array_unref(explanation->reasons);
  g_string_chunk_free(explanation->names);
  g_free(explanation);
}

void aver_explanation_add(AverExplanation *explanation, AverReasonKind kind, const AverSpan *span,
                          double weight, const char *format, ...)
{
  g_return_if_fail(explanation != NULL && format != NULL);
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *name = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  AverReason reason = {kind, g_string_chunk_insert(explanation->names, name), {1, 0}, weight};
  if (span != NULL)
    reason.span = *span;
  g_array_append_val(explanation->reasons, reason);
}

const AverReason *aver_explanation_get_reasons(const AverExplanation *explanation,
                                               guint32 *n_reasons)
{
  g_return_val_if_fail(explanation != NULL && n_reasons != NULL, NULL);
  *n_reasons = explanation->reasons->len;
  return (const AverReason *) explanation->reasons->data;
}
