/* What holds of every plan, on drawn fabs: no upper limit carries the value of an equation; the parts of what one more unit costs add up; the tables repeat the program.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounds.h"
#include "plan_fixture.h"
#include "reasons.h"
#include "tables.h"
#include "view.h"
#include "walk.h"

static struct world drawn[WORLD_RANDOM_FABS];

static int set_up(void **state)
{
    (void)state;
    for (int n = 0; n < WORLD_RANDOM_FABS; n++) {
        world_of_seed(&drawn[n], n + 1);
        world_plan(&drawn[n]);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (int n = 0; n < WORLD_RANDOM_FABS; n++)
        world_finish(&drawn[n]);
    return 0;
}

static int each_plan(void (*look)(const struct world *world))
{
    int seen = 0;
    for (int n = 0; n < WORLD_RANDOM_FABS; n++)
        if (drawn[n].plan->outcome == FAB_OPTIMAL) {
            look(&drawn[n]);
            seen++;
        }
    assert_true(seen > WORLD_RANDOM_FABS / 2);
    return seen;
}

/* ---- limits ---- */

/* A reduced cost below this share of the money that it is a sum of is its rounding. */
#define ROUNDING 1e-9

/* True when the upper limit of a column is itself a number of the data: a contract's maximum, a store's room, what is ordered or promised. */
static bool is_limit_of_data(const struct world *world, int column)
{
    const fab_model *model = world->model;
    const fab_terms *terms = world->plan->terms;
    const struct fab_lp_column *it = &world->program->lp->column[column];
    switch (it->tag.family) {
    case FAB_X:
        return it->upper == terms->source[it->tag.a].period[it->tag.period].max_starts;
    case FAB_I:
        return it->upper == model->item[it->tag.a].max_stock || (terms->unstocked[it->tag.a] && it->upper == 0);
    case FAB_Y:
    case FAB_SHORT:
        return it->upper == model->demand[it->tag.a].quantity;
    case FAB_LACK:
        return it->upper == terms->promised_fill[it->tag.a] * model->demand[it->tag.a].quantity;
    case FAB_LACKMIN:
        return it->upper == model->source_limit[it->tag.a].min_starts_per_week * terms->period[it->tag.period].days / FAB_DAYS_PER_WEEK;
    default:
        return false;
    }
}

/* Largest |multiplier x coefficient| in a column. */
static double money_in(const fab_lp *lp, const fab_lp_solution *solution, int column)
{
    double most = fabs(lp->column[column].objective);
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++)
        most = fmax(most, fabs(lp->value[k] * solution->multiplier[lp->row_index[k]]));
    return most;
}

static int valued[FAB_FAMILIES]; /* columns with a value of their limit, of the data or not */

static void limits_carry_no_value(const struct world *world)
{
    const fab_lp *lp = world->program->lp;
    const fab_lp_solution *solution = world->plan->solution;
    for (int j = 0; j < lp->column_count; j++) {
        double reduced = solution->reduced_cost[j];
        if (reduced <= ROUNDING * fmax(1, money_in(lp, solution, j)))
            continue;
        valued[lp->column[j].tag.family]++;
        if (!is_limit_of_data(world, j))
            fail_msg("%s: %g of %g, a limit worth %g", lp->column[j].name, solution->x[j], lp->column[j].upper, reduced);
    }
}

static void no_limit_carries_the_value_of_an_equation(void **state)
{
    (void)state;
    each_plan(limits_carry_no_value);
    assert_true(valued[FAB_X] > 0 && valued[FAB_I] > 0 && valued[FAB_Y] > 0 && valued[FAB_LACK] > 0 && valued[FAB_LACKMIN] > 0); /* the fabs have such limits */
}

