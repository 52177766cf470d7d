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

static fab_status ask(const struct making *making, int last, double missing)
{
    const struct fab_quote_asked *asked = making->asked;
    return fab_desk_ask(making->context, making->desk, asked->pair, &(struct fab_desk_window){asked->period, last, asked->quantity, missing});
}

/* What can be had by the end of a period, at the desk's price, at which everybody would rather do without, and the last period in which some of it comes. */
struct had {
    double most;
    int last;
};

static fab_status find_most(struct making *making, int last, struct had *had)
{
    fab_status status = FAB_OK;
    struct fab_desk_answer answer = {0};
    *had = (struct had){0, making->asked->period};
    TRY(ask(making, last, making->asked->quantity));
    TRY(fab_desk_solve(making->context, making->desk, &answer));
    if (!answer.solution || !answer.proof.verified)
        TRY(fab_fail_as(making->context, FAB_REJECTED, "out_of_scale", "what can be promised cannot be proven: gap %.3g, residuals %.3g and %.3g", answer.proof.gap, answer.proof.row_residual, answer.proof.column_residual));
    for (int t = making->asked->period; t <= last; t++) {
        had->most += units_at(making, &answer, t);
        had->last = units_at(making, &answer, t) > 0 ? t : had->last;
    }
out:
    fab_lp_solution_free(answer.solution);
    return status;
}

/* Periods behind the last one that is known to do are closed, which is a way for the dual simplex method from its basis: half of those between it and the first that is known not to do. */
static fab_status close_in(struct making *making, int first, int *last, double *before)
{
    fab_status status = FAB_OK;
    char *row_status = NULL, *column_status = NULL;
    fab_solver *solver = making->desk->solver;
    TRY(fab_solver_take_basis(making->context, solver, &row_status, &column_status));
    while (*last - first > 1) {
        int middle = first + (*last - first) / 2;
        struct had had;
        TRY(find_most(making, middle, &had));
        if (is_whole(making, had.most)) {
            *last = had.last;
            free(row_status);
            free(column_status);
            row_status = column_status = NULL;
            TRY(fab_solver_take_basis(making->context, solver, &row_status, &column_status));
        } else {
            first = middle;
            *before = had.most;
        }
        TRY(fab_solver_give_basis(making->context, solver, row_status, column_status));
    }
out:
    free(row_status);
    free(column_status);
    return status;
}

/* In its own period, which is usual; else the horizon is closed in from its end. */
static fab_status find_earliest(struct making *making, struct fab_quote *quote)
{
    fab_status status = FAB_OK;
    const struct fab_quote_asked *asked = making->asked;
    struct had had;
    double before = (double)NAN;
    TRY(fab_desk_begin(making->context, making->desk));
    TRY(find_most(making, asked->period, &had));
    if (!is_whole(making, had.most)) {
        before = had.most;
        TRY(fab_desk_begin(making->context, making->desk));
        TRY(find_most(making, making->desk->plan->terms->horizon_periods - 1, &had));
        if (is_whole(making, had.most))
            TRY(close_in(making, asked->period, &had.last, &before));
    }
    quote->most = had.most > NOTHING * fmax(1, asked->quantity) ? had.most : 0;
    if (!is_whole(making, had.most))
        goto out;
    quote->before = before;
    quote->most = asked->quantity;
    quote->earliest = had.last;
out:
    return status;
}

/* ---- what it costs ---- */

/* The whole quantity inside [first, last], at the least loss. */
static fab_status find_loss(struct making *making, int last, struct fab_offer *offer)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = making->desk->plan;
    double paid = 0;
    TRY(ask(making, last, 0));
    TRY(fab_desk_solve(making->context, making->desk, &offer->answer));
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
    struct making making = {context, desk[0], asked};
    *quote = (struct fab_quote){.earliest = FAB_NONE, .before = (double)NAN};
    quote->free.loss_usd = quote->free.break_even_usd = quote->hard.loss_usd = quote->hard.break_even_usd = (double)INFINITY;
    TRY(find_earliest(&making, quote));
    if (quote->earliest != FAB_NONE)
        TRY(find_loss(&making, quote->earliest, &quote->free));
    TRY(close_window(&making));
    making.desk = desk[1];
    TRY(fab_desk_begin(context, desk[1]));
    TRY(find_loss(&making, asked->period, &quote->hard));
    TRY(close_window(&making));
out:
    return status;
}

void fab_quote_fini(struct fab_quote *quote)
{
    fab_lp_solution_free(quote->free.answer.solution);
    fab_lp_solution_free(quote->hard.answer.solution);
    quote->free.answer.solution = quote->hard.answer.solution = NULL;
}
