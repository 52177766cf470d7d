/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source_terms.h"

#include "adjust.h"
#include "bills.h"
#include "steps.h"
#include "try.h"
#include "yield.h"

#include <math.h>

static double gross_die(const struct fab_die *die)
{
    if (!isnan(die->gross_die))
        return die->gross_die;
    const struct fab_die_geometry geometry = {die->width_mm, die->height_mm, die->scribe_mm, die->edge_mm, die->wafer_mm, 0};
    return (double)fab_gross_die(&geometry);
}

/* The defect density and the line yield that learning gives on a day. */
static double learned_d0(const struct fab_process *process, int32_t date)
{
    double days = (double)date - (double)process->learning_start;
    return fab_yield_learned(process->d0_start_per_cm2, process->d0_mature_per_cm2, days, process->halflife_days);
}

static double learned_line_yield(const struct fab_process *process, int32_t date)
{
    double days = (double)date - (double)process->learning_start;
    double halflife = isnan(process->line_halflife_days) ? process->halflife_days : process->line_halflife_days;
    return fab_yield_learned(process->line_yield_start, process->line_yield_mature, days, halflife);
}

/* Unit yield of a source's die at a defect density; NAN without a die. Parameters that the model needs have been checked on import. */
static double die_yield(const fab_model *model, const struct fab_source *row, double d0)
{
    const struct fab_process *process = &model->process[row->process];
    const struct fab_die *die = fab_model_find_die(model, row->item);
    struct fab_defects defects = {.alpha = process->alpha, .critical_layers = process->critical_layers};
    if (!die)
        return (double)NAN;
    fab_yield_model_find(process->model, &defects.model);
    defects.repairable = (int)die->repairable_defects;
    return process->systematic_yield * fab_yield_die(&defects, fab_die_area_cm2(die), d0);
}

/* Yields of starts on a day from the source's process, as changes of it make them. */
static void process_yields(const fab_model *model, const struct fab_source *row, int32_t date, double *line_yield, double *unit_yield)
{
    const struct fab_process *process = &model->process[row->process];
    double d0 = fab_adjust_at(model, FAB_ADJUST_D0, row->process, date, learned_d0(process, date));
    *line_yield = fab_adjust_at(model, FAB_ADJUST_LINE_YIELD, row->process, date, learned_line_yield(process, date));
    *unit_yield = die_yield(model, row, d0);
}

/* What a change of the process does to yields that a fit has set: the ratio of the process's own with and without it. */
static void follow_process(const fab_model *model, const struct fab_source *row, int32_t date, double *line_yield, double *unit_yield)
{
    const struct fab_process *process = &model->process[row->process];
    double line, unit, old_line = learned_line_yield(process, date), old_unit = die_yield(model, row, learned_d0(process, date));
    process_yields(model, row, date, &line, &unit);
    if (fab_adjust_any(model, FAB_ADJUST_LINE_YIELD, row->process) && old_line > 0)
        *line_yield *= line / old_line;
    if (fab_adjust_any(model, FAB_ADJUST_D0, row->process) && old_unit > 0)
        *unit_yield *= unit / old_unit;
}

/* A change of the process's unit yield itself, whatever it comes from: no more than all units are good. */
static double adjust_unit_yield(const fab_model *model, const struct fab_source *row, int32_t date, double unit_yield)
{
    if (isnan(unit_yield) || !fab_adjust_any(model, FAB_ADJUST_UNIT_YIELD, row->process))
        return unit_yield;
    return fmin(1, fmax(0, fab_adjust_at(model, FAB_ADJUST_UNIT_YIELD, row->process, date, unit_yield)));
}

/* Below this nothing ever comes out, however many are started: it counts as 0, for products with it would leave the range of numbers. */
static const double LEAST_YIELD = 1e-30;

static double round_yield(double yield)
{
    return yield < LEAST_YIELD ? 0 : yield;
}

void fab_source_yields_at(const fab_model *model, int s, int32_t date, double *line_yield, double *unit_yield)
{
    const struct fab_source *row = &model->source[s];
    bool first = true;
    *line_yield = *unit_yield = 1;
    if (row->process != FAB_NONE)
        process_yields(model, row, date, line_yield, unit_yield);
    for (int r = 0; r < model->source_yield_count; r++) {
        const struct fab_source_yield *given = &model->source_yield[r];
        if (given->source != s)
            continue;
        if (first || given->from_date <= date) {
            *line_yield = given->line_yield;
            *unit_yield = given->unit_yield;
        }
        first = false;
    }
    if (!first && row->process != FAB_NONE && model->yield_fitted && model->yield_fitted[s])
        follow_process(model, row, date, line_yield, unit_yield);
    if (row->process != FAB_NONE && (first || (model->yield_fitted && model->yield_fitted[s])))
        *unit_yield = adjust_unit_yield(model, row, date, *unit_yield);
    *line_yield = round_yield(*line_yield);
    *unit_yield = round_yield(*unit_yield);
}

