/* SPDX-License-Identifier: Apache-2.0 */
/* The description of the interface, for GET /v1/openapi.json. */
#include "openapi.h"

#include "openapi-text.h"
