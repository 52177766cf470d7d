/* The runs of wafers' tests, put together from the files that are read and from those that were read before.
 *
 * Files of one run are read as one, in the order of their times: their die add up, and a die that a later file has at the same place (or
 * repeats by its id) counts as that one has it. A file whose MIR is that of another (lot, setup and start time, station, node, job) and that has
 * a die in common with it, by place or else by id, is the same file again and replaces it: a file that is imported twice counts once.
 * A run of fewer die than the first one is a retest: where every die of it has the place of a die before, or repeats its id, it is merged die
 * by die, and its rows are the result of the whole wafer; else they are those of the run alone.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STDF_RUNS_H
#define FAB_STDF_RUNS_H

#include "store.h"

#include "stdf_result.h"

/* What a file gave to a run; die NULL: no list of die, the counts of the result serve. */
struct stdf_list {
    int64_t run, part, time;
    const char *file, *die;
    const struct fab_stdf_result *result; /* NULL: read before, from the database */
};

/* The runs of a wafer at a stage. */
struct stdf_group {
    const char *wafer, *stage;
    struct stdf_list *lists;
    int count, capacity;
    int64_t first; /* run that a file has touched; it and the later ones have new rows */
    fab_table *before, *known; /* lists, and runs, of the database */
};

struct stdf_runs {
    fab_store *store;
    struct stdf_group *groups; /* in the order in which they came */
    int count, capacity;
};

/* Takes the wafers of a file, whose result must outlive it. A warning when it replaces what is not of its own. Errors of the store,
 * FAB_NO_MEMORY. O(groups) a wafer. */
fab_status stdf_runs_add(fab_context *context, struct stdf_runs *runs, const struct fab_stdf_result *result);

/* The rows of a run from its first touched one on, as of fab_stdf_read: *rows is made, and freed by fab_stdf_result_fini; its path is that of the
 * last file. *found is false when the group has no such run. O(die log die) of the run and those before. */
fab_status stdf_runs_make(fab_context *context, const struct stdf_group *group, int64_t run, struct fab_stdf_result *rows, bool *found);

/* The last run that has a file. */
int64_t stdf_group_last(const struct stdf_group *group);

void stdf_runs_fini(struct stdf_runs *runs);

#endif
