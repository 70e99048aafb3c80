/* SPDX-License-Identifier: Apache-2.0 */
/* The character set that bytes are likely in, by uchardet. */
#include <aver/charset.h>
#include <aver/text.h>

#include <string.h>

/* Bytes that are looked at, around the first that is not ASCII. */
#define LOOKED_AT ((gsize) 64 * 1024)
#define BEFORE    ((gsize) 1024)

/* Text has no control characters but these; UTF-16, which has, mostly comes with a mark. */
static gboolean is_text(const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    guchar c = (guchar) data[i];
    if (c < 0x20 && strchr("\t\n\f\r\x1a\x1b", c) == NULL)
      return FALSE;
    if (c == '\0' || c == 0x7f)
      return FALSE;
  }
  return TRUE;
}

/* UTF-8 with damage: what is no ASCII mostly is UTF-8 all the same, which is no accident. */
static gboolean is_damaged(const char *data, gsize length)
{
  gsize n_good = 0, n_bad = 0;
  for (gsize i = 0; i < length;) {
    gsize n = length - i;
    gboolean all = aver_utf8_validate(data + i, n, &n);
    for (gsize k = i; k < i + n; k++)
      n_good += (guchar) data[k] >= 0xc0;
    n_bad += all ? 0 : 1;
    i += n + (all ? 0 : 1);
  }
  return n_good > 0 && n_good >= n_bad;
}

#ifdef AVER_UCHARDET

#include <dlfcn.h>
#include <uchardet.h>

/* Loaded when first needed: few runs are, and the C++ library behind it takes two milliseconds. */
typedef struct {
  __typeof__(uchardet_new) *make;
  __typeof__(uchardet_delete) *delete;
  __typeof__(uchardet_handle_data) *handle_data;
  __typeof__(uchardet_data_end) *data_end;
  __typeof__(uchardet_get_charset) *get_charset;
} Uchardet;

static gpointer load(gpointer data)
{
  static Uchardet functions;
  (void) data;
  void *library = dlopen(AVER_UCHARDET, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL)
    return NULL;
  struct {
    const char *name;
    void *function;
  } const symbols[] = {{"uchardet_new", &functions.make},
                       {"uchardet_delete", &functions.delete},
                       {"uchardet_handle_data", &functions.handle_data},
                       {"uchardet_data_end", &functions.data_end},
                       {"uchardet_get_charset", &functions.get_charset}};
  for (guint i = 0; i < G_N_ELEMENTS(symbols); i++) {
    void *address = dlsym(library, symbols[i].name);
    if (address == NULL)
      return NULL;
    memcpy(symbols[i].function, &address, sizeof address);
  }
  return &functions;
}

static gboolean ask(AverCharset *charset, const char *data, gsize length)
{
  static GOnce once = G_ONCE_INIT;
  const Uchardet *uchardet = g_once(&once, load, NULL);
  if (uchardet == NULL)
    return FALSE;
  uchardet_t detector = uchardet->make();
  gboolean known = FALSE;
  if (uchardet->handle_data(detector, data, length) == 0) {
    uchardet->data_end(detector);
    const char *name = uchardet->get_charset(detector);
    known = aver_charset_is_known(name) &&
            aver_charset_set_name(charset, name, strlen(name), AVER_CHARSET_ASSUMED);
  }
  uchardet->delete (detector);
  return known;
}

#else

static gboolean ask(AverCharset *charset, const char *data, gsize length)
{
  (void) charset;
  (void) data;
  (void) length;
  return FALSE;
}

#endif

gboolean aver_charset_guess(AverCharset *charset, const char *data, gsize length)
{
  g_return_val_if_fail(charset != NULL && (data != NULL || length == 0), FALSE);
  gsize first = 0;
  data = length == 0 ? "" : data;
  *charset = (AverCharset){.source = AVER_CHARSET_ASSUMED};
  while (first < length && (guchar) data[first] < 0x80)
    first++;
  first -= MIN(first, BEFORE);
  data += first;
  length = MIN(length - first, LOOKED_AT);
  return is_text(data, length) && !is_damaged(data, length) && ask(charset, data, length) &&
         strcmp(charset->name, "utf-8") != 0;
}
