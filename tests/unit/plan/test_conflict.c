/* Why no plan exists: the rows that cannot hold together, by how much, on which side, and no others.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan_fixture.h"
#include "workshop.h"

struct excess {
    const char *equation, *name;
    double limit, excess;
    const char *direction;
};

static void check(const struct world *world, const struct excess *wanted, int count)
{
    const fab_table *conflict = world->plan->conflict;
    assert_int_equal(world->plan->outcome, FAB_INFEASIBLE);
    assert_null(world->plan->solution);
    assert_non_null(conflict);
    for (int r = 0; r < fab_table_rows(conflict) && fab_table_rows(conflict) != count; r++)
        print_error("%s by %g\n", cell_text(conflict, r, "name"), cell_number(conflict, r, "excess"));
    assert_int_equal(fab_table_rows(conflict), count);
    for (int r = 0; r < count; r++) {
        assert_string_equal(cell_text(conflict, r, "equation"), wanted[r].equation);
        assert_string_equal(cell_text(conflict, r, "name"), wanted[r].name);
        assert_close(cell_number(conflict, r, "limit"), wanted[r].limit, 1e-9, 1e-12);
        assert_close(cell_number(conflict, r, "excess"), wanted[r].excess, 1e-9, 0);
        assert_string_equal(cell_text(conflict, r, "direction"), wanted[r].direction);
    }
}

static void keep_scanners(struct world *world)
{
    world->model->tool_group[find_tool_group(world, "LITHO")].removal_usd = (double)NAN;
    world->model->tool_group[find_tool_group(world, "GEN")].buyable = false;
}

/* Two scanners and three etchers need 35 m2, from P3 on four need 55. */
static void the_floor_is_below_the_installed_tools(void **state)
{
    struct world world;
    const struct excess wanted[] = {
        {"FLR", "FLR[FAB,P1]", -15, 15, "above"}, {"FLR", "FLR[FAB,P2]", -15, 15, "above"}, {"FLR", "FLR[FAB,P3]", -35, 35, "above"}};
    (void)state;
    world_of_text(&world, workshop, NULL);
    keep_scanners(&world);
    world.model->line[find_line(&world, "FAB")].floor_m2 = 20;
    world_plan(&world);
    check(&world, wanted, 3);
    world_finish(&world);
}

/* Scanners that may be removed make room, as long as that is enough. */
static void what_may_be_removed_makes_room(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    world.model->line[find_line(&world, "FAB")].floor_m2 = 20;
    world_plan(&world);
    assert_int_equal(world.plan->outcome, FAB_OPTIMAL);
    assert_null(world.plan->conflict);
    assert_true(world.plan->solution->x[find_column(&world, "r[LITHO,P1]")] > 1.49);
    world_finish(&world);
}

/* 0.1 MW and 0.2 of the generator do not carry 0.5 of base load. */
static void power_is_below_the_base_load(void **state)
{
    struct world world;
    const struct excess wanted[] = {
        {"PWR", "PWR[HOME,P1]", -0.2, 0.2, "above"}, {"PWR", "PWR[HOME,P2]", -0.2, 0.2, "above"}, {"PWR", "PWR[HOME,P3]", -0.2, 0.2, "above"}};
    (void)state;
    world_of_text(&world, workshop, NULL);
    keep_scanners(&world);
    world.model->power_limit[0].mw = 0.1;
    world_plan(&world);
    check(&world, wanted, 3);
    world_finish(&world);
}

/* A generator can be bought, but not enough of them for the money: what is missing is told, on whichever row it costs least. */
static void two_limits_in_each_others_way(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    world.model->power_limit[0].mw = 0.1;
    world.model->capex_budget[0].usd = 0;
    world_plan(&world);
    assert_int_equal(world.plan->outcome, FAB_INFEASIBLE);
    for (int r = 0; r < fab_table_rows(world.plan->conflict); r++) {
        const char *equation = cell_text(world.plan->conflict, r, "equation");
        assert_true(strcmp(equation, "PWR") == 0 || strcmp(equation, "BUD") == 0);
    }
    assert_true(fab_table_rows(world.plan->conflict) > 0);
    world_finish(&world);
}

