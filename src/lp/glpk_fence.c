/* The fence around GLPK: its environment, its faults, the program on its way in. SPDX-License-Identifier: GPL-3.0-or-later */
#include "glpk_fence.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "lp_given.h"
#include "try.h"

/* glp_init_env gives 0 when it made the environment, 1 when there is one, more when it cannot. */
enum { ENVIRONMENT_IS_NEW = 0, ENVIRONMENT_IS_THERE = 1 };

/* Costs that are made larger, and those that are made no larger than that. */
#define SMALL_COST 1e-6
#define SMALLEST_COST 1e-290

/* Why the fence was jumped to. */
enum jump { JUMP_NONE, JUMP_FAULT, JUMP_INTERRUPTED, JUMP_LATE };

/* GLPK's environment on this thread. */
static _Thread_local struct {
    unsigned long generation; /* raised with every environment that is freed */
    int engines;
    bool is_ours; /* it was made here, not by whoever uses the library */
} environment;

const char *fab_lp_solver_name(void)
{
    static const char name[] = "GLPK " /* the header's version; Debian's library is built from the same source */
#define TEXT(x) #x
#define TEXT_OF(x) TEXT(x)
        TEXT_OF(GLP_MAJOR_VERSION) "." TEXT_OF(GLP_MINOR_VERSION);
    return name;
}

static void free_environment(void)
{
    glp_free_env();
    environment.generation++;
    environment.is_ours = false;
}

fab_engine *fab_engine_new(const fab_lp *lp, const struct fab_lp_factors *factors)
{
    fab_engine *engine = calloc(1, sizeof *engine);
    if (!engine)
        return NULL;
    engine->lp = lp;
    engine->factors = factors;
    environment.engines++;
    return engine;
}

static void forget_problem(fab_engine *engine)
{
    if (engine->problem && engine->generation == environment.generation)
        glp_delete_prob(engine->problem);
    engine->problem = NULL;
}

void fab_engine_free(fab_engine *engine)
{
    if (!engine)
        return;
    forget_problem(engine);
    free(engine);
    if (--environment.engines == 0 && environment.is_ours) /* a thread that ends would leak it */
        free_environment();
}

void fab_engine_begin(fab_engine *engine, const struct fab_engine_watch *watch)
{
    engine->watch = *watch;
    engine->began = fab_clock();
    engine->iterations = 0;
}

long fab_engine_iterations(const fab_engine *engine)
{
    return engine->iterations;
}

/* ---- what GLPK says */

/* The line GLPK prints several times a second: "#  4794: obj =   5.8e+10 inf = 0 (1625)"; "*" in front says that the point is feasible. */
static void tell_progress(const fab_engine *engine)
{
    fab_lp_progress progress = {.objective = NAN, .seconds = fab_clock() - engine->began};
    char mark = 0;
    double objective;
    if (!engine->watch.progress)
        return;
    int fields = sscanf(engine->line, "%c%ld: obj = %lf", &mark, &progress.iterations, &objective);
    if (fields < 2)
        return;
    progress.iterations += engine->iterations;
    if (fields == 3 && mark == '*')
        progress.objective = objective;
    engine->watch.progress(engine->watch.user, &progress);
}

static void end_line(fab_engine *engine)
{
    engine->line[engine->line_length] = '\0';
    engine->line_length = 0;
    if (!engine->line[0])
        return;
    fab_say(engine->context, FAB_LEVEL_DETAIL, "GLPK: %s", engine->line);
    tell_progress(engine);
}

static bool is_late(const fab_engine *engine)
{
    return engine->watch.deadline > 0 && fab_clock() >= engine->watch.deadline;
}

