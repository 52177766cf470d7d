/* The tables that a plan is stored as.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PLAN_TABLES_H
#define FAB_PLAN_TABLES_H

#include "plan.h"

/* Those of fab_plan_make_tables, and what else a run knows: values, changes, what it is held to, warnings. */
enum { FAB_PLAN_MADE_TABLES = 34, FAB_PLAN_MOST_TABLES = FAB_PLAN_MADE_TABLES + 5 };

/* The tables of schema/migrations/0002_plans.sql of an optimal plan but for `plan` itself, with `number` as their plan. The caller frees the tables. Their texts are the model's. */
fab_status fab_plan_make_tables(fab_context *context, const fab_plan *plan, int64_t number, fab_table *tables[FAB_PLAN_MOST_TABLES], int *count);

#endif