static void both_at_once(void **state)
{
    struct world world;
    const struct excess wanted[] = {{"PWR", "PWR[HOME,P1]", -0.2, 0.2, "above"}, {"PWR", "PWR[HOME,P2]", -0.2, 0.2, "above"},
                                    {"PWR", "PWR[HOME,P3]", -0.2, 0.2, "above"}, {"FLR", "FLR[FAB,P1]", -15, 15, "above"},
                                    {"FLR", "FLR[FAB,P2]", -15, 15, "above"},    {"FLR", "FLR[FAB,P3]", -35, 35, "above"}};
    (void)state;
    world_of_text(&world, workshop, NULL);
    keep_scanners(&world);
    world.model->power_limit[0].mw = 0.1;
    world.model->line[find_line(&world, "FAB")].floor_m2 = 20;
    world_plan(&world);
    check(&world, wanted, 6);
    world_finish(&world);
}

/* A floor that is missing 2e-8 of what is installed, three times: no plan is found, and less than 1e-7 of violation proves nothing. */
static void too_little_to_prove(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    keep_scanners(&world);
    world.model->line[find_line(&world, "FAB")].floor_m2 = 55 - 2e-8;
    world_plan(&world);
    assert_int_equal(world.plan->outcome, FAB_UNDECIDED);
    assert_null(world.plan->solution);
    assert_null(world.plan->conflict);
    assert_true(world.plan->violation > 1e-8 && world.plan->violation < 1e-7);
    world_finish(&world);
}

/* ---- a family from outside, and the other side of a row ---- */

static struct fab_shape once(const fab_terms *terms)
{
    (void)terms;
    return (struct fab_shape){.a = 1, .b = 1, .periods = false};
}

/* More of the first order is to stay behind than it has units. */
static bool build_refusal(struct fab_program *program)
{
    int row = fab_program_add_row(program, fab_tag_of(FAB_FAMILIES, 0, FAB_NONE), 150, (double)INFINITY);
    return row != FAB_NONE && fab_program_put(program, row, fab_program_at(program, FAB_SHORT, 0, FAB_NONE), 1);
}

static void label_refusal(const struct fab_program *program, struct fab_tag tag, struct fab_label *label)
{
    (void)program, (void)tag;
    snprintf(label->subject, sizeof label->subject, "D1");
}

static void a_row_that_is_too_low(void **state)
{
    const struct fab_family refusal = {"NO", "refusal", "units that are kept back", "units", FAB_SIDE_ROW, once, build_refusal, label_refusal, "NO", "refusal of", false};
    const struct fab_more_families more = {&refusal, 1};
    const struct excess wanted[] = {{"NO", "NO[D1]", 150, 50, "below"}};
    struct world world;
    (void)state;
    world_of_text(&world, workshop, NULL);
    world_ok(&world, fab_plan_optimise(world.context, world.model, &(fab_plan_options){.more = &more}, &world.plan));
    world.program = world.plan->program;
    check(&world, wanted, 1);
    world_finish(&world);
}

/* Nothing of it is left in the program of the plan: the conflict works on the solver's. */
static void the_program_stays_as_it_was(void **state)
{
    struct world broken, sound;
    (void)state;
    world_of_text(&sound, workshop, NULL);
    world_plan(&sound);
    world_of_text(&broken, workshop, NULL);
    keep_scanners(&broken);
    broken.model->power_limit[0].mw = 0.1;
    world_plan(&broken);
    /* without the removals and generators that were taken away */
    assert_int_equal(broken.program->lp->column_count, sound.program->lp->column_count - 3 - 3);
    assert_int_equal(broken.program->lp->row_count, sound.program->lp->row_count - 3);
    assert_true(broken.program->lp->column[find_column(&broken, "y[D1,P1]")].objective == 200);
    world_finish(&sound);
    world_finish(&broken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_floor_is_below_the_installed_tools), cmocka_unit_test(what_may_be_removed_makes_room),
        cmocka_unit_test(power_is_below_the_base_load),           cmocka_unit_test(two_limits_in_each_others_way),
        cmocka_unit_test(both_at_once),                           cmocka_unit_test(a_row_that_is_too_low),
        cmocka_unit_test(too_little_to_prove),
        cmocka_unit_test(the_program_stays_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
