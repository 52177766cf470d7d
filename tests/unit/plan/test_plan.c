/* Plans of small fabs: the one solved by hand, shares that add up, tables that repeat the objective, explanations that add up.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_source.h"
#include "assert_close.h"
#include "plan.h"
#include "plan_tables.h"
#include "store.h"
#include "view.h"

#include <stdio.h>
#include <string.h>

/* A loaded and solved data set of the data folder. */
struct solved {
    fab_context *context;
    fab_store *store;
    fab_model *model;
    fab_plan *plan;
    fab_table *tables[FAB_PLAN_MOST_TABLES];
    int count;
};

static void solve(struct solved *solved, const char *data)
{
    char folder[512];
    const char *path = folder;
    snprintf(folder, sizeof folder, "%s/data/%s", FAB_SOURCE_FOLDER, data);
    *solved = (struct solved){.context = fab_context_new()};
    assert_int_equal(fab_store_open(solved->context, NULL, FAB_STORE_MEMORY, &solved->store), FAB_OK);
    assert_int_equal(fab_csv_import(solved->context, solved->store, &path, 1, &(fab_import_options){0}, NULL), FAB_OK);
    assert_int_equal(fab_store_load_model(solved->context, solved->store, &solved->model), FAB_OK);
    assert_int_equal(fab_plan_optimise(solved->context, solved->model, NULL, &solved->plan), FAB_OK);
    assert_int_equal(solved->plan->outcome, FAB_OPTIMAL);
    assert_int_equal(fab_plan_make_tables(solved->context, solved->plan, 1, solved->tables, &solved->count), FAB_OK);
}

static void finish(struct solved *solved)
{
    for (int t = 0; t < solved->count; t++)
        fab_table_free(solved->tables[t]);
    fab_plan_free(solved->plan);
    fab_model_free(solved->model);
    fab_store_close(solved->store);
    fab_context_free(solved->context);
}

static const fab_table *table(const struct solved *solved, const char *name)
{
    for (int t = 0; t < solved->count; t++)
        if (strcmp(fab_table_name(solved->tables[t]), name) == 0)
            return solved->tables[t];
    fail_msg("no table %s", name);
    return NULL;
}

static double number(const fab_table *table, int row, const char *column)
{
    int index = fab_table_find_column(table, column);
    assert_true(index >= 0);
    return fab_value_number(fab_table_get(table, row, index));
}

static const char *text(const fab_table *table, int row, const char *column)
{
    int index = fab_table_find_column(table, column);
    assert_true(index >= 0);
    return fab_table_get(table, row, index)->text;
}

/* planning-model.md "Tiny example": every figure there. */
static void the_example_solved_by_hand(void **state)
{
    struct solved mini;
    (void)state;
    solve(&mini, "mini");
    assert_close(mini.plan->certificate.objective, 9240, 1e-9, 0);
    assert_true(mini.plan->certificate.verified && mini.plan->certificate.gap < 1e-9);
    assert_close(mini.plan->totals[FAB_MONEY_REVENUE], 12600, 1e-9, 0);
    assert_close(mini.plan->totals[FAB_MONEY_COST], -3360, 1e-9, 0);
    const fab_table *starts = table(&mini, "plan_start"), *capacity = table(&mini, "plan_capacity"), *stock = table(&mini, "plan_stock");
    assert_int_equal(fab_table_rows(starts), 2);
    for (int t = 0; t < 2; t++) {
        assert_close(number(starts, t, "starts"), 168, 1e-9, 0);
        assert_close(number(capacity, t, "used_hours"), 168, 1e-9, 0);
        assert_close(number(capacity, t, "available_hours"), 168, 1e-9, 0);
    }
    assert_close(number(stock, 0, "made"), 42, 1e-9, 0);
    assert_close(number(stock, 1, "made"), 84, 1e-9, 0);
    /* both weeks are short, so what is made is shipped at once: ties between the two are broken for the earlier shipment */
    const fab_table *shipments = table(&mini, "plan_shipment");
    assert_int_equal(fab_table_rows(shipments), 2);
    assert_close(number(shipments, 0, "quantity"), 42, 1e-9, 0);
    assert_close(number(shipments, 1, "quantity"), 84, 1e-9, 0);
    assert_close(number(capacity, 0, "usd_per_hour"), 40, 1e-9, 0);
    assert_close(number(capacity, 1, "usd_per_hour"), 15, 1e-9, 0);
    finish(&mini);
}

static double column_sum(const fab_table *table, const char *column)
{
    double sum = 0;
    for (int r = 0; r < fab_table_rows(table); r++)
        sum += number(table, r, column);
    return sum;
}

