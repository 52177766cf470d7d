/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "margin.h"

#include "view.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LEVELS = 24 };

/* A source at work: means over its starts. */
struct mean {
    double starts, usd, good_units; /* of a start: its own money with the energy of its hours, and what comes out good */
};

double fab_margin_hours(const struct fab_margins *margins, int item, int g)
{
    return margins->hours[item * margins->plan->model->tool_group_count + g];
}

/* Money of the day for the energy of a start. */
static double energy(const fab_plan *plan, const struct fab_source_terms *source, int t)
{
    double usd = 0;
    for (int k = 0; k < source->step_count; k++) {
        int g = source->step[k].tool_group;
        usd += source->step[k].hours_per_start * fab_terms_mwh_per_hour(plan->terms, g) * fab_terms_usd_per_mwh(plan->terms, g, t) / plan->terms->period[t].discount;
    }
    return usd;
}

static struct mean mean_of(const fab_plan *plan, int s)
{
    struct mean mean = {0, 0, 0};
    const struct fab_source_terms *source = &plan->terms->source[s];
    for (int t = 0; t < plan->terms->horizon_periods; t++) {
        double starts = fab_view_value(plan, FAB_X, s, t);
        mean.starts += starts;
        mean.usd += starts > 0 ? starts * (source->period[t].usd_per_start + energy(plan, source, t)) : 0;
        mean.good_units += starts * source->period[t].good_units;
    }
    if (mean.starts > 0) {
        mean.usd /= mean.starts;
        mean.good_units /= mean.starts;
    }
    return mean;
}

/* As of the first period in which it could start. */
static struct mean first_of(const fab_plan *plan, int s)
{
    const struct fab_source_terms *source = &plan->terms->source[s];
    for (int t = 0; t < plan->terms->horizon_periods; t++)
        if (source->period[t].available && source->period[t].good_units > 0)
            return (struct mean){0, source->period[t].usd_per_start + energy(plan, source, t), source->period[t].good_units};
    return (struct mean){0, (double)INFINITY, 0};
}

/* Share of an output in what a start costs, per unit of it that comes out; 0: it does not come out. */
static double charge(const fab_plan *plan, const struct fab_source_terms *source, int item, double good_units)
{
    double value = 0, units = 0, own = 0;
    for (int o = 0; o < source->output_count; o++) {
        value += source->output[o].amount * plan->model->item[source->output[o].item].unit_value_usd;
        units += source->output[o].amount;
        own += source->output[o].item == item ? source->output[o].amount : 0;
    }
    if (!(own > 0) || !(good_units > 0))
        return 0;
    return (value > 0 ? plan->model->item[item].unit_value_usd / value : 1 / units) / good_units;
}

static void find(struct fab_margins *margins, int item, int levels);

/* Adds a source's way to a unit, as the share of the units that it brings. */
static void add_source(struct fab_margins *margins, int item, int s, const struct mean *mean, double share)
{
    const fab_plan *plan = margins->plan;
    const struct fab_source_terms *source = &plan->terms->source[s];
    int groups = plan->model->tool_group_count;
    double times = share * charge(plan, source, item, mean->good_units);
    if (!(times > 0))
        return;
    margins->usd[item] += times * mean->usd;
    for (int k = 0; k < source->step_count; k++)
        margins->hours[item * groups + source->step[k].tool_group] += times * source->step[k].hours_per_start;
    for (int c = 0; c < source->component_count; c++) {
        const struct fab_share *component = &source->component[c];
        margins->usd[item] += times * component->amount * margins->usd[component->item];
        for (int g = 0; g < groups; g++)
            margins->hours[item * groups + g] += times * component->amount * margins->hours[component->item * groups + g];
    }
}

/* What a unit by a source costs. */
static double cost_of(const struct fab_margins *margins, int item, int s, const struct mean *mean)
{
    const struct fab_source_terms *source = &margins->plan->terms->source[s];
    double times = charge(margins->plan, source, item, mean->good_units), usd = mean->usd;
    for (int c = 0; c < source->component_count; c++)
        usd += source->component[c].amount * margins->usd[source->component[c].item];
    return times > 0 ? times * usd : (double)INFINITY;
}

