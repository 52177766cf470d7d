/* What independence is worth: how long customers survive a stop of each region, what scenarios leave of a plan, and what more of a layer that is one's own costs.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "resilience.h"

#include "plan_table.h"
#include "result.h"
#include "share_curve.h"
#include "shock.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    fab_layer_kind kind;
    const char *layer;
} layers[] = {{FAB_LAYER_LOGIC, "LO"}, {FAB_LAYER_MEMORY, "ME"}, {FAB_LAYER_PACKAGING, "PK"}};
enum { LAYERS = sizeof layers / sizeof *layers, KEY_SIZE = 256 };

#define MILLION 1e6
#define POINTS 100

/* The answer on its way. */
struct asking {
    fab_context *context;
    struct fab_standing standing;
    fab_plan base; /* the plan at its stored point */
    fab_lp_solution stored;
    struct fab_shocks *shocks;
    struct fab_plan_table curve, stops, survival;
    struct fab_resilience_rows rows;
};

/* ---- the curve ---- */

static double given_for(const struct asking *asking, const struct fab_share_point *point)
{
    return fmax(0, asking->standing.plan->certificate.objective - point->certificate.objective);
}

static void write_point(struct asking *asking, const char *layer, double first, const struct fab_share_point *point, double *before)
{
    struct fab_plan_table *w = &asking->curve;
    double given = given_for(asking, point), points = POINTS * (point->share - first);
    fab_plan_table_row(w);
    fab_plan_table_text(w, layer);
    fab_plan_table_real(w, first);
    fab_plan_table_real(w, point->share);
    fab_plan_table_real(w, point->reached);
    fab_plan_table_real(w, given);
    fab_plan_table_real(w, given / points);
    fab_plan_table_real(w, (given - before[1]) / (points - before[0]));
    fab_plan_table_real(w, point->certificate.objective);
    fab_plan_table_real(w, point->certificate.bound);
    before[0] = points;
    before[1] = given;
}

static fab_status find_curve(struct asking *asking, int l)
{
    fab_status status = FAB_OK;
    struct fab_share_point points[FAB_SHARE_POINTS];
    double first = 0, before[2] = {0, 0};
    int count = 0;
    TRY(fab_share_at(asking->context, &asking->base, layers[l].kind, asking->standing.x, &first));
    if (isnan(first))
        goto out;
    TRY(fab_share_curve(asking->context, asking->standing.plan, layers[l].kind, first, points, &count));
    for (int p = 0; p < count; p++) {
        double given = given_for(asking, &points[p]);
        write_point(asking, layers[l].layer, first, &points[p], before);
        if (p == 0)
            TRY(fab_resilience_add(asking->context, &asking->rows, &(struct fab_resilience_row){"K9", layers[l].layer, "million USD a point", 0, given / (MILLION * POINTS * (points[p].share - first)),
                                                                                               points[p].certificate.objective, points[p].certificate.bound}));
    }
out:
    return status;
}

/* ---- stops and scenarios ---- */

static double ratio(double after, double before)
{
    return before > 0 ? after / before : (double)NAN;
}

/* A key figure of what happens, and the proof of the plan after it, NULL: there is none. */
static fab_status add_figure(struct asking *asking, const struct fab_resilience_row *row, const fab_plan *after)
{
    struct fab_resilience_row added = *row;
    added.value = after ? row->value : (double)NAN;
    added.objective = after ? after->certificate.objective : (double)NAN;
    added.bound = after ? after->certificate.bound : (double)NAN;
    return fab_resilience_add(asking->context, &asking->rows, &added);
}

static double left_of(const struct asking *asking, const fab_plan *after, int32_t from, int32_t to)
{
    return after ? ratio(fab_survival_value(after, from, to), fab_survival_value(&asking->base, from, to)) : (double)NAN;
}

static fab_status write_shock(struct asking *asking, const struct fab_shock *shock, const fab_plan *after)
{
    fab_status status = FAB_OK;
    struct fab_plan_table *w = &asking->stops;
    double whole = left_of(asking, after, FAB_DATE_NONE, FAB_DATE_NONE), year = left_of(asking, after, shock->from, fab_shock_year_end(shock));
    fab_plan_table_row(w);
    fab_plan_table_copy(w, shock->key);
    fab_plan_table_text(w, shock->stop ? "stop" : "scenario");
    fab_plan_table_date(w, shock->from);
    fab_plan_table_real(w, whole);
    fab_plan_table_real(w, year);
    fab_plan_table_real(w, after ? after->certificate.objective : (double)NAN);
    fab_plan_table_real(w, after ? after->certificate.bound : (double)NAN);
    TRY(add_figure(asking, &(struct fab_resilience_row){.kpi = "K6", .key = shock->key, .unit = "share", .period = shock->period, .value = whole}, after));
    TRY(add_figure(asking, &(struct fab_resilience_row){.kpi = "K7", .key = shock->key, .unit = "share", .period = shock->period, .value = year}, after));
out:
    return status;
}

