/* The fab as plain data: one struct per input table of the data dictionary, frozen after loading.
 *
 * Rows are sorted by their key (text bytewise, dates and numbers ascending; periods by start date), so that the order of the input's rows
 * means nothing. A column that names another table's row is the index of that row, FAB_NONE when the cell is empty. An empty cell
 * of a column with a default holds the default; of a number without a default NAN; of a date FAB_DATE_NONE; of a text NULL. Dates are day numbers (date.h).
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FAB_MODEL_H
#define FAB_MODEL_H

#include "arena.h"
#include "date.h"

#include <stdbool.h>

enum { FAB_NONE = -1 };

struct fab_site {
    const char *site, *name;
};

struct fab_line {
    const char *line;
    int site;
    const char *kind, *name;
    double base_load_mw, facility_power_factor, floor_m2; /* floor_m2 NAN: no limit */
};

struct fab_calendar {
    const char *period;
    int32_t start_date, end_date; /* end exclusive */
};

struct fab_tool_group {
    const char *tool_group;
    int line;
    const char *name, *area;
    double tools, availability, max_utilisation, power_kw, price_usd, floor_m2, lead_time_days; /* price_usd NAN: not given; availability NAN: computed (upkeep.h) */
    bool buyable;
    double removal_usd, life_days, supply_mw; /* removal_usd NAN: not removable */
    const char *payment;                      /* NULL: all on the order's date */
};

/* Stops of one cause: by time or by units, the other one is NAN. */
struct fab_tool_down {
    int tool_group;
    const char *cause;
    double hours_between, units_between, hours;
};

struct fab_tool_count {
    int tool_group;
    int32_t from_date;
    double tools;
};

struct fab_tool_delivery_limit {
    int tool_group;
    int32_t from_date, to_date;
    double max_tools;
};

struct fab_tool_alternate {
    int tool_group, alternate, route; /* tool groups; route FAB_NONE: every route */
    int step;                         /* route_step.step, FAB_NONE: every step */
    double hours_ratio;
    int32_t from_date, to_date; /* FAB_DATE_NONE: open */
    double usd_per_hour;
};

struct fab_route {
    const char *route;
    int line;
    const char *name;
    double lot_size;
};

struct fab_cycle_time {
    int route;
    int32_t from_date;
    double days;
};

struct fab_route_step {
    int route, step;
    const char *name;
    int tool_group;
    double visits, minutes_per_unit, from_frac, to_frac, sample_frac, rework_frac, scrap_frac; /* minutes and fractions NAN: not given */
    double minutes_per_lot, minutes_per_batch, batch_max, batch_fill, interval_minutes_per_unit, setup_minutes, units_per_setup, lead_minutes, units_per_train;
    int rework_to; /* route_step.step, FAB_NONE: this one alone */
};

struct fab_item {
    const char *item, *kind, *name;
    double unit_value_usd, holding_frac_per_year, max_stock, compute_watts, discard_usd; /* max_stock NAN: no limit */
};

struct fab_stock {
    int item;
    double on_hand;
};

struct fab_stock_limit {
    int item;
    int32_t from_date, to_date; /* to_date FAB_DATE_NONE: open */
    double max_stock, holding_frac_per_year; /* NAN: the item's own */
};

struct fab_stock_target {
    int item;
    const char *target; /* NULL: none */
    int32_t from_date, to_date; /* to_date FAB_DATE_NONE: open */
    double quantity, cover_days, shortfall_usd_per_unit_week;
};

struct fab_receipt {
    int item;
    int32_t date;
    double quantity;
    int source; /* FAB_NONE: not said */
};

struct fab_bom {
    int item, component; /* items */
    double quantity;
    int source;          /* FAB_NONE: all sources that have no rows of their own */
    double at_frac;      /* part of the lead time after which it is taken */
    int32_t from_date, to_date; /* FAB_DATE_NONE: open */
};

