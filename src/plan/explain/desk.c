/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "try.h"
#include "widen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A price above all others. */
#define DEARER 10

/* What is promised is kept to the precision of a proof: kept exactly, the last digits of its rows contradict each other. */
#define KEPT (1 - FAB_LP_FEASIBILITY)

/* A desk while its program is made. */
struct making {
    fab_context *context;
    struct fab_desk *desk;
    const double *x;
    fab_lp *lp;
};

static bool is_tool(int family)
{
    return family == FAB_N || family == FAB_R;
}

/* Tool orders and removals are those of the plan. */
static void fix_tools(struct making *making)
{
    for (int j = 0; j < making->desk->plan->program->lp->column_count; j++) {
        struct fab_lp_column *column = &making->lp->column[j];
        if (is_tool(column->tag.family))
            column->lower = column->upper = fmax(0, making->x[j]);
        making->desk->lower[j] = column->lower;
    }
}

/* ---- new orders ---- */

/* A unit for the customer takes one of the item, and of every limit on what it is sent. */
static bool add_shipment(struct making *making, int pair, int t)
{
    struct fab_desk *desk = making->desk;
    const fab_plan *plan = desk->plan;
    const struct fab_desk_pair *asked = &desk->pair[pair];
    int column = fab_lp_add_column(making->lp, "new order", 0, 0, 0);
    bool good = column >= 0 && fab_lp_add(making->lp, fab_program_at(plan->program, FAB_BAL, asked->item, t), column, -1) && fab_lp_add(making->lp, desk->row[pair], column, 1);
    for (int r = 0; good && r < plan->model->shipment_limit_count; r++) {
        const struct fab_shipment_limit *limit = &plan->model->shipment_limit[r];
        int row = limit->customer == asked->customer && limit->item == asked->item ? fab_program_at(plan->program, FAB_SHP, r, t) : FAB_NONE;
        good = row == FAB_NONE || fab_lp_add(making->lp, row, column, 1);
    }
    desk->column[pair * plan->terms->period_count + t] = column;
    return good;
}

static bool add_orders(struct making *making)
{
    bool good = true;
    for (int p = 0; good && p < making->desk->pair_count; p++) {
        making->desk->row[p] = fab_lp_add_row(making->lp, "new order", 0, 0);
        good = making->desk->row[p] >= 0;
        for (int t = 0; good && t < making->desk->plan->terms->period_count; t++)
            good = add_shipment(making, p, t);
    }
    return good;
}

/* ---- what is kept ---- */

/* Every order's shipments, added up, are at least the plan's: a row for each period in which the plan ships, the bound of the shipment for the first one that can. */
static bool keep_order(struct making *making, int d)
{
    const fab_plan *plan = making->desk->plan;
    double sum = 0;
    int first = FAB_NONE;
    for (int t = 0; t < plan->terms->period_count; t++) {
        int column = fab_program_at(plan->program, FAB_Y, d, t), row;
        if (column == FAB_NONE)
            continue;
        first = first == FAB_NONE ? t : first;
        sum += fmax(0, making->x[column]);
        if (!(making->x[column] > 0))
            continue;
        if (first == t) {
            making->lp->column[column].lower = making->desk->lower[column] = KEPT * sum;
            continue;
        }
        row = fab_lp_add_row(making->lp, "promised", KEPT * sum, (double)INFINITY);
        for (int u = 0; row >= 0 && u <= t; u++) {
            int part = fab_program_at(plan->program, FAB_Y, d, u);
            if (part != FAB_NONE && !fab_lp_add(making->lp, row, part, 1))
                return false;
        }
        if (row < 0)
            return false;
    }
    return true;
}

static bool keep_orders(struct making *making)
{
    bool good = true;
    for (int d = 0; good && d < making->desk->plan->model->demand_count; d++)
        good = keep_order(making, d);
    return good;
}

/* ---- the desk ---- */

static double find_price(const fab_plan *plan)
{
    double most = 1;
    for (int d = 0; d < plan->model->demand_count; d++) {
        const struct fab_demand *demand = &plan->model->demand[d];
        most = fmax(most, demand->price_usd + fmax(0, demand->shortage_usd) + plan->model->commitment_factor * demand->price_usd);
    }
    return DEARER * most;
}

static fab_status take_arrays(fab_context *context, struct fab_desk *desk)
{
    fab_status status = FAB_OK;
    size_t columns = (size_t)desk->plan->program->lp->column_count, T = (size_t)desk->plan->terms->period_count, pairs = (size_t)desk->pair_count;
    TRY_MEMORY(context, desk->column = calloc(pairs * T + 1, sizeof *desk->column));
    TRY_MEMORY(context, desk->row = calloc(pairs + 1, sizeof *desk->row));
    TRY_MEMORY(context, desk->money = calloc(columns + pairs * T + 1, sizeof *desk->money));
    TRY_MEMORY(context, desk->lower = calloc(columns + 1, sizeof *desk->lower));
out:
    return status;
}

