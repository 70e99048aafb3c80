/* SPDX-License-Identifier: Apache-2.0 */
/* Names as brat takes them, which stand for the same thing in annotations and in configuration. */
#include "brat-writer.h"

static const char *const claim_labels[] = {"NFS", "UFS", "CFS", NULL};

/* Other characters are written as `_` and two hexadecimal digits a byte. */
void append_word(AverBuffer *out, const char *name, gboolean hyphens)
{
  static const char digits[] = "0123456789ABCDEF";
  if (*name == '\0')
    aver_buffer_append_char(out, '_');
  for (; *name != '\0'; name++) {
    if (g_ascii_isalnum(*name) || *name == '_' || (*name == '-' && hyphens)) {
      aver_buffer_append_char(out, *name);
    } else {
      aver_buffer_append_char(out, '_');
      aver_buffer_append_char(out, digits[(guchar) *name >> 4]);
      aver_buffer_append_char(out, digits[*name & 15]);
    }
  }
}

void append_type(AverBuffer *out, const char *layer, const char *column)
{
  append_word(out, layer, FALSE);
  if (column == NULL)
    return;
  aver_buffer_append_char(out, '-');
  append_word(out, column, FALSE);
}

void append_relation_type(AverBuffer *out, const char *layer, const char *column)
{
  append_word(out, layer, FALSE);
  aver_buffer_append_string(out, "-has-");
  append_word(out, column, FALSE);
}

void append_attribute_type(AverBuffer *out, const char *layer, const char *column, const char *flag)
{
  append_type(out, layer, column);
  if (flag == NULL)
    return;
  aver_buffer_append_char(out, '-');
  append_word(out, flag, TRUE);
}

gint32 find_content(const AverLayerType *type)
{
  for (guint32 i = 0; i < type->n_columns; i++)
    if (strcmp(type->columns[i].name, "content") == 0 &&
        (type->columns[i].kind == AVER_COLUMN_SPAN || type->columns[i].kind == AVER_COLUMN_SPANS))
      return (gint32) i;
  return AVER_NONE;
}

const char *const *known_values(const AverLayerType *type, guint32 column)
{
  return strcmp(type->name, aver_claim_layer.name) == 0 && column == AVER_CLAIM_LABEL ? claim_labels
                                                                                      : NULL;
}
