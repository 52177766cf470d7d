/* GLPK, fenced in: the only file that includes glpk.h.
 *
 * Why this way. Measured on the sample fab (8,345 rows, 11,541 columns, 308,254 coefficients, all columns limited), processor time against
 * plain `glpsol --freemps` (presolve, primal simplex) as 1:
 * - 0.4 to 0.75, taken: dual simplex, GLPK's presolve, long-step ratio test, basis factorised anew after 50 updates
 * and against the one taken as 1:
 * - 1.1: factorised anew after 100 updates (GLPK's default)
 * - 1.3 to 1.5: Harris' ratio test
 * - 1.7 to 1.9: no presolve, whether from the advanced, Bixby's or the slack basis
 * - 1.9: textbook pricing instead of projected steepest edge
 * - 1.3: costs perturbed by 1e-6 to 1e-3 and cleaned up after; 1.0: tolerances of 1e-6 or 1e-9 instead of 1e-7
 * - more than 5: primal simplex without presolve
 * With limits on all columns every basis is dual feasible (nonbasic columns move to the right limit): the dual simplex has no first phase
 * and the long step jumps over many limits at once. A start basis makes presolve pointless: the next stage of a policy took 0.7 s instead
 * of 26 s.
 *
 * Stopping: GLPK tells its progress through the terminal hook several times a second, also during presolved solves, and the hook may leave
 * by longjmp when the environment is freed after. So a solve runs in one piece (slices would restart the steepest-edge weights, and
 * presolve), its path does not depend on time, and an interruption is heard within a fraction of a second. The time limit is GLPK's own.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glpk.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lp.h"
#include "lp_refine.h"
#include "lp_scale.h"

/* The matrix as GLPK wants it: triplets counted from 1. */
struct triplets {
    int *row, *column;
    double *value;
};

/* A fault or an interruption leaves GLPK by longjmp; everything that must survive the jump is here. */
struct session {
    fab_context *context;
    const fab_lp *lp;
    const fab_lp_options *options;
    glp_prob *problem; /* NULL before loading and after a fault */
    struct triplets triplets;
    double *row_scale, *column_scale;
    fab_lp_solution *best; /* verified, or the one with the smallest gap so far */
    double best_error;     /* largest of its gap and residuals */
    double began;
    bool environment; /* GLPK's exists */
    bool interrupted;
    int fault_errno; /* of the last fault */
    char line[256]; /* last line that GLPK printed, for the message of a fault */
    size_t line_length;
    jmp_buf fence;
};

enum { MILLISECONDS = 1000, PROGRESS_MILLISECONDS = 200, UPDATES_BEFORE_FACTORIZATION = 50 };

/* An attempt that needs more iterations than this cycles; usual are 2 to 3 for each row. */
enum { ITERATIONS_PER_VARIABLE = 50, ITERATIONS_AT_LEAST = 10000 };

/* Exact arithmetic is hopeless for large programs: beyond this many rows the last rung is left out. */
enum { EXACT_ROWS = 300 };

/* Two rungs must agree, one of them without GLPK's presolve, before a program is called infeasible. */
enum { VERDICTS_NEEDED = 2 };

/* An answer with errors below this is the optimum; when polishing it did not verify it, another way to the same basis will not either. */
#define NEAR_ENOUGH 1e-6

enum scaling { SCALING_NONE, SCALING_GEOMETRIC, SCALING_LARGEST };
enum basis { BASIS_KEPT, BASIS_ADVANCED, BASIS_STANDARD };

