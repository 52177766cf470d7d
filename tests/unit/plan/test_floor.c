/* Tools as they are: what a unit takes of a tool by lot, batch, cascade, setup and train, what stops leave of its time, and rework to earlier steps, by plans that a hand can work out.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"

#include "tables.h"
#include "upkeep.h"

/* A week, a tool, and units at 100 USD of which more are wanted than it can do. What one test needs besides stands in its place. */
static const char tiny[] = "@calendar\n"
                           "period,start_date,end_date\n"
                           "P1,2027-01-04,2027-01-11\n"
                           "@setting\n"
                           "key,value\n"
                           "end_value_frac,0\n"
                           "@site\n"
                           "site,name\n"
                           "HERE,Here\n"
                           "@line\n"
                           "line,site,kind,name\n"
                           "FAB,HERE,logic,Fab\n"
                           "@tool_group\n"
                           "tool_group,line,name,tools,availability,max_utilisation\n"
                           "TOOL,FAB,Tool,1,1,1\n"
                           "@route\n"
                           "route,line,name\n"
                           "R,FAB,Route\n"
                           "@cycle_time\n"
                           "route,from_date,days\n"
                           "R,2027-01-04,0\n"
                           "@route_step\n"
                           "route,step,tool_group,minutes_per_unit\n"
                           "R,10,TOOL,60\n"
                           "@item\n"
                           "item,kind,name\n"
                           "UNIT,chip,Unit\n"
                           "@source\n"
                           "source,item,line,route\n"
                           "MAKE,UNIT,FAB,R\n"
                           "@customer\n"
                           "customer,name\n"
                           "ACME,Acme\n"
                           "@demand\n"
                           "demand,customer,item,due_date,quantity,price_usd\n"
                           "D,ACME,UNIT,2027-01-04,1000000,100\n";

#define STEPS                                                                                                                                                                    \
    "@route_step\nroute,step,tool_group,visits,minutes_per_unit,minutes_per_lot,minutes_per_batch,batch_max,batch_fill,interval_minutes_per_unit,setup_minutes,units_per_setup," \
    "lead_minutes,units_per_train,scrap_frac,rework_frac,rework_to\n"

#define DOWN "@tool_down\ntool_group,cause,hours_between,units_between,hours\n"

/* The tool without a typed availability. */
#define COMPUTED "@tool_group\ntool_group,line,name,tools,availability,max_utilisation\nTOOL,FAB,Tool,1,,1\n"

/* What the week carries of starts, one of which gives a unit. */
static double starts_with(const char *more)
{
    struct world world;
    world_of_text(&world, tiny, more);
    world_plan(&world);
    assert_int_equal(world.plan->outcome, FAB_OPTIMAL);
    double starts = world.plan->solution->x[find_column(&world, "x[MAKE,P1]")];
    world_finish(&world);
    return starts;
}

static void assert_minutes(const char *step, double minutes)
{
    char more[1024];
    snprintf(more, sizeof more, STEPS "%s\n", step);
    assert_close(starts_with(more) * minutes, 7 * 24 * 60, 1e-12, 0);
}

/* ---- the worked examples ---- */

static void the_batch_tool_of_the_design(void **state)
{
    (void)state;
    double starts = starts_with(COMPUTED DOWN "TOOL,BREAK,90,,10\nTOOL,PM,,1000,2\n" STEPS "R,10,TOOL,,,5,300,100,0.8,,60,100,,,,,\n");
    assert_close(starts, 1942.612, 0, 0.0005);
    assert_close(starts * 4.67, 151.2 * 60, 1e-12, 0);
}

static const char rework[] = STEPS "R,10,TOOL,,30,,,,,,,,,,,,\nR,20,TOOL,2,60,,,,,,,,,,0.2,0.1,\nR,30,TOOL,,90,,,,,,,,,,,0.2,20\n";

static void the_rework_of_the_design(void **state)
{
    (void)state;
    assert_close(starts_with(rework), 37.8, 1e-12, 0);
}

