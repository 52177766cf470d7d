/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serves.h"

#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the step, what is the rounding of a solve. */
#define ROUNDING 1e-9

/* A limit that serves. */
struct served {
    const struct fab_value_line *line;
    double steps, cost_usd, gain_usd, objective_usd, bound_usd;
};

double fab_serves_cost(const fab_plan *plan, const struct fab_candidate *candidate)
{
    const fab_model *model = plan->model;
    if (strcmp(candidate->what, "usd") == 0)
        return candidate->step;
    for (int g = 0; strcmp(candidate->what, "tool") == 0 && g < model->tool_group_count; g++)
        if (strcmp(model->tool_group[g].tool_group, candidate->key) == 0 && model->tool_group[g].price_usd > 0)
            return model->tool_group[g].price_usd * candidate->step;
    return (double)NAN;
}

static double shipped_at(const fab_plan *plan, const double *x, int d)
{
    double sum = 0;
    for (int t = 0; t < plan->terms->period_count; t++) {
        int column = fab_program_at(plan->program, FAB_Y, d, t);
        sum += column == FAB_NONE ? 0 : x[column];
    }
    return sum;
}

/* The fewest steps of the line's limits with which the order ships `least`; steps 0: none. */
static fab_status find_steps(struct fab_trial *trial, int d, double least, struct served *served)
{
    fab_status status = FAB_OK;
    bool has_price = fab_serves_cost(trial->plan, &served->line->candidate) > 0;
    double priced = has_price ? served->line->price_usd : (double)NAN;
    struct fab_tried tried = {0};
    bool serves = false;
    for (double steps = 1; !serves && steps <= FAB_MOST_STEPS; steps *= 2) {
        TRY(fab_trial_solve(trial, served->line->moved, served->line->moved_count, steps, &tried));
        serves = tried.solution && shipped_at(trial->plan, tried.solution->x, d) >= least;
        fab_lp_solution_free(tried.solution);
        served->steps = serves ? steps : 0;
        served->gain_usd = tried.gain_usd;
        served->objective_usd = tried.certificate.objective;
        served->bound_usd = tried.certificate.bound;
    }
    served->cost_usd = served->steps * priced;
out:
    return status;
}

static int compare(const void *left, const void *right)
{
    const struct served *a = left, *b = right;
    if (isnan(a->cost_usd) != isnan(b->cost_usd))
        return isnan(a->cost_usd) ? 1 : -1;
    double x = isnan(a->cost_usd) ? a->steps : a->cost_usd, y = isnan(a->cost_usd) ? b->steps : b->cost_usd;
    if (x != y)
        return x < y ? -1 : 1;
    return strcmp(a->line->candidate.key, b->line->candidate.key);
}

static fab_table *make_table(const fab_plan *plan, const struct served served[], int count)
{
    struct fab_plan_table w = fab_plan_table_begin(plan, FAB_NONE, "serves", "what key period steps amount unit cost_usd gain_usd objective_usd bound_usd");
    for (int n = 0; n < count; n++) {
        const struct fab_candidate *candidate = &served[n].line->candidate;
        fab_plan_table_row(&w);
        fab_plan_table_text(&w, candidate->what);
        fab_plan_table_copy(&w, candidate->key);
        fab_plan_table_period(&w, candidate->period);
        fab_plan_table_real(&w, served[n].steps);
        fab_plan_table_real(&w, served[n].steps * candidate->step);
        fab_plan_table_text(&w, candidate->unit);
        fab_plan_table_real(&w, served[n].cost_usd);
        fab_plan_table_real(&w, served[n].gain_usd);
        fab_plan_table_real(&w, served[n].objective_usd);
        fab_plan_table_real(&w, served[n].bound_usd);
    }
    return fab_plan_table_end(&w);
}

static fab_status find_lines(fab_context *context, const struct fab_serves_asked *asked, const struct fab_values *values, struct served *served, int *count)
{
    fab_status status = FAB_OK;
    struct fab_trial trial = {context, asked->plan, asked->options, values->moves, 0};
    double least = asked->forced->shipped + asked->forced->step * (1 - ROUNDING);
    for (int n = 0; n < values->count; n++) {
        served[*count] = (struct served){.line = &values->line[n]};
        if (values->line[n].tested)
            TRY(find_steps(&trial, asked->demand, least, &served[*count]));
        *count += served[*count].steps > 0;
    }
out:
    return status;
}

fab_status fab_serves_find(fab_context *context, const struct fab_serves_asked *asked, fab_table **serves)
{
    fab_status status = FAB_OK;
    struct served *served = NULL;
    int count = 0;
    bool needed = !(asked->forced->ordered > 0 && asked->forced->gain_usd >= 0);
    TRY_MEMORY(context, served = calloc((size_t)asked->values[0]->count + (size_t)asked->values[1]->count + 1, sizeof *served));
    TRY(fab_force_release(context, asked->forced, asked->demand, true));
    for (int v = 0; needed && v < 2; v++)
        TRY(find_lines(context, asked, asked->values[v], served, &count));
    qsort(served, (size_t)count, sizeof *served, compare);
    TRY_MEMORY(context, *serves = make_table(asked->plan, served, count));
    TRY(fab_force_release(context, asked->forced, asked->demand, false));
out:
    free(served);
    return status;
}
