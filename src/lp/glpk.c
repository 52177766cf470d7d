/* GLPK's simplex and branch and cut as an engine. SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "clock.h"
#include "glpk_fence.h"
#include "try.h"

enum { MILLISECONDS = 1000, PROGRESS_MILLISECONDS = 200, UPDATES_BEFORE_FACTORIZATION = 50 };

/* A run that needs more iterations than this cycles; usual are 2 to 3 for each row. */
enum { ITERATIONS_PER_VARIABLE = 50, ITERATIONS_AT_LEAST = 10000, NEAR_ITERATIONS_AT_LEAST = 1000 };

enum { EXACT_SLICE = 10 };

/* A basic value is outside a limit when it is by this much, as glp_warm_up says. */
#define OUTSIDE_ABSOLUTE 1e-6
#define OUTSIDE_RELATIVE 1e-9

/* A value this far from a whole number is not one: rounding it must not move what it is multiplied with (hours of a tool, 1e4) by more than a run's tolerance. GLPK's own 1e-5 does. */
#define WHOLE 1e-9

/* GLP_BS, GLP_NL, GLP_NU, GLP_NF, GLP_NS are 1 to 5. */
static const char status_letters[] = "?blufs";
static void set_scaling(const fab_engine *engine, enum fab_engine_scaling scaling)
{
    if (scaling == FAB_ENGINE_UNSCALED)
        glp_unscale_prob(engine->problem);
    if (scaling == FAB_ENGINE_OWN_SCALE)
        glp_scale_prob(engine->problem, GLP_SF_EQ | GLP_SF_2N);
    if (scaling != FAB_ENGINE_GIVEN_SCALE)
        return;
    for (int i = 0; i < engine->lp->row_count; i++)
        glp_set_rii(engine->problem, i + 1, engine->factors->row[i]);
    for (int j = 0; j < engine->lp->column_count; j++)
        glp_set_sjj(engine->problem, j + 1, engine->factors->column[j]);
}

static void set_factorization(glp_prob *problem)
{
    glp_bfcp parameters;
    glp_get_bfcp(problem, &parameters);
    parameters.nfs_max = UPDATES_BEFORE_FACTORIZATION;
    glp_set_bfcp(problem, &parameters);
}

/* ---- a basis on its way in */

static int stat_of(char letter)
{
    const char *place = letter ? strchr(status_letters, letter) : NULL;
    return place && place > status_letters ? (int)(place - status_letters) : GLP_BS;
}

/* GLPK corrects statuses that do not suit the type of a row or column. */
static void set_statuses(const fab_engine *engine, const struct fab_engine_basis *basis)
{
    int rows = (int)strlen(basis->row_status), columns = (int)strlen(basis->column_status);
    for (int i = 0; i < engine->lp->row_count; i++)
        glp_set_row_stat(engine->problem, i + 1, i < rows ? stat_of(basis->row_status[i]) : GLP_BS);
    for (int j = 0; j < engine->lp->column_count; j++)
        glp_set_col_stat(engine->problem, j + 1, j < columns && !fab_lp_column_is_constant(&engine->lp->column[j]) ? stat_of(basis->column_status[j]) : GLP_NL);
}

static bool is_outside(double value, double lower, double upper)
{
    return value < lower - (OUTSIDE_ABSOLUTE + OUTSIDE_RELATIVE * fabs(lower)) || value > upper + (OUTSIDE_ABSOLUTE + OUTSIDE_RELATIVE * fabs(upper));
}

/* The engine's limits of a row are without what constants give. */
static double row_lower(const fab_engine *engine, int row)
{
    return isfinite(engine->lp->row[row].lower) ? glp_get_row_lb(engine->problem, row + 1) : -(double)INFINITY;
}

static double row_upper(const fab_engine *engine, int row)
{
    return isfinite(engine->lp->row[row].upper) ? glp_get_row_ub(engine->problem, row + 1) : (double)INFINITY;
}