/* Discount factor of a row's period. */
static double discount(const struct solved *solved, const fab_table *rows, int row)
{
    const fab_table *periods = table(solved, "plan_period");
    for (int r = 0; r < fab_table_rows(periods); r++)
        if (strcmp(text(periods, r, "period"), text(rows, row, "period")) == 0)
            return number(periods, r, "discount");
    return (double)NAN;
}

static double discounted_sum(const struct solved *solved, const char *name, const char *column)
{
    const fab_table *rows = table(solved, name);
    double sum = 0;
    for (int r = 0; r < fab_table_rows(rows); r++)
        sum += number(rows, r, column) * discount(solved, rows, r);
    return sum;
}

/* Cost of lateness, each week of it discounted by the period at whose start it has passed; `weeks` of a shipment are those before its period's start. */
static double discounted_lateness(const struct solved *solved)
{
    const fab_table *rows = table(solved, "plan_shipment"), *periods = table(solved, "plan_period");
    double sum = 0;
    for (int r = 0; r < fab_table_rows(rows); r++) {
        double left = number(rows, r, "late_weeks"), rate = left > 0 ? number(rows, r, "late_usd") / left : 0;
        int t = 0;
        while (strcmp(text(periods, t, "period"), text(rows, r, "period")) != 0)
            t++;
        for (; left > 1e-9; t--) {
            double weeks = number(periods, t - 1, "days") / 7;
            sum += rate * weeks * number(periods, t, "discount");
            left -= weeks;
        }
    }
    return sum;
}

/* The stored tables alone give the parts of the objective again. */
static void tables_repeat_the_objective(const struct solved *solved)
{
    const double *totals = solved->plan->totals;
    double scale = totals[FAB_MONEY_REVENUE];
    assert_close(discounted_sum(solved, "plan_shipment", "revenue_usd"), totals[FAB_MONEY_REVENUE], 1e-12, 0);
    assert_close(-discounted_lateness(solved), totals[FAB_MONEY_LATE], 1e-9, 1e-12 * scale);
    assert_close(-discounted_sum(solved, "plan_demand", "shortage_usd"), totals[FAB_MONEY_SHORTAGE], 1e-9, 1e-12 * scale);
    assert_close(-discounted_sum(solved, "plan_demand", "commitment_usd"), totals[FAB_MONEY_COMMITMENT], 1e-9, 1e-12 * scale);
    assert_close(-discounted_sum(solved, "plan_start", "cost_usd"), totals[FAB_MONEY_COST], 1e-9, 1e-12 * scale);
    assert_close(-discounted_sum(solved, "plan_start", "shortfall_usd"), totals[FAB_MONEY_SHORTFALL], 1e-9, 1e-12 * scale);
    assert_close(-discounted_sum(solved, "plan_stock", "holding_usd"), totals[FAB_MONEY_HOLDING], 1e-9, 1e-12 * scale);
    assert_close(-discounted_sum(solved, "plan_stock", "substitution_usd"), totals[FAB_MONEY_SUBSTITUTION], 1e-9, 1e-12 * scale);
    assert_close(-discounted_sum(solved, "plan_power", "power_usd"), totals[FAB_MONEY_POWER], 1e-9, 1e-12 * scale);
    assert_close(-discounted_sum(solved, "plan_purchase", "charged_usd"), totals[FAB_MONEY_CAPEX] + totals[FAB_MONEY_REMOVAL], 1e-9, 1e-12 * scale);
    double sum = 0;
    for (int k = 0; k < FAB_MONEY_COUNT; k++)
        sum += totals[k];
    assert_close(sum, solved->plan->certificate.objective, 1e-12, 0);
}

static void stock_balances(const struct solved *solved)
{
    const fab_table *stock = table(solved, "plan_stock");
    for (int r = 0; r < fab_table_rows(stock); r++) {
        double in = number(stock, r, "opening") + number(stock, r, "made") + number(stock, r, "bought") + number(stock, r, "received") +
                    number(stock, r, "substituted_in");
        double out = number(stock, r, "substituted_out") + number(stock, r, "consumed") + number(stock, r, "shipped") + number(stock, r, "discarded");
        assert_close(in - out, number(stock, r, "closing"), 1e-9, 1e-9 * (1 + in));
    }
}