/* The ladder: the first rung that gives a verified answer ends it. */
static const struct rung {
    const char *name;
    int method, ratio_test;
    enum scaling scaling;
    bool presolve, exact;
    enum basis basis;
    double tolerance;
} ladder[] = {
    {"dual simplex after presolve", GLP_DUAL, GLP_RT_FLIP, SCALING_NONE, true, false, BASIS_STANDARD, 1e-9},
    {"primal simplex from the basis before", GLP_PRIMAL, GLP_RT_HAR, SCALING_GEOMETRIC, false, false, BASIS_KEPT, 1e-10},
    {"dual simplex", GLP_DUAL, GLP_RT_HAR, SCALING_GEOMETRIC, false, false, BASIS_ADVANCED, 1e-9},
    {"primal simplex after presolve", GLP_PRIMAL, GLP_RT_HAR, SCALING_NONE, true, false, BASIS_STANDARD, 1e-9},
    {"primal simplex, other scaling", GLP_PRIMAL, GLP_RT_HAR, SCALING_LARGEST, false, false, BASIS_STANDARD, 1e-8},
    {"exact simplex", GLP_PRIMAL, GLP_RT_STD, SCALING_NONE, false, true, BASIS_KEPT, 1e-9},
};
enum { RUNG_COUNT = sizeof ladder / sizeof *ladder };

/* The rung before the ladder when a basis to start from is given. */
static const struct rung warm_rung = {
    "simplex from the given basis", GLP_DUAL, GLP_RT_FLIP, SCALING_GEOMETRIC, false, false, BASIS_KEPT, 1e-9};

/* glp_init_env gives 0 when it made the environment, 1 when there is one, more when it cannot. */
enum { ENVIRONMENT_IS_THERE = 1 };

/* GLP_BS, GLP_NL, GLP_NU, GLP_NF, GLP_NS are 1 to 5. */
static const char status_letters[] = "?blufs";

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

const char *fab_lp_solver_name(void)
{
    static const char name[] = "GLPK " /* the header's version; Debian's library is built from the same source */
#define TEXT(x) #x
#define TEXT_OF(x) TEXT(x)
        TEXT_OF(GLP_MAJOR_VERSION) "." TEXT_OF(GLP_MINOR_VERSION);
    return name;
}

/* The line GLPK prints several times a second: "#  4794: obj =   5.8e+10 inf = 0 (1625)"; "*" in front says that the point is feasible. */
static void tell_progress(const struct session *session)
{
    fab_lp_progress progress = {.objective = NAN, .seconds = now() - session->began};
    char mark = 0;
    double objective;
    if (!session->options || !session->options->progress)
        return;
    int fields = sscanf(session->line, "%c%ld: obj = %lf", &mark, &progress.iterations, &objective);
    if (fields < 2)
        return;
    if (fields == 3 && mark == '*')
        progress.objective = objective;
    session->options->progress(session->options->user, &progress);
}

static void end_line(struct session *session)
{
    session->line[session->line_length] = '\0';
    session->line_length = 0;
    if (!session->line[0])
        return;
    fab_say(session->context, FAB_LEVEL_DETAIL, "GLPK: %s", session->line);
    tell_progress(session);
}

/* GLPK's terminal hook: gets every piece of text, prints nothing. It is called several times a second, which makes it the place to stop at.
 */
static int hear(void *user, const char *text)
{
    struct session *session = user;
    for (; *text; text++) {
        if (*text == '\n')
            end_line(session);
        else if (session->line_length + 1 < sizeof session->line)
            session->line[session->line_length++] = *text;
    }
    if (fab_context_interrupted(session->context)) {
        session->interrupted = true;
        longjmp(session->fence, 1);
    }
    return 1;
}

/* The error hook, called after the message: errno is still that of the allocation when one failed. */
static void fault(void *user)
{
    struct session *session = user;
    session->fault_errno = errno;
    longjmp(session->fence, 1);
}

static int type_of(double lower, double upper)
{
    if (lower == upper)
        return GLP_FX;
    if (isfinite(lower))
        return isfinite(upper) ? GLP_DB : GLP_LO;
    return isfinite(upper) ? GLP_UP : GLP_FR;
}

static void triplets_free(struct triplets *triplets)
{
    free(triplets->row);
    free(triplets->column);
    free(triplets->value);
}

static bool triplets_init(struct triplets *triplets, const fab_lp *lp)
{
    size_t count = (size_t)lp->nonzero_count + 1;
    *triplets = (struct triplets){malloc(count * sizeof(int)), malloc(count * sizeof(int)), malloc(count * sizeof(double))};
    if (!triplets->row || !triplets->column || !triplets->value)
        return false;
    for (int j = 0; j < lp->column_count; j++) {
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
            triplets->row[k + 1] = lp->row_index[k] + 1;
            triplets->column[k + 1] = j + 1;
            triplets->value[k + 1] = lp->value[k];
        }
    }
    return true;
}

