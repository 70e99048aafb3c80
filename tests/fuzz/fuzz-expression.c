/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes conditions: one is refused with a place inside it, or holds of a document or does not. */
#include <aver/aver.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static AverDocument *make_document(void)
{
  static const char text[] = "Olen Drost said: \"It rains.\"";
  AverSpan content = {17, 28};
  AverDocument *document = aver_document_new();
  g_assert_true(aver_document_set_text(document, text, strlen(text), NULL));
  aver_document_set_id(document, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", -1);
  aver_document_set_metadata(document, "a", "1e3", FALSE);
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  aver_layer_add(quotes, 0, 28);
  aver_layer_set_spans(quotes, 0, AVER_QUOTE_CONTENT, &content, 1);
  aver_layer_set_i32(quotes, 0, AVER_QUOTE_KIND, AVER_QUOTE_DIRECT);
  aver_layer_add(quotes, 5, 6);
  return document;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static AverDocument *document;
  if (document == NULL)
    document = make_document();
  g_autofree char *text = g_strndup((const char *) data, size);
  g_autoptr(GError) error = NULL;
  gsize position = 0;
  g_autoptr(AverExpression) expression = aver_expression_new(text, &position, &error);
  if (expression != NULL) {
    aver_expression_holds(expression, document);
    return 0;
  }
  g_assert_error(error, AVER_ERROR, AVER_ERROR_CONFIG);
  g_assert_cmpuint(position, <=, strlen(text));
  g_assert_true(g_utf8_validate(error->message, -1, NULL));
  return 0;
}
