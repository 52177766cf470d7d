/* What the terms of a plan make of changes by date: yields, hours, arrivals, money.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change_fixture.h"

#include "assert_close.h"
#include "plan.h"
#include "program.h"
#include "terms_build.h"

enum { BUY_CHIP, BUY_PART, MAKE };

struct planned {
    fab_model *model;
    fab_terms *terms;
};

static struct planned plan_with(struct fixture *fixture, const char *const lines[], const struct table_text other[])
{
    struct planned planned = {0};
    fab_model *base = load_fab(fixture, other);
    if (lines)
        fixture_ok(fixture, change_model(fixture, base, lines, &planned.model));
    else
        planned.model = base;
    if (lines)
        fab_model_free(base);
    fixture_ok(fixture, fab_terms_new(fixture->context, planned.model, &planned.terms));
    fixture_clear(fixture);
    return planned;
}

static void finish(struct planned *planned)
{
    fab_terms_free(planned->terms);
    fab_model_free(planned->model);
}

static const struct fab_source_period *at(const struct planned *planned, int source, int period)
{
    return &planned->terms->source[source].period[period];
}

static double arriving_in(const struct planned *planned, int source, int period, int arrival_period)
{
    const struct fab_source_period *start = at(planned, source, period);
    for (int a = start->first_arrival; a < start->first_arrival + start->arrival_count; a++)
        if (planned->terms->arrival[a].period == arrival_period)
            return planned->terms->arrival[a].share;
    return 0;
}

/* Twice the D0 of all days is twice the D0 of both ends of learning. */
static void d0_and_line_yield_of_all_days_are_those_of_the_process(void **state)
{
    static const char *const lines[] = {"process,P,d0_per_cm2,scale,2,,", "process,P,line_yield,scale,0.5,,", NULL};
    static const struct table_text other[] = {{"process", "process,model,d0_start_per_cm2,d0_mature_per_cm2,learning_start,halflife_days,line_yield_start,"
                                                          "line_yield_mature\nP,poisson,1,0.2,2027-02-01,30,0.4,0.45\n"},
                                              {NULL, NULL}};
    struct planned changed = plan_with(*state, lines, NULL), edited = plan_with(*state, NULL, other);
    for (int t = 0; t < 4; t++) {
        assert_close(at(&changed, MAKE, t)->unit_yield, at(&edited, MAKE, t)->unit_yield, 1e-14, 0);
        assert_close(at(&changed, MAKE, t)->line_yield, at(&edited, MAKE, t)->line_yield, 1e-14, 0);
        assert_close(at(&changed, MAKE, t)->good_units, at(&edited, MAKE, t)->good_units, 1e-14, 0);
    }
    finish(&changed);
    finish(&edited);
}

static void they_hold_for_starts_of_periods_inside(void **state)
{
    static const char *const lines[] = {"process,P,d0_per_cm2,scale,2,2027-02-01,2027-03-15", NULL};
    struct planned changed = plan_with(*state, lines, NULL), base = plan_with(*state, NULL, NULL);
    for (int t = 0; t < 4; t++) { /* poisson: twice the D0 is the square of the yield; March begins inside */
        double before = at(&base, MAKE, t)->unit_yield;
        assert_close(at(&changed, MAKE, t)->unit_yield, t == 1 || t == 2 ? before * before : before, 1e-14, 0);
        assert_close(at(&changed, MAKE, t)->line_yield, at(&base, MAKE, t)->line_yield, 0, 0);
    }
    finish(&changed);
    finish(&base);
}

static struct fab_change yield_insert(const char *value)
{
    return (struct fab_change){.origin = FAB_CHANGE_YIELD, .table = "source_yield", .operation = FAB_CHANGE_INSERT, .value = value, .from = FAB_DATE_NONE, .to = FAB_DATE_NONE};
}