static fab_status write_customer(struct asking *asking, const struct fab_shock *shock, const fab_plan *after, int customer)
{
    fab_status status = FAB_OK;
    struct fab_plan_table *w = &asking->survival;
    struct fab_survival base = fab_survival_of(&asking->base, customer, shock->from), left = after ? fab_survival_of(after, customer, shock->from) : base;
    const char *name = asking->base.model->customer[customer].customer;
    char key[KEY_SIZE];
    if (!base.ordered)
        return FAB_OK;
    fab_plan_table_row(w);
    fab_plan_table_copy(w, shock->key);
    fab_plan_table_text(w, name);
    fab_plan_table_date(w, shock->from);
    fab_plan_table_real(w, after ? left.months : (double)NAN);
    fab_plan_table_period(w, after ? left.period : FAB_NONE);
    fab_plan_table_integer(w, base.months);
    snprintf(key, sizeof key, "%s/%s", shock->key, name);
    TRY(add_figure(asking, &(struct fab_resilience_row){.kpi = "K8", .key = key, .unit = "months", .period = shock->period, .value = left.months}, after));
out:
    return status;
}

/* Where no plan is possible nothing is told but that. */
static fab_status find_shock(struct asking *asking, const struct fab_shock *shock)
{
    fab_status status = FAB_OK;
    struct fab_replan moved = {0};
    TRY(fab_shock_solve(asking->context, &asking->standing, &asking->base, shock, &moved));
    const fab_plan *after = moved.plan->outcome == FAB_OPTIMAL ? moved.plan : NULL;
    TRY(write_shock(asking, shock, after));
    for (int c = 0; shock->stop && c < asking->base.model->customer_count; c++)
        TRY(write_customer(asking, shock, after, c));
out:
    fab_replan_fini(&moved);
    return status;
}

/* ---- the verb ---- */

static void begin(struct asking *asking)
{
    const fab_plan *plan = asking->standing.plan;
    asking->stored = *plan->solution;
    asking->stored.x = asking->standing.x;
    asking->base = *plan;
    asking->base.solution = &asking->stored;
    asking->curve = fab_plan_table_begin(plan, FAB_NONE, "curve", "layer plan_share share reached given_usd usd_per_point next_usd_per_point objective_usd bound_usd");
    asking->stops = fab_plan_table_begin(plan, FAB_NONE, "stops", "key kind from_date value_left value_left_year objective_usd bound_usd");
    asking->survival = fab_plan_table_begin(plan, FAB_NONE, "survival", "region customer from_date months until base_months");
}

static fab_status make_result(struct asking *asking, fab_result **result)
{
    fab_status status = FAB_OK;
    struct fab_plan_table head = fab_plan_table_begin(asking->standing.plan, FAB_NONE, "independence", "plan objective_usd bound_usd");
    fab_plan_table_row(&head);
    fab_plan_table_integer(&head, asking->standing.number);
    fab_plan_table_real(&head, asking->standing.plan->certificate.objective);
    fab_plan_table_real(&head, asking->standing.plan->certificate.bound);
    fab_table *facts = fab_plan_table_end(&head);
    fab_result *made = fab_result_new("fabplan.independence/1");
    struct {
        const char *name, *title;
        struct fab_plan_table *table;
    } lists[] = {{"survival", "Months that customers survive a stop, in this plan without it", &asking->survival},
                 {"stops", "What is still shipped, of the value without it, and in the year from then on", &asking->stops},
                 {"curve", "What more that is one's own costs: profit given up", &asking->curve}};
    if (!made)
        fab_table_free(facts);
    TRY_MEMORY(asking->context, made);
    TRY(fab_result_add(asking->context, made, &(fab_section){.kind = FAB_SECTION_FACTS}, facts));
    for (size_t n = 0; n < sizeof lists / sizeof *lists; n++) {
        fab_table *table = fab_plan_table_end(lists[n].table);
        lists[n].table->table = NULL;
        TRY(fab_result_add_list(asking->context, made, lists[n].name, lists[n].title, table));
    }
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}

static void end(struct asking *asking)
{
    fab_table_free(asking->curve.table);
    fab_table_free(asking->stops.table);
    fab_table_free(asking->survival.table);
    fab_resilience_fini(&asking->rows);
    fab_shocks_free(asking->shocks);
    fab_standing_close(&asking->standing);
}

fab_status fab_independence_worth(fab_context *context, fab *handle, const fab_independence_request *request, fab_result **result)
{
    fab_status status = FAB_OK;
    struct asking asking = {.context = context};
    fab_result *made = NULL;
    TRY(fab_standing_open(context, handle, request->plan, &asking.standing));
    begin(&asking);
    TRY(fab_shocks_find(context, handle, &asking.standing, request, &asking.shocks));
    for (int s = 0; s < asking.shocks->count; s++)
        TRY(find_shock(&asking, &asking.shocks->shock[s]));
    for (int l = 0; l < LAYERS; l++)
        TRY(find_curve(&asking, l));
    TRY(fab_resilience_store(context, handle, asking.standing.plan, asking.standing.number, &asking.rows));
    TRY(make_result(&asking, &made));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    end(&asking);
    return status;
}
