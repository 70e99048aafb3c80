/* SPDX-License-Identifier: Apache-2.0 */
/* The boxed types by which bindings know spans, layers, registries and pipelines. */
#include "layer-private.h"

#include <aver/embed.h>

/* Written out: G_DEFINE_BOXED_TYPE passes functions as a union, which ISO C has not. */
static GType define(gsize *type, const char *name, GBoxedCopyFunc copy, GBoxedFreeFunc clear)
{
  if (g_once_init_enter(type))
    g_once_init_leave(type, g_boxed_type_register_static(name, copy, clear));
  return (GType) *type;
}

static gpointer copy_span(gpointer span)
{
  return g_memdup2(span, sizeof(AverSpan));
}

GType aver_span_get_type(void)
{
  static gsize type = 0;
  return define(&type, "AverSpan", copy_span, g_free);
}

/* A layer lives as long as its document. */
static gpointer copy_layer(gpointer layer)
{
  aver_document_ref(((AverLayer *) layer)->document);
  return layer;
}

static void free_layer(gpointer layer)
{
  aver_document_unref(((AverLayer *) layer)->document);
}

GType aver_layer_get_type(void)
{
  static gsize type = 0;
  return define(&type, "AverLayer", copy_layer, free_layer);
}

GType aver_registry_get_type(void)
{
  static gsize type = 0;
  return define(&type, "AverRegistry", (GBoxedCopyFunc) aver_registry_ref,
                (GBoxedFreeFunc) aver_registry_unref);
}

GType aver_pipeline_get_type(void)
{
  static gsize type = 0;
  return define(&type, "AverPipeline", (GBoxedCopyFunc) aver_pipeline_ref,
                (GBoxedFreeFunc) aver_pipeline_unref);
}
