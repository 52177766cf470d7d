/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yield_tables.h"

#include "record.h"
#include "try.h"
#include "yield_chart.h"

#include <math.h>
#include <stdio.h>

/* ---- yield_estimate ---- */

static void add_estimate_columns(struct fab_record *record, const char *const names[3], const fab_estimate *estimate)
{
    fab_record_real(record, names[0], estimate->value);
    fab_record_real(record, names[1], estimate->low);
    fab_record_real(record, names[2], estimate->high);
}

static void add_sums(struct fab_record *record, const struct yield_head *head, const struct yield_source *source)
{
    const fab_model *model = head->history->model;
    const struct fab_source *row = &model->source[source->source];
    fab_record_text(record, "source", row->source);
    fab_record_text(record, "item", model->item[row->item].item);
    fab_record_text(record, "process", row->process == FAB_NONE ? NULL : model->process[row->process].process);
    fab_record_text(record, "stage", "sort");
    fab_record_date(record, "first_date", source->points[0].day);
    fab_record_date(record, "last_date", source->points[source->point_count - 1].day);
    fab_record_integer(record, "lots", (int64_t)source->point_count);
    fab_record_integer(record, "wafers", (int64_t)source->wafers);
    fab_record_integer(record, "tested", (int64_t)source->tested);
    fab_record_integer(record, "good", (int64_t)source->good);
    fab_record_real(record, "tested_per_wafer", source->tested / source->wafers);
    fab_record_real(record, "units_per_start", head->plan->units_per_start[source->source]);
    fab_record_integer(record, "excluded_lots", (int64_t)source->excluded_lots);
    fab_record_integer(record, "excluded_wafers", (int64_t)source->excluded_wafers);
    fab_record_real(record, "mean_all", source->mean_all);
    fab_record_real(record, "mean_screened", source->mean_screened);
    fab_record_real(record, "excursion_factor", source->excursion_factor);
}

static void add_level(struct fab_record *record, const struct yield_source *source)
{
    static const char *const wafer[] = {"wafer_mean", "wafer_low", "wafer_high"};
    fab_record_date(record, "level_start", source->level_start);
    fab_record_integer(record, "level_lots", (int64_t)source->level_lots);
    fab_record_integer(record, "level_wafers", (int64_t)source->level_wafers);
    fab_record_real(record, "level_mean", source->level_mean);
    fab_record_real(record, "level_low", source->level_low);
    fab_record_real(record, "level_high", source->level_high);
    fab_record_real(record, "lot_rho", source->lot_rho);
    fab_record_real(record, "wafer_dispersion", source->wafer_dispersion);
    add_estimate_columns(record, wafer, &source->wafer_yield.mean);
    fab_record_real(record, "wafer_rho", source->wafer_yield.rho.value);
    fab_record_real(record, "understated", source->wafer_yield.understated);
}

/* A defect density is one of a known area. */
static void add_defects(struct fab_record *record, const struct yield_source *source)
{
    static const char *const d0[] = {"d0_per_cm2", "d0_low", "d0_high"}, *const alpha[] = {"alpha", "alpha_low", "alpha_high"};
    const fab_estimate none = {NAN, NAN, NAN, NAN};
    fab_record_real(record, "moment_alpha", source->moments.alpha);
    fab_record_real(record, "moment_d0", source->has_area ? source->moments.defects_per_die / source->area_cm2 : NAN);
    fab_record_real(record, "area_cm2", source->has_area ? source->area_cm2 : NAN);
    fab_record_integer(record, "repairable", source->repairable);
    add_estimate_columns(record, d0, source->has_area ? &source->defects.d0_per_cm2 : &none);
    add_estimate_columns(record, alpha, &source->defects.alpha);
    fab_record_real(record, "alpha_p_value", source->defects.p_value);
}