static fab_status make_program(struct making *making, bool kept)
{
    fab_status status = FAB_OK;
    struct fab_desk *desk = making->desk;
    const fab_lp *lp = desk->plan->program->lp;
    TRY(fab_lp_copy(making->context, lp, &making->lp));
    for (int j = 0; j < lp->column_count; j++)
        desk->money[j] = lp->column[j].objective;
    fix_tools(making);
    TRY_MEMORY(making->context, add_orders(making));
    if (kept)
        TRY_MEMORY(making->context, keep_orders(making));
    TRY(fab_lp_seal(making->context, making->lp));
    TRY(fab_solver_open(making->context, making->lp, &desk->solver));
out:
    return status;
}

fab_status fab_desk_open(fab_context *context, const struct fab_desk_asked *asked, bool kept, struct fab_desk **result)
{
    fab_status status = FAB_OK;
    struct fab_desk *desk = calloc(1, sizeof *desk);
    struct making making = {context, desk, asked->x, NULL};
    TRY_MEMORY(context, desk);
    desk->plan = asked->plan;
    desk->pair = asked->pair;
    desk->pair_count = asked->pair_count;
    desk->price_usd = find_price(desk->plan);
    TRY(take_arrays(context, desk));
    TRY(make_program(&making, kept));
    TRY(fab_solver_give_basis(context, desk->solver, desk->plan->solution->row_status, desk->plan->solution->column_status));
    TRY(fab_desk_solve(context, desk, FAB_NONE, NULL, &desk->base));
    if (!desk->base.solution || !desk->base.proof.verified)
        TRY(fab_fail_as(context, FAB_REJECTED, "out_of_scale", "the plan with its tools fixed cannot be proven: gap %.3g", desk->base.proof.gap));
    *result = desk;
    desk = NULL;
out:
    fab_lp_free(making.lp);
    fab_desk_close(desk);
    return status;
}

void fab_desk_close(struct fab_desk *desk)
{
    if (!desk)
        return;
    fab_solver_close(desk->solver);
    fab_lp_solution_free(desk->base.solution);
    free(desk->column);
    free(desk->row);
    free(desk->money);
    free(desk->lower);
    free(desk);
}

fab_status fab_desk_ask(fab_context *context, struct fab_desk *desk, int pair, const struct fab_desk_window *window)
{
    fab_status status = FAB_OK;
    int T = desk->plan->terms->period_count;
    for (int t = 0; t < T; t++)
        TRY(fab_solver_set_column_limits(context, desk->solver, desk->column[pair * T + t], 0, t >= window->first && t <= window->last ? window->most : 0));
    TRY(fab_solver_set_row_limits(context, desk->solver, desk->row[pair], window->least, window->most));
out:
    return status;
}

fab_status fab_desk_begin(fab_context *context, struct fab_desk *desk)
{
    return fab_solver_give_basis(context, desk->solver, desk->base.solution->row_status, desk->base.solution->column_status);
}

/* Bounds that are no limits of the data, which know nothing of new orders; tools and promises stay. */
static fab_status widen(fab_context *context, struct fab_desk *desk)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = desk->plan->program->lp;
    desk->widened = true;
    TRY(fab_widen(context, desk->plan->program, desk->solver));
    for (int j = 0; j < lp->column_count; j++) {
        bool tool = is_tool(lp->column[j].tag.family);
        if (tool || desk->lower[j] > lp->column[j].lower)
            TRY(fab_solver_set_column_limits(context, desk->solver, j, desk->lower[j], tool ? desk->lower[j] : fab_solver_program(desk->solver)->column[j].upper));
    }
out:
    return status;
}

/* The answer would be another one with wider bounds. */
static bool is_held(const struct fab_desk *desk, const fab_lp_solution *found)
{
    if (found->outcome == FAB_INFEASIBLE)
        return true;
    return found->outcome == FAB_OPTIMAL && fab_widen_decides(desk->plan->program, desk->solver, found);
}

static fab_status set_objective(fab_context *context, struct fab_desk *desk, int pair, const double weight[])
{
    int T = desk->plan->terms->period_count;
    double *of_pair = pair == FAB_NONE ? NULL : &desk->money[desk->column[pair * T]]; /* they stand in a row */
    for (int t = 0; of_pair && t < T; t++)
        of_pair[t] = weight[t];
    fab_status status = fab_solver_set_objective(context, desk->solver, desk->money, desk->plan->program->lp->objective_constant);
    for (int t = 0; of_pair && t < T; t++)
        of_pair[t] = 0;
    return status;
}

fab_status fab_desk_solve(fab_context *context, struct fab_desk *desk, int pair, const double weight[], struct fab_desk_answer *answer)
{
    fab_status status = FAB_OK;
    fab_lp_solution *solved = NULL;
    *answer = (struct fab_desk_answer){0};
    TRY(set_objective(context, desk, pair, weight));
    TRY(fab_solver_solve(context, desk->solver, NULL, &solved));
    if (!desk->widened && is_held(desk, solved)) {
        fab_lp_solution_free(solved);
        solved = NULL;
        TRY(widen(context, desk));
        TRY(fab_solver_solve(context, desk->solver, NULL, &solved));
    }
    if (solved->outcome == FAB_OPTIMAL) {
        TRY(fab_lp_check(context, fab_solver_program(desk->solver), solved->x, solved->multiplier, &answer->proof));
        answer->solution = solved;
        solved = NULL;
    }
out:
    fab_lp_solution_free(solved);
    return status;
}
