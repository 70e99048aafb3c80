/* SPDX-License-Identifier: Apache-2.0 */
/* annotation.conf and visual.conf, made of the descriptions of the layers that are written. */
#include "brat-writer.h"

#define ENTITY    'E'
#define RELATION  'R'
#define ATTRIBUTE 'A'

static const char *const colours[] = {"#ffe08a", "#b7d7f2", "#c7e9c0", "#f4c2c2", "#d9c8f0",
                                      "#ffd2a6", "#c9e8e4", "#e6e6b8", "#e2cfc3", "#d5dbe1"};

static void append_entity(AverBuffer *out, const char *layer, const char *column)
{
  aver_buffer_append_char(out, ENTITY);
  append_type(out, layer, column);
  aver_buffer_append_char(out, '\n');
}

/* `claim-has-quote<tab>Arg1:claim, Arg2:quote` */
static void append_relation(AverBuffer *out, const char *layer, const char *column,
                            const char *target, const char *target_column)
{
  aver_buffer_append_char(out, RELATION);
  append_relation_type(out, layer, column);
  aver_buffer_append_string(out, "\tArg1:");
  append_type(out, layer, NULL);
  aver_buffer_append_string(out, ", Arg2:");
  append_type(out, target, target_column);
  aver_buffer_append_char(out, '\n');
}

static void append_attribute(AverBuffer *out, const char *layer, const char *column,
                             const char *flag, const char *const *values)
{
  if (values != NULL && values[0] == NULL)
    return;
  aver_buffer_append_char(out, ATTRIBUTE);
  append_attribute_type(out, layer, column, flag);
  aver_buffer_append_string(out, "\tArg:");
  append_type(out, layer, NULL);
  for (guint i = 0; values != NULL && values[i] != NULL; i++) {
    aver_buffer_append_string(out, i == 0 ? ", Value:" : "|");
    append_word(out, values[i], TRUE);
  }
  aver_buffer_append_char(out, '\n');
}

static void append_column(AverBuffer *out, const AverLayerType *type, guint32 index)
{
  const AverColumnType *column = &type->columns[index];
  switch (column->kind) {
  case AVER_COLUMN_SPAN:
  case AVER_COLUMN_SPANS:
    if ((gint32) index == find_content(type))
      break;
    append_entity(out, type->name, column->name);
    append_relation(out, type->name, column->name, type->name, column->name);
    break;
  case AVER_COLUMN_REF:
    append_relation(out, type->name, column->name, column->target, NULL);
    break;
  case AVER_COLUMN_ENUM:
    append_attribute(out, type->name, column->name, NULL, column->names);
    break;
  case AVER_COLUMN_FLAGS:
    for (guint i = 0; i < 32 && column->names[i] != NULL; i++)
      append_attribute(out, type->name, column->name, column->names[i], NULL);
    break;
  case AVER_COLUMN_STRING:
    if (known_values(type, index) != NULL)
      append_attribute(out, type->name, column->name, NULL, known_values(type, index));
    break;
  case AVER_COLUMN_I32:
  case AVER_COLUMN_F32:
    break;
  }
}

void append_section_lines(AverBuffer *out, const AverLayerType *type)
{
  append_entity(out, type->name, NULL);
  for (guint32 i = 0; i < type->n_columns; i++)
    append_column(out, type, i);
}

/* The lines of one section, each once, in the order they come up. */
static GPtrArray *list_section(GPtrArray *notes, char section)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < notes->len; i++) {
    g_auto(GStrv) all = g_strsplit(g_ptr_array_index(notes, i), "\n", -1);
    for (guint k = 0; all[k] != NULL; k++) {
      if (all[k][0] != section || g_hash_table_contains(seen, all[k] + 1))
        continue;
      g_ptr_array_add(lines, g_strdup(all[k] + 1));
      g_hash_table_add(seen, g_ptr_array_index(lines, lines->len - 1));
    }
  }
  return lines;
}

/* A reference may lead into a layer that is not written. */
static gboolean has_entity(GPtrArray *entities, const char *relation)
{
  const char *target = strstr(relation, "Arg2:");
  return target != NULL &&
         g_ptr_array_find_with_equal_func(entities, target + 5, g_str_equal, NULL);
}

char *make_annotation_conf(GPtrArray *notes)
{
  g_autoptr(GPtrArray) entities = list_section(notes, ENTITY);
  g_autoptr(GPtrArray) relations = list_section(notes, RELATION);
  g_autoptr(GPtrArray) attributes = list_section(notes, ATTRIBUTE);
  GString *text = g_string_new("[entities]\n");
  for (guint i = 0; i < entities->len; i++)
    g_string_append_printf(text, "%s\n", (const char *) g_ptr_array_index(entities, i));
  g_string_append(text, "\n[relations]\n"
                        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n");
  for (guint i = 0; i < relations->len; i++)
    if (has_entity(entities, g_ptr_array_index(relations, i)))
      g_string_append_printf(text, "%s\n", (const char *) g_ptr_array_index(relations, i));
  g_string_append(text, "\n[events]\n\n[attributes]\n");
  for (guint i = 0; i < attributes->len; i++)
    g_string_append_printf(text, "%s\n", (const char *) g_ptr_array_index(attributes, i));
  return g_string_free(text, FALSE);
}

char *make_visual_conf(GPtrArray *notes)
{
  g_autoptr(GPtrArray) entities = list_section(notes, ENTITY);
  GString *text = g_string_new("[labels]\n");
  for (guint i = 0; i < entities->len; i++) {
    const char *name = g_ptr_array_index(entities, i);
    g_autofree char *label = g_strdelimit(g_strdup(name), "-_", ' ');
    g_string_append_printf(text, "%s | %s\n", name, label);
  }
  g_string_append(text, "\n[drawing]\nSPAN_DEFAULT\tfgColor:black, borderColor:darken\n");
  for (guint i = 0; i < entities->len; i++)
    g_string_append_printf(text, "%s\tbgColor:%s\n", (const char *) g_ptr_array_index(entities, i),
                           colours[i % G_N_ELEMENTS(colours)]);
  return g_string_free(text, FALSE);
}