/* What can have arrived only grows, and is in store and orders of the first period from the start. */
static void arrivals_add_up(const struct world *world)
{
    const struct fab_bounds *bounds = world->program->bounds;
    int T = world->plan->terms->period_count;
    for (int i = 0; i < world->model->item_count; i++) {
        assert_true(bounds->arrivals[i * T] >= world->plan->terms->on_hand[i] + world->plan->terms->receipt[i * T]);
        for (int t = 1; t < T; t++)
            assert_true(bounds->arrivals[i * T + t] >= bounds->arrivals[i * T + t - 1]);
    }
    for (int j = 0; j < world->program->lp->column_count; j++) {
        const struct fab_lp_column *column = &world->program->lp->column[j];
        assert_true(column->lower == 0 && column->upper >= 0 && column->upper < 1e15);
    }
}

static void limits_are_finite(void **state)
{
    (void)state;
    each_plan(arrivals_add_up);
}

/* ---- what one more unit costs ---- */

#define WORTH_NOTHING 1e-12

/* Parts add up to the marginal cost. What cancels on the way leaves the rounding of the largest part. */
static void check_sum(const struct fab_parts *parts, double value)
{
    double sum = 0, largest = 0;
    for (int p = 0; p < parts->count; p++) {
        assert_true(parts->part[p].usd != 0 || parts->part[p].largest_usd > 0 || parts->part[p].tied); /* 0 only where addends cancel, or as full as another one */
        if (parts->part[p].tied) /* worth nothing: what is left is the rounding of a multiplier */
            assert_true(fabs(parts->part[p].usd) <= WORTH_NOTHING * fmax(1, fabs(value)));
        sum += parts->part[p].usd;
        largest = fmax(largest, parts->part[p].largest_usd);
    }
    assert_false(parts->failed);
    assert_close(sum, value, 1e-9, 1e-13 * largest);
}

/* Of every item in every period, wanted or not: the multiplier where the plan supplies it, else no less than anybody would give for it. */
static void parts_are_the_cost(const struct world *world)
{
    struct fab_walk *walk = fab_walk_new(world->plan);
    assert_non_null(walk);
    const struct fab_ways *ways = fab_walk_ways(walk);
    for (int i = 0; i < world->model->item_count; i++)
        for (int t = 0; t < world->plan->terms->period_count; t++) {
            double cost = fab_ways_cost(ways, i, t), value = fab_walk_value(world->plan, i, t);
            if (fab_ways_supplied(ways, i, t))
                assert_close(cost, value, 1e-15, 0);
            if (isfinite(cost))
                check_sum(fab_walk_unit(walk, i, t), cost);
        }
    fab_walk_free(walk);
}

static void every_unit_is_explained(void **state)
{
    (void)state;
    each_plan(parts_are_the_cost);
}

static int short_orders, off_reasons, never;

static void reasons_add_up(const struct world *world)
{
    fab_table *reasons = fab_table_shortages(world->plan, 1);
    struct fab_ways *ways = fab_ways_new(world->plan);
    int row = 0;
    assert_true(reasons && ways);
    for (int d = 0; d < world->model->demand_count; d++) {
        const struct fab_demand *demand = &world->model->demand[d];
        struct fab_order_cost cost = fab_ways_order(ways, d);
        int first = row;
        double sum = 0, largest = 0;
        for (; row < fab_table_rows(reasons) && strcmp(cell_text(reasons, row, "demand"), demand->demand) == 0; row++) {
            double usd = cost.period == FAB_NONE ? 0 : cell_number(reasons, row, "usd_per_unit");
            sum += usd;
            largest = fmax(largest, fabs(usd));
            assert_true(cell_number(reasons, row, "rank") == row - first + 1);
            off_reasons += strcmp(cell_text(reasons, row, "family"), "OFF") == 0;
        }
        assert_int_equal(row > first, fab_view_value(world->plan, FAB_SHORT, d, FAB_NONE) > 1e-6 * fmax(1, demand->quantity));
        if (row == first)
            continue;
        short_orders++;
        if (cost.period != FAB_NONE)
            assert_close(sum, cost.usd / world->plan->terms->period[cost.period].discount, 1e-9, 1e-12 * largest);
        never += cost.period == FAB_NONE;
    }
    assert_int_equal(row, fab_table_rows(reasons));
    fab_ways_free(ways);
    fab_table_free(reasons);
}

