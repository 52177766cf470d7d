/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explain.h"

#include "chain.h"
#include "displaced.h"
#include "gainers.h"
#include "never.h"
#include "serves.h"
#include "try.h"
#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static fab_status begin(fab_context *context, const struct fab_question *question, struct fab_explained **explained)
{
    fab_status status = FAB_OK;
    struct fab_explained *made = NULL;
    TRY_MEMORY(context, made = calloc(1, sizeof *made));
    made->question = *question;
    made->demand = FAB_NONE;
    made->marginal_usd = made->mean_usd = made->worth_usd = (double)NAN;
    made->step = (struct fab_value_line){.gain_usd = (double)NAN, .objective_usd = (double)NAN, .bound_usd = (double)NAN, .holds_to = (double)NAN};
    made->step.candidate = (struct fab_candidate){.what = "", .key = fab_question_key(question), .unit = "", .period = FAB_NONE, .step = (double)NAN};
    *explained = made;
out:
    return status;
}

void fab_explained_free(struct fab_explained *explained)
{
    if (!explained)
        return;
    fab_table *const tables[] = {explained->chain, explained->money, explained->output, explained->displaced, explained->serves};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        fab_table_free(tables[t]);
    fab_values_free(explained->priced);
    fab_values_free(explained->others);
    free(explained);
}

/* ---- a limit ---- */

/* The first line is moved once more: what it changes. */
static fab_status explain_line(fab_context *context, struct fab_explained *explained, const struct fab_values *values, const struct fab_explain_asked *asked)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = explained->question.plan;
    const struct fab_value_line *line = &values->line[0];
    struct fab_trial trial = {context, plan, asked->options, values->moves, 0};
    struct fab_tried tried = {0};
    fab_plan other = *plan;
    TRY(fab_trial_solve(&trial, line->moved, line->moved_count, 1, &tried));
    if (!tried.solution)
        goto out;
    explained->step = *line;
    explained->mean_usd = line->gain_usd / line->candidate.step;
    other.solution = tried.solution;
    fab_program_totals(plan->program, tried.solution->x, other.totals);
    TRY_MEMORY(context, explained->chain = fab_chain_moved(&trial, line->moved, line->moved_count, tried.solution, &explained->marginal_usd));
    explained->marginal_usd /= line->candidate.step;
    TRY_MEMORY(context, explained->money = fab_gainers_money(plan, &other));
    TRY_MEMORY(context, explained->output = fab_gainers_table(plan, &other));
out:
    fab_lp_solution_free(tried.solution);
    return status;
}

/* The limits that are asked about, tested on the plan itself. */
static fab_status list_limits(fab_context *context, struct fab_explained *explained, fab_values_about *about, const void *user, const struct fab_explain_asked *asked)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = explained->question.plan;
    struct fab_values_asked limits = {.wanted = asked->wanted, .thorough = true, .about = about, .user = user, .price = fab_serves_cost};
    TRY(fab_values_test(context, plan, &limits, asked->options, &explained->priced));
    limits.price = NULL;
    limits.without = fab_serves_cost;
    TRY(fab_values_test(context, plan, &limits, asked->options, &explained->others));
out:
    return status;
}

static bool has_tested(const struct fab_values *values)
{
    return values->count > 0 && values->line[0].tested;
}

static fab_status explain_limits(fab_context *context, struct fab_explained *explained, const struct fab_explain_asked *asked)
{
    fab_status status = FAB_OK;
    TRY(list_limits(context, explained, fab_question_about, &explained->question, asked));
    if (has_tested(explained->priced))
        TRY(explain_line(context, explained, explained->priced, asked));
    else if (has_tested(explained->others))
        TRY(explain_line(context, explained, explained->others, asked));
out:
    return status;
}

/* ---- an order ---- */

/* The order of a customer that is missed most: its short units at price and penalty; without any its largest one. */
static int find_order(const fab_plan *plan, int customer)
{
    int best = FAB_NONE;
    double most = -1;
    for (int pass = 0; pass < 2 && best == FAB_NONE; pass++)
        for (int d = 0; d < plan->terms->horizon_orders; d++) {
            const struct fab_demand *demand = &plan->model->demand[d];
            double units = pass ? demand->quantity : fab_view_value(plan, FAB_SHORT, d, FAB_NONE);
            double usd = units * (demand->price_usd + demand->shortage_usd) * plan->terms->period[plan->terms->due_period[d]].discount;
            if (demand->customer == customer && (pass || fab_view_is_short(units, demand->quantity)) && usd > most) {
                most = usd;
                best = d;
            }
        }
    return best;
}

