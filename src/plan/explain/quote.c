/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quote.h"

#include "try.h"

#include <math.h>
#include <stdlib.h>

/* Of a quantity, what is the rounding of a solve, and what is nothing: promises are kept to a billionth. */
#define ROUNDING 1e-9
#define NOTHING 1e-6

/* A quote under way. */
struct making {
    fab_context *context;
    struct fab_desk *desk;
    const struct fab_quote_asked *asked;
    double *weight; /* [T] */
};

double fab_quote_units(const struct fab_desk *desk, const struct fab_quote_asked *asked, const struct fab_offer *offer, int t)
{
    return offer->answer.solution->x[desk->column[asked->pair * desk->plan->terms->period_count + t]];
}

static double units_at(const struct making *making, const struct fab_desk_answer *answer, int t)
{
    return answer->solution->x[making->desk->column[making->asked->pair * making->desk->plan->terms->period_count + t]];
}

static bool is_whole(const struct making *making, double units)
{
    return units >= making->asked->quantity * (1 - ROUNDING);
}

/* ---- the earliest date ---- */

/* What can be had by the end of a period: at the desk's price everybody would rather do without. */
static fab_status find_most(struct making *making, int last, double *most)
{
    fab_status status = FAB_OK;
    struct fab_desk_answer answer = {0};
    int T = making->desk->plan->terms->period_count;
    *most = 0;
    for (int t = 0; t < T; t++)
        making->weight[t] = t <= last ? making->desk->price_usd : 0;
    TRY(fab_desk_solve(making->context, making->desk, making->asked->pair, making->weight, &answer));
    if (!answer.solution || !answer.proof.verified)
        TRY(fab_fail_as(making->context, FAB_REJECTED, "out_of_scale", "what can be promised cannot be proven: gap %.3g, residuals %.3g and %.3g", answer.proof.gap, answer.proof.row_residual, answer.proof.column_residual));
    for (int t = making->asked->period; t <= last; t++)
        *most += units_at(making, &answer, t);
out:
    fab_lp_solution_free(answer.solution);
    return status;
}

/* A delivery that is early on the whole: a first idea of the date. */
static fab_status find_early(struct making *making, int *last)
{
    fab_status status = FAB_OK;
    struct fab_desk_answer answer = {0};
    double sum = 0;
    int T = making->desk->plan->terms->horizon_periods;
    for (int t = 0; t < making->desk->plan->terms->period_count; t++)
        making->weight[t] = t < T ? making->desk->price_usd * (1 + (double)(T - t) / T) : 0;
    TRY(fab_desk_solve(making->context, making->desk, making->asked->pair, making->weight, &answer));
    *last = FAB_NONE;
    for (int t = making->asked->period; answer.solution && t < T && *last == FAB_NONE; t++) {
        sum += units_at(making, &answer, t);
        *last = is_whole(making, sum) ? t : FAB_NONE;
    }
out:
    fab_lp_solution_free(answer.solution);
    return status;
}

/* From the first idea back, as long as a period earlier does as well; from the horizon's end where there is none. */
static fab_status find_earliest(struct making *making, struct fab_quote *quote)
{
    fab_status status = FAB_OK;
    const struct fab_quote_asked *asked = making->asked;
    int horizon = making->desk->plan->terms->horizon_periods, last;
    double most = asked->quantity;
    TRY(fab_desk_begin(making->context, making->desk));
    TRY(fab_desk_ask(making->context, making->desk, asked->pair, &(struct fab_desk_window){asked->period, horizon - 1, 0, asked->quantity}));
    TRY(find_early(making, &last));
    if (last == FAB_NONE) {
        last = horizon - 1;
        TRY(find_most(making, last, &most));
    }
    quote->most = most > NOTHING * fmax(1, asked->quantity) ? most : 0;
    if (!is_whole(making, most))
        goto out;
    while (last > asked->period) {
        TRY(find_most(making, last - 1, &most));
        if (!is_whole(making, most)) {
            quote->before = most;
            break;
        }
        last--;
    }
    quote->most = asked->quantity;
    quote->earliest = last;
out:
    return status;
}

/* ---- what it costs ---- */

/* The whole quantity inside [first, last], at the least loss. */
static fab_status find_loss(struct making *making, int last, struct fab_offer *offer)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = making->desk->plan;
    const struct fab_quote_asked *asked = making->asked;
    double paid = 0;
    TRY(fab_desk_begin(making->context, making->desk));
    TRY(fab_desk_ask(making->context, making->desk, asked->pair, &(struct fab_desk_window){asked->period, last, asked->quantity, asked->quantity}));
    TRY(fab_desk_solve(making->context, making->desk, FAB_NONE, NULL, &offer->answer));
    offer->possible = offer->answer.solution != NULL;
    if (offer->possible && !offer->answer.proof.verified)
        TRY(fab_fail_as(making->context, FAB_REJECTED, "out_of_scale", "what the order costs cannot be proven: gap %.3g", offer->answer.proof.gap));
    for (int t = 0; offer->possible && t < plan->terms->period_count; t++)
        paid += plan->terms->period[t].discount * units_at(making, &offer->answer, t);
    if (offer->possible) {
        offer->loss_usd = making->desk->base.proof.objective - offer->answer.proof.objective;
        offer->break_even_usd = offer->loss_usd / paid;
    }
out:
    return status;
}

static fab_status close_window(struct making *making)
{
    return fab_desk_ask(making->context, making->desk, making->asked->pair, &(struct fab_desk_window){0, 0, 0, 0});
}

fab_status fab_quote_make(fab_context *context, struct fab_desk *const desk[2], const struct fab_quote_asked *asked, struct fab_quote *quote)
{
    fab_status status = FAB_OK;
    struct making making = {context, desk[0], asked, NULL};
    *quote = (struct fab_quote){.earliest = FAB_NONE, .before = (double)NAN};
    quote->free.loss_usd = quote->free.break_even_usd = quote->hard.loss_usd = quote->hard.break_even_usd = (double)INFINITY;
    TRY_MEMORY(context, making.weight = calloc((size_t)desk[0]->plan->terms->period_count + 1, sizeof *making.weight));
    TRY(find_earliest(&making, quote));
    if (quote->earliest != FAB_NONE)
        TRY(find_loss(&making, quote->earliest, &quote->free));
    TRY(close_window(&making));
    making.desk = desk[1];
    TRY(find_loss(&making, asked->period, &quote->hard));
    TRY(close_window(&making));
out:
    free(making.weight);
    return status;
}

void fab_quote_fini(struct fab_quote *quote)
{
    fab_lp_solution_free(quote->free.answer.solution);
    fab_lp_solution_free(quote->hard.answer.solution);
    quote->free.answer.solution = quote->hard.answer.solution = NULL;
}
