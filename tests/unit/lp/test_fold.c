/* Programs solved folded against the same programs solved whole: same optimum, proven for all rows; like blocks get their parts. SPDX-License-Identifier: GPL-3.0-or-later */
#include "fold.h"
#include "solver_support.h"

#include "clock.h"

/* A shop of some items over some periods: supply x with a common capacity, stock, and orders that are blocks. */
enum { ITEMS = 2, PERIODS = 4, LATEST = 2 };

struct shop {
    int orders;
    int prices;       /* how many there are, 0: all different */
    double capacity;  /* of a period */
    int promised;     /* one of so many orders has a promise, 0: none */
    double most_short; /* share of an order that may be short */
};

static int balance_row(int item, int t)
{
    return item * PERIODS + t;
}

static void add_supply(fab_lp *lp, const struct shop *shop, uint64_t *seed)
{
    for (int r = 0; r < ITEMS * PERIODS; r++)
        fab_lp_add_row(lp, "BAL", 0, 0);
    for (int t = 0; t < PERIODS; t++) {
        int capacity = fab_lp_add_row(lp, "CAP", -INFINITY, shop->capacity);
        for (int i = 0; i < ITEMS; i++) {
            int x = fab_lp_add_column(lp, "x", 0, 1e6, -random_below(seed, 5)), stock = fab_lp_add_column(lp, "I", 0, 1e6, -0.25);
            fab_lp_add(lp, capacity, x, 1 + i);
            fab_lp_add(lp, balance_row(i, t), x, 1);
            fab_lp_add(lp, balance_row(i, t), stock, -1);
            if (t + 1 < PERIODS)
                fab_lp_add(lp, balance_row(i, t + 1), stock, 1);
        }
    }
}

static void add_promise(fab_lp *lp, int block, double promised, double price, const int *y, int count)
{
    int row = fab_lp_add_row(lp, "MIN", promised, INFINITY), lack = fab_lp_add_column(lp, "lack", 0, promised, -10 * price);
    lp->row[row].block = block;
    fab_lp_add(lp, row, lack, 1);
    for (int k = 0; k < count; k++)
        fab_lp_add(lp, row, y[k], 1);
}

static void add_order(fab_lp *lp, const struct shop *shop, int number, uint64_t *seed)
{
    int item = random_below(seed, ITEMS), due = random_below(seed, PERIODS), late = random_below(seed, LATEST + 1), y[PERIODS], count = 0;
    double quantity = random_below(seed, 8), price = shop->prices ? 5 + random_below(seed, shop->prices) : 5 + 20 * random_unit(seed);
    int row = fab_lp_add_row(lp, "DEM", quantity, quantity);
    lp->row[row].block = number;
    for (int t = due; t < PERIODS && t <= due + late; t++) {
        y[count] = fab_lp_add_column(lp, "y", 0, quantity, price - 0.5 * (t - due));
        fab_lp_add(lp, row, y[count], 1);
        fab_lp_add(lp, balance_row(item, t), y[count++], -1);
    }
    fab_lp_add(lp, row, fab_lp_add_column(lp, "short", 0, shop->most_short * quantity, -2), 1);
    if (shop->promised && number % shop->promised == 0 && quantity > 0)
        add_promise(lp, number, 0.7 * quantity, price, y, count);
}

static fab_lp *make_shop(fab_context *context, const struct shop *shop, uint64_t seed)
{
    fab_lp *lp = fab_lp_new("shop");
    add_supply(lp, shop, &seed);
    for (int n = 1; n <= shop->orders; n++)
        add_order(lp, shop, n, &seed);
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    return lp;
}

static fab_lp_solution *solve_folded(fab_context *context, const fab_lp *lp)
{
    fab_lp_solution *solution = NULL;
    if (fab_fold_solve(context, lp, 1, &(struct fab_engine_watch){0}, &solution))
        fail_msg("%s", fab_context_message(context));
    return solution;
}

static double proven(fab_context *context, const fab_lp *lp, const fab_lp_solution *solution)
{
    fab_lp_certificate certificate;
    assert_int_equal(FAB_OPTIMAL, solution->outcome);
    assert_int_equal(FAB_OK, fab_lp_check(context, lp, solution->x, solution->multiplier, &certificate));
    assert_true(certificate.verified);
    return certificate.objective;
}

/* Reduced costs are those of the multipliers, and 0 where the status says basic: stages fix columns by them. */
static void expect_reduced_costs(const fab_lp *lp, const fab_lp_solution *solution)
{
    for (int j = 0; j < lp->column_count; j++) {
        double reduced = lp->column[j].objective;
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            reduced -= lp->value[k] * solution->multiplier[lp->row_index[k]];
        assert_close(reduced, solution->reduced_cost[j], 0, 1e-9);
        assert_true(strchr("bluf s", solution->column_status[j]) != NULL);
    }
}

/* Gives the folded answer, which is as good as that of the whole program. */
static fab_lp_solution *expect_equal(fab_context *context, const fab_lp *lp)
{
    fab_solver *solver = open_solver(context, lp);
    fab_lp_solution *folded = solve_folded(context, lp);
    assert_non_null(folded);
    assert_close(optimum(context, solver), proven(context, lp, folded), 1e-9, 1e-9);
    expect_reduced_costs(lp, folded);
    fab_solver_close(solver);
    return folded;
}

static const struct shop few_prices = {400, 6, 60, 0, 1}, all_different = {400, 0, 60, 0, 1}, scarce = {300, 0, 5, 0, 1}, ample = {300, 0, 1e5, 0, 1}, promising = {600, 2, 60, 2, 1};

