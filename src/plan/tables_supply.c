/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view.h"

#include <math.h>

fab_table *fab_table_periods(const fab_plan *plan, int64_t number)
{
    struct fab_writer w = fab_writer_begin(plan, number, "plan_period", "period number start_date end_date days discount");
    for (int t = 0; t < plan->terms->period_count; t++) {
        const struct fab_period *period = &plan->terms->period[t];
        fab_writer_row(&w);
        fab_writer_text(&w, period->name);
        fab_writer_integer(&w, t + 1);
        fab_writer_date(&w, period->date);
        fab_writer_date(&w, plan->model->calendar[t].end_date);
        fab_writer_real(&w, period->days);
        fab_writer_real(&w, period->discount);
    }
    return fab_writer_end(&w);
}

static void write_start(struct fab_writer *w, int s, int t)
{
    const fab_plan *plan = w->plan;
    const fab_terms *terms = plan->terms;
    const struct fab_source_period *at = &terms->source[s].period[t];
    int column = plan->program->starts[s * terms->period_count + t];
    double penalty_usd, missing = fab_view_missing_starts(plan, s, t, &penalty_usd), starts = fab_view_column(plan, column);
    double weeks = terms->period[t].days / FAB_DAYS_PER_WEEK;
    fab_writer_row(w);
    fab_writer_text(w, plan->model->source[s].source);
    fab_writer_text(w, terms->period[t].name);
    fab_writer_real(w, starts);
    fab_writer_real(w, starts / weeks);
    fab_writer_real(w, at->usd_per_start);
    fab_writer_real(w, terms->source[s].units_per_start);
    fab_writer_real(w, at->line_yield);
    fab_writer_real(w, at->unit_yield);
    fab_writer_real(w, starts * at->good_units);
    fab_writer_real(w, at->arriving);
    fab_writer_real(w, at->lead_days);
    fab_writer_real(w, starts * at->usd_per_start);
    fab_writer_real(w, at->min_starts > 0 ? at->min_starts : (double)NAN);
    fab_writer_real(w, at->max_starts);
    fab_writer_real(w, missing);
    fab_writer_real(w, penalty_usd);
    fab_writer_real(w, fab_view_reduced(plan, column, t));
}

fab_table *fab_table_starts(const fab_plan *plan, int64_t number)
{
    struct fab_writer w = fab_writer_begin(plan, number, "plan_start",
                                           "source period starts starts_per_week usd_per_start gross_units_per_start line_yield unit_yield good_units "
                                           "arriving_share lead_days cost_usd min_starts max_starts starts_missing shortfall_usd usd_per_more_start");
    for (int s = 0; s < plan->model->source_count; s++)
        for (int t = 0; t < plan->terms->period_count; t++)
            if (plan->program->starts[s * plan->terms->period_count + t] != FAB_NONE || plan->terms->source[s].period[t].min_starts > 0)
                write_start(&w, s, t);
    return fab_writer_end(&w);
}

/* The limit of a line in force in a period and its values; NAN and 0 when there is none. */
struct line_view {
    double max_starts_per_week, max_ramp_per_week, usd_per_start_per_week, usd_per_ramp;
};

static struct line_view view_line(const fab_plan *plan, int line, int t)
{
    struct line_view view = {(double)NAN, (double)NAN, 0, 0};
    for (int r = 0; r < plan->model->line_limit_count; r++) {
        const struct fab_line_limit *limit = &plan->model->line_limit[r];
        if (limit->line != line || !fab_terms_starts_inside(plan->terms, t, limit->from_date, limit->to_date))
            continue;
        view.max_starts_per_week = fmin(view.max_starts_per_week, limit->max_starts_per_week); /* fmin skips NAN */
        view.max_ramp_per_week = fmin(view.max_ramp_per_week, limit->max_ramp_per_week);
        view.usd_per_start_per_week += fab_view_row(plan, plan->program->line_starts[r * plan->terms->period_count + t], t);
        view.usd_per_ramp += fab_view_row(plan, plan->program->line_ramp[r * plan->terms->period_count + t], t);
    }
    return view;
}

static void write_line(struct fab_writer *w, int line, int t)
{
    const fab_plan *plan = w->plan;
    const fab_model *model = plan->model;
    int T = plan->terms->period_count;
    struct line_view view = view_line(plan, line, t);
    double starts = 0, used_m2 = 0, floor_m2 = model->line[line].floor_m2;
    for (int s = 0; s < model->source_count; s++)
        if (model->source[s].line == line)
            starts += fab_view_column(plan, plan->program->starts[s * T + t]);
    for (int g = 0; g < model->tool_group_count; g++) {
        double m2 = model->tool_group[g].line == line ? model->tool_group[g].floor_m2 * fab_view_tools(plan, g, t) : 0;
        if (m2 > 0)
            used_m2 += m2;
        else
            floor_m2 -= m2;
    }
    fab_writer_row(w);
    fab_writer_text(w, model->line[line].line);
    fab_writer_text(w, plan->terms->period[t].name);
    fab_writer_real(w, starts);
    fab_writer_real(w, starts * FAB_DAYS_PER_WEEK / plan->terms->period[t].days);
    fab_writer_real(w, view.max_starts_per_week);
    fab_writer_real(w, view.max_ramp_per_week);
    fab_writer_real(w, view.usd_per_start_per_week);
    fab_writer_real(w, view.usd_per_ramp);
    fab_writer_real(w, floor_m2);
    fab_writer_real(w, used_m2);
    fab_writer_real(w, fab_view_row(plan, plan->program->floor[line * T + t], t));
}

