/* Answers about a plan: what is called a gain or a cost is the difference of two optima, whoever solves them; chains add up.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "again.h"
#include "chain.h"
#include "explain.h"
#include "plan_fixture.h"
#include "serves.h"

#include <math.h>

enum { FABS = 20, WANTED = 3 };

/* The plan of a world, solved again from its basis. */
static fab_plan *stand(struct world *world)
{
    fab_plan *plan = NULL;
    world_ok(world, fab_plan_build(world->context, world->model, &plan));
    const struct fab_stored_point point = {world->plan->solution->x, world->plan->solution->row_status, world->plan->solution->column_status};
    world_ok(world, fab_plan_solve_again(world->context, plan, &point, NULL));
    assert_int_equal(plan->outcome, FAB_OPTIMAL);
    return plan;
}

static struct fab_explained *ask(struct world *world, const struct fab_question *question)
{
    struct fab_explained *explained = NULL;
    world_ok(world, fab_explain_question(world->context, question, &(struct fab_explain_asked){.wanted = WANTED}, &explained));
    return explained;
}

static double sum_of(const fab_table *table, const char *column)
{
    double sum = 0;
    for (int r = 0; r < fab_table_rows(table); r++)
        sum += fab_value_number(fab_table_get(table, r, fab_table_find_column(table, column)));
    return sum;
}

static double optimum(struct world *world, const fab_lp *lp)
{
    fab_lp_solution *solution = NULL;
    fab_lp_certificate certificate = {0};
    world_ok(world, fab_lp_solve(world->context, lp, NULL, &solution));
    assert_int_equal(solution->outcome, FAB_OPTIMAL);
    world_ok(world, fab_lp_check(world->context, lp, solution->x, solution->multiplier, &certificate));
    assert_true(certificate.verified);
    fab_lp_solution_free(solution);
    return certificate.objective;
}

/* ---- the example solved by hand ---- */

static void the_plan_is_the_same_again(void **state)
{
    struct world world;
    (void)state;
    world_of_data(&world, "mini");
    world_plan(&world);
    fab_plan *plan = stand(&world);
    assert_int_equal(plan->solution->iterations, 0);
    assert_close(plan->certificate.objective, 9240, 1e-12, 0);
    fab_plan_free(plan);
    world_finish(&world);
}

/* A unit takes 2 hours at 40 USD and 2 starts at 10: 100, its price; so one more gains nothing, and 2 steps of hours serve it (1 unit is 2 hours, a step 1.68). */
static void a_unit_of_the_example(void **state)
{
    struct world world;
    (void)state;
    world_of_data(&world, "mini");
    world_plan(&world);
    fab_plan *plan = stand(&world);
    const struct fab_question question = {plan, FAB_SUBJECT_DEMAND, 0, FAB_NONE};
    struct fab_explained *explained = ask(&world, &question);
    assert_close(explained->step.candidate.step, 1, 1e-12, 0);
    assert_close(explained->marginal_usd, 100, 1e-9, 0);
    assert_close(explained->mean_usd, 100, 1e-9, 0);
    assert_close(explained->worth_usd, 100, 1e-9, 0);
    assert_close(explained->step.gain_usd, 0, 0, 1e-9);
    assert_int_equal(fab_table_rows(explained->chain), 2);
    assert_string_equal(fab_table_get(explained->chain, 0, fab_table_find_column(explained->chain, "family"))->text, "CAP");
    assert_close(fab_value_number(fab_table_get(explained->chain, 0, fab_table_find_column(explained->chain, "share"))), 0.8, 1e-12, 0);
    assert_true(fab_table_rows(explained->serves) >= 2);
    for (int r = 0; r < fab_table_rows(explained->serves); r++)
        if (strcmp(fab_table_get(explained->serves, r, 0)->text, "hour") == 0 && strcmp(fab_table_get(explained->serves, r, 2)->text, "2027-W01") == 0)
            assert_close(fab_value_number(fab_table_get(explained->serves, r, fab_table_find_column(explained->serves, "steps"))), 2, 0, 0);
    fab_explained_free(explained);
    fab_plan_free(plan);
    world_finish(&world);
}

/* An hour of the first week gives a quarter of a unit in each: 64 hours fill the 16 units that D2 lacks, so 32 steps of 1.68 hours hold and 64 do not. */
static void a_gain_holds_as_far_as_it_says(void **state)
{
    struct world world;
    (void)state;
    world_of_data(&world, "mini");
    world_plan(&world);
    fab_plan *plan = stand(&world);
    const struct fab_question question = {plan, FAB_SUBJECT_TOOL_GROUP, 0, 0};
    struct fab_explained *explained = ask(&world, &question);
    assert_int_equal(explained->others->count, 2);
    for (int n = 0; n < explained->others->count; n++) {
        const struct fab_value_line *line = &explained->others->line[n];
        if (strcmp(line->candidate.what, "hour") != 0)
            continue;
        assert_close(line->gain_usd, 67.2, 1e-9, 0);
        assert_close(line->holds_to, 32 * 1.68, 1e-12, 0);
    }
    assert_close(sum_of(explained->money, "usd"), explained->step.gain_usd, 1e-9, 0);
    fab_explained_free(explained);
    fab_plan_free(plan);
    world_finish(&world);
}

