/* A table of a plan while it is filled: rows start with the plan's number.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PLAN_TABLE_H
#define FAB_PLAN_TABLE_H

#include "plan.h"

struct fab_plan_table {
    const fab_plan *plan;
    int64_t number;
    fab_table *table;
    fab_value *row;
    int next;
    bool failed; /* memory was short */
};

/* Starts a table with columns named in one string, separated by blanks ("plan" comes first by itself; number FAB_NONE: there is no such column). */
struct fab_plan_table fab_plan_table_begin(const fab_plan *plan, int64_t number, const char *table, const char *columns);
void fab_plan_table_row(struct fab_plan_table *table);
void fab_plan_table_real(struct fab_plan_table *table, double value);      /* NAN is NULL */
void fab_plan_table_text(struct fab_plan_table *table, const char *text); /* borrowed, NULL allowed */
void fab_plan_table_copy(struct fab_plan_table *table, const char *text); /* of a text that does not live as long as the table */
void fab_plan_table_date(struct fab_plan_table *table, int32_t date);
void fab_plan_table_integer(struct fab_plan_table *table, int64_t value);

/* Name of a period, NULL for FAB_NONE. */
void fab_plan_table_period(struct fab_plan_table *table, int period);

/* The finished table; NULL, with everything freed, when memory was short on the way. */
fab_table *fab_plan_table_end(struct fab_plan_table *table);

/* A function that makes one table; NULL when memory is short. */
typedef fab_table *fab_table_maker(const fab_plan *plan, int64_t number);

#endif
