/* Orders and receipts dated outside of the calendar: what of them stays in the model, and what is said. The small fab runs from 2027-01-01 to before 2027-05-01.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "outside.h"

static const struct table_text other[] = {
    {"demand", "demand,customer,item,due_date,quantity,price_usd,shortage_usd,max_late_days,min_fill\nA,C1,CHIP,2026-12-22,10,500,,10,\nB,C1,CHIP,2026-12-21,20,500,7,10,\n"
               "C,C2,CHIP,2026-12-31,3,450,2,,\nD,C2,CHIP,2027-01-01,4,450,,,\nE,C2,CHIP,2027-04-30,5,450,,,\nF,C2,CHIP,2027-05-01,6,450,,,\n"},
    {"receipt", "item,date,quantity\nPART,2026-12-31,100\nPART,2027-01-01,200\nPART,2027-04-30,300\nPART,2027-05-01,400\n"},
    {NULL, NULL},
};

static fab_model *load(struct fixture *fixture)
{
    fab_model *model = load_fab(fixture, other);
    fixture_clear(fixture);
    return model;
}

static void assert_orders(const fab_model *model, const char *expected)
{
    char found[64] = "";
    for (int d = 0; d < model->demand_count; d++)
        strcat(found, model->demand[d].demand);
    assert_string_equal(found, expected);
}

static void assert_line(const struct fixture *fixture, int line, const char *text)
{
    if (line >= fixture->line_count || !strstr(fixture->lines[line], text))
        fail_msg("line %d is '%s', not '%s'", line, line < fixture->line_count ? fixture->lines[line] : "", text);
}

static void what_lies_behind_the_end(void **state)
{
    struct fixture *fixture = *state;
    fab_model *model = load(fixture);
    fab_outside_end(fixture->context, model);
    assert_orders(model, "ABCDE");
    assert_int_equal(model->receipt_count, 3);
    assert_int_equal(fixture->line_count, 2);
    assert_line(fixture, 0, "1 order due on or after the calendar's end 2027-05-01 (F; 6 units, 2700 USD): left out of the plan");
    assert_line(fixture, 1, "1 receipt dated on or after the calendar's end 2027-05-01 (PART; 400 units): left out of the plan");
    fab_model_free(model);
}

/* A may be ten days late and is ten days overdue. B is eleven: 20 x (7 + 10 x 0.5 x 500), half of it promised by the customer. C may not be late at all: 3 x 2. */
static void what_lies_before_the_start(void **state)
{
    struct fixture *fixture = *state;
    fab_model *model = load(fixture);
    fab_outside_start(fixture->context, model);
    assert_orders(model, "ADEF");
    assert_int_equal(model->demand[0].due_date, fab_date_from_civil(2026, 12, 22));
    assert_int_equal(model->receipt_count, 4);
    assert_int_equal(model->receipt[0].date, fab_date_from_civil(2027, 1, 1));
    assert_int_equal(fixture->line_count, 3);
    assert_line(fixture, 0, "1 order due before the plan's first day 2027-01-01 (A; 10 units, 5000 USD): overdue: late from the due date on");
    assert_line(fixture, 1,
                "2 orders due before the plan's first day 2027-01-01 (B, C; 23 units, 11350 USD): overdue by more than max_late_days and left out; the penalty of 50146 USD is in no "
                "total");
    assert_line(fixture, 2, "1 receipt dated before the plan's first day 2027-01-01 (PART; 100 units): taken as arriving on that day");
    fab_model_free(model);
}

static void nothing_is_said_without_a_context(void **state)
{
    struct fixture *fixture = *state;
    fab_model *model = load(fixture);
    fab_outside_end(NULL, model);
    fab_outside_start(NULL, model);
    assert_orders(model, "ADE");
    assert_int_equal(fixture->line_count, 0);
    fab_outside_end(fixture->context, model);
    assert_int_equal(fixture->line_count, 0); /* nothing is left there */
    model->calendar_count = 0;
    fab_outside_end(fixture->context, model);
    fab_outside_start(fixture->context, model);
    assert_orders(model, "ADE");
    fab_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(what_lies_behind_the_end),
        CHANGE_TEST(what_lies_before_the_start),
        CHANGE_TEST(nothing_is_said_without_a_context),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
