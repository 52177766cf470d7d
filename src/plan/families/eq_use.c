/* USE[s,t]: x <= bound x use; LOT[s,t]: x >= min_lot x use; use[s,t] is 1 in a period with starts, at the fixed charge. Of plans with whole decisions alone.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>
#include <string.h>

/* Of a period that a start of the plan inside it has cut; else 1. */
static double share_of_period(const fab_terms *terms, int t)
{
    const fab_model *model = terms->model;
    for (int k = 0; model->data_calendar && k < model->data_calendar_count; k++)
        if (strcmp(model->data_calendar[k].period, terms->period[t].name) == 0)
            return terms->period[t].days / (model->data_calendar[k].end_date - model->data_calendar[k].start_date);
    return 1;
}

bool fab_col_use(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int s = 0; terms->model->whole && s < terms->model->source_count; s++) {
        const struct fab_source *source = &terms->model->source[s];
        for (int t = 0; (source->fixed_usd > 0 || source->min_lot > 0) && t < terms->period_count; t++) {
            if (fab_program_at(program, FAB_X, s, t) == FAB_NONE)
                continue;
            int column = fab_program_add_column(program, fab_tag_of(FAB_USE, s, t), 1);
            double owed = source->route == FAB_NONE ? terms->source[s].period[t].owed : 1;
            if (column == FAB_NONE || !fab_program_pay(program, column, FAB_MONEY_FIXED, -source->fixed_usd * share_of_period(terms, t) * owed * terms->period[t].discount))
                return false;
        }
    }
    return true;
}

static bool add_rows(fab_program *program, int s, int t, int use)
{
    int starts = fab_program_at(program, FAB_X, s, t);
    double lot = program->terms->model->source[s].min_lot * share_of_period(program->terms, t);
    int row = fab_program_add_row(program, fab_tag_of(FAB_USE_MOST, s, t), -(double)INFINITY, 0);
    if (row == FAB_NONE || !fab_program_put(program, row, starts, 1) || !fab_program_put(program, row, use, -program->lp->column[starts].upper))
        return false;
    if (!(lot > 0))
        return true;
    row = fab_program_add_row(program, fab_tag_of(FAB_LOT, s, t), 0, (double)INFINITY);
    return row != FAB_NONE && fab_program_put(program, row, starts, 1) && fab_program_put(program, row, use, -lot);
}

bool fab_eq_use(fab_program *program)
{
    for (int s = 0; s < program->terms->model->source_count; s++)
        for (int t = 0; t < program->terms->period_count; t++) {
            int use = fab_program_at(program, FAB_USE, s, t);
            if (use != FAB_NONE && !add_rows(program, s, t, use))
                return false;
        }
    return true;
}
