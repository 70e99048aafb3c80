/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that are news, and texts that are not. */
#include "contract.h"

#include <string.h>

static const char *const news[] = {
    "Pier shut as piles rot\n\nHARWICK, Tuesday - The harbour board shut the old pier on Monday "
    "after "
    "divers found rotten piles.\n\n\xe2\x80\x9cIt leaks, and it will fall,\xe2\x80\x9d said Ada "
    "Quill, the harbour master. She said that 4,200 people had used it last year. \"We were warned "
    "twice,\" she added.\n\nTam Orr, who built it, denied that the timber was cheap.\n",
    "Q: Will the ferry stop?\nA: No, it won't.\n\n- The U.S. firm Vantry & Co. paid 3.5m.\n- Rents "
    "rose 12% in 2019, according to the Office for Weirs.\r\n\tSee https://weirs.example/a?b=1.\n",
};

/* The files of a folder whose names end in .txt, in any order: each is a case by itself. */
static void add_files(GPtrArray *texts, const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) folder = g_dir_open(path, 0, &error);
  g_assert_no_error(error);
  const char *name;
  while ((name = g_dir_read_name(folder)) != NULL) {
    if (!g_str_has_suffix(name, ".txt"))
      continue;
    g_autofree char *file = g_build_filename(path, name, NULL);
    char *text;
    gsize length;
    g_assert_true(g_file_get_contents(file, &text, &length, NULL));
    g_ptr_array_add(texts, g_bytes_new_take(text, length));
  }
}

GPtrArray *aver_contract_make_texts(const char *folder)
{
  static const char *const marks[] = {"\"",    "“",         "”",
                                      "'",     "‘",         "’",
                                      "«",     ".",         "?!",
                                      "\n",    "\r\n",      " ",
                                      "said ", "He said ",  "according to ",
                                      "(",     "e\xcc\x81", "\xf0\x9f\x98\x80",
                                      "、",    "。",        "- ",
                                      "Mr. ",  "denied ",   "\t"};
  GPtrArray *texts = g_ptr_array_new_with_free_func((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add(texts, g_bytes_new_static("", 0));
  g_ptr_array_add(texts, g_bytes_new_static("\0\0 said \0.\n\0", 11));
  g_ptr_array_add(texts, g_bytes_new_static("\xef\xbb\xbf", 3));
  for (guint i = 0; i < G_N_ELEMENTS(news); i++)
    g_ptr_array_add(texts, g_bytes_new_static(news[i], strlen(news[i])));
  if (folder != NULL)
    add_files(texts, folder);
  for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
    GString *text = g_string_new(NULL);
    for (guint k = 0; k < 3000; k++)
      g_string_append(text, marks[i]);
    g_ptr_array_add(texts, g_string_free_to_bytes(text));
  }
  for (guint i = 0; i < 200; i++) {
    GString *text = g_string_new(NULL);
    for (gint32 k = g_test_rand_int_range(1, 80); k > 0; k--)
      g_string_append(text, marks[g_test_rand_int_range(0, G_N_ELEMENTS(marks))]);
    g_ptr_array_add(texts, g_string_free_to_bytes(text));
  }
  return texts;
}
