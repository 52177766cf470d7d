/* A stored plan against the lots and receipts that came since.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "track.h"

#include "changed.h"
#include "plan_table.h"
#include "result.h"
#include "standing.h"
#include "try.h"
#include "widen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Units below this share of what was planned are rounding. */
#define NOTHING 1e-9

struct tracking {
    fab_context *context;
    fab *handle; /* the data as they are now */
    struct fab_standing standing;
    struct fab_track track;
    bool *recorded; /* [source_count]: its lots, or what is received of it, are in the data */
    char as_of[32];
    double tested_usd; /* what all differences together cost; NAN: there is no plan with them */
    fab_lp_certificate proof;
};

static double first_day(const struct tracking *tracking)
{
    return (double)tracking->standing.plan->terms->period[0].date;
}

static fab_status find_rows(const struct tracking *tracking, const char *query, fab_table **rows)
{
    return fab_store_select(tracking->context, tracking->handle->store, query, NULL, 0, rows);
}

static int source_at(const struct tracking *tracking, const fab_table *rows, int r)
{
    return fab_model_find_source(tracking->standing.planned.model, fab_table_get(rows, r, 0)->text);
}

static double number_at(const fab_table *rows, int r, const char *column)
{
    return fab_value_number(fab_table_get(rows, r, fab_table_find_column(rows, column)));
}

/* ---- up to when ---- */

static fab_status find_day(struct tracking *tracking, double *cut)
{
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    int32_t date;
    const char *why;
    TRY(find_rows(tracking, "track_day", &rows));
    if (fab_table_get(rows, 0, 0)->type != FAB_TEXT)
        TRY(fab_fail_as(tracking->context, FAB_USAGE, "no_history", "the data have no lots, and no date of their stock and receipts (setting as_of): it is not known up to when the plan can be tracked"));
    snprintf(tracking->as_of, sizeof tracking->as_of, "%s", fab_table_get(rows, 0, 0)->text);
    double day = fab_value_number(fab_table_get(rows, 0, 1));
    if (fab_table_get(rows, 0, 1)->type == FAB_NULL && fab_date_parse(tracking->as_of, &date, &why))
        day = date;
    *cut = fmax(0, fmin(day - first_day(tracking), tracking->standing.plan->terms->horizon_end));
out:
    fab_table_free(rows);
    return status;
}

/* ---- what came ---- */

static fab_status read_recorded(struct tracking *tracking)
{
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    TRY(find_rows(tracking, "track_lines", &rows));
    for (int r = 0; r < fab_table_rows(rows); r++) {
        int s = source_at(tracking, rows, r);
        if (s != FAB_NONE)
            tracking->recorded[s] = true;
    }
out:
    fab_table_free(rows);
    return status;
}

static fab_status read_starts(struct tracking *tracking)
{
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    TRY(find_rows(tracking, "track_starts", &rows));
    for (int r = 0; r < fab_table_rows(rows); r++) {
        int s = source_at(tracking, rows, r);
        if (s != FAB_NONE)
            fab_track_started(&tracking->track, s, number_at(rows, r, "day") - first_day(tracking), number_at(rows, r, "started"));
    }
out:
    fab_table_free(rows);
    return status;
}

static fab_status read_finished(struct tracking *tracking)
{
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    const char *why;
    TRY(find_rows(tracking, "track_finished", &rows));
    for (int r = 0; r < fab_table_rows(rows); r++) {
        struct fab_track_lot lot = {.source = source_at(tracking, rows, r), .out_day = number_at(rows, r, "out_day") - first_day(tracking), .started = number_at(rows, r, "started"),
                                    .out = number_at(rows, r, "come_out"), .days = number_at(rows, r, "days")};
        double tested = number_at(rows, r, "tested");
        lot.good = tested > 0 ? number_at(rows, r, "good") * lot.out / tested : (double)NAN;
        if (lot.source != FAB_NONE && fab_date_parse(fab_table_get(rows, r, fab_table_find_column(rows, "start_date"))->text, &lot.start_date, &why))
            fab_track_finished(&tracking->track, &lot);
    }
out:
    fab_table_free(rows);
    return status;
}

/* Open orders that the plan knew of were planned to come. */
static void plan_receipts(struct tracking *tracking)
{
    const fab_model *model = tracking->standing.planned.model;
    const fab_terms *terms = tracking->standing.plan->terms;
    for (int r = 0; r < model->receipt_count; r++) {
        const struct fab_receipt *receipt = &model->receipt[r];
        int u = receipt->source == FAB_NONE ? FAB_NONE : fab_terms_find_period(terms, receipt->date);
        if (u == FAB_NONE || u >= tracking->track.periods || fab_terms_day(terms, receipt->date) >= tracking->track.cut)
            continue;
        fab_track_at(&tracking->track, receipt->source, u)->units_planned += receipt->quantity * fab_changed_delivered(terms, receipt->source, u);
        tracking->recorded[receipt->source] = true;
    }
}

