/* SPDX-License-Identifier: Apache-2.0 */
/* What files may hold, and which reader takes it: the table is all there is to change for one more.
 */
#include "kinds.h"

#include "json.h"

static Sniff is_root(const Beginning *beginning, const char *const *names)
{
  if (beginning->root_state == ROOT_MORE)
    return SNIFF_MORE;
  return beginning->root_state == ROOT_FOUND && g_strv_contains(names, beginning->root) ? SNIFF_YES
                                                                                        : SNIFF_NO;
}

static Sniff is_pdf(const Beginning *beginning)
{
  return g_strstr_len(beginning->text, (gssize) MIN(beginning->length, 8), "%PDF-") != NULL
             ? SNIFF_YES
             : SNIFF_NO;
}

static Sniff is_archive(const Beginning *beginning)
{
  return beginning_is(beginning, "WARC/") || beginning_is(beginning, "filedesc://") ? SNIFF_YES
                                                                                    : SNIFF_NO;
}

static Sniff is_feed(const Beginning *beginning)
{
  return is_root(beginning, (const char *const[]){"rss", "feed", "RDF", NULL});
}

static Sniff is_newsml(const Beginning *beginning)
{
  return is_root(beginning,
                 (const char *const[]){"newsItem", "newsMessage", "packageItem", "conceptItem",
                                       "knowledgeItem", "planningItem", "nitf", NULL});
}

/* Elements that nothing but a web page begins with. */
static Sniff is_page(const Beginning *beginning)
{
  static const char *const names[] = {"html",   "head",   "body",     "title",   "meta", "link",
                                      "script", "style",  "div",      "article", "main", "section",
                                      "nav",    "header", "h1",       "h2",      "h3",   "p",
                                      "table",  "ul",     "ol",       "center",  "font", "form",
                                      "img",    "iframe", "noscript", "br",      NULL};
  Beginning lower = {.root_state = beginning->root_state};
  if (beginning_is(beginning, "<!doctype html"))
    return SNIFF_YES;
  for (guint i = 0; i < sizeof lower.root; i++)
    lower.root[i] = g_ascii_tolower(beginning->root[i]);
  gboolean xml = beginning->declared && strcmp(lower.root, "html") != 0;
  return xml ? SNIFF_NO : is_root(&lower, names);
}

static Sniff is_json_lines(const Beginning *beginning)
{
  JsonShape shape = json_shape(beginning);
  return shape == JSON_MORE ? SNIFF_MORE : shape == JSON_LINES ? SNIFF_YES : SNIFF_NO;
}

static Sniff is_ninjs(const Beginning *beginning)
{
  return json_shape(beginning) == JSON_NINJS ? SNIFF_YES : SNIFF_NO;
}

static const Kind kinds[] = {
    {"a PDF document", "pdf-reader", "pdf", is_pdf, TRUE},
    {"a web archive", "warc-reader", "warc,arc,wet", is_archive, TRUE},
    {"a news feed", "feed-reader", "rss,atom,rdf", is_feed, FALSE},
    {"NewsML or NITF", "newsml-reader", "nitf", is_newsml, FALSE},
    {"a web page", "html-reader", "html,htm,xhtml", is_page, FALSE},
    {"JSON Lines", "jsonl-reader", "jsonl,ndjson", is_json_lines, FALSE},
    {"ninjs", "newsml-reader", "ninjs", is_ninjs, FALSE},
    {"a table", "csv-reader", "csv,tsv", NULL, FALSE},
    {"plain text", "text-reader", "txt,text,md", NULL, FALSE},
};

const char *const kind_readers[] = {"text-reader", "html-reader", "jsonl-reader",
                                    "csv-reader",  "feed-reader", "newsml-reader",
                                    "warc-reader", "pdf-reader",  NULL};

