/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "never.h"

#include <math.h>

/* Levels of bills of material that are followed. */
enum { MOST_LEVELS = 24 };

/* What is looked for, and what was found of it. */
struct search {
    const fab_plan *plan;
    const struct fab_ways *ways;
    int item, first, last;
    int no_yield, no_starts; /* sources */
    int component, component_period;
};

static struct fab_part word(const char *family, const char *kind, const char *key, int period)
{
    return (struct fab_part){.family = family, .kind = kind, .key = key, .period = period, .binding = true, .usd = (double)NAN};
}

static bool gives(const struct fab_source_terms *source, int item)
{
    for (int o = 0; o < source->output_count; o++)
        if (source->output[o].item == item && source->output[o].amount > 0)
            return true;
    return false;
}

static bool arrives(const struct search *search, const struct fab_source_period *at)
{
    const struct fab_come *come = &search->plan->terms->come[at->first_come];
    for (int k = 0; k < at->come_count; k++)
        if (come[k].item == search->item && come[k].share > 0 && come[k].period <= search->last)
            return true;
    return false;
}

/* Notes what keeps the starts of a source in a period from giving the item in time. */
static void look_at(struct search *search, int s, int t)
{
    const fab_plan *plan = search->plan;
    const struct fab_source_terms *source = &plan->terms->source[s];
    int column = fab_program_at(plan->program, FAB_X, s, t);
    if (!source->period[t].available || !arrives(search, &source->period[t]))
        return;
    int missing = FAB_NONE;
    for (int c = 0; c < source->component_count; c++)
        if (isinf(fab_ways_cost(search->ways, source->component[c].item, t)))
            missing = source->component[c].item;
    if (!(source->period[t].good_units > 0)) {
        search->no_yield = s;
    } else if (missing != FAB_NONE) {
        search->component = missing;
        search->component_period = t;
    } else if (column != FAB_NONE && plan->program->lp->column[column].upper <= 0) {
        search->no_starts = s;
    }
}

static struct fab_part explain(const fab_plan *plan, const struct fab_ways *ways, int item, int first, int last, int levels)
{
    struct search search = {plan, ways, item, first, last, FAB_NONE, FAB_NONE, FAB_NONE, 0};
    for (int s = 0; s < plan->model->source_count; s++)
        for (int t = 0; gives(&plan->terms->source[s], item) && t <= last; t++)
            look_at(&search, s, t);
    if (search.no_yield != FAB_NONE)
        return word("YIELD", "yield 0 of", plan->model->source[search.no_yield].source, first);
    if (search.no_starts != FAB_NONE)
        return word("SRC", "maximum of", plan->model->source[search.no_starts].source, first);
    if (search.component != FAB_NONE && levels > 0)
        return explain(plan, ways, search.component, search.component_period, search.component_period, levels - 1);
    return word("TIME", "nothing can arrive in time of", plan->model->item[item].item, first);
}

struct fab_part fab_why_never(const fab_plan *plan, const struct fab_ways *ways, int item, int first_period, int last_period)
{
    return explain(plan, ways, item, first_period, last_period, MOST_LEVELS);
}