/* Yields that a fit has set are multiplied by model(A x new D0) / model(A x old D0); those of the data set stay. */
static void fitted_yields_follow_the_process(void **state)
{
    struct fixture *fixture = *state;
    const char *const scenario[] = {"process,P,d0_per_cm2,scale,2,2027-02-01,2027-03-01", "process,P,line_yield,scale,0.5,2027-02-01,2027-03-01", NULL};
    struct fab_change_list *list = read_changes(fixture, scenario);
    struct fab_change fitted = yield_insert("source=MAKE;from_date=2027-01-01;line_yield=0.6;unit_yield=0.5"), given = fitted;
    given.origin = FAB_CHANGE_SCENARIO;
    given.scenario = "T";
    fab_model *base = load_fab(fixture, NULL), *changed = NULL;
    struct planned plain = plan_with(fixture, NULL, NULL);
    double old = at(&plain, MAKE, 1)->unit_yield;
    for (int fit = 0; fit < 2; fit++) {
        struct fab_change_list *both = fab_change_list_new();
        for (int c = 0; c < list->count; c++)
            fixture_ok(fixture, fab_change_list_add(fixture->context, both, &list->change[c]));
        fixture_ok(fixture, fab_change_list_add(fixture->context, both, fit ? &fitted : &given));
        fab_change_list_sort(both);
        assert_int_equal(both->change[0].origin, fit ? FAB_CHANGE_YIELD : FAB_CHANGE_SCENARIO); /* what is estimated comes first */
        fixture_ok(fixture, fab_model_change(fixture->context, base, both, &changed));
        struct planned planned = {.model = changed};
        fixture_ok(fixture, fab_terms_new(fixture->context, changed, &planned.terms));
        assert_close(at(&planned, MAKE, 0)->unit_yield, 0.5, 1e-14, 0);
        assert_close(at(&planned, MAKE, 1)->unit_yield, fit ? 0.5 * old : 0.5, 1e-14, 0); /* old^2 / old */
        assert_close(at(&planned, MAKE, 1)->line_yield, fit ? 0.3 : 0.6, 1e-14, 0);
        finish(&planned);
        fab_change_list_free(both);
    }
    finish(&plain);
    fab_model_free(base);
    fab_change_list_free(list);
}

static void availability_holds_for_the_hours_of_periods(void **state)
{
    static const char *const lines[] = {"tool_group,ETCH,availability,scale,0.5,2027-02-01,2027-03-01", "tool_group,LITHO,availability,scale,1..0.5,2027-01-01,2027-03-01", NULL};
    struct planned changed = plan_with(*state, lines, NULL), base = plan_with(*state, NULL, NULL);
    const double litho[] = {1 - 0.5 * 15.5 / 59, 1 - 0.5 * 45 / 59, 0.5, 0.5};
    for (int t = 0; t < 4; t++) {
        assert_close(changed.terms->hours_per_tool[t], base.terms->hours_per_tool[t] * (t == 1 ? 0.5 : 1), 1e-14, 0);
        assert_close(changed.terms->hours_per_tool[4 + t], base.terms->hours_per_tool[4 + t] * litho[t], 1e-14, 0);
    }
    finish(&changed);
    finish(&base);
}

/* BUY_PART takes 10 days: of January's 31 days of starts 21 arrive in January, 10 in February. */
static void output_multiplies_arrivals_whenever_they_were_started(void **state)
{
    static const char *const lines[] = {"source,BUY_PART,output,scale,0.4,2027-02-01,2027-02-15", NULL};
    struct planned changed = plan_with(*state, lines, NULL);
    double february = 1 - 0.6 * 14 / 28;
    assert_close(arriving_in(&changed, BUY_PART, 0, 0), 21.0 / 31, 1e-14, 0);
    assert_close(arriving_in(&changed, BUY_PART, 0, 1), 10.0 / 31 * february, 1e-14, 0);
    assert_close(arriving_in(&changed, BUY_PART, 1, 1), 18.0 / 28 * february, 1e-14, 0);
    assert_close(arriving_in(&changed, BUY_PART, 1, 2), 10.0 / 28, 1e-14, 0);
    assert_close(at(&changed, BUY_PART, 0)->arriving, 21.0 / 31 + 10.0 / 31 * february, 1e-14, 0);
    finish(&changed);
}

static void nobody_pays_for_what_a_supplier_cannot_deliver(void **state)
{
    static const char *const lines[] = {"source,BUY_PART,output,scale,0.4,2027-02-01,2027-02-15", NULL};
    struct planned changed = plan_with(*state, lines, NULL);
    double lost = 0.6 * 14 / 28, a0 = 1 - 10.0 / 31 * lost, a1 = 1 - 18.0 / 28 * lost;
    assert_close(at(&changed, BUY_PART, 0)->owed, a0, 1e-14, 0);
    assert_close(at(&changed, BUY_PART, 0)->usd_per_start, 2 * a0, 1e-14, 0);
    assert_close(at(&changed, BUY_PART, 1)->usd_per_start, 2 * a1, 1e-14, 0);
    assert_close(at(&changed, BUY_PART, 2)->usd_per_start, 2, 0, 0);
    assert_close(fab_terms_shortfall_usd(changed.terms, 1, 1), 3 * a1, 1e-14, 0); /* 3 USD are given */
    finish(&changed);
}