/* The limits that the chain names: those in whose rows the forced optimum loses. */
struct links {
    const fab_plan *plan;
    const fab_table *chain;
};

static bool is_link(const struct links *links, struct fab_tag tag)
{
    struct fab_label label;
    const struct fab_family *family = &links->plan->program->family[tag.family];
    int code = fab_table_find_column(links->chain, "family"), key = fab_table_find_column(links->chain, "key");
    fab_program_label(links->plan->program, tag, &label);
    for (int r = 0; r < fab_table_rows(links->chain); r++)
        if (strcmp(fab_table_get(links->chain, r, key)->text, label.subject) == 0 &&
            strcmp(fab_table_get(links->chain, r, code)->text, family->side == FAB_SIDE_COLUMN ? "SRC" : family->reason_code ? family->reason_code : "") == 0)
            return true;
    return false;
}

static bool is_in_chain(const void *user, const struct fab_moves *moves, const struct fab_candidate *candidate)
{
    const struct links *links = user;
    const fab_lp *lp = links->plan->program->lp;
    for (int m = candidate->first_move; m < candidate->first_move + candidate->move_count; m++) {
        const struct fab_move *move = &moves->move[m];
        if ((move->delta > 0) != move->is_lower && is_link(links, move->is_column ? lp->column[move->place].tag : lp->row[move->place].tag))
            return true;
    }
    return false;
}

static fab_status explain_never(fab_context *context, struct fab_explained *explained)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = explained->question.plan;
    int d = explained->demand;
    struct fab_ways *ways = NULL;
    explained->never = true;
    TRY_MEMORY(context, ways = fab_ways_new(plan));
    struct fab_part part = fab_why_never(plan, ways, plan->model->demand[d].item, plan->terms->due_period[d], plan->terms->latest_period[d]);
    TRY_MEMORY(context, explained->chain = fab_chain_of_part(plan, &part));
out:
    fab_ways_free(ways);
    return status;
}

static void take_forced(struct fab_explained *explained, const struct fab_forced *forced)
{
    struct fab_value_line *step = &explained->step;
    step->tested = true;
    step->gain_usd = step->candidate.at_most_usd = forced->gain_usd;
    step->objective_usd = forced->plan.certificate.objective;
    step->bound_usd = forced->plan.certificate.bound;
    explained->mean_usd = forced->mean_usd;
    explained->worth_usd = forced->worth_usd;
}

static fab_status explain_forced(fab_context *context, struct fab_explained *explained, struct fab_forced *forced, const struct fab_explain_asked *asked)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = explained->question.plan;
    int d = explained->demand;
    take_forced(explained, forced);
    TRY_MEMORY(context, explained->chain = fab_chain_forced(forced, d, &explained->marginal_usd));
    TRY_MEMORY(context, explained->money = fab_gainers_money(plan, &forced->plan));
    TRY_MEMORY(context, explained->output = fab_gainers_table(plan, &forced->plan));
    if (explained->question.subject == FAB_SUBJECT_CUSTOMER)
        TRY_MEMORY(context, explained->displaced = fab_displaced_table(plan, plan->model->demand[d].item, explained->chain));
    const struct links links = {plan, explained->chain};
    TRY(fab_force_release(context, forced, d, false));
    TRY(list_limits(context, explained, is_in_chain, &links, asked));
    TRY(fab_force_holds(context, plan, forced, d, &explained->step.holds_to));
    const struct fab_serves_asked serves = {plan, forced, d, {explained->priced, explained->others}, asked->options};
    TRY(fab_serves_find(context, &serves, &explained->serves));
out:
    return status;
}

