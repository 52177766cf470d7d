/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "moves.h"

#include "array.h"
#include "try.h"
#include "view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The step of most limits. */
#define ONE_PERCENT 0.01

struct builder {
    const fab_plan *plan;
    struct fab_moves *moves;
    bool failed; /* memory was short */
};

void fab_moves_free(struct fab_moves *moves)
{
    if (!moves)
        return;
    fab_arena_free(moves->arena);
    free(moves->candidate);
    free(moves->move);
    free(moves);
}

/* ---- candidates ---- */

/* Begins a candidate; its moves follow. */
static void begin(struct builder *builder, const char *what, const char *key, double step, const char *unit)
{
    struct fab_moves *moves = builder->moves;
    const char *kept = builder->failed ? NULL : fab_arena_dup(moves->arena, key);
    if (!kept || !FAB_ARRAY_ROOM(&moves->candidate, moves->count, &moves->capacity)) {
        builder->failed = true;
        return;
    }
    moves->candidate[moves->count++] = (struct fab_candidate){
        .what = what, .key = kept, .unit = unit, .step = step, .first_move = moves->move_count};
}

static void add_move(struct builder *builder, int period, struct fab_move move)
{
    struct fab_moves *moves = builder->moves;
    const fab_lp_solution *solution = builder->plan->solution;
    if (builder->failed || move.place == FAB_NONE || move.delta == 0)
        return;
    if (!FAB_ARRAY_ROOM(&moves->move, moves->move_count, &moves->move_capacity)) {
        builder->failed = true;
        return;
    }
    struct fab_candidate *candidate = &moves->candidate[moves->count - 1];
    moves->move[moves->move_count++] = move;
    if (candidate->move_count++ == 0)
        candidate->period = period;
    candidate->at_most_usd += move.delta * (move.is_column ? fmax(0, solution->reduced_cost[move.place]) : solution->multiplier[move.place]);
}

/* A candidate that moves nothing is none. */
static void end(struct builder *builder)
{
    struct fab_moves *moves = builder->moves;
    if (!builder->failed && moves->candidate[moves->count - 1].move_count == 0)
        moves->count--;
}

static void add_row(struct builder *builder, struct fab_tag tag, int period, double delta)
{
    add_move(builder, period, (struct fab_move){false, fab_program_find(builder->plan->program, tag), delta, false});
}

/* The lower limit of a row, down. */
static void lower_row(struct builder *builder, struct fab_tag tag, int period, double down)
{
    add_move(builder, period, (struct fab_move){false, fab_program_find(builder->plan->program, tag), -down, true});
}

/* ---- tools ---- */

static void add_hours(struct builder *builder, int g, int u)
{
    const fab_plan *plan = builder->plan;
    double hours = plan->terms->hours_per_tool[g * plan->terms->period_count + u] * fab_view_tools(plan, g, u);
    begin(builder, "hour", plan->model->tool_group[g].tool_group, ONE_PERCENT * hours, "hours");
    add_row(builder, fab_tag_of(FAB_CAP, g, u), u, ONE_PERCENT * hours);
    end(builder);
}

/* One tool more from the first period on in which its hours are worth something (none: from the start on), without its price, with its floor and what it adds to the power. */
static void add_tool(struct builder *builder, int g)
{
    const fab_plan *plan = builder->plan;
    const fab_terms *terms = plan->terms;
    const struct fab_tool_group *group = &plan->model->tool_group[g];
    int first = 0, site = plan->model->line[group->line].site;
    while (first < terms->horizon_periods && !(plan->solution->multiplier[fab_program_at(plan->program, FAB_CAP, g, first)] > 0))
        first++;
    first = first == terms->horizon_periods ? 0 : first;
    begin(builder, "tool", group->tool_group, 1, "tools");
    for (int u = first; u < terms->period_count; u++) {
        add_row(builder, fab_tag_of(FAB_CAP, g, u), u, terms->hours_per_tool[g * terms->period_count + u]);
        add_row(builder, fab_tag_of(FAB_FLR, group->line, u), u, -group->floor_m2);
        add_row(builder, fab_tag_of(FAB_PWR, site, u), u, group->supply_mw);
    }
    end(builder);
}

static void add_tools(struct builder *builder)
{
    for (int g = 0; g < builder->plan->model->tool_group_count; g++) {
        add_tool(builder, g);
        for (int u = 0; u < builder->plan->terms->horizon_periods; u++)
            add_hours(builder, g, u);
    }
}

/* ---- limits of the data ---- */

