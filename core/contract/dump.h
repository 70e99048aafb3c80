/* SPDX-License-Identifier: Apache-2.0 */
/* Any document's layers as text, checked on the way. */
#pragma once

#include <aver/document.h>

/*
 * All rows of all layers, one a line. Asserts what holds for every layer: rows in order of start
 * and end, spans inside the text and on character boundaries, enum values and references in range,
 * strings valid UTF-8.
 */
char *aver_contract_dump_layers(AverDocument *document);
