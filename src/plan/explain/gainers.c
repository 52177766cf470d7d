/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gainers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Units below this share of what is shipped, and money below this share of the objective, are the rounding of two solves. */
#define SMALLEST 1e-9

struct gainer {
    int demand;
    double units, usd, shipped;
};

static void add_plan(const fab_plan *plan, struct gainer *gainer, double sign)
{
    const struct fab_demand *demand = &plan->model->demand[gainer->demand];
    for (int t = 0; t < plan->terms->period_count; t++) {
        int column = fab_program_at(plan->program, FAB_Y, gainer->demand, t);
        double units = column == FAB_NONE ? 0 : plan->solution->x[column];
        gainer->units += sign * units;
        gainer->usd += sign * units * demand->price_usd * plan->terms->period[t].discount;
        gainer->shipped += units;
    }
}

static int compare(const void *left, const void *right)
{
    const struct gainer *a = left, *b = right;
    if (a->usd != b->usd)
        return a->usd > b->usd ? -1 : 1;
    return a->demand - b->demand;
}

static void write_gainer(struct fab_plan_table *w, const struct gainer *gainer)
{
    const fab_model *model = w->plan->model;
    const struct fab_demand *demand = &model->demand[gainer->demand];
    fab_plan_table_row(w);
    fab_plan_table_text(w, demand->demand);
    fab_plan_table_text(w, model->customer[demand->customer].customer);
    fab_plan_table_text(w, model->item[demand->item].item);
    fab_plan_table_real(w, gainer->units);
    fab_plan_table_real(w, gainer->usd);
}

fab_table *fab_gainers_table(const fab_plan *plan, const fab_plan *other)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "output", "demand customer item units usd");
    int count = plan->terms->horizon_orders;
    struct gainer *gainers = calloc((size_t)count + 1, sizeof *gainers);
    w.failed = w.failed || !gainers;
    for (int d = 0; !w.failed && d < count; d++) {
        gainers[d].demand = d;
        add_plan(plan, &gainers[d], -1);
        add_plan(other, &gainers[d], 1);
    }
    if (!w.failed)
        qsort(gainers, (size_t)count, sizeof *gainers, compare);
    for (int d = 0; !w.failed && d < count; d++)
        if (fabs(gainers[d].units) > SMALLEST * fmax(1, gainers[d].shipped))
            write_gainer(&w, &gainers[d]);
    free(gainers);
    return fab_plan_table_end(&w);
}

fab_table *fab_gainers_money(const fab_plan *plan, const fab_plan *other)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "money", "kind usd");
    for (int k = 0; k < FAB_MONEY_COUNT; k++) {
        double usd = other->totals[k] - plan->totals[k];
        char kind[64];
        if (fabs(usd) <= 1e-12 * fmax(1, fabs(plan->totals[k])))
            continue;
        snprintf(kind, sizeof kind, "%.*s", (int)(strlen(fab_money_kinds[k].total) - strlen("_usd")), fab_money_kinds[k].total);
        fab_plan_table_row(&w);
        fab_plan_table_copy(&w, kind);
        fab_plan_table_real(&w, usd);
    }
    return fab_plan_table_end(&w);
}