static void load(struct session *session)
{
    const fab_lp *lp = session->lp;
    glp_prob *problem = session->problem = glp_create_prob();
    glp_set_obj_dir(problem, GLP_MAX);
    glp_set_obj_coef(problem, 0, lp->objective_constant);
    if (lp->row_count)
        glp_add_rows(problem, lp->row_count);
    if (lp->column_count)
        glp_add_cols(problem, lp->column_count);
    for (int i = 0; i < lp->row_count; i++)
        glp_set_row_bnds(problem, i + 1, type_of(lp->row[i].lower, lp->row[i].upper), lp->row[i].lower, lp->row[i].upper);
    for (int j = 0; j < lp->column_count; j++) {
        glp_set_col_bnds(problem, j + 1, type_of(lp->column[j].lower, lp->column[j].upper), lp->column[j].lower, lp->column[j].upper);
        glp_set_obj_coef(problem, j + 1, lp->column[j].objective);
    }
    glp_load_matrix(problem, lp->nonzero_count, session->triplets.row, session->triplets.column, session->triplets.value);
}

static int stat_of(char letter)
{
    const char *place = letter ? strchr(status_letters, letter) : NULL;
    return place && place > status_letters ? (int)(place - status_letters) : GLP_BS;
}

/* GLPK corrects statuses that do not suit the type of a row or column. */
static void set_start(const struct session *session, const fab_lp_solution *start)
{
    const fab_lp *lp = session->lp;
    int rows = (int)strlen(start->row_status), columns = (int)strlen(start->column_status);
    for (int i = 0; i < lp->row_count; i++)
        glp_set_row_stat(session->problem, i + 1, i < rows ? stat_of(start->row_status[i]) : GLP_BS);
    for (int j = 0; j < lp->column_count; j++)
        glp_set_col_stat(session->problem, j + 1, j < columns ? stat_of(start->column_status[j]) : GLP_NL);
}

static int milliseconds_left(const struct session *session)
{
    double limit = session->options ? session->options->time_limit_seconds : 0;
    if (limit <= 0)
        return INT_MAX;
    double left = (limit - (now() - session->began)) * MILLISECONDS;
    return left < 1 ? 1 : left >= INT_MAX ? INT_MAX : (int)left;
}

static bool time_is_up(const struct session *session)
{
    double limit = session->options ? session->options->time_limit_seconds : 0;
    return limit > 0 && now() - session->began >= limit;
}

static int iteration_limit(const fab_lp *lp)
{
    long limit = ITERATIONS_AT_LEAST + (long)ITERATIONS_PER_VARIABLE * ((long)lp->row_count + lp->column_count);
    return limit < INT_MAX ? (int)limit : INT_MAX;
}

static glp_smcp parameters_of(const struct session *session, const struct rung *rung)
{
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_ALL;
    parameters.out_frq = PROGRESS_MILLISECONDS;
    parameters.meth = rung->method;
    parameters.r_test = rung->ratio_test;
    parameters.presolve = rung->presolve ? GLP_ON : GLP_OFF;
    parameters.tol_bnd = parameters.tol_dj = rung->tolerance;
    parameters.it_lim = iteration_limit(session->lp);
    parameters.tm_lim = milliseconds_left(session);
    return parameters;
}

static void set_scaling(const struct session *session, enum scaling scaling)
{
    if (scaling == SCALING_NONE)
        glp_unscale_prob(session->problem);
    if (scaling == SCALING_LARGEST)
        glp_scale_prob(session->problem, GLP_SF_EQ | GLP_SF_2N);
    if (scaling != SCALING_GEOMETRIC)
        return;
    for (int i = 0; i < session->lp->row_count; i++)
        glp_set_rii(session->problem, i + 1, session->row_scale[i]);
    for (int j = 0; j < session->lp->column_count; j++)
        glp_set_sjj(session->problem, j + 1, session->column_scale[j]);
}