/* GLPK's terminal hook: gets every piece of text, prints nothing. It is called several times a second, which makes it the place to stop at. */
static int hear(void *user, const char *text)
{
    fab_engine *engine = user;
    for (; *text; text++) {
        if (*text == '\n')
            end_line(engine);
        else if (engine->line_length + 1 < sizeof engine->line)
            engine->line[engine->line_length++] = *text;
    }
    if (fab_context_interrupted(engine->context))
        longjmp(engine->fence, JUMP_INTERRUPTED);
    if (engine->leaves_late && is_late(engine))
        longjmp(engine->fence, JUMP_LATE);
    return 1;
}

/* The error hook, called after the message: errno is still that of the allocation when one failed. */
static void fault(void *user)
{
    fab_engine *engine = user;
    engine->fault_errno = errno;
    longjmp(engine->fence, JUMP_FAULT);
}

/* ---- the fence */

static bool make_environment(void)
{
    int made = glp_init_env();
    if (made == ENVIRONMENT_IS_NEW)
        environment.is_ours = true;
    return made <= ENVIRONMENT_IS_THERE;
}

fab_status fab_glpk_expect_uninterrupted(fab_context *context)
{
    return fab_context_interrupted(context) ? fab_fail(context, FAB_INTERRUPTED, "interrupted while solving") : FAB_OK;
}

static fab_status land(fab_engine *engine, enum jump jump, bool *late)
{
    free_environment();
    engine->problem = NULL;
    if (jump == JUMP_INTERRUPTED)
        return fab_glpk_expect_uninterrupted(engine->context);
    if (jump == JUMP_LATE) {
        *late = true;
        return FAB_OK;
    }
    if (engine->fault_errno == ENOMEM)
        return fab_fail_memory(engine->context);
    return fab_fail(engine->context, FAB_INTERNAL, "GLPK gave up: %s", engine->line);
}

fab_status fab_glpk_fenced(fab_context *context, fab_engine *engine, void (*work)(fab_engine *engine, void *argument), void *argument, bool *late)
{
    engine->context = context;
    engine->line_length = 0;
    engine->line[0] = '\0';
    engine->fault_errno = 0;
    engine->leaves_late = late != NULL;
    if (!make_environment()) /* any other call would abort the process */
        return fab_fail_memory(context);
    switch (setjmp(engine->fence)) {
    case JUMP_NONE: break;
    case JUMP_INTERRUPTED: return land(engine, JUMP_INTERRUPTED, late);
    case JUMP_LATE: return land(engine, JUMP_LATE, late);
    default: return land(engine, JUMP_FAULT, late);
    }
    glp_term_out(GLP_ON);
    glp_term_hook(hear, engine);
    glp_error_hook(fault, engine);
    errno = 0;
    work(engine, argument);
    glp_error_hook(NULL, NULL);
    glp_term_hook(NULL, NULL);
    return FAB_OK;
}

/* ---- the program on its way in */

/* The matrix as GLPK wants it: triplets counted from 1; without constants, whose part of a row moves its limits. */
struct triplets {
    int count;
    int *row, *column;
    double *value;
};

static void triplets_fini(struct triplets *triplets)
{
    free(triplets->row);
    free(triplets->column);
    free(triplets->value);
}

static bool triplets_init(struct triplets *triplets, const fab_lp *lp)
{
    size_t count = (size_t)lp->nonzero_count + 1;
    *triplets = (struct triplets){0, malloc(count * sizeof(int)), malloc(count * sizeof(int)), malloc(count * sizeof(double))};
    if (!triplets->row || !triplets->column || !triplets->value)
        return false;
    for (int j = 0; j < lp->column_count; j++) {
        for (int k = lp->start[j]; k < lp->start[j + 1] && !fab_lp_column_is_constant(&lp->column[j]); k++) {
            int place = ++triplets->count;
            triplets->row[place] = lp->row_index[k] + 1;
            triplets->column[place] = j + 1;
            triplets->value[place] = lp->value[k];
        }
    }
    return true;
}

/* Coefficients of constants. */
static int count_constants(const fab_lp *lp)
{
    int count = 0;
    for (int j = 0; j < lp->column_count; j++)
        count += fab_lp_column_is_constant(&lp->column[j]) ? lp->start[j + 1] - lp->start[j] : 0;
    return count;
}

