/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rank.h"

#include "margin.h"
#include "try.h"
#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- bottlenecks ---- */

/* What all rows add up to; of hours that is what is used, less what ordered tools bring. */
static double *activities(const fab_plan *plan)
{
    const fab_lp *lp = plan->program->lp;
    double *activity = calloc((size_t)lp->row_count + 1, sizeof *activity);
    for (int j = 0; activity && j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            activity[lp->row_index[k]] += lp->value[k] * plan->solution->x[j];
    return activity;
}

static struct fab_bottleneck look_at(const fab_plan *plan, const double *activity, int g)
{
    struct fab_bottleneck found = {.tool_group = g, .period = FAB_NONE};
    double most = 0;
    for (int u = 0; u < plan->terms->horizon_periods; u++) {
        int row = fab_program_at(plan->program, FAB_CAP, g, u);
        double multiplier = row == FAB_NONE ? 0 : plan->solution->multiplier[row];
        double available = plan->terms->hours_per_tool[g * plan->terms->period_count + u] * fab_view_tools(plan, g, u);
        if (!(multiplier > 0) || !fab_view_binds(plan, activity[row] + available - plan->program->lp->row[row].upper, available, multiplier))
            continue;
        found.periods++;
        found.usd += multiplier * available;
        if (multiplier * available > most) {
            most = multiplier * available;
            found.period = u;
        }
    }
    return found;
}

static int compare(const void *left, const void *right)
{
    const struct fab_bottleneck *a = left, *b = right;
    if (a->usd != b->usd)
        return a->usd > b->usd ? -1 : 1;
    return a->tool_group - b->tool_group;
}

/* The hours that are tested. */
struct wanted {
    const fab_plan *plan;
    const struct fab_ranking *ranking;
};

static const struct fab_bottleneck *find_bottleneck(const struct wanted *wanted, const struct fab_candidate *candidate)
{
    for (int n = 0; strcmp(candidate->what, "hour") == 0 && n < wanted->ranking->count; n++) {
        const struct fab_bottleneck *bottleneck = &wanted->ranking->bottleneck[n];
        if (bottleneck->period == candidate->period && strcmp(wanted->plan->model->tool_group[bottleneck->tool_group].tool_group, candidate->key) == 0)
            return bottleneck;
    }
    return NULL;
}

static bool is_wanted(const void *user, const struct fab_moves *moves, const struct fab_candidate *candidate)
{
    (void)moves;
    return find_bottleneck(user, candidate) != NULL;
}

fab_status fab_rank_find(fab_context *context, const fab_plan *plan, int most, struct fab_ranking **result)
{
    fab_status status = FAB_OK;
    struct fab_ranking *ranking = calloc(1, sizeof *ranking);
    const struct wanted wanted = {plan, ranking};
    double *activity = activities(plan);
    TRY_MEMORY(context, ranking && activity);
    TRY_MEMORY(context, ranking->bottleneck = calloc((size_t)plan->model->tool_group_count + 1, sizeof *ranking->bottleneck));
    for (int g = 0; g < plan->model->tool_group_count; g++) {
        ranking->bottleneck[ranking->count] = look_at(plan, activity, g);
        ranking->count += ranking->bottleneck[ranking->count].periods > 0;
    }
    qsort(ranking->bottleneck, (size_t)ranking->count, sizeof *ranking->bottleneck, compare);
    ranking->count = ranking->count > most ? most : ranking->count;
    TRY(fab_values_test(context, plan, &(struct fab_values_asked){.wanted = ranking->count, .thorough = true, .about = is_wanted, .user = &wanted}, NULL, &ranking->values));
    for (int n = 0; n < ranking->count; n++)
        for (int k = 0; k < ranking->values->count; k++)
            if (find_bottleneck(&wanted, &ranking->values->line[k].candidate) == &ranking->bottleneck[n])
                ranking->bottleneck[n].line = &ranking->values->line[k];
    *result = ranking;
    ranking = NULL;
out:
    free(activity);
    fab_ranking_free(ranking);
    return status;
}

void fab_ranking_free(struct fab_ranking *ranking)
{
    if (!ranking)
        return;
    fab_values_free(ranking->values);
    free(ranking->bottleneck);
    free(ranking);
}

fab_table *fab_rank_bottlenecks(const fab_plan *plan, const struct fab_ranking *ranking)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "bottlenecks",
                                                   "tool_group periods period step unit gain_usd usd_per_hour at_most_usd holds_to tie objective_usd bound_usd");
    for (int n = 0; n < ranking->count; n++) {
        const struct fab_bottleneck *bottleneck = &ranking->bottleneck[n];
        const struct fab_value_line *line = bottleneck->line;
        fab_plan_table_row(&w);
        fab_plan_table_text(&w, plan->model->tool_group[bottleneck->tool_group].tool_group);
        fab_plan_table_integer(&w, bottleneck->periods);
        fab_plan_table_period(&w, bottleneck->period);
        fab_plan_table_real(&w, line ? line->candidate.step : (double)NAN);
        fab_plan_table_text(&w, "hours");
        fab_plan_table_real(&w, line ? line->gain_usd : (double)NAN);
        fab_plan_table_real(&w, line ? line->gain_usd / line->candidate.step : (double)NAN);
        fab_plan_table_real(&w, line ? line->candidate.at_most_usd : (double)NAN);
        fab_plan_table_real(&w, line ? line->holds_to : (double)NAN);
        fab_plan_table_copy(&w, line && line->tie ? line->tie : "");
        fab_plan_table_real(&w, line ? line->objective_usd : (double)NAN);
        fab_plan_table_real(&w, line ? line->bound_usd : (double)NAN);
    }
    return fab_plan_table_end(&w);
}

