/* Stages: a plan is a list of stages on one living solver; a policy is a row of a table of such lists.
 *
 * A stage maximises an objective under all that the stages before it keep. The money stage is the one whose multipliers, bound and gap are the plan's; the stages behind it only move the point inside its optimal
 * face. One deadline runs through all.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_STAGES_H
#define FAB_STAGES_H

#include "program.h"
#include "solver.h"

/* What the stages behind a stage keep of it. */
typedef enum fab_keep {
    FAB_KEEP_NOTHING,
    FAB_KEEP_VALUE, /* a row of the program, POL: objective >= value - within x |value| */
    FAB_KEEP_FACE   /* its optimal face: every row with a multiplier stays at its limit, every column with a reduced cost where it is */
} fab_keep;

struct fab_stage {
    const char *name;      /* "money" */
    const char *objective; /* in words: "profit" */
    const char *unit;      /* "USD" */
    void (*weigh)(const fab_program *program, double objective[], double *constant); /* fills objective[column_count], zeroed before */
    fab_keep keep;
    double within; /* of FAB_KEEP_VALUE, relative */
    bool money;    /* the multipliers are the plan's */
    bool optional; /* when it finds nothing the point of the stage before stands */
};

struct fab_policy {
    const char *name, *meaning;
    const struct fab_stage *const *stages;
    int stage_count;
};

extern const struct fab_policy fab_policies[];
extern const int fab_policies_count;

/* NULL when there is none of that name. */
const struct fab_policy *fab_policy_find(const char *name);

/* How a stage ended. */
struct fab_stage_result {
    const struct fab_stage *stage;
    bool done;
    bool limit;   /* the deadline came first */
    double value; /* of its objective at its own point, without its constant */
};

/* Answer of a run. */
struct fab_stages_answer {
    fab_outcome outcome;       /* FAB_OPTIMAL when the money stage was done; FAB_UNDECIDED: a stage before it, or it, has no answer that the solver could prove */
    bool complete;             /* every stage was done */
    bool interrupted;          /* the context asked to stop, and what was found is the answer */
    fab_lp_solution *solution; /* FAB_OPTIMAL: point of the last stage done, the rest of the money stage; FAB_LIMIT: the money stage's best point, NULL: none is known; the caller frees it */
    struct fab_stage_result result[FAB_STAGES_MOST];
};

/* Runs the stages on the solver, which was opened on the program. Values that are kept become rows of both. With outcome FAB_INFEASIBLE the solver stands at the stage that has no solution. Points of stages behind the money stage are taken only
 * when the money stage's proof holds for them too. O(solves). */
fab_status fab_stages_run(fab_context *context, fab_program *program, const struct fab_policy *policy, fab_solver *solver,
                          const fab_solver_options *options, struct fab_stages_answer *answer);

#endif