/* ---- occupancy ---- */

static void each_part_by_itself(void **state)
{
    (void)state;
    assert_minutes("R,10,TOOL,,7,,,,,,,,,,,,", 7);
    assert_minutes("R,10,TOOL,,,50,,,,,,,,,,,", 2);             /* lots of 25 */
    assert_minutes("R,10,TOOL,,,,120,40,,,,,,,,,", 3);          /* full batches */
    assert_minutes("R,10,TOOL,,,,120,40,0.25,,,,,,,,", 12);
    assert_minutes("R,10,TOOL,,7,,,,,2,,,,,,,", 2);             /* a cascade: the interval, not the time inside */
    assert_minutes("R,10,TOOL,,1,,,,,,60,30,,,,,", 1 + 2);
    assert_minutes("R,10,TOOL,,,,,,,0.5,,,45,90,,,", 0.5 + 0.5);
    assert_minutes("R,10,TOOL,3,1,25,60,30,0.5,,10,10,8,2,,0.5,", 3 * (1 + 1 + 4 + 1 + 4) / 0.5); /* all of a visit is repeated */
    assert_minutes("R,10,TOOL,,1,,,,,0,,,,,,,\nR,20,TOOL,,4,,,,,,,,,,,,", 4); /* an interval of 0 is one */
}

static void lots_of_the_route(void **state)
{
    (void)state;
    assert_close(starts_with("@route\nroute,line,name,lot_size\nR,FAB,Route,12.5\n" STEPS "R,10,TOOL,,,50,,,,,,,,,,,\n") * 4, 168 * 60, 1e-12, 0);
}

/* Upkeep by units goes with every visit of the group's own steps. */
static void stops_by_units(void **state)
{
    (void)state;
    assert_close(starts_with(DOWN "TOOL,clean,,100,5\nTOOL,mask,,600,10\n" STEPS "R,10,TOOL,2,10,,,,,,,,,,,,\n") * 2 * (10 + 3 + 1), 168 * 60, 1e-12, 0);
}

/* ---- availability ---- */

static double availability_with(const char *more)
{
    struct world world;
    world_of_text(&world, tiny, more);
    double availability = fab_upkeep_availability(world.model, 0);
    world_build(&world);
    assert_close(world.terms->hours_per_tool[0], 168 * availability, 1e-15, 0);
    world_finish(&world);
    return availability;
}

static void stops_by_time_sum(void **state)
{
    (void)state;
    assert_close(availability_with(COMPUTED DOWN "TOOL,break,90,,10\nTOOL,clean,48,,2\nTOOL,units,,10,3\n"), 1 - 0.1 - 0.04, 1e-15, 0);
    assert_close(availability_with(COMPUTED DOWN "TOOL,units,,10,3\n"), 1, 0, 0);
    assert_close(availability_with(DOWN "TOOL,units,,10,3\n"), 1, 0, 0);
    assert_close(availability_with("@tool_group\ntool_group,line,name,tools,availability,max_utilisation\nTOOL,FAB,Tool,1,0.7,1\n" DOWN "TOOL,units,,10,3\n"), 0.7, 0, 0);
}

/* ---- rework ---- */

/* Passes nest and overlap: 10 by itself, 30 back to 20, 40 back to 10. A_40 = 1/4, A_30 = 1/4 (1 + 1/4), A_20 = 0, A_10 = 1/9 (1 + 1/4). */
static void loops_nest(void **state)
{
    (void)state;
    assert_minutes("R,10,TOOL,,1,,,,,,,,,,,0.1,\nR,20,TOOL,,10,,,,,,,,,,,,\nR,30,TOOL,,100,,,,,,,,,,,0.2,20\nR,40,TOOL,,1000,,,,,,,,,,,0.2,10",
                   1 * (1 + 0.25 + 1.25 / 9) + 10 * (1 + 0.25 + 0.3125) + 100 * (1 + 0.25 + 0.3125) + 1000 * 1.25);
}

