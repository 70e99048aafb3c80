/* SPDX-License-Identifier: Apache-2.0 */
/* Without LIBLINEAR, the plugin does not say that it can be trained. */
#include "bench.h"

extern const AverPlugin claim_classifier_LTX_aver_plugin;

static void test_no_train(void)
{
  g_assert_null(claim_classifier_LTX_aver_plugin.train);
}

void add_train_tests(void)
{
  g_test_add_func("/claim-classifier/train/not-without-liblinear", test_no_train);
}
