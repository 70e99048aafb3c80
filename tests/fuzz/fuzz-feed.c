/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes feed-reader: any bytes are items or errors, the same from a cursor on. */
#include "fuzz-items.h"

extern const AverPlugin feed_reader_LTX_aver_plugin;

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  static ItemFuzzer fuzzer;
  if (fuzzer.plugin == NULL)
    item_fuzzer_init(&fuzzer, &feed_reader_LTX_aver_plugin);
  item_fuzzer_run(&fuzzer, data, size);
  return 0;
}