/* ---- chips ---- */

/* An item on a bottleneck. */
struct chip {
    int item;
    double usd_per_hour, shipped, lacking;
};

static int compare_chips(const void *left, const void *right)
{
    const struct chip *a = left, *b = right;
    if (a->usd_per_hour != b->usd_per_hour)
        return a->usd_per_hour > b->usd_per_hour ? -1 : 1;
    return a->item - b->item;
}

static void add_orders(const fab_plan *plan, struct chip *chip)
{
    for (int d = 0; d < plan->terms->horizon_orders; d++) {
        if (plan->model->demand[d].item != chip->item)
            continue;
        chip->lacking += fab_view_value(plan, FAB_SHORT, d, FAB_NONE);
        for (int t = 0; t < plan->terms->period_count; t++)
            chip->shipped += fab_view_value(plan, FAB_Y, d, t);
    }
}

static void write_group(struct fab_plan_table *w, const struct fab_margins *margins, int g, struct chip *chips)
{
    const fab_model *model = w->plan->model;
    int count = 0;
    for (int i = 0; i < model->item_count; i++) {
        chips[count] = (struct chip){.item = i, .usd_per_hour = fab_margin_per_hour(margins, i, g)};
        count += isfinite(chips[count].usd_per_hour);
    }
    qsort(chips, (size_t)count, sizeof *chips, compare_chips);
    for (int n = 0; n < count; n++) {
        add_orders(w->plan, &chips[n]);
        fab_plan_table_row(w);
        fab_plan_table_text(w, model->tool_group[g].tool_group);
        fab_plan_table_integer(w, n + 1);
        fab_plan_table_text(w, model->item[chips[n].item].item);
        fab_plan_table_real(w, chips[n].usd_per_hour);
        fab_plan_table_real(w, fab_margin_price(w->plan, chips[n].item));
        fab_plan_table_real(w, margins->usd[chips[n].item]);
        fab_plan_table_real(w, fab_margin_hours(margins, chips[n].item, g));
        fab_plan_table_real(w, chips[n].shipped);
        fab_plan_table_real(w, chips[n].lacking);
    }
}

fab_table *fab_rank_chips(const fab_plan *plan, const struct fab_ranking *ranking)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "chips", "tool_group rank item usd_per_hour price_usd cost_usd hours shipped short");
    struct fab_margins *margins = fab_margins_new(plan);
    struct chip *chips = calloc((size_t)plan->model->item_count + 1, sizeof *chips);
    w.failed = w.failed || !margins || !chips;
    for (int n = 0; !w.failed && n < ranking->count; n++)
        write_group(&w, margins, ranking->bottleneck[n].tool_group, chips);
    free(chips);
    fab_margins_free(margins);
    return fab_plan_table_end(&w);
}