/* ---- random fabs ---- */

static int dollars_seen, rows_seen, forced_seen, served_seen, lines_seen, never_seen;

/* The program with the order forced, from nothing: its own row, and the larger quantity. */
static double solve_forced(struct world *world, const fab_plan *plan, int d, double least)
{
    fab_lp *lp = NULL;
    world_ok(world, fab_lp_copy(world->context, plan->program->lp, &lp));
    int row = fab_lp_add_row(lp, "forced", least, (double)INFINITY);
    for (int t = 0; t < plan->terms->period_count; t++) {
        int column = fab_program_at(plan->program, FAB_Y, d, t);
        if (column != FAB_NONE)
            assert_true(fab_lp_add(lp, row, column, 1));
    }
    world_ok(world, fab_lp_seal(world->context, lp));
    double value = optimum(world, lp);
    fab_lp_free(lp);
    return value;
}

static void order_more(const fab_plan *plan, int d, double units)
{
    struct fab_lp_row *row = &plan->program->lp->row[fab_program_at(plan->program, FAB_DEM, d, FAB_NONE)];
    row->lower += units;
    row->upper += units;
    plan->program->lp->column[fab_program_at(plan->program, FAB_SHORT, d, FAB_NONE)].upper += units;
    for (int t = 0; t < plan->terms->period_count; t++) {
        int column = fab_program_at(plan->program, FAB_Y, d, t);
        if (column != FAB_NONE)
            plan->program->lp->column[column].upper += units;
    }
}

/* What a forced row's multiplier says of a unit, against the chain: cost to others = price and saved penalties less it. */
static void compare_multipliers(const fab_plan *plan, const struct fab_explained *explained)
{
    double scale = fmax(1, fabs(plan->certificate.objective));
    assert_close(sum_of(explained->chain, "usd"), explained->marginal_usd, 1e-9, 1e-9);
    if (explained->marginal_usd != 0)
        assert_close(sum_of(explained->chain, "share"), 1, 1e-9, 0);
    assert_close(explained->step.gain_usd, (explained->worth_usd - explained->mean_usd) * explained->step.candidate.step, 1e-9, 1e-10 * scale);
    /* concave: the last unit costs at least the mean */
    assert_true(explained->marginal_usd >= explained->mean_usd - 1e-6 * fmax(1, fabs(explained->mean_usd)) - 1e-9 * scale / explained->step.candidate.step);
    assert_close(sum_of(explained->money, "usd"), explained->step.gain_usd, 1e-6, 1e-9 * scale);
}

/* The forced shipment's own column, between its limits: the multiplier of the forced row is its price and what it saves less what the unit costs, which is the chain. */
static void compare_row(struct world *world, int d)
{
    fab_plan *plan = stand(world);
    struct fab_forced forced;
    double usd = 0;
    world_ok(world, fab_force(world->context, plan, d, fab_force_step(plan, d), NULL, &forced));
    if (forced.plan.outcome == FAB_OPTIMAL && forced.plan.solution->column_status[fab_program_at(plan->program, FAB_Y, d, forced.period)] == 'b') {
        const fab_lp_solution *solution = forced.plan.solution;
        const fab_lp *lp = fab_solver_program(plan->solver);
        int promise = fab_program_at(plan->program, FAB_MIN, d, FAB_NONE);
        double saved = solution->multiplier[fab_program_at(plan->program, FAB_DEM, d, FAB_NONE)] + (promise == FAB_NONE ? 0 : solution->multiplier[promise]);
        double price = plan->model->demand[d].price_usd * plan->terms->period[forced.period].discount;
        fab_table *chain = fab_chain_forced(&forced, d, &usd);
        assert_non_null(chain);
        assert_close(usd, price - saved - solution->multiplier[lp->row_count - 1], 1e-7, 1e-7 * fmax(1, price));
        fab_table_free(chain);
        rows_seen++;
    }
    fab_force_end(&forced);
    fab_plan_free(plan);
}

