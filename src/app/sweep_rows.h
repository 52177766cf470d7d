/* A sweep as rows of the database.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SWEEP_ROWS_H
#define FAB_SWEEP_ROWS_H

#include "fab.h"
#include "sweep_result.h"

struct fab_sweep_stored {
    struct fab_sweep_index *index;
    const struct fab_sweep_result *result; /* [index->count] */
};

/* The hash of the sweep and of all results, whoever solved them. False when memory is short. */
bool fab_sweep_hash_results(const struct fab_sweep_stored *stored, char hex[FAB_SHA256_HEX_SIZE]);

/* Stores and seals it in one transaction; *sweep gets its number. O(rows). */
fab_status fab_sweep_store(fab_context *context, fab *handle, const struct fab_sweep_stored *stored, const char *results_sha256, int64_t *sweep);

#endif