static fab_status explain_order(fab_context *context, struct fab_explained *explained, const struct fab_explain_asked *asked)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = explained->question.plan;
    struct fab_forced forced = {0};
    int d = explained->question.subject == FAB_SUBJECT_DEMAND ? explained->question.index : find_order(plan, explained->question.index);
    explained->demand = d;
    if (d == FAB_NONE)
        goto out;
    explained->step.candidate = (struct fab_candidate){.what = "unit", .key = plan->model->demand[d].demand, .unit = "units", .period = plan->terms->due_period[d]};
    explained->step.candidate.step = asked->step > 0 ? asked->step : fab_force_step(plan, d);
    TRY(fab_force(context, plan, d, explained->step.candidate.step, asked->options, &forced));
    if (forced.plan.outcome == FAB_INFEASIBLE)
        TRY(explain_never(context, explained));
    else if (forced.plan.outcome == FAB_OPTIMAL)
        TRY(explain_forced(context, explained, &forced, asked));
out:
    fab_force_end(&forced);
    return status;
}

fab_status fab_explain_question(fab_context *context, const struct fab_question *question, const struct fab_explain_asked *asked, struct fab_explained **result)
{
    fab_status status = FAB_OK;
    struct fab_explained *explained = NULL;
    bool of_order = question->subject == FAB_SUBJECT_DEMAND || question->subject == FAB_SUBJECT_CUSTOMER;
    TRY(begin(context, question, &explained));
    TRY((of_order ? explain_order : explain_limits)(context, explained, asked));
    *result = explained;
    explained = NULL;
out:
    fab_explained_free(explained);
    return status;
}

/* ---- coefficients ---- */

fab_status fab_explain_change(fab_context *context, const struct fab_question *question, const fab_plan *other, const struct fab_value_line *line,
                              struct fab_explained **result)
{
    fab_status status = FAB_OK;
    const fab_plan *plan = question->plan;
    struct fab_explained *explained = NULL;
    TRY(begin(context, question, &explained));
    explained->step = *line;
    explained->step.tested = true;
    explained->step.gain_usd = explained->step.candidate.at_most_usd = other->certificate.objective - plan->certificate.objective;
    explained->step.objective_usd = other->certificate.objective;
    explained->step.bound_usd = other->certificate.bound;
    explained->step.holds_to = (double)NAN;
    explained->mean_usd = explained->step.gain_usd / line->candidate.step;
    TRY_MEMORY(context, explained->chain = fab_chain_changed(plan, other, &explained->marginal_usd));
    explained->marginal_usd /= line->candidate.step;
    TRY_MEMORY(context, explained->money = fab_gainers_money(plan, other));
    TRY_MEMORY(context, explained->output = fab_gainers_table(plan, other));
    *result = explained;
    explained = NULL;
out:
    fab_explained_free(explained);
    return status;
}

/* ---- the list ---- */

static void write_line(struct fab_plan_table *w, const struct fab_value_line *line, double cost_usd)
{
    fab_plan_table_row(w);
    fab_plan_table_text(w, line->candidate.what);
    fab_plan_table_copy(w, line->candidate.key);
    fab_plan_table_period(w, line->candidate.period);
    fab_plan_table_real(w, line->candidate.step);
    fab_plan_table_text(w, line->candidate.unit);
    fab_plan_table_real(w, line->gain_usd);
    fab_plan_table_real(w, line->gain_usd / line->candidate.step);
    fab_plan_table_real(w, cost_usd);
    fab_plan_table_real(w, line->gain_usd / cost_usd);
    fab_plan_table_real(w, line->holds_to);
    fab_plan_table_real(w, line->candidate.at_most_usd);
    fab_plan_table_integer(w, line->tested);
    fab_plan_table_copy(w, line->tie ? line->tie : "");
    fab_plan_table_real(w, line->objective_usd);
    fab_plan_table_real(w, line->bound_usd);
}

fab_table *fab_explained_values(const struct fab_explained *explained)
{
    const fab_plan *plan = explained->question.plan;
    int priced = explained->priced ? explained->priced->count : 0, count = priced + (explained->others ? explained->others->count : 0);
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "values",
                                                   "what key period step unit gain_usd usd_per_unit cost_usd gain_per_usd holds_to at_most_usd tested tie objective_usd bound_usd");
    for (int n = 0; !w.failed && n < count; n++) {
        const struct fab_value_line *line = n < priced ? &explained->priced->line[n] : &explained->others->line[n - priced];
        write_line(&w, line, n < priced ? line->price_usd : (double)NAN);
    }
    return fab_plan_table_end(&w);
}