double fab_source_lead_days_at(const fab_model *model, int s, int32_t date)
{
    const struct fab_source *row = &model->source[s];
    double days = isnan(row->lead_time_days) ? 0 : row->lead_time_days;
    bool first = true;
    for (int r = 0; row->route != FAB_NONE && r < model->cycle_time_count; r++) {
        const struct fab_cycle_time *given = &model->cycle_time[r];
        if (given->route != row->route)
            continue;
        if (first || given->from_date <= date)
            days = given->days;
        first = false;
    }
    return days;
}

/* A change may push the figures of a process out of their range, which only learning and the change together show. */
static bool check_process(fab_context *context, const fab_terms *terms, int s, int t)
{
    const fab_model *model = terms->model;
    int p = model->source[s].process;
    int32_t date = terms->period[t].date;
    if (p == FAB_NONE || (!fab_adjust_any(model, FAB_ADJUST_D0, p) && !fab_adjust_any(model, FAB_ADJUST_LINE_YIELD, p)))
        return true;
    double line_yield = fab_adjust_at(model, FAB_ADJUST_LINE_YIELD, p, date, learned_line_yield(&model->process[p], date));
    double d0 = fab_adjust_at(model, FAB_ADJUST_D0, p, date, learned_d0(&model->process[p], date));
    if (d0 >= 0 && line_yield >= 0 && line_yield <= 1)
        return true;
    fab_fail(context, FAB_INPUT, "process %s: its changes make D0 %.6g and line yield %.6g for starts of %s; D0 must be 0 or more, line yield 0 to 1",
             model->process[p].process, d0, line_yield, terms->period[t].name);
    return false;
}

static fab_status make_yields(fab_context *context, fab_terms *terms, int s)
{
    const fab_model *model = terms->model;
    const struct fab_source *row = &model->source[s];
    struct fab_source_terms *source = &terms->source[s];
    for (int t = 0; t < terms->period_count; t++) {
        struct fab_source_period *at = &source->period[t];
        fab_source_yields_at(model, s, terms->period[t].date, &at->line_yield, &at->unit_yield);
        at->lead_days = fab_source_lead_days_at(model, s, terms->period[t].date);
        if (!check_process(context, terms, s, t))
            return FAB_INPUT;
        at->good_units = source->units_per_start * at->line_yield * at->unit_yield;
        if (!(at->good_units >= 0) || !isfinite(at->good_units))
            return fab_fail(context, FAB_INPUT,
                            "source %s: no yield for starts of %s; its process %s needs a die with an area (and a model that knows repair)",
                            row->source, terms->period[t].name, row->process == FAB_NONE ? "(none)" : model->process[row->process].process);
    }
    return FAB_OK;
}

static void make_costs_and_limits(fab_terms *terms, int s)
{
    const fab_model *model = terms->model;
    const struct fab_source *row = &model->source[s];
    struct fab_source_period *period = terms->source[s].period;
    bool first = true;
    for (int r = 0; r < model->source_cost_count; r++) {
        const struct fab_source_cost *cost = &model->source_cost[r];
        if (cost->source != s)
            continue;
        for (int t = 0; t < terms->period_count; t++)
            if (first || cost->from_date <= terms->period[t].date)
                period[t].usd_per_start = cost->usd_per_start;
        first = false;
    }
    for (int t = 0; t < terms->period_count; t++) {
        int32_t date = terms->period[t].date;
        period[t].max_starts = (double)NAN;
        period[t].available = (row->available_from == FAB_DATE_NONE || row->available_from <= date) &&
                              (row->available_to == FAB_DATE_NONE || date < row->available_to);
    }
    for (int r = 0; r < model->source_limit_count; r++) {
        const struct fab_source_limit *limit = &model->source_limit[r];
        for (int t = 0; limit->source == s && t < terms->period_count; t++) {
            double weeks = terms->period[t].days / FAB_DAYS_PER_WEEK;
            if (!fab_terms_starts_inside(terms, t, limit->from_date, limit->to_date))
                continue;
            period[t].min_starts = fmax(period[t].min_starts, limit->min_starts_per_week * weeks);
            period[t].max_starts = fmin(period[t].max_starts, limit->max_starts_per_week * weeks); /* fmin skips NAN */
        }
    }
}

fab_status fab_source_terms_make(fab_context *context, fab_terms *terms)
{
    fab_status status = FAB_OK;
    const fab_model *model = terms->model;
    TRY_MEMORY(context, terms->source = fab_arena_take(terms->arena, (size_t)model->source_count, sizeof *terms->source));
    for (int s = 0; s < model->source_count; s++) {
        struct fab_source_terms *source = &terms->source[s];
        const struct fab_die *die = fab_model_find_die(model, model->source[s].item);
        TRY_MEMORY(context, source->period = fab_arena_take(terms->arena, (size_t)terms->period_count, sizeof *source->period));
        source->units_per_start = !isnan(model->source[s].units_per_start) ? model->source[s].units_per_start : die ? gross_die(die) : 1;
        TRY_MEMORY(context, fab_bills_outputs(terms, s) && fab_bills_components(terms, s) && fab_steps_make(terms, s));
        make_costs_and_limits(terms, s);
        TRY(make_yields(context, terms, s));
    }
out:
    return status;
}