static void compare_order(struct world *world, int d)
{
    fab_plan *plan = stand(world);
    double before = plan->certificate.objective, shipped = 0;
    for (int t = 0; t < plan->terms->period_count; t++) {
        int column = fab_program_at(plan->program, FAB_Y, d, t);
        shipped += column == FAB_NONE ? 0 : plan->solution->x[column];
    }
    const struct fab_question question = {plan, FAB_SUBJECT_DEMAND, d, FAB_NONE};
    struct fab_explained *explained = ask(world, &question);
    never_seen += explained->never;
    if (explained->step.tested) {
        fab_lp *lp = plan->program->lp; /* it has its own quantity again */
        double more = fmax(0, shipped + explained->step.candidate.step - world->model->demand[d].quantity);
        int row = fab_program_at(plan->program, FAB_DEM, d, FAB_NONE);
        assert_close(lp->row[row].upper, world->model->demand[d].quantity, 1e-12, 0);
        order_more(plan, d, more);
        double cold = solve_forced(world, plan, d, shipped + explained->step.candidate.step);
        order_more(plan, d, -more);
        assert_close(explained->step.gain_usd, cold - before, 1e-6, 1e-9 * fmax(1, fabs(before)));
        compare_multipliers(plan, explained);
        forced_seen++;
        served_seen += fab_table_rows(explained->serves) > 0;
    }
    fab_explained_free(explained);
    fab_plan_free(plan);
}

/* The gains of a list against a copy of the program, moved and solved from nothing. */
static void compare_lines(struct world *world, const fab_plan *plan, const struct fab_values *values)
{
    double scale = fmax(1, fabs(plan->certificate.objective));
    for (int n = 0; n < values->count; n++) {
        const struct fab_value_line *line = &values->line[n];
        fab_lp *lp = NULL;
        if (!line->tested)
            continue;
        world_ok(world, fab_lp_copy(world->context, plan->program->lp, &lp));
        for (int k = 0; k < line->moved_count; k++) {
            const struct fab_candidate *candidate = &values->moves->candidate[line->moved[k]];
            for (int m = candidate->first_move; m < candidate->first_move + candidate->move_count; m++) {
                const struct fab_move *move = &values->moves->move[m];
                *(move->is_column ? &lp->column[move->place].upper : &lp->row[move->place].upper) += move->delta;
            }
        }
        assert_close(line->gain_usd, optimum(world, lp) - plan->certificate.objective, 1e-6, 1e-9 * scale);
        assert_true(line->holds_to >= line->candidate.step);
        fab_lp_free(lp);
        lines_seen++;
    }
}

/* Nothing that was left out gains more per dollar: all that has a price is tested. */
static void compare_dollars(struct world *world, const fab_plan *plan, const struct fab_values *priced)
{
    struct fab_values *all = NULL;
    const struct fab_values_asked asked = {.wanted = 1000, .thorough = true, .price = fab_serves_cost};
    world_ok(world, fab_values_test(world->context, plan, &asked, NULL, &all));
    for (int n = 0; n < priced->count && n < all->count; n++)
        assert_close(priced->line[n].gain_usd / priced->line[n].price_usd, all->line[n].gain_usd / all->line[n].price_usd, 1e-6, 1e-9);
    dollars_seen += all->count > priced->count;
    fab_values_free(all);
}

static void compare_list(struct world *world)
{
    fab_plan *plan = stand(world);
    const struct fab_question question = {plan, FAB_SUBJECT_PLAN, FAB_NONE, FAB_NONE};
    struct fab_explained *explained = ask(world, &question);
    compare_lines(world, plan, explained->priced);
    compare_lines(world, plan, explained->others);
    compare_dollars(world, plan, explained->priced);
    if (explained->step.tested)
        assert_close(sum_of(explained->chain, "usd"), explained->marginal_usd * explained->step.candidate.step, 1e-9, 1e-9 * fmax(1, fabs(plan->certificate.objective)));
    fab_explained_free(explained);
    fab_plan_free(plan);
}

static void figures_equal_those_of_a_solve_from_nothing(void **state)
{
    (void)state;
    for (int seed = 1; seed <= FABS; seed++) {
        struct world world;
        world_of_seed(&world, seed);
        world_plan(&world);
        if (world.plan->outcome == FAB_OPTIMAL && world.plan->certificate.verified) {
            compare_list(&world);
            for (int d = 0; d < world.model->demand_count && d < 4; d++)
            {
                compare_order(&world, d);
                compare_row(&world, d);
            }
        }
        world_finish(&world);
    }
    assert_true(lines_seen > FABS && forced_seen > FABS && rows_seen > FABS && served_seen > 0 && dollars_seen > 0);
    print_message("%d lines, %d orders forced, %d that a limit serves, %d that cannot have more\n", lines_seen, forced_seen, served_seen, never_seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_plan_is_the_same_again),
        cmocka_unit_test(a_unit_of_the_example),
        cmocka_unit_test(a_gain_holds_as_far_as_it_says),
        cmocka_unit_test(figures_equal_those_of_a_solve_from_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