static void add_budget(struct builder *builder)
{
    const fab_plan *plan = builder->plan;
    for (int r = 0; r < plan->model->capex_budget_count; r++) {
        const struct fab_capex_budget *row = &plan->model->capex_budget[r];
        char from[FAB_DATE_TEXT_SIZE];
        begin(builder, "usd", fab_date_print(row->from_date, from), ONE_PERCENT * row->usd, "USD");
        for (int t = 0; t < plan->terms->period_count; t++)
            if (row->from_date <= plan->terms->period[t].date)
                add_row(builder, fab_tag_of(FAB_BUD, 0, t), t, ONE_PERCENT * row->usd);
        end(builder);
    }
}

/* A row of power_limit is in force before the site's next one, the first one also before its date. */
static void add_power(struct builder *builder)
{
    const fab_plan *plan = builder->plan;
    const fab_model *model = plan->model;
    for (int r = 0; r < model->power_limit_count; r++) {
        const struct fab_power_limit *row = &model->power_limit[r];
        bool first = r == 0 || row[-1].site != row->site, last = r + 1 == model->power_limit_count || row[1].site != row->site;
        begin(builder, "mw", model->site[row->site].site, ONE_PERCENT * row->mw, "MW");
        for (int t = 0; t < plan->terms->period_count; t++) {
            int32_t date = plan->terms->period[t].date;
            if ((first || date >= row->from_date) && (last || date < row[1].from_date))
                add_row(builder, fab_tag_of(FAB_PWR, row->site, t), t, ONE_PERCENT * row->mw);
        }
        end(builder);
    }
}

static void add_floors(struct builder *builder)
{
    const fab_plan *plan = builder->plan;
    for (int line = 0; line < plan->model->line_count; line++) {
        double step = ONE_PERCENT * plan->model->line[line].floor_m2;
        begin(builder, "m2", plan->model->line[line].line, step, "m2");
        for (int t = 0; step > 0 && t < plan->terms->period_count; t++)
            add_row(builder, fab_tag_of(FAB_FLR, line, t), t, step);
        end(builder);
    }
}

/* A row of a table of windows: its rows of the program in all periods, each one percent up; `limit` is what the table says a week. */
static void add_window(struct builder *builder, const char *what, const char *key, struct fab_tag tag, double limit, const char *unit)
{
    const fab_plan *plan = builder->plan;
    begin(builder, what, key, ONE_PERCENT * limit, unit);
    for (tag.period = 0; limit > 0 && tag.period < plan->terms->period_count; tag.period++) {
        int row = fab_program_find(plan->program, tag);
        if (row != FAB_NONE)
            add_row(builder, tag, tag.period, ONE_PERCENT * plan->program->lp->row[row].upper);
    }
    end(builder);
}

static void add_windows(struct builder *builder)
{
    const fab_model *model = builder->plan->model;
    for (int r = 0; r < model->line_limit_count; r++) {
        const struct fab_line_limit *row = &model->line_limit[r];
        const char *line = model->line[row->line].line;
        add_window(builder, "rate", line, (struct fab_tag){FAB_LIN, r, FAB_LIN_RATE, 0}, row->max_starts_per_week, "starts a week");
        add_window(builder, "ramp", line, (struct fab_tag){FAB_LIN, r, FAB_LIN_RAMP, 0}, row->max_ramp_per_week, "starts a week");
        add_window(builder, "drop", line, (struct fab_tag){FAB_LIN, r, FAB_LIN_DROP, 0}, row->max_drop_per_week, "starts a week");
    }
    for (int r = 0; r < model->shipment_limit_count; r++) {
        const struct fab_shipment_limit *row = &model->shipment_limit[r];
        char key[FAB_DETAIL_SIZE];
        snprintf(key, sizeof key, "%s/%s", model->customer[row->customer].customer, model->item[row->item].item);
        add_window(builder, "shipments", key, fab_tag_of(FAB_SHP, r, 0), row->max_per_week, "units a week");
    }
}

static void add_deliveries(struct builder *builder)
{
    const fab_plan *plan = builder->plan;
    for (int r = 0; r < plan->model->tool_delivery_limit_count; r++) {
        const struct fab_tool_delivery_limit *row = &plan->model->tool_delivery_limit[r];
        int first = 0;
        while (first + 1 < plan->terms->period_count && plan->terms->period[first].date < row->from_date)
            first++;
        begin(builder, "delivery", plan->model->tool_group[row->tool_group].tool_group, 1, "tools");
        add_row(builder, fab_tag_of(FAB_DLV, r, FAB_NONE), first, 1);
        end(builder);
    }
}

