/* SPDX-License-Identifier: Apache-2.0 */
/* train-syntax: trains the model of syntax-parser on a treebank, and measures it. */
#include "../model.h"
#include "../parser.h"
#include "train.h"

#include <aver/aver.h>
#include <stdio.h>

/* Parts of the training data that are each tagged by a tagger that has not seen them. */
#define FOLDS 5

static const Plan tag_plan = {.passes = 6, .fine_passes = 2, .bits = 14, .rows = 16000};
static const Plan fold_plan = {.passes = 3};
#define PARSER_PASSES 10

typedef struct {
  guint tokens;
  guint tags;
  guint heads;
  guint relations;
  guint words; /* without punctuation */
  guint word_heads;
  guint word_relations;
} Figures;

static void measure(const SyntaxModel *model, const Gold *gold, Parser *parser, Figures *f)
{
  Word words[UNIT_MAX + 2 * MARGIN];
  words_read(&model->dictionary, gold->text, gold->tokens, gold->n, words);
  tagger_run(&model->tags, words, gold->n);
  parser_run(parser, &model->network, words, gold->n);
  for (guint i = 0; i < gold->n; i++) {
    const Node *node = &parser->state.nodes[MARGIN + i];
    gboolean head = node->head == gold->heads[i];
    gboolean both = head && node->relation == gold->relations[i];
    f->tokens++;
    f->tags += words[MARGIN + i].tag == gold->tags[i];
    f->heads += head;
    f->relations += both;
    if (gold->relations[i] == AVER_RELATION_PUNCT)
      continue;
    f->words++;
    f->word_heads += head;
    f->word_relations += both;
  }
}

static void print_figures(const char *name, const Figures *f)
{
  printf("%s: %u tokens, tags %.2f, UAS %.2f, LAS %.2f; without punctuation UAS %.2f, LAS %.2f\n",
         name, f->tokens, 100.0 * f->tags / f->tokens, 100.0 * f->heads / f->tokens,
         100.0 * f->relations / f->tokens, 100.0 * f->word_heads / f->words,
         100.0 * f->word_relations / f->words);
}

static gboolean evaluate(const char *path, const GPtrArray *dev, GError **error)
{
  g_autoptr(SyntaxModel) model = syntax_model_new_from_file(path, error);
  if (model == NULL)
    return FALSE;
  g_autofree Parser *parser = g_new0(Parser, 1);
  Figures all = {0}, open = {0};
  for (guint i = 0; i < dev->len; i++) {
    const Gold *gold = dev->pdata[i];
    measure(model, gold, parser, &all);
    if (gold->open)
      measure(model, gold, parser, &open);
  }
  print_figures("all genres", &all);
  print_figures("open genres", &open);
  return TRUE;
}

static GPtrArray *read_gold(const char *path, GError **error)
{
  guint n_lost;
  GPtrArray *sentences = gold_read(path, &n_lost, error);
  if (sentences != NULL)
    printf("%s: %u sentences, %u lost\n", path, sentences->len, n_lost);
  return sentences;
}

static void keep_open(GPtrArray *sentences)
{
  guint n = 0;
  for (guint i = 0; i < sentences->len; i++) {
    Gold *gold = sentences->pdata[i];
    if (gold->open) {
      sentences->pdata[i] = sentences->pdata[n];
      sentences->pdata[n++] = gold;
    }
  }
  g_ptr_array_set_size(sentences, (gint) n);
}

static void tag_folds(const Dictionary *dictionary, const GPtrArray *sentences)
{
  guint right = 0, all = 0;
  for (guint fold = 0; fold < FOLDS; fold++) {
    g_autoptr(GPtrArray) rest = g_ptr_array_new();
    for (guint i = 0; i < sentences->len; i++)
      if (((const Gold *) sentences->pdata[i])->document % FOLDS != fold)
        g_ptr_array_add(rest, sentences->pdata[i]);
    g_autoptr(Learner) tagger = train_tagger(dictionary, rest, &fold_plan);
    for (guint i = 0; i < sentences->len; i++) {
      Gold *gold = sentences->pdata[i];
      if (gold->document % FOLDS != fold)
        continue;
      tag_with_learner(dictionary, tagger, gold, gold->seen);
      all += gold->n;
      for (guint k = 0; k < gold->n; k++)
        right += gold->seen[k] == gold->tags[k];
    }
  }
  printf("tags of the parts, each by the others: %.2f\n", 100.0 * right / all);
}

static gboolean train(const char *path, const char *classes, GPtrArray *sentences, GError **error)
{
  keep_open(sentences);
  g_autofree DictionaryEntry *entries = dictionary_make(classes, sentences, error);
  if (entries == NULL)
    return FALSE;
  const Dictionary dictionary = {entries, DICTIONARY_PLACES - 1};
  g_autoptr(AverModelWriter) writer = aver_model_writer_new(
      MODEL_KIND,
      "{\"data\":\"English Web Treebank (CC BY-SA 4.0) and the open genres of GUM (annotation CC "
      "BY "
      "4.0); word classes learnt from press releases, speeches and news, some of whose sources "
      "state no licence\",\"features\":\"hashed\",\"command\":\"see README.md of syntax-parser\"}");
  aver_model_writer_add(writer, "words", entries, DICTIONARY_PLACES * sizeof *entries);
  g_autoptr(Learner) tagger = train_tagger(&dictionary, sentences, &tag_plan);
  pack_tagger(tagger, tag_plan.bits, writer);
  tag_folds(&dictionary, sentences);
  g_autoptr(Net) net = train_parser(&dictionary, sentences, PARSER_PASSES);
  net_pack(net, writer);
  return aver_model_writer_write(writer, path, error);
}

/* train-syntax MODEL CLASSES TRAIN DEV, or train-syntax MODEL DEV to measure only. */
int main(int argc, char **argv)
{
  g_autoptr(GError) error = NULL;
  if (argc != 5 && argc != 3) {
    fprintf(stderr, "usage: %s MODEL [CLASSES TRAIN] DEV\n", argv[0]);
    return 2;
  }
  if (argc == 5) {
    g_autoptr(GPtrArray) sentences = read_gold(argv[3], &error);
    if (sentences == NULL || !train(argv[1], argv[2], sentences, &error)) {
      fprintf(stderr, "%s\n", error->message);
      return 1;
    }
  }
  g_autoptr(GPtrArray) dev = read_gold(argv[argc - 1], &error);
  if (dev == NULL || !evaluate(argv[1], dev, &error)) {
    fprintf(stderr, "%s\n", error->message);
    return 1;
  }
  return 0;
}
