/* SPDX-License-Identifier: Apache-2.0 */
/* Plugins that a build left out, as a library of theirs was missing. */
#pragma once

#include <glib.h>

/* Adds what a folder's list says: name -> what is missing, both owned by the table. */
void aver_left_out_add(const char *folder, GHashTable *missing);