static void folded_is_as_good_as_whole(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    const struct shop *const shops[] = {&few_prices, &all_different, &scarce, &ample, &promising};
    for (uint64_t seed = 1; seed <= 12; seed++)
        for (int s = 0; s < 5; s++) {
            fab_lp *lp = make_shop(context, shops[s], seed);
            fab_lp_solution_free(expect_equal(context, lp));
            fab_lp_free(lp);
        }
    fab_context_free(context);
}

/* Another objective on the optimal face, as the stage behind money does: most blocks have nothing left to decide. */
static void faces_are_folded(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    uint64_t random = 77;
    for (uint64_t seed = 21; seed <= 32; seed++) {
        fab_lp *lp = make_shop(context, seed % 2 ? &few_prices : &all_different, seed);
        fab_lp_solution *money = expect_equal(context, lp);
        for (int j = 0; j < lp->column_count; j++) {
            if (money->column_status[j] != 'b' && fabs(money->reduced_cost[j]) > 1e-9)
                lp->column[j].lower = lp->column[j].upper = money->x[j];
            lp->column[j].objective = random_below(&random, 5);
        }
        fab_lp_solution_free(expect_equal(context, lp));
        fab_lp_solution_free(money);
        fab_lp_free(lp);
    }
    fab_context_free(context);
}

/* Orders of one cost: what is shipped goes to the first of them, whole. */
static void first_orders_are_served_first(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    fab_lp *lp = fab_lp_new("queue");
    int supply = fab_lp_add_row(lp, "supply", -INFINITY, 25);
    for (int n = 1; n <= 10; n++) {
        int row = fab_lp_add_row(lp, "DEM", n, n), y = fab_lp_add_column(lp, "y", 0, n, 3);
        lp->row[row].block = n;
        fab_lp_add(lp, row, y, 1);
        fab_lp_add(lp, supply, y, 1);
        fab_lp_add(lp, row, fab_lp_add_column(lp, "short", 0, n, 0), 1);
    }
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    fab_lp_solution *folded = expect_equal(context, lp);
    for (int n = 1; n <= 10; n++)
        assert_close(n <= 6 ? n : n == 7 ? 4 : 0, folded->x[2 * (n - 1)], 0, 1e-12);
    fab_lp_solution_free(folded);
    fab_lp_free(lp);
    fab_context_free(context);
}

static void no_answer_is_none(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    const struct shop hard = {300, 5, 5, 0, 0.1};
    fab_lp *lp = make_shop(context, &hard, 3);
    fab_lp_solution *folded = solve_folded(context, lp);
    assert_true(!folded || folded->outcome == FAB_INFEASIBLE);
    fab_lp_solution_free(folded);
    fab_lp_free(lp);
    fab_context_free(context);
}

/* A column in two blocks, hardly any like blocks, few rows: nothing is folded. */
static void what_does_not_pay_is_left(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    fab_lp_solution *solution = NULL;
    fab_lp *lp = make_shop(context, &few_prices, 1);
    assert_int_equal(FAB_OK, fab_fold_solve(context, lp, 401, &(struct fab_engine_watch){0}, &solution));
    assert_null(solution);
    int both = fab_lp_add_column(lp, "both", 0, 1, 0);
    fab_lp_add(lp, ITEMS * PERIODS + PERIODS, both, 1);
    fab_lp_add(lp, ITEMS * PERIODS + PERIODS + 1, both, 1);
    assert_int_equal(FAB_OK, fab_lp_seal(context, lp));
    assert_null(solve_folded(context, lp));
    fab_lp_free(lp);
    const struct shop lonely = {6, 0, 60, 0, 1};
    lp = make_shop(context, &lonely, 2);
    assert_null(solve_folded(context, lp));
    fab_lp_free(lp);
    fab_context_free(context);
}

static void time_and_interruptions_end_it(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    fab_lp *lp = make_shop(context, &all_different, 5);
    fab_lp_solution *solution = NULL;
    assert_int_equal(FAB_OK, fab_fold_solve(context, lp, 1, &(struct fab_engine_watch){.deadline = fab_clock() - 1}, &solution));
    assert_true(solution && solution->outcome == FAB_LIMIT);
    fab_lp_solution_free(solution);
    fab_context_interrupt(context);
    assert_int_equal(FAB_INTERRUPTED, fab_fold_solve(context, lp, 1, &(struct fab_engine_watch){0}, &solution));
    assert_null(solution);
    fab_lp_free(lp);
    fab_context_free(context);
}

/* A living solver takes the way by itself when there are enough orders. */
static void many_orders_are_solved_at_once(void **state)
{
    (void)state;
    fab_context *context = fab_context_new();
    const struct shop many = {20000, 0, 900, 0, 1};
    fab_lp *lp = make_shop(context, &many, 11);
    fab_solver *solver = open_solver(context, lp);
    double begin = fab_clock();
    fab_lp_solution *solution = solve(context, solver, NULL);
    verify(context, solver, solution);
    assert_true(fab_clock() - begin < 10);
    fab_lp_solution_free(solution);
    fab_solver_close(solver);
    fab_lp_free(lp);
    fab_context_free(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folded_is_as_good_as_whole),    cmocka_unit_test(faces_are_folded),  cmocka_unit_test(first_orders_are_served_first), cmocka_unit_test(no_answer_is_none),
        cmocka_unit_test(what_does_not_pay_is_left),     cmocka_unit_test(time_and_interruptions_end_it), cmocka_unit_test(many_orders_are_solved_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