int fab_glpk_type_of(double lower, double upper)
{
    if (lower == upper)
        return GLP_FX;
    if (isfinite(lower))
        return isfinite(upper) ? GLP_DB : GLP_LO;
    return isfinite(upper) ? GLP_UP : GLP_FR;
}

/* GLPK's tolerance of costs is absolute: those of a program in which all are below a millionth are made larger by a power of two, which rounds nothing. */
static double money_unit(const fab_lp *lp)
{
    double largest = 0;
    for (int j = 0; j < lp->column_count; j++)
        largest = fmax(largest, fabs(lp->column[j].objective));
    return largest > 0 && largest < SMALL_COST ? ldexp(1, -ilogb(fmax(largest, SMALLEST_COST))) : 1;
}

static void set_limits_and_costs(fab_engine *engine, const struct fab_lp_given *given)
{
    const fab_lp *lp = engine->lp;
    glp_prob *problem = engine->problem;
    engine->money_unit = money_unit(lp);
    glp_set_obj_coef(problem, 0, lp->objective_constant * engine->money_unit);
    for (int i = 0; i < lp->row_count; i++) {
        double lower = (double)(lp->row[i].lower - given[i].sum) - given[i].loose, upper = (double)(lp->row[i].upper - given[i].sum) + given[i].loose;
        glp_set_row_bnds(problem, i + 1, fab_glpk_type_of(lower, upper), lower, upper);
    }
    for (int j = 0; j < lp->column_count; j++) {
        glp_set_col_bnds(problem, j + 1, fab_glpk_type_of(lp->column[j].lower, lp->column[j].upper), lp->column[j].lower, lp->column[j].upper);
        glp_set_obj_coef(problem, j + 1, lp->column[j].objective * engine->money_unit);
    }
}

struct loading {
    struct triplets triplets;
    struct fab_lp_given *given;
};

static void load(fab_engine *engine, void *argument)
{
    const fab_lp *lp = engine->lp;
    const struct loading *loading = argument;
    const struct triplets *triplets = &loading->triplets;
    glp_prob *problem = engine->problem = glp_create_prob();
    engine->generation = environment.generation;
    engine->loaded_nonzeros = lp->nonzero_count;
    engine->loaded_constants = count_constants(lp);
    glp_set_obj_dir(problem, GLP_MAX);
    if (lp->row_count)
        glp_add_rows(problem, lp->row_count);
    if (lp->column_count)
        glp_add_cols(problem, lp->column_count);
    set_limits_and_costs(engine, loading->given);
    glp_load_matrix(problem, triplets->count, triplets->row, triplets->column, triplets->value);
}

static void refresh(fab_engine *engine, void *argument)
{
    const struct loading *loading = argument;
    set_limits_and_costs(engine, loading->given);
}

static bool has_shape(const fab_engine *engine)
{
    const fab_lp *lp = engine->lp;
    return engine->loaded_nonzeros == lp->nonzero_count && engine->loaded_constants == count_constants(lp) && glp_get_num_rows(engine->problem) == lp->row_count &&
           glp_get_num_cols(engine->problem) == lp->column_count;
}

fab_status fab_glpk_sync(fab_context *context, fab_engine *engine)
{
    fab_status status = FAB_OK;
    struct loading loading = {0};
    if (engine->generation != environment.generation)
        engine->problem = NULL;
    TRY_MEMORY(context, loading.given = fab_lp_given_find(engine->lp));
    if (engine->problem && has_shape(engine)) {
        TRY(fab_glpk_fenced(context, engine, refresh, &loading, NULL));
        goto out;
    }
    forget_problem(engine);
    TRY_MEMORY(context, triplets_init(&loading.triplets, engine->lp));
    TRY(fab_glpk_fenced(context, engine, load, &loading, NULL));
out:
    triplets_fini(&loading.triplets);
    free(loading.given);
    return status;
}
