/* SPDX-License-Identifier: Apache-2.0 */
/* The error domain. */
#include <aver/error.h>

G_DEFINE_QUARK(aver - error - quark, aver_error)