/* Sampled visits go back in their share, and a pass visits each step once whatever its own visits and sampling are. */
static void passes_visit_once(void **state)
{
    (void)state;
    struct world world;
    world_of_text(&world, tiny, "@route_step\nroute,step,tool_group,visits,minutes_per_unit,sample_frac,rework_frac,rework_to\nR,10,TOOL,5,6,0.5,,\nR,20,TOOL,2,12,0.25,0.5,10\n");
    world_build(&world);
    const struct fab_source_terms *source = &world.terms->source[0];
    assert_int_equal(source->own_step_count, 2);
    assert_int_equal(source->step_count, 4);
    assert_close(source->step[0].hours_per_start, 5 * 0.5 * 0.1, 1e-15, 0);
    assert_close(source->step[1].hours_per_start, 2 * 0.25 * 0.2, 1e-15, 0);
    assert_close(source->step[2].hours_per_start, 0.5 * 0.1, 1e-15, 0); /* A_20 = 1 x 2 x 0.25 */
    assert_close(source->step[3].hours_per_start, 0.5 * 0.2, 1e-15, 0);
    for (int p = 2; p < 4; p++) { /* in the place of step 20 */
        assert_close(source->step[p].from, 0.75, 0, 0);
        assert_int_equal(source->step[p].at, 1);
        assert_int_equal(source->step[p].step, p == 2 ? 10 : 20);
    }
    world_finish(&world);
}

/* Passes load the tools of the steps that they visit, and these hours move to alternates of those. */
static void passes_load_the_tools_of_their_steps(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, tiny,
                  "@tool_group\ntool_group,line,name,tools,availability,max_utilisation\nSCANNER,FAB,Scanner,1,1,1\nSPARE,FAB,Spare,1,1,1\nTOOL,FAB,Tool,1,1,1\n"
                  "@tool_alternate\ntool_group,alternate,route,step\nSCANNER,SPARE,R,10\n"
                  "@route_step\nroute,step,tool_group,minutes_per_unit,rework_frac,rework_to\nR,10,SCANNER,60,,\nR,20,TOOL,1,0.5,10\n");
    world_plan(&world);
    assert_close(activity(world.program->lp, find_row(&world, "CAP[SCANNER,P1]"), world.plan->solution->x), 168, 1e-12, 0);
    assert_close(world.plan->solution->x[find_column(&world, "x[MAKE,P1]")] * 2, 2 * 168, 1e-12, 0); /* two hours a start, on two tools */
    world_finish(&world);
}

/* Minutes of a wafer of a lot that has done a part of the cycle time. */
static double minutes_of_lot(const char *lot)
{
    struct world world;
    char more[1024];
    double hours = 0;
    snprintf(more, sizeof more, "%s@lot\nlot,source,start_time,wafers,progress,status\nL1,MAKE,2027-01-03T00:00:00,1,%s,active\n", rework, lot);
    world_of_text(&world, tiny, more);
    world_build(&world);
    const struct fab_go *go = &world.terms->wip[0].go[0];
    for (int l = go->first_load; l < go->first_load + go->load_count; l++)
        hours += world.terms->load[l].hours;
    world_finish(&world);
    return hours * 60;
}

/* Nothing is scrapped ahead of a wafer; a loop whose step lies behind is over, its passes through later loops' steps are theirs. */
static void lots_go_back_from_steps_ahead(void **state)
{
    (void)state;
    assert_close(minutes_of_lot("0"), 30 + 60 * (2 + 0.25 + 0.25) + 90 * 1.25, 1e-12, 0);
    assert_close(minutes_of_lot("0.4"), 60 * (2 + 0.25 + 0.25) + 90 * 1.25, 1e-12, 0);
    assert_close(minutes_of_lot("0.6"), 60 * 0.25 + 90 * 1.25, 1e-12, 0);
    assert_close(minutes_of_lot("0.9"), 0, 0, 0);
}

/* ---- what a plan shows ---- */

