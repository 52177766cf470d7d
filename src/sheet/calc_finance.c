/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calc_functions.h"

#include <math.h>

#include "calc_sum.h"

struct flow {
    struct fab_sum worth;
    double factor, step; /* of the next amount, and from one to the next */
    int negative, positive;
};

static void take_flow(void *user, double amount)
{
    struct flow *flow = user;
    flow->negative += amount < 0;
    flow->positive += amount > 0;
    fab_sum_add(&flow->worth, amount * flow->factor);
    flow->factor *= flow->step;
}

/* The first amount comes at the end of the first period. */
struct fab_calc fab_calc_npv(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    (void)calculation;
    struct fab_calc rate = fab_calc_argument_number(&arguments[0]);
    if (rate.kind == FAB_CALC_ERROR)
        return rate;
    if (rate.number == -1)
        return fab_calc_error(FAB_CALC_DIV0);
    struct flow flow = {.factor = 1 / (1 + rate.number), .step = 1 / (1 + rate.number)};
    struct fab_calc error = fab_calc_each_number(arguments + 1, count - 1, take_flow, &flow);
    return error.kind == FAB_CALC_ERROR ? error : fab_calc_number(flow.worth.total + flow.worth.lost);
}

/* Worth at a rate, of amounts of which the first one comes now. */
static double worth_at(const struct fab_matrix *amounts, double rate)
{
    struct flow flow = {.factor = 1, .step = 1 / (1 + rate)};
    fab_calc_each_number(amounts, 1, take_flow, &flow);
    return flow.worth.total + flow.worth.lost;
}

/* Two rates between which the worth changes its sign, the nearest to 0 on the side of 0 to which the sum of the amounts points (what earns has a rate above 0), else on the other one. */
static bool find_change(const struct fab_matrix *amounts, double *low, double *high)
{
    static const double gains[] = {0, 0.01, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1000}, losses[] = {0, -0.01, -0.05, -0.1, -0.2, -0.5, -0.9, -0.99, -0.9999};
    const struct {
        const double *rates;
        size_t count;
    } sides[] = {{gains, sizeof gains / sizeof *gains}, {losses, sizeof losses / sizeof *losses}};
    size_t first = worth_at(amounts, 0) < 0;
    for (size_t s = 0; s < 2; s++) {
        const double *rates = sides[s ^ first].rates;
        for (size_t r = 0; r + 1 < sides[s ^ first].count; r++)
            if (worth_at(amounts, rates[r]) * worth_at(amounts, rates[r + 1]) <= 0) {
                *low = fmin(rates[r], rates[r + 1]);
                *high = fmax(rates[r], rates[r + 1]);
                return true;
            }
    }
    return false;
}

/* Bisection; #NUM! where no rate has the worth 0. */
struct fab_calc fab_calc_irr(struct fab_calculation *calculation, const struct fab_matrix *arguments, int count)
{
    enum { HALVINGS = 200 };
    struct flow signs = {.factor = 1, .step = 1};
    double low = 0, high = 0;
    (void)calculation;
    (void)count;
    struct fab_calc error = fab_calc_each_number(arguments, 1, take_flow, &signs);
    if (error.kind == FAB_CALC_ERROR)
        return error;
    if (!signs.negative || !signs.positive || !find_change(arguments, &low, &high))
        return fab_calc_error(FAB_CALC_NUM);
    double below = worth_at(arguments, low);
    for (int h = 0; h < HALVINGS && low < high; h++) {
        double middle = low + (high - low) / 2, worth = worth_at(arguments, middle);
        if (worth * below > 0)
            low = middle;
        else
            high = middle;
    }
    return fab_calc_number(low + (high - low) / 2);
}
