/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weigh.h"

/* Weight of a unit discarded or stocked against a unit shipped one period later. */
#define TIDY 1e-3

void fab_weigh_money(const fab_program *program, double objective[], double *constant)
{
    for (int j = 0; j < program->lp->column_count; j++)
        objective[j] = program->lp->column[j].objective;
    *constant = program->lp->objective_constant;
}

void fab_weigh_ties(const fab_program *program, double objective[], double *constant)
{
    for (int j = 0; j < program->lp->column_count; j++) {
        struct fab_tag tag = program->lp->column[j].tag;
        if (tag.family == FAB_Y)
            objective[j] = program->terms->period_count - tag.period;
        else if (tag.family == FAB_I || tag.family == FAB_Z)
            objective[j] = -TIDY;
    }
    *constant = 0;
}
