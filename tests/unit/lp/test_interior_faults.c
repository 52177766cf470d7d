/* What goes wrong below the interior point, forced: factorisations refused once and for good, directions that lead nowhere, numbers that are none. CHOLMOD's own functions stand behind those of this file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "interior.h"
#include "solver_support.h"

#include <dlfcn.h>

enum fault {
    FAULT_NONE,
    FAULT_REFUSED_ONCE, /* the first factorisation of each point: a larger shift is the answer */
    FAULT_REFUSED,      /* all of them from the fifth on */
    FAULT_STALL,        /* solutions are 0: directions without a way */
    FAULT_BLOW_UP,      /* solutions are not numbers */
    FAULT_WRONG         /* solutions are off by a tenth: the method goes on, slowly or not at all */
};

static enum fault fault;
static int factorisations;

/* As in cholmod.h (SuiteSparse 5): what of the structures is touched here. */
struct factor_head {
    size_t n, minor;
};
struct dense_head {
    size_t nrow, ncol, nzmax, d;
    double *x;
};

int cholmod_factorize_p(void *matrix, double beta[2], int *set, size_t set_size, struct factor_head *factor, void *common);
int cholmod_solve2(int system, struct factor_head *factor, struct dense_head *right, void *set, struct dense_head **solution, void **solution_set, void **y, void **e, void *common);

int cholmod_factorize_p(void *matrix, double beta[2], int *set, size_t set_size, struct factor_head *factor, void *common)
{
    int (*real)(void *, double[2], int *, size_t, struct factor_head *, void *) = NULL;
    *(void **)&real = dlsym(RTLD_NEXT, "cholmod_factorize_p");
    int done = real(matrix, beta, set, set_size, factor, common);
    factorisations++;
    if ((fault == FAULT_REFUSED_ONCE && beta[0] < 1e-12) || (fault == FAULT_REFUSED && factorisations >= 5))
        factor->minor = 0; /* not positive definite in its first row */
    return done;
}

int cholmod_solve2(int system, struct factor_head *factor, struct dense_head *right, void *set, struct dense_head **solution, void **solution_set, void **y, void **e, void *common)
{
    int (*real)(int, struct factor_head *, struct dense_head *, void *, struct dense_head **, void **, void **, void **, void *) = NULL;
    *(void **)&real = dlsym(RTLD_NEXT, "cholmod_solve2");
    int done = real(system, factor, right, set, solution, solution_set, y, e, common);
    for (size_t i = 0; done && factorisations >= 3 && i < factor->n; i++) {
        double *value = &(*solution)->x[i];
        *value = fault == FAULT_STALL ? 0 : fault == FAULT_BLOW_UP ? (double)NAN : fault == FAULT_WRONG ? *value * (i % 2 ? 1.1 : 0.9) : *value;
    }
    return done;
}

static fab_lp *make_program(fab_context *context)
{
    fab_lp *lp = fab_lp_new("random");
    make_random(4, &medium, lp);
    lp->method = FAB_LP_INTERIOR;
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    return lp;
}

static enum fab_interior_result solve_with(struct fixture *fixture, enum fault what)
{
    static const struct fab_engine_watch none;
    enum fab_interior_result result;
    struct fab_lp_factors factors = {0};
    fab_lp_solution *solution = NULL;
    fab_lp *lp = make_program(fixture->context);
    fault = what;
    factorisations = 0;
    assert_int_equal(FAB_OK, fab_lp_scale(fixture->context, lp, &factors));
    assert_int_equal(FAB_OK, fab_interior_solve(fixture->context, lp, &factors, &none, &result, &solution));
    fault = FAULT_NONE;
    assert_true(factorisations > 2);
    fab_lp_solution_free(solution);
    fab_lp_factors_fini(&factors);
    fab_lp_free(lp);
    return result;
}

static void is_really_between(void **state)
{
    assert_int_equal(FAB_INTERIOR_DONE, solve_with(*state, FAULT_NONE));
}

static void a_refused_factorisation_gets_a_larger_shift(void **state)
{
    assert_int_equal(FAB_INTERIOR_DONE, solve_with(*state, FAULT_REFUSED_ONCE));
}

static void nothing_is_decided_where_it_gets_nowhere(void **state)
{
    for (int what = FAULT_REFUSED; what <= FAULT_BLOW_UP; what++)
        assert_int_equal(FAB_INTERIOR_UNDECIDED, solve_with(*state, (enum fault)what));
}

/* Whatever happens below, a solver's answer is proven: the simplex method goes on. */
static void the_simplex_method_goes_on(void **state)
{
    struct fixture *fixture = *state;
    for (int what = FAULT_NONE; what <= FAULT_WRONG; what++) {
        fab_lp *lp = make_program(fixture->context);
        fab_solver *solver = open_solver(fixture->context, lp);
        fault = (enum fault)what;
        factorisations = 0;
        fab_lp_solution *solution = solve(fixture->context, solver, NULL);
        fault = FAULT_NONE;
        verify(fixture->context, solver, solution);
        if (what != FAULT_WRONG)
            assert_int_equal(what <= FAULT_REFUSED_ONCE, solution->interior);
        fab_lp_solution_free(solution);
        fab_solver_close(solver);
        fab_lp_free(lp);
    }
}

/* Who has an answer already is told that there is no better one to be had soon. */
static void a_brief_solver_gives_up(void **state)
{
    struct fixture *fixture = *state;
    const fab_solver_options brief = {.brief = true};
    fab_lp *lp = make_program(fixture->context);
    fab_solver *solver = open_solver(fixture->context, lp);
    fab_lp_solution *solution = NULL;
    fault = FAULT_REFUSED;
    factorisations = 0;
    assert_int_equal(FAB_INTERNAL, fab_solver_solve(fixture->context, solver, &brief, &solution));
    assert_null(solution);
    fault = FAULT_NONE;
    solution = solve(fixture->context, solver, &brief);
    assert_true(solution->interior);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
    fab_lp_free(lp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(is_really_between),
        TEST(a_refused_factorisation_gets_a_larger_shift),
        TEST(nothing_is_decided_where_it_gets_nowhere),
        TEST(the_simplex_method_goes_on),
        TEST(a_brief_solver_gives_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