static void every_short_order_is_explained(void **state)
{
    (void)state;
    each_plan(reasons_add_up);
    assert_true(short_orders > 100 && never > 0);
    assert_true(off_reasons > 0); /* where hours may move, what may move is a reason */
}

/* A limit that is as full as the reason, worth nothing by itself: it stands right behind the reason. */
static bool is_tied(const fab_table *reasons, int row)
{
    static const char words[] = ", as full";
    const char *label = cell_text(reasons, row, "label");
    size_t length = strlen(label), end = strlen(words);
    return length > end && strcmp(label + length - end, words) == 0;
}

/* Every row that has a value is in its order at most once per part: no two rows of an order say the same. */
static void reasons_say_nothing_twice(const struct world *world)
{
    fab_table *reasons = fab_table_shortages(world->plan, 1);
    for (int r = 1; r < fab_table_rows(reasons); r++) {
        if (strcmp(cell_text(reasons, r - 1, "demand"), cell_text(reasons, r, "demand")) != 0)
            continue;
        for (int before = r - 1; before >= 0 && strcmp(cell_text(reasons, before, "demand"), cell_text(reasons, r, "demand")) == 0; before--)
            assert_false(strcmp(cell_text(reasons, before, "family"), cell_text(reasons, r, "family")) == 0 &&
                         strcmp(cell_text(reasons, before, "label"), cell_text(reasons, r, "label")) == 0);
        int before = r - 1;
        while (is_tied(reasons, before))
            before--;
        if (is_tied(reasons, r))
            assert_true(cell_number(reasons, before, "rank") == 1 && fabs(cell_number(reasons, r, "usd_per_unit")) <= WORTH_NOTHING * fabs(world->plan->certificate.objective));
        assert_true(strcmp(cell_text(reasons, r, "family"), "OTHER") == 0 || cell_number(reasons, before, "rank") == 1 || /* the reason is first, whatever its part */
                    fabs(cell_number(reasons, r, "usd_per_unit")) <= fabs(cell_number(reasons, before, "usd_per_unit")));
    }
    fab_table_free(reasons);
}

static void reasons_are_sorted_and_different(void **state)
{
    (void)state;
    each_plan(reasons_say_nothing_twice);
}

static void compare_tables(const fab_table *a, const fab_table *b)
{
    assert_int_equal(fab_table_rows(a), fab_table_rows(b));
    for (int r = 0; r < fab_table_rows(a); r++)
        for (int c = 0; c < fab_table_columns(a); c++) {
            const fab_value *left = fab_table_get(a, r, c), *right = fab_table_get(b, r, c);
            assert_int_equal(left->type, right->type);
            if (left->type == FAB_TEXT)
                assert_string_equal(left->text, right->text);
            else if (left->type == FAB_REAL)
                assert_true(left->real == right->real);
            else if (left->type == FAB_INTEGER)
                assert_true(left->integer == right->integer);
        }
}

/* The basis is of the point before the ties moved it: with its letters gone the reasons are the same. */
static void reasons_without_basis(const struct world *world)
{
    fab_lp_solution *solution = world->plan->solution;
    char *row_status = solution->row_status, *column_status = solution->column_status;
    fab_table *with = fab_table_shortages(world->plan, 1);
    solution->row_status = solution->column_status = NULL;
    fab_table *without = fab_table_shortages(world->plan, 1);
    solution->row_status = row_status;
    solution->column_status = column_status;
    compare_tables(with, without);
    fab_table_free(with);
    fab_table_free(without);
}

static void reasons_read_no_basis(void **state)
{
    (void)state;
    each_plan(reasons_without_basis);
}

/* ---- tables repeat the program ---- */

/* What is used less what there is, of a row of the program that limits it from above. */
static double excess(const struct world *world, int row)
{
    const fab_lp *lp = world->program->lp;
    return activity(lp, row, world->plan->solution->x) - lp->row[row].upper;
}

static double scale_of(double a, double b)
{
    return 1e-9 * (1 + fabs(a) + fabs(b));
}

