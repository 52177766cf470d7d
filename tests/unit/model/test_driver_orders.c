/* Orders that drivers make, by hand on a small fab of four months (31, 28, 31 and 30 days); changes of drivers and of the orders.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "assert_close.h"

#define DRIVER "driver,date,quantity,unit\n"
#define USE "driver,item,customer,from_date,units_per_driver,replacement_frac,lead_days,price_usd,shortage_usd,max_late_days,min_fill\n"

/* One unit a day. */
#define STEADY DRIVER "robots,2027-01-01,365.25,robots\n"
/* As many a day as days have passed, up to 120. */
#define RISING DRIVER "robots,2027-01-01,0,robots\nrobots,2027-05-01,43830,robots\n"

static fab_model *change(struct fixture *fixture, const char *driver, const char *use, const char *const lines[])
{
    const struct table_text tables[] = {{"driver", driver}, {"driver_use", use}, {NULL, NULL}};
    fab_model *base = load_fab(fixture, tables), *changed = NULL;
    fixture_ok(fixture, change_model(fixture, base, lines, &changed));
    fab_model_free(base);
    return changed;
}

static fab_model *make(struct fixture *fixture, const char *driver, const char *use)
{
    static const char *const none[] = {NULL};
    return change(fixture, driver, use, none);
}

static const struct fab_demand *find(const fab_model *model, const char *id)
{
    int row = fab_model_find_row(model, fab_dictionary_find("demand"), id);
    return row == FAB_NONE ? NULL : &model->demand[row];
}

static double units(const fab_model *model, const char *id)
{
    return find(model, id) ? find(model, id)->quantity : 0;
}

/* C2 has an order of CHIP in March: none is made there. */
static void orders_are_made_where_there_are_none(void **state)
{
    struct fixture *fixture = *state;
    fab_model *model = make(fixture, STEADY, USE "robots,CHIP,C2,,2,0.5,,450,20,31,0.7\n");
    assert_int_equal(model->demand_count, 6);
    assert_close(units(model, "C2_CHIP:2027-01"), 93, 1e-14, 0);
    assert_close(units(model, "C2_CHIP:2027-02"), 84, 1e-14, 0);
    assert_null(find(model, "C2_CHIP:2027-03"));
    const struct fab_demand *last = find(model, "C2_CHIP:2027-04");
    assert_close(last->quantity, 90, 1e-14, 0);
    assert_string_equal(model->customer[last->customer].customer, "C2");
    assert_string_equal(model->item[last->item].item, "CHIP");
    assert_int_equal(last->due_date, fab_date_from_civil(2027, 4, 1));
    assert_true(last->price_usd == 450 && last->shortage_usd == 20 && last->max_late_days == 31 && last->late_usd_per_week == 0 && last->min_fill == 0.7);
    for (int d = 1; d < model->demand_count; d++)
        assert_true(strcmp(model->demand[d - 1].demand, model->demand[d].demand) < 0);
    fab_model_free(model);
}

static void a_driver_is_linear_and_needed_ahead(void **state)
{
    struct fixture *fixture = *state;
    fab_model *model = make(fixture, RISING, USE "robots,PART,C1,,1,,,2,,,\nrobots,DIE,C1,,1,,31,2,,,\n");
    assert_close(units(model, "C1_PART:2027-01"), 15.5 * 31, 1e-14, 0);
    assert_close(units(model, "C1_PART:2027-04"), 105 * 30, 1e-14, 0);
    assert_close(units(model, "C1_DIE:2027-01"), 46.5 * 31, 1e-14, 0);
    /* [121, 151): behind the last date the nearest */
    assert_close(units(model, "C1_DIE:2027-04"), 120 * 30, 1e-14, 0);
    fab_model_free(model);
}

/* Day 15.5 is the middle of January, 45 of February, 74.5 of March. */
static void units_of_a_driver_are_linear_too(void **state)
{
    struct fixture *fixture = *state;
    fab_model *model = make(fixture, STEADY, USE "robots,PART,C1,2027-02-01,10,,,2,,,\nrobots,PART,C1,2027-03-01,38,,,3,,,\nrobots,DIE,C1,,4,,,2,,,\n"
                                                 "robots,DIE,C1,2027-03-01,0,,,2,,,\n");
    assert_close(units(model, "C1_PART:2027-01"), 10 * 31, 1e-14, 0);
    assert_close(units(model, "C1_PART:2027-02"), 24 * 28, 1e-14, 0);
    assert_close(units(model, "C1_PART:2027-03"), 38 * 31, 1e-14, 0);
    /* what holds from the beginning of time on holds until the next date; an order of 0 is not made */
    assert_close(units(model, "C1_DIE:2027-02"), 4 * 28, 1e-14, 0);
    assert_null(find(model, "C1_DIE:2027-03"));
    /* terms are those in force on the first day */
    assert_true(find(model, "C1_PART:2027-02")->price_usd == 2 && find(model, "C1_PART:2027-03")->price_usd == 3);
    fab_model_free(model);
}

