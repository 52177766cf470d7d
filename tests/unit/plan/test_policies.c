/* Policies: who gets what, against results by hand and by enumeration; what a policy costs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"
#include "policy_cost.h"
#include "served.h"

#include <math.h>

/* One week, 400 units from one source at 1 USD, three customers who want 200, 200 and 100 at 10 USD. */
static const char shop[] = "@calendar\n"
                           "period,start_date,end_date\n"
                           "W1,2027-01-04,2027-01-11\n"
                           "@setting\n"
                           "key,value\n"
                           "discount_rate,0\n"
                           "@site\n"
                           "site,name\n"
                           "HOME,Home\n"
                           "@line\n"
                           "line,site,kind,name\n"
                           "OUT,HOME,external,Suppliers\n"
                           "@item\n"
                           "item,kind,name\n"
                           "CHIP,chip,Chip\n"
                           "@source\n"
                           "source,item,line,route,units_per_start,consumes_bom,lead_time_days\n"
                           "BUY,CHIP,OUT,,1,,0\n"
                           "@source_cost\n"
                           "source,from_date,usd_per_start\n"
                           "BUY,2027-01-04,1\n"
                           "@source_limit\n"
                           "source,from_date,to_date,max_starts_per_week\n"
                           "BUY,2027-01-04,2027-02-01,400\n"
                           "@customer\n"
                           "customer,name,priority\n"
                           "A,A,1\n"
                           "B,B,2\n"
                           "C,C,3\n"
                           "@demand\n"
                           "demand,customer,item,due_date,quantity,price_usd\n"
                           "DA,A,CHIP,2027-01-05,200,10\n"
                           "DB,B,CHIP,2027-01-05,200,10\n"
                           "DC,C,CHIP,2027-01-05,100,10\n";

static void plan_by(struct world *world, const char *more, const fab_plan_options *options)
{
    world_of_text(world, shop, more);
    world_ok(world, fab_plan_optimise(world->context, world->model, options, &world->plan));
    world->program = world->plan->program;
    assert_int_equal(world->plan->outcome, FAB_OPTIMAL);
    assert_true(world->plan->certificate.verified && world->plan->complete);
}

static double share_of(const struct world *world, const char *customer)
{
    for (int c = 0; c < world->model->customer_count; c++)
        if (strcmp(world->model->customer[c].customer, customer) == 0)
            return fab_served_at(world->program, c, world->plan->solution->x) / fab_served_whole(world->program, c);
    fail();
    return 0;
}

static void expect_shares(const char *more, const fab_plan_options *options, double a, double b, double c)
{
    struct world world;
    plan_by(&world, more, options);
    assert_close(share_of(&world, "A"), a, 1e-9, 1e-9);
    assert_close(share_of(&world, "B"), b, 1e-9, 1e-9);
    assert_close(share_of(&world, "C"), c, 1e-9, 1e-9);
    world_finish(&world);
}

static const char dear_c[] = "@demand\n"
                             "demand,customer,item,due_date,quantity,price_usd\n"
                             "DA,A,CHIP,2027-01-05,200,10\n"
                             "DB,B,CHIP,2027-01-05,200,10\n"
                             "DC,C,CHIP,2027-01-05,100,20\n";

static void ranks_are_served_in_order(void **state)
{
    (void)state;
    expect_shares(NULL, &(fab_plan_options){.policy = "priority"}, 1, 1, 0);
    expect_shares(dear_c, &(fab_plan_options){.policy = "priority"}, 1, 1, 0);
    /* C first, A and B are one rank: the profit does not mind which of them */
    struct world world;
    plan_by(&world, "@customer\ncustomer,name,priority\nA,A,2\nB,B,2\nC,C,1\n", &(fab_plan_options){.policy = "priority"});
    assert_close(share_of(&world, "C"), 1, 1e-9, 0);
    assert_close(share_of(&world, "A") + share_of(&world, "B"), 1.5, 1e-9, 0);
    world_finish(&world);
}

