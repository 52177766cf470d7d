/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "plan_table.h"
#include "view.h"

#include <math.h>
#include <stdlib.h>

static fab_table *make_periods(const fab_plan *plan, int64_t number, const char *name, int begin, int end)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, name, "period number start_date end_date days discount");
    for (int t = begin; t < end; t++) {
        const struct fab_period *period = &plan->terms->period[t];
        fab_plan_table_row(&w);
        fab_plan_table_text(&w, period->name);
        fab_plan_table_integer(&w, t + 1);
        fab_plan_table_date(&w, period->date);
        fab_plan_table_date(&w, plan->model->calendar[t].end_date);
        fab_plan_table_real(&w, period->days);
        fab_plan_table_real(&w, period->discount);
    }
    return fab_plan_table_end(&w);
}

fab_table *fab_table_periods(const fab_plan *plan, int64_t number)
{
    return make_periods(plan, number, "plan_period", 0, plan->terms->horizon_periods);
}

fab_table *fab_table_tail_periods(const fab_plan *plan, int64_t number)
{
    return make_periods(plan, number, "plan_tail_period", plan->terms->horizon_periods, plan->terms->period_count);
}

/* Charge of a period with starts, of its own day. */
static double fixed_usd(const fab_plan *plan, int s, int t)
{
    int use = fab_program_at(plan->program, FAB_USE, s, t);
    return use == FAB_NONE ? 0 : -plan->program->lp->column[use].objective / plan->terms->period[t].discount * plan->solution->x[use];
}

static void write_start(struct fab_plan_table *w, int s, int t)
{
    const fab_plan *plan = w->plan;
    const fab_terms *terms = plan->terms;
    const struct fab_source_period *at = &terms->source[s].period[t];
    int column = fab_program_at(plan->program, FAB_X, s, t);
    double penalty_usd, missing = fab_view_missing_starts(plan, s, t, &penalty_usd), starts = fab_view_column(plan, column);
    double weeks = terms->period[t].days / FAB_DAYS_PER_WEEK;
    fab_plan_table_row(w);
    fab_plan_table_text(w, plan->model->source[s].source);
    fab_plan_table_text(w, terms->period[t].name);
    fab_plan_table_real(w, starts);
    fab_plan_table_real(w, starts / weeks);
    fab_plan_table_real(w, at->usd_per_start);
    fab_plan_table_real(w, terms->source[s].units_per_start);
    fab_plan_table_real(w, at->line_yield);
    fab_plan_table_real(w, at->unit_yield);
    fab_plan_table_real(w, starts * at->good_units);
    fab_plan_table_real(w, at->arriving);
    fab_plan_table_real(w, at->lead_days);
    fab_plan_table_real(w, starts * at->usd_per_start);
    fab_plan_table_real(w, at->min_starts > 0 ? at->min_starts : (double)NAN);
    fab_plan_table_real(w, at->max_starts);
    fab_plan_table_real(w, missing);
    fab_plan_table_real(w, penalty_usd);
    fab_plan_table_real(w, fab_view_reduced(plan, column, t));
    fab_plan_table_real(w, fixed_usd(plan, s, t));
    fab_plan_table_real(w, plan->model->source[s].starts_multiple);
}

fab_table *fab_table_starts(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_start",
                                           "source period starts starts_per_week usd_per_start gross_units_per_start line_yield unit_yield good_units "
                                           "arriving_share lead_days cost_usd min_starts max_starts starts_missing shortfall_usd usd_per_more_start fixed_usd starts_multiple");
    for (int s = 0; s < plan->model->source_count; s++)
        for (int t = 0; t < plan->terms->horizon_periods; t++)
            if (fab_program_at(plan->program, FAB_X, s, t) != FAB_NONE || plan->terms->source[s].period[t].min_starts > 0)
                write_start(&w, s, t);
    return fab_plan_table_end(&w);
}

/* The limit of a line in force in a period and its values; NAN and 0 when there is none. */
struct line_view {
    double max_starts_per_week, max_ramp_per_week, usd_per_start_per_week, usd_per_ramp, max_drop_per_week, usd_per_drop;
};

