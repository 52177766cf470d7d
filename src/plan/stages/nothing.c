/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "nothing.h"

#include "try.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What an item has is stored as far as it may be, from period to period. */
static void keep_stock(const fab_program *program, int item, const double *under_way, double *x)
{
    const fab_terms *terms = program->terms;
    double have = 0;
    for (int t = 0; t < terms->period_count; t++) {
        int stock = fab_program_at(program, FAB_I, item, t);
        have += under_way[fab_program_at(program, FAB_BAL, item, t)] + terms->receipt[item * terms->period_count + t] + (t == 0 ? terms->on_hand[item] : 0);
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

static bool is_begun(const fab_program *program, struct fab_tag tag)
{
    return tag.family == FAB_GO && program->terms->wip[tag.a].begun;
}

/* What arrives of what is under way when the plan begins goes into under_way[row], whatever is done. */
static void add_under_way(const fab_program *program, const double *x, double *under_way)
{
    for (int a = 0; a < program->addend_count; a++) {
        const struct fab_addend *addend = &program->addend[a];
        if (program->lp->row[addend->row].tag.family == FAB_BAL && is_begun(program, program->lp->column[addend->column].tag))
            under_way[addend->row] += addend->value * x[addend->column];
    }
}

/* under_way: room for the rows. */
static void do_nothing(const fab_program *program, double *under_way, double *x)
{
    const fab_lp *lp = program->lp;
    for (int j = 0; j < lp->column_count; j++) {
        int family = lp->column[j].tag.family;
        if (family == FAB_SHORT || family == FAB_LACK || family == FAB_LACKMIN || family == FAB_BEHIND)
            x[j] = lp->column[j].upper;
        else if (family == FAB_WAIT || is_begun(program, lp->column[j].tag))
            x[j] = program->terms->wip[lp->column[j].tag.a].wafers;
        else if (family == FAB_LESS)
            x[j] = program->held[lp->column[j].tag.a].before;
    }
    add_under_way(program, x, under_way);
    for (int i = 0; i < program->terms->model->item_count; i++)
        keep_stock(program, i, under_way, x);
    miss_targets(program, x);
}

fab_status fab_nothing_find(fab_context *context, const fab_program *program, fab_lp_solution **nothing, fab_lp_certificate *certificate)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = program->lp;
    fab_lp_solution *made = fab_lp_solution_new(lp);
    double *under_way = calloc((size_t)lp->row_count + 1, sizeof *under_way);
    *nothing = NULL;
    TRY_MEMORY(context, made && under_way);
    made->outcome = FAB_LIMIT;
    memset(made->row_status, 'b', (size_t)lp->row_count);
    memset(made->column_status, 'l', (size_t)lp->column_count);
    for (int j = 0; j < lp->column_count; j++)
        made->reduced_cost[j] = lp->column[j].objective;
    do_nothing(program, under_way, made->x);
    TRY(fab_lp_check(context, lp, made->x, made->multiplier, certificate));
    if (certificate->row_residual <= FAB_LP_FEASIBILITY && certificate->column_residual <= FAB_LP_FEASIBILITY) {
        *nothing = made;
        made = NULL;
    }
out:
    free(under_way);
    fab_lp_solution_free(made);
    return status;
}