static int count_outside(const fab_engine *engine)
{
    const fab_lp *lp = engine->lp;
    int count = 0;
    for (int i = 0; i < lp->row_count; i++)
        count += glp_get_row_stat(engine->problem, i + 1) == GLP_BS && is_outside(glp_get_row_prim(engine->problem, i + 1), row_lower(engine, i), row_upper(engine, i));
    for (int j = 0; j < lp->column_count; j++)
        count += glp_get_col_stat(engine->problem, j + 1) == GLP_BS && is_outside(glp_get_col_prim(engine->problem, j + 1), lp->column[j].lower, lp->column[j].upper);
    return count;
}

struct basis_job {
    const struct fab_engine_basis *basis;
    struct fab_engine_standing *standing;
};

static void set_basis(fab_engine *engine, void *argument)
{
    const struct basis_job *job = argument;
    set_scaling(engine, FAB_ENGINE_GIVEN_SCALE);
    set_statuses(engine, job->basis);
    set_factorization(engine->problem);
    job->standing->usable = glp_warm_up(engine->problem) == 0;
    job->standing->infeasible = job->standing->usable ? count_outside(engine) : 0;
}

fab_status fab_engine_set_basis(fab_context *context, fab_engine *engine, const struct fab_engine_basis *basis, struct fab_engine_standing *standing)
{
    fab_status status = FAB_OK;
    struct basis_job job = {basis, standing};
    TRY(fab_glpk_sync(context, engine));
    TRY(fab_glpk_fenced(context, engine, set_basis, &job, NULL));
out:
    return status;
}

/* ---- a run */

static int milliseconds_until(double deadline)
{
    if (deadline <= 0)
        return INT_MAX;
    double left = (deadline - fab_clock()) * MILLISECONDS;
    return left < 1 ? 1 : left >= INT_MAX ? INT_MAX : (int)left;
}

static int iteration_limit(const fab_lp *lp, bool near)
{
    if (near)
        return lp->row_count < NEAR_ITERATIONS_AT_LEAST ? NEAR_ITERATIONS_AT_LEAST : lp->row_count;

    long limit = ITERATIONS_AT_LEAST + (long)ITERATIONS_PER_VARIABLE * ((long)lp->row_count + lp->column_count);
    return limit < INT_MAX ? (int)limit : INT_MAX;
}

static glp_smcp parameters_of(const fab_engine *engine, const struct fab_engine_run *run, double deadline)
{
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_ALL;
    parameters.out_frq = PROGRESS_MILLISECONDS;
    parameters.meth = run->method == FAB_ENGINE_DUAL ? GLP_DUAL : GLP_PRIMAL;
    parameters.r_test = run->method == FAB_ENGINE_EXACT ? GLP_RT_STD : run->long_step ? GLP_RT_FLIP : GLP_RT_HAR;
    parameters.presolve = run->presolve ? GLP_ON : GLP_OFF;
    parameters.tol_bnd = run->tolerance;
    parameters.tol_dj = run->cost_tolerance > 0 ? run->cost_tolerance : run->tolerance;
    parameters.it_lim = iteration_limit(engine->lp, run->near);
    parameters.tm_lim = milliseconds_until(deadline);
    return parameters;
}

/* The exact simplex speaks only every five seconds, and an iteration can take a good part of one: it runs in slices of some iterations (never of time: the path must not
 * depend on it). */
static int run_exact(const fab_engine *engine, glp_smcp *parameters)
{
    int returned = GLP_EITLIM;
    for (int left = parameters->it_lim; returned == GLP_EITLIM && left > 0; left -= EXACT_SLICE) {
        if (fab_context_interrupted(engine->context))
            break;
        parameters->it_lim = EXACT_SLICE;
        parameters->tm_lim = milliseconds_until(engine->watch.deadline);
        returned = glp_exact(engine->problem, parameters);
        parameters->msg_lev = GLP_MSG_ERR;
    }
    return returned;
}

static void free_soft_rows(const fab_engine *engine)
{
    for (int i = 0; i < engine->lp->row_count; i++)
        if (engine->lp->row[i].soft)
            glp_set_row_bnds(engine->problem, i + 1, GLP_FR, 0, 0);
}

struct run_job {
    const struct fab_engine_run *run;
    int returned, status;
    bool feasible;
};

