/* Why orders are short: the first reason is what keeps the next unit, over the whole window of the order, and whoever solves again with that limit moved finds it so.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"
#include "reasons.h"
#include "tables.h"
#include "view.h"

#include <math.h>

static void import_case(struct world *world, const char *name)
{
    char folder[512];
    world_open(world);
    snprintf(folder, sizeof folder, "%s/tests/cases/%s", FAB_SOURCE_FOLDER, name);
    world_import(world, folder);
    world_load(world);
    world_plan(world);
}

static const fab_value *cell(const fab_table *table, int row, const char *column)
{
    return fab_table_get(table, row, fab_table_find_column(table, column));
}

/* Due in week 1, the source delivers from week 2, 21 days late are allowed: the tool group of week 2 is full. */
static void a_late_window_is_explained_whole(void **state)
{
    struct world world;
    (void)state;
    import_case(&world, "late-window");
    fab_table *reasons = fab_table_shortages(world.plan, 1), *demands = fab_table_demands(world.plan, 1);
    assert_string_equal(cell_text(reasons, 0, "demand"), "D1");
    assert_string_equal(cell_text(reasons, 0, "family"), "CAP");
    assert_string_equal(cell_text(reasons, 0, "key"), "TESTER");
    assert_string_equal(cell_text(reasons, 0, "period"), "2027-W02");
    assert_string_equal(cell_text(demands, 0, "cost_period"), "2027-W02");
    assert_close(cell_number(demands, 0, "usd_per_unit"), 100, 1e-12, 0);
    fab_table_free(reasons);
    fab_table_free(demands);
    world_finish(&world);
}

static void a_yield_of_zero_is_the_reason(void **state)
{
    struct world world;
    (void)state;
    import_case(&world, "zero-yield");
    fab_table *reasons = fab_table_shortages(world.plan, 1), *demands = fab_table_demands(world.plan, 1);
    assert_int_equal(fab_table_rows(reasons), 2);
    assert_string_equal(cell_text(reasons, 0, "family"), "YIELD");
    assert_string_equal(cell_text(reasons, 0, "label"), "yield 0 of CHIP@R");
    assert_int_equal(cell(reasons, 0, "usd_per_unit")->type, FAB_NULL);
    assert_int_equal(cell(demands, 0, "usd_per_unit")->type, FAB_NULL);
    fab_table_free(reasons);
    fab_table_free(demands);
    world_finish(&world);
}

/* A fab whose only source buys, for more or for less than an order of 100 units brings; it can start from week 2 on and delivers 3 days later. */
static const char bought[] = "@calendar\nperiod,start_date,end_date\nP1,2027-01-04,2027-01-11\nP2,2027-01-11,2027-01-18\nP3,2027-01-18,2027-01-25\n"
                             "@setting\nkey,value\ndiscount_rate,0.1\nend_value_frac,0\n"
                             "@site\nsite,name\nHOME,Home\n@line\nline,site,kind,name\nSHOP,HOME,external,Shop\n"
                             "@item\nitem,kind,name\nCHIP,chip,Chip\n"
                             "@source\nsource,item,line,supplier,units_per_start,lead_time_days,available_from\nBUY,CHIP,SHOP,Them,1,7,2027-01-11\n"
                             "@source_cost\nsource,from_date,usd_per_start\nBUY,2027-01-04,42000\n"
                             "@customer\ncustomer,name\nACME,Acme\n";

static fab_table *explain(struct world *world, const char *demand, const char *more, double *usd_per_unit)
{
    char text[2000];
    snprintf(text, sizeof text, "@demand\ndemand,customer,item,due_date,quantity,price_usd,shortage_usd,late_usd_per_week,max_late_days\n%s%s", demand, more);
    world_of_text(world, bought, text);
    world_plan(world);
    fab_table *demands = fab_table_demands(world->plan, 1);
    *usd_per_unit = cell(demands, 0, "usd_per_unit")->type == FAB_NULL ? (double)NAN : cell_number(demands, 0, "usd_per_unit");
    fab_table_free(demands);
    return fab_table_shortages(world->plan, 1);
}

