/* Keeping to an old plan: what is frozen stays, what must change costs ten times its price, later changes what they are said to. By hand.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"
#include "workshop.h"

#include <math.h>

/* Two weeks. 100 units are due in the second, at 10 USD; a start costs 1 USD there and 2 USD in the first: without an old plan all are started in the second, for 900 USD. */
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
                                "@item\n"
                                "item,kind,name\n"
                                "CHIP,chip,Chip\n"
                                "@source\n"
                                "source,item,line,route,units_per_start,consumes_bom,lead_time_days\n"
                                "MAKE,CHIP,FAB,,1,,0\n"
                                "@source_cost\n"
                                "source,from_date,usd_per_start\n"
                                "MAKE,2027-01-04,2\n"
                                "MAKE,2027-01-11,1\n"
                                "@customer\n"
                                "customer,name\n"
                                "A,A\n"
                                "@demand\n"
                                "demand,customer,item,due_date,quantity,price_usd\n"
                                "D1,A,CHIP,2027-01-12,100,10\n";

static void plan_from(struct world *world, const char *more, double first, double freeze, double stability)
{
    static struct fab_old_value value;
    static struct fab_old_plan old;
    value = (struct fab_old_value){"x[MAKE,W1]", first};
    old = (struct fab_old_plan){&value, 1, freeze, stability};
    world_of_text(world, two_weeks, more);
    world->model->old = &old;
    world_plan(world);
    assert_int_equal(world->plan->outcome, FAB_OPTIMAL);
    assert_true(world->plan->certificate.verified && world->plan->complete);
}

static void expect(const struct world *world, double first, double second, double objective, double change)
{
    const double *x = world->plan->solution->x;
    assert_close(x[find_column(world, "x[MAKE,W1]")], first, 1e-9, 1e-9);
    assert_close(x[find_column(world, "x[MAKE,W2]")], second, 1e-9, 1e-9);
    assert_close(world->plan->certificate.objective, objective, 1e-9, 0);
    assert_close(world->plan->totals[FAB_MONEY_CHANGE], change, 1e-9, 1e-9);
}

static void what_is_frozen_stays(void **state)
{
    struct world world;
    (void)state;
    plan_from(&world, NULL, 60, 7, 0);
    expect(&world, 60, 40, 1000 - 60 * 2 - 40, 0);
    assert_int_equal(world.program->held_count, 1); /* the second week is free */
    world_finish(&world);
    /* too many: they are started all the same, and 50 of them are thrown away */
    plan_from(&world, NULL, 150, 7, 0);
    expect(&world, 150, 0, 1000 - 150 * 2, 0);
    world_finish(&world);
    /* a day is enough: the period starts before it; none is not */
    plan_from(&world, NULL, 60, 1, 0);
    expect(&world, 60, 40, 1000 - 60 * 2 - 40, 0);
    world_finish(&world);
}

/* 150 were to be started, 50 can be: 100 less, at ten times 2 USD. */
static void what_must_change_costs_ten_times_its_price(void **state)
{
    struct world world;
    (void)state;
    plan_from(&world, "@source_limit\nsource,from_date,to_date,max_starts_per_week\nMAKE,2027-01-04,2027-01-11,50\n", 150, 7, 0);
    expect(&world, 50, 50, 1000 - 50 * 2 - 50 - 2000, -2000);
    assert_close(world.plan->solution->x[find_column(&world, "less[x,MAKE,W1]")], 100, 1e-9, 0);
    assert_true(world.program->held[0].frozen);
    assert_close(world.program->held[0].usd, 20, 1e-12, 0);
    assert_close(world.plan->profit_usd, 850, 1e-9, 0); /* a penalty is no cost */
    world_finish(&world);
}

/* At a fifth of their cost all 60 move to the second week, for 0.4 less and 0.2 more each: 1 USD is gained. At their whole cost none does, and the 40 that the old plan had not cost 1 each. */
static void later_changes_cost_what_is_said(void **state)
{
    struct world world;
    (void)state;
    plan_from(&world, NULL, 60, 0, 0.2);
    expect(&world, 0, 100, 900 - 60 * 0.4 - 100 * 0.2, -44);
    assert_int_equal(world.program->held_count, 2);
    world_finish(&world);
    plan_from(&world, NULL, 60, 0, 1);
    expect(&world, 60, 40, 1000 - 60 * 2 - 40 - 40, -40);
    world_finish(&world);
    /* frozen first, changes later: both */
    plan_from(&world, NULL, 60, 7, 1);
    expect(&world, 60, 40, 1000 - 60 * 2 - 40 - 40, -40);
    world_finish(&world);
}

/* A plan of `first` is held to by the plan of `again`, of the same data: it comes back, at the same objective. Which families were held is seen. */
static void replan(struct world *first, struct world *again, bool seen[FAB_FAMILIES])
{
    struct fab_old_plan old = {.freeze_days = 7, .stability = 0.5};
    const fab_lp *lp = first->program->lp;
    const double *x = first->plan->solution->x;
    old.value = calloc((size_t)lp->column_count + 1, sizeof *old.value);
    for (int j = 0; j < lp->column_count; j++)
        if (x[j] != 0)
            old.value[old.count++] = (struct fab_old_value){lp->column[j].name, x[j]};
    again->model->old = &old;
    world_plan(again);
    assert_int_equal(again->plan->outcome, FAB_OPTIMAL);
    assert_close(again->plan->certificate.objective, first->plan->certificate.objective, 1e-9, 1e-6);
    for (int k = 0; k < again->program->held_count; k++) {
        const struct fab_held *held = &again->program->held[k];
        seen[again->program->lp->column[held->column].tag.family] = true;
        assert_close(again->plan->solution->x[held->column], held->before, 1e-6, 1e-6);
        assert_true(x[find_column(first, again->program->lp->column[held->column].name)] == held->before);
    }
    free(old.value);
}

static void the_same_data_give_the_plan_back(void **state)
{
    static const char lots[] = "@lot\nlot,source,start_time,wafers,progress,status\nL1,WAFERS,2027-01-01T00:00:00,5,0.5,active\n";
    struct world first, again;
    bool seen[FAB_FAMILIES] = {false};
    (void)state;
    world_of_text(&first, workshop, lots);
    world_plan(&first);
    world_of_text(&again, workshop, lots);
    replan(&first, &again, seen);
    assert_true(seen[FAB_X] && seen[FAB_N] && seen[FAB_R] && seen[FAB_GO]);
    world_finish(&first);
    world_finish(&again);
}

static void drawn_fabs_give_their_plans_back(void **state)
{
    int count = 0;
    (void)state;
    for (int seed = 1; seed <= 8; seed++) {
        struct world first, again;
        bool seen[FAB_FAMILIES] = {false};
        world_of_seed(&first, seed);
        world_of_seed(&again, seed);
        world_plan(&first);
        if (first.plan->outcome == FAB_OPTIMAL) {
            replan(&first, &again, seen);
            count++;
        }
        world_finish(&first);
        world_finish(&again);
    }
    assert_true(count >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_frozen_stays), cmocka_unit_test(what_must_change_costs_ten_times_its_price), cmocka_unit_test(later_changes_cost_what_is_said),
        cmocka_unit_test(the_same_data_give_the_plan_back), cmocka_unit_test(drawn_fabs_give_their_plans_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