static void add_curve(struct fab_record *record, const struct yield_source *source)
{
    static const char *const start[] = {"curve_d0_start", "curve_d0_start_low", "curve_d0_start_high"},
                             *const mature[] = {"curve_d0_mature", "curve_d0_mature_low", "curve_d0_mature_high"},
                             *const halflife[] = {"halflife_days", "halflife_low", "halflife_high"};
    const fab_estimate none = {NAN, NAN, NAN, NAN};
    const fab_learning *learning = &source->curve.learning;
    bool fitted = source->curve.fitted, density = fitted && source->has_area;
    fab_record_real(record, "systematic_yield", source->systematic_yield);
    fab_record_text(record, "systematic_verdict", source->systematic_verdict);
    fab_record_date(record, "curve_start", fitted ? learning->options.start_day : FAB_DATE_NONE);
    add_estimate_columns(record, start, density ? &learning->d0_start_per_cm2 : &none);
    add_estimate_columns(record, mature, density ? &learning->d0_mature_per_cm2 : &none);
    add_estimate_columns(record, halflife, fitted ? &learning->halflife_days : &none);
    fab_record_real(record, "curve_rho", fitted ? learning->rho : NAN);
    fab_record_real(record, "curve_p_value", fitted ? learning->p_value : NAN);
    fab_record_text(record, "curve_verdict", source->curve.verdict);
}

static void add_line(struct fab_record *record, const struct yield_source *source)
{
    fab_record_integer(record, "line_lots", (int64_t)source->line_lots);
    fab_record_real(record, "line_started", source->line_started);
    fab_record_real(record, "line_scrapped", source->line_scrapped);
    fab_record_real(record, "line_yield", source->line_lots > 0 ? 1 - source->line_scrapped / source->line_started : NAN);
    fab_record_text(record, "line_verdict", source->line_lots > 0 ? source->line.verdict : "no started lot has finished in the window");
}

static fab_status add_estimate(fab_context *context, fab_table **table, const struct yield_head *head, const struct yield_source *source,
                               const struct yield_chart *chart)
{
    struct fab_record record = {0};
    char verdict[YIELD_TEXT_SIZE];
    snprintf(verdict, sizeof verdict, "%s%s", fab_alpha_verdict_text(source->defects.verdict),
             source->thinned ? " (from every k-th wafer)" : "");
    fab_record_integer(&record, "snapshot", head->snapshot);
    add_sums(&record, head, source);
    add_level(&record, source);
    add_defects(&record, source);
    fab_record_text(&record, "alpha_verdict", verdict);
    add_curve(&record, source);
    add_line(&record, source);
    fab_record_real(&record, "chart_sigma_z", chart->points ? chart->sigma_z : NAN);
    return fab_record_add(context, table, "yield_estimate", &record);
}

/* ---- yield_lot ---- */

/* Nothing when the lots make no chart. */
static void add_charted(struct fab_record *record, const struct yield_chart *chart, size_t i)
{
    const struct yield_chart_point none = {.low = NAN, .high = NAN, .probability = NAN, .ewma = NAN, .ewma_high = NAN},
                                   *point = chart->points ? &chart->points[i] : &none;
    fab_record_real(record, "chart_low", point->low);
    fab_record_real(record, "chart_high", point->high);
    fab_record_real(record, "chart_probability", point->probability);
    fab_record_text(record, "chart_side", chart->points ? fab_yield_side_text(point->side) : NULL);
    fab_record_real(record, "ewma", point->ewma);
    fab_record_real(record, "ewma_limit", point->ewma_high);
    fab_record_text(record, "ewma_side", chart->points ? fab_yield_side_text(point->ewma_side) : NULL);
}

static fab_status add_lot(fab_context *context, fab_table **table, const struct yield_head *head, const struct yield_source *source,
                          const struct yield_chart *chart, size_t i)
{
    const struct yield_history *history = head->history;
    const struct yield_point *point = &source->points[i];
    struct fab_record record = {0};
    fab_record_integer(&record, "snapshot", head->snapshot);
    fab_record_text(&record, "source", history->model->source[source->source].source);
    fab_record_text(&record, "lot", history->lots[point->lot].lot);
    fab_record_date(&record, "out_date", point->day);
    fab_record_integer(&record, "wafers", point->wafers);
    fab_record_integer(&record, "tested", (int64_t)point->tested);
    fab_record_integer(&record, "good", (int64_t)point->good);
    fab_record_real(&record, "yield", point->good / point->tested);
    fab_record_real(&record, "expected", point->expected);
    fab_record_integer(&record, "excluded", point->excluded);
    fab_record_real(&record, "shrunk", point->shrunk);
    fab_record_real(&record, "low", point->low);
    fab_record_real(&record, "high", point->high);
    fab_record_integer(&record, "seq", (int64_t)i + 1);
    add_charted(&record, chart, i);
    return fab_record_add(context, table, "yield_lot", &record);
}

