/* A run of stages on its way: what the stages of a policy work with.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_RUN_H
#define FAB_RUN_H

#include "program.h"
#include "solver.h"
#include "whole_stage.h"

/* What the stages behind a stage keep of it. */
typedef enum fab_keep {
    FAB_KEEP_NOTHING,
    FAB_KEEP_VALUE, /* a row of the program, POL: objective >= value - within x |value| */
    FAB_KEEP_FACE   /* its optimal face: every row with a multiplier stays at its limit, every column with a reduced cost where it is */
} fab_keep;

/* What a value that was found in double arithmetic may be wrong by, relative: kept exactly it is kept to this, lest its row contradict the others in the last digit. */
#define FAB_ROUNDING 1e-12

struct fab_run;

struct fab_stage {
    const char *name;      /* "money" */
    const char *objective; /* in words: "profit" */
    const char *unit;      /* "USD" */
    void (*weigh)(const fab_program *program, double objective[], double *constant); /* fills objective[column_count], zeroed before */
    fab_status (*run)(struct fab_run *run); /* instead: does its own solves (run.h) */
    fab_keep keep;
    struct fab_kept kept; /* of FAB_KEEP_VALUE: its kind and customers */
    double within; /* of FAB_KEEP_VALUE, relative */
    double whole;  /* a value below 1e-9 of this is 0 */
    bool least;    /* what is maximised is minus the value */
    bool money;    /* the multipliers are the plan's */
    bool optional; /* when it finds nothing the point of the stage before stands */
};

/* A customer who gets at least this share of what it wants, whatever the policy. */
struct fab_fill {
    int customer;
    double share; /* of W_c, 0 to 1 */
};

/* A stage of a list of the user's. */
struct fab_stage_asked {
    const char *name;
    const char *objective; /* as it was written: "fill:ACME+BOLT" */
    struct fab_kept kept;  /* kind and customers; reversed: the other way than kept.h has it */
    bool least;            /* a value that is minimised */
    double within;
};

/* What is asked of the policy's stages. */
struct fab_stages_asked {
    double within; /* relative: how closely the value of a policy's stage is kept */
    bool limited;  /* the policy may cost no more than `give`, a share of the profit of policy `profit` */
    double give;
    double calm; /* share of the objective that may be given up so that starts move less; 0: no calm stage */
    bool capital; /* least capital first, then the profit with it */
    const struct fab_fill *fill; /* [fill_count]: rows of every stage */
    int fill_count;
    const struct fab_stage_asked *stage; /* [stage_count]: of policy `stages` */
    int stage_count;
    bool untied; /* no stage of ties: any of equally good points will do */
    bool whole;  /* decisions that are whole, such as tools, are so in the plan */
    double gap;  /* of `whole`: how far the plan may be from the proven bound, relative */
};

/* How a stage ended. */
struct fab_stage_result {
    const char *name, *objective, *unit; /* NULL: never begun */
    bool done;
    bool limit;   /* the deadline came first */
    double value; /* of its objective at its own point; positive for what is minimised */
    double bound, gap; /* of its own proof; NAN: none was made */
    double within;     /* how closely it is kept, NAN: it is not */
};

/* Answer of a run. The list is in the program's arena. */
struct fab_stages_answer {
    fab_outcome outcome;       /* FAB_OPTIMAL when the money stage was done; FAB_UNDECIDED: a stage before it, or it, has no answer that the solver could prove */
    bool complete;             /* every stage was done */
    bool interrupted;          /* the context asked to stop, and what was found is the answer */
    fab_lp_solution *solution; /* FAB_OPTIMAL: point of the last stage done, the rest of the money stage; FAB_LIMIT: the money stage's best point, NULL: none is known; the caller frees it */
    struct fab_stage_result *result; /* [result_count], room for fab_stages_most */
    int result_count;
    fab_lp_certificate money; /* of the money stage's own point; with whole decisions of the program in which they are fixed */
    struct fab_whole_proof whole;
    double least; /* what a point behind the calm stage must be worth, USD; NAN: there was none, and the money stage's proof must hold for it */
    struct {
        double *x; /* [columns] the plan of policy `profit`, NULL: this is it, or it was not reached */
        double objective, gap;
    } profit;
};

struct fab_run {
    fab_context *context;
    fab_program *program;
    struct fab_stages_asked asked;
    fab_solver *solver;
    const fab_solver_options *options;
    struct fab_stages_answer *answer;
    double *objective; /* [columns of the solver] of the present stage */
    fab_solver *calm;  /* in the place of the solver from the calm stage on, NULL before */
    bool ended;        /* no stage follows: a limit came, or one has no answer */
};

/* A stage of one solve under the objective in run->objective, which it maximises: a result, what is kept of it, and for the money stage and those behind it the point. run->ended when nothing can follow. */
fab_status fab_run_solve(struct fab_run *run, const struct fab_stage *stage, double constant);

/* Adds a result for a stage that was solved elsewhere; NULL when there is no room. */
struct fab_stage_result *fab_run_result(struct fab_run *run, const struct fab_stage *stage);

/* run->objective all 0. */
void fab_run_clear(struct fab_run *run);

/* Adds a row that weighs columns by run->objective, and one more by its coefficient (FAB_NONE: none), to a solver with the columns of run->solver first; *index (may be NULL) gets its place. O(nonzeros). */
fab_status fab_run_add_row(struct fab_run *run, fab_solver *solver, const struct fab_lp_row *row, int column, double coefficient, int *index);

/* Keeps run->objective >= kept->least, as a row of the program and of the solver. O(nonzeros). */
fab_status fab_run_keep(struct fab_run *run, const struct fab_kept *kept);

/* True when no time is left: even a stage that would need no pivot is not begun, so that what is solved depends on the program alone. */
bool fab_run_is_late(const struct fab_run *run);

/* Text in the arena of the program, NULL when memory is short. */
const char *fab_run_text(const struct fab_run *run, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
