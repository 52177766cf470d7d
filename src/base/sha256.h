/* SHA-256 of bytes that come in pieces.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SHA256_H
#define FAB_SHA256_H

#include <stdbool.h>
#include <stddef.h>

enum { FAB_SHA256_HEX_SIZE = 65 };

typedef struct fab_sha256 fab_sha256;

/* NULL when memory is short. */
fab_sha256 *fab_sha256_new(void);
void fab_sha256_free(fab_sha256 *sha256);

/* False when the library fails (memory). */
bool fab_sha256_add(fab_sha256 *sha256, const void *bytes, size_t size);

/* Writes 64 hex digits and a NUL; nothing may be added afterwards. */
bool fab_sha256_finish(fab_sha256 *sha256, char hex[FAB_SHA256_HEX_SIZE]);

#endif