static const char *const part_columns[] = {"process_hours", "lot_hours", "batch_hours", "setup_hours", "lead_hours", "rework_hours", "maintenance_hours"};

static fab_table *capacity_of(struct world *world, const char *more)
{
    world_of_text(world, tiny, more);
    world_plan(world);
    fab_table *capacity = fab_table_capacity(world->plan, 1);
    assert_non_null(capacity);
    return capacity;
}

static void the_hours_of_the_batch_tool(void **state)
{
    struct world world;
    const double minutes[] = {0, 0.2, 3.75, 0.6, 0, 0, 0.12};
    fab_table *capacity = capacity_of(&world, "@tool_group\ntool_group,line,name,tools,availability,max_utilisation\nTOOL,FAB,Tool,1,,0.9\n" DOWN "TOOL,BREAK,90,,10\nTOOL,PM,,1000,2\n" STEPS
                                              "R,10,TOOL,,,5,300,100,0.8,,60,100,,,,,\n");
    fab_table *downs = fab_table_downs(world.plan, 1);
    double used = 0.9 * 151.2, maintenance = used * 0.12 / 4.67;
    (void)state;
    for (int p = 0; p < FAB_PART_COUNT; p++)
        assert_close(cell_number(capacity, 0, part_columns[p]), used * minutes[p] / 4.67, 1e-12, 0);
    assert_close(cell_number(capacity, 0, "lost_hours"), 16.8, 1e-12, 0);
    assert_close(cell_number(capacity, 0, "utilisation"), 1, 1e-12, 0);
    assert_close(cell_number(capacity, 0, "utilisation_of_uptime"), (used - maintenance) / (151.2 - maintenance), 1e-12, 0);
    assert_close(cell_number(capacity, 0, "starts"), used * 60 / 4.67, 1e-12, 0);
    assert_close(cell_number(capacity, 0, "starts_full_batches"), used * 60 / (4.67 - 0.75), 1e-12, 0);
    assert_close(cell_number(capacity, 0, "starts_without_gaps"), used * 60 / (4.67 - 0.6), 1e-12, 0);
    assert_int_equal(fab_table_rows(downs), 2);
    assert_string_equal(cell_text(downs, 0, "cause"), "BREAK");
    assert_string_equal(cell_text(downs, 0, "per"), "hours");
    assert_close(cell_number(downs, 0, "hours"), 16.8, 1e-12, 0);
    assert_string_equal(cell_text(downs, 1, "per"), "units");
    assert_close(cell_number(downs, 1, "hours"), maintenance, 1e-12, 0);
    fab_table_free(downs);
    fab_table_free(capacity);
    world_finish(&world);
}

/* A step that is repeated, with and without going back: all of the repeats but their upkeep is rework. */
static void repeats_are_rework_but_for_their_upkeep(void **state)
{
    static const char *const steps[] = {STEPS "R,10,TOOL,2,8,,,,,,,,,,,0.2,\n", STEPS "R,10,TOOL,2,8,,,,,,,,,,,0.2,10\n"};
    (void)state;
    for (int n = 0; n < 2; n++) { /* 8 + 2 minutes; 2 visits, of which 2 x 0.2 / 0.8 = 0.5 are repeated */
        struct world world;
        char more[1024];
        snprintf(more, sizeof more, DOWN "TOOL,PM,,60,2\n%s", steps[n]);
        fab_table *capacity = capacity_of(&world, more);
        assert_close(cell_number(capacity, 0, "load_hours"), 168, 1e-12, 0);
        assert_close(cell_number(capacity, 0, "process_hours"), 168 * 16 / 25.0, 1e-12, 0);
        assert_close(cell_number(capacity, 0, "rework_hours"), 168 * 4 / 25.0, 1e-12, 0);
        assert_close(cell_number(capacity, 0, "maintenance_hours"), 168 * 5 / 25.0, 1e-12, 0);
        fab_table_free(capacity);
        world_finish(&world);
    }
}

