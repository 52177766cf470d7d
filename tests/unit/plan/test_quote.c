/* Quotes and ranks: every figure is that of the same program built and solved from nothing.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "again.h"
#include "margin.h"
#include "plan_fixture.h"
#include "quote.h"
#include "rank.h"

#include <math.h>

enum { FABS = 16 };

static fab_plan *stand(struct world *world)
{
    fab_plan *plan = NULL;
    world_ok(world, fab_plan_build(world->context, world->model, &plan));
    const struct fab_stored_point point = {world->plan->solution->x, world->plan->solution->row_status, world->plan->solution->column_status};
    world_ok(world, fab_plan_solve_again(world->context, plan, &point, NULL));
    return plan;
}

/* ---- rank ---- */

/* A unit takes 2 starts of an hour and 10 USD each: (100 - 20) / 2 = 40 USD an hour, the value of an hour of the first week. */
static void the_example_ranked_by_hand(void **state)
{
    struct world world;
    struct fab_ranking *ranking = NULL;
    (void)state;
    world_of_data(&world, "mini");
    world_plan(&world);
    fab_plan *plan = stand(&world);
    struct fab_margins *margins = fab_margins_new(plan);
    assert_close(margins->usd[0], 20, 1e-12, 0);
    assert_close(fab_margin_hours(margins, 0, 0), 2, 1e-12, 0);
    assert_close(fab_margin_per_hour(margins, 0, 0), 40, 1e-12, 0);
    world_ok(&world, fab_rank_find(world.context, plan, 5, &ranking));
    assert_int_equal(ranking->count, 1);
    assert_int_equal(ranking->bottleneck[0].periods, 2);
    assert_non_null(ranking->bottleneck[0].line);
    assert_close(ranking->bottleneck[0].line->gain_usd / ranking->bottleneck[0].line->candidate.step, 40, 1e-9, 0);
    fab_ranking_free(ranking);
    fab_margins_free(margins);
    fab_plan_free(plan);
    world_finish(&world);
}

/* ---- quotes ---- */

/* The program of a quote, made from the plan's own: tools as they are, a column for each period of the window, their sum, and what is promised. */
static fab_lp *build(struct world *world, const fab_plan *plan, const struct fab_desk_pair *pair, int first, int last, bool kept)
{
    fab_lp *lp = NULL;
    const fab_terms *terms = plan->terms;
    world_ok(world, fab_lp_copy(world->context, plan->program->lp, &lp));
    for (int j = 0; j < lp->column_count; j++) {
        struct fab_lp_column *column = &lp->column[j];
        if (column->tag.family == FAB_N || column->tag.family == FAB_R)
            column->lower = column->upper = fmax(0, world->plan->solution->x[j]);
    }
    for (int d = 0; kept && d < plan->model->demand_count; d++) {
        double sum = 0;
        for (int t = 0; t < terms->period_count; t++) {
            int column = fab_program_at(plan->program, FAB_Y, d, t);
            sum += column == FAB_NONE ? 0 : fmax(0, world->plan->solution->x[column]);
            int row = fab_lp_add_row(lp, "promised", (1 - 1e-9) * sum, (double)INFINITY);
            for (int u = 0; u <= t; u++)
                if (fab_program_at(plan->program, FAB_Y, d, u) != FAB_NONE)
                    assert_true(fab_lp_add(lp, row, fab_program_at(plan->program, FAB_Y, d, u), 1));
        }
    }
    int whole = fab_lp_add_row(lp, "new", 0, 1e9);
    for (int t = first; t <= last; t++) {
        int column = fab_lp_add_column(lp, "new", 0, 1e9, 0);
        assert_true(fab_lp_add(lp, whole, column, 1) && fab_lp_add(lp, fab_program_at(plan->program, FAB_BAL, pair->item, t), column, -1));
        for (int r = 0; r < plan->model->shipment_limit_count; r++)
            if (plan->model->shipment_limit[r].customer == pair->customer && plan->model->shipment_limit[r].item == pair->item &&
                fab_program_at(plan->program, FAB_SHP, r, t) != FAB_NONE)
                assert_true(fab_lp_add(lp, fab_program_at(plan->program, FAB_SHP, r, t), column, 1));
    }
    world_ok(world, fab_lp_seal(world->context, lp));
    return lp;
}

/* NAN: infeasible. With `most` the most units, else the money with all of `quantity`. */
static double solve_cold(struct world *world, const fab_plan *plan, const struct fab_quote_asked *asked, const struct fab_desk_pair *pair, int last, bool kept, bool most)
{
    fab_lp *lp = build(world, plan, pair, asked->period, last, kept);
    fab_lp_solution *solution = NULL;
    double value = (double)NAN;
    int columns = plan->program->lp->column_count;
    for (int i = 0; i < lp->row_count; i++)
        if (strcmp(lp->row[i].name, "new") == 0) {
            lp->row[i].lower = most ? 0 : asked->quantity;
            lp->row[i].upper = asked->quantity;
        }
    for (int j = 0; most && j < lp->column_count; j++)
        lp->column[j].objective = j >= columns ? 1 : 0;
    if (most)
        lp->objective_constant = 0;
    world_ok(world, fab_lp_solve(world->context, lp, NULL, &solution));
    if (solution->outcome == FAB_OPTIMAL) {
        value = lp->objective_constant;
        for (int j = 0; j < lp->column_count; j++)
            value += lp->column[j].objective * solution->x[j];
    }
    fab_lp_solution_free(solution);
    fab_lp_free(lp);
    return value;
}

