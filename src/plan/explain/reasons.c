/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reasons.h"

#include "view.h"
#include "walk.h"

#include <math.h>
#include <stdio.h>

/* A demand short of less than this share of its quantity is served. */
#define SERVED 1e-7
/* Parts below this share of the marginal cost are added up as "other". */
#define SMALLEST_PART 0.002
/* A rest below this share is the rounding of the sum. */
#define SMALLEST_REST 1e-9

enum { MOST_SHOWN = 10, LABEL_SIZE = 1024 };

static void write_part(struct fab_plan_table *w, const char *demand, int rank, const struct fab_part *part, double discount)
{
    char label[LABEL_SIZE];
    double amount = part->unit ? part->amount : (double)NAN;
    snprintf(label, sizeof label, "%s%s%s", part->kind, *part->key ? " " : "", part->key);
    fab_plan_table_row(w);
    fab_plan_table_text(w, demand);
    fab_plan_table_integer(w, rank);
    fab_plan_table_text(w, part->family);
    fab_plan_table_copy(w, part->key);
    fab_plan_table_copy(w, label);
    fab_plan_table_period(w, part->period);
    fab_plan_table_integer(w, part->binding);
    fab_plan_table_real(w, part->usd / discount);
    fab_plan_table_real(w, amount);
    fab_plan_table_text(w, part->unit);
    fab_plan_table_real(w, amount != 0 ? part->usd / discount / amount : (double)NAN);
}

/* The largest parts, then one row with all the rest, so that the rows of a demand add up to the total. */
static void write_parts(struct fab_plan_table *w, struct fab_parts *parts, const char *demand, double total, double discount)
{
    struct fab_part other = {.family = "OTHER", .key = "", .kind = "other", .period = FAB_NONE, .usd = total};
    int rank = 0;
    fab_parts_sort(parts);
    for (int p = 0; p < parts->count; p++) {
        if (rank >= MOST_SHOWN || fabs(parts->part[p].usd) < SMALLEST_PART * fabs(total))
            continue;
        write_part(w, demand, ++rank, &parts->part[p], discount);
        other.usd -= parts->part[p].usd;
    }
    if (rank == 0 || fabs(other.usd) > SMALLEST_REST * fabs(total))
        write_part(w, demand, ++rank, &other, discount);
}

/* The rows of a shipment in its due period but those of its item, its order and its promise: what stands between the item and the customer. Their cost. */
static double add_shipment_rows(const fab_plan *plan, struct fab_walk *walk, int d, int t)
{
    const fab_lp *lp = plan->program->lp;
    int column = fab_program_at(plan->program, FAB_Y, d, t);
    double total = 0;
    for (int k = lp->start[column]; k < lp->start[column + 1]; k++) {
        int family = lp->row[lp->row_index[k]].tag.family;
        if (family != FAB_BAL && family != FAB_DEM && family != FAB_MIN)
            total += fab_walk_row(walk, lp->row_index[k], lp->value[k]);
    }
    return total;
}

static void explain_demand(struct fab_plan_table *w, struct fab_walk *walk, int d)
{
    const fab_plan *plan = w->plan;
    const struct fab_demand *demand = &plan->model->demand[d];
    int t = plan->terms->due_period[d];
    struct fab_parts *parts = fab_walk_unit(walk, demand->item, t);
    double total = fab_walk_value(plan, demand->item, t) + add_shipment_rows(plan, walk, d, t);
    w->failed = w->failed || parts->failed;
    write_parts(w, parts, demand->demand, total, plan->terms->period[t].discount);
}

fab_table *fab_table_shortages(const fab_plan *plan, int64_t number)
{
    struct fab_plan_table w =
        fab_plan_table_begin(plan, number, "plan_shortage", "demand rank family key label period binding usd_per_unit amount unit usd_per_amount");
    struct fab_walk *walk = fab_walk_new(plan);
    w.failed = w.failed || !walk;
    for (int d = 0; !w.failed && d < plan->model->demand_count; d++)
        if (fab_view_value(plan, FAB_SHORT, d, FAB_NONE) > SERVED * plan->model->demand[d].quantity)
            explain_demand(&w, walk, d);
    fab_walk_free(walk);
    return fab_plan_table_end(&w);
}
