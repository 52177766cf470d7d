/* A plan: the model's linear program, solved stage by stage, and proven.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_PLAN_H
#define FAB_PLAN_H

#include <fabplan/fabplan.h>

#include "build.h"
#include "stages.h"

typedef struct fab_plan_options {
    const char *policy;        /* name of a policy (fab_policies), NULL: "profit" */
    struct fab_stages_asked asked; /* how closely a policy keeps its values, and what it may cost; all 0: exactly, at the profit's own price */
    double time_limit_seconds; /* of everything, 0: none */
    enum fab_lp_method method; /* how its programs are solved from nothing */
    const char *solver;        /* who solves programs without an answer near (external.h), NULL: nobody else */
    double worst_gap;          /* of a plan that a limit or an interruption leaves: 0: FAB_WORST_GAP, below 0: none */
    void (*progress)(void *user, const fab_lp *lp, const fab_lp_progress *progress); /* of the program being solved */
    void *user;
    const struct fab_plan *near; /* of a program that is nearly this one: the basis of its money stage is where this one starts, row by row and column by column of the same name; NULL: none */
    const struct fab_more_families *more; /* families besides those of the design, NULL: none */
} fab_plan_options;

typedef struct fab_plan {
    const fab_model *model; /* borrowed */
    fab_terms *terms;
    fab_program *program;
    fab_solver *solver; /* living on: fab_plan_stand brings it to the money stage */
    double deadline;    /* of fab_clock(), 0: none */
    struct fab_external external; /* the solver that was asked for; program NULL: none */
    const struct fab_policy *policy;
    fab_outcome outcome;            /* FAB_OPTIMAL: there is a plan */
    bool complete;                  /* every stage was done and proven; false: a limit came first, or the proof lacks its last digits */
    bool interrupted;               /* the context asked to stop, and this is what there was */
    fab_lp_solution *solution;      /* NULL unless outcome is FAB_OPTIMAL: the point of the last stage, multipliers and reduced costs of the money stage */
    fab_lp_solution *nothing;       /* the first incumbent (nothing.h), NULL: none */
    fab_lp_certificate certificate; /* of the solution: feasible; verified when the money stage was done. Objective, bound and gap are those of the money stage where calm moved the point; with whole decisions bound and gap are those of their search */
    struct fab_stages_answer stages; /* how each stage ended and what it keeps; its solution is the plan's */
    double *loss_usd; /* [program->kept_count]: profit without the row that keeps a value less profit, re-solved; NAN: not tested. NULL: no row */
    double totals[FAB_MONEY_COUNT]; /* of the point, discounted: with calm_usd they sum to the objective */
    double calm_usd;                /* what the calm stage gave up: the point is worth the objective less this */
    double profit_usd;              /* before penalties and end value */
    double seconds_build, seconds_solve, seconds_check;
    double violation;    /* FAB_INFEASIBLE, FAB_UNDECIDED: least sum of relative violations of limits that was found, NAN: none was */
    fab_table *conflict; /* FAB_INFEASIBLE: equation, name, limit, excess, direction, unit: the cheapest repair, with the least total excess */
    fab_table *conflict_set; /* FAB_INFEASIBLE: limits that cannot hold together, of which none can be left out (conflict_set.h) */
} fab_plan;

/* Builds, solves and checks the plan of a model, which must outlive it. FAB_USAGE for an unknown policy. FAB_REJECTED when the solver's answer fails the exact check: then there is no plan. options may be NULL.
 * Cost: that of the linear program. */
fab_status fab_plan_optimise(fab_context *context, const fab_model *model, const fab_plan_options *options, fab_plan **plan);
void fab_plan_free(fab_plan *plan);

/* Puts the plan's solver back to where the money stage was solved: its objective, and the limits of the program. The solver's basis stays. O(rows + columns). */
fab_status fab_plan_stand(fab_context *context, const fab_plan *plan);

#endif
