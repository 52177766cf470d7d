/* Key figures that a plan gives by itself: how concentrated foreign spending is, and how soon compute pays its energy back.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "tables.h"

#include "view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The layers by which spending is told; FAB_LAYER_NONE: all of it. */
static const struct {
    fab_layer_kind kind;
    const char *key;
} told[] = {{FAB_LAYER_NONE, ""}, {FAB_LAYER_LOGIC, "LO"}, {FAB_LAYER_MEMORY, "ME"}, {FAB_LAYER_PACKAGING, "PK"}};

/* Sources that stop together have the number of the first of them. */
struct groups {
    const fab_plan *plan;
    int *first;  /* [source] */
    double *usd; /* [source] of a group, at its first source */
};

/* Who stops together: a region, or where none is given a supplier, or a line. */
static const char *group_of(const fab_model *model, int source)
{
    const struct fab_source *at = &model->source[source];
    if (at->region && *at->region)
        return at->region;
    return at->supplier && *at->supplier ? at->supplier : model->line[at->line].line;
}

static void find_groups(struct groups *groups)
{
    const fab_model *model = groups->plan->model;
    for (int s = 0; s < model->source_count; s++) {
        int first = 0;
        while (first < s && (groups->first[first] != first || strcmp(group_of(model, first), group_of(model, s)) != 0))
            first++;
        groups->first[s] = first;
    }
}

/* What an external source costs in a period, undiscounted. */
static double spent(const fab_plan *plan, int source, fab_layer_kind layer, int t)
{
    const fab_model *model = plan->model;
    const struct fab_source *at = &model->source[source];
    if (strcmp(model->line[at->line].kind, "external") != 0 || (layer != FAB_LAYER_NONE && plan->terms->layer[at->item] != layer))
        return 0;
    return fab_view_value(plan, FAB_X, source, t) * plan->terms->source[source].period[t].usd_per_start;
}

/* Herfindahl-Hirschman index: the sum of the squares of the groups' percentages, 10000 for one alone; NAN where nothing is spent. */
static double concentration(const struct groups *groups, fab_layer_kind layer, int t)
{
    int count = groups->plan->model->source_count;
    double all = 0, squares = 0;
    memset(groups->usd, 0, ((size_t)count + 1) * sizeof *groups->usd);
    for (int s = 0; s < count; s++) {
        double usd = spent(groups->plan, s, layer, t);
        groups->usd[groups->first[s]] += usd;
        all += usd;
    }
    for (int s = 0; s < count; s++)
        squares += groups->usd[s] * groups->usd[s];
    return all > 0 ? 10000 * squares / (all * all) : (double)NAN;
}

/* ---- compute ---- */

/* Compute power of what is shipped in a period, kW. */
static double compute_kw(const fab_plan *plan, int t)
{
    const fab_model *model = plan->model;
    double watts = 0;
    for (int d = 0; d < model->demand_count; d++)
        watts += fab_view_value(plan, FAB_Y, d, t) * model->item[model->demand[d].item].compute_watts;
    return watts / 1000;
}

/* ---- the table ---- */

static void write_row(struct fab_plan_table *w, const char *figure, const char *key, int t, double value)
{
    fab_plan_table_row(w);
    fab_plan_table_text(w, figure);
    fab_plan_table_text(w, key);
    fab_plan_table_period(w, t);
    fab_plan_table_real(w, value);
}

fab_table *fab_table_figures(const fab_plan *plan, int64_t number)
{
    size_t sources = (size_t)plan->model->source_count + 1;
    struct fab_plan_table w = fab_plan_table_begin(plan, number, "plan_figure", "figure key period value");
    struct groups groups = {plan, calloc(sources, sizeof *groups.first), calloc(sources, sizeof *groups.usd)};
    bool wanted = plan->model->layer_count > 0;
    w.failed = w.failed || !groups.first || !groups.usd;
    if (wanted && !w.failed)
        find_groups(&groups);
    for (int t = 0; wanted && !w.failed && t < plan->terms->horizon_periods; t++) {
        for (size_t l = 0; l < sizeof told / sizeof *told; l++)
            write_row(&w, "concentration", told[l].key, t, concentration(&groups, told[l].kind, t));
        write_row(&w, "compute_kw", "", t, compute_kw(plan, t));
    }
    free(groups.first);
    free(groups.usd);
    return fab_plan_table_end(&w);
}