static int quotes_seen, free_seen, late_seen, hard_seen, never_seen;

static void compare_offer(const struct fab_offer *offer, double cold, double base)
{
    if (!offer->possible) {
        assert_true(isnan(cold));
        return;
    }
    assert_true(offer->answer.proof.verified);
    assert_close(offer->answer.proof.objective, cold, 1e-9, 1e-9 * fmax(1, fabs(base)));
    assert_close(offer->loss_usd, base - cold, 1e-6, 1e-9 * fmax(1, fabs(base)));
}

static void compare_quote(struct world *world, const fab_plan *plan, struct fab_desk *const desk[2], const struct fab_quote_asked *asked)
{
    struct fab_quote quote;
    const struct fab_desk_pair *pair = &desk[0]->pair[asked->pair];
    world_ok(world, fab_quote_make(world->context, desk, asked, &quote));
    int earliest = FAB_NONE;
    for (int t = asked->period; earliest == FAB_NONE && t < plan->terms->horizon_periods; t++)
        if (solve_cold(world, plan, asked, pair, t, true, true) >= asked->quantity * (1 - 1e-8))
            earliest = t;
    assert_int_equal(quote.earliest, earliest);
    if (earliest != FAB_NONE)
        compare_offer(&quote.free, solve_cold(world, plan, asked, pair, earliest, true, false), desk[0]->base.proof.objective);
    compare_offer(&quote.hard, solve_cold(world, plan, asked, pair, asked->period, false, false), desk[1]->base.proof.objective);
    quotes_seen++;
    free_seen += earliest != FAB_NONE;
    late_seen += earliest > asked->period;
    hard_seen += quote.hard.possible;
    never_seen += !quote.hard.possible;
    fab_quote_fini(&quote);
}

static void compare_quotes(struct world *world, bool settled)
{
    fab_plan *plan = stand(world);
    struct fab_desk *desk[2] = {NULL, NULL};
    const struct fab_demand *demand = &world->model->demand[0];
    const struct fab_desk_pair pair = {demand->customer, demand->item};
    const struct fab_desk_asked asked = {plan, world->plan->solution->x, &pair, 1, NULL, settled};
    world_ok(world, fab_desk_open(world->context, &asked, true, &desk[0]));
    world_ok(world, fab_desk_open(world->context, &asked, false, &desk[1]));
    assert_close(desk[1]->base.proof.objective, plan->certificate.objective, 1e-9, 1e-9);
    for (int t = 0; t < plan->terms->horizon_periods; t += 2)
        compare_quote(world, plan, desk, &(struct fab_quote_asked){0, (0.05 + 0.3 * t) * demand->quantity, t});
    fab_desk_close(desk[0]);
    fab_desk_close(desk[1]);
    fab_plan_free(plan);
}

static void quotes_equal_those_of_a_solve_from_nothing(void **state)
{
    (void)state;
    for (int seed = 1; seed <= FABS; seed++) {
        struct world world;
        world_of_seed(&world, seed);
        world_plan(&world);
        if (world.plan->outcome == FAB_OPTIMAL && world.plan->certificate.verified && world.model->demand_count > 0)
            compare_quotes(&world, seed % 2 == 1);
        world_finish(&world);
    }
    print_message("%d quotes: %d without breaking a promise, %d of them late; displacing %d, never %d\n", quotes_seen, free_seen, late_seen, hard_seen, never_seen);
    assert_true(free_seen > 0 && late_seen > 0 && hard_seen > 0 && never_seen > 0);
}

/* 20 more in the first week displace 20 at 100: the break-even price is 100; nothing is left that would break no promise. */
static void the_example_quoted_by_hand(void **state)
{
    struct world world;
    (void)state;
    world_of_data(&world, "mini");
    world_plan(&world);
    fab_plan *plan = stand(&world);
    struct fab_desk *desk[2] = {NULL, NULL};
    const struct fab_desk_pair pair = {0, 0};
    const struct fab_desk_asked asked = {plan, world.plan->solution->x, &pair, 1, NULL, false};
    struct fab_quote quote;
    world_ok(&world, fab_desk_open(world.context, &asked, true, &desk[0]));
    world_ok(&world, fab_desk_open(world.context, &asked, false, &desk[1]));
    world_ok(&world, fab_quote_make(world.context, desk, &(struct fab_quote_asked){0, 20, 0}, &quote));
    assert_int_equal(quote.earliest, FAB_NONE);
    assert_true(quote.hard.possible);
    assert_close(quote.hard.loss_usd, 2000, 1e-9, 0);
    assert_close(quote.hard.break_even_usd, 100, 1e-9, 0);
    fab_quote_fini(&quote);
    fab_desk_close(desk[0]);
    fab_desk_close(desk[1]);
    fab_plan_free(plan);
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_ranked_by_hand),
        cmocka_unit_test(the_example_quoted_by_hand),
        cmocka_unit_test(quotes_equal_those_of_a_solve_from_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