static void prepare_basis(const struct session *session, const struct rung *rung)
{
    if (rung == &warm_rung)
        set_start(session, session->options->start);
    else if (rung->basis == BASIS_ADVANCED)
        glp_adv_basis(session->problem, 0);
    else if (rung->basis == BASIS_STANDARD)
        glp_std_basis(session->problem);
}

static void set_factorization(glp_prob *problem)
{
    glp_bfcp parameters;
    glp_get_bfcp(problem, &parameters);
    parameters.nfs_max = UPDATES_BEFORE_FACTORIZATION;
    glp_set_bfcp(problem, &parameters);
}

static int run_simplex(const struct session *session, const struct rung *rung)
{
    glp_prob *problem = session->problem;
    glp_smcp parameters = parameters_of(session, rung);
    set_scaling(session, rung->scaling);
    prepare_basis(session, rung);
    set_factorization(problem);
    /* a given basis that is still feasible is continued by the primal simplex; one that is not, by the dual: with finite column limits
     * it is made dual feasible by moving nonbasic columns to their other limit */
    if (rung == &warm_rung && glp_warm_up(problem) == 0 && glp_get_prim_stat(problem) == GLP_FEAS)
        parameters.meth = GLP_PRIMAL;
    return rung->exact ? glp_exact(problem, &parameters) : glp_simplex(problem, &parameters);
}

static void solve_basis(void *user, double *vector)
{
    glp_ftran(user, vector);
}

static void solve_basis_transposed(void *user, double *vector)
{
    glp_btran(user, vector);
}

static fab_lp_solution *solution_new(const fab_lp *lp)
{
    size_t rows = (size_t)lp->row_count + 1, columns = (size_t)lp->column_count + 1;
    fab_lp_solution *solution = calloc(1, sizeof *solution);
    if (!solution)
        return NULL;
    solution->x = calloc(columns, sizeof *solution->x);
    solution->reduced_cost = calloc(columns, sizeof *solution->reduced_cost);
    solution->multiplier = calloc(rows, sizeof *solution->multiplier);
    solution->row_status = calloc(rows, 1);
    solution->column_status = calloc(columns, 1);
    if (solution->x && solution->reduced_cost && solution->multiplier && solution->row_status && solution->column_status)
        return solution;
    fab_lp_solution_free(solution);
    return NULL;
}

static void read_statuses(const struct session *session, fab_lp_solution *solution)
{
    for (int i = 0; i < session->lp->row_count; i++)
        solution->row_status[i] = status_letters[glp_get_row_stat(session->problem, i + 1)];
    for (int j = 0; j < session->lp->column_count; j++)
        solution->column_status[j] = status_letters[glp_get_col_stat(session->problem, j + 1)];
}

/* The unrefined answer, for a basis that cannot be factorised. */
static void read_values(const struct session *session, fab_lp_solution *solution)
{
    for (int i = 0; i < session->lp->row_count; i++)
        solution->multiplier[i] = glp_get_row_dual(session->problem, i + 1);
    for (int j = 0; j < session->lp->column_count; j++) {
        solution->x[j] = glp_get_col_prim(session->problem, j + 1);
        solution->reduced_cost[j] = glp_get_col_dual(session->problem, j + 1);
    }
}

/* Values and multipliers of GLPK's present basis. */
static fab_status extract(struct session *session, fab_lp_solution *solution)
{
    const fab_lp *lp = session->lp;
    fab_status status = FAB_OK;
    solution->iterations = glp_get_it_cnt(session->problem);
    read_statuses(session, solution);
    if (lp->row_count == 0 || glp_factorize(session->problem) != 0) {
        read_values(session, solution);
        return FAB_OK;
    }
    fab_lp_basis basis = {.solve = solve_basis, .solve_transposed = solve_basis_transposed, .user = session->problem};
    basis.head = malloc((size_t)lp->row_count * sizeof *basis.head);
    if (!basis.head)
        return fab_fail_memory(session->context);
    for (int place = 0; place < lp->row_count; place++)
        basis.head[place] = glp_get_bhead(session->problem, place + 1) - 1;
    status = fab_lp_refine(session->context, lp, &basis, solution);
    free(basis.head);
    return status;
}

