/* SPDX-License-Identifier: Apache-2.0 */
/* ninjs: news in JSON by IPTC, versions 1 to 3. Scanned without a tree, whose memory would be many
 * times the file's. */
#include "news.h"

#define MAX_MEMBERS 1000

/* A text in one of several forms. */
typedef struct {
  AverJsonValue html, nitf, plain, other;
} Forms;

typedef struct {
  News *news;
  AverJsonValue first, content, version; /* dates */
  AverJsonValue headline, title, byline, uri, language, type, status, number, holder, slugline;
  AverJsonValue embargoed, edition;
  Forms body, description;
} Ninjs;

/* A string without NUL, in scratch->raw and with one behind it; NULL for what is none. */
static const char *string_of(Ninjs *ninjs, const AverJsonValue *value)
{
  AverBuffer *raw = &ninjs->news->scratch->raw;
  if (value->text == NULL || value->kind != AVER_JSON_STRING)
    return NULL;
  raw->length = 0;
  char *room = aver_buffer_reserve(raw, value->length + 1);
  raw->length = aver_json_unescape(value, room);
  for (gsize i = 0; i < raw->length; i++)
    room[i] = room[i] == '\0' ? ' ' : room[i];
  room[raw->length] = '\0';
  return room;
}

static gboolean is_key(const AverJsonValue *key, const char *name)
{
  return key->length == strlen(name) && g_ascii_strncasecmp(key->text, name, key->length) == 0;
}

/* Finds members of an object by their names, in any case of letters. */
typedef struct {
  const char *name;
  AverJsonValue *value;
} Wanted;

typedef void (*Member)(Ninjs *ninjs, const AverJsonValue *key, const AverJsonValue *value);

static gboolean read_object(Ninjs *ninjs, const char *text, gsize length, const Wanted *wanted,
                            Member member, GError **error)
{
  g_auto(AverJsonScanner) scanner = {0};
  AverJsonValue key, value;
  GError *failure = NULL;
  guint n = 0;
  if (!aver_json_scanner_begin(&scanner, AVER_JSON_OBJECT, text, length, error))
    return FALSE;
  while (aver_json_scanner_next(&scanner, &key, &value, &failure)) {
    if (++n > MAX_MEMBERS) {
      g_set_error(error, AVER_ERROR, AVER_ERROR_LIMIT, "an object has more than %d members",
                  MAX_MEMBERS);
      return FALSE;
    }
    for (const Wanted *one = wanted; one->name != NULL; one++)
      if (is_key(&key, one->name) && one->value->text == NULL)
        *one->value = value;
    if (member != NULL)
      member(ninjs, &key, &value);
  }
  if (failure != NULL)
    g_propagate_error(error, failure);
  return failure == NULL;
}

typedef gboolean (*Item)(Ninjs *ninjs, const AverJsonValue *item, gpointer data);

/* Calls back for every object in a list; what is wrong was found when the whole was scanned. */
static void read_list(Ninjs *ninjs, const AverJsonValue *list, Item item, gpointer data)
{
  g_auto(AverJsonScanner) scanner = {0};
  AverJsonValue value;
  guint n = 0;
  if (list->kind != AVER_JSON_ARRAY ||
      !aver_json_scanner_begin(&scanner, AVER_JSON_ARRAY, list->text, list->length, NULL))
    return;
  while (n++ < MAX_MEMBERS && aver_json_scanner_next(&scanner, NULL, &value, NULL))
    if (value.kind == AVER_JSON_OBJECT && !item(ninjs, &value, data))
      return;
}

static gboolean contains(const AverJsonValue *value, const char *part)
{
  return value->text != NULL && value->kind == AVER_JSON_STRING &&
         memmem(value->text, value->length, part, strlen(part)) != NULL;
}

static void offer(AverJsonValue *form, const AverJsonValue *value)
{
  if (form->text == NULL && value->kind == AVER_JSON_STRING && value->length > 0)
    *form = *value;
}

/* Which form a text is in, by its content type, role, or the end of its name. */
static void offer_form(Forms *forms, const AverJsonValue *hint, const AverJsonValue *value)
{
  if (contains(hint, "html"))
    offer(&forms->html, value);
  else if (contains(hint, "nitf") || contains(hint, "NITF"))
    offer(&forms->nitf, value);
  else if (contains(hint, "text"))
    offer(&forms->plain, value);
  else
    offer(&forms->other, value);
}

static gboolean read_form(Ninjs *ninjs, const AverJsonValue *item, gpointer data)
{
  AverJsonValue role = {0}, type = {0}, value = {0};
  const Wanted wanted[] = {
      {"role", &role}, {"contenttype", &type}, {"value", &value}, {NULL, NULL}};
  read_object(ninjs, item->text, item->length, wanted, NULL, NULL);
  if (value.text != NULL && !contains(&role, "credit"))
    offer_form(data, type.text != NULL ? &type : &role, &value);
  return TRUE;
}

/* The main headline, or the first. */
static gboolean read_headline(Ninjs *ninjs, const AverJsonValue *item, gpointer data)
{
  AverJsonValue role = {0}, value = {0};
  const Wanted wanted[] = {{"role", &role}, {"value", &value}, {NULL, NULL}};
  (void) data;
  read_object(ninjs, item->text, item->length, wanted, NULL, NULL);
  if (value.kind == AVER_JSON_STRING && (ninjs->headline.text == NULL || contains(&role, "main")))
    ninjs->headline = value;
  return !contains(&role, "main");
}

