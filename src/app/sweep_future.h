/* The futures of a sweep: each a list of changes of the base.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_SWEEP_FUTURE_H
#define FAB_SWEEP_FUTURE_H

#include "fab.h"
#include "scenario.h"
#include "sweep_file.h"

struct fab_sweep_future {
    int64_t run; /* from 1 on; 0: the base, without changes */
    const char *name;
    double weight;
    const char *scenarios;           /* "A,B", "": none */
    int32_t surprise_from;           /* nobody knows of its surprises before; FAB_DATE_NONE: there are none */
    struct fab_change_list *changes; /* all of them */
    struct fab_change_list *known;   /* those that are known from the start; read with a surprise alone */
};

struct fab_sweep_futures {
    fab_arena *arena; /* owns the texts */
    struct fab_sweep_future *future; /* [count] the base first */
    int count, capacity;
};

/* What futures are made of. */
struct fab_sweep_making {
    const struct fab_sweep_file *file;
    const struct fab_scenarios *known; /* of the data */
    int64_t draws;                     /* of each run; 0: the file draws nothing */
    int64_t seed;
};

enum { FAB_SWEEP_RUNS_MOST = 100000 };

/* The base, then the runs, then the product of the grids, the last one fastest, each with every draw; a file that only draws has one run. FAB_INPUT, with a finding: a scenario that there is not, a name that two futures
 * would have, or more than FAB_SWEEP_RUNS_MOST of them. Nothing is known yet of whether the changes fit the data. fab_sweep_futures_free. O(futures x changes). */
fab_status fab_sweep_futures_make(fab_context *context, const struct fab_sweep_making *making, struct fab_sweep_futures **futures);
void fab_sweep_futures_free(struct fab_sweep_futures *futures);

/* One without changes yet. FAB_NO_MEMORY. */
fab_status fab_sweep_future_init(fab_context *context, struct fab_sweep_future *future);
void fab_sweep_future_fini(struct fab_sweep_future *future);

#endif