static double view_line_limit(const fab_plan *plan, int r, int kind, int t)
{
    return fab_view_row(plan, fab_program_find(plan->program, (struct fab_tag){FAB_LIN, r, kind, t}), t);
}

static struct line_view view_line(const fab_plan *plan, int line, int t)
{
    struct line_view view = {.max_starts_per_week = (double)NAN, .max_ramp_per_week = (double)NAN, .max_drop_per_week = (double)NAN};
    for (int r = 0; r < plan->model->line_limit_count; r++) {
        const struct fab_line_limit *limit = &plan->model->line_limit[r];
        if (limit->line != line || !fab_terms_starts_inside(plan->terms, t, limit->from_date, limit->to_date))
            continue;
        view.max_starts_per_week = fmin(view.max_starts_per_week, limit->max_starts_per_week); /* fmin skips NAN */
        view.max_ramp_per_week = fmin(view.max_ramp_per_week, limit->max_ramp_per_week);
        view.max_drop_per_week = fmin(view.max_drop_per_week, limit->max_drop_per_week);
        view.usd_per_start_per_week += view_line_limit(plan, r, FAB_LIN_RATE, t);
        view.usd_per_ramp += view_line_limit(plan, r, FAB_LIN_RAMP, t);
        view.usd_per_drop += view_line_limit(plan, r, FAB_LIN_DROP, t);
    }
    return view;
}

static void write_line(struct fab_plan_table *w, int line, int t)
{
    const fab_plan *plan = w->plan;
    const fab_model *model = plan->model;
    struct line_view view = view_line(plan, line, t);
    double starts = 0, used_m2 = 0, floor_m2 = model->line[line].floor_m2;
    for (int s = 0; s < model->source_count; s++)
        if (model->source[s].line == line)
            starts += fab_view_value(plan, FAB_X, s, t);
    for (int g = 0; g < model->tool_group_count; g++) {
        double m2 = model->tool_group[g].line == line ? model->tool_group[g].floor_m2 * fab_view_tools(plan, g, t) : 0;
        if (m2 > 0)
            used_m2 += m2;
        else
            floor_m2 -= m2;
    }
    fab_plan_table_row(w);
    fab_plan_table_text(w, model->line[line].line);
    fab_plan_table_text(w, plan->terms->period[t].name);
    fab_plan_table_real(w, starts);
    fab_plan_table_real(w, starts * FAB_DAYS_PER_WEEK / plan->terms->period[t].days);
    fab_plan_table_real(w, view.max_starts_per_week);
    fab_plan_table_real(w, view.max_ramp_per_week);
    fab_plan_table_real(w, view.usd_per_start_per_week);
    fab_plan_table_real(w, view.usd_per_ramp);
    fab_plan_table_real(w, floor_m2);
    fab_plan_table_real(w, used_m2);
    fab_plan_table_real(w, fab_view_limit(plan, FAB_FLR, line, t));
    fab_plan_table_real(w, view.max_drop_per_week);
    fab_plan_table_real(w, view.usd_per_drop);
}

fab_table *fab_table_lines(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_line",
                                           "line period starts starts_per_week max_starts_per_week max_ramp_per_week usd_per_start_per_week "
                                           "usd_per_ramp floor_m2 floor_used_m2 usd_per_m2 max_drop_per_week usd_per_drop");
    for (int line = 0; line < plan->model->line_count; line++)
        for (int t = 0; t < plan->terms->horizon_periods; t++)
            write_line(&w, line, t);
    return fab_plan_table_end(&w);
}

/* What happens to an item in a period, but for stock. */
struct flow {
    double made, bought, wip, substituted_in, substituted_out, consumed, shipped, substitution_usd;
};

struct flows {
    const fab_model *model;
    int period_count;
    struct flow *flow; /* [item x T] */
};

