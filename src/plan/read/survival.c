/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survival.h"

#include "view.h"

#include <math.h>

/* What is due less than this is nothing. */
#define NOTHING 1e-9

static bool is_in(int32_t day, int32_t from, int32_t to)
{
    return (from == FAB_DATE_NONE || day >= from) && (to == FAB_DATE_NONE || day < to);
}

double fab_survival_value(const fab_plan *plan, int32_t from, int32_t to)
{
    const fab_terms *terms = plan->terms;
    double usd = 0;
    for (int d = 0; d < terms->horizon_orders; d++)
        for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
            if (is_in(terms->period[t].date, from, to))
                usd += fab_view_value(plan, FAB_Y, d, t) * terms->model->demand[d].price_usd;
    return usd;
}

int fab_survival_months(int32_t from, int32_t to)
{
    int years[2], months[2], days[2];
    fab_date_to_civil(from, &years[0], &months[0], &days[0]);
    fab_date_to_civil(to, &years[1], &months[1], &days[1]);
    return 12 * (years[1] - years[0]) + months[1] - months[0] - (days[1] < days[0]);
}

/* The fill of the customer's orders that are due in a period, at their prices; NAN where none are. */
static double fill_of(const fab_plan *plan, int customer, int period)
{
    const fab_terms *terms = plan->terms;
    double due = 0, shipped = 0;
    for (int d = 0; d < terms->horizon_orders; d++) {
        const struct fab_demand *demand = &terms->model->demand[d];
        if (demand->customer != customer || terms->due_period[d] != period)
            continue;
        due += demand->quantity * demand->price_usd;
        for (int t = period; t <= terms->latest_period[d]; t++)
            shipped += fab_view_value(plan, FAB_Y, d, t) * demand->price_usd;
    }
    return due > NOTHING ? shipped / due : (double)NAN;
}

struct fab_survival fab_survival_of(const fab_plan *plan, int customer, int32_t day)
{
    const fab_terms *terms = plan->terms;
    int T = terms->horizon_periods;
    struct fab_survival survival = {.period = FAB_NONE, .months = fab_survival_months(day, terms->model->calendar[T - 1].end_date)};
    for (int t = 0; t < T; t++) {
        double fill = terms->period[t].date >= day ? fill_of(plan, customer, t) : (double)NAN;
        survival.ordered = survival.ordered || !isnan(fill);
        if (!(fill < FAB_SURVIVAL_FILL))
            continue;
        survival.months = fab_survival_months(day, terms->period[t].date);
        survival.period = t;
        break;
    }
    return survival;
}