struct fab_substitute {
    int item, instead_of; /* items */
    double usd_per_unit;
    const char *consumer;       /* an item whose bill has instead_of, or a customer; NULL: all */
    int32_t from_date, to_date; /* FAB_DATE_NONE: open */
    double rate;                /* units of item that serve as one of instead_of */
};

struct fab_source {
    const char *source;
    int item, line, route;
    const char *supplier, *region;
    double units_per_start; /* NAN: gross die of the item's die, else 1 */
    int consumes_bom;       /* 0, 1, FAB_NONE: 1 if a route is given */
    double lead_time_days;  /* NAN: not given */
    int process;
    int32_t available_from, available_to;
    double fixed_usd, min_lot; /* of whole decisions: per period with starts; starts of a period are 0 or at least this (0: any) */
    double starts_multiple;    /* starts of a period are a multiple of it; NAN: any */
};

struct fab_source_cost {
    int source;
    int32_t from_date;
    double usd_per_start;
};

struct fab_source_limit {
    int source;
    int32_t from_date, to_date;
    double min_starts_per_week, max_starts_per_week, shortfall_usd_per_start; /* max NAN: no limit; shortfall NAN: 10 x cost */
};

struct fab_line_limit {
    int line;
    int32_t from_date, to_date;
    double max_starts_per_week, max_ramp_per_week, max_drop_per_week; /* NAN: no limit */
};

struct fab_source_output {
    int source, item;
    double share;
    int32_t from_date; /* FAB_DATE_NONE: from the beginning of time on */
    double at_frac;    /* part of the lead time after which it is out */
};

struct fab_source_mix {
    int item, source;
    int32_t from_date, to_date; /* to_date FAB_DATE_NONE: open */
    double min_share, max_share; /* NAN: none */
};

struct fab_source_yield {
    int source;
    int32_t from_date;
    double line_yield, unit_yield;
};

struct fab_dependency {
    int source;
    const char *region;
    double share, lag_days;
};

struct fab_customer {
    const char *customer, *name;
    double priority, weight, entitlement, min_fill;
    const char *parent;
};

struct fab_demand {
    const char *demand;
    int customer, item;
    int32_t due_date;
    double quantity, price_usd, shortage_usd, late_usd_per_week, max_late_days, min_fill; /* min_fill NAN: the customer's */
    const char *class;
    bool whole;           /* of whole decisions: all of it or nothing */
    double ship_multiple; /* shipments of a period are a multiple of it; not above 0: any */
};

struct fab_driver {
    const char *driver;
    int32_t date;
    double quantity; /* per year */
    const char *unit;
};

struct fab_driver_use {
    const char *driver;
    int item, customer;
    int32_t from_date; /* FAB_DATE_NONE: from the beginning of time on */
    double units_per_driver, replacement_frac, lead_days, price_usd, shortage_usd, late_usd_per_week, max_late_days, min_fill; /* min_fill NAN: the customer's */
    const char *class;
};

struct fab_layer {
    const char *layer, *name;
    double weight;
};

struct fab_layer_share {
    int layer;
    const char *key; /* an item or a line */
    int32_t from_date;
    double share;
};

struct fab_shipment_limit {
    int customer, item;
    int32_t from_date, to_date;
    double max_per_week;
};

struct fab_ship_target {
    int customer, item;
    int32_t by_date;
    double shipped_before, min_quantity, max_quantity, shortfall_usd_per_unit; /* NAN: none; no limit; commitment_factor x the highest price */
};

struct fab_power_limit {
    int site;
    int32_t from_date;
    double mw, usd_per_mwh;
};

struct fab_capex_budget {
    int32_t from_date;
    double usd;
};

struct fab_setting {
    const char *key, *value;
};

struct fab_process {
    const char *process, *model;
    double alpha, critical_layers, d0_start_per_cm2, d0_mature_per_cm2;
    int32_t learning_start;
    double halflife_days, systematic_yield, line_yield_start, line_yield_mature, line_halflife_days; /* line_halflife_days NAN: halflife_days */
};