/* An addend of a balance: what goes in is above 0. */
static void add_flow(void *user, struct fab_tag row, struct fab_tag column, double amount)
{
    const struct flows *flows = user;
    const fab_model *model = flows->model;
    struct flow *flow = &flows->flow[row.a * flows->period_count + row.period];
    if (column.family == FAB_Y)
        flow->shipped -= amount;
    if (column.family == FAB_X)
        *(amount < 0 ? &flow->consumed : model->source[column.a].route != FAB_NONE ? &flow->made : &flow->bought) += fabs(amount);
    if (column.family == FAB_GO || column.family == FAB_GO_IN)
        flow->wip += amount;
    if (column.family != FAB_M)
        return;
    *(amount < 0 ? &flow->substituted_out : &flow->substituted_in) += fabs(amount);
    if (amount > 0)
        flow->substitution_usd += amount * model->substitute[column.a].usd_per_unit;
}

static void write_stock(struct fab_plan_table *w, int i, int t, const struct flow *flow)
{
    const fab_plan *plan = w->plan;
    const struct fab_item *item = &plan->model->item[i];
    int T = plan->terms->period_count;
    double closing = fab_view_value(plan, FAB_I, i, t);
    fab_plan_table_row(w);
    fab_plan_table_text(w, item->item);
    fab_plan_table_text(w, plan->terms->period[t].name);
    fab_plan_table_real(w, t == 0 ? plan->terms->on_hand[i] : fab_view_value(plan, FAB_I, i, t - 1));
    fab_plan_table_real(w, flow->made);
    fab_plan_table_real(w, flow->bought);
    fab_plan_table_real(w, plan->terms->receipt[i * T + t]);
    fab_plan_table_real(w, flow->wip);
    fab_plan_table_real(w, flow->substituted_in);
    fab_plan_table_real(w, flow->substituted_out);
    fab_plan_table_real(w, flow->consumed);
    fab_plan_table_real(w, flow->shipped);
    fab_plan_table_real(w, fab_view_value(plan, FAB_Z, i, t));
    fab_plan_table_real(w, closing);
    fab_plan_table_real(w, item->unit_value_usd);
    fab_plan_table_real(w, closing * item->unit_value_usd * plan->terms->holding_frac[i * T + t] * plan->terms->period[t].days / FAB_DAYS_PER_YEAR);
    fab_plan_table_real(w, flow->substitution_usd);
    fab_plan_table_real(w, fab_view_unit_value(plan, i, t));
    fab_plan_table_real(w, fab_view_value(plan, FAB_Z, i, t) * item->discard_usd);
}

fab_table *fab_table_stock(const fab_plan *plan, int64_t number)
{
    int T = plan->terms->period_count;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_stock",
                                           "item period opening made bought received wip substituted_in substituted_out consumed shipped discarded "
                                           "closing unit_value_usd holding_usd substitution_usd usd_per_unit discard_usd");
    struct flows flows = {plan->model, T, calloc((size_t)plan->model->item_count * (size_t)T + 1, sizeof *flows.flow)};
    if (flows.flow)
        fab_view_each_addend(plan, FAB_BAL, add_flow, &flows);
    else
        w.failed = true;
    for (int i = 0; flows.flow && i < plan->model->item_count; i++)
        for (int t = 0; t < plan->terms->horizon_periods; t++)
            write_stock(&w, i, t, &flows.flow[i * T + t]);
    free(flows.flow);
    return fab_plan_table_end(&w);
}

fab_table *fab_table_substitutions(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_substitution", "item instead_of consumer period quantity usd");
    for (int j = 0; j < plan->model->substitute_count; j++)
        for (int t = 0; t < plan->terms->horizon_periods; t++) {
            const struct fab_substitute *row = &plan->model->substitute[j];
            double units = fab_view_value(plan, FAB_M, j, t);
            if (units <= 0)
                continue;
            fab_plan_table_row(&w);
            fab_plan_table_text(&w, plan->model->item[row->item].item);
            fab_plan_table_text(&w, plan->model->item[row->instead_of].item);
            fab_plan_table_text(&w, row->consumer ? row->consumer : "");
            fab_plan_table_text(&w, plan->terms->period[t].name);
            fab_plan_table_real(&w, units);
            fab_plan_table_real(&w, units * row->usd_per_unit);
        }
    return fab_plan_table_end(&w);
}