static gboolean read_subject(Ninjs *ninjs, const AverJsonValue *item, gpointer data)
{
  AverJsonValue name = {0};
  const Wanted wanted[] = {{"name", &name}, {NULL, NULL}};
  (void) data;
  read_object(ninjs, item->text, item->length, wanted, NULL, NULL);
  news_add_category(ninjs->news, string_of(ninjs, &name));
  return TRUE;
}

static gboolean begins(const AverJsonValue *key, const char *start)
{
  return key->length > strlen(start) && strncmp(key->text, start, strlen(start)) == 0;
}

/* Members whose names vary: body_text, body_xhtml... of version 1, lists of the others. */
static void read_member(Ninjs *ninjs, const AverJsonValue *key, const AverJsonValue *value)
{
  if (begins(key, "body_"))
    offer_form(&ninjs->body, key, value);
  else if (begins(key, "description_"))
    offer_form(&ninjs->description, key, value);
  else if (is_key(key, "bodies"))
    read_list(ninjs, value, read_form, &ninjs->body);
  else if (is_key(key, "descriptions"))
    read_list(ninjs, value, read_form, &ninjs->description);
  else if (is_key(key, "headlines"))
    read_list(ninjs, value, read_headline, NULL);
  else if (is_key(key, "subject") || is_key(key, "subjects"))
    read_list(ninjs, value, read_subject, NULL);
}

static gboolean take_nitf(Ninjs *ninjs, const AverJsonValue *value, GError **error)
{
  NewsScratch *scratch = ninjs->news->scratch;
  const char *text = string_of(ninjs, value);
  if (text == NULL || scratch->text.length > 0)
    return TRUE;
  if (!aver_xml_read_text(scratch->inner, text, scratch->raw.length, error)) {
    g_prefix_error(error, "NITF in the item: ");
    return FALSE;
  }
  return nitf_read(ninjs->news, scratch->inner, 0, error);
}

/* Markup has the paragraphs that plain text may lack. */
static gboolean take_forms(Ninjs *ninjs, const Forms *forms, GError **error)
{
  News *news = ninjs->news;
  const AverBuffer *raw = &news->scratch->raw;
  const char *text = string_of(ninjs, &forms->html);
  if (text != NULL && !news_take_html(news, text, raw->length, error))
    return FALSE;
  if (!take_nitf(ninjs, &forms->nitf, error))
    return FALSE;
  text = string_of(ninjs, &forms->plain);
  if (text != NULL && !news_take_plain(news, text, raw->length))
    return FALSE;
  text = string_of(ninjs, &forms->other);
  return text == NULL || news_take_guess(news, text, raw->length, error);
}

static void set_lines(Ninjs *ninjs)
{
  const struct {
    const char *key;
    const AverJsonValue *value;
  } lines[] = {{"title", &ninjs->headline},   {"title", &ninjs->title},    {"type", &ninjs->type},
               {"status", &ninjs->status},    {"version", &ninjs->number}, {"site", &ninjs->holder},
               {"slugline", &ninjs->slugline}};
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
    const char *text = string_of(ninjs, lines[i].value);
    if (text != NULL)
      news_set_line(ninjs->news, lines[i].key, text, strlen(text));
  }
}

static void set_facts(Ninjs *ninjs)
{
  News *news = ninjs->news;
  set_lines(ninjs);
  news_set_author(news, string_of(ninjs, &ninjs->byline));
  news_set_language(news, string_of(ninjs, &ninjs->language));
  news_set_url(news, string_of(ninjs, &ninjs->uri));
  news_set_date(news, "published", string_of(ninjs, &ninjs->first));
  news_set_date(news, "published", string_of(ninjs, &ninjs->content));
  news_set_date(news, "modified", string_of(ninjs, &ninjs->version));
  news_set_date(news, "published", string_of(ninjs, &ninjs->version));
  news_set_date(news, "embargoed", string_of(ninjs, &ninjs->embargoed));
}

gboolean ninjs_read(News *news, const AverRecord *record, char **id, GError **error)
{
  Ninjs all = {.news = news}, *ninjs = &all;
  const Wanted wanted[] = {
      {"uri", &ninjs->uri},
      {"headline", &ninjs->headline},
      {"title", &ninjs->title},
      {"byline", &ninjs->byline},
      {"by", &ninjs->byline},
      {"language", &ninjs->language},
      {"type", &ninjs->type},
      {"pubstatus", &ninjs->status},
      {"version", &ninjs->number},
      {"copyrightholder", &ninjs->holder},
      {"slugline", &ninjs->slugline},
      {"firstcreated", &ninjs->first},
      {"contentcreated", &ninjs->content},
      {"versioncreated", &ninjs->version},
      {"embargoed", &ninjs->embargoed},
      {NULL, NULL},
  };
  gsize mark = record->length >= 3 && memcmp(record->data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (!read_object(ninjs, record->data + mark, record->length - mark, wanted, read_member, error))
    return FALSE;
  if (ninjs->uri.text == NULL && ninjs->headline.text == NULL && ninjs->body.html.text == NULL &&
      ninjs->body.plain.text == NULL && ninjs->body.nitf.text == NULL) {
    g_set_error(error, AVER_ERROR, AVER_ERROR_SYNTAX,
                "the object has no 'uri', headline or body; expected ninjs");
    return FALSE;
  }
  set_facts(ninjs);
  const char *uri = string_of(ninjs, &ninjs->uri);
  *id = uri == NULL || uri[0] == '\0' ? NULL : g_strdup(uri);
  return take_forms(ninjs, &ninjs->body, error) && take_forms(ninjs, &ninjs->description, error);
}