static void run_simplex(fab_engine *engine, void *argument)
{
    struct run_job *job = argument;
    glp_prob *problem = engine->problem;
    glp_smcp parameters = parameters_of(engine, job->run, engine->watch.deadline);
    set_scaling(engine, job->run->scaling);
    if (job->run->start == FAB_ENGINE_FROM_CRASH)
        glp_adv_basis(problem, 0);
    else if (job->run->start == FAB_ENGINE_FROM_SLACKS)
        glp_std_basis(problem);
    if (job->run->without_soft)
        free_soft_rows(engine);
    set_factorization(problem);
    glp_set_it_cnt(problem, 0);
    job->returned = job->run->method == FAB_ENGINE_EXACT ? run_exact(engine, &parameters) : glp_simplex(problem, &parameters);
    job->status = glp_get_status(problem);
    job->feasible = glp_get_prim_stat(problem) == GLP_FEAS;
    engine->iterations += glp_get_it_cnt(problem);
}

static fab_status result_of(fab_context *context, const struct run_job *job, enum fab_engine_result *result)
{
    *result = FAB_ENGINE_OPTIMAL;
    if (job->returned == GLP_ENOPFS || (job->returned == 0 && job->status == GLP_NOFEAS))
        *result = FAB_ENGINE_INFEASIBLE;
    else if (job->returned == GLP_ETMLIM)
        *result = job->feasible && !job->run->presolve ? FAB_ENGINE_TIME_FEASIBLE : FAB_ENGINE_TIME;
    else if (job->returned != 0 || job->status != GLP_OPT)
        return fab_fail(context, FAB_INTERNAL, "GLPK returned %d, status %d", job->returned, job->status);
    return FAB_OK;
}

fab_status fab_engine_run(fab_context *context, fab_engine *engine, const struct fab_engine_run *run, enum fab_engine_result *result)
{
    fab_status status = FAB_OK;
    struct run_job job = {.run = run};
    bool late = false;
    if (run->start != FAB_ENGINE_FROM_BASIS)
        TRY(fab_glpk_sync(context, engine));
    TRY(fab_glpk_fenced(context, engine, run_simplex, &job, run->presolve ? &late : NULL));
    TRY(fab_glpk_expect_uninterrupted(context));
    if (late)
        *result = FAB_ENGINE_TIME;
    else
        TRY(result_of(context, &job, result));
out:
    return status;
}

/* ---- the answer on its way out */

static void read_answer(fab_engine *engine, void *argument)
{
    fab_lp_solution *solution = argument;
    glp_prob *problem = engine->problem;
    solution->iterations = engine->iterations;
    for (int i = 0; i < engine->lp->row_count; i++) {
        solution->row_status[i] = status_letters[glp_get_row_stat(problem, i + 1)];
        solution->multiplier[i] = glp_get_row_dual(problem, i + 1) / engine->money_unit;
    }
    for (int j = 0; j < engine->lp->column_count; j++) {
        solution->column_status[j] = status_letters[glp_get_col_stat(problem, j + 1)];
        solution->x[j] = glp_get_col_prim(problem, j + 1);
        solution->reduced_cost[j] = glp_get_col_dual(problem, j + 1) / engine->money_unit;
    }
}

fab_status fab_engine_read(fab_context *context, fab_engine *engine, fab_lp_solution *solution)
{
    return fab_glpk_fenced(context, engine, read_answer, solution, NULL);
}

struct factor_job {
    int *head;
    bool *done;
};

static void factorise(fab_engine *engine, void *argument)
{
    const struct factor_job *job = argument;
    *job->done = engine->lp->row_count > 0 && glp_factorize(engine->problem) == 0;
    for (int place = 0; *job->done && place < engine->lp->row_count; place++)
        job->head[place] = glp_get_bhead(engine->problem, place + 1) - 1;
}

fab_status fab_engine_factorise(fab_context *context, fab_engine *engine, int *head, bool *done)
{
    struct factor_job job = {head, done};
    return fab_glpk_fenced(context, engine, factorise, &job, NULL);
}

static void solve_basis(fab_engine *engine, void *argument)
{
    glp_ftran(engine->problem, argument);
}

static void solve_basis_transposed(fab_engine *engine, void *argument)
{
    glp_btran(engine->problem, argument);
}

fab_status fab_engine_solve(fab_context *context, fab_engine *engine, double *vector)
{
    return fab_glpk_fenced(context, engine, solve_basis, vector, NULL);
}

