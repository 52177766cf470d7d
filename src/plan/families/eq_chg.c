/* rise[s,t], fall[s,t] and CHG[s,t]: R_t - R_{t-1} = rise - fall, R the weekly rate of starts, for sources of own lines and periods of the horizon behind the first; only where the movement of starts is weighed.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <string.h>

static double rate_per_start(const fab_program *program, int t)
{
    return FAB_DAYS_PER_WEEK / program->terms->period[t].days;
}

static double most_rate(const fab_program *program, int s, int t)
{
    int column = fab_program_at(program, FAB_X, s, t);
    return column == FAB_NONE ? 0 : program->lp->column[column].upper * rate_per_start(program, t);
}

static bool moves(const fab_program *program, int s, int t)
{
    return fab_program_at(program, FAB_X, s, t) != FAB_NONE || fab_program_at(program, FAB_X, s, t - 1) != FAB_NONE;
}

/* Rates are not negative: a rise is at most the new one, a fall at most the old one. */
static bool each_change(fab_program *program, bool (*add)(fab_program *program, int s, int t))
{
    const fab_terms *terms = program->terms;
    for (int s = 0; terms->model->movement && s < terms->model->source_count; s++)
        for (int t = 1; t < terms->horizon_periods; t++)
            if (strcmp(terms->model->line[terms->model->source[s].line].kind, "external") != 0 && moves(program, s, t) && !add(program, s, t))
                return false;
    return true;
}

static bool add_columns(fab_program *program, int s, int t)
{
    return fab_program_add_column(program, fab_tag_of(FAB_RISE, s, t), most_rate(program, s, t)) != FAB_NONE &&
           fab_program_add_column(program, fab_tag_of(FAB_FALL, s, t), most_rate(program, s, t - 1)) != FAB_NONE;
}

static bool add_row(fab_program *program, int s, int t)
{
    int row = fab_program_add_row(program, fab_tag_of(FAB_CHG, s, t), 0, 0);
    return row != FAB_NONE && fab_program_put(program, row, fab_program_at(program, FAB_X, s, t), rate_per_start(program, t)) &&
           fab_program_put(program, row, fab_program_at(program, FAB_X, s, t - 1), -rate_per_start(program, t - 1)) &&
           fab_program_put(program, row, fab_program_at(program, FAB_RISE, s, t), -1) && fab_program_put(program, row, fab_program_at(program, FAB_FALL, s, t), 1);
}

bool fab_col_movement(fab_program *program)
{
    return each_change(program, add_columns);
}

bool fab_eq_chg(fab_program *program)
{
    return each_change(program, add_row);
}