/* Units of the item that a source brings in the plan. */
static double brings(const fab_plan *plan, int item, int s, const struct mean *mean)
{
    const struct fab_source_terms *source = &plan->terms->source[s];
    double share = 0;
    for (int o = 0; o < source->output_count; o++)
        share += source->output[o].item == item ? source->output[o].amount : 0;
    return share * mean->starts * mean->good_units;
}

static void find_components(struct fab_margins *margins, int item, int levels)
{
    const fab_plan *plan = margins->plan;
    for (int s = 0; s < plan->model->source_count; s++) {
        const struct mean any = {1, 0, 1};
        if (!(brings(plan, item, s, &any) > 0))
            continue;
        for (int c = 0; c < plan->terms->source[s].component_count; c++)
            find(margins, plan->terms->source[s].component[c].item, levels - 1);
    }
}

/* The source that is cheapest, where the plan has none. */
static void add_cheapest(struct fab_margins *margins, int item)
{
    const fab_plan *plan = margins->plan;
    int best = FAB_NONE;
    double least = (double)INFINITY;
    for (int s = 0; s < plan->model->source_count; s++) {
        struct mean first = first_of(plan, s);
        double usd = cost_of(margins, item, s, &first);
        if (usd < least) {
            least = usd;
            best = s;
        }
    }
    margins->usd[item] = best == FAB_NONE ? (double)INFINITY : 0;
    if (best != FAB_NONE) {
        struct mean first = first_of(plan, best);
        add_source(margins, item, best, &first, 1);
    }
}

/* Items are done once; a circle of bills ends where it closes. */
static void find(struct fab_margins *margins, int item, int levels)
{
    const fab_plan *plan = margins->plan;
    double units = 0;
    if (!isnan(margins->usd[item]) || levels == 0)
        return;
    margins->usd[item] = 0;
    find_components(margins, item, levels);
    for (int s = 0; s < plan->model->source_count; s++) {
        struct mean mean = mean_of(plan, s);
        units += brings(plan, item, s, &mean);
    }
    for (int s = 0; units > 0 && s < plan->model->source_count; s++) {
        struct mean mean = mean_of(plan, s);
        double share = brings(plan, item, s, &mean) / units;
        if (share > 0)
            add_source(margins, item, s, &mean, share);
    }
    if (!(units > 0))
        add_cheapest(margins, item);
}

struct fab_margins *fab_margins_new(const fab_plan *plan)
{
    struct fab_margins *margins = calloc(1, sizeof *margins);
    int items = plan->model->item_count, groups = plan->model->tool_group_count;
    if (!margins)
        return NULL;
    margins->plan = plan;
    margins->usd = calloc((size_t)items + 1, sizeof *margins->usd);
    margins->hours = calloc((size_t)items * (size_t)groups + 1, sizeof *margins->hours);
    if (!margins->usd || !margins->hours) {
        fab_margins_free(margins);
        return NULL;
    }
    for (int i = 0; i < items; i++)
        margins->usd[i] = (double)NAN;
    for (int i = 0; i < items; i++)
        find(margins, i, MOST_LEVELS);
    return margins;
}

void fab_margins_free(struct fab_margins *margins)
{
    if (!margins)
        return;
    free(margins->usd);
    free(margins->hours);
    free(margins);
}

double fab_margin_price(const fab_plan *plan, int item)
{
    double usd = 0, units = 0;
    for (int d = 0; d < plan->terms->horizon_orders; d++)
        if (plan->model->demand[d].item == item) {
            usd += plan->model->demand[d].quantity * plan->model->demand[d].price_usd;
            units += plan->model->demand[d].quantity;
        }
    return units > 0 ? usd / units : (double)NAN;
}

double fab_margin_per_hour(const struct fab_margins *margins, int item, int g)
{
    double hours = fab_margin_hours(margins, item, g);
    return hours > 0 ? (fab_margin_price(margins->plan, item) - margins->usd[item]) / hours : (double)NAN;
}