static fab_status read_receipts(struct tracking *tracking)
{
    fab_status status = FAB_OK;
    fab_table *rows = NULL;
    const char *why;
    int32_t date;
    plan_receipts(tracking);
    TRY(find_rows(tracking, "track_receipts", &rows));
    for (int r = 0; r < fab_table_rows(rows); r++) {
        int s = source_at(tracking, rows, r);
        if (s == FAB_NONE || !fab_date_parse(fab_table_get(rows, r, 1)->text, &date, &why))
            continue;
        tracking->recorded[s] = true;
        fab_track_received(&tracking->track, s, (double)date - first_day(tracking), number_at(rows, r, "quantity"));
    }
out:
    fab_table_free(rows);
    return status;
}

/* ---- what it costs ---- */

static double difference_at(const struct tracking *tracking, int s, int u)
{
    const struct fab_track_cell *cell = fab_track_at(&tracking->track, s, u);
    double units = cell->units - cell->units_planned;
    return !tracking->recorded[s] || fabs(units) <= NOTHING * fmax(1, cell->units_planned) ? 0 : units;
}

/* The balance of each item that came in other numbers has them. */
static fab_status move_balances(struct tracking *tracking)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = tracking->standing.plan;
    for (int s = 0; s < plan->model->source_count; s++)
        for (int u = 0; u < tracking->track.periods; u++)
            for (int o = 0; o < plan->terms->source[s].output_count; o++) {
                const struct fab_source_terms *source = &plan->terms->source[s];
                double units = difference_at(tracking, s, u) * source->share[o * plan->terms->period_count + u];
                int row = fab_program_at(plan->program, FAB_BAL, source->output[o].item, u);
                double limit = fab_solver_program(plan->solver)->row[row].upper - units;
                if (units != 0)
                    TRY(fab_solver_set_row_limits(tracking->context, plan->solver, row, limit, limit));
            }
out:
    return status;
}

static fab_status test(struct tracking *tracking)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = tracking->standing.plan;
    fab_lp_solution *found = NULL;
    tracking->tested_usd = (double)NAN;
    TRY(move_balances(tracking));
    TRY(fab_widen_force(tracking->context, plan->program, plan->solver, NULL, &found));
    if (found->outcome != FAB_OPTIMAL)
        goto out;
    TRY(fab_lp_check(tracking->context, fab_solver_program(plan->solver), found->x, found->multiplier, &tracking->proof));
    if (tracking->proof.verified)
        tracking->tested_usd = plan->certificate.objective - tracking->proof.objective;
out:
    fab_lp_solution_free(found);
    return status;
}

/* ---- the answer ---- */

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : (double)NAN;
}

static void write_row(struct fab_plan_table *w, const struct tracking *tracking, int s, int u)
{
    const fab_model *model = w->plan->model;
    const struct fab_track_cell *cell = fab_track_at(&tracking->track, s, u);
    double units = w->plan->terms->source[s].units_per_start, by_yield = cell->units - cell->expected, difference = cell->units - cell->units_planned;
    bool made = model->source[s].route != FAB_NONE;
    fab_plan_table_row(w);
    fab_plan_table_text(w, model->source[s].source);
    fab_plan_table_text(w, model->item[model->source[s].item].item);
    fab_plan_table_period(w, u);
    fab_plan_table_real(w, cell->starts_planned);
    fab_plan_table_real(w, made ? cell->starts : (double)NAN);
    fab_plan_table_real(w, cell->units_planned);
    fab_plan_table_real(w, cell->units);
    fab_plan_table_real(w, made ? share(cell->units_planned, units * cell->wafers_planned) : (double)NAN);
    fab_plan_table_real(w, made ? share(cell->units, units * cell->wafers) : (double)NAN);
    fab_plan_table_real(w, made ? share(cell->days_planned, cell->wafers_planned) : (double)NAN);
    fab_plan_table_real(w, made ? share(cell->days, cell->wafers) : (double)NAN);
    fab_plan_table_real(w, made ? cell->by_starts : (double)NAN);
    fab_plan_table_real(w, made ? by_yield : (double)NAN);
    fab_plan_table_real(w, made ? difference - cell->by_starts - by_yield : difference);
    fab_plan_table_real(w, cell->usd_per_unit);
    fab_plan_table_real(w, -difference_at(tracking, s, u) * cell->usd_per_unit + 0.0);
}

