/* Quotes: when, at what cost, whom it would displace.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "quote.h"

#include "date.h"
#include "gainers.h"
#include "plan_table.h"
#include "quote_file.h"
#include "result.h"
#include "standing.h"
#include "tested.h"
#include "number.h"
#include "try.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT_SIZE = 512, NAME_SIZE = 32 };

/* Quotes on their way. */
struct quoting {
    const struct fab_standing *standing;
    struct fab_quote_orders orders;
    struct fab_desk *desk[2]; /* with what is promised, and without */
    struct fab_plan_table quotes, promised, displaced;
    struct fab_value_line *line; /* [2 x orders] what was tested */
    int line_count;
};

static const char *name_of(const struct quoting *quoting, int n, char text[NAME_SIZE])
{
    if (quoting->orders.order[n].name)
        return quoting->orders.order[n].name;
    snprintf(text, NAME_SIZE, "%d", n + 1);
    return text;
}

/* ---- in words ---- */

static void say(const fab_plan *plan, const struct fab_quote_asked *asked, const struct fab_quote *quote, char text[TEXT_SIZE])
{
    char number[FAB_NUMBER_TEXT_SIZE];
    int length;
    if (quote->earliest == FAB_NONE)
        length = snprintf(text, TEXT_SIZE, "not in the horizon without breaking a promise (%s units at most)", fab_number_say(quote->most, number));
    else
        length = snprintf(text, TEXT_SIZE, "whole by the end of %s without breaking a promise, from %s USD a unit on", plan->terms->period[quote->earliest].name, fab_number_say(quote->free.break_even_usd, number));
    if (!quote->hard.possible)
        snprintf(text + length, TEXT_SIZE - (size_t)length, "; not in %s whomever it displaces", plan->terms->period[asked->period].name);
    else
        snprintf(text + length, TEXT_SIZE - (size_t)length, "; in %s, displacing others, from %s USD a unit on", plan->terms->period[asked->period].name, fab_number_say(quote->hard.break_even_usd, number));
}

/* ---- rows ---- */

static double or_nothing(double value)
{
    return isfinite(value) ? value : (double)NAN;
}

static void write_offer(struct fab_plan_table *w, const struct fab_desk *desk, const struct fab_offer *offer)
{
    fab_plan_table_real(w, or_nothing(offer->loss_usd));
    fab_plan_table_real(w, or_nothing(offer->break_even_usd));
    fab_plan_table_real(w, desk->base.proof.objective);
    fab_plan_table_real(w, offer->possible ? offer->answer.proof.objective : (double)NAN);
    fab_plan_table_real(w, offer->possible ? offer->answer.proof.bound : (double)NAN);
}

static void write_quote(struct quoting *quoting, int n, const struct fab_quote *quote)
{
    struct fab_plan_table *w = &quoting->quotes;
    const fab_plan *plan = w->plan;
    const struct fab_quote_order *order = &quoting->orders.order[n];
    char text[TEXT_SIZE], name[NAME_SIZE], date[FAB_DATE_TEXT_SIZE];
    say(plan, &order->asked, quote, text);
    fab_plan_table_row(w);
    fab_plan_table_copy(w, name_of(quoting, n, name));
    fab_plan_table_text(w, plan->model->item[order->item].item);
    fab_plan_table_text(w, plan->model->customer[order->customer].customer);
    fab_plan_table_real(w, order->asked.quantity);
    fab_plan_table_copy(w, order->date);
    fab_plan_table_period(w, order->asked.period);
    fab_plan_table_period(w, quote->earliest);
    if (quote->earliest == FAB_NONE)
        fab_plan_table_text(w, NULL);
    else
        fab_plan_table_copy(w, fab_date_print(plan->terms->period[quote->earliest].date, date));
    fab_plan_table_real(w, quote->most);
    fab_plan_table_real(w, quote->before);
    fab_plan_table_real(w, isnan(quote->before) ? quote->before : quoting->desk[0]->price_usd);
    write_offer(w, quoting->desk[0], &quote->free);
    write_offer(w, quoting->desk[1], &quote->hard);
    fab_plan_table_copy(w, text);
}