/* What a rung says. */
enum verdict { VERDICT_NONE, VERDICT_VERIFIED, VERDICT_INFEASIBLE, VERDICT_TIME };

/* Keeps an answer when it is verified or has a smaller gap than the one kept. */
static fab_status judge(struct session *session, fab_lp_solution **solution, enum verdict *verdict)
{
    fab_lp_certificate certificate;
    fab_status status = fab_lp_check(session->context, session->lp, (*solution)->x, (*solution)->multiplier, &certificate);
    if (status)
        return status;
    double error = fmax(fabs(certificate.gap), fmax(certificate.row_residual, certificate.column_residual));
    fab_say(session->context, FAB_LEVEL_DETAIL, "check: objective %.17g, gap %.3g, rows %.3g, columns %.3g", certificate.objective,
            certificate.gap, certificate.row_residual, certificate.column_residual);
    if (certificate.verified)
        *verdict = VERDICT_VERIFIED;
    if (certificate.verified || !session->best || error < session->best_error) {
        fab_lp_solution_free(session->best);
        session->best = *solution;
        session->best_error = error;
        *solution = NULL;
    }
    return FAB_OK;
}

static fab_status take_answer(struct session *session, enum verdict *verdict)
{
    fab_lp_solution *solution = solution_new(session->lp);
    if (!solution)
        return fab_fail_memory(session->context);
    fab_status status = extract(session, solution);
    if (!status)
        status = judge(session, &solution, verdict);
    fab_lp_solution_free(solution);
    return status;
}

/* Loads when necessary, runs one rung and takes its answer. Called inside the fence. */
static fab_status work(struct session *session, const struct rung *rung, enum verdict *verdict)
{
    if (!session->problem)
        load(session);
    int result = run_simplex(session, rung);
    int outcome = glp_get_status(session->problem);
    if (result == GLP_ENOPFS || (result == 0 && outcome == GLP_NOFEAS)) {
        *verdict = VERDICT_INFEASIBLE;
        return FAB_OK;
    }
    if (result == GLP_ETMLIM) {
        *verdict = VERDICT_TIME;
        return !rung->presolve && glp_get_prim_stat(session->problem) == GLP_FEAS ? take_answer(session, verdict) : FAB_OK;
    }
    if (result != 0 || outcome != GLP_OPT) {
        fab_say(session->context, FAB_LEVEL_DETAIL, "%s: GLPK returned %d, status %d", rung->name, result, outcome);
        return FAB_OK;
    }
    return take_answer(session, verdict);
}

/* One rung behind the fence. After a fault or an interruption GLPK's environment is in an unknown state and is thrown away, the problem
 * with it. */
static fab_status try_rung(struct session *session, const struct rung *rung, enum verdict *verdict)
{
    *verdict = VERDICT_NONE;
    session->line_length = 0;
    session->fault_errno = 0;
    session->environment = glp_init_env() <= ENVIRONMENT_IS_THERE;
    if (!session->environment) /* any other call would abort the process */
        return fab_fail_memory(session->context);
    if (setjmp(session->fence)) {
        glp_free_env();
        session->problem = NULL;
        session->environment = false;
        if (session->interrupted)
            return fab_fail(session->context, FAB_INTERRUPTED, "interrupted while solving");
        if (session->fault_errno == ENOMEM)
            return fab_fail_memory(session->context);
        fab_say(session->context, FAB_LEVEL_DETAIL, "%s: GLPK gave up: %s", rung->name, session->line);
        return FAB_OK;
    }
    glp_term_out(GLP_ON);
    glp_term_hook(hear, session);
    glp_error_hook(fault, session);
    errno = 0;
    return work(session, rung, verdict);
}

static bool is_useless(const struct session *session, const struct rung *rung)
{
    if (rung->exact)
        return session->lp->row_count > EXACT_ROWS;
    return rung->basis == BASIS_KEPT && rung != &warm_rung && !session->best;
}