static void shares_are_as_equal_as_can_be(void **state)
{
    (void)state;
    expect_shares(NULL, &(fab_plan_options){.policy = "fair"}, 0.8, 0.8, 0.8);
    expect_shares(dear_c, &(fab_plan_options){.policy = "fair"}, 0.8, 0.8, 0.8);
    /* A counts double: served in full at half the level, and B and C share the rest: 200 of 300 */
    expect_shares("@customer\ncustomer,name,weight\nA,A,2\nB,B,1\nC,C,1\n", &(fab_plan_options){.policy = "fair"}, 1, 2.0 / 3, 2.0 / 3);
    /* C's weight is 0: left to the profit, which A and B leave nothing */
    expect_shares("@customer\ncustomer,name,weight\nA,A,1\nB,B,1\nC,C,0\n", &(fab_plan_options){.policy = "fair"}, 1, 1, 0);
}

/* A thousandth of what is kept may be given to who pays more. */
static void a_value_is_kept_to_within(void **state)
{
    (void)state;
    expect_shares(dear_c, &(fab_plan_options){.policy = "priority", .asked = {.within = 0.1}}, 0.9, 0.9, 0.4);
    struct world world;
    plan_by(&world, dear_c, &(fab_plan_options){.policy = "fair", .asked = {.within = 0.1}});
    assert_close(share_of(&world, "C"), 1, 1e-9, 0);
    assert_true(share_of(&world, "A") >= 0.72 - 1e-9 && share_of(&world, "B") >= 0.72 - 1e-9);
    world_finish(&world);
}

/* Profit: 19 a unit of C, 9 of the others: 300 of A and B, 100 of C: 4,600. Priority: 3,600. */
static void a_policy_has_its_price(void **state)
{
    struct world world;
    (void)state;
    plan_by(&world, dear_c, &(fab_plan_options){.policy = "priority"});
    assert_close(world.plan->stages.profit.objective, 4600, 1e-12, 0);
    assert_close(fab_policy_price(world.plan), 1000, 1e-9, 0);
    world_ok(&world, fab_policy_losses(world.context, world.plan, &(fab_solver_options){0}));
    assert_int_equal(world.program->kept_count, 2); /* A, B; C is protected from nobody */
    for (int k = 0; k < 2; k++) {
        /* without the row of one of them its 100 units go to C */
        assert_close(world.plan->loss_usd[k], 1000, 1e-9, 0);
        assert_close(fab_policy_last_usd(world.plan, &world.program->kept[k]), 1, 1e-9, 0);
    }
    world_finish(&world);
    plan_by(&world, dear_c, NULL);
    assert_true(fab_policy_price(world.plan) == 0);
    world_ok(&world, fab_policy_losses(world.context, world.plan, &(fab_solver_options){0}));
    assert_null(world.plan->loss_usd);
    world_finish(&world);
}

/* ---- fills and lists of stages ---- */

/* Profit serves C whole, and 300 of A and B; B is to have 190, which costs nothing; A 160 too, which takes 50 of C at 10 USD more a unit. */
static void a_fill_is_kept_whatever_the_policy(void **state)
{
    const struct fab_fill one[] = {{1, 0.95}}, two[] = {{1, 0.95}, {0, 0.8}};
    struct world world;
    (void)state;
    plan_by(&world, dear_c, &(fab_plan_options){.asked = {.fill = one, .fill_count = 1}});
    assert_true(share_of(&world, "B") >= 0.95 - 1e-9);
    assert_close(share_of(&world, "C"), 1, 1e-9, 0);
    assert_close(world.plan->certificate.objective, 4600, 1e-12, 0);
    world_finish(&world);
    plan_by(&world, dear_c, &(fab_plan_options){.asked = {.fill = two, .fill_count = 2}});
    assert_close(share_of(&world, "C"), 0.5, 1e-9, 0);
    assert_close(world.plan->certificate.objective, 4100, 1e-12, 0);
    assert_close(fab_policy_last_usd(world.plan, &world.program->kept[0]), 1, 1e-9, 0);
    assert_true(fab_policy_price(world.plan) == 0); /* policy profit has the same rows */
    world_finish(&world);
    /* C first: it cannot have more than the fills leave */
    plan_by(&world, "@customer\ncustomer,name,priority\nA,A,2\nB,B,2\nC,C,1\n", &(fab_plan_options){.policy = "priority", .asked = {.fill = two, .fill_count = 2}});
    assert_close(share_of(&world, "C"), 0.5, 1e-9, 0);
    world_finish(&world);
}

