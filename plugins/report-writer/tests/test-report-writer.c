/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of report-writer. */
#include "report.h"
#include "writer-samples.h"

extern const AverPlugin report_writer_LTX_aver_plugin;
static const AverPlugin *const plugin = &report_writer_LTX_aver_plugin;

static const AverColumnType sample_columns[] = {SAMPLE_COLUMNS};
static const AverLayerType sample_layer = {"sample", "of every kind", sample_columns,
                                           G_N_ELEMENTS(sample_columns)};

static void assert_has(const char *page, const char *part)
{
  if (strstr(page, part) == NULL)
    g_test_message("'%s' is not in %s", part, strstr(page, "<main"));
  g_assert_nonnull(strstr(page, part));
}

static void assert_lacks(const char *page, const char *part)
{
  if (strstr(page, part) != NULL)
    g_test_message("'%s' is in %s", part, strstr(page, part));
  g_assert_null(strstr(page, part));
}

static guint32 add_quote(AverLayer *quotes, AverSpan content, AverSpan source, const char *speaker,
                         gint32 kind)
{
  guint32 row = (guint32) aver_layer_add(quotes, MIN(content.start, source.start),
                                         MAX(content.end, source.end));
  aver_layer_set_spans(quotes, row, AVER_QUOTE_CONTENT, &content, 1);
  aver_layer_set_spans(quotes, row, AVER_QUOTE_SOURCE, &source, 1);
  aver_layer_set_string(quotes, row, AVER_QUOTE_SPEAKER, speaker, -1);
  aver_layer_set_i32(quotes, row, AVER_QUOTE_KIND, kind);
  return row;
}

/* "Bo said Ada denied it leaks": one quote inside another. */
static AverDocument *nested_document(const char *id)
{
  AverDocument *document = document_of(id, "He said Ada denied it leaks", 27);
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  add_quote(quotes, (AverSpan){8, 27}, (AverSpan){0, 2}, "Bo Marsh", AVER_QUOTE_INDIRECT);
  guint32 inner =
      add_quote(quotes, (AverSpan){19, 27}, (AverSpan){8, 11}, "Ada Quill", AVER_QUOTE_DIRECT);
  aver_layer_set_i32(quotes, inner, AVER_QUOTE_POLARITY, AVER_QUOTE_DENIED);
  return document;
}

static void test_spans(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) document = nested_document("one");
  g_autofree char *page = write_and_read(plugin, NULL, fixture, document, NULL);
  assert_has(page,
             "<a class=\"src\" href=\"#d1-Q0\">He</a> <small class=\"who\">[Bo Marsh]</small>");
  assert_has(page, "<span class=\"q indirect l0 s0\"><span class=\"q direct l1 s1\">it leaks</span>"
                   "</span></p>");
  assert_has(page, "<li class=\"s1 k-direct\" id=\"d1-Q1\">");
  assert_has(page, "<span class=\"badge deny\">denied</span>");
  assert_lacks(page, "[Ada Quill]"); /* she is named */
}

static void test_escaping(Fixture *fixture, gconstpointer data)
{
  static const char text[] = "<script>alert(1)</script> \"'&\x01\xe2\x80\xae!";
  (void) data;
  g_autoptr(AverDocument) document = document_of("<i id=\"x\">", text, strlen(text));
  aver_document_set_metadata(document, "\"><b>", "</style><script>", FALSE);
  aver_document_set_metadata(document, "language", "\" onclick=\"x", FALSE);
  g_autofree char *page = write_and_read(plugin, NULL, fixture, document, NULL);
  assert_lacks(page, "<script");
  assert_lacks(page, "<b>\"");
  assert_lacks(page, "<i ");
  assert_lacks(page, "onclick=\"");
  assert_has(page, "&lt;script&gt;alert(1)&lt;/script&gt; &quot;&#39;&amp;\\u0001\\u202e!");
}

static void test_other_layers(Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_autoptr(AverDocument) document = document_with_every_kind(&sample_layer);
  g_autofree char *page = write_and_read(plugin, NULL, fixture, document, NULL);
  assert_has(page, "<summary>Layer sample: 2</summary>");
  assert_has(page, "<td>-7</td><td>0.25</td><td>R\xc3\xa4</td><td>R\xc3\xa4 […]  </td>"
                   "<td>a\tb\n\\u2028=1</td><td>blue</td><td>red, green</td><td>0</td>");
  assert_has(page, "<td></td><td>–</td><td></td>");
}

static void test_counts(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"documents=2", "speakers=1", "title=T & T", NULL};
  AverDocument *documents[4] = {NULL};
  g_autoptr(GError) error = NULL;
  g_autofree char *page = NULL;
  (void) data;
  for (guint i = 0; i < 3; i++)
    documents[i] = nested_document("one");
  run_writer(plugin, set, fixture->output, documents, &error);
  g_assert_no_error(error);
  g_assert_true(g_file_get_contents(fixture->output, &page, NULL, NULL));
  assert_has(page, "<h1 dir=\"auto\">T &amp; T</h1>");
  assert_has(page, "<div><dt>speakers</dt><dd>2</dd></div>");
  assert_has(page, "<div><dt>quotes</dt><dd>6</dd></div>");
  assert_has(page, "And 1 speakers, each quoted no more often.");
  assert_has(page, "And 1 documents are counted, but their texts are not in this file");
  assert_has(page, "id=\"d2-Q1\"");
  assert_lacks(page, "id=\"d3-Q1\"");
  for (guint i = 0; i < 3; i++)
    aver_document_unref(documents[i]);
}