/* A change of the availability leaves the causes their proportions. */
static void causes_keep_their_proportions(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, tiny, COMPUTED DOWN "TOOL,A,90,,10\nTOOL,B,70,,30\n");
    struct fab_adjustment half = {.what = FAB_ADJUST_AVAILABILITY, .row = 0, .way = FAB_ADJUSTMENT_SET, .value = 0.2, .from = -INFINITY, .to = INFINITY};
    world.model->adjustment = &half;
    world.model->adjustment_count = 1;
    world_plan(&world);
    fab_table *downs = fab_table_downs(world.plan, 1), *capacity = fab_table_capacity(world.plan, 1);
    assert_close(cell_number(downs, 0, "hours"), 168 * 0.8 * 0.25, 1e-12, 0);
    assert_close(cell_number(downs, 1, "hours"), 168 * 0.8 * 0.75, 1e-12, 0);
    assert_close(cell_number(capacity, 0, "lost_hours"), 168 * 0.8, 1e-12, 0);
    fab_table_free(downs);
    fab_table_free(capacity);
    world_finish(&world);
}

/* On drawn fabs with lots, alternates and everything: parts sum to the load, stops by time to what is lost where it is computed, stops by units to the maintenance. */
static void parts_sum_to_the_load(void **state)
{
    int loaded = 0;
    (void)state;
    for (int seed = 1; seed <= 12; seed++) {
        struct world world;
        char folder[] = "/tmp/fabplan-plan-XXXXXX", command[512];
        world_open(&world);
        assert_non_null(mkdtemp(folder));
        snprintf(command, sizeof command, "python3 %s/tests/support/random_fab.py --seed %d %s --language floor", FAB_SOURCE_FOLDER, seed, folder);
        world_run(command);
        world_import(&world, folder);
        world_load(&world);
        snprintf(command, sizeof command, "rm -r %s", folder);
        world_run(command);
        world_plan(&world);
        fab_table *capacity = fab_table_capacity(world.plan, 1), *downs = fab_table_downs(world.plan, 1);
        double by_time = 0, by_units = 0, lost = 0, maintenance = 0;
        for (int r = 0; r < fab_table_rows(capacity); r++) {
            double sum = 0, load = cell_number(capacity, r, "load_hours");
            for (int p = 0; p < FAB_PART_COUNT; p++)
                sum += cell_number(capacity, r, part_columns[p]);
            assert_close(sum, load, 1e-9, 1e-9);
            loaded += load > 1;
            maintenance += cell_number(capacity, r, "maintenance_hours");
            lost += isnan(world.model->tool_group[find_tool_group(&world, cell_text(capacity, r, "tool_group"))].availability) ? cell_number(capacity, r, "lost_hours") : 0;
        }
        for (int r = 0; r < fab_table_rows(downs); r++)
            *(strcmp(cell_text(downs, r, "per"), "hours") == 0 ? &by_time : &by_units) += cell_number(downs, r, "hours");
        assert_close(by_time, lost, 1e-9, 1e-9);
        assert_close(by_units, maintenance, 1e-9, 1e-9);
        fab_table_free(capacity);
        fab_table_free(downs);
        world_finish(&world);
    }
    assert_true(loaded > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_batch_tool_of_the_design),
        cmocka_unit_test(the_rework_of_the_design),
        cmocka_unit_test(each_part_by_itself),
        cmocka_unit_test(lots_of_the_route),
        cmocka_unit_test(stops_by_units),
        cmocka_unit_test(stops_by_time_sum),
        cmocka_unit_test(loops_nest),
        cmocka_unit_test(passes_visit_once),
        cmocka_unit_test(passes_load_the_tools_of_their_steps),
        cmocka_unit_test(lots_go_back_from_steps_ahead),
        cmocka_unit_test(the_hours_of_the_batch_tool),
        cmocka_unit_test(repeats_are_rework_but_for_their_upkeep),
        cmocka_unit_test(causes_keep_their_proportions),
        cmocka_unit_test(parts_sum_to_the_load),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
