/* What the living solver asks of a code that runs the simplex method: this and nothing more, so that the ladder, the judge and the exact check know none. GLPK's is in
 * glpk.c behind glpk_fence.c, the only files that see glpk.h.
 *
 * An engine works on a program and scale factors that its owner holds and may change between calls: before each run it takes over what changed. It keeps nothing that the owner
 * could not do without; after a fault inside, an interruption, or a fault in another engine of the same thread it loads the program again, silently.
 *
 * All functions: FAB_INTERRUPTED when the context asks to stop (a fraction of a second); FAB_NO_MEMORY; FAB_INTERNAL with what it said when the code gave up. An engine is
 * used on the thread that made it. SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_ENGINE_H
#define FAB_ENGINE_H

#include "lp.h"
#include "lp_scale.h"

typedef struct fab_engine fab_engine;

/* program (sealed while the engine runs) and factors must live as long as the engine. NULL when memory is short. */
fab_engine *fab_engine_new(const fab_lp *lp, const struct fab_lp_factors *factors);
void fab_engine_free(fab_engine *engine);

/* How long a solve may take and who is told. */
struct fab_engine_watch {
    double deadline; /* of fab_clock(), 0: none */
    void (*progress)(void *user, const fab_lp_progress *progress);
    void *user;
};

/* A new solve begins: iterations and seconds count from 0. The watch is kept until the next one. */
void fab_engine_begin(fab_engine *engine, const struct fab_engine_watch *watch);

/* Iterations of all runs since then. */
long fab_engine_iterations(const fab_engine *engine);

/* A basis by letters as in fab_lp_solution; shorter texts leave the rest of the rows basic, of the columns at their lower limit. */
struct fab_engine_basis {
    const char *row_status, *column_status;
};

/* How a basis stands in the program. */
struct fab_engine_standing {
    bool usable;    /* it can be factorised */
    int infeasible; /* basic variables outside their limits */
};

/* Sets a basis, with the given scale factors, for a run that starts from it. */
fab_status fab_engine_set_basis(fab_context *context, fab_engine *engine, const struct fab_engine_basis *basis, struct fab_engine_standing *standing);

enum fab_engine_method { FAB_ENGINE_DUAL, FAB_ENGINE_PRIMAL, FAB_ENGINE_EXACT /* in rational arithmetic: small programs */ };
enum fab_engine_start { FAB_ENGINE_FROM_BASIS, FAB_ENGINE_FROM_CRASH, FAB_ENGINE_FROM_SLACKS };
enum fab_engine_scaling { FAB_ENGINE_UNSCALED, FAB_ENGINE_GIVEN_SCALE, FAB_ENGINE_OWN_SCALE };

struct fab_engine_run {
    enum fab_engine_method method;
    enum fab_engine_start start;
    enum fab_engine_scaling scaling;
    bool presolve, long_step;
    bool without_soft; /* soft rows hold nothing: the next basis that is set, or a run from none, has them again */
    bool near; /* the start is known to be near: a run of more iterations than rows has lost its way */
    double tolerance; /* for limits and reduced costs, absolute */
    double cost_tolerance; /* for reduced costs; 0: the same */
};

enum fab_engine_result { FAB_ENGINE_OPTIMAL, FAB_ENGINE_INFEASIBLE, FAB_ENGINE_TIME, FAB_ENGINE_TIME_FEASIBLE /* the basis is a feasible one */ };

/* One run of the simplex method, up to the deadline. */
fab_status fab_engine_run(fab_context *context, fab_engine *engine, const struct fab_engine_run *run, enum fab_engine_result *result);

/* Statuses, iterations and the values as the code has them, after a run that gave a basis. */
fab_status fab_engine_read(fab_context *context, fab_engine *engine, fab_lp_solution *solution);

/* Factorises the present basis matrix: row_count columns, that of a basic row i the unit vector of i, that of a basic column j minus A_j. head[row_count] gets the variable of
 * each place, 0..row_count-1 rows, then columns. *done false when it is singular. */
fab_status fab_engine_factorise(fab_context *context, fab_engine *engine, int *head, bool *done);

/* After it: replace vector[1..row_count] by B^-1 vector (from rows to places) or B^-T vector (from places to rows). */
fab_status fab_engine_solve(fab_context *context, fab_engine *engine, double *vector);
fab_status fab_engine_solve_transposed(fab_context *context, fab_engine *engine, double *vector);

/* What a search for whole numbers found: nothing of it is proven. */
struct fab_engine_found {
    bool finished; /* the code claims that no better answer exists (none at all when there is no point) */
    bool point;    /* x holds one */
    double bound;  /* that the code claims; INFINITY when it has none */
};

struct fab_engine_search {
    struct fab_engine_basis basis; /* an optimal one of the program without whole numbers */
    double deadline;               /* its own, 0: none */
};

/* Branch and cut over the integer columns. x[column_count]. */
fab_status fab_engine_branch(fab_context *context, fab_engine *engine, const struct fab_engine_search *search, double *x, struct fab_engine_found *found);

#endif