/* What a rung's verdict says about the whole: true when the climb ends. */
static bool ends_climb(const struct session *session, const struct rung *rung, enum verdict verdict, int *infeasible, fab_outcome *outcome)
{
    if (verdict == VERDICT_VERIFIED) {
        *outcome = FAB_OPTIMAL;
        return true;
    }
    if (verdict == VERDICT_INFEASIBLE && ++*infeasible == VERDICTS_NEEDED) {
        *outcome = FAB_INFEASIBLE;
        return true;
    }
    if (session->best && session->best_error < NEAR_ENOUGH && rung->basis == BASIS_KEPT) {
        *outcome = FAB_OPTIMAL;
        return true;
    }
    *outcome = FAB_LIMIT;
    return verdict == VERDICT_TIME || time_is_up(session);
}

static fab_status climb(struct session *session, fab_outcome *outcome)
{
    const fab_lp_solution *start = session->options ? session->options->start : NULL;
    bool warm = start && start->row_status && start->column_status;
    int infeasible = 0;
    for (int k = warm ? -1 : 0; k < RUNG_COUNT; k++) {
        const struct rung *rung = k < 0 ? &warm_rung : &ladder[k];
        enum verdict verdict;
        if (is_useless(session, rung))
            continue;
        fab_status status = try_rung(session, rung, &verdict);
        if (status)
            return status;
        if (fab_context_interrupted(session->context))
            return fab_fail(session->context, FAB_INTERRUPTED, "interrupted while solving");
        if (ends_climb(session, rung, verdict, &infeasible, outcome))
            return FAB_OK;
        fab_say(session->context, FAB_LEVEL_DETAIL, "%s: no verified answer", rung->name);
    }
    *outcome = FAB_OPTIMAL;
    if (session->best)
        return FAB_OK;
    return fab_fail(session->context, FAB_INTERNAL, "the linear program could not be solved: every method of GLPK failed (%s)",
                    session->line[0] ? session->line : "no message");
}

static void close_session(struct session *session)
{
    if (session->problem)
        glp_delete_prob(session->problem);
    if (session->environment) {
        glp_error_hook(NULL, NULL);
        glp_term_hook(NULL, NULL);
    }
    triplets_free(&session->triplets);
    free(session->row_scale);
    free(session->column_scale);
    fab_lp_solution_free(session->best);
}

static fab_status open_session(struct session *session)
{
    const fab_lp *lp = session->lp;
    fab_status status = fab_lp_validate(session->context, lp);
    if (status)
        return status;
    if (fab_context_interrupted(session->context))
        return fab_fail(session->context, FAB_INTERRUPTED, "interrupted before solving");
    session->row_scale = malloc(((size_t)lp->row_count + 1) * sizeof *session->row_scale);
    session->column_scale = malloc(((size_t)lp->column_count + 1) * sizeof *session->column_scale);
    if (!session->row_scale || !session->column_scale || !triplets_init(&session->triplets, lp))
        return fab_fail_memory(session->context);
    return fab_lp_scale(session->context, lp, session->row_scale, session->column_scale);
}

/* The answer in its final form: without arrays where there is none. */
static fab_lp_solution *take_solution(struct session *session, fab_outcome outcome)
{
    fab_lp_solution *solution = session->best;
    session->best = NULL;
    if (outcome == FAB_INFEASIBLE) {
        fab_lp_solution_free(solution);
        solution = NULL;
    }
    if (!solution)
        solution = calloc(1, sizeof *solution);
    if (solution)
        solution->outcome = outcome;
    return solution;
}

fab_status fab_lp_solve(fab_context *context, const fab_lp *lp, const fab_lp_options *options, fab_lp_solution **solution)
{
    struct session session = {.context = context, .lp = lp, .options = options, .began = now()};
    fab_outcome outcome = FAB_OPTIMAL;
    *solution = NULL;
    fab_status status = open_session(&session);
    if (!status)
        status = climb(&session, &outcome);
    if (!status) {
        *solution = take_solution(&session, outcome);
        if (!*solution)
            status = fab_fail_memory(context);
    }
    close_session(&session);
    return status;
}
