/* The objective of a stage that makes a layer independent, by hand on the fab of workshop.h: a start of WAFERS gives 5.4 GOOD at 40 USD and 1.8 LOW at 10 USD a week later.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dictionary.h"
#include "plan_fixture.h"
#include "weigh_independence.h"
#include "workshop.h"

static const char dependency[] = "@dependency\n"
                                 "source,region,share\n"
                                 "WAFERS,TW,0.3\n"
                                 "WAFERS,JP,0.1\n"
                                 "PACK,US,0\n";

static void check(const struct world *world, const double objective[], const char *name, double expected)
{
    double found = objective[find_column(world, name)];
    if (fabs(found - expected) > 1e-12 * fmax(1, fabs(expected)))
        fail_msg("%s: %.15g, not %.15g", name, found, expected);
}

static double *weigh(const struct world *world, fab_layer_kind layer, double *constant)
{
    double *objective = calloc((size_t)world->program->lp->column_count, sizeof *objective);
    assert_non_null(objective);
    fab_weigh_independence(world->program, layer, objective, constant);
    return objective;
}

static void what_is_own_counts_for_and_what_is_not_against(void **state)
{
    struct world world;
    double constant = 1;
    (void)state;
    world_of_text(&world, workshop, dependency);
    world_build(&world);
    double *logic = weigh(&world, FAB_LAYER_LOGIC, &constant), value = 5.4 * 40 + 1.8 * 10;
    check(&world, logic, "x[WAFERS,P1]", value * (0.7 - 0.3));
    check(&world, logic, "x[WAFERS,P2]", value * (0.7 - 0.3));
    check(&world, logic, "x[WAFERS,P3]", 0); /* arrives behind the end */
    check(&world, logic, "x[PACK,P1]", 0);   /* it takes GOOD, and gives a chip */
    check(&world, logic, "I[GOOD,P1]", 0);
    assert_true(constant == 0);
    double *chips = weigh(&world, FAB_LAYER_PACKAGING, &constant);
    check(&world, chips, "x[PACK,P1]", -100);
    check(&world, chips, "x[BUY,P1]", -60);
    check(&world, chips, "x[WAFERS,P1]", 0);
    assert_true(constant == -4 * 60); /* open orders are nobody's own */
    double *memory = weigh(&world, FAB_LAYER_MEMORY, &constant);
    for (int j = 0; j < world.program->lp->column_count; j++)
        assert_true(memory[j] == 0);
    free(logic);
    free(chips);
    free(memory);
    world_finish(&world);
}

/* With a memory line the die are memories, and so is the chip's part that has one in its bill, unless it is a chip. */
static void layers_follow_lines_and_bills(void **state)
{
    struct world world;
    (void)state;
    world_of_text(&world, workshop, "@line\nline,site,kind,name\nFAB,HOME,memory,Fab\nOUT,AWAY,external,Suppliers\n");
    fab_layer_kind kind[16];
    fab_layers_find(world.model, kind);
    const struct fab_table_def *items = fab_dictionary_find("item");
    assert_int_equal(kind[fab_model_find_row(world.model, items, "GOOD")], FAB_LAYER_MEMORY);
    assert_int_equal(kind[fab_model_find_row(world.model, items, "DIE")], FAB_LAYER_MEMORY);
    assert_int_equal(kind[fab_model_find_row(world.model, items, "CHIP")], FAB_LAYER_PACKAGING);
    assert_int_equal(fab_layer_of_name("LO"), FAB_LAYER_LOGIC);
    assert_int_equal(fab_layer_of_name("DE"), FAB_LAYER_NONE);
    world_finish(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_own_counts_for_and_what_is_not_against),
        cmocka_unit_test(layers_follow_lines_and_bills),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