struct fab_die {
    int item;
    double width_mm, height_mm, scribe_mm, edge_mm, wafer_mm, critical_area_cm2, repairable_defects, gross_die; /* NAN: not given */
};

/* An active or held lot: what the plan starts with (planning-model.md "Starting WIP"). Not an input table of its own: made from `lot` and `lot_event`. */
struct fab_wip {
    const char *lot;
    int source;
    int32_t start_date;
    double wafers, progress; /* progress 0..1 of the cycle time */
    bool held;
    int *done, done_count; /* steps (route_step.step), each at a point of the cycle time, that have a move_out of the lot; ascending */
    double *done_share;    /* [done_count]: share of the wafers for which that is so; NULL: all of them */
    bool waited;           /* it has waited for a while under an earlier plan: */
    double first_day;      /* days from the plan's start on which it may go on; read with `waited` alone, else setting hold_days says for held ones */
};

/* Starts of an earlier plan, or lots that went on under it, which are under way when this one begins: nothing is decided about them any more (planning-model.md "Start"). */
struct fab_begun {
    int source;
    bool starts, held;     /* starts of the source: earlier steps scrap some of them; else wafers of lots, which were held */
    double begin, end;     /* days from the plan's start, before it, over which they went on evenly; equal: at once */
    double wafers, progress; /* progress when they went on */
    int32_t start_date;      /* bills and outputs are those of it */
    double lead_days, good_units; /* the whole cycle time, and good units of a wafer, as the earlier plan had them */
    int *done, done_count;
    double *done_share;    /* [done_count] */
};

/* What a plan that goes on from another one has of it beside stock, lots, orders, tools and budget, which are in their tables. */
struct fab_before {
    double middle;           /* of the other plan's last period before the start, in days from the start (negative) */
    double *rate;            /* [line_count]: weekly starts of each line in it; NAN: not known */
    struct fab_begun *begun; /* [begun_count] */
    int begun_count;
};

/* What an adjustment is about: the rows of fab_derived_columns (dictionary.h). */
typedef enum fab_adjusted { FAB_ADJUST_D0, FAB_ADJUST_LINE_YIELD, FAB_ADJUST_AVAILABILITY, FAB_ADJUST_OUTPUT, FAB_ADJUST_UNIT_YIELD } fab_adjusted;

typedef enum fab_adjustment_way { FAB_ADJUSTMENT_SET, FAB_ADJUSTMENT_SCALE, FAB_ADJUSTMENT_ADD } fab_adjustment_way;

/* A change of a derived column: what holds in [from, to) is set, scaled or added to. They work one after the other (adjust.h). */
struct fab_adjustment {
    fab_adjusted what;
    int row; /* of the process, tool group or source */
    fab_adjustment_way way;
    bool ramp;           /* the factor runs from value at `from` to last at `to`, and stays there */
    double value, last;
    double from, to;     /* days as date.h counts them; -INFINITY, INFINITY: open */
    const char *origin;  /* the change that made it, for messages */
};

/* The input tables that the plan is made of: X(table). */
#define FAB_MODEL_TABLES(X)                                                                                                      \
    X(site) X(line) X(calendar) X(tool_group) X(tool_down) X(tool_count) X(tool_delivery_limit) X(tool_alternate) X(route) X(cycle_time)      \
    X(route_step) X(item) X(stock) X(stock_limit) X(stock_target) X(receipt) X(bom) X(substitute) X(process) X(die) X(source) X(source_cost) X(source_limit)    \
    X(line_limit) X(source_output) X(source_mix) X(source_yield) X(dependency) X(customer) X(demand) X(driver) X(driver_use) X(shipment_limit) X(ship_target) X(power_limit)          \
    X(capex_budget) X(setting) X(layer) X(layer_share)