fab_table *fab_table_lines(const fab_plan *plan, int64_t number)
{
    struct fab_writer w = fab_writer_begin(plan, number, "plan_line",
                                           "line period starts starts_per_week max_starts_per_week max_ramp_per_week usd_per_start_per_week "
                                           "usd_per_ramp floor_m2 floor_used_m2 usd_per_m2");
    for (int line = 0; line < plan->model->line_count; line++)
        for (int t = 0; t < plan->terms->period_count; t++)
            write_line(&w, line, t);
    return fab_writer_end(&w);
}

/* What happens to an item in a period, but for stock. */
struct flow {
    double made, bought, substituted_in, substituted_out, consumed, shipped, substitution_usd;
};

static void add_source_flows(const fab_plan *plan, struct fab_source_terms *source, bool made, int s, int t, struct flow *flows)
{
    const fab_terms *terms = plan->terms;
    const struct fab_source_period *at = &source->period[t];
    int T = terms->period_count;
    double starts = fab_view_column(plan, plan->program->starts[s * T + t]);
    for (int c = 0; c < source->component_count; c++)
        flows[source->component[c].item * T + t].consumed += starts * source->component[c].amount;
    for (int o = 0; o < source->output_count; o++)
        for (int a = at->first_arrival; a < at->first_arrival + at->arrival_count; a++) {
            struct flow *flow = &flows[source->output[o].item * T + terms->arrival[a].period];
            *(made ? &flow->made : &flow->bought) += starts * at->good_units * source->output[o].amount * terms->arrival[a].share;
        }
}

static void sum_flows(const fab_plan *plan, struct flow *flows)
{
    const fab_terms *terms = plan->terms;
    const fab_model *model = plan->model;
    int T = terms->period_count;
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < T; t++)
            add_source_flows(plan, &terms->source[s], model->source[s].route != FAB_NONE, s, t, flows);
    for (int j = 0; j < model->substitute_count; j++)
        for (int t = 0; t < T; t++) {
            double units = fab_view_column(plan, plan->program->substitute[j * T + t]);
            flows[model->substitute[j].item * T + t].substituted_out += units;
            flows[model->substitute[j].instead_of * T + t].substituted_in += units;
            flows[model->substitute[j].instead_of * T + t].substitution_usd += units * model->substitute[j].usd_per_unit;
        }
    for (int d = 0; d < model->demand_count; d++)
        for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
            flows[model->demand[d].item * T + t].shipped += fab_view_column(plan, plan->program->first_ship[d] + t - terms->due_period[d]);
}

static void write_stock(struct fab_writer *w, int i, int t, const struct flow *flow)
{
    const fab_plan *plan = w->plan;
    const struct fab_item *item = &plan->model->item[i];
    int T = plan->terms->period_count;
    double closing = fab_view_column(plan, plan->program->stock[i * T + t]);
    fab_writer_row(w);
    fab_writer_text(w, item->item);
    fab_writer_text(w, plan->terms->period[t].name);
    fab_writer_real(w, t == 0 ? plan->terms->on_hand[i] : fab_view_column(plan, plan->program->stock[i * T + t - 1]));
    fab_writer_real(w, flow->made);
    fab_writer_real(w, flow->bought);
    fab_writer_real(w, plan->terms->receipt[i * T + t]);
    fab_writer_real(w, plan->terms->wip_units[i * T + t]);
    fab_writer_real(w, flow->substituted_in);
    fab_writer_real(w, flow->substituted_out);
    fab_writer_real(w, flow->consumed);
    fab_writer_real(w, flow->shipped);
    fab_writer_real(w, fab_view_column(plan, plan->program->discard[i * T + t]));
    fab_writer_real(w, closing);
    fab_writer_real(w, item->unit_value_usd);
    fab_writer_real(w, closing * item->unit_value_usd * item->holding_frac_per_year * plan->terms->period[t].days / FAB_DAYS_PER_YEAR);
    fab_writer_real(w, flow->substitution_usd);
    fab_writer_real(w, fab_view_unit_value(plan, i, t));
}

fab_table *fab_table_stock(const fab_plan *plan, int64_t number)
{
    int T = plan->terms->period_count;
    struct fab_writer w = fab_writer_begin(plan, number, "plan_stock",
                                           "item period opening made bought received wip substituted_in substituted_out consumed shipped discarded "
                                           "closing unit_value_usd holding_usd substitution_usd usd_per_unit");
    fab_arena *arena = fab_arena_new();
    struct flow *flows = arena ? fab_arena_take(arena, (size_t)plan->model->item_count * (size_t)T, sizeof *flows) : NULL;
    if (flows)
        sum_flows(plan, flows);
    else
        w.failed = true;
    for (int i = 0; flows && i < plan->model->item_count; i++)
        for (int t = 0; t < T; t++)
            write_stock(&w, i, t, &flows[i * T + t]);
    fab_arena_free(arena);
    return fab_writer_end(&w);
}

fab_table *fab_table_substitutions(const fab_plan *plan, int64_t number)
{
    int T = plan->terms->period_count;
    struct fab_writer w = fab_writer_begin(plan, number, "plan_substitution", "item instead_of period quantity usd");
    for (int j = 0; j < plan->model->substitute_count; j++)
        for (int t = 0; t < T; t++) {
            const struct fab_substitute *row = &plan->model->substitute[j];
            double units = fab_view_column(plan, plan->program->substitute[j * T + t]);
            if (units <= 0)
                continue;
            fab_writer_row(&w);
            fab_writer_text(&w, plan->model->item[row->item].item);
            fab_writer_text(&w, plan->model->item[row->instead_of].item);
            fab_writer_text(&w, plan->terms->period[t].name);
            fab_writer_real(&w, units);
            fab_writer_real(&w, units * row->usd_per_unit);
        }
    return fab_writer_end(&w);
}