static void capacity_is_the_row(const struct world *world)
{
    fab_table *capacity = fab_table_capacity(world->plan, 1);
    int T = world->plan->terms->period_count;
    for (int g = 0; g < world->model->tool_group_count; g++)
        for (int u = 0; u < T; u++) {
            int r = g * T + u, row = fab_program_at(world->program, FAB_CAP, g, u);
            double used = cell_number(capacity, r, "used_hours"), available = cell_number(capacity, r, "available_hours");
            assert_string_equal(cell_text(capacity, r, "tool_group"), world->model->tool_group[g].tool_group);
            assert_close(used - available, excess(world, row), 0, scale_of(used, available));
            assert_close(used, cell_number(capacity, r, "load_hours") - cell_number(capacity, r, "moved_out_hours") + cell_number(capacity, r, "moved_in_hours"),
                         0, scale_of(used, 0));
            assert_close(cell_number(capacity, r, "tools"), fab_view_tools(world->plan, g, u), 1e-12, 0);
            assert_close(cell_number(capacity, r, "usd_per_hour"), fab_view_row(world->plan, row, u), 1e-12, 0);
        }
    assert_int_equal(fab_table_rows(capacity), world->model->tool_group_count * T);
    fab_table_free(capacity);
}

/* Hours moved stand in both tables, on both sides. */
static void offloads_are_moved_hours(const struct world *world)
{
    fab_table *capacity = fab_table_capacity(world->plan, 1), *offloads = fab_table_offloads(world->plan, 1);
    double out = 0, in = 0, off = 0, on = 0;
    for (int r = 0; r < fab_table_rows(capacity); r++) {
        /* what came from another group is not passed on */
        assert_true(cell_number(capacity, r, "moved_out_hours") <= cell_number(capacity, r, "load_hours") * (1 + 1e-9) + 1e-9);
        out += cell_number(capacity, r, "moved_out_hours");
        in += cell_number(capacity, r, "moved_in_hours");
    }
    for (int r = 0; r < fab_table_rows(offloads); r++) {
        assert_true(cell_number(offloads, r, "hours") > 0);
        off += cell_number(offloads, r, "hours");
        on += cell_number(offloads, r, "alternate_hours");
    }
    assert_close(off, out, 1e-9, 1e-9);
    assert_close(on, in, 1e-9, 1e-9);
    fab_table_free(capacity);
    fab_table_free(offloads);
}

static void stock_is_the_balance(const struct world *world)
{
    fab_table *stock = fab_table_stock(world->plan, 1);
    int T = world->plan->terms->period_count;
    for (int r = 0; r < fab_table_rows(stock); r++) {
        double in = cell_number(stock, r, "opening") + cell_number(stock, r, "made") + cell_number(stock, r, "bought") + cell_number(stock, r, "received") +
                    cell_number(stock, r, "wip") + cell_number(stock, r, "substituted_in");
        double out = cell_number(stock, r, "substituted_out") + cell_number(stock, r, "consumed") + cell_number(stock, r, "shipped") +
                     cell_number(stock, r, "discarded") + cell_number(stock, r, "closing");
        assert_close(in, out, 0, 1e-9 * (1 + in + out));
        if (r % T > 0)
            assert_close(cell_number(stock, r, "opening"), cell_number(stock, r - 1, "closing"), 0, 0);
        assert_close(cell_number(stock, r, "usd_per_unit"), fab_view_unit_value(world->plan, r / T, r % T), 1e-12, 0);
    }
    assert_int_equal(fab_table_rows(stock), world->model->item_count * T);
    fab_table_free(stock);
}

static void power_is_the_row(const struct world *world)
{
    fab_table *power = fab_table_power(world->plan, 1);
    int T = world->plan->terms->period_count, r = 0;
    double usd = 0;
    for (int site = 0; site < world->model->site_count; site++)
        for (int u = 0; u < T; u++) {
            int row = fab_program_at(world->program, FAB_PWR, site, u);
            if (row == FAB_NONE)
                continue;
            double used = cell_number(power, r, "used_mw"), most = cell_number(power, r, "limit_mw") + cell_number(power, r, "supply_mw");
            assert_close(used - most, excess(world, row), 0, scale_of(used, most));
            assert_close(used, cell_number(power, r, "base_mw") + cell_number(power, r, "tools_mw"), 1e-12, 0);
            assert_close(cell_number(power, r, "energy_mwh"), used * 24 * world->plan->terms->period[u].days, 1e-12, 0);
            usd += cell_number(power, r, "power_usd") * world->plan->terms->period[u].discount;
            r++;
        }
    assert_int_equal(r, fab_table_rows(power));
    assert_close(-usd, world->plan->totals[FAB_MONEY_POWER], 1e-9, 1e-9);
    fab_table_free(power);
}

