/* One set of tool orders for many futures: a two-stage program in its extensive form.
 *
 * Stage one: tools ordered and removed, the same in every future. Stage two: everything else, for each future by itself. The objective is the mean of the futures' by weight. An order that some future does not know (it
 * could not be delivered there) is not made. Birge & Louveaux, Introduction to Stochastic Programming, 2nd ed. (2011), 2.3 and 4.2. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ROBUST_H
#define FAB_ROBUST_H

#include "tools_fixed.h"

struct fab_robust_future {
    fab_program *program; /* its upper bounds that are no limits of the data may be widened */
    double weight;        /* at least 0, one of them above */
};

/* Rows of all futures together that are solved whole. */
enum { FAB_ROBUST_ROWS = 40000 };

struct fab_robust {
    fab_outcome outcome;
    fab_lp_certificate certificate; /* of the mean objective; read with FAB_OPTIMAL */
    struct fab_tools tools;         /* the shared decisions by name; names are those of the first future's program */
};

/* Solves it; with `fixed` (NULL: none) the tools are these, which gives what another plan's tools are worth on the mean. FAB_USAGE: there are too many rows. FAB_REJECTED when the answer cannot be proven.
 * fab_tools_fini(&robust->tools). Cost: a cold solve of all futures together. */
fab_status fab_robust_solve(fab_context *context, const struct fab_robust_future futures[], int count, const struct fab_tools *fixed, struct fab_robust *robust);

#endif
