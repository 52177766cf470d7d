/* The calm stage: what it gives up, how much less the starts move, and what of the plan stays the money stage's. By hand.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "calm_curve.h"
#include "clock.h"
#include "plan_fixture.h"
#include "policies.h"
#include "weigh.h"

#include <math.h>

/* Two weeks. 100 units are due in the second, at 10 USD; a start costs 1 USD there and 2 USD in the first: all are started in the second, for 900 USD, and each start
 * that moves to the first costs 1 USD. A line that is not the fab's own has the same choice. */
static const char two_weeks[] = "@calendar\n"
                                "period,start_date,end_date\n"
                                "W1,2027-01-04,2027-01-11\n"
                                "W2,2027-01-11,2027-01-18\n"
                                "@setting\n"
                                "key,value\n"
                                "discount_rate,0\n"
                                "@site\n"
                                "site,name\n"
                                "HOME,Home\n"
                                "@line\n"
                                "line,site,kind,name\n"
                                "FAB,HOME,logic,Own\n"
                                "OUT,HOME,external,Suppliers\n"
                                "@item\n"
                                "item,kind,name\n"
                                "CHIP,chip,Chip\n"
                                "PART,chip,Bought\n"
                                "@source\n"
                                "source,item,line,route,units_per_start,consumes_bom,lead_time_days\n"
                                "MAKE,CHIP,FAB,,1,,0\n"
                                "BUY,PART,OUT,,1,,0\n"
                                "@source_cost\n"
                                "source,from_date,usd_per_start\n"
                                "MAKE,2027-01-04,2\n"
                                "MAKE,2027-01-11,1\n"
                                "BUY,2027-01-04,2\n"
                                "BUY,2027-01-11,1\n"
                                "@customer\n"
                                "customer,name\n"
                                "A,A\n"
                                "@demand\n"
                                "demand,customer,item,due_date,quantity,price_usd\n"
                                "D1,A,CHIP,2027-01-12,100,10\n"
                                "D2,A,PART,2027-01-12,10,10\n";
enum { OPTIMUM = 900 + 90 };

static void plan_calm(struct world *world, const char *more, double share)
{
    world_of_text(world, two_weeks, more);
    world_ok(world, fab_plan_optimise(world->context, world->model, &(fab_plan_options){.asked = {.calm = share}}, &world->plan));
    world->program = world->plan->program;
    assert_int_equal(world->plan->outcome, FAB_OPTIMAL);
    assert_true(world->plan->certificate.verified && world->plan->complete);
    assert_close(world->plan->certificate.objective, OPTIMUM, 1e-12, 0);
    assert_close(world->plan->certificate.bound, OPTIMUM, 1e-9, 0);
}

static double starts(const struct world *world, const char *column)
{
    return world->plan->solution->x[find_column(world, column)];
}

static const struct fab_stage_result *stage_of(const struct world *world, const char *name)
{
    for (int n = 0; n < world->plan->stages.result_count; n++)
        if (strcmp(world->plan->stages.result[n].name, name) == 0)
            return &world->plan->stages.result[n];
    return NULL;
}

/* Money is all that counts: nothing starts in the first week, and there is no stage of calm. */
static void without_it_the_starts_jump(void **state)
{
    struct world world;
    (void)state;
    plan_calm(&world, NULL, 0);
    assert_close(starts(&world, "x[MAKE,W1]"), 0, 0, 1e-9);
    assert_close(starts(&world, "x[MAKE,W2]"), 100, 1e-12, 0);
    assert_null(stage_of(&world, "calm"));
    assert_true(world.plan->calm_usd == 0);
    world_finish(&world);
}

/* 29.7 USD move 29.7 starts: 70.3 - 29.7 are left to move. What is bought stays as it is. */
static void it_gives_up_no_more_than_its_share(void **state)
{
    struct world world;
    (void)state;
    plan_calm(&world, NULL, 0.03);
    assert_close(starts(&world, "x[MAKE,W1]"), 29.7, 1e-9, 0);
    assert_close(starts(&world, "x[MAKE,W2]"), 70.3, 1e-9, 0);
    assert_close(starts(&world, "x[BUY,W1]"), 0, 0, 1e-9);
    assert_close(world.plan->calm_usd, 29.7, 1e-9, 0);
    const struct fab_stage_result *calm = stage_of(&world, "calm");
    assert_true(calm && calm->done);
    assert_close(calm->value, 40.6, 1e-9, 0);
    assert_close(calm->bound, 40.6, 1e-9, 0);
    assert_close(calm->within, 0.03, 0, 0);
    assert_string_equal(calm->unit, "starts a week");
    world_finish(&world);
}

/* The point is one of the program, and worth the objective less what calm gave up; its kinds of money say the same. */
static void the_point_is_feasible_and_worth_what_is_said(void **state)
{
    struct world world;
    fab_lp_certificate certificate;
    (void)state;
    plan_calm(&world, NULL, 0.03);
    double sum = world.plan->calm_usd;
    world_ok(&world, fab_lp_check(world.context, world.program->lp, world.plan->solution->x, world.plan->solution->multiplier, &certificate));
    assert_true(fab_lp_is_feasible(&certificate) && !certificate.verified);
    assert_close(certificate.objective, OPTIMUM - 29.7, 1e-9, 0);
    assert_close(certificate.bound, OPTIMUM, 1e-12, 0); /* of the multipliers of the money stage */
    for (int k = 0; k < FAB_MONEY_COUNT; k++)
        sum += world.plan->totals[k];
    assert_close(sum, OPTIMUM, 1e-12, 0);
    world_finish(&world);
}

