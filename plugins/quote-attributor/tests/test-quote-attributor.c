/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of quote-attributor: who said what, in sentences about fictional people. */
#include "quote-cases.h"

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  add_quotation_tests();
  add_report_tests();
  add_speaker_tests();
  add_property_tests();
  add_model_tests();
  add_framing_tests();
  add_behaviour_tests();
  add_listed_tests();
  add_training_data_tests();
  return g_test_run();
}