/* A source that could deliver but costs more than the price and the penalty is the reason, with its cost of its own day; neither the penalty nor the price is a cost. */
static void a_source_that_costs_too_much(void **state)
{
    struct world world;
    double usd;
    (void)state;
    fab_table *reasons = explain(&world, "D1,ACME,CHIP,2027-01-04,100,20000,10000,0,14\n", "", &usd);
    assert_string_equal(cell_text(reasons, 0, "label"), "BUY delivers from day 7 at 42,000 USD; price 20,000, penalty 10,000, may be started from 2027-01-11");
    assert_string_equal(cell_text(reasons, 0, "family"), "COST");
    assert_true(usd > 42000 && usd < 42100); /* as of the day on which it would ship, a week after it is paid */
    fab_table_free(reasons);
    world_finish(&world);
    reasons = explain(&world, "D1,ACME,CHIP,2027-01-04,100,20000,10000,500,14\n", "", &usd);
    assert_non_null(strstr(cell_text(reasons, 0, "label"), "BUY delivers from day 7 at 42,000 USD; price 20,000, penalty 10,000, lateness "));
    fab_table_free(reasons);
    world_finish(&world);
}

/* Outside of the window it cannot deliver at any price; a contract that allows nothing is said, and that it would not be worth it. */
static void nothing_in_time_is_said_only_then(void **state)
{
    struct world world;
    double usd;
    (void)state;
    fab_table *reasons = explain(&world, "D1,ACME,CHIP,2027-01-04,100,20000,10000,0,7\n", "", &usd);
    assert_int_equal(fab_table_rows(reasons), 1);
    assert_string_equal(cell_text(reasons, 0, "label"), "nothing can arrive in time of CHIP");
    assert_true(isnan(usd));
    fab_table_free(reasons);
    world_finish(&world);
    reasons = explain(&world, "D1,ACME,CHIP,2027-01-04,100,20000,10000,0,14\n",
                      "@source_limit\nsource,from_date,to_date,max_starts_per_week\nBUY,2027-01-04,2027-02-01,0\n", &usd);
    assert_string_equal(cell_text(reasons, 0, "label"),
                        "maximum of BUY; BUY delivers from day 7 at 42,000 USD; price 20,000, penalty 10,000, may not be started");
    fab_table_free(reasons);
    world_finish(&world);
}

/* A contract that allows nothing at first is said by its date, which is not the lead time; one that may be started from the first day on has no such words. */
static void when_a_source_may_be_started(void **state)
{
    struct world world;
    double usd;
    (void)state;
    fab_table *reasons = explain(&world, "D1,ACME,CHIP,2027-01-11,100,20000,10000,0,14\n",
                                 "@source_limit\nsource,from_date,to_date,max_starts_per_week\nBUY,2027-01-04,2027-01-18,0\nBUY,2027-01-18,2027-02-01,50\n", &usd);
    assert_non_null(strstr(cell_text(reasons, 0, "label"), ", may be started from 2027-01-18"));
    fab_table_free(reasons);
    world_finish(&world);
}

/* Two groups in series, equally full: the reason names both, and both are rows; their parts still add up to the cost. */
static void twins_are_named_together(void **state)
{
    struct world world;
    (void)state;
    import_case(&world, "twin-bottleneck");
    fab_table *reasons = fab_table_shortages(world.plan, 1), *demands = fab_table_demands(world.plan, 1);
    assert_int_equal(fab_table_rows(reasons), 6); /* of each order the two groups and the cost of the starts */
    for (int first = 0; first < 6; first += 3) {
        assert_string_equal(cell_text(reasons, first, "label"),
                            strcmp(cell_text(reasons, first, "key"), "BURNIN") == 0 ? "tool hours BURNIN, tied with TESTER" : "tool hours TESTER, tied with BURNIN");
        assert_string_equal(cell_text(reasons, first + 1, "family"), "CAP");
        assert_string_not_equal(cell_text(reasons, first, "key"), cell_text(reasons, first + 1, "key"));
        double sum = 0;
        for (int n = 0; n < 3; n++)
            sum += cell_number(reasons, first + n, "usd_per_unit");
        assert_close(sum, cell_number(demands, first / 3, "usd_per_unit"), 1e-9, 0);
        assert_close(cell_number(reasons, first + 1, "usd_per_unit"), 0, 1e-9, 1e-9);
        assert_close(cell_number(reasons, first + 1, "amount"), 1, 1e-9, 0);
    }
    fab_table_free(reasons);
    fab_table_free(demands);
    world_finish(&world);
}