/* A decision of an old plan that is not 0, by its name: "x[WAFERS,2027-01]". */
struct fab_old_value {
    const char *name;
    double value;
};

/* Orders and removals of tools that are decided, whatever else is. */
struct fab_decided_tools {
    struct fab_old_value *value; /* [count]; those that are not there are 0 */
    int count;
};

/* An old plan that a new one changes as little as it must. */
struct fab_old_plan {
    struct fab_old_value *value; /* [count]; decisions that are not there are 0 */
    int count;
    double freeze_days; /* decisions of periods that start before so many days of the plan are the old plan's; 0: none */
    double stability;   /* share of the price of a start or tool that a change of it costs in later periods; 0: nothing */
};

/* `struct fab_item *item; int item_count;` and so on for every table. */
struct fab_model {
    fab_arena *arena; /* owns everything below */
#define FAB_MODEL_MEMBER(table) \
    struct fab_##table *table;  \
    int table##_count;
    FAB_MODEL_TABLES(FAB_MODEL_MEMBER)
#undef FAB_MODEL_MEMBER
    struct fab_wip *wip; /* sorted by lot */
    int wip_count;
    struct fab_adjustment *adjustment; /* in the order in which they work */
    int adjustment_count;
    struct fab_calendar *data_calendar; /* the data set's own, of which ramps are, where `calendar` is another one; NULL: it is that */
    int data_calendar_count;
    int tail_period_count, tail_demand_count; /* of the periods and orders the last ones, which lie behind the horizon (tail.h) */
    bool *yield_fitted; /* [source_count]: source_yield of the source comes from a fit, and follows changes of its process; NULL: none does */
    struct fab_before *before; /* of the plan that this one goes on from; NULL: none */
    struct fab_decided_tools *tools; /* orders and removals that are decided; NULL: they are not */
    struct fab_old_plan *old; /* what near periods stay as, and what changes cost; NULL: nothing */
    bool movement; /* the program follows how weekly starts change, for a stage that weighs it */
    bool hard; /* promises and minimum starts hold, and are not broken at a price */
    bool whole; /* decisions that are whole, such as starts at a fixed charge, are so */
    /* the settings, read from the table `setting` by fab_model_read_settings */
    const char *plan_name, *currency;
    double discount_rate, end_value_frac, commitment_factor, hold_days, wip_wait_days, wip_groups, tail_days;
    int32_t as_of; /* date of stock, lots and receipts; FAB_DATE_NONE: the calendar's first day */
};

typedef struct fab_model fab_model;

/* An empty model with default settings; NULL when memory is short. */
fab_model *fab_model_new(void);
void fab_model_free(fab_model *model);

/* A copy that shares nothing with the model; NULL when memory is short. O(model). */
fab_model *fab_model_copy(const fab_model *model);

/* Puts other periods (in the model's arena) in the place of the calendar, and keeps the data set's own. */
void fab_model_replace_calendar(fab_model *model, struct fab_calendar *calendar, int count);

/* The place of a table's rows and of their number in a model. */
struct fab_table_def;
char **fab_model_rows(fab_model *model, const struct fab_table_def *table);
int *fab_model_row_count(fab_model *model, const struct fab_table_def *table);

/* Fills the named settings from the rows of `setting`. The rows have been checked (fab_setting_find). */
void fab_model_read_settings(fab_model *model);

/* Index of a row of a table with one key, by that key: the rows are sorted by it. FAB_NONE when there is none. O(log rows). */
int fab_model_find_row(const fab_model *model, const struct fab_table_def *table, const char *key);

/* Index of a source by its id, FAB_NONE when there is none. O(log sources). */
int fab_model_find_source(const fab_model *model, const char *id);

/* The die that an item is before binning, NULL when it is none. O(die). */
const struct fab_die *fab_model_find_die(const fab_model *model, int item);

/* Area that defects count on: the critical one if given, else width x height. */
double fab_die_area_cm2(const struct fab_die *die);

#endif