/* Maxima of sources stand in the upper limits of their starts: those of the row that is the lowest in force. */
static void add_maxima(struct builder *builder)
{
    const fab_plan *plan = builder->plan;
    const fab_terms *terms = plan->terms;
    for (int r = 0; r < plan->model->source_limit_count; r++) {
        const struct fab_source_limit *row = &plan->model->source_limit[r];
        begin(builder, "starts", plan->model->source[row->source].source, ONE_PERCENT * row->max_starts_per_week, "starts a week");
        for (int t = 0; row->max_starts_per_week > 0 && t < terms->period_count; t++) {
            double most = row->max_starts_per_week * terms->period[t].days / FAB_DAYS_PER_WEEK;
            int column = fab_program_at(plan->program, FAB_X, row->source, t);
            if (column != FAB_NONE && fab_terms_starts_inside(terms, t, row->from_date, row->to_date) &&
                plan->program->lp->column[column].upper == most)
                add_move(builder, t, (struct fab_move){true, column, ONE_PERCENT * most, false});
        }
        end(builder);
    }
}

/* Minima of sources: less of a row in all its periods. */
static void add_minima(struct builder *builder)
{
    const fab_plan *plan = builder->plan;
    for (int r = 0; r < plan->model->source_limit_count; r++) {
        const struct fab_source_limit *row = &plan->model->source_limit[r];
        begin(builder, "minimum", plan->model->source[row->source].source, ONE_PERCENT * row->min_starts_per_week, "starts a week less");
        if (!builder->failed)
            builder->moves->candidate[builder->moves->count - 1].of_contract = true;
        for (int t = 0; row->min_starts_per_week > 0 && t < plan->terms->period_count; t++)
            lower_row(builder, fab_tag_of(FAB_SRC, r, t), t, ONE_PERCENT * row->min_starts_per_week * plan->terms->period[t].days / FAB_DAYS_PER_WEEK);
        end(builder);
    }
}

/* ---- materials (language.md) ---- */

/* [stock_target row x T]: what the targets want, so far. */
struct wanted {
    const fab_plan *plan;
    double *units;
};

/* Use that a target covers takes from the left side of its row. */
static void add_use(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    const struct wanted *wanted = user;
    if (column.family != FAB_I && column.family != FAB_BELOW)
        wanted->units[row.a * wanted->plan->terms->period_count + row.period] -= amount;
}

/* The most that a target wants in a period. */
static double most_wanted(const struct wanted *wanted, int r)
{
    const fab_plan *plan = wanted->plan;
    double most = 0;
    for (int t = 0; t < plan->terms->period_count; t++) {
        int row = fab_program_at(plan->program, FAB_TGT, r, t);
        if (row != FAB_NONE)
            most = fmax(most, plan->program->lp->row[row].lower + wanted->units[r * plan->terms->period_count + t]);
    }
    return most;
}

/* A target wants less in all periods, by one percent of the most that it wants in one (at least one unit). */
static void add_targets(struct builder *builder)
{
    const fab_plan *plan = builder->plan;
    int rows = plan->model->stock_target_count;
    struct wanted wanted = {plan, calloc((size_t)rows * (size_t)plan->terms->period_count + 1, sizeof *wanted.units)};
    builder->failed = builder->failed || !wanted.units;
    if (wanted.units && rows > 0)
        fab_view_each_addend(plan, FAB_TGT, add_use, &wanted);
    for (int r = 0; wanted.units && r < rows; r++) {
        const struct fab_stock_target *row = &plan->model->stock_target[r];
        char key[FAB_DETAIL_SIZE];
        double most = most_wanted(&wanted, r);
        snprintf(key, sizeof key, "%s%s%s", plan->model->item[row->item].item, row->target ? "/" : "", row->target ? row->target : "");
        double step = fmax(ONE_PERCENT * most, 1);
        begin(builder, "target", key, step, "units less");
        for (int t = 0; most > 0 && t < plan->terms->period_count; t++)
            lower_row(builder, fab_tag_of(FAB_TGT, r, t), t, step);
        end(builder);
    }
    free(wanted.units);
}

