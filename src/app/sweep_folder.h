/* The folder of a sweep: what is to be solved, and what has been, so that many machines can share the work.
 *
 *     sweep.json       the sweep: hashes of the inputs, of the base plan and of every job
 *     base.db          the base plan and what it was made from
 *     job-00007.json   run 7: its changes
 *     run-00007.json   its result, once there is one
 *
 * Everything but base.db is the same text wherever it is made from the same inputs. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SWEEP_FOLDER_H
#define FAB_SWEEP_FOLDER_H

#include "sha256.h"
#include "sweep_future.h"

#include <jansson.h>

/* sweep.json. Texts are in the arena. */
struct fab_sweep_index {
    fab_arena *arena;
    const char *folder, *name;
    char sweep_sha256[FAB_SHA256_HEX_SIZE]; /* of all that is below but the number of the plan */
    const char *inputs_sha256, *base_sha256; /* base: of the content of the base plan */
    int64_t base_plan;                       /* its number in base.db */
    int64_t draws, seed;
    const char **job_sha256;                 /* [count] of the base and the runs */
    int count;
};

/* "FOLDER/job-00007.json", "FOLDER/run-00007.json", in an arena; NULL when memory is short. */
const char *fab_sweep_job_path(fab_arena *arena, const char *folder, int64_t run);
const char *fab_sweep_result_path(fab_arena *arena, const char *folder, int64_t run);

/* The whole of a file as text. FAB_INPUT when it cannot be read; *text NULL and FAB_OK when there is none and that is allowed. The caller frees it. */
fab_status fab_sweep_read_text(fab_context *context, const char *path, bool may_miss, char **text);

/* Writes a file, as a whole or not at all. */
fab_status fab_sweep_write_text(fab_context *context, const char *path, const char *text);

/* The text of JSON as every file of the folder has it, and its hash; the caller frees it. NULL when memory is short. */
char *fab_sweep_json_text(const json_t *json, char hex[FAB_SHA256_HEX_SIZE]);

/* The job of a future: everything that its result depends on but the base. A new value; NULL when memory is short. */
json_t *fab_sweep_job_json(const struct fab_sweep_future *future);

/* Reads job `run` of a sweep into a future, which fab_sweep_future_fini ends; its texts are in the index's arena. FAB_INPUT when it is not what the sweep has. */
fab_status fab_sweep_job_read(fab_context *context, const struct fab_sweep_index *index, int64_t run, struct fab_sweep_future *future);

/* Writes sweep.json of an index, whose sweep_sha256 it finds, into a folder. */
fab_status fab_sweep_index_write(fab_context *context, struct fab_sweep_index *index, const char *folder);

/* Reads it. FAB_USAGE when the folder is none of a sweep; FAB_INPUT when its hashes do not agree. fab_sweep_index_free. */
fab_status fab_sweep_index_read(fab_context *context, const char *folder, struct fab_sweep_index **index);
void fab_sweep_index_free(struct fab_sweep_index *index);

#endif
