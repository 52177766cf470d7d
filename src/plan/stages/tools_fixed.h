/* A solved plan with the tool orders and removals of another one: what it is worth when they cannot be moved any more.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_TOOLS_FIXED_H
#define FAB_TOOLS_FIXED_H

#include "plan.h"

/* Orders and removals, by the name of their column. */
struct fab_tools {
    struct fab_tool_order {
        const char *name; /* the program's */
        double tools;
    } *order; /* [count] by name */
    int count;
    const fab_plan *plan; /* that they are of: from its basis they are not far */
    fab_lp_solution *start; /* of that plan's program with them and no others, from whose basis a program in which they are fixed starts; NULL: from the plan's */
};

/* Those of a point of a plan's program, which must outlive them. FAB_NO_MEMORY. O(columns log columns). */
fab_status fab_tools_take(fab_context *context, const fab_plan *plan, const double x[], struct fab_tools *tools);
/* The same of a point of any program. */
fab_status fab_tools_of_program(fab_context *context, const fab_lp *lp, const double x[], struct fab_tools *tools);

/* Solves the plan's own program with its tools fixed, once, for the basis that other programs with them start from: without the tools in it, which the plan's own basis is full of (1,150 of 7,289 in the sample: every one of them is a
 * pivot of each program that starts from that). What cannot be solved leaves them as they were. Cost: a cold solve. */
fab_status fab_tools_prepare(fab_context *context, struct fab_tools *tools);

/* How many of them an order is, by name: 0 where there is none. O(log). */
double fab_tools_find(const struct fab_tools *tools, const char *name);

void fab_tools_fini(struct fab_tools *tools);

/* Solves the money stage of a solved plan once more, from the basis of the plan that the tools are of, with these tools and no others: the program's limits are changed, the plan's own answer is not. *possible: false when they cannot be had (a limit is in
 * the way, or an order has no place in the program); else the certificate is that of the best plan with them, in exact arithmetic. FAB_REJECTED when that cannot be proven. Cost: a warm solve. */
fab_status fab_tools_fix(fab_context *context, fab_plan *plan, const struct fab_tools *tools, bool *possible, fab_lp_certificate *certificate);

#endif
