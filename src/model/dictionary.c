/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dictionary.h"

#include "model.h"

#include <math.h>
#include <string.h>

/* Largest magnitude of any number: far above every quantity and amount of money of a fab, far below what a double resolves to a cent. */
#define HUGE_NUMBER 1e15
#define NO_PRESET ((double)NAN)
#define ANY -HUGE_NUMBER, HUGE_NUMBER
#define NON_NEGATIVE 0, HUGE_NUMBER
#define FRACTION 0, 1
#define RANGE(minimum, maximum) minimum, maximum

#define ID(table, column, meaning) {#column, FAB_COLUMN_ID, FAB_KEY, 0, 0, 0, 0, NO_PRESET, 0, meaning, offsetof(struct fab_##table, column)}
#define REF(table, column, flags, ref, meaning) \
    {#column, FAB_COLUMN_REF, flags, ref, 0, 0, 0, NO_PRESET, 0, meaning, offsetof(struct fab_##table, column)}
#define TEXT(table, column, flags, meaning) \
    {#column, FAB_COLUMN_TEXT, flags, 0, 0, 0, 0, NO_PRESET, 0, meaning, offsetof(struct fab_##table, column)}
#define CHOICE(table, column, flags, choices, meaning) \
    {#column, FAB_COLUMN_CHOICE, flags, 0, choices, 0, 0, NO_PRESET, 0, meaning, offsetof(struct fab_##table, column)}
#define DATE(table, column, flags, meaning) \
    {#column, FAB_COLUMN_DATE, flags, 0, 0, 0, 0, NO_PRESET, "date", meaning, offsetof(struct fab_##table, column)}
/* range is two numbers: minimum, maximum */
#define REAL(table, column, flags, range, preset, unit, meaning) REAL_(table, column, flags, range, preset, unit, meaning)
#define REAL_(table, column, flags, lo, hi, preset, unit, meaning) \
    {#column, FAB_COLUMN_REAL, flags, 0, 0, lo, hi, preset, unit, meaning, offsetof(struct fab_##table, column)}
#define INT(table, column, flags, range, meaning) INT_(table, column, flags, range, meaning)
#define INT_(table, column, flags, lo, hi, meaning) \
    {#column, FAB_COLUMN_INT, flags, 0, 0, lo, hi, NO_PRESET, 0, meaning, offsetof(struct fab_##table, column)}
#define FLAG(table, column, flags, preset, meaning) \
    {#column, FAB_COLUMN_FLAG, flags, 0, 0, 0, 1, preset, 0, meaning, offsetof(struct fab_##table, column)}

static const struct fab_column site_columns[] = {
    ID(site, site, "site"),
    TEXT(site, name, 0, "name shown in reports"),
};

static const struct fab_column line_columns[] = {
    ID(line, line, "line"),
    REF(line, site, 0, "site", "where it stands"),
    CHOICE(line, kind, 0, "logic|memory|packaging|external", "what it makes"),
    TEXT(line, name, 0, "name shown in reports"),
    REAL(line, base_load_mw, FAB_OPTIONAL, NON_NEGATIVE, 0, "MW", "power drawn with no tool running"),
    REAL(line, facility_power_factor, FAB_OPTIONAL, NON_NEGATIVE, 1, "MW per MW of tools", "facility power on top of the tools' own"),
    REAL(line, floor_m2, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "m2", "cleanroom floor, empty: no limit"),
};

static const struct fab_column calendar_columns[] = {
    ID(calendar, period, "period"),
    DATE(calendar, start_date, 0, "first day"),
    DATE(calendar, end_date, 0, "day after the last"),
};

static const struct fab_column tool_group_columns[] = {
    ID(tool_group, tool_group, "tool group"),
    REF(tool_group, line, 0, "line", "line it stands in"),
    TEXT(tool_group, name, 0, "name shown in reports"),
    TEXT(tool_group, area, FAB_OPTIONAL, "area of the fab"),
    REAL(tool_group, tools, 0, NON_NEGATIVE, NO_PRESET, "tools", "installed at the start"),
    REAL(tool_group, availability, FAB_OPTIONAL, FRACTION, NO_PRESET, "fraction", "share of time a tool can run, empty: computed from tool_down"),
    REAL(tool_group, max_utilisation, 0, FRACTION, NO_PRESET, "fraction", "highest planned share of the available time"),
    REAL(tool_group, power_kw, FAB_OPTIONAL, NON_NEGATIVE, 0, "kW", "drawn by one running tool"),
    REAL(tool_group, price_usd, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "USD", "price of one more tool"),
    REAL(tool_group, floor_m2, FAB_OPTIONAL, ANY, 0, "m2", "floor of one tool, negative for a cleanroom shell"),
    REAL(tool_group, lead_time_days, FAB_OPTIONAL, NON_NEGATIVE, 0, "days", "from order to use"),
    FLAG(tool_group, buyable, FAB_OPTIONAL, 0, "1 if the plan may order tools"),
    REAL(tool_group, removal_usd, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "USD", "cost of removing one tool, empty: not removable"),
    REAL(tool_group, life_days, FAB_OPTIONAL | FAB_MIN_OPEN, NON_NEGATIVE, 1826, "days", "time over which the price is spread"),
    REAL(tool_group, supply_mw, FAB_OPTIONAL, NON_NEGATIVE, 0, "MW", "power that each tool adds to the site's limit"),
    TEXT(tool_group, payment, FAB_OPTIONAL | FAB_LATER | FAB_BY_REPORT, "shares of the price at days from delivery, such as 0.3@-365;0.6@0;0.1@90; empty: all on the order's date"),
};

static const struct fab_column tool_down_columns[] = {
    REF(tool_down, tool_group, FAB_KEY | FAB_LATER, "tool_group", "tool group"),
    TEXT(tool_down, cause, FAB_KEY, "breakdown or maintenance"),
    REAL(tool_down, hours_between, FAB_OPTIONAL | FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, "hours", "from the end of a stop to the start of the next"),
    REAL(tool_down, units_between, FAB_OPTIONAL | FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, "units", "of one tool from stop to stop, in place of hours_between"),
    REAL(tool_down, hours, 0, NON_NEGATIVE, NO_PRESET, "hours", "that a stop lasts"),
};

static const struct fab_column tool_count_columns[] = {
    REF(tool_count, tool_group, FAB_KEY, "tool_group", "tool group"),
    DATE(tool_count, from_date, FAB_KEY, "from this date"),
    REAL(tool_count, tools, 0, NON_NEGATIVE, NO_PRESET, "tools", "installed from that date"),
};

static const struct fab_column tool_delivery_limit_columns[] = {
    REF(tool_delivery_limit, tool_group, FAB_KEY, "tool_group", "tool group"),
    DATE(tool_delivery_limit, from_date, FAB_KEY, "from this date"),
    DATE(tool_delivery_limit, to_date, 0, "to before this date"),
    REAL(tool_delivery_limit, max_tools, 0, NON_NEGATIVE, NO_PRESET, "tools", "deliveries in the window at most"),
};

static const struct fab_column tool_alternate_columns[] = {
    REF(tool_alternate, tool_group, FAB_KEY, "tool_group", "tool group whose hours move"),
    REF(tool_alternate, alternate, FAB_KEY, "tool_group", "tool group that takes them"),
    REF(tool_alternate, route, FAB_KEY | FAB_OPTIONAL, "route", "only of this route"),
    INT(tool_alternate, step, FAB_KEY | FAB_OPTIONAL, NON_NEGATIVE, "only of this step of the route"),
    REAL(tool_alternate, hours_ratio, FAB_OPTIONAL | FAB_MIN_OPEN, NON_NEGATIVE, 1, "hours per hour", "hours on the alternate per hour moved"),
    DATE(tool_alternate, from_date, FAB_KEY | FAB_OPTIONAL | FAB_LATER, "qualified from this date, empty: from the beginning of time on"),
    DATE(tool_alternate, to_date, FAB_OPTIONAL | FAB_LATER, "to before this date, empty: for ever"),
    REAL(tool_alternate, usd_per_hour, FAB_OPTIONAL | FAB_LATER, NON_NEGATIVE, 0, "USD per hour", "of the group that the hours leave: the order of preference"),
};

static const struct fab_column route_columns[] = {
    ID(route, route, "route"),
    REF(route, line, 0, "line", "line it runs on"),
    TEXT(route, name, 0, "name shown in reports"),
    REAL(route, lot_size, FAB_OPTIONAL | FAB_MIN_OPEN, NON_NEGATIVE, 25, "units", "units in a lot"),
};

static const struct fab_column cycle_time_columns[] = {
    REF(cycle_time, route, FAB_KEY, "route", "route"),
    DATE(cycle_time, from_date, FAB_KEY, "from this date"),
    REAL(cycle_time, days, 0, NON_NEGATIVE, NO_PRESET, "days", "planned cycle time of starts from that date"),
};

static const struct fab_column route_step_columns[] = {
    REF(route_step, route, FAB_KEY, "route", "route"),
    INT(route_step, step, FAB_KEY, NON_NEGATIVE, "order of the steps"),
    TEXT(route_step, name, FAB_OPTIONAL, "name shown in reports"),
    REF(route_step, tool_group, 0, "tool_group", "tool group that does it"),
    REAL(route_step, visits, FAB_OPTIONAL, NON_NEGATIVE, 1, "visits per start", "times the step is done"),
    REAL(route_step, minutes_per_unit, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "tool minutes per unit", "tool time of a visit"),
    REAL(route_step, from_frac, FAB_OPTIONAL, FRACTION, NO_PRESET, "fraction", "part of the cycle time where the visits begin"),
    REAL(route_step, to_frac, FAB_OPTIONAL, FRACTION, NO_PRESET, "fraction", "part of the cycle time where they end"),
    REAL(route_step, sample_frac, FAB_OPTIONAL, FRACTION, 1, "fraction", "share of the units that make the visit"),
    REAL(route_step, rework_frac, FAB_OPTIONAL | FAB_MAX_OPEN, FRACTION, 0, "fraction", "share of visits that are repeated"),
    REAL(route_step, scrap_frac, FAB_OPTIONAL, FRACTION, 0, "fraction", "share of the units scrapped at the step"),
    REAL(route_step, minutes_per_lot, FAB_OPTIONAL | FAB_LATER, NON_NEGATIVE, NO_PRESET, "tool minutes per lot", "of a visit, shared by the units of a lot"),
    REAL(route_step, minutes_per_batch, FAB_OPTIONAL | FAB_LATER, NON_NEGATIVE, NO_PRESET, "tool minutes per batch", "of a visit, shared by the units of a batch"),
    REAL(route_step, batch_max, FAB_OPTIONAL | FAB_LATER | FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, "units", "in a full batch"),
    REAL(route_step, batch_fill, FAB_OPTIONAL | FAB_LATER | FAB_MIN_OPEN, FRACTION, 1, "fraction", "how full batches are"),
    REAL(route_step, interval_minutes_per_unit, FAB_OPTIONAL | FAB_LATER, NON_NEGATIVE, NO_PRESET, "tool minutes per unit", "from unit to unit of a cascade, in place of minutes_per_unit"),
    REAL(route_step, setup_minutes, FAB_OPTIONAL | FAB_LATER, NON_NEGATIVE, NO_PRESET, "minutes", "of a setup"),
    REAL(route_step, units_per_setup, FAB_OPTIONAL | FAB_LATER | FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, "units", "from setup to setup"),
    REAL(route_step, lead_minutes, FAB_OPTIONAL | FAB_LATER, NON_NEGATIVE, NO_PRESET, "minutes", "that a cascade which starts on an empty tool holds it besides"),
    REAL(route_step, units_per_train, FAB_OPTIONAL | FAB_LATER | FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, "units", "that follow each other without a gap"),
    INT(route_step, rework_to, FAB_OPTIONAL | FAB_LATER, NON_NEGATIVE, "step that repeated visits go back to, empty: this one alone"),
};

static const struct fab_column item_columns[] = {
    ID(item, item, "item"),
    CHOICE(item, kind, 0, "die|component|chip", "what it is"),
    TEXT(item, name, 0, "name shown in reports"),
    REAL(item, unit_value_usd, FAB_OPTIONAL, NON_NEGATIVE, 0, "USD per unit", "value in stock"),
    REAL(item, holding_frac_per_year, FAB_OPTIONAL, NON_NEGATIVE, 0.2, "fraction per year", "cost of holding, of the value"),
    REAL(item, max_stock, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "units", "highest stock, empty: no limit"),
    REAL(item, compute_watts, FAB_OPTIONAL | FAB_BY_REPORT, NON_NEGATIVE, 0, "W", "compute power of one unit"),
    REAL(item, discard_usd, FAB_OPTIONAL | FAB_LATER, NON_NEGATIVE, 0, "USD per unit", "cost of a unit thrown away"),
};

static const struct fab_column stock_columns[] = {
    REF(stock, item, FAB_KEY, "item", "item"),
    REAL(stock, on_hand, 0, NON_NEGATIVE, NO_PRESET, "units", "stock at the start"),
};

static const struct fab_column stock_limit_columns[] = {
    REF(stock_limit, item, FAB_KEY | FAB_LATER, "item", "item"),
    DATE(stock_limit, from_date, FAB_KEY, "from this date"),
    DATE(stock_limit, to_date, FAB_OPTIONAL, "to before this date, empty: for ever"),
    REAL(stock_limit, max_stock, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "units", "highest stock, empty: the item's own"),
    REAL(stock_limit, holding_frac_per_year, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "fraction per year", "cost of holding, empty: the item's own"),
};

static const struct fab_column stock_target_columns[] = {
    REF(stock_target, item, FAB_KEY | FAB_LATER, "item", "item"),
    {"target", FAB_COLUMN_ID, FAB_KEY | FAB_OPTIONAL, 0, 0, 0, 0, NO_PRESET, 0, "name: targets of different names hold side by side", offsetof(struct fab_stock_target, target)},
    DATE(stock_target, from_date, FAB_KEY, "from this date"),
    DATE(stock_target, to_date, FAB_OPTIONAL, "to before this date, empty: for ever"),
    REAL(stock_target, quantity, FAB_OPTIONAL, NON_NEGATIVE, 0, "units", "wanted in stock at the end of a period"),
    REAL(stock_target, cover_days, FAB_OPTIONAL, NON_NEGATIVE, 0, "days", "of orders and planned use behind the period that stock is to cover besides"),
    REAL(stock_target, shortfall_usd_per_unit_week, 0, NON_NEGATIVE, NO_PRESET, "USD per unit and week", "penalty of what is missing"),
};

static const struct fab_column receipt_columns[] = {
    REF(receipt, item, FAB_KEY, "item", "item"),
    DATE(receipt, date, FAB_KEY, "day of arrival"),
    REAL(receipt, quantity, 0, NON_NEGATIVE, NO_PRESET, "units", "open order, arrives whatever is planned"),
    REF(receipt, source, FAB_OPTIONAL, "source", "source it was ordered from"),
};

static const struct fab_column bom_columns[] = {
    REF(bom, item, FAB_KEY, "item", "what is made"),
    REF(bom, component, FAB_KEY, "item", "what goes in"),
    REAL(bom, quantity, FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, "units per unit", "components in one unit"),
    REF(bom, source, FAB_KEY | FAB_OPTIONAL | FAB_LATER, "source", "of starts of this source, in the place of all rows without one; empty: of all that have none"),
    REAL(bom, at_frac, FAB_KEY | FAB_OPTIONAL | FAB_LATER, FRACTION, 0, "fraction", "part of the lead time after which it is taken"),
    DATE(bom, from_date, FAB_KEY | FAB_OPTIONAL | FAB_LATER, "of starts from this date, empty: from the beginning of time on"),
    DATE(bom, to_date, FAB_OPTIONAL | FAB_LATER, "to before this date, empty: for ever"),
};

static const struct fab_column substitute_columns[] = {
    REF(substitute, item, FAB_KEY, "item", "item that serves"),
    REF(substitute, instead_of, FAB_KEY, "item", "item it serves as"),
    REAL(substitute, usd_per_unit, FAB_OPTIONAL, NON_NEGATIVE, 0, "USD per unit", "cost of the change"),
    {"consumer", FAB_COLUMN_ID, FAB_KEY | FAB_OPTIONAL | FAB_LATER, 0, 0, 0, 0, NO_PRESET, 0, "only for this item, in whose bill instead_of is, or for this customer; empty: for all", offsetof(struct fab_substitute, consumer)},
    DATE(substitute, from_date, FAB_KEY | FAB_OPTIONAL | FAB_LATER, "from this date, empty: from the beginning of time on"),
    DATE(substitute, to_date, FAB_OPTIONAL | FAB_LATER, "to before this date, empty: for ever"),
    REAL(substitute, rate, FAB_OPTIONAL | FAB_MIN_OPEN | FAB_LATER, NON_NEGATIVE, 1, "units per unit", "of item that serve as one of instead_of"),
};

static const struct fab_column process_columns[] = {
    ID(process, process, "process"),
    CHOICE(process, model, 0, "poisson|murphy|seeds|bose_einstein|negative_binomial", "defect yield model"),
    REAL(process, alpha, FAB_OPTIONAL | FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, 0, "clustering, of negative_binomial"),
    REAL(process, critical_layers, FAB_OPTIONAL | FAB_MIN_OPEN, RANGE(0, 1000), NO_PRESET, "layers", "of bose_einstein"),
    REAL(process, d0_start_per_cm2, 0, NON_NEGATIVE, NO_PRESET, "defects per cm2", "at learning_start (per layer for bose_einstein, else full process)"),
    REAL(process, d0_mature_per_cm2, 0, NON_NEGATIVE, NO_PRESET, "defects per cm2", "after long learning"),
    DATE(process, learning_start, 0, "day learning begins"),
    REAL(process, halflife_days, FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, "days", "half-life of learning"),
    REAL(process, systematic_yield, FAB_OPTIONAL, FRACTION, 1, "fraction", "yield without random defects"),
    REAL(process, line_yield_start, FAB_OPTIONAL, FRACTION, 1, "fraction", "wafers out per wafer in, at learning_start"),
    REAL(process, line_yield_mature, FAB_OPTIONAL, FRACTION, 1, "fraction", "wafers out per wafer in, after long learning"),
    REAL(process, line_halflife_days, FAB_OPTIONAL | FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, "days", "half-life of line yield, empty: halflife_days"),
};

static const struct fab_column die_columns[] = {
    REF(die, item, FAB_KEY, "item", "the die before binning"),
    REAL(die, width_mm, FAB_OPTIONAL | FAB_MIN_OPEN, RANGE(0, 450), NO_PRESET, "mm", "finished die"),
    REAL(die, height_mm, FAB_OPTIONAL | FAB_MIN_OPEN, RANGE(0, 450), NO_PRESET, "mm", "finished die"),
    REAL(die, scribe_mm, FAB_OPTIONAL, RANGE(0, 10), 0.1, "mm", "street between dies"),
    REAL(die, edge_mm, FAB_OPTIONAL, RANGE(0, 100), 3, "mm", "edge exclusion"),
    REAL(die, wafer_mm, FAB_OPTIONAL | FAB_MIN_OPEN, RANGE(0, 450), 300, "mm", "wafer diameter"),
    REAL(die, critical_area_cm2, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "cm2", "empty: width x height"),
    REAL(die, repairable_defects, FAB_OPTIONAL, RANGE(0, 1000), 0, "defects", "that repair removes"),
    REAL(die, gross_die, FAB_OPTIONAL | FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, "die per wafer", "empty: from the geometry"),
};

static const struct fab_column source_columns[] = {
    ID(source, source, "source"),
    REF(source, item, 0, "item", "what it gives"),
    REF(source, line, 0, "line", "line, own or external"),
    REF(source, route, FAB_OPTIONAL, "route", "route it is made on, empty: bought"),
    TEXT(source, supplier, FAB_OPTIONAL, "supplier"),
    TEXT(source, region, FAB_OPTIONAL, "region"),
    REAL(source, units_per_start, FAB_OPTIONAL | FAB_MIN_OPEN, NON_NEGATIVE, NO_PRESET, "units per start", "gross units, empty: gross die, else 1"),
    FLAG(source, consumes_bom, FAB_OPTIONAL, NO_PRESET, "1 if it uses the item's components, empty: 1 with a route"),
    REAL(source, lead_time_days, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "days", "of a source without a route"),
    REF(source, process, FAB_OPTIONAL, "process", "gives the yield of the item's die"),
    DATE(source, available_from, FAB_OPTIONAL, "no starts before"),
    DATE(source, available_to, FAB_OPTIONAL, "no starts from this date on"),
    REAL(source, fixed_usd, FAB_OPTIONAL | FAB_BY_WHOLE, NON_NEGATIVE, 0, "USD per period with starts", "of whole decisions"),
    REAL(source, min_lot, FAB_OPTIONAL | FAB_BY_WHOLE, NON_NEGATIVE, 0, "starts", "a period has none, or at least so many; of whole decisions"),
    REAL(source, starts_multiple, FAB_OPTIONAL | FAB_MIN_OPEN | FAB_BY_WHOLE | FAB_LATER, NON_NEGATIVE, NO_PRESET, "starts", "starts of a period are a multiple of it; of whole decisions"),
};

static const struct fab_column source_cost_columns[] = {
    REF(source_cost, source, FAB_KEY, "source", "source"),
    DATE(source_cost, from_date, FAB_KEY, "from this date"),
    REAL(source_cost, usd_per_start, 0, NON_NEGATIVE, NO_PRESET, "USD per start", "cost of a start"),
};

static const struct fab_column source_limit_columns[] = {
    REF(source_limit, source, FAB_KEY, "source", "source"),
    DATE(source_limit, from_date, FAB_KEY, "from this date"),
    DATE(source_limit, to_date, 0, "to before this date"),
    REAL(source_limit, min_starts_per_week, FAB_OPTIONAL, NON_NEGATIVE, 0, "starts per week", "promised minimum"),
    REAL(source_limit, max_starts_per_week, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "starts per week", "empty: no limit"),
    REAL(source_limit, shortfall_usd_per_start, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "USD per start", "penalty, empty: 10 x the start's cost, 0: free to break"),
};

static const struct fab_column line_limit_columns[] = {
    REF(line_limit, line, FAB_KEY, "line", "line"),
    DATE(line_limit, from_date, FAB_KEY, "from this date"),
    DATE(line_limit, to_date, 0, "to before this date"),
    REAL(line_limit, max_starts_per_week, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "starts per week", "of all the line's sources"),
    REAL(line_limit, max_ramp_per_week, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "starts per week, per week", "growth of the weekly rate"),
    REAL(line_limit, max_drop_per_week, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "starts per week, per week", "fall of the weekly rate"),
};

static const struct fab_column source_output_columns[] = {
    REF(source_output, source, FAB_KEY, "source", "source"),
    REF(source_output, item, FAB_KEY, "item", "item that comes out"),
    REAL(source_output, share, 0, FRACTION, NO_PRESET, "fraction", "of the good units"),
    DATE(source_output, from_date, FAB_KEY | FAB_OPTIONAL | FAB_LATER, "of starts from this date, empty: from the beginning of time on"),
    REAL(source_output, at_frac, FAB_OPTIONAL | FAB_LATER, FRACTION, 1, "fraction", "part of the lead time after which it is out"),
};

static const struct fab_column source_mix_columns[] = {
    REF(source_mix, item, FAB_KEY | FAB_LATER, "item", "item that several sources give"),
    REF(source_mix, source, FAB_KEY, "source", "one of them"),
    DATE(source_mix, from_date, FAB_KEY, "from this date"),
    DATE(source_mix, to_date, FAB_OPTIONAL, "to before this date, empty: for ever"),
    REAL(source_mix, min_share, FAB_OPTIONAL, FRACTION, NO_PRESET, "fraction", "of what is started of the item, at least"),
    REAL(source_mix, max_share, FAB_OPTIONAL, FRACTION, NO_PRESET, "fraction", "of what is started of the item, at most"),
};

static const struct fab_column source_yield_columns[] = {
    REF(source_yield, source, FAB_KEY, "source", "source"),
    DATE(source_yield, from_date, FAB_KEY, "from this date"),
    REAL(source_yield, line_yield, 0, FRACTION, NO_PRESET, "fraction", "starts that come out"),
    REAL(source_yield, unit_yield, 0, FRACTION, NO_PRESET, "fraction", "good units of those"),
};

static const struct fab_column dependency_columns[] = {
    REF(dependency, source, FAB_KEY, "source", "source"),
    TEXT(dependency, region, FAB_KEY, "region it depends on"),
    REAL(dependency, share, 0, FRACTION, NO_PRESET, "fraction", "of the output that stops if the region does"),
    REAL(dependency, lag_days, FAB_OPTIONAL, NON_NEGATIVE, 0, "days", "it stops, and comes back, that much later"),
};

static const struct fab_column customer_columns[] = {
    ID(customer, customer, "customer"),
    TEXT(customer, name, 0, "name shown in reports"),
    REAL(customer, priority, FAB_OPTIONAL | FAB_BY_POLICY, NON_NEGATIVE, 1, "rank", "1 is served first by policy priority"),
    REAL(customer, weight, FAB_OPTIONAL | FAB_BY_POLICY, NON_NEGATIVE, 1, 0, "weight of policy fair; 0 leaves the customer to the profit"),
    REAL(customer, entitlement, FAB_OPTIONAL | FAB_BY_POLICY, FRACTION, 0, "fraction", "share of every capacity, of policy entitlement"),
    REAL(customer, min_fill, FAB_OPTIONAL, FRACTION, 0, "fraction", "promised share of each demand"),
    TEXT(customer, parent, FAB_OPTIONAL | FAB_UNREAD, "company it belongs to"),
};

static const struct fab_column demand_columns[] = {
    ID(demand, demand, "demand"),
    REF(demand, customer, 0, "customer", "customer"),
    REF(demand, item, 0, "item", "item wanted"),
    DATE(demand, due_date, 0, "falls in a period"),
    REAL(demand, quantity, 0, NON_NEGATIVE, NO_PRESET, "units", "wanted"),
    REAL(demand, price_usd, 0, NON_NEGATIVE, NO_PRESET, "USD per unit", "paid on shipment"),
    REAL(demand, shortage_usd, FAB_OPTIONAL, NON_NEGATIVE, 0, "USD per unit", "cost of a unit never shipped"),
    REAL(demand, late_usd_per_week, FAB_OPTIONAL, NON_NEGATIVE, 0, "USD per unit and week", "cost of shipping late"),
    REAL(demand, max_late_days, FAB_OPTIONAL, NON_NEGATIVE, 0, "days", "latest useful shipment after the due period's start"),
    REAL(demand, min_fill, FAB_OPTIONAL, FRACTION, NO_PRESET, "fraction", "promised share, empty: the customer's"),
    CHOICE(demand, class, FAB_OPTIONAL | FAB_UNREAD, "firm|forecast", "how sure it is"),
    FLAG(demand, whole, FAB_OPTIONAL | FAB_BY_WHOLE | FAB_LATER, 0, "1: all of it or nothing; of whole decisions"),
    REAL(demand, ship_multiple, FAB_OPTIONAL | FAB_MIN_OPEN | FAB_BY_WHOLE | FAB_LATER, NON_NEGATIVE, NO_PRESET, "units", "shipments of a period are a multiple of it; of whole decisions"),
};

static const struct fab_column driver_columns[] = {
    ID(driver, driver, "what drives demand"),
    DATE(driver, date, FAB_KEY, "day of the quantity"),
    REAL(driver, quantity, 0, NON_NEGATIVE, NO_PRESET, "per year", "on that day; linear between the days"),
    TEXT(driver, unit, 0, "what is counted: robots, vehicles, satellites"),
};

static const struct fab_column driver_use_columns[] = {
    ID(driver_use, driver, "driver"),
    REF(driver_use, item, FAB_KEY, "item", "item that it takes"),
    REF(driver_use, customer, FAB_KEY, "customer", "customer that orders it"),
    DATE(driver_use, from_date, FAB_KEY | FAB_OPTIONAL, "from this date"),
    REAL(driver_use, units_per_driver, 0, NON_NEGATIVE, NO_PRESET, "units per unit of the driver", "linear between the dates, taken in the middle of a period"),
    REAL(driver_use, replacement_frac, FAB_OPTIONAL, FRACTION, 0, "fraction", "more for replacement"),
    REAL(driver_use, lead_days, FAB_OPTIONAL, NON_NEGATIVE, 0, "days", "that the item is needed before the driver's unit"),
    REAL(driver_use, price_usd, 0, NON_NEGATIVE, NO_PRESET, "USD per unit", "paid on shipment"),
    REAL(driver_use, shortage_usd, FAB_OPTIONAL, NON_NEGATIVE, 0, "USD per unit", "cost of a unit never shipped"),
    REAL(driver_use, late_usd_per_week, FAB_OPTIONAL, NON_NEGATIVE, 0, "USD per unit and week", "cost of shipping late"),
    REAL(driver_use, max_late_days, FAB_OPTIONAL, NON_NEGATIVE, 0, "days", "latest useful shipment after the due period's start"),
    REAL(driver_use, min_fill, FAB_OPTIONAL, FRACTION, NO_PRESET, "fraction", "promised share, empty: the customer's"),
    CHOICE(driver_use, class, FAB_OPTIONAL | FAB_UNREAD, "firm|forecast", "how sure it is"),
};

static const struct fab_column shipment_limit_columns[] = {
    REF(shipment_limit, customer, FAB_KEY, "customer", "customer"),
    REF(shipment_limit, item, FAB_KEY, "item", "item"),
    DATE(shipment_limit, from_date, FAB_KEY, "from this date"),
    DATE(shipment_limit, to_date, 0, "to before this date"),
    REAL(shipment_limit, max_per_week, 0, NON_NEGATIVE, NO_PRESET, "units per week", "that the customer can take"),
};

static const struct fab_column ship_target_columns[] = {
    REF(ship_target, customer, FAB_KEY | FAB_LATER, "customer", "customer"),
    REF(ship_target, item, FAB_KEY, "item", "item"),
    DATE(ship_target, by_date, FAB_KEY, "shipments of the periods up to the one with this date count"),
    REAL(ship_target, shipped_before, FAB_OPTIONAL, NON_NEGATIVE, 0, "units", "shipped before the plan's first day"),
    REAL(ship_target, min_quantity, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "units", "promised by then, empty: nothing"),
    REAL(ship_target, max_quantity, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "units", "shipped by then at most, empty: no limit"),
    REAL(ship_target, shortfall_usd_per_unit, FAB_OPTIONAL, NON_NEGATIVE, NO_PRESET, "USD per unit", "penalty, empty: commitment_factor x the highest price of the customer's orders of the item"),
};

static const struct fab_column power_limit_columns[] = {
    REF(power_limit, site, FAB_KEY, "site", "site"),
    DATE(power_limit, from_date, FAB_KEY, "from this date"),
    REAL(power_limit, mw, 0, NON_NEGATIVE, NO_PRESET, "MW", "average power at most"),
    REAL(power_limit, usd_per_mwh, FAB_OPTIONAL, NON_NEGATIVE, 0, "USD per MWh", "price of energy"),
};

static const struct fab_column capex_budget_columns[] = {
    DATE(capex_budget, from_date, FAB_KEY, "day it becomes available"),
    REAL(capex_budget, usd, 0, NON_NEGATIVE, NO_PRESET, "USD", "amount added to the budget"),
};

static const struct fab_column setting_columns[] = {
    {"key", FAB_COLUMN_ID, FAB_KEY, 0, 0, 0, 0, NO_PRESET, 0, "name of the setting", offsetof(struct fab_setting, key)},
    TEXT(setting, value, 0, "value"),
};

static const struct fab_column layer_columns[] = {
    ID(layer, layer, "layer of independence"),
    TEXT(layer, name, 0, "name shown in reports"),
    REAL(layer, weight, 0, NON_NEGATIVE, NO_PRESET, 0, "of independence"),
};

static const struct fab_column layer_share_columns[] = {
    REF(layer_share, layer, FAB_KEY, "layer", "layer"),
    ID(layer_share, key, "an item or a line"),
    DATE(layer_share, from_date, FAB_KEY, "from this date"),
    REAL(layer_share, share, 0, FRACTION, NO_PRESET, "fraction", "own part"),
};

/* History tables are not part of the model's structs: their columns have no offset. */
#define H_ID(column, meaning) {#column, FAB_COLUMN_ID, FAB_KEY, 0, 0, 0, 0, NO_PRESET, 0, meaning, FAB_NO_OFFSET}
#define H_REF(column, flags, ref, meaning) {#column, FAB_COLUMN_REF, flags, ref, 0, 0, 0, NO_PRESET, 0, meaning, FAB_NO_OFFSET}
#define H_TEXT(column, flags, meaning) {#column, FAB_COLUMN_TEXT, flags, 0, 0, 0, 0, NO_PRESET, 0, meaning, FAB_NO_OFFSET}
#define H_CHOICE(column, flags, choices, meaning) {#column, FAB_COLUMN_CHOICE, flags, 0, choices, 0, 0, NO_PRESET, 0, meaning, FAB_NO_OFFSET}
#define H_TIME(column, flags, meaning) {#column, FAB_COLUMN_TIME, flags, 0, 0, 0, 0, NO_PRESET, "time", meaning, FAB_NO_OFFSET}
#define H_REAL(column, flags, range, preset, unit, meaning) H_REAL_(column, flags, range, preset, unit, meaning)
#define H_REAL_(column, flags, lo, hi, preset, unit, meaning) {#column, FAB_COLUMN_REAL, flags, 0, 0, lo, hi, preset, unit, meaning, FAB_NO_OFFSET}
#define H_INT(column, flags, range, preset, unit, meaning) H_INT_(column, flags, range, preset, unit, meaning)
#define H_INT_(column, flags, lo, hi, preset, unit, meaning) {#column, FAB_COLUMN_INT, flags, 0, 0, lo, hi, preset, unit, meaning, FAB_NO_OFFSET}
#define COUNT_RANGE 0, 2000000000

static const struct fab_column lot_columns[] = {
    H_ID(lot, "lot"),
    H_REF(source, 0, "source", "source it was started on"),
    H_REF(customer, FAB_OPTIONAL, "customer", "customer it is meant for"),
    H_INT(priority, FAB_OPTIONAL, COUNT_RANGE, 10, 0, "larger is hotter"),
    H_TIME(start_time, 0, "start"),
    H_TIME(due_time, FAB_OPTIONAL, "due"),
    H_REAL(wafers, 0, NON_NEGATIVE, NO_PRESET, "wafers", "now"),
    H_TEXT(parent_lot, FAB_OPTIONAL, "lot it was split from"),
    H_REAL(progress, FAB_OPTIONAL, FRACTION, NO_PRESET, "fraction", "part of the cycle time done"),
    H_CHOICE(status, 0, "active|held|done|scrapped", "state"),
};

static const struct fab_column wafer_columns[] = {
    H_ID(wafer, "wafer"),
    H_REF(lot, 0, "lot", "lot it lies in"),
    H_INT(slot, FAB_OPTIONAL, COUNT_RANGE, NO_PRESET, 0, "place in the carrier"),
};

static const struct fab_column lot_event_columns[] = {
    H_REF(lot, FAB_KEY, "lot", "lot"),
    H_INT(seq, FAB_KEY, COUNT_RANGE, NO_PRESET, 0, "order of the lot's events"),
    H_TIME(time, 0, "when"),
    H_CHOICE(event, 0, "start|move_in|move_out|split|merge|hold|release|scrap|rework|ship", "what happened"),
    H_INT(step, FAB_OPTIONAL, COUNT_RANGE, NO_PRESET, 0, "step of the route"),
    H_TEXT(tool, FAB_OPTIONAL, "tool"),
    H_REAL(wafers_before, 0, NON_NEGATIVE, NO_PRESET, "wafers", "before the event"),
    H_REAL(wafers_after, 0, NON_NEGATIVE, NO_PRESET, "wafers", "after the event"),
    H_TEXT(reason, FAB_OPTIONAL, "reason of a hold, scrap or rework"),
};

static const struct fab_column wafer_test_columns[] = {
    H_REF(wafer, FAB_KEY, "wafer", "wafer"),
    H_CHOICE(stage, FAB_KEY, "sort|final", "test stage"),
    H_INT(run, FAB_KEY, RANGE(1, 2000000000), NO_PRESET, 0, "1, 2 is a retest"),
    H_TIME(time, 0, "when"),
    H_INT(tested, 0, COUNT_RANGE, NO_PRESET, "die", "tested"),
    H_INT(good, 0, COUNT_RANGE, NO_PRESET, "die", "good"),
};

static const struct fab_column bin_columns[] = {
    H_REF(item, FAB_KEY, "item", "the die before binning"),
    H_INT(bin, FAB_KEY, COUNT_RANGE, NO_PRESET, 0, "bin number"),
    H_TEXT(name, 0, "name shown in reports"),
    {"good", FAB_COLUMN_FLAG, 0, 0, 0, 0, 1, NO_PRESET, 0, "1 if the die is good", FAB_NO_OFFSET},
    H_REF(sells_as, FAB_OPTIONAL, "item", "item that the bin becomes"),
};

static const struct fab_column wafer_bin_columns[] = {
    H_REF(wafer, FAB_KEY, "wafer", "wafer"),
    H_CHOICE(stage, FAB_KEY, "sort|final", "test stage"),
    H_INT(run, FAB_KEY, RANGE(1, 2000000000), NO_PRESET, 0, "run of the test"),
    H_INT(bin, FAB_KEY, COUNT_RANGE, NO_PRESET, 0, "bin number"),
    H_INT(count, 0, COUNT_RANGE, NO_PRESET, "die", "in the bin"),
};

static const struct fab_column die_map_columns[] = {
    H_REF(wafer, FAB_KEY, "wafer", "wafer"),
    H_CHOICE(stage, FAB_KEY, "sort|final", "test stage"),
    H_INT(run, FAB_KEY, RANGE(1, 2000000000), NO_PRESET, 0, "run of the test"),
    H_TEXT(map, 0, "one character per die, rows separated by /, . = no die"),
};

static const struct fab_column tool_event_columns[] = {
    H_TEXT(tool, FAB_KEY, "tool"),
    H_REF(tool_group, 0, "tool_group", "tool group"),
    H_TIME(time, FAB_KEY, "from when"),
    H_CHOICE(state, 0, "productive|standby|engineering|scheduled_down|unscheduled_down|nonscheduled", "SEMI E10 state"),
    H_TEXT(cause, FAB_OPTIONAL | FAB_LATER, "why it is down, empty: the state's name"),
};

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof *(array)))
#define TABLE(table, meaning, order)                                                                                       \
    DATED_(table, meaning, order, FAB_DATING_NONE, 0, 0, 0)
#define DATED_(table, meaning, order, dating, date, end, before)                                                           \
    {#table, meaning, table##_columns, COUNT_OF(table##_columns), sizeof(struct fab_##table), offsetof(fab_model, table), \
     offsetof(fab_model, table##_count), order, dating, date, end, before}
#define FROM(table, meaning) DATED_(table, meaning, 0, FAB_DATING_FROM, "from_date", 0, 0)
#define WINDOW(table, meaning) DATED_(table, meaning, 0, FAB_DATING_WINDOW, "from_date", "to_date", 0)
#define POINT(table, meaning, date, end) DATED_(table, meaning, 0, FAB_DATING_POINT, date, end, 0)
#define HISTORY(table, meaning) {#table, meaning, table##_columns, COUNT_OF(table##_columns), 0, 0, 0, 0, FAB_DATING_NONE, 0, 0, 0}

const struct fab_table_def fab_dictionary[] = {
    TABLE(setting, "settings", 0),
    TABLE(site, "sites", 0),
    TABLE(line, "lines", 0),
    TABLE(calendar, "calendar", "start_date"),
    TABLE(tool_group, "tool groups", 0),
    TABLE(tool_down, "stops of tools", 0),
    DATED_(tool_count, "tool counts", 0, FAB_DATING_FROM, "from_date", 0, "tools"),
    POINT(tool_delivery_limit, "delivery limits", "from_date", "to_date"),
    TABLE(route, "routes", 0),
    TABLE(route_step, "route steps", 0),
    WINDOW(tool_alternate, "alternates"),
    FROM(cycle_time, "cycle times"),
    TABLE(item, "items", 0),
    TABLE(stock, "stock", 0),
    WINDOW(stock_limit, "limits of stock"),
    WINDOW(stock_target, "die banks and safety stock"),
    WINDOW(substitute, "substitutes"),
    TABLE(process, "processes", 0),
    TABLE(die, "dies", 0),
    TABLE(source, "sources", 0),
    WINDOW(bom, "bill of materials"),
    POINT(receipt, "open orders", "date", 0),
    FROM(source_cost, "costs of starts"),
    WINDOW(source_limit, "contracts"),
    WINDOW(line_limit, "line limits"),
    FROM(source_output, "bins"),
    WINDOW(source_mix, "splits between sources"),
    FROM(source_yield, "yields"),
    TABLE(dependency, "dependencies", 0),
    TABLE(customer, "customers", 0),
    POINT(demand, "orders", "due_date", 0),
    POINT(driver, "drivers of demand", "date", 0),
    POINT(driver_use, "what drivers take", "from_date", 0),
    WINDOW(shipment_limit, "shipment limits"),
    POINT(ship_target, "cumulated promises", "by_date", 0),
    FROM(power_limit, "power limits"),
    POINT(capex_budget, "capital budget", "from_date", 0),
    TABLE(layer, "layers of independence", 0),
    FROM(layer_share, "own shares of layers"),
    HISTORY(lot, "wafer lots"),
    HISTORY(wafer, "wafers of lots"),
    HISTORY(lot_event, "what happened to lots"),
    HISTORY(bin, "test bins"),
    HISTORY(wafer_test, "test results of wafers"),
    HISTORY(wafer_bin, "bin counts of wafers"),
    HISTORY(die_map, "maps of tested die"),
    HISTORY(tool_event, "states of tools"),
};
const int fab_dictionary_count = COUNT_OF(fab_dictionary);

/* name, maximum, preset, unit, meaning; all are numbers of at least 0 */
#define DERIVED(table, column, maximum, preset, unit, meaning) \
    {#table, {#column, FAB_COLUMN_REAL, 0, 0, 0, 0, maximum, preset, unit, meaning, FAB_NO_OFFSET}}

const struct fab_derived_column fab_derived_columns[] = {
    [FAB_ADJUST_D0] = DERIVED(process, d0_per_cm2, HUGE_NUMBER, NO_PRESET, "defects per cm2", "of starts of the period, as learning gives it"),
    [FAB_ADJUST_LINE_YIELD] = DERIVED(process, line_yield, 1, NO_PRESET, "fraction", "of starts of the period, as learning gives it"),
    [FAB_ADJUST_AVAILABILITY] = DERIVED(tool_group, availability, 1, NO_PRESET, "fraction", "share of the period's hours a tool can run"),
    [FAB_ADJUST_OUTPUT] = DERIVED(source, output, 1, 1, "fraction", "of what would arrive in the period, whenever it was started"),
    [FAB_ADJUST_UNIT_YIELD] = DERIVED(process, unit_yield, 1, NO_PRESET, "fraction", "of the units of starts of the period, as the model of defects gives it"),
};
const int fab_derived_columns_count = COUNT_OF(fab_derived_columns);

const struct fab_setting_def fab_settings[] = {
    {"plan_name", false, 0, 0, 0, "Plan", "title of the workbooks", false},
    {"currency", false, 0, 0, 0, "USD", "currency of every amount", false},
    {"discount_rate", true, 0, 1, 0, 0, "per year", false},
    {"end_value_frac", true, 0, 1, 0.6, 0, "share of the items' value that stock and unfinished starts keep at the horizon", false},
    {"commitment_factor", true, 0, 1000, 10, 0, "penalty of a broken promise, in prices of the demand", false},
    {"hold_days", true, 0, 3650, 14, 0, "days that a held lot waits", false},
    {"wip_wait_days", true, 0, 3650, 182, 0, "days within which work in process may begin to go on", false},
    {"wip_groups", true, 1, 100000, 200, 0, "groups of lots that a plan tells apart at most", false},
    {"tail_days", true, 0, 730, 0, 0, "days behind the horizon that are planned with it, by the last year of it", false},
    {"as_of", false, 0, 0, 0, 0, "date of stock, lots and receipts, where a plan that goes on from another one begins; not given: the calendar's start", true},
};
const int fab_settings_count = COUNT_OF(fab_settings);

const struct fab_table_def *fab_dictionary_find(const char *table)
{
    for (int t = 0; t < fab_dictionary_count; t++)
        if (strcmp(fab_dictionary[t].name, table) == 0)
            return &fab_dictionary[t];
    return NULL;
}

int fab_table_def_find_column(const struct fab_table_def *table, const char *column)
{
    for (int c = 0; c < table->column_count; c++)
        if (strcmp(table->columns[c].name, column) == 0)
            return c;
    return -1;
}

static const struct fab_column *find_named(const struct fab_table_def *table, const char *column)
{
    return column ? &table->columns[fab_table_def_find_column(table, column)] : NULL;
}

const struct fab_column *fab_table_def_date(const struct fab_table_def *table)
{
    return find_named(table, table->date);
}

const struct fab_column *fab_table_def_end(const struct fab_table_def *table)
{
    return find_named(table, table->end);
}

const struct fab_setting_def *fab_setting_find(const char *key)
{
    for (int s = 0; s < fab_settings_count; s++)
        if (strcmp(fab_settings[s].key, key) == 0)
            return &fab_settings[s];
    return NULL;
}
