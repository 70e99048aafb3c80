/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between two outputs, for programs: one object a document, its keys sorted. */
#include "print.h"

#include <stdio.h>
#include <string.h>

static void print_json(const json_t *json)
{
  json_dumpf(json, stdout,
             JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY | JSON_REAL_PRECISION(9));
}

void print_json_line(const json_t *json)
{
  print_json(json);
  printf("\n");
}

static void print_string(const char *text)
{
  json_auto_t *string = json_string(text);
  print_json(string);
}

void json_report_begin(const Difference *difference, gpointer report)
{
  (void) report;
  printf("{\"id\":");
  print_string(difference->new_one->id);
  printf(",\"layers\":{");
}

void json_report_change(const Difference *difference, const char *layer, const json_t *change,
                        gpointer report)
{
  JsonReport *self = report;
  (void) difference;
  if (self->layer != NULL && strcmp(self->layer, layer) == 0) {
    printf(",");
  } else {
    printf(self->layer == NULL ? "" : "],");
    g_free(self->layer);
    self->layer = g_strdup(layer);
    print_string(layer);
    printf(":[");
  }
  print_json(change);
}

static void print_member(const char *name, const json_t *value)
{
  if (value == NULL)
    return;
  printf(",\"%s\":", name);
  print_json(value);
}

void json_report_end(const Difference *difference, gpointer report)
{
  JsonReport *self = report;
  printf(self->layer == NULL ? "}" : "]}");
  g_clear_pointer(&self->layer, g_free);
  print_member("metadata", difference->metadata);
  print_member("text", difference->text);
  printf("}\n");
}