static void test_folder(Fixture *fixture, gconstpointer data)
{
  static const char *const set[] = {"pages=each", NULL};
  (void) data;
  g_autoptr(AverDocument) document = nested_document("index");
  g_autofree char *index = write_and_read(plugin, set, fixture, document, "index.html");
  g_autofree char *path = g_build_filename(fixture->output, "index.doc.html", NULL);
  g_autofree char *page = NULL;
  g_assert_true(g_file_get_contents(path, &page, NULL, NULL));
  assert_has(index, "href=\"./index.doc.html#d-d\"");
  assert_has(index, "href=\"./index.doc.html#d-Q1\"");
  assert_has(page, "id=\"d-Q1\"");
  assert_has(page, "<h1 id=\"d-h\">");
}

static void test_days(void)
{
  g_assert_cmpint(read_day("0001-01-01"), ==, 1);
  g_assert_cmpint(read_day("2024-03-01T10:00:00Z") - read_day("2024-02-28"), ==, 2);
  static const char *const wrong[] = {"",           "2023-02-29", "2023-13-01", "2023-1-1",
                                      "2023/01/01", "0000-01-01", "2023-01-011"};
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
    g_assert_cmpint(read_day(wrong[i]), ==, -1);
}

/* Days, months, years or so many of them, as there is room for. */
static void test_chart(void)
{
  static const struct {
    const char *first, *last, *first_label, *last_label;
    guint bars;
  } cases[] = {
      {"2024-02-28", "2024-02-28", "2024-02-28", "2024-02-28", 1},
      {"2024-02-28", "2024-04-12", "2024-02-28", "2024-04-12", 45},
      {"2024-02-28", "2024-04-13", "2024-02", "2024-04", 3},
      {"2020-12-31", "2024-11-01", "2020-12", "2024-11", 48},
      {"2020-12-31", "2024-12-01", "2020", "2024", 5},
      {"1950-01-01", "2009-12-31", "1950", "2009", 60},
      {"1950-01-01", "2010-01-01", "from 1950", "from 2010", 7},
      {"0001-01-01", "9999-12-31", "from 0000", "from 9000", 10},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_auto(AverBuffer) page = {0};
    g_auto(Tally) tally;
    tally_init(&tally);
    const char *const days[] = {cases[i].first, cases[i].last};
    for (guint k = 0; k < 2; k++) {
      guint64 *count = g_new0(guint64, 1);
      *count = k + 1;
      g_tree_insert(tally.days, GSIZE_TO_POINTER((gsize) read_day(days[k])), count);
    }
    append_chart(&page, &tally);
    aver_buffer_append_char(&page, '\0');
    g_auto(GStrv) bars = g_strsplit(page.data, "<rect ", -1);
    g_assert_cmpuint(g_strv_length(bars) - 1, ==, cases[i].bars);
    g_autofree char *first = g_strdup_printf(">%s</text>", cases[i].first_label);
    g_autofree char *last = g_strdup_printf(">%s</th><td>2</td>", cases[i].last_label);
    g_assert_nonnull(strstr(page.data, first));
    g_assert_nonnull(strstr(page.data, last));
  }
}

/* The name that stands for the last of the names, when a document has them all. */
static char *join_last(const char *const *all)
{
  g_autoptr(AverDocument) document = document_of("one", "it leaks", 8);
  AverLayer *quotes = aver_document_add_layer(document, &aver_quote_layer);
  guint32 row = 0;
  for (guint i = 0; all[i] != NULL; i++)
    row = add_quote(quotes, (AverSpan){0, 8}, (AverSpan){0, 2}, all[i], AVER_QUOTE_DIRECT);
  g_autoptr(GHashTable) joined = join_names(quotes);
  const char *name = aver_layer_get_string(quotes, row, AVER_QUOTE_SPEAKER);
  const char *other = g_hash_table_lookup(joined, name);
  return g_strdup(other == NULL ? name : other);
}

static void test_names(void)
{
  static const char *const cases[][5] = {
      {"Helena Stroud K.C.", "Helena Stroud K.C.", "Stroud"},
      {"Helena Stroud K.C.", "Helena Stroud K.C.", "Helena Stroud"},
      {"Stroud", "Helena Stroud", "Tam Stroud", "Stroud"},
      {"Stroud", "Union of Stroud", "Stroud"},
      {"Tam", "Tam Brockel", "Tam"},
      {"council", "Town Council", "council"},
      {"Trevane & Low", "Ada Low", "Trevane & Low"},
      {"Olen Drost-Ñandú", "Olen Drost-Ñandú", "Drost-Ñandú"},
      {"", "Ada Quill", ""},
      {"Jr.", "Ada Quill Jr.", "Jr."},
      {"Ada Quill, Jr.", "Ada Quill, Jr.", "Quill"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *name = join_last(cases[i] + 1);
    g_assert_cmpstr(name, ==, cases[i][0]);
  }
}

static void test_facts(void)
{
  char line[] = "Q\t3\t\tx y\n";
  Fact fact;
  fact_read(&fact, line);
  g_assert_cmpint(fact.kind, ==, 'Q');
  g_assert_cmpuint(fact_number(&fact, 0), ==, 3);
  g_assert_cmpstr(fact.cells[1], ==, "");
  g_assert_cmpstr(fact.cells[2], ==, "x y");
  g_assert_cmpstr(fact.cells[5], ==, "");
}

#define ADD(name, function)                                                                        \
  g_test_add("/report-writer/" name, Fixture, "out", set_up, function, remove_fixture)

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  ADD("spans", test_spans);
  ADD("escaping", test_escaping);
  ADD("other-layers", test_other_layers);
  ADD("counts", test_counts);
  ADD("folder", test_folder);
  g_test_add_func("/report-writer/days", test_days);
  g_test_add_func("/report-writer/chart", test_chart);
  g_test_add_func("/report-writer/names", test_names);
  g_test_add_func("/report-writer/facts", test_facts);
  return g_test_run();
}
