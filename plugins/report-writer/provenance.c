/* SPDX-License-Identifier: Apache-2.0 */
/* Where a report comes from: the input, the stages, and the files that decide what they find. */
#include "report.h"

#define MOST_INPUTS 20

/* The checksum's beginning; files are mapped, not read into memory. */
static void append_file(AverBuffer *out, const char *path)
{
  g_autofree char *base = g_filename_display_basename(path);
  g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
  aver_page_print(out, "<li>%s", base);
  if (file != NULL) {
    g_autofree char *sum = g_compute_checksum_for_data(
        G_CHECKSUM_SHA256, (const guchar *) g_mapped_file_get_contents(file),
        g_mapped_file_get_length(file));
    sum[16] = '\0';
    aver_page_print(out, " <code>sha256 %s…</code>", sum);
  }
  aver_page_print(out, "</li>\n");
}

/* What is not as the plugin has it by itself. */
static void append_settings(AverBuffer *out, const AverStage *stage, guint index)
{
  g_auto(GStrv) settings = aver_stage_list_settings(stage, index);
  for (guint i = 0; settings[i] != NULL; i++)
    aver_page_print(out, "%s<code>%s</code>\n", i == 0 ? "· " : "", settings[i]);
}

static void append_stage(AverBuffer *out, const AverStage *stage, guint index,
                         const AverStageFacts *facts)
{
  aver_page_print(out, "<li><b>%s</b>", facts->name);
  if (strcmp(facts->name, facts->plugin) != 0)
    aver_page_print(out, " (%s)", facts->plugin);
  aver_page_print(out, " %s\n", facts->version);
  append_settings(out, stage, index);
  if (facts->n_files > 0) {
    aver_page_print(out, "<ul>\n");
    for (guint i = 0; i < facts->n_files; i++)
      append_file(out, facts->files[i]);
    aver_page_print(out, "</ul>\n");
  }
  aver_page_print(out, "</li>\n");
}

static void append_inputs(AverBuffer *out, const char *const *inputs)
{
  guint n = g_strv_length((char **) inputs);
  aver_page_print(out, "<h3>Input</h3>\n<ul>\n");
  for (guint i = 0; i < MIN(n, MOST_INPUTS); i++) {
    g_autofree char *name = g_filename_display_name(inputs[i]);
    aver_page_print(out, "<li dir=\"auto\">%s</li>\n", name);
  }
  aver_page_print(out, n == 0 ? "<li>standard input</li>\n</ul>\n" : "</ul>\n");
  append_more(out, n, MOST_INPUTS, "inputs");
}

char *make_provenance(const AverStage *stage)
{
  g_auto(AverBuffer) out = {0};
  AverStageFacts facts;
  if (!aver_stage_get_earlier(stage, 0, &facts))
    return g_strdup("");
  append_inputs(&out, facts.inputs);
  aver_page_print(&out, "<h3>Pipeline</h3>\n");
  if (aver_stage_get_pipeline_file(stage) != NULL) {
    g_autofree char *name = g_filename_display_name(aver_stage_get_pipeline_file(stage));
    aver_page_print(&out, "<p dir=\"auto\">%s</p>\n", name);
  }
  aver_page_print(&out, "<ol>\n");
  for (guint i = 0; aver_stage_get_earlier(stage, i, &facts); i++)
    append_stage(&out, stage, i, &facts);
  aver_page_print(&out, "</ol>\n");
  return g_strndup(out.data, out.length);
}