/* 380 of 400 and half of C are 10 too many: the fills and the contract are the conflict. */
static void fills_that_cannot_be_met(void **state)
{
    const struct fab_fill fills[] = {{0, 0.9}, {1, 0.9}, {2, 0.5}};
    struct world world;
    (void)state;
    world_of_text(&world, shop, NULL);
    world_ok(&world, fab_plan_optimise(world.context, world.model, &(fab_plan_options){.asked = {.fill = fills, .fill_count = 3}}, &world.plan));
    assert_int_equal(world.plan->outcome, FAB_INFEASIBLE);
    assert_int_equal(fab_table_rows(world.plan->conflict_set), 4);
    for (int r = 0; r < 3; r++) {
        assert_string_equal(cell_text(world.plan->conflict_set, r, "equation"), "POL");
        assert_string_equal(cell_text(world.plan->conflict_set, r, "unit"), "USD");
        assert_close(cell_number(world.plan->conflict_set, r, "alone"), 100, 1e-9, 0); /* 10 units at 10 USD */
    }
    assert_string_equal(cell_text(world.plan->conflict_set, 3, "name"), "x[BUY,W1]");
    assert_close(cell_number(world.plan->conflict_set, 3, "alone"), 10, 1e-9, 0);
    world.program = world.plan->program;
    world_finish(&world);
}

/* C and A first, kept to a tenth: 300 of 400 at least 270; then as little of B as can be; then the profit. */
static void stages_of_a_list_are_kept_in_order(void **state)
{
    int both[] = {0, 2}, second[] = {1};
    const struct fab_stage_asked list[] = {
        {.name = "first", .objective = "A and C", .kept = {.kind = FAB_KEPT_SERVED, .customer = both, .customer_count = 2}, .within = 0.1},
        {.name = "then", .objective = "little of B", .kept = {.kind = FAB_KEPT_SERVED, .customer = second, .customer_count = 1, .reversed = true}, .least = true}};
    struct world world;
    (void)state;
    plan_by(&world, NULL, &(fab_plan_options){.policy = "stages", .asked = {.stage = list, .stage_count = 2}});
    assert_close(world.plan->stages.result[0].value, 3000, 1e-9, 0);
    assert_true(fabs(world.plan->stages.result[1].value) < 1e-9);
    assert_close(share_of(&world, "B"), 0, 0, 1e-9);
    assert_close(world.plan->certificate.objective, 2700, 1e-9, 0); /* 300 units at 9 */
    assert_close(fab_policy_price(world.plan), 900, 1e-9, 0);
    world_finish(&world);
}

/* At most a tenth of the profit: 460 USD are 46 units from C to the others. */
static void a_policy_costs_no_more_than_is_given(void **state)
{
    struct world world;
    (void)state;
    plan_by(&world, dear_c, &(fab_plan_options){.policy = "priority", .asked = {.limited = true, .give = 0.1}});
    assert_close(fab_policy_price(world.plan), 460, 1e-9, 0);
    assert_close(share_of(&world, "C"), 0.54, 1e-9, 0);
    assert_close(share_of(&world, "A"), 1, 1e-9, 0);
    world_finish(&world);
    plan_by(&world, dear_c, &(fab_plan_options){.policy = "fair", .asked = {.limited = true, .give = 0}});
    assert_close(fab_policy_price(world.plan), 0, 0, 1e-6);
    assert_close(share_of(&world, "A"), 0.75, 1e-9, 0);
    assert_close(share_of(&world, "B"), 0.75, 1e-9, 0);
    world_finish(&world);
}

