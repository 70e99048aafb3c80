/* SPDX-License-Identifier: Apache-2.0 */
/* What a module's file says of itself, read before any of its code runs. */
#pragma once

#include <aver/plugin.h>

/*
 * Checks that the file is a whole shared object of this machine with Aver's note, made for this
 * ABI. The dynamic loader runs constructors before anyone can ask for the ABI, and dies of SIGBUS
 * on a file that is cut short.
 */
gboolean aver_elfnote_check(const char *path, GError **error);
