/* What goes wrong below the interior point, forced: factorisations refused once and for good, directions that lead nowhere, numbers that are none. The own factorisation stands behind that of this file.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "interior.h"
#include "solver_support.h"
#include "supernodal.h"


enum fault {
    FAULT_NONE,
    FAULT_REFUSED_ONCE, /* the first factorisation of each point: a larger shift is the answer */
    FAULT_REFUSED,      /* all of them from the fifth on */
    FAULT_STALL,        /* solutions are 0: directions without a way */
    FAULT_BLOW_UP,      /* solutions are not numbers */
    FAULT_WRONG,        /* solutions are off by a tenth: the method goes on, slowly or not at all */
    FAULT_BLUNT         /* half of those of augmented factors have the wrong sign: normal ones are the answer */
};

static enum fault fault;
static int factorisations;

static bool solved;     /* since the last factorisation: the next is the first one of its point */
static bool augmented;  /* the factor has pivots below 0 */
static int sharp;       /* factorisations that have none */

fab_status __real_fab_supernodal_factorise(fab_context *context, struct fab_supernodal *super, bool *done);
fab_status __wrap_fab_supernodal_factorise(fab_context *context, struct fab_supernodal *super, bool *done);
void __real_fab_supernodal_solve(const struct fab_supernodal *super, double *vector);
void __wrap_fab_supernodal_solve(const struct fab_supernodal *super, double *vector);

fab_status __wrap_fab_supernodal_factorise(fab_context *context, struct fab_supernodal *super, bool *done)
{
    fab_status status = __real_fab_supernodal_factorise(context, super, done);
    factorisations++;
    augmented = false;
    for (int i = 0; i < super->size; i++)
        augmented = augmented || super->sign[i] < 0;
    sharp += !augmented;
    if ((fault == FAULT_REFUSED_ONCE && solved) || (fault == FAULT_REFUSED && factorisations >= 5))
        *done = false;
    solved = false;
    return status;
}

void __wrap_fab_supernodal_solve(const struct fab_supernodal *super, double *vector)
{
    __real_fab_supernodal_solve(super, vector);
    solved = true;
    for (int i = 0; factorisations >= 3 && i < super->size; i++)
        if (fault == FAULT_STALL)
            vector[i] = 0;
        else if (fault == FAULT_BLOW_UP)
            vector[i] = (double)NAN;
        else if (fault == FAULT_WRONG)
            vector[i] *= i % 2 ? 1.1 : 0.9;
        else if (fault == FAULT_BLUNT && augmented)
            vector[i] *= i % 2 ? -1 : 1;
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
    factorisations = sharp = 0;
    assert_int_equal(FAB_OK, fab_lp_scale(fixture->context, lp, &factors));
    assert_int_equal(FAB_OK, fab_interior_solve(fixture->context, &(struct fab_interior_asked){.lp = lp, .factors = &factors, .watch = &none}, &result, &solution));
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

static void blunt_factors_are_replaced(void **state)
{
    assert_int_equal(FAB_INTERIOR_DONE, solve_with(*state, FAULT_NONE));
    int without = sharp;
    assert_int_equal(FAB_INTERIOR_DONE, solve_with(*state, FAULT_BLUNT));
    assert_true(sharp > without + 2);
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
        TEST(blunt_factors_are_replaced),
        TEST(nothing_is_decided_where_it_gets_nowhere),
        TEST(the_simplex_method_goes_on),
        TEST(a_brief_solver_gives_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