static void lines_are_the_rows(const struct world *world)
{
    fab_table *lines = fab_table_lines(world->plan, 1);
    int T = world->plan->terms->period_count;
    for (int r = 0; r < fab_table_rows(lines); r++) {
        int floor = fab_program_at(world->program, FAB_FLR, r / T, r % T);
        double rate = cell_number(lines, r, "starts_per_week"), most = cell_number(lines, r, "max_starts_per_week");
        if (floor != FAB_NONE) {
            double used = cell_number(lines, r, "floor_used_m2"), m2 = cell_number(lines, r, "floor_m2");
            assert_close(used - m2, excess(world, floor), 0, scale_of(used, m2));
        }
        assert_false(rate > most * (1 + 1e-9) + 1e-9); /* NAN: no limit */
        assert_true(isnan(most) == (cell_number(lines, r, "usd_per_start_per_week") == 0 && isnan(most)));
    }
    assert_int_equal(fab_table_rows(lines), world->model->line_count * T);
    fab_table_free(lines);
}

static void money_spent_is_the_row(const struct world *world)
{
    fab_table *budget = fab_table_budget(world->plan, 1), *deliveries = fab_table_deliveries(world->plan, 1);
    for (int t = 0; t < fab_table_rows(budget); t++) {
        int row = fab_program_at(world->program, FAB_BUD, 0, t);
        double spent = cell_number(budget, t, "spent_usd"), most = cell_number(budget, t, "budget_usd");
        assert_int_equal(row == FAB_NONE, isnan(most));
        if (row != FAB_NONE)
            assert_close(spent - most, excess(world, row), 0, scale_of(spent, most));
    }
    for (int r = 0; r < fab_table_rows(deliveries); r++) {
        double tools = cell_number(deliveries, r, "tools");
        assert_close(tools, activity(world->program->lp, fab_program_at(world->program, FAB_DLV, r, FAB_NONE), world->plan->solution->x), 0, scale_of(tools, 0));
        assert_true(tools <= cell_number(deliveries, r, "max_tools") + 1e-9);
    }
    fab_table_free(budget);
    fab_table_free(deliveries);
}

static void purchases_are_the_money(const struct world *world)
{
    fab_table *purchases = fab_table_purchases(world->plan, 1);
    double charged = 0;
    for (int r = 0; r < fab_table_rows(purchases); r++) {
        int t = 0;
        while (strcmp(world->plan->terms->period[t].name, cell_text(purchases, r, "period")) != 0)
            t++;
        charged += cell_number(purchases, r, "charged_usd") * world->plan->terms->period[t].discount;
        assert_close(cell_number(purchases, r, "usd"), cell_number(purchases, r, "tools") * cell_number(purchases, r, "usd_per_tool"), 1e-12, 0);
    }
    assert_close(-charged, world->plan->totals[FAB_MONEY_CAPEX] + world->plan->totals[FAB_MONEY_REMOVAL], 1e-9, 1e-9);
    fab_table_free(purchases);
}