static void add_cumulated(struct builder *builder)
{
    const fab_plan *plan = builder->plan;
    for (int r = 0; r < plan->model->ship_target_count; r++) {
        const struct fab_ship_target *row = &plan->model->ship_target[r];
        char key[FAB_DETAIL_SIZE], date[FAB_DATE_TEXT_SIZE];
        int t = fab_terms_find_period(plan->terms, row->by_date);
        snprintf(key, sizeof key, "%s/%s/%s", plan->model->customer[row->customer].customer, plan->model->item[row->item].item, fab_date_print(row->by_date, date));
        begin(builder, "promise", key, ONE_PERCENT * row->min_quantity, "units less");
        lower_row(builder, (struct fab_tag){FAB_CUM, r, FAB_CUM_LEAST, FAB_NONE}, t, ONE_PERCENT * row->min_quantity);
        end(builder);
        begin(builder, "cumulated", key, ONE_PERCENT * row->max_quantity, "units");
        int last = t == FAB_NONE ? plan->terms->horizon_periods - 1 : t; /* behind the horizon it is the most of all that is shipped */
        add_row(builder, (struct fab_tag){FAB_CUM, r, FAB_CUM_MOST, FAB_NONE}, last, ONE_PERCENT * row->max_quantity);
        end(builder);
    }
}

/* Good units that all sources of an item start in a period. */
static double started_of(const fab_plan *plan, int item, int t)
{
    double units = 0;
    for (int s = 0; s < plan->model->source_count; s++) {
        int column = plan->model->source[s].item == item ? fab_program_at(plan->program, FAB_X, s, t) : FAB_NONE;
        units += column == FAB_NONE ? 0 : plan->terms->source[s].period[t].good_units * plan->solution->x[column];
    }
    return units;
}

/* A split gives way by one percent of what the plan starts of the item, in all periods: a point of the share, of the plan's amount. */
static void add_splits(struct builder *builder)
{
    const fab_plan *plan = builder->plan;
    for (int r = 0; r < plan->model->source_mix_count; r++) {
        const struct fab_source_mix *row = &plan->model->source_mix[r];
        begin(builder, "split", plan->model->source[row->source].source, ONE_PERCENT, "of what is started");
        for (int t = 0; t < plan->terms->period_count; t++) {
            double units = ONE_PERCENT * started_of(plan, row->item, t);
            lower_row(builder, (struct fab_tag){FAB_MIX, r, FAB_MIX_LEAST, t}, t, units);
            add_row(builder, (struct fab_tag){FAB_MIX, r, FAB_MIX_MOST, t}, t, units);
        }
        end(builder);
    }
}

/* Room for an item's stock, where it is what limits the stock. */
static void add_rooms(struct builder *builder)
{
    const fab_plan *plan = builder->plan;
    const fab_terms *terms = plan->terms;
    for (int i = 0; i < plan->model->item_count; i++) {
        double largest = (double)NAN; /* a period without a limit has none */
        for (int t = 0; t < terms->period_count; t++)
            largest = fmax(largest, terms->max_stock[i * terms->period_count + t]);
        begin(builder, "room", plan->model->item[i].item, ONE_PERCENT * largest, "units");
        for (int t = 0; t < terms->period_count; t++) {
            double most = terms->max_stock[i * terms->period_count + t];
            int column = fab_program_at(plan->program, FAB_I, i, t);
            if (most > 0 && column != FAB_NONE && plan->program->lp->column[column].upper == most)
                add_move(builder, t, (struct fab_move){true, column, ONE_PERCENT * most, false});
        }
        end(builder);
    }
}

static int compare_candidates(const void *left, const void *right)
{
    const struct fab_candidate *a = left, *b = right;
    if (a->at_most_usd != b->at_most_usd)
        return a->at_most_usd > b->at_most_usd ? -1 : 1;
    int what = strcmp(a->what, b->what), key = strcmp(a->key, b->key);
    return what ? what : key ? key : (a->period > b->period) - (a->period < b->period);
}

fab_status fab_moves_find(fab_context *context, const fab_plan *plan, struct fab_moves **result)
{
    fab_status status = FAB_OK;
    struct fab_moves *moves = NULL;
    TRY_MEMORY(context, moves = calloc(1, sizeof *moves));
    TRY_MEMORY(context, moves->arena = fab_arena_new());
    struct builder builder = {plan, moves, false};
    add_tools(&builder);
    add_budget(&builder);
    add_power(&builder);
    add_floors(&builder);
    add_windows(&builder);
    add_deliveries(&builder);
    add_maxima(&builder);
    add_minima(&builder);
    add_targets(&builder);
    add_cumulated(&builder);
    add_splits(&builder);
    add_rooms(&builder);
    TRY_MEMORY(context, !builder.failed);
    if (moves->count > 0)
        qsort(moves->candidate, (size_t)moves->count, sizeof *moves->candidate, compare_candidates);
    *result = moves;
    moves = NULL;
out:
    fab_moves_free(moves);
    return status;
}