/* Every unit that is short is explained, and the parts are the marginal cost. */
static void shortages_add_up(const struct solved *solved)
{
    const fab_table *demands = table(solved, "plan_demand"), *parts = table(solved, "plan_shortage");
    int explained = 0;
    for (int d = 0; d < fab_table_rows(demands); d++) {
        double sum = 0, largest = 0;
        int rows = 0;
        for (int r = 0; r < fab_table_rows(parts); r++)
            if (strcmp(text(parts, r, "demand"), text(demands, d, "demand")) == 0) {
                sum += number(parts, r, "usd_per_unit");
                largest = fmax(largest, fabs(number(parts, r, "usd_per_unit")));
                rows++;
            }
        if (number(demands, d, "short") > 1e-6 * fmax(1, number(demands, d, "quantity"))) {
            assert_true(rows > 0);
            if (isnan(number(demands, d, "usd_per_unit")))
                assert_true(rows == 1 && isnan(sum)); /* no source could deliver */
            else
                assert_close(sum, number(demands, d, "usd_per_unit"), 1e-6, 1e-9 * (1 + largest));
            explained++;
        } else {
            assert_int_equal(rows, 0);
        }
    }
    assert_true(explained > 0);
}

static void capacity_and_demand_hold(const struct solved *solved)
{
    const fab_table *capacity = table(solved, "plan_capacity"), *demands = table(solved, "plan_demand");
    for (int r = 0; r < fab_table_rows(capacity); r++) {
        assert_true(number(capacity, r, "used_hours") <= number(capacity, r, "available_hours") * (1 + 1e-9) + 1e-6);
        assert_true(number(capacity, r, "usd_per_hour") >= -1e-9);
        /* complementary slackness: an hour is worth something only when the hours are used up */
        if (number(capacity, r, "usd_per_hour") > 1e-3)
            assert_close(number(capacity, r, "used_hours"), number(capacity, r, "available_hours"), 1e-7, 1e-6);
    }
    for (int d = 0; d < fab_table_rows(demands); d++)
        assert_close(number(demands, d, "shipped") + number(demands, d, "short"), number(demands, d, "quantity"), 1e-9, 1e-6);
    assert_close(column_sum(table(solved, "plan_shipment"), "quantity"), column_sum(demands, "shipped"), 1e-12, 0);
}

/* No wafer and no tool hour is lost or made: what arrives and what is unfinished is one start; its hours are those of its steps, all of them when it ends before the horizon does. */
static void nothing_is_lost_or_made(const struct solved *solved)
{
    const fab_terms *terms = solved->plan->terms;
    for (int s = 0; s < solved->model->source_count; s++)
        for (int t = 0; t < terms->period_count; t++) {
            const struct fab_source_period *at = &terms->source[s].period[t];
            double share = 0, loaded = 0, hours = 0;
            bool ends = terms->period[t].end + at->lead_days <= terms->horizon_days;
            if (!at->available)
                continue;
            for (int a = at->first_arrival; a < at->first_arrival + at->arrival_count; a++)
                share += terms->arrival[a].share;
            for (int l = at->first_load; l < at->first_load + at->load_count; l++)
                loaded += terms->load[l].hours;
            for (int k = 0; k < terms->source[s].step_count; k++)
                hours += terms->source[s].step[k].hours_per_start;
            assert_true(share <= 1 + 1e-12 && loaded <= hours * (1 + 1e-9));
            if (ends) {
                assert_close(share, 1, 1e-12, 0);
                assert_close(loaded, hours, 1e-9, 0);
            }
        }
}

static void the_sample_fab_tells_one_story(void **state)
{
    struct solved terafab;
    (void)state;
    solve(&terafab, "terafab");
    assert_close(terafab.plan->certificate.objective, 27786015998., 1e-10, 0); /* what the design says, from a formulation of its own */
    nothing_is_lost_or_made(&terafab);
    tables_repeat_the_objective(&terafab);
    stock_balances(&terafab);
    shortages_add_up(&terafab);
    capacity_and_demand_hold(&terafab);
    finish(&terafab);
}

/* By hand: starts of the first week arrive whole, half of those of the second are unfinished; a start has one hour. */
static void shares_of_the_example_solved_by_hand(void **state)
{
    struct solved mini;
    (void)state;
    solve(&mini, "mini");
    const fab_terms *terms = mini.plan->terms;
    for (int t = 0; t < terms->period_count; t++) {
        const struct fab_source_period *at = &terms->source[0].period[t];
        double sum = 0, hours = 0;
        for (int a = at->first_arrival; a < at->first_arrival + at->arrival_count; a++)
            sum += terms->arrival[a].share;
        for (int l = at->first_load; l < at->first_load + at->load_count; l++)
            hours += terms->load[l].hours;
        assert_close(sum, at->arriving, 1e-12, 0);
        assert_close(sum, t == 0 ? 1 : 0.5, 1e-12, 0);
        assert_close(hours, 1, 1e-12, 0);
    }
    finish(&mini);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_solved_by_hand),
        cmocka_unit_test(shares_of_the_example_solved_by_hand),
        cmocka_unit_test(the_sample_fab_tells_one_story),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
