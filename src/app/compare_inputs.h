/* What the inputs of two plans differ in, as changes of the first that can be made one kind at a time.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_COMPARE_INPUTS_H
#define FAB_COMPARE_INPUTS_H

#include "fab.h"
#include "change.h"

/* Differences of one column, or of the rows of one table. */
struct fab_input_group {
    const char *table, *column;       /* column NULL: rows that come and go, and of a table with dates everything */
    int count;                        /* differences */
    const char *key, *before, *after; /* of the first one */
    bool expressible;                 /* false: what the second plan takes back of the first cannot be written as a change */
    struct fab_change_list *changes;  /* that make of the first plan's inputs the second's, of this kind alone */
};

struct fab_input_groups {
    fab_arena *arena; /* owns the texts */
    struct fab_input_group *group;
    int count, capacity;
    fab_table *differences; /* table, key, column, before, after, from, to: all of them */
};

/* Compares the data sets of two plans, each with the changes that it was made with: handles are those of the plans (fab_open_plan). Names and what no plan reads make no group. O(rows log rows). */
fab_status fab_input_groups_find(fab_context *context, fab *base, fab *other, struct fab_input_groups **groups);
void fab_input_groups_free(struct fab_input_groups *groups);

#endif