/* A case with rows added to its tables. */
static void case_and(struct world *world, const char *name, const char *rows)
{
    char folder[512], more[] = "/tmp/fabplan-plan-XXXXXX", command[128];
    world_open(world);
    snprintf(folder, sizeof folder, "%s/tests/cases/%s", FAB_SOURCE_FOLDER, name);
    world_import(world, folder);
    assert_non_null(mkdtemp(more));
    world_write_tables(more, rows);
    world_import(world, more);
    world_load(world);
    snprintf(command, sizeof command, "rm -r %s", more);
    world_run(command);
}

/* A full group whose steps may be done on another one that has hours left is no tie. */
static void a_group_that_is_relieved_is_no_tie(void **state)
{
    struct world world;
    (void)state;
    case_and(&world, "twin-bottleneck",
             "@tool_group\ntool_group,line,name,tools,availability,max_utilisation\nSPARE,FAB,Spare,1,1,1\n@tool_alternate\ntool_group,alternate\nTESTER,SPARE\n");
    world_plan(&world);
    fab_table *reasons = fab_table_shortages(world.plan, 1);
    for (int r = 0; r < fab_table_rows(reasons); r++)
        assert_string_not_equal(cell_text(reasons, r, "key"), "TESTER");
    assert_true(fab_table_rows(reasons) > 0);
    fab_table_free(reasons);
    world_finish(&world);
}

/* What an order has from the store is no source, and what it would pay is not what a unit costs. */
static void stock_that_is_used_up_is_no_source(void **state)
{
    struct world world;
    double usd;
    (void)state;
    fab_table *reasons = explain(&world, "D1,ACME,CHIP,2027-01-18,100,20000,10000,0,0\n", "@stock\nitem,on_hand\nCHIP,30\n", &usd);
    assert_string_equal(cell_text(reasons, 0, "label"), "BUY delivers from day 7 at 42,000 USD; price 20,000, penalty 10,000");
    assert_true(usd > 42000 && usd < 42100);
    fab_table_free(reasons);
    world_finish(&world);
}

/* A limit of the reason that can be bought pays, and the order is served: no reason. */
static void what_pays_is_no_reason(void **state)
{
    struct world world;
    double usd;
    (void)state;
    fab_table *reasons = explain(&world, "D1,ACME,CHIP,2027-01-04,100,40000,10000,0,14\n", "", &usd);
    assert_int_equal(fab_table_rows(reasons), 0);
    fab_table_free(reasons);
    world_finish(&world);
}

/* planning-model.md "Values": the edges of short, full and binding; the views plan_short and plan_binding and the sheets are compared by the checks of the planner book. */
static void short_full_and_binding(void **state)
{
    struct world world;
    (void)state;
    assert_true(fab_view_is_short(1.1e-6, 0.5) && !fab_view_is_short(0.9e-6, 0.5));
    assert_true(fab_view_is_short(1.1e-3, 1000) && !fab_view_is_short(0.9e-3, 1000));
    assert_true(fab_view_is_full(0.9999991, 1) && !fab_view_is_full(0.9999989, 1) && !fab_view_is_full(0, 0));
    import_case(&world, "twin-bottleneck");
    double least = 1e-9 * world.plan->certificate.objective;
    assert_true(fab_view_binds(world.plan, 168, 168, 1.1 * least / 168) && !fab_view_binds(world.plan, 168, 168, 0.9 * least / 168));
    assert_false(fab_view_binds(world.plan, 160, 168, 90));
    world_finish(&world);
}

/* ---- every first reason, by solving again ---- */

