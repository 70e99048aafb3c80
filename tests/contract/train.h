/* SPDX-License-Identifier: Apache-2.0 */
/* The contract of train(): what is learnt depends on the examples alone. */
#pragma once

#include <aver/plugin.h>

void test_train(const AverPlugin *plugin);
