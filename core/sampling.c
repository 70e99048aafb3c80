/* SPDX-License-Identifier: Apache-2.0 */
/* Sampling: which records of the input a run takes, decided by their numbers. */
#include "sampling.h"

/* A number in [0,1) for each record: splitmix64 (Steele, Lea and Flood 2014). */
static double draw(guint64 index)
{
  guint64 z = (index + 1) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
  z ^= z >> 31;
  return (double) (z >> 11) * 0x1p-53;
}

gboolean aver_sampling_takes(AverSampling *sampling)
{
  const AverSample *wanted = &sampling->wanted;
  guint64 index = sampling->seen++;
  if (index < wanted->skip)
    return FALSE;
  if (wanted->n_shards > 1 && index % wanted->n_shards != wanted->shard)
    return FALSE;
  if (wanted->sampled && draw(index) >= wanted->share)
    return FALSE;
  sampling->taken++;
  return TRUE;
}

gboolean aver_sampling_ends(const AverSampling *sampling)
{
  return sampling->wanted.limit > 0 && sampling->taken >= sampling->wanted.limit;
}
