/* SPDX-License-Identifier: Apache-2.0 */
/* Model files: checked once when they are mapped, written whole. */
#include <aver/model.h>

#include <string.h>

#define FORMAT       1u
#define ALIGNMENT    64u
#define MAX_SECTIONS 256u

static const char magic[8] = "AverModl";

typedef struct {
  char magic[8];
  guint32 format; /* in the byte order of the machine that wrote it */
  guint32 n_sections;
  guint64 size;
  guint64 checksum;
  char kind[32];
} Header;

typedef struct {
  char name[24];
  guint64 offset; /* from the file's start */
  guint64 size;
} Section;

G_STATIC_ASSERT(sizeof(Header) == 64 && sizeof(Section) == 40);

struct _AverModel {
  GMappedFile *file;
  char *path;
  const Section *sections;
  guint32 n_sections;
};

struct _AverModelWriter {
  GArray *sections;
  GByteArray *data;
  char kind[32];
};

/* Four sums side by side over 32 bytes at a time, as fast as memory; for damage, not for attacks.
 */
static guint64 checksum(const char *data, gsize size)
{
  guint64 sums[4] = {1, 2, 3, 4};
  gsize i = 0;
  for (; i + 32 <= size; i += 32) {
    guint64 words[4];
    memcpy(words, data + i, sizeof words);
    for (guint k = 0; k < 4; k++) {
      sums[k] = (sums[k] ^ words[k]) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
      sums[k] ^= sums[k] >> 29;
    }
  }
  for (; i < size; i++)
    sums[i % 4] = (sums[i % 4] ^ (guchar) data[i]) * G_GUINT64_CONSTANT(0x100000001b3);
  guint64 sum = size;
  for (guint k = 0; k < 4; k++)
    sum = (sum ^ sums[k]) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) + (sum >> 31);
  return sum;
}

/* Over a whole file, its own place in the header taken as zero. */
static guint64 checksum_file(const char *data, gsize size)
{
  Header header;
  memcpy(&header, data, sizeof header);
  header.checksum = 0;
  guint64 body = checksum(data + sizeof header, size - sizeof header);
  return body ^ checksum((const char *) &header, sizeof header);
}

/* What is wrong with the header or the table; NULL when nothing is. */
static const char *find_damage(const char *data, gsize size)
{
  Header header;
  if (size < sizeof header)
    return "it is no model file";
  memcpy(&header, data, sizeof header);
  if (memcmp(header.magic, magic, sizeof magic) != 0)
    return "it is no model file";
  if (header.format != FORMAT)
    return "its format is not the one that this version reads";
  if (header.size != size)
    return "it is cut short or too long";
  if (header.n_sections > MAX_SECTIONS || memchr(header.kind, '\0', sizeof header.kind) == NULL)
    return "it is damaged";
  if (header.checksum != checksum_file(data, size))
    return "it is damaged";
  gsize table_end = sizeof header + header.n_sections * sizeof(Section);
  if (table_end > size)
    return "it is damaged";
  const Section *sections = (const Section *) (data + sizeof header);
  gboolean card = FALSE;
  for (guint32 i = 0; i < header.n_sections; i++) {
    const Section *s = &sections[i];
    if (memchr(s->name, '\0', sizeof s->name) == NULL || s->offset % ALIGNMENT != 0 ||
        s->offset < table_end || s->offset > size || s->size > size - s->offset)
      return "it is damaged";
    if (strcmp(s->name, "card") == 0)
      card = s->size > 0 && data[s->offset + s->size - 1] == '\0' &&
             g_utf8_validate(data + s->offset, (gssize) s->size - 1, NULL);
  }
  return card ? NULL : "it has no card";
}

AverModel *aver_model_new_from_file(const char *path, const char *kind, GError **error)
{
  g_return_val_if_fail(path != NULL && kind != NULL, NULL);
  g_autoptr(GError) cause = NULL;
  g_autoptr(AverModel) model = g_new0(AverModel, 1);
  model->file = g_mapped_file_new(path, FALSE, &cause);
  if (model->file == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "cannot read the model '%s': %s", path,
                cause->message);
    return NULL;
  }
  const char *data = g_mapped_file_get_contents(model->file);
  gsize size = g_mapped_file_get_length(model->file);
  const char *damage = find_damage(data, size);
  if (damage != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX, "cannot use the model '%s': %s", path,
                damage);
    return NULL;
  }
  const Header *header = (const Header *) data;
  if (strcmp(header->kind, kind) != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_CONFIG,
                "the model '%s' is of kind '%s'; expected '%s'", path, header->kind, kind);
    return NULL;
  }
  model->path = g_strdup(path);
  model->sections = (const Section *) (data + sizeof(Header));
  model->n_sections = header->n_sections;
  return g_steal_pointer(&model);
}