/* 50 starts a week need 50 USD of the 99; the ties make no more than that. */
static void enough_for_it_makes_the_starts_even(void **state)
{
    struct world world;
    (void)state;
    plan_calm(&world, NULL, 0.1);
    assert_close(starts(&world, "x[MAKE,W1]"), 50, 1e-9, 0);
    assert_close(starts(&world, "x[MAKE,W2]"), 50, 1e-9, 0);
    assert_close(world.plan->calm_usd, 50, 1e-9, 0);
    assert_close(stage_of(&world, "calm")->value, 0, 0, 1e-9);
    assert_true(stage_of(&world, "ties")->done);
    world_finish(&world);
}

/* Where all is sold at one cost, calm costs nothing, whatever it may. */
static void what_is_free_is_not_paid_for(void **state)
{
    struct world world;
    (void)state;
    plan_calm(&world, "@source_cost\nsource,from_date,usd_per_start\nMAKE,2027-01-04,1\nBUY,2027-01-04,1\n", 1e-6);
    assert_close(starts(&world, "x[MAKE,W1]"), 50, 1e-9, 0);
    assert_close(world.plan->calm_usd, 0, 0, 1e-3);
    world_finish(&world);
}

/* It stands behind the money stage of every policy. */
static void other_policies_are_calm_too(void **state)
{
    static const char *const policies[] = {"priority", "fair", "entitlement"};
    (void)state;
    for (int p = 0; p < 3; p++) {
        struct world world;
        world_of_text(&world, two_weeks, NULL);
        world_ok(&world, fab_plan_optimise(world.context, world.model, &(fab_plan_options){.policy = policies[p], .asked = {.calm = 0.1}}, &world.plan));
        world.program = world.plan->program;
        assert_close(world.plan->calm_usd, 50, 1e-6, 0);
        assert_close(starts(&world, "x[MAKE,W1]"), 50, 1e-9, 0);
        world_finish(&world);
    }
}

static fab_solver_options told;

static fab_status run_late(struct fab_run *run)
{
    told.deadline = fab_clock() - 1;
    return fab_run_calm(run);
}

/* A deadline that comes in the calm stage leaves the money stage's own point, and says that calm is missing. */
static void a_deadline_leaves_the_point_of_the_money(void **state)
{
    static const struct fab_stage money = {.name = "money", .weigh = fab_weigh_money, .keep = FAB_KEEP_FACE, .money = true}, late = {.name = "late", .run = run_late};
    const struct fab_stage_list list = {{&money, &late}, 2};
    struct fab_stages_answer answer;
    struct world world;
    fab_solver *solver = NULL;
    (void)state;
    told = (fab_solver_options){0};
    world_of_text(&world, two_weeks, NULL);
    world_build(&world);
    world_ok(&world, fab_solver_open(world.context, world.program->lp, &solver));
    world_ok(&world, fab_stages_run(world.context, world.program, &list, &(struct fab_stages_asked){.calm = 0.1}, solver, &told, &answer));
    assert_int_equal(answer.outcome, FAB_OPTIMAL);
    assert_true(!answer.complete && !answer.result[1].done && answer.result[1].limit);
    assert_string_equal(answer.result[1].name, "calm");
    assert_close(answer.solution->x[find_column(&world, "x[MAKE,W2]")], 100, 1e-12, 0);
    fab_lp_solution_free(answer.solution);
    fab_solver_close(solver);
    world_finish(&world);
}

/* A start that moves to the first week costs 1 USD and takes 2 starts a week off the rise: 100 less twice what may be given up. */
static void the_curve_gives_up_share_by_share(void **state)
{
    struct fab_calm_point points[FAB_CALM_POINTS];
    struct world world;
    int count = 0;
    (void)state;
    plan_calm(&world, NULL, 0);
    double before = world.plan->solution->x[find_column(&world, "x[MAKE,W2]")];
    world_ok(&world, fab_calm_curve(world.context, world.plan, &(fab_solver_options){0}, points, &count));
    assert_int_equal(count, FAB_CALM_POINTS);
    for (int p = 0; p < count; p++) {
        double given = fab_calm_shares[p] * OPTIMUM;
        assert_true(points[p].verified);
        assert_true(points[p].share == fab_calm_shares[p] && (p == 0 || points[p].share > points[p - 1].share));
        assert_close(points[p].objective, OPTIMUM - given, 1e-9, 0);
        assert_close(points[p].movement, 100 - 2 * given, 1e-9, 0);
        assert_close(points[p].bound, points[p].movement, 1e-9, 0);
        assert_close(points[p].restlessness, points[p].movement / 100, 1e-9, 0);
    }
    assert_true(world.plan->solution->x[find_column(&world, "x[MAKE,W2]")] == before);
    assert_int_equal(world.program->lp->column_count, fab_solver_program(world.plan->solver)->column_count);
    /* no time: no point */
    world_ok(&world, fab_calm_curve(world.context, world.plan, &(fab_solver_options){.deadline = 1e-9}, points, &count));
    assert_int_equal(count, 0);
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_it_the_starts_jump), cmocka_unit_test(it_gives_up_no_more_than_its_share),
        cmocka_unit_test(the_point_is_feasible_and_worth_what_is_said), cmocka_unit_test(enough_for_it_makes_the_starts_even),
        cmocka_unit_test(what_is_free_is_not_paid_for), cmocka_unit_test(other_policies_are_calm_too),
        cmocka_unit_test(the_curve_gives_up_share_by_share),
        cmocka_unit_test(a_deadline_leaves_the_point_of_the_money),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
