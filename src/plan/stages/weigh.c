/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weigh.h"

#include "lateness.h"

#include <math.h>

/* Weight of a unit discarded, stocked or substituted, of an hour offloaded, of a tool ordered or removed, against a unit shipped one period later. */
#define TIDY 1e-3
/* Weight of the units of a wafer in process that goes on one period later, against one of them stocked for a period. */
#define PROMPT 2

void fab_weigh_money(const fab_program *program, double objective[], double *constant)
{
    for (int j = 0; j < program->lp->column_count; j++)
        objective[j] = program->lp->column[j].objective;
    *constant = program->lp->objective_constant;
}

void fab_weigh_capital(const fab_program *program, double objective[])
{
    for (int j = 0; j < program->lp->column_count; j++)
        if (program->lp->column[j].tag.family == FAB_N)
            objective[j] = -program->terms->model->tool_group[program->lp->column[j].tag.a].price_usd;
}

void fab_weigh_lateness(const fab_program *program, double objective[])
{
    const fab_terms *terms = program->terms;
    for (int j = 0; j < program->lp->column_count; j++) {
        struct fab_tag tag = program->lp->column[j].tag;
        if (tag.family == FAB_Y)
            objective[j] = -fab_late_days(terms, tag.a, tag.period) / FAB_DAYS_PER_WEEK * terms->model->demand[tag.a].price_usd;
    }
}

void fab_weigh_movement(const fab_program *program, double objective[])
{
    for (int j = 0; j < program->lp->column_count; j++)
        if (program->lp->column[j].tag.family == FAB_RISE || program->lp->column[j].tag.family == FAB_FALL)
            objective[j] = -1;
}

/* The sooner work in process goes on the better, as far as money and shipments do not mind. */
static double weigh_wafer(const fab_program *program, struct fab_tag tag)
{
    int sooner = tag.family == FAB_GO ? program->terms->period_count + 1 : program->terms->period_count - tag.period;
    return TIDY * PROMPT * fmax(1, program->terms->wip[tag.a].good_units) * sooner;
}

/* What moves without being shipped: where it is free it could run in a circle. */
static bool is_movement(int family)
{
    return family == FAB_I || family == FAB_Z || family == FAB_M || family == FAB_MOVED || family == FAB_N || family == FAB_R;
}

void fab_weigh_ties(const fab_program *program, double objective[], double *constant)
{
    for (int j = 0; j < program->lp->column_count; j++) {
        struct fab_tag tag = program->lp->column[j].tag;
        if (tag.family == FAB_Y)
            objective[j] = program->terms->period_count - tag.period;
        else if (is_movement(tag.family))
            objective[j] = -TIDY;
        else if (tag.family == FAB_GO || tag.family == FAB_GO_IN)
            objective[j] = weigh_wafer(program, tag);
    }
    *constant = 0;
}
