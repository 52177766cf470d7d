/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nothing.h"

#include "try.h"

#include <math.h>
#include <string.h>

/* What an item has is stored as far as it may be, from period to period. */
static void keep_stock(const fab_program *program, int item, double *x)
{
    const fab_terms *terms = program->terms;
    double have = 0;
    for (int t = 0; t < terms->period_count; t++) {
        int stock = fab_program_at(program, FAB_I, item, t);
        have += terms->receipt[item * terms->period_count + t] + (t == 0 ? terms->on_hand[item] : 0);
        x[stock] = fmin(have, program->lp->column[stock].upper);
        x[fab_program_at(program, FAB_Z, item, t)] = have - x[stock];
        have = x[stock];
    }
}

/* What stock that is kept leaves missing of its targets: nothing is used. */
static void miss_targets(const fab_program *program, double *x)
{
    for (int j = 0; j < program->lp->column_count; j++) {
        struct fab_tag tag = program->lp->column[j].tag;
        if (tag.family != FAB_BELOW)
            continue;
        int item = program->terms->model->stock_target[tag.a].item;
        x[j] = fmax(0, program->lp->row[fab_program_at(program, FAB_TGT, tag.a, tag.period)].lower - x[fab_program_at(program, FAB_I, item, tag.period)]);
    }
}

static void do_nothing(const fab_program *program, double *x)
{
    const fab_lp *lp = program->lp;
    for (int j = 0; j < lp->column_count; j++) {
        int family = lp->column[j].tag.family;
        if (family == FAB_SHORT || family == FAB_LACK || family == FAB_LACKMIN || family == FAB_BEHIND)
            x[j] = lp->column[j].upper;
        else if (family == FAB_WAIT)
            x[j] = program->terms->wip[lp->column[j].tag.a].wafers;
        else if (family == FAB_LESS)
            x[j] = program->held[lp->column[j].tag.a].before;
    }
    for (int i = 0; i < program->terms->model->item_count; i++)
        keep_stock(program, i, x);
    miss_targets(program, x);
}

fab_status fab_nothing_find(fab_context *context, const fab_program *program, fab_lp_solution **nothing, fab_lp_certificate *certificate)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = program->lp;
    fab_lp_solution *made = fab_lp_solution_new(lp);
    *nothing = NULL;
    TRY_MEMORY(context, made);
    made->outcome = FAB_LIMIT;
    memset(made->row_status, 'b', (size_t)lp->row_count);
    memset(made->column_status, 'l', (size_t)lp->column_count);
    for (int j = 0; j < lp->column_count; j++)
        made->reduced_cost[j] = lp->column[j].objective;
    do_nothing(program, made->x);
    TRY(fab_lp_check(context, lp, made->x, made->multiplier, certificate));
    if (certificate->row_residual <= FAB_LP_FEASIBILITY && certificate->column_residual <= FAB_LP_FEASIBILITY) {
        *nothing = made;
        made = NULL;
    }
out:
    fab_lp_solution_free(made);
    return status;
}
