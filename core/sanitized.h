/* SPDX-License-Identifier: Apache-2.0 */
/* Whether this is built with a sanitizer that needs most of the address space for its own. */
#pragma once

#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define AVER_SANITIZED TRUE
#elif defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
#define AVER_SANITIZED TRUE
#endif
#endif
#ifndef AVER_SANITIZED
#define AVER_SANITIZED FALSE
#endif