static void orders_are_the_rows(const struct world *world)
{
    fab_table *demands = fab_table_demands(world->plan, 1), *shipments = fab_table_shipments(world->plan, 1), *limits = fab_table_shipment_limits(world->plan, 1);
    double shipped = 0, sent = 0, revenue = 0;
    for (int d = 0; d < fab_table_rows(demands); d++) {
        double quantity = cell_number(demands, d, "quantity");
        assert_close(cell_number(demands, d, "shipped") + cell_number(demands, d, "short"), quantity, 1e-9, 0);
        assert_true(cell_number(demands, d, "shipped") + cell_number(demands, d, "lack") >= cell_number(demands, d, "promised") - 1e-9 * quantity);
        shipped += cell_number(demands, d, "shipped");
    }
    for (int r = 0; r < fab_table_rows(shipments); r++) {
        sent += cell_number(shipments, r, "quantity");
        revenue += cell_number(shipments, r, "revenue_usd");
        assert_true(cell_number(shipments, r, "late_weeks") >= 0);
    }
    assert_close(sent, shipped, 1e-12, 0);
    assert_true(revenue >= world->plan->totals[FAB_MONEY_REVENUE] * (1 - 1e-12)); /* discounted */
    for (int r = 0; r < fab_table_rows(limits); r++)
        assert_true(cell_number(limits, r, "shipped") <= cell_number(limits, r, "max_quantity") * (1 + 1e-9) + 1e-9);
    fab_table_free(demands);
    fab_table_free(shipments);
    fab_table_free(limits);
}

/* What doctor reads: every value and multiplier that is not 0, by its number. */
static void the_certificate_is_the_solution(const struct world *world)
{
    const fab_lp_solution *solution = world->plan->solution;
    fab_table *columns = fab_table_columns_of(world->plan, 1), *rows = fab_table_rows_of(world->plan, 1);
    int used = 0, valued_rows = 0;
    for (int j = 0; j < world->program->lp->column_count; j++)
        used += solution->x[j] != 0;
    for (int i = 0; i < world->program->lp->row_count; i++)
        valued_rows += solution->multiplier[i] != 0;
    assert_int_equal(fab_table_rows(columns), used);
    assert_int_equal(fab_table_rows(rows), valued_rows);
    for (int r = 0; r < used; r++)
        assert_true(cell_number(columns, r, "value") == solution->x[(int)cell_number(columns, r, "number")]);
    for (int r = 0; r < valued_rows; r++)
        assert_true(cell_number(rows, r, "multiplier") == solution->multiplier[(int)cell_number(rows, r, "number")]);
    fab_table_free(columns);
    fab_table_free(rows);
}

static void tables_repeat_the_program(void **state)
{
    (void)state;
    each_plan(capacity_is_the_row);
    each_plan(offloads_are_moved_hours);
    each_plan(stock_is_the_balance);
    each_plan(power_is_the_row);
    each_plan(lines_are_the_rows);
    each_plan(money_spent_is_the_row);
    each_plan(purchases_are_the_money);
    each_plan(orders_are_the_rows);
    each_plan(the_certificate_is_the_solution);
}

/* ---- the plan ---- */

/* The parts of the objective are a sum, the proof holds and the ties cost nothing. */
static void totals_are_the_objective(const struct world *world)
{
    double sum = 0, profit = 0, scale = 1;
    for (int k = 0; k < FAB_MONEY_COUNT; k++) {
        sum += world->plan->totals[k];
        scale += fabs(world->plan->totals[k]);
        profit += fab_money_kinds[k].profit ? world->plan->totals[k] : 0;
    }
    assert_close(sum, world->plan->certificate.objective, 0, 1e-12 * scale);
    assert_close(profit, world->plan->profit_usd, 0, 1e-12 * scale);
    assert_true(world->plan->certificate.verified && world->plan->complete);
    assert_true(world->plan->certificate.bound >= world->plan->certificate.objective - 1e-15 * scale);
    assert_close(world->plan->stages.result[0].value, world->plan->certificate.objective, 1e-9, 1e-9);
}

static void plans_are_proven(void **state)
{
    (void)state;
    each_plan(totals_are_the_objective);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_finite),
        cmocka_unit_test(no_limit_carries_the_value_of_an_equation), cmocka_unit_test(every_unit_is_explained),
        cmocka_unit_test(every_short_order_is_explained),            cmocka_unit_test(reasons_are_sorted_and_different),
        cmocka_unit_test(reasons_read_no_basis),                     cmocka_unit_test(tables_repeat_the_program),
        cmocka_unit_test(plans_are_proven),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
