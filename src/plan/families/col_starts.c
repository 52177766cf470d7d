/* x[s,t]: starts; lackmin[r,t]: starts missing from the minimum of a source limit.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounds.h"
#include "families.h"
#include "program.h"

static bool add_start(fab_program *program, int s, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_source_period *at = &terms->source[s].period[t];
    const struct fab_period *period = &terms->period[t];
    int column = fab_program_add_column(program, fab_tag_of(FAB_X, s, t), program->bounds->starts[s * terms->period_count + t]);
    return column != FAB_NONE && fab_program_pay(program, column, FAB_MONEY_COST, -at->usd_per_start * period->discount) &&
           fab_program_pay(program, column, FAB_MONEY_END_VALUE, terms->model->end_value_frac * at->unfinished_usd * terms->end_discount);
}

bool fab_col_starts(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int s = 0; s < terms->model->source_count; s++)
        for (int t = 0; t < terms->period_count; t++)
            if (terms->source[s].period[t].available && !add_start(program, s, t))
                return false;
    return true;
}

/* A promised minimum also holds while the source is not available: then all of it is missing. One that is free to break stays so where promises are hard. */
static bool add_lack(fab_program *program, int r, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_source_limit *limit = &terms->model->source_limit[r];
    const struct fab_period *period = &terms->period[t];
    double promised = limit->min_starts_per_week * period->days / FAB_DAYS_PER_WEEK;
    if (promised <= 0 || terms->source[limit->source].period[t].owed <= 0 || !fab_terms_starts_inside(terms, t, limit->from_date, limit->to_date))
        return true;
    double usd = fab_terms_shortfall_usd(terms, r, t);
    int column = fab_program_add_column(program, fab_tag_of(FAB_LACKMIN, r, t), terms->model->hard && usd > 0 ? 0 : promised);
    return column != FAB_NONE && fab_program_pay(program, column, FAB_MONEY_SHORTFALL, -usd * period->discount);
}

bool fab_col_lackmin(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int r = 0; r < terms->model->source_limit_count; r++)
        for (int t = 0; t < terms->period_count; t++)
            if (!add_lack(program, r, t))
                return false;
    return true;
}
