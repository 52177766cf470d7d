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
    struct fab_desk_answer answer; /* proven */
};

static void forget(struct had *had)
{
    fab_lp_solution_free(had->answer.solution);
    had->answer = (struct fab_desk_answer){0};
}

/* In the place of what was known before. */
static fab_status find_most(struct making *making, int last, struct had *had)
{
    fab_status status = FAB_OK;
    struct fab_desk_answer *answer = &had->answer;
    forget(had);
    had->most = 0;
    had->last = making->asked->period;
    TRY(ask(making, last, making->asked->quantity));
    TRY(fab_desk_solve(making->context, making->desk, answer));
    if (!answer->solution || !answer->proof.verified)
        TRY(fab_fail_as(making->context, FAB_REJECTED, "out_of_scale", "what can be promised cannot be proven: gap %.3g, residuals %.3g and %.3g", answer->proof.gap, answer->proof.row_residual, answer->proof.column_residual));
    for (int t = making->asked->period; t <= last; t++) {
        had->most += units_at(making, answer, t);
        had->last = units_at(making, answer, t) > 0 ? t : had->last;
    }
out:
    return status;
}

/* ---- a late order */

/* Dates on both sides of the earliest one. */
struct search {
    int fails;  /* the last period that is known not to do */
    int does;   /* the first that is known to do; FAB_NONE: none yet */
    int asked;  /* the window of what `had` is */
    double before; /* units that can be had by `fails` */
};

/* Each question starts from the base, so that no answer depends on those before it. */
static fab_status try_date(struct making *making, int last, struct search *search, struct had *had)
{
    fab_status status = FAB_OK;
    struct had tried = {0};
    TRY(fab_desk_begin(making->context, making->desk));
    TRY(find_most(making, last, &tried));
    if (is_whole(making, tried.most)) {
        search->does = tried.last > search->fails ? tried.last : search->fails + 1;
        search->asked = last;
        forget(had);
        *had = tried;
        tried = (struct had){0};
    } else {
        search->fails = last;
        search->before = tried.most;
        had->most = search->does == FAB_NONE ? tried.most : had->most;
    }
out:
    forget(&tried);
    return status;
}

/* Orders of one customer and item often wait for the same: the last late one's date and the period before it are tried first, then the horizon, then halves. */
static fab_status search_late(struct making *making, struct search *search, struct had *had)
{
    fab_status status = FAB_OK;
    int horizon = making->desk->plan->terms->horizon_periods, guess = making->desk->late[making->asked->pair];
    if (guess > search->fails)
        TRY(try_date(making, guess, search, had));
    if (search->does == guess && guess - search->fails > 1)
        TRY(try_date(making, guess - 1, search, had));
    if (search->does == FAB_NONE && search->fails + 1 < horizon)
        TRY(try_date(making, horizon - 1, search, had));
    while (search->does != FAB_NONE && search->does - search->fails > 1)
        TRY(try_date(making, search->fails + (search->does - search->fails) / 2, search, had));
    if (search->does != FAB_NONE && search->asked != search->does)
        TRY(try_date(making, search->does, search, had));
out:
    return status;
}

static fab_status find_earliest(struct making *making, struct fab_quote *quote, struct had *had)
{
    fab_status status = FAB_OK;
    const struct fab_quote_asked *asked = making->asked;
    struct search search = {.fails = asked->period - 1, .does = FAB_NONE, .before = (double)NAN};
    TRY(try_date(making, asked->period, &search, had));
    if (search.does == FAB_NONE)
        TRY(search_late(making, &search, had));
    quote->most = had->most > NOTHING * fmax(1, asked->quantity) ? had->most : 0;
    if (search.does == FAB_NONE)
        goto out;
    quote->before = search.before;
    quote->most = asked->quantity;
    quote->earliest = search.does;
    if (search.does > asked->period)
        making->desk->late[asked->pair] = search.does;
out:
    return status;
}

/* ---- what it costs ---- */

static fab_status price_offer(struct making *making, struct fab_offer *offer)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = making->desk->plan;
    double paid = 0;
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

/* The whole quantity inside [first, last], at the least loss. */
static fab_status find_loss(struct making *making, int last, struct fab_offer *offer)
{
    fab_status status = FAB_OK;
    TRY(ask(making, last, 0));
    TRY(fab_desk_solve(making->context, making->desk, &offer->answer));
    TRY(price_offer(making, offer));
out:
    return status;
}

/* Without breaking a promise. What was had whole, with nothing missing, is the best of all that is whole by its last period, by its own proof, and need not be asked for again. */
static fab_status find_free(struct making *making, struct had *had, struct fab_quote *quote)
{
    if (had->answer.solution->x[making->desk->missing[making->asked->pair]] != 0)
        return find_loss(making, quote->earliest, &quote->free);
    quote->free.answer = had->answer;
    had->answer = (struct fab_desk_answer){0};
    return price_offer(making, &quote->free);
}

static fab_status close_window(struct making *making)
{
    return fab_desk_ask(making->context, making->desk, making->asked->pair, &(struct fab_desk_window){0, 0, 0, 0});
}

fab_status fab_quote_make(fab_context *context, struct fab_desk *const desk[2], const struct fab_quote_asked *asked, struct fab_quote *quote)
{
    fab_status status = FAB_OK;
    struct making making = {context, desk[0], asked};
    struct had had = {0};
    *quote = (struct fab_quote){.earliest = FAB_NONE, .before = (double)NAN};
    quote->free.loss_usd = quote->free.break_even_usd = quote->hard.loss_usd = quote->hard.break_even_usd = (double)INFINITY;
    TRY(find_earliest(&making, quote, &had));
    if (quote->earliest != FAB_NONE)
        TRY(find_free(&making, &had, quote));
    TRY(close_window(&making));
    making.desk = desk[1];
    TRY(fab_desk_begin(context, desk[1]));
    TRY(find_loss(&making, asked->period, &quote->hard));
    TRY(close_window(&making));
out:
    forget(&had);
    return status;
}

void fab_quote_fini(struct fab_quote *quote)
{
    fab_lp_solution_free(quote->free.answer.solution);
    fab_lp_solution_free(quote->hard.answer.solution);
    quote->free.answer.solution = quote->hard.answer.solution = NULL;
}