/* ---- yield_period ---- */

/* Lots a day in the last quarter of the history. */
static double lot_rate(const struct yield_source *source)
{
    int32_t last = source->points[source->point_count - 1].day;
    size_t lots = 0;
    double days = fmin(YIELD_LEVEL_DAYS, (double)last - source->points[0].day + 1);
    for (size_t i = source->point_count; i-- > 0 && source->points[i].day > last - YIELD_LEVEL_DAYS;)
        lots++;
    return (double)lots / days;
}

static void add_quantiles(struct fab_record *record, const char *const names[3], const fab_quantiles *quantiles, double factor)
{
    fab_record_real(record, names[0], quantiles->p10 * factor);
    fab_record_real(record, names[1], quantiles->p50 * factor);
    fab_record_real(record, names[2], quantiles->p90 * factor);
}

static fab_status add_period(fab_context *context, fab_table **table, const struct yield_head *head, const struct yield_source *source, int t)
{
    static const char *const d0[] = {"d0_p10", "d0_p50", "d0_p90"}, *const unit[] = {"p10", "p50", "p90"},
                             *const line[] = {"line_p10", "line_p50", "line_p90"};
    const struct yield_plan_period *period = &head->plan->period[t];
    const struct yield_planned *planned = &head->plan->planned[(size_t)source->source * (size_t)head->plan->period_count + (size_t)t];
    int32_t out_day = period->date + (int32_t)lround(planned->lead_days);
    double lots = fmax(1, lot_rate(source) * period->days), factor = source->excursion_factor;
    fab_yield_forecast unit_forecast, line_forecast = {.unit_yield = {NAN, NAN, NAN}};
    struct fab_record record = {0};
    fab_status status = FAB_OK;
    TRY(fab_yield_curve_forecast(context, &source->curve, out_day, lots, source->tested / (double)source->point_count, &unit_forecast));
    if (source->line_lots > 0)
        TRY(fab_yield_curve_forecast(context, &source->line, out_day, lots, fmax(1, source->line_started / (double)source->line_lots),
                                     &line_forecast));
    if (!source->has_area)
        unit_forecast.d0_per_cm2 = (fab_quantiles){NAN, NAN, NAN};
    fab_record_integer(&record, "snapshot", head->snapshot);
    fab_record_text(&record, "source", head->history->model->source[source->source].source);
    fab_record_text(&record, "period", period->name);
    fab_record_date(&record, "start_date", period->date);
    fab_record_date(&record, "out_date", out_day);
    fab_record_real(&record, "lots", lots);
    add_quantiles(&record, d0, &unit_forecast.d0_per_cm2, 1);
    add_quantiles(&record, unit, &unit_forecast.unit_yield, factor);
    fab_record_real(&record, "screened_p50", unit_forecast.unit_yield.p50);
    fab_record_real(&record, "common_error", unit_forecast.common_error * factor);
    fab_record_real(&record, "lot_error", unit_forecast.lot_error * factor);
    add_quantiles(&record, line, &line_forecast.unit_yield, 1);
    fab_record_real(&record, "planned_line_yield", planned->line_yield);
    fab_record_real(&record, "planned_unit_yield", planned->unit_yield);
    TRY(fab_record_add(context, table, "yield_period", &record));
out:
    return status;
}

fab_status fab_yield_tables_add(fab_context *context, struct yield_tables *tables, const struct yield_head *head,
                                const struct yield_source *source)
{
    struct yield_chart chart = {0};
    fab_status status = fab_yield_chart_init(context, source, &chart);
    if (status != FAB_INPUT) /* lots that make no chart have none */
        TRY(status);
    TRY(add_estimate(context, &tables->estimate, head, source, &chart));
    for (size_t i = 0; i < source->point_count; i++)
        TRY(add_lot(context, &tables->lot, head, source, &chart, i));
    for (int t = 0; t < head->plan->period_count; t++)
        TRY(add_period(context, &tables->period, head, source, t));
out:
    fab_yield_chart_fini(&chart);
    return status;
}

void fab_yield_tables_fini(struct yield_tables *tables)
{
    fab_table_free(tables->estimate);
    fab_table_free(tables->lot);
    fab_table_free(tables->period);
    *tables = (struct yield_tables){0};
}
