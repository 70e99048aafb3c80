/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the ready models: some of their numbers are others, sections are shorter or not there.
 * Such a model is refused, or a text gets valid layers. The first byte is which; what follows are
 * edits: a section (1 byte), where in it (4), and how many bytes (1; 0: the section ends there,
 * 255: there is none), which come last. */
#include "../../core/contract/dump.h"

#include <aver/aver.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* A model among the plugins' sources and the stages that are given it. */
typedef struct {
  const char *file, *kind, *stages;
} Kind;

#define WITH(plugin, mode) "{\"plugin\":\"" plugin "\",\"options\":{" mode "\"model\":\"%s\"}}"

static const Kind kinds[] = {
    {"quote-attributor/balanced.model", "quote-attributor/words", WITH("quote-attributor", "")},
    {"claim-classifier/claims.model", "claim-classifier",
     "\"quote-attributor\"," WITH("claim-classifier", "")},
    {"syntax-parser/syntax-parser.model", "syntax-parser", WITH("syntax-parser", "")},
    {"quote-attributor/accurate.model", "quote-attributor/syntax",
     "\"syntax-parser\"," WITH("quote-attributor", "\"mode\":\"accurate\",")},
};

/* As in the file: <aver/model.h>. */
typedef struct {
  char name[24];
  guint64 offset, size;
} Section;

typedef struct {
  const Kind *kind;
  guint32 n_sections;
  Section *sections;
  char *bytes, *path, *pipeline;
  gsize length;
} Model;

static AverRegistry *registry;

static void model_open(Model *model, const Kind *kind, const char *folder)
{
  g_autofree char *source = g_build_filename(g_getenv("AVER_SOURCE"), "plugins", kind->file, NULL);
  g_autofree char *name = g_path_get_basename(kind->file);
  model->kind = kind;
  model->path = g_build_filename(folder, name, NULL);
  model->pipeline = g_strconcat(model->path, ".json", NULL);
  g_assert_true(g_file_get_contents(source, &model->bytes, &model->length, NULL));
  memcpy(&model->n_sections, model->bytes + 12, sizeof model->n_sections);
  model->sections = g_new(Section, model->n_sections);
  memcpy(model->sections, model->bytes + 64, model->n_sections * sizeof *model->sections);
  g_autofree char *stages = g_strdup_printf(kind->stages, model->path);
  g_autofree char *file =
      g_strconcat("{\"version\":1,\"stages\":[\"text-reader\",\"sentence-splitter\",", stages,
                  ",\"jsonl-writer\"]}", NULL);
  g_assert_true(g_file_set_contents(model->pipeline, file, -1, NULL));
}

static const char *find_card(const Model *model)
{
  for (guint32 i = 0; i < model->n_sections; i++)
    if (strcmp(model->sections[i].name, "card") == 0)
      return model->bytes + model->sections[i].offset;
  g_assert_not_reached();
}

/* Does the edits to a copy of the sections and their sizes; a section that is to go gets
 * G_MAXUINT64. */
static void edit(const Model *model, Section *sections, char *bytes, const guint8 *data, gsize size)
{
  while (size >= 6) {
    Section *section = &sections[data[0] % model->n_sections];
    guint32 where;
    gsize n = data[5];
    memcpy(&where, data + 1, sizeof where);
    data += 6;
    size -= 6;
    if (section->size == 0 || section->size == G_MAXUINT64)
      continue;
    where %= (guint32) section->size;
    if (n == 0) {
      section->size = where;
    } else if (n == G_MAXUINT8) {
      section->size = G_MAXUINT64;
    } else {
      n = MIN(n, MIN(size, section->size - where));
      memcpy(bytes + section->offset + where, data, n);
      data += n;
      size -= n;
    }
  }
}

static void write_edited(const Model *model, const guint8 *data, gsize size)
{
  g_autofree Section *sections = g_memdup2(model->sections, model->n_sections * sizeof *sections);
  g_autofree char *bytes = g_memdup2(model->bytes, model->length);
  g_autoptr(AverModelWriter) writer = aver_model_writer_new(model->kind->kind, find_card(model));
  edit(model, sections, bytes, data, size);
  for (guint32 i = 0; i < model->n_sections; i++)
    if (strcmp(sections[i].name, "card") != 0 && sections[i].size != G_MAXUINT64)
      aver_model_writer_add(writer, sections[i].name, bytes + sections[i].offset, sections[i].size);
  g_assert_true(aver_model_writer_write(writer, model->path, NULL));
}

static void annotate(AverPipeline *pipeline)
{
  static const char text[] =
      "“Rents rose by 12 percent in 2014,” Mayor Ada Quill said. She denied that the "
      "council had known, according to a report the Office for Dams released.";
  g_autoptr(GError) error = NULL;
  g_autoptr(AverDocument) document = aver_document_new();
  g_assert_true(aver_document_set_text(document, text, strlen(text), NULL));
  AverVerdict verdict = aver_pipeline_process(pipeline, document, &error);
  if (verdict == AVER_FAIL)
    g_assert_error(error, AVER_ERROR, AVER_ERROR_SYNTAX);
  else
    g_free(aver_contract_dump_layers(document));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static Model models[G_N_ELEMENTS(kinds)];
  if (registry == NULL) {
    g_autofree char *folder = g_dir_make_tmp("aver-fuzz-XXXXXX", NULL);
    g_log_set_always_fatal(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
    registry = aver_registry_new();
    g_assert_true(aver_registry_add_folder(registry, g_getenv("AVER_PLUGINS"), NULL));
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
      model_open(&models[i], &kinds[i], folder);
  }
  if (size == 0)
    return 0;
  const Model *model = &models[data[0] % G_N_ELEMENTS(kinds)];
  write_edited(model, data + 1, size - 1);
  g_autoptr(GError) error = NULL;
  g_autoptr(AverPipeline) pipeline =
      aver_pipeline_new_from_file(registry, model->pipeline, NULL, &error);
  g_assert_no_error(error);
  annotate(pipeline);
  return 0;
}