static bool is_empty(const struct fab_track_cell *cell)
{
    return cell->starts_planned == 0 && cell->starts == 0 && cell->units_planned == 0 && cell->units == 0 && cell->wafers == 0;
}

static fab_table *make_rows(const struct tracking *tracking)
{
    struct fab_plan_table w = fab_plan_table_begin(tracking->standing.plan, FAB_NONE, "track",
                                                   "source item period starts_planned starts_actual units_planned units_actual yield_planned yield_actual days_planned days_actual units_by_starts "
                                                   "units_by_yield units_by_time usd_per_unit costs_usd");
    for (int s = 0; s < tracking->standing.plan->model->source_count; s++)
        for (int u = 0; tracking->recorded[s] && u < tracking->track.periods; u++)
            if (!is_empty(fab_track_at(&tracking->track, s, u)))
                write_row(&w, tracking, s, u);
    return fab_plan_table_end(&w);
}

static fab_table *make_head(const struct tracking *tracking)
{
    struct fab_plan_table w = fab_plan_table_begin(tracking->standing.plan, FAB_NONE, "plan", "plan plan_start as_of costs_at_least_usd tested_usd objective_usd tested_objective_usd tested_bound_usd");
    double usd = 0;
    bool tested = !isnan(tracking->tested_usd);
    for (int s = 0; s < tracking->standing.plan->model->source_count; s++)
        for (int u = 0; u < tracking->track.periods; u++)
            usd -= difference_at(tracking, s, u) * fab_track_at(&tracking->track, s, u)->usd_per_unit;
    fab_plan_table_row(&w);
    fab_plan_table_integer(&w, tracking->standing.number);
    fab_plan_table_date(&w, tracking->standing.plan->terms->period[0].date);
    fab_plan_table_copy(&w, tracking->as_of);
    fab_plan_table_real(&w, usd + 0.0);
    fab_plan_table_real(&w, tracking->tested_usd);
    fab_plan_table_real(&w, tracking->standing.plan->certificate.objective);
    fab_plan_table_real(&w, tested ? tracking->proof.objective : (double)NAN);
    fab_plan_table_real(&w, tested ? tracking->proof.bound : (double)NAN);
    return fab_plan_table_end(&w);
}

static fab_status make_result(const struct tracking *tracking, fab_result **result)
{
    fab_status status = FAB_OK;
    fab_context *context = tracking->context;
    fab_result *made = NULL;
    TRY_MEMORY(context, made = fab_result_new("fabplan.track/1"));
    TRY(fab_result_add(context, made, &(fab_section){.kind = FAB_SECTION_FACTS}, make_head(tracking)));
    TRY(fab_result_add_list(context, made, "track", "Planned and actual; what the difference costs at least, discounted", make_rows(tracking)));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}

static void warn_unrecorded(const struct tracking *tracking)
{
    int count = 0;
    const char *first = NULL;
    const fab_model *model = tracking->standing.planned.model;
    for (int s = 0; s < model->source_count; s++) {
        bool planned = false;
        for (int u = 0; u < tracking->track.periods; u++)
            planned = planned || !is_empty(fab_track_at(&tracking->track, s, u));
        if (!planned || tracking->recorded[s])
            continue;
        first = first ? first : model->source[s].source;
        count++;
    }
    if (count > 0)
        fab_say(tracking->context, FAB_LEVEL_NOTE, "%d sources of the plan (%s%s) have neither lots nor receipts in the data: they are not compared", count, first, count > 1 ? ", ..." : "");
}

static fab_status compare(struct tracking *tracking)
{
    fab_status status = FAB_OK;
    double cut = 0;
    TRY_MEMORY(tracking->context, tracking->recorded = calloc((size_t)tracking->standing.plan->model->source_count + 1, sizeof *tracking->recorded));
    TRY(find_day(tracking, &cut));
    TRY_MEMORY(tracking->context, fab_track_init(&tracking->track, tracking->standing.plan, tracking->standing.x, tracking->standing.plan->solution->multiplier, cut));
    TRY(read_recorded(tracking));
    TRY(read_starts(tracking));
    TRY(read_finished(tracking));
    TRY(read_receipts(tracking));
    fab_track_attribute(&tracking->track);
    warn_unrecorded(tracking);
    TRY(test(tracking));
out:
    return status;
}

fab_status fab_plan_track(fab_context *context, fab *handle, int64_t plan, fab_result **result)
{
    fab_status status = FAB_OK;
    struct tracking tracking = {.context = context, .handle = handle};
    TRY(fab_standing_open(context, handle, plan, &tracking.standing));
    TRY(compare(&tracking));
    TRY(make_result(&tracking, result));
out:
    fab_track_fini(&tracking.track);
    free(tracking.recorded);
    fab_standing_close(&tracking.standing);
    return status;
}
