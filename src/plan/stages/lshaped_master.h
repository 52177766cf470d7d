/* The master: tools alone, and for each future the least of its cuts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LSHAPED_MASTER_H
#define FAB_LSHAPED_MASTER_H

#include "lshaped_future.h"

struct fab_lshaped_master {
    fab_solver *solver;
    int tools, futures;
    double money; /* USD that it counts in */
    double *lower, *upper; /* [tools] */
    struct fab_lshaped_held { /* rows over tools alone, which stand in it as they are */
        int future, row;
    } *held; /* [held_count] its first rows; its others are the cuts in their order */
    int held_count;
    double *scale; /* [cuts] that a row was divided by */
    int cut_count, cut_capacity;
    fab_lp_solution *solution; /* the last one: its first columns are the tools; NULL: none yet */
    int solution_cuts;         /* that it knew */
    double best;               /* that it is worth by them, USD */
    int *index;    /* [tools + 1] of the row that is added */
    double *value;
};

/* What a bound is made of. */
struct fab_lshaped_proof {
    const struct fab_lshaped_future *future;
    const struct fab_lshaped_cut *cut;  /* those of the master, in their order */
    const int *first_row;               /* of each future in the extensive form */
};

/* Without cuts yet; the caller has set its money. fab_lshaped_master_close, whatever comes back. O(nonzeros). */
fab_status fab_lshaped_master_open(fab_context *context, const struct fab_extensive *extensive, const struct fab_lshaped_tools *tools, const struct fab_lshaped_future futures[], struct fab_lshaped_master *master);
void fab_lshaped_master_close(struct fab_lshaped_master *master);

fab_status fab_lshaped_master_add(fab_context *context, struct fab_lshaped_master *master, const struct fab_lshaped_cut *cut);

/* Tools no further from the centre than reach x size each; reach INFINITY: as far as their limits. */
fab_status fab_lshaped_master_box(fab_context *context, struct fab_lshaped_master *master, const double centre[], const double size[], double reach);

/* The best by its cuts, the new solution and best; *outcome another than FAB_OPTIMAL: there is none, and the last one stays. A warm solve. */
fab_status fab_lshaped_master_solve(fab_context *context, struct fab_lshaped_master *master, double deadline, fab_outcome *outcome);

/* Multipliers of all rows of the extensive form, zeroed before, from those of the last solution. FAB_NO_MEMORY. O(cuts x rows). */
fab_status fab_lshaped_master_multipliers(fab_context *context, const struct fab_lshaped_master *master, const struct fab_lshaped_proof *proof, double multiplier[]);

#endif
