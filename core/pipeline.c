/* SPDX-License-Identifier: Apache-2.0 */
/* A checked pipeline: its stages in order. */
#include "pipeline.h"
#include "crew.h"
void aver_pipeline_free(AverPipeline *pipeline)
{
  if (pipeline == NULL)
    return;
  aver_crew_free(pipeline->crew);
  g_ptr_array_unref(pipeline->stages);
  g_free(pipeline);
}