fab_status fab_engine_solve_transposed(fab_context *context, fab_engine *engine, double *vector)
{
    return fab_glpk_fenced(context, engine, solve_basis_transposed, vector, NULL);
}

/* ---- whole numbers */

struct branch_job {
    double deadline;
    double *x;
    struct fab_engine_found *found;
};

/* GLPK wants whole limits of an integer column. False when no whole number is between them. */
static bool mark_columns(const fab_engine *engine)
{
    for (int j = 0; j < engine->lp->column_count; j++) {
        const struct fab_lp_column *column = &engine->lp->column[j];
        double lower = ceil(column->lower), upper = floor(column->upper);
        if (!column->integer)
            continue;
        if (lower > upper)
            return false;
        glp_set_col_bnds(engine->problem, j + 1, fab_glpk_type_of(lower, upper), lower, upper);
        glp_set_col_kind(engine->problem, j + 1, GLP_IV);
    }
    return true;
}

/* Called at every node, several times: the simplex runs in between are short or hear of the time limit. */
static void watch_tree(glp_tree *tree, void *user)
{
    const fab_engine *engine = user;
    if (fab_context_interrupted(engine->context))
        glp_ios_terminate(tree);
}

static int branch_and_cut(fab_engine *engine, double deadline)
{
    glp_iocp parameters;
    glp_init_iocp(&parameters);
    parameters.msg_lev = GLP_MSG_ALL;
    parameters.out_frq = PROGRESS_MILLISECONDS;
    parameters.out_dly = PROGRESS_MILLISECONDS;
    parameters.tol_int = WHOLE;
    parameters.br_tech = GLP_BR_PCH;
    parameters.gmi_cuts = parameters.mir_cuts = parameters.cov_cuts = GLP_ON;
    parameters.tm_lim = milliseconds_until(deadline);
    parameters.cb_func = watch_tree;
    parameters.cb_info = engine;
    return glp_intopt(engine->problem, &parameters);
}

static void search_tree(fab_engine *engine, void *argument)
{
    const struct branch_job *job = argument;
    struct fab_engine_found *found = job->found;
    static const struct fab_engine_run root = {.method = FAB_ENGINE_DUAL, .long_step = true, .tolerance = 1e-9};
    glp_smcp parameters = parameters_of(engine, &root, job->deadline);
    *found = (struct fab_engine_found){.finished = true, .bound = -INFINITY};
    if (!mark_columns(engine))
        return;
    int returned = glp_simplex(engine->problem, &parameters);
    if (returned == 0 && glp_get_status(engine->problem) == GLP_NOFEAS)
        return;
    *found = (struct fab_engine_found){.finished = false, .bound = INFINITY};
    if (returned != 0)
        return;
    returned = branch_and_cut(engine, job->deadline);
    int mip_status = glp_mip_status(engine->problem);
    found->finished = returned == 0 && (mip_status == GLP_OPT || mip_status == GLP_NOFEAS);
    found->point = mip_status == GLP_OPT || mip_status == GLP_FEAS;
    if (found->finished)
        found->bound = found->point ? glp_mip_obj_val(engine->problem) / engine->money_unit : -INFINITY;
    for (int j = 0; found->point && j < engine->lp->column_count; j++)
        job->x[j] = glp_mip_col_val(engine->problem, j + 1);
}

/* The next run is without whole numbers; their limits are set before it. */
static void unmark_columns(fab_engine *engine, void *argument)
{
    (void)argument;
    for (int j = 0; j < engine->lp->column_count; j++)
        glp_set_col_kind(engine->problem, j + 1, GLP_CV);
}

fab_status fab_engine_branch(fab_context *context, fab_engine *engine, const struct fab_engine_search *search, double *x, struct fab_engine_found *found)
{
    fab_status status = FAB_OK;
    struct fab_engine_standing standing;
    struct branch_job job = {.deadline = search->deadline, .x = x, .found = found};
    TRY(fab_engine_set_basis(context, engine, &search->basis, &standing));
    TRY(fab_glpk_fenced(context, engine, search_tree, &job, NULL));
    TRY(fab_glpk_fenced(context, engine, unmark_columns, NULL, NULL));
    TRY(fab_glpk_expect_uninterrupted(context));
out:
    return status;
}
