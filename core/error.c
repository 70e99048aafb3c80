/* SPDX-License-Identifier: Apache-2.0 */
/* The error domain. */
#include <aver/error.h>

/* Written out: the formatter would put spaces into the name that G_DEFINE_QUARK() takes. */
GQuark aver_error_quark(void)
{
  return g_quark_from_static_string("aver-error-quark");
}