static void write_promised(struct quoting *quoting, int n, const struct fab_quote *quote)
{
    struct fab_plan_table *w = &quoting->promised;
    char name[NAME_SIZE];
    for (int t = 0; quote->free.possible && t < w->plan->terms->period_count; t++) {
        double units = fab_quote_units(quoting->desk[0], &quoting->orders.order[n].asked, &quote->free, t);
        if (!(units > 0))
            continue;
        fab_plan_table_row(w);
        fab_plan_table_copy(w, name_of(quoting, n, name));
        fab_plan_table_period(w, t);
        fab_plan_table_real(w, units);
    }
}

/* Orders that get less, or more, than without it. */
static fab_status write_displaced(fab_context *context, struct quoting *quoting, int n, const struct fab_quote *quote)
{
    fab_status status = FAB_OK;
    struct fab_plan_table *w = &quoting->displaced;
    fab_plan before = *w->plan, after = *w->plan;
    fab_table *table = NULL;
    char name[NAME_SIZE];
    if (!quote->hard.possible)
        return FAB_OK;
    before.solution = quoting->desk[1]->base.solution;
    after.solution = quote->hard.answer.solution;
    TRY_MEMORY(context, table = fab_gainers_table(&before, &after));
    for (int r = fab_table_rows(table) - 1; r >= 0; r--) { /* who loses most first */
        fab_plan_table_row(w);
        fab_plan_table_copy(w, name_of(quoting, n, name));
        for (int c = 0; c < 3; c++)
            fab_plan_table_copy(w, fab_table_get(table, r, c)->text);
        fab_plan_table_real(w, fab_value_number(fab_table_get(table, r, 3)));
        fab_plan_table_real(w, fab_value_number(fab_table_get(table, r, 4)));
    }
out:
    fab_table_free(table);
    return status;
}

/* A line of plan_value: a cost is a gain below 0. */
static fab_status add_line(fab_context *context, struct quoting *quoting, const struct fab_quote_order *order, int period, const struct fab_offer *offer)
{
    fab_status status = FAB_OK;
    const fab_model *model = quoting->standing->plan->model;
    struct fab_value_line line = {.candidate = {.what = offer->possible ? "quote" : "", .unit = "units", .period = period, .step = order->asked.quantity}, .tested = true, .holds_to = (double)NAN};
    if (!offer->possible)
        return FAB_OK;
    TRY_MEMORY(context, line.candidate.key = fab_arena_printf(quoting->orders.arena, "%s/%s", model->customer[order->customer].customer, model->item[order->item].item));
    line.gain_usd = line.candidate.at_most_usd = 0.0 - offer->loss_usd;
    line.objective_usd = offer->answer.proof.objective;
    line.bound_usd = offer->answer.proof.bound;
    quoting->line[quoting->line_count++] = line;
out:
    return status;
}

static fab_status quote_order(fab_context *context, struct quoting *quoting, int n)
{
    fab_status status = FAB_OK;
    const struct fab_quote_order *order = &quoting->orders.order[n];
    struct fab_quote quote = {0};
    TRY(fab_quote_make(context, quoting->desk, &order->asked, &quote));
    write_quote(quoting, n, &quote);
    write_promised(quoting, n, &quote);
    TRY(write_displaced(context, quoting, n, &quote));
    TRY(add_line(context, quoting, order, quote.earliest, &quote.free));
    TRY(add_line(context, quoting, order, order->asked.period, &quote.hard));
out:
    fab_quote_fini(&quote);
    return status;
}

/* ---- the verb ---- */

