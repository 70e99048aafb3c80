/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plugin that does nothing, compiled several times with other needs, so that the check of
 * pipelines has something to check. TOY_NAME, TOY_MODULE and TOY_KIND are always defined;
 * TOY_NEEDS, TOY_USES and TOY_PROVIDES name a layer type below; TOY_OPTIONS asks for the option
 * table.
 */
#include <aver/aver.h>

#ifdef TOY_OPTIONS
static const char *const colours[] = {"red", "green", "blue", NULL};

static const AverOption options[] = {
    {"label", AVER_OPTION_STRING, NULL, "a string", 0, 0, NULL},
    {"verbose", AVER_OPTION_BOOLEAN, "false", "a boolean", 0, 0, NULL},
    {"count", AVER_OPTION_INTEGER, "3", "an integer in a range", 1, 8, NULL},
    {"offset", AVER_OPTION_INTEGER, "0", "any integer", 0, 0, NULL},
    {"threshold", AVER_OPTION_NUMBER, "0.5", "a number in a range", 0, 1, NULL},
    {"colour", AVER_OPTION_CHOICE, "green", "a choice", 0, 0, colours},
};
#endif

#if defined TOY_NEEDS || defined TOY_USES || defined TOY_PROVIDES
static const AverColumnType thing_columns[] = {
    {"size", AVER_COLUMN_I32, NULL, NULL, "how large it is"},
    {"label", AVER_COLUMN_STRING, NULL, NULL, "what it is called"},
};

/* The layer `thing` as most toys know it, with fewer columns, and with others. */
G_GNUC_UNUSED static const AverLayerType thing = {"thing", "things", thing_columns, 2};
G_GNUC_UNUSED static const AverLayerType short_thing = {"thing", "things", thing_columns, 1};

static const AverColumnType other_columns[] = {
    {"size", AVER_COLUMN_I32, NULL, NULL, "how large it is"},
    {"label", AVER_COLUMN_F32, NULL, NULL, "what it weighs"},
};
G_GNUC_UNUSED static const AverLayerType other_thing = {"thing", "things", other_columns, 2};
G_GNUC_UNUSED static const AverLayerType nowhere = {"nowhere", "nobody's", NULL, 0};
#endif

#ifdef TOY_NEEDS
static const AverLayerType *const needs[] = {&TOY_NEEDS, NULL};
#endif
#ifdef TOY_USES
static const AverLayerType *const uses[] = {&TOY_USES, NULL};
#endif
#ifdef TOY_PROVIDES
static const AverLayerType *const provides[] = {&TOY_PROVIDES, NULL};
#endif

G_GNUC_UNUSED static AverCut cut(gpointer self, gboolean may_block, AverRecord *record,
                                 GError **error)
{
  (void) self;
  (void) may_block;
  (void) record;
  (void) error;
  return AVER_CUT_END;
}

G_GNUC_UNUSED static gboolean decode(gpointer self, gpointer worker, const AverRecord *record,
                                     AverDocument *document, GError **error)
{
  (void) self;
  (void) worker;
  (void) record;
  (void) document;
  (void) error;
  return TRUE;
}

G_GNUC_UNUSED static AverVerdict process(gpointer self, gpointer worker, AverDocument *document,
                                         GError **error)
{
  (void) self;
  (void) worker;
  (void) document;
  (void) error;
  return AVER_KEEP;
}

G_GNUC_UNUSED static gboolean encode(gpointer self, gpointer worker, AverDocument *document,
                                     AverBuffer *out, GError **error)
{
  (void) self;
  (void) worker;
  (void) document;
  (void) out;
  (void) error;
  return TRUE;
}

G_GNUC_UNUSED static gboolean emit(gpointer self, const char *data, gsize length, GError **error)
{
  (void) self;
  (void) data;
  (void) length;
  (void) error;
  return TRUE;
}

/* Expands the name before AVER_PLUGIN() pastes it. */
#define TOY_PLUGIN(module) AVER_PLUGIN(module)

TOY_PLUGIN(TOY_MODULE) = {
    AVER_PLUGIN_HEADER,
    .kind = TOY_KIND,
    .name = TOY_NAME,
    .version = "1.0",
    .summary = "does nothing, for tests",
#ifdef TOY_OPTIONS
    .options = options,
    .n_options = G_N_ELEMENTS(options),
#endif
#ifdef TOY_NEEDS
    .needs = needs,
#endif
#ifdef TOY_USES
    .uses = uses,
#endif
#ifdef TOY_PROVIDES
    .provides = provides,
#endif
    .cut = cut,
    .decode = decode,
    .process = process,
    .encode = encode,
    .emit = emit,
};