void aver_model_free(AverModel *model)
{
  if (model == NULL)
    return;
  g_clear_pointer(&model->file, g_mapped_file_unref);
  g_free(model->path);
  g_free(model);
}

static const Section *find_section(const AverModel *model, const char *name)
{
  for (guint32 i = 0; i < model->n_sections; i++)
    if (strcmp(model->sections[i].name, name) == 0)
      return &model->sections[i];
  return NULL;
}

gconstpointer aver_model_get_section(const AverModel *model, const char *name, gsize element_size,
                                     gsize *n_elements, GError **error)
{
  g_return_val_if_fail(model != NULL && name != NULL && element_size > 0 && n_elements != NULL,
                       NULL);
  const Section *section = find_section(model, name);
  if (section == NULL || section->size % element_size != 0) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "cannot use the model '%s': its section '%s' is %s", model->path, name,
                section == NULL ? "missing" : "of a wrong size");
    return NULL;
  }
  *n_elements = section->size / element_size;
  return g_mapped_file_get_contents(model->file) + section->offset;
}

const char *aver_model_get_card(const AverModel *model)
{
  g_return_val_if_fail(model != NULL, "");
  return g_mapped_file_get_contents(model->file) + find_section(model, "card")->offset;
}

AverModelWriter *aver_model_writer_new(const char *kind, const char *card)
{
  g_return_val_if_fail(kind != NULL && strlen(kind) < sizeof(((Header *) NULL)->kind), NULL);
  g_return_val_if_fail(card != NULL && g_utf8_validate(card, -1, NULL), NULL);
  AverModelWriter *writer = g_new0(AverModelWriter, 1);
  writer->sections = g_array_new(FALSE, TRUE, sizeof(Section));
  writer->data = g_byte_array_new();
  g_strlcpy(writer->kind, kind, sizeof writer->kind);
  aver_model_writer_add(writer, "card", card, strlen(card) + 1);
  return writer;
}

void aver_model_writer_free(AverModelWriter *writer)
{
  if (writer == NULL)
    return;
  g_array_unref(writer->sections);
  g_byte_array_unref(writer->data);
  g_free(writer);
}

static void pad(GByteArray *bytes)
{
  static const guint8 zeros[ALIGNMENT] = {0};
  if (bytes->len % ALIGNMENT != 0)
    g_byte_array_append(bytes, zeros, ALIGNMENT - bytes->len % ALIGNMENT);
}

void aver_model_writer_add(AverModelWriter *writer, const char *name, gconstpointer data,
                           gsize size)
{
  g_return_if_fail(writer != NULL && name != NULL && strlen(name) < sizeof(((Section *) 0)->name));
  g_return_if_fail(writer->sections->len < MAX_SECTIONS && size < G_MAXUINT32 - writer->data->len);
  Section section = {.offset = writer->data->len, .size = size};
  g_strlcpy(section.name, name, sizeof section.name);
  g_array_append_val(writer->sections, section);
  g_byte_array_append(writer->data, data, (guint) size);
  pad(writer->data);
}

gboolean aver_model_writer_write(const AverModelWriter *writer, const char *path, GError **error)
{
  g_return_val_if_fail(writer != NULL && path != NULL, FALSE);
  g_autoptr(GByteArray) file = g_byte_array_new();
  Header header = {.format = FORMAT, .n_sections = writer->sections->len};
  memcpy(header.magic, magic, sizeof magic);
  memcpy(header.kind, writer->kind, sizeof header.kind);
  g_byte_array_append(file, (const guint8 *) &header, sizeof header);
  g_byte_array_append(file, (const guint8 *) writer->sections->data,
                      writer->sections->len * (guint) sizeof(Section));
  pad(file);
  Section *sections = (Section *) (file->data + sizeof header);
  for (guint i = 0; i < writer->sections->len; i++)
    sections[i].offset += file->len;
  g_byte_array_append(file, writer->data->data, writer->data->len);
  header.size = file->len;
  memcpy(file->data, &header, sizeof header);
  header.checksum = checksum_file((const char *) file->data, file->len);
  memcpy(file->data, &header, sizeof header);

  g_autoptr(GError) cause = NULL;
  if (g_file_set_contents_full(path, (const char *) file->data, file->len,
                               G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666,
                               &cause))
    return TRUE;
  g_set_error(error, AVER_ERROR, AVER_ERROR_OUTPUT, "cannot write the model: %s", cause->message);
  return FALSE;
}