static void uses_of_one_item_are_one_order(void **state)
{
    struct fixture *fixture = *state;
    fab_model *model = make(fixture, STEADY "cars,2027-01-01,730.5,cars\n", USE "robots,CHIP,C2,,1,,,450,,,\ncars,CHIP,C2,,1,,,450,,,\n");
    assert_int_equal(model->demand_count, 6);
    assert_close(units(model, "C2_CHIP:2027-01"), 31 + 62, 1e-14, 0);
    fab_model_free(model);
}

/* Changes of drivers work first, then the orders are made, then all other changes, whatever their numbers. */
static void changes_know_the_orders(void **state)
{
    static const char *const lines[] = {"demand,C2_CHIP:2027-01,quantity,add,1,,", "demand,*;customer=C2,price_usd,scale,2,2027-04-01,", "driver,robots,quantity,scale,3,,",
                                        "driver_use,robots/CHIP/C2,units_per_driver,set,2,,", "demand,C2_CHIP:2027-02,,delete,,,", NULL};
    struct fixture *fixture = *state;
    fab_model *model = change(fixture, STEADY, USE "robots,CHIP,C2,,1,,,450,,,\n", lines);
    assert_close(units(model, "C2_CHIP:2027-01"), 6 * 31 + 1, 1e-14, 0);
    assert_null(find(model, "C2_CHIP:2027-02"));
    assert_close(units(model, "C2_CHIP:2027-04"), 6 * 30, 1e-14, 0);
    assert_true(find(model, "C2_CHIP:2027-01")->price_usd == 450 && find(model, "C2_CHIP:2027-04")->price_usd == 900 && find(model, "D3")->price_usd == 450);
    fab_model_free(model);
}

/* A change of the table demand comes after the orders: what it inserts or moves does not win. */
static void the_data_sets_own_orders_win(void **state)
{
    static const char *const lines[] = {"demand,D3,due_date,shift,31,,", NULL};
    struct fixture *fixture = *state;
    fab_model *model = change(fixture, STEADY, USE "robots,CHIP,C2,,1,,,450,,,\n", lines);
    assert_null(find(model, "C2_CHIP:2027-03"));
    assert_non_null(find(model, "C2_CHIP:2027-04"));
    fab_model_free(model);
}

static void wrong(struct fixture *fixture, const char *driver, const char *use, const char *text)
{
    static const char *const lines[] = {"driver,robots,quantity,scale,2,,", "driver_use,cars/CHIP/C2,price_usd,set,451,,", NULL};
    const struct table_text tables[] = {{"driver", driver}, {"driver_use", use}, {NULL, NULL}};
    fab_model *base = load_fab(fixture, tables), *changed = NULL;
    fixture_clear(fixture);
    assert_int_equal(change_model(fixture, base, lines, &changed), FAB_INPUT);
    if (fixture->line_count != 1 || !strstr(fixture->lines[0], text))
        fail_msg("%d findings, the first is '%s'", fixture->line_count, fixture->line_count > 0 ? fixture->lines[0] : "");
    fab_model_free(base);
    fixture_clear(fixture);
}

static void findings_of_orders(void **state)
{
    static const char cars[] = STEADY "cars,2027-01-01,730.5,cars\n", both[] = USE "robots,CHIP,C2,,1,,,450,,,\ncars,CHIP,C2,,1,,,450,,,\n";
    struct fixture *fixture = *state;
    wrong(fixture, cars, both, "price_usd of CHIP differs between drivers cars and robots in 2027-01, must be equal");
    /* an order of that name is there already, of another month */
    const struct table_text tables[] = {{"driver", cars}, {"driver_use", USE "robots,DIE,C1,,1,,,2,,,\n"}, {"demand", "demand,customer,item,due_date,quantity,price_usd\nC1_DIE:2027-02,C1,DIE,2027-01-05,10,500\n"},
                                        {NULL, NULL}};
    static const char *const lines[] = {"driver,robots,quantity,scale,2,,", NULL};
    fab_model *base = load_fab(fixture, tables), *changed = NULL;
    fixture_clear(fixture);
    assert_int_equal(change_model(fixture, base, lines, &changed), FAB_INPUT);
    assert_non_null(strstr(fixture->lines[0], "the order 'C1_DIE:2027-02' that it makes has the id of another one, must be unique"));
    fab_model_free(base);
    fixture_clear(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(orders_are_made_where_there_are_none), CHANGE_TEST(a_driver_is_linear_and_needed_ahead), CHANGE_TEST(units_of_a_driver_are_linear_too),
        CHANGE_TEST(uses_of_one_item_are_one_order),       CHANGE_TEST(changes_know_the_orders),             CHANGE_TEST(the_data_sets_own_orders_win),
        CHANGE_TEST(findings_of_orders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