/* Formats that are told by their first bytes, and that nothing here reads. */
static const struct {
  const char *what, *bytes;
  gsize length, offset;
} others[] = {
    {"a PNG image", "\x89PNG", 4, 0},
    {"a JPEG image", "\xff\xd8\xff", 3, 0},
    {"a GIF image", "GIF8", 4, 0},
    {"a TIFF image", "II*\0", 4, 0},
    {"a TIFF image", "MM\0*", 4, 0},
    {"a WebP image", "WEBP", 4, 8},
    {"an image or film", "ftyp", 4, 4},
    {"a sound file", "ID3", 3, 0},
    {"a sound file", "OggS", 4, 0},
    {"a sound file", "fLaC", 4, 0},
    {"a sound file", "WAVE", 4, 8},
    {"a Matroska film", "\x1a\x45\xdf\xa3", 4, 0},
    {"a program",
     "\x7f"
     "ELF",
     4, 0},
    {"a SQLite database", "SQLite format 3", 16, 0},
    {"an old Office document", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, 0},
    {"a ZIP archive, or an Office document", "PK\3\4", 4, 0},
    {"gzip data", "\x1f\x8b", 2, 0},
    {"bzip2 data", "BZh", 3, 0},
    {"xz data",
     "\xfd"
     "7zXZ",
     5, 0},
    {"zstd data", "\x28\xb5\x2f\xfd", 4, 0},
    {"a 7-Zip archive", "7z\xbc\xaf\x27\x1c", 6, 0},
    {"a tar archive", "ustar", 5, 257},
    {"an RTF document", "{\\rtf", 5, 0},
    {"a PostScript document", "%!PS", 4, 0},
};

/* What it looks like, of what cannot be read. */
static const char *find_other(const Beginning *beginning)
{
  for (guint i = 0; i < G_N_ELEMENTS(others); i++)
    if (beginning->n_bytes >= others[i].offset + others[i].length &&
        memcmp(beginning->bytes + others[i].offset, others[i].bytes, others[i].length) == 0)
      return others[i].what;
  return NULL;
}

/* The last part of a name that tells what is in the file, not how it is packed. */
static const Kind *find_by_name(const char *name)
{
  static const char *const packings[] = {".gz", ".bz2", ".xz", ".zst", ".lz4", ".Z", NULL};
  const char *base = strrchr(name, '/');
  g_autofree char *lower = g_ascii_strdown(base == NULL ? name : base + 1, -1);
  for (guint i = 0; packings[i] != NULL; i++)
    if (g_str_has_suffix(lower, packings[i]))
      lower[strlen(lower) - strlen(packings[i])] = '\0';
  const char *dot = strrchr(lower, '.');
  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS(kinds); i++) {
    g_auto(GStrv) names = g_strsplit(kinds[i].names, ",", -1);
    if (g_strv_contains((const char *const *) names, dot + 1))
      return &kinds[i];
  }
  return NULL;
}

static const Kind *find_by_content(const Beginning *beginning, gboolean *more)
{
  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
    Sniff sniff = kinds[i].sniff == NULL ? SNIFF_NO : kinds[i].sniff(beginning);
    if (sniff == SNIFF_YES)
      return &kinds[i];
    if (sniff == SNIFF_MORE && !beginning->all) {
      *more = TRUE;
      return NULL;
    }
  }
  return NULL;
}

/* What a file is that neither its content nor its name says to be of a kind; NULL for text. */
static const char *find_stranger(const Beginning *beginning, gboolean named, char *room, gsize size)
{
  const char *other = find_other(beginning);
  if (other != NULL && (!beginning->utf8 || beginning->controls || !named))
    return other;
  if (beginning->controls && !(named && beginning->utf8))
    return "binary data";
  if (named)
    return NULL;
  if (beginning->declared) {
    g_snprintf(room, size, "XML with the root element '%s'", beginning->root);
    return room;
  }
  return json_shape(beginning) == JSON_OTHER ? "JSON that is neither JSON Lines nor ninjs" : NULL;
}

const Kind *kind_find(const Beginning *beginning, const char *name, gboolean *more, GError **error)
{
  char room[96];
  *more = FALSE;
  const Kind *kind = find_by_content(beginning, more);
  if (kind != NULL || *more)
    return kind;
  if (!beginning->all) {
    *more = TRUE; /* whether it is text at all */
    return NULL;
  }
  const Kind *named = find_by_name(name);
  if (named != NULL && named->binary)
    return named;
  const char *stranger = find_stranger(beginning, named != NULL, room, sizeof room);
  if (stranger != NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_INPUT, "looks like %s, for which there is no reader",
                stranger);
    return NULL;
  }
  return named != NULL ? named : &kinds[G_N_ELEMENTS(kinds) - 1];
}
