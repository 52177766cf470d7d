/* The file of a run's result.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SWEEP_RESULT_H
#define FAB_SWEEP_RESULT_H

#include "sweep_folder.h"

/* What is written. */
struct fab_sweep_made {
    const json_t *content; /* sweep_outcome.h */
    const char *shard;     /* "2/3": who solved it */
    double seconds;
};

/* What is read. */
struct fab_sweep_result {
    json_t *content; /* NULL: there is no result */
    char content_sha256[FAB_SHA256_HEX_SIZE];
};

/* Writes the result of a run into the folder of the index, in place of one that is there. */
fab_status fab_sweep_result_write(fab_context *context, const struct fab_sweep_index *index, int64_t run, const struct fab_sweep_made *made);

/* Reads that of a run out of a folder. FAB_INPUT, and the message says what: it is of another sweep (other inputs, base or changes), of another job, or not what was written. fab_sweep_result_fini. */
fab_status fab_sweep_result_read(fab_context *context, const struct fab_sweep_index *index, const char *folder, int64_t run, struct fab_sweep_result *result);
void fab_sweep_result_fini(struct fab_sweep_result *result);

#endif
