/* SPDX-License-Identifier: Apache-2.0 */
/* pass: lets every document through unchanged; the smallest plugin there is. */
#include <aver/aver.h>

static AverVerdict process(gpointer self, gpointer worker, AverDocument *document, GError **error)
{
  (void) self;
  (void) worker;
  (void) document;
  (void) error;
  return AVER_KEEP;
}

AVER_PLUGIN(pass) = {
    AVER_PLUGIN_HEADER,
    .kind = AVER_PLUGIN_ANNOTATOR,
    .name = "pass",
    .version = "1.0",
    .summary = "lets every document through unchanged",
    .process = process,
};