/* An empty shortfall is 10 x the cost before a, multiplied once. */
static void an_empty_shortfall_is_multiplied_once(void **state)
{
    static const char *const lines[] = {"source,BUY_PART,output,scale,0.4,2027-02-01,2027-02-15", "source_limit,BUY_PART,shortfall_usd_per_start,set,,,", NULL};
    struct planned changed = plan_with(*state, lines, NULL);
    assert_close(fab_terms_shortfall_usd(changed.terms, 1, 1), 10 * 2 * (1 - 18.0 / 28 * 0.6 * 14 / 28), 1e-14, 0);
    finish(&changed);
}

static void a_source_with_a_route_is_paid_in_full(void **state)
{
    static const char *const lines[] = {"source,MAKE,output,scale,0,2027-02-01,2027-03-01", NULL};
    struct planned changed = plan_with(*state, lines, NULL);
    assert_close(at(&changed, MAKE, 1)->usd_per_start, 100, 0, 0);
    assert_true(at(&changed, MAKE, 1)->available);
    assert_close(arriving_in(&changed, MAKE, 1, 1), 0, 0, 0);
    assert_true(at(&changed, MAKE, 1)->load_count > 0); /* it is worked on all the same */
    finish(&changed);
}

static void where_nothing_comes_nothing_is_started_and_no_minimum_holds(void **state)
{
    static const char *const lines[] = {"source,BUY*,output,scale,0,2027-03-01,", NULL};
    struct planned changed = plan_with(*state, lines, NULL);
    fab_program *program = NULL;
    assert_true(at(&changed, BUY_CHIP, 1)->available); /* some of February arrives in February */
    assert_false(at(&changed, BUY_CHIP, 2)->available);
    assert_false(at(&changed, BUY_CHIP, 3)->available);
    assert_close(at(&changed, BUY_CHIP, 2)->owed, 0, 0, 0);
    assert_close(at(&changed, BUY_CHIP, 1)->min_starts, 5 * 28 / 7.0, 1e-14, 0);
    assert_close(at(&changed, BUY_CHIP, 2)->min_starts, 0, 0, 0);
    fixture_ok(*state, fab_program_new(((struct fixture *)*state)->context, changed.terms, NULL, &program));
    int minima = 0;
    for (int r = 0; r < program->lp->row_count; r++)
        minima += strncmp(program->lp->row[r].name, "SRC[BUY/CHIP,", 13) == 0;
    assert_int_equal(minima, 2);
    fab_program_free(program);
    finish(&changed);
}

/* Behind the horizon the end value counts 1 - sum of w, times f there: 1, or that of a change without an end. */
static void the_end_value_keeps_what_comes_behind_the_horizon(void **state)
{
    static const char *const ended[] = {"source,BUY_PART,output,scale,0,2027-04-01,2027-06-01", NULL}, *const open[] = {"source,BUY_PART,output,scale,0.25,2027-04-01,", NULL};
    struct planned base = plan_with(*state, NULL, NULL), a = plan_with(*state, ended, NULL), b = plan_with(*state, open, NULL);
    assert_close(at(&base, BUY_PART, 3)->behind, 10.0 / 30, 1e-14, 0);
    assert_close(at(&a, BUY_PART, 3)->behind, 10.0 / 30, 1e-14, 0); /* what was to come inside the horizon is worth nothing */
    assert_close(at(&a, BUY_PART, 3)->arriving, 0, 0, 0);
    assert_close(at(&a, BUY_PART, 3)->owed, 10.0 / 30, 1e-14, 0);
    assert_close(at(&b, BUY_PART, 3)->behind, 0.25 * 10 / 30, 1e-14, 0);
    assert_close(at(&b, BUY_PART, 3)->owed, 0.25, 1e-14, 0);
    finish(&base);
    finish(&a);
    finish(&b);
}

static void receipts_that_name_the_source_are_multiplied(void **state)
{
    static const char *const lines[] = {"source,BUY_PART,output,scale,0.5,,", NULL};
    struct planned changed = plan_with(*state, lines, NULL);
    int part = fab_model_find_row(changed.model, fab_dictionary_find("item"), "PART");
    assert_close(changed.terms->receipt[part * 4 + 0], 50, 1e-14, 0);
    assert_close(changed.terms->receipt[part * 4 + 2], 200, 0, 0); /* names none */
    finish(&changed);
}

