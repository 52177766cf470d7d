/* Whole decisions besides those of eq_use.c, of plans with whole decisions alone. MUL[s,t]: x = starts_multiple x a whole number; WHO[d]: short = quantity x (1 - taken), taken 0 or 1; BOX[d,t]: y = ship_multiple x a
 * whole number.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

/* A whole number of multiples that may reach what a column may be. */
static bool add_number(fab_program *program, int family, int a, int t, int of, double multiple)
{
    if (of == FAB_NONE || !(multiple > 0)) /* NAN is none */
        return true;
    return fab_program_add_column(program, fab_tag_of(family, a, t), ceil(program->lp->column[of].upper / multiple)) != FAB_NONE;
}

bool fab_col_whole(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    for (int s = 0; model->whole && s < model->source_count; s++)
        for (int t = 0; t < terms->period_count; t++)
            if (!add_number(program, FAB_TIMES, s, t, fab_program_at(program, FAB_X, s, t), model->source[s].starts_multiple))
                return false;
    for (int d = 0; model->whole && d < model->demand_count; d++) {
        if (model->demand[d].whole && fab_program_add_column(program, fab_tag_of(FAB_TAKEN, d, FAB_NONE), 1) == FAB_NONE)
            return false;
        for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
            if (!add_number(program, FAB_BOXES, d, t, fab_program_at(program, FAB_Y, d, t), model->demand[d].ship_multiple))
                return false;
    }
    return true;
}

/* of = multiple x number, where there is such a number. */
static bool add_multiple(fab_program *program, struct fab_tag tag, int number, int of, double multiple)
{
    if (number == FAB_NONE)
        return true;
    int row = fab_program_add_row(program, tag, 0, 0);
    return row != FAB_NONE && fab_program_put(program, row, of, 1) && fab_program_put(program, row, number, -multiple);
}

static bool add_whole(fab_program *program, int d)
{
    double quantity = program->terms->model->demand[d].quantity;
    int taken = fab_program_at(program, FAB_TAKEN, d, FAB_NONE);
    if (taken == FAB_NONE)
        return true;
    int row = fab_program_add_row(program, fab_tag_of(FAB_WHO, d, FAB_NONE), quantity, quantity);
    return row != FAB_NONE && fab_program_put(program, row, fab_program_at(program, FAB_SHORT, d, FAB_NONE), 1) && fab_program_put(program, row, taken, quantity);
}

bool fab_eq_whole(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int s = 0; s < terms->model->source_count; s++)
        for (int t = 0; t < terms->period_count; t++)
            if (!add_multiple(program, fab_tag_of(FAB_MUL, s, t), fab_program_at(program, FAB_TIMES, s, t), fab_program_at(program, FAB_X, s, t), terms->model->source[s].starts_multiple))
                return false;
    for (int d = 0; d < terms->model->demand_count; d++) {
        if (!add_whole(program, d))
            return false;
        for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
            if (!add_multiple(program, fab_tag_of(FAB_BOX, d, t), fab_program_at(program, FAB_BOXES, d, t), fab_program_at(program, FAB_Y, d, t), terms->model->demand[d].ship_multiple))
                return false;
    }
    return true;
}
