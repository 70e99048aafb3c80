/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of claim-classifier. */
#include "bench.h"

int main(int argc, char **argv)
{
  g_test_init(&argc, &argv, NULL);
  add_act_tests();
  add_furniture_tests();
  add_row_tests();
  add_train_tests();
  add_type_tests();
  add_weight_tests();
  add_property_tests();
  return g_test_run();
}
