/* The extensive form of one set of tools for many futures: all futures' programs side by side, with orders and removals of tools in common.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_EXTENSIVE_H
#define FAB_EXTENSIVE_H

#include "robust_asked.h"

/* Column j of future f stands at place[first[f] + j], its row i at first_row[f] + i. */
struct fab_extensive {
    fab_context *context;
    const struct fab_robust_future *future;
    int count;
    fab_lp *lp;
    int *first, *first_row, *place; /* FAB_NONE: an order that not every future knows */
    double weights;
};

/* Orders and removals of tools are the same in all futures. */
static inline bool fab_extensive_is_tool(const struct fab_lp_column *column)
{
    return column->tag.family == FAB_N || column->tag.family == FAB_R;
}

/* Rows of all futures together, at most INT_MAX. O(futures). */
int fab_extensive_rows(const struct fab_robust_future futures[], int count);

/* Puts it together, sealed; the futures must outlive it. FAB_USAGE: more rows than can be counted. fab_extensive_close, whatever comes back. O(nonzeros + columns log columns). */
fab_status fab_extensive_open(fab_context *context, const struct fab_robust_future futures[], int count, struct fab_extensive *extensive);
void fab_extensive_close(struct fab_extensive *extensive);

/* The part of the weights that a future has. */
double fab_extensive_share(const struct fab_extensive *extensive, int f);

/* The tools are another plan's; false when one of them is not shared. O(columns log). */
bool fab_extensive_fix(struct fab_extensive *extensive, const struct fab_tools *fixed);

/* The tools of a point of it, by the names of the first future. fab_tools_fini. FAB_NO_MEMORY. */
fab_status fab_extensive_tools(const struct fab_extensive *extensive, const double x[], struct fab_tools *tools);

#endif
