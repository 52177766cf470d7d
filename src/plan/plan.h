/* A plan: the model's linear program, solved and proven, and the tables it is stored as.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PLAN_H
#define FAB_PLAN_H

#include <fabplan/context.h>
#include <fabplan/table.h>

#include "lp.h"
#include "program.h"
#include "terms.h"

typedef struct fab_plan_options {
    double time_limit_seconds; /* 0: none */
    void (*progress)(void *user, const fab_lp *lp, const fab_lp_progress *progress); /* of the program being solved */
    void *user;
} fab_plan_options;

typedef struct fab_plan {
    const fab_model *model; /* borrowed */
    fab_terms *terms;
    fab_program *program;
    fab_outcome outcome;
    fab_lp_solution *solution;      /* NULL unless outcome is FAB_OPTIMAL */
    fab_lp_certificate certificate; /* of the solution, verified */
    double totals[FAB_MONEY_COUNT]; /* discounted, they sum to the objective */
    double profit_usd;              /* before penalties and end value */
    double seconds_build, seconds_solve, seconds_check;
    fab_table *conflict; /* FAB_INFEASIBLE: equation, name, excess: the limits that cannot hold together, with the least total excess */
} fab_plan;

/* Builds, solves and checks the plan of a model, which must outlive it. FAB_REJECTED when the solver's answer fails the exact check: then there is no plan. options may be NULL.
 * Cost: that of the linear program. */
fab_status fab_plan_optimise(fab_context *context, const fab_model *model, const fab_plan_options *options, fab_plan **plan);
void fab_plan_free(fab_plan *plan);

enum { FAB_PLAN_MOST_TABLES = 24 };

/* The tables of schema/migrations/0002_plans.sql of an optimal plan but for `plan` itself, with `number` as their plan. The caller frees the tables. Their texts are the model's. */
fab_status fab_plan_make_tables(fab_context *context, const fab_plan *plan, int64_t number, fab_table *tables[FAB_PLAN_MOST_TABLES], int *count);

/* Seconds of a clock that never runs back. */
double fab_plan_clock(void);

#endif
