/* A cut: what a future is worth at most, as a function of its tools.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_LSHAPED_CUT_H
#define FAB_LSHAPED_CUT_H

#include "lp.h"

/* Of a future: value <= intercept + slope x tools, or, where it is one of possibility, 0 <= the same. */
struct fab_lshaped_cut {
    int future;
    bool possibility;
    double intercept, *slope; /* [tools] */
    double *multiplier;       /* [rows of the future] that it is made of */
};

/* The program that a cut is of, and which of its columns are the shared tools. */
struct fab_lshaped_program {
    int future;
    const fab_lp *lp;
    const int *tool; /* [columns] FAB_NONE: another column, or an order that not every future knows */
    int tools;
};

/* The cut of any multipliers of a program; of possibility: without its money. fab_lshaped_cut_fini. FAB_NO_MEMORY. O(nonzeros). */
fab_status fab_lshaped_cut_make(fab_context *context, const struct fab_lshaped_program *of, bool possibility, const double multiplier[], struct fab_lshaped_cut *cut);
void fab_lshaped_cut_fini(struct fab_lshaped_cut *cut);

#endif
