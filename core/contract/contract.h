/* SPDX-License-Identifier: Apache-2.0 */
/* The contract test that <aver/testing.h> offers: one plugin, and what its cases share. */
#pragma once

#include <aver/layers.h>
#include <aver/pipeline.h>
#include <aver/testing.h>
#include <aver/text.h>

typedef struct {
  const AverPlugin *plugin;
  AverRegistry *registry; /* (nullable) */
  char **set;
  char *sample;
  char *hostile;
  char *texts;
  char *readme;
} AverContract;

/* One plugin opened, with two workers. */
typedef struct {
  const AverPlugin *plugin;
  AverStage *stage;
  gpointer self;
  gpointer workers[2];
} AverContractInstance;

void aver_contract_open(AverContractInstance *instance, const AverContract *contract,
                        const AverPlugin *plugin, const char *const *inputs, const char *output);
void aver_contract_close(AverContractInstance *instance);

/* The cases, each with an AverContract. */
void aver_contract_test_annotator(gconstpointer contract);
void aver_contract_test_reader(gconstpointer contract);
void aver_contract_test_writer(gconstpointer contract);
void aver_contract_test_training(gconstpointer contract);

/* The texts that annotators are tried on: GBytes. */
GPtrArray *aver_contract_make_texts(const char *folder);