static fab_status open_desks(fab_context *context, struct quoting *quoting)
{
    fab_status status = FAB_OK;
    struct fab_desk_asked asked = {quoting->standing->plan, quoting->standing->x, quoting->orders.pair, quoting->orders.pair_count, NULL, true};
    TRY_MEMORY(context, quoting->line = calloc(2 * (size_t)quoting->orders.count + 1, sizeof *quoting->line));
    TRY(fab_desk_open(context, &asked, false, &quoting->desk[1]));
    asked.near = quoting->desk[1];
    TRY(fab_desk_open(context, &asked, true, &quoting->desk[0]));
out:
    return status;
}

static void begin_tables(struct quoting *quoting)
{
    const fab_plan *plan = quoting->standing->plan;
    quoting->quotes = fab_plan_table_begin(plan, FAB_NONE, "quotes",
                                           "quote item customer quantity date period earliest earliest_date most most_before most_before_usd free_loss_usd free_break_even_usd free_base_usd "
                                           "free_objective_usd free_bound_usd displacing_loss_usd displacing_break_even_usd displacing_base_usd displacing_objective_usd displacing_bound_usd text");
    quoting->promised = fab_plan_table_begin(plan, FAB_NONE, "promised", "quote period quantity");
    quoting->displaced = fab_plan_table_begin(plan, FAB_NONE, "displaced", "quote demand customer item units usd");
}

static fab_status make_result(fab_context *context, struct quoting *quoting, fab_result **result)
{
    fab_status status = FAB_OK;
    struct fab_plan_table head = fab_plan_table_begin(quoting->standing->plan, FAB_NONE, "quote", "plan");
    fab_result *made = fab_result_new("fabplan.quote/1");
    struct {
        const char *name, *title;
        struct fab_plan_table *table;
    } lists[] = {{"quotes", "Quotes", &quoting->quotes}, {"promised", "Without breaking a promise: quantity by period", &quoting->promised}, {"displaced", "Displacing: who gets less, and who more", &quoting->displaced}};
    fab_plan_table_row(&head);
    fab_plan_table_integer(&head, quoting->standing->number);
    fab_table *facts = fab_plan_table_end(&head);
    if (!made)
        fab_table_free(facts);
    TRY_MEMORY(context, made);
    TRY(fab_result_add(context, made, &(fab_section){.kind = FAB_SECTION_FACTS}, facts));
    for (size_t n = 0; n < sizeof lists / sizeof *lists; n++) {
        fab_table *table = fab_plan_table_end(lists[n].table);
        lists[n].table->table = NULL;
        TRY(fab_result_add_list(context, made, lists[n].name, lists[n].title, table));
    }
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    return status;
}

static void end(struct quoting *quoting)
{
    fab_table_free(quoting->quotes.table);
    fab_table_free(quoting->promised.table);
    fab_table_free(quoting->displaced.table);
    fab_desk_close(quoting->desk[0]);
    fab_desk_close(quoting->desk[1]);
    fab_quote_orders_fini(&quoting->orders);
    free(quoting->line);
}

fab_status fab_quote(fab_context *context, fab *handle, const fab_quote_request *request, fab_result **result)
{
    fab_status status = FAB_OK;
    struct fab_standing standing = {0};
    struct quoting quoting = {.standing = &standing};
    fab_result *made = NULL;
    TRY(fab_standing_open(context, handle, request->plan, &standing));
    TRY(fab_quote_orders_read(context, request, standing.plan, &quoting.orders));
    TRY(open_desks(context, &quoting));
    begin_tables(&quoting);
    for (int n = 0; n < quoting.orders.count; n++)
        TRY(quote_order(context, &quoting, n));
    TRY(fab_tested_store(context, handle, &standing, quoting.line, quoting.line_count));
    TRY(make_result(context, &quoting, &made));
    *result = made;
    made = NULL;
out:
    fab_result_free(made);
    end(&quoting);
    fab_standing_close(&standing);
    return status;
}