/* Moves the limit that a reason names by one percent, or by one where it is 0, in its period and, when that alone gains nothing, in all; gives the gain. */
static double move_limit(struct world *world, const char *family, const char *key, const char *period)
{
    const fab_lp *lp = world->program->lp;
    fab_lp_solution *solution = NULL;
    fab_lp_certificate certificate;
    int moved = 0;
    world_ok(world, fab_plan_stand(world->context, world->plan));
    world_ok(world, fab_solver_give_basis(world->context, world->plan->solver, world->plan->solution->row_status, world->plan->solution->column_status));
    bool source = strcmp(family, "SRC") == 0;
    for (int n = 0; n < (source ? lp->column_count : lp->row_count); n++) {
        struct fab_label label;
        struct fab_tag tag = source ? lp->column[n].tag : lp->row[n].tag;
        const struct fab_family *of = &world->program->family[tag.family];
        if (source ? tag.family != FAB_X : !of->reason_code || strcmp(of->reason_code, family) != 0)
            continue;
        fab_program_label(world->program, tag, &label);
        if (strcmp(label.subject, key) != 0 || (tag.period != FAB_NONE && strcmp(world->plan->terms->period[tag.period].name, period) != 0))
            continue;
        double upper = source ? lp->column[n].upper : lp->row[n].upper, step = fmax(0.01 * fabs(upper), 1);
        if (!isfinite(upper))
            continue;
        if (source)
            world_ok(world, fab_solver_set_column_limits(world->context, world->plan->solver, n, lp->column[n].lower, upper + step));
        else
            world_ok(world, fab_solver_set_row_limits(world->context, world->plan->solver, n, lp->row[n].lower, upper + step));
        moved++;
    }
    assert_true(moved > 0);
    world_ok(world, fab_solver_solve(world->context, world->plan->solver, NULL, &solution));
    assert_int_equal(solution->outcome, FAB_OPTIMAL);
    world_ok(world, fab_lp_check(world->context, fab_solver_program(world->plan->solver), solution->x, solution->multiplier, &certificate));
    assert_true(certificate.verified);
    fab_lp_solution_free(solution);
    for (int n = 0; n < lp->row_count; n++)
        world_ok(world, fab_solver_set_row_limits(world->context, world->plan->solver, n, lp->row[n].lower, lp->row[n].upper));
    for (int n = 0; n < lp->column_count; n++)
        world_ok(world, fab_solver_set_column_limits(world->context, world->plan->solver, n, lp->column[n].lower, lp->column[n].upper));
    return certificate.objective - world->plan->certificate.objective;
}

struct seen {
    int limits, dear, never;
};

static void try_reasons(struct world *world, struct seen *seen)
{
    fab_table *reasons = fab_table_shortages(world->plan, 1);
    double smallest = 1e-12 * fabs(world->plan->certificate.objective);
    char last[256] = "";
    for (int r = 0; r < fab_table_rows(reasons); r++) {
        char name[256];
        if (cell_number(reasons, r, "rank") != 1)
            continue;
        if (cell(reasons, r, "usd_per_unit")->type == FAB_NULL) {
            seen->never++;
            continue;
        }
        if (cell_number(reasons, r, "binding") == 0) {
            seen->dear++;
            continue;
        }
        seen->limits++;
        snprintf(name, sizeof name, "%s %s %s", cell_text(reasons, r, "family"), cell_text(reasons, r, "key"), cell_text(reasons, r, "period"));
        if (strcmp(name, last) == 0 || strcmp(cell_text(reasons, r, "family"), "TIME") == 0)
            continue;
        snprintf(last, sizeof last, "%s", name);
        double gain = move_limit(world, cell_text(reasons, r, "family"), cell_text(reasons, r, "key"), cell_text(reasons, r, "period"));
        if (!(gain > smallest))
            print_error("%s: %s: %s gains %g\n", cell_text(reasons, r, "demand"), cell_text(reasons, r, "label"), name, gain);
        assert_true(gain > smallest);
    }
    fab_table_free(reasons);
}

static void every_reason_of_the_sample_is_true(void **state)
{
    struct world world;
    struct seen seen = {0};
    (void)state;
    world_of_data(&world, "terafab");
    world_plan(&world);
    try_reasons(&world, &seen);
    assert_int_equal(seen.limits + seen.dear + seen.never, 37);
    assert_true(seen.limits > 20 && seen.dear >= 3);
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_late_window_is_explained_whole),   cmocka_unit_test(a_yield_of_zero_is_the_reason),
        cmocka_unit_test(a_source_that_costs_too_much),       cmocka_unit_test(nothing_in_time_is_said_only_then),
        cmocka_unit_test(stock_that_is_used_up_is_no_source), cmocka_unit_test(what_pays_is_no_reason),
        cmocka_unit_test(when_a_source_may_be_started),       cmocka_unit_test(twins_are_named_together),
        cmocka_unit_test(a_group_that_is_relieved_is_no_tie),
        cmocka_unit_test(short_full_and_binding),             cmocka_unit_test(every_reason_of_the_sample_is_true),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