/* Half, three and two tenths of 400: 200, 120, 80; C pays more and may not have it. */
static void nobody_is_below_its_part(void **state)
{
    static const char parts[] = "@customer\ncustomer,name,entitlement\nA,A,0.5\nB,B,0.3\nC,C,0.2\n";
    char both[1024];
    struct world world;
    (void)state;
    snprintf(both, sizeof both, "%s%s", dear_c, parts);
    expect_shares(both, &(fab_plan_options){.policy = "entitlement"}, 1, 0.6, 0.8);
    /* the profit plan gives C all it wants, and the others 300: enough for A alone at a half, so that nothing is left to be found */
    plan_by(&world, "@customer\ncustomer,name,entitlement\nA,A,0.2\nB,B,0.1\nC,C,0.2\n", &(fab_plan_options){.policy = "entitlement"});
    assert_true(share_of(&world, "A") >= 0.4 - 1e-9 && share_of(&world, "B") >= 0.2 - 1e-9 && share_of(&world, "C") >= 0.8 - 1e-9);
    assert_close(fab_policy_price(world.plan), 0, 0, 0);
    world_finish(&world);
    /* a promise to C of all its 100 leaves 300 for parts of 200, 120 and 80: C has more than its part, A and B 300 / 320 of theirs */
    snprintf(both, sizeof both, "%s@customer\ncustomer,name,entitlement,min_fill\nA,A,0.5,\nB,B,0.3,\nC,C,0.2,1\n", dear_c);
    expect_shares(both, &(fab_plan_options){.policy = "entitlement"}, 300.0 / 320, 0.6 * 300 / 320, 1);
}

static void shares_above_one_are_refused(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, shop, "@customer\ncustomer,name,entitlement\nA,A,0.5\nB,B,0.3\nC,C,0.3\n");
    assert_int_equal(fab_plan_optimise(world.context, world.model, &(fab_plan_options){.policy = "entitlement"}, &world.plan), FAB_INPUT);
    assert_non_null(strstr(fab_context_message(world.context), "1.1"));
    world_finish(&world);
}

/* C was promised half: that comes before A and B. */
static void promises_come_first(void **state)
{
    struct world world;
    (void)state;
    plan_by(&world, "@customer\ncustomer,name,priority,min_fill\nA,A,1,\nB,B,2,\nC,C,3,0.5\n", &(fab_plan_options){.policy = "priority"});
    assert_string_equal(world.plan->stages.result[0].name, "promises");
    assert_true(world.plan->stages.result[0].done && world.plan->stages.result[0].value == 0 && world.plan->stages.result[0].within == 0);
    assert_close(share_of(&world, "C"), 0.5, 1e-9, 0);
    assert_close(share_of(&world, "A"), 1, 1e-9, 0);
    assert_close(share_of(&world, "B"), 0.75, 1e-9, 0);
    world_finish(&world);
    /* promises of 500 of 400: 100 missing, at 10 x 10 each; priority has its say in whose */
    plan_by(&world, "@customer\ncustomer,name,priority,min_fill\nA,A,1,1\nB,B,2,1\nC,C,3,1\n", &(fab_plan_options){.policy = "priority"});
    assert_close(world.plan->stages.result[0].value, 10 * 10 * 100, 1e-9, 0);
    assert_close(share_of(&world, "A"), 1, 1e-9, 0);
    assert_close(share_of(&world, "C"), 0, 0, 1e-9);
    world_finish(&world);
}

static void each_stage_is_proven(void **state)
{
    struct world world;
    (void)state;
    plan_by(&world, NULL, &(fab_plan_options){.policy = "fair"});
    const struct fab_stages_answer *stages = &world.plan->stages;
    assert_int_equal(stages->result_count, 3);
    assert_string_equal(stages->result[0].name, "fair 1");
    assert_close(stages->result[0].value, 0.8 * 5000, 1e-12, 0);
    for (int n = 0; n < stages->result_count; n++) {
        assert_true(stages->result[n].done);
        assert_close(stages->result[n].bound, stages->result[n].value, 1e-9, 1e-9);
        assert_true(fabs(stages->result[n].gap) <= 1e-9);
    }
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_are_served_in_order), cmocka_unit_test(shares_are_as_equal_as_can_be),
        cmocka_unit_test(a_value_is_kept_to_within), cmocka_unit_test(a_policy_has_its_price),
        cmocka_unit_test(a_fill_is_kept_whatever_the_policy), cmocka_unit_test(fills_that_cannot_be_met), cmocka_unit_test(stages_of_a_list_are_kept_in_order),
        cmocka_unit_test(a_policy_costs_no_more_than_is_given), cmocka_unit_test(promises_come_first),
        cmocka_unit_test(nobody_is_below_its_part), cmocka_unit_test(shares_above_one_are_refused),
        cmocka_unit_test(each_stage_is_proven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
