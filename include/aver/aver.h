/* SPDX-License-Identifier: Apache-2.0 */
/* All of Aver's public headers. */
#pragma once

#include <aver/buffer.h>
#include <aver/characters.h>
#include <aver/charset.h>
#include <aver/delegate.h>
#include <aver/document.h>
#include <aver/embed.h>
#include <aver/error.h>
#include <aver/explain.h>
#include <aver/expression.h>
#include <aver/folder.h>
#include <aver/input.h>
#include <aver/json.h>
#include <aver/layer.h>
#include <aver/layers.h>
#include <aver/model.h>
#include <aver/options.h>
#include <aver/output.h>
#include <aver/pipeline.h>
#include <aver/plugin.h>
#include <aver/record.h>
#include <aver/service.h>
#include <aver/text.h>
#include <aver/trainer.h>
#include <aver/training.h>