static void lots_are_multiplied_in_the_period_of_their_arrival(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lines[] = {"source,MAKE,output,scale,0.5,2027-01-01,2027-02-01", NULL};
    fab_model *base = load_fab(fixture, NULL), *changed = NULL;
    struct fab_wip lot = {.lot = "L", .source = MAKE, .start_date = fab_date_from_civil(2026, 12, 28), .wafers = 10, .progress = 0.5};
    base->wip = &lot;
    base->wip_count = 1;
    fixture_ok(fixture, change_model(fixture, base, lines, &changed));
    struct planned before = {.model = base}, after = {.model = changed};
    fixture_ok(fixture, fab_terms_new(fixture->context, base, &before.terms));
    fixture_ok(fixture, fab_terms_new(fixture->context, changed, &after.terms));
    const struct fab_go *whole = &before.terms->wip[0].go[0], *half = &after.terms->wip[0].go[0];
    assert_int_equal(before.terms->arrival[whole->first_arrival].period, 0);
    assert_close(before.terms->arrival[whole->first_arrival].share, 1, 0, 0);
    assert_close(after.terms->arrival[half->first_arrival].share, 0.5, 1e-14, 0);
    assert_close(half->behind, 0, 0, 0);
    finish(&before);
    finish(&after);
}

static void figures_of_a_process_out_of_range_are_named(void **state)
{
    struct fixture *fixture = *state;
    static const char *const high[] = {"process,P,line_yield,add,0.15,2027-03-01,", NULL}, *const low[] = {"process,P,d0_per_cm2,add,-0.3,,", NULL};
    for (int i = 0; i < 2; i++) {
        fab_model *base = load_fab(fixture, NULL), *changed = NULL;
        fab_terms *terms = NULL;
        fixture_ok(fixture, change_model(fixture, base, i ? low : high, &changed));
        assert_int_equal(fab_terms_new(fixture->context, changed, &terms), FAB_INPUT);
        assert_message(fixture, i ? "process P: its changes make D0 -" : "process P: its changes make D0");
        fab_model_free(base);
        fab_model_free(changed);
    }
}

/* A plan without changes, and one whose changes undo each other, are the same. */
static void changes_that_undo_each_other_change_no_plan(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lines[] = {"source,*,output,scale,0.5,,", "source,*,output,scale,2,,", "demand,*,quantity,scale,4,,", "demand,*,quantity,scale,0.25,,", NULL};
    fab_model *base = load_fab(fixture, NULL), *changed = NULL;
    fab_plan *left = NULL, *right = NULL;
    const fab_plan_options options = {0};
    fixture_ok(fixture, change_model(fixture, base, lines, &changed));
    fixture_ok(fixture, fab_plan_optimise(fixture->context, base, &options, &left));
    fixture_ok(fixture, fab_plan_optimise(fixture->context, changed, &options, &right));
    assert_int_equal(left->outcome, FAB_OPTIMAL);
    assert_close(left->certificate.objective, right->certificate.objective, 0, 0);
    fab_plan_free(left);
    fab_plan_free(right);
    fab_model_free(base);
    fab_model_free(changed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CHANGE_TEST(d0_and_line_yield_of_all_days_are_those_of_the_process),
        CHANGE_TEST(they_hold_for_starts_of_periods_inside),
        CHANGE_TEST(fitted_yields_follow_the_process),
        CHANGE_TEST(availability_holds_for_the_hours_of_periods),
        CHANGE_TEST(output_multiplies_arrivals_whenever_they_were_started),
        CHANGE_TEST(nobody_pays_for_what_a_supplier_cannot_deliver),
        CHANGE_TEST(an_empty_shortfall_is_multiplied_once),
        CHANGE_TEST(a_source_with_a_route_is_paid_in_full),
        CHANGE_TEST(where_nothing_comes_nothing_is_started_and_no_minimum_holds),
        CHANGE_TEST(the_end_value_keeps_what_comes_behind_the_horizon),
        CHANGE_TEST(receipts_that_name_the_source_are_multiplied),
        CHANGE_TEST(lots_are_multiplied_in_the_period_of_their_arrival),
        CHANGE_TEST(figures_of_a_process_out_of_range_are_named),
        CHANGE_TEST(changes_that_undo_each_other_change_no_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
