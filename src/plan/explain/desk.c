/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "try.h"
#include "widen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A price above all others. */
#define DEARER 10

/* How often the base is gone on from, at most. */
enum { MOST_CLEANED = 4 };

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
        if (is_tool(column->tag.family)) {
            column->lower = column->upper = fmax(0, making->x[j]);
            column->settled = making->desk->settled;
        }
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
    struct fab_desk *desk = making->desk;
    bool good = true;
    for (int p = 0; good && p < desk->pair_count; p++) {
        desk->row[p] = fab_lp_add_row(making->lp, "new order", 0, 0);
        desk->missing[p] = fab_lp_add_column(making->lp, "missing", 0, 0, -desk->price_usd);
        good = desk->row[p] >= 0 && desk->missing[p] >= 0 && fab_lp_add(making->lp, desk->row[p], desk->missing[p], 1);
        for (int t = 0; good && t < desk->plan->terms->period_count; t++)
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
    TRY_MEMORY(context, desk->missing = calloc(pairs + 1, sizeof *desk->missing));
    TRY_MEMORY(context, desk->late = calloc(pairs + 1, sizeof *desk->late));
    for (size_t p = 0; p < pairs; p++)
        desk->late[p] = FAB_NONE;
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
    fix_tools(making);
    TRY_MEMORY(making->context, add_orders(making));
    if (kept)
        TRY_MEMORY(making->context, keep_orders(making));
    TRY(fab_lp_seal(making->context, making->lp));
    TRY(fab_solver_open(making->context, making->lp, &desk->solver));
out:
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
    free(desk->missing);
    free(desk->late);
    free(desk->lower);
    free(desk);
}

fab_status fab_desk_ask(fab_context *context, struct fab_desk *desk, int pair, const struct fab_desk_window *window)
{
    fab_status status = FAB_OK;
    int T = desk->plan->terms->period_count;
    for (int t = 0; t < T; t++)
        TRY(fab_solver_set_column_limits(context, desk->solver, desk->column[pair * T + t], 0, t >= window->first && t <= window->last ? window->units : 0));
    TRY(fab_solver_set_column_limits(context, desk->solver, desk->missing[pair], 0, window->missing));
    TRY(fab_solver_set_row_limits(context, desk->solver, desk->row[pair], window->units, window->units));
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

static fab_status solve_once(fab_context *context, struct fab_desk *desk, bool warm, struct fab_desk_answer *answer)
{
    fab_status status = FAB_OK;
    fab_lp_certificate proof;
    const fab_solver_options options = {.warm = warm, .proof = &proof};
    fab_lp_solution *solved = NULL;
    *answer = (struct fab_desk_answer){0};
    TRY(fab_solver_solve(context, desk->solver, &options, &solved));
    if (!desk->widened && is_held(desk, solved)) {
        fab_lp_solution_free(solved);
        solved = NULL;
        TRY(widen(context, desk));
        TRY(fab_solver_solve(context, desk->solver, &options, &solved));
    }
    if (solved->outcome == FAB_OPTIMAL) {
        answer->proof = proof;
        answer->solution = solved;
        solved = NULL;
    }
out:
    fab_lp_solution_free(solved);
    return status;
}

static fab_status settle_tools(fab_context *context, struct fab_desk *desk, bool settled)
{
    fab_status status = FAB_OK;
    const fab_lp *lp = desk->plan->program->lp;
    for (int j = 0; j < lp->column_count; j++)
        if (is_tool(lp->column[j].tag.family))
            TRY(fab_solver_mark_settled(context, desk->solver, j, settled));
out:
    return status;
}

static void forget(struct fab_desk_answer *answer)
{
    fab_lp_solution_free(answer->solution);
    *answer = (struct fab_desk_answer){0};
}

static bool misses_proof(fab_status status, const struct fab_desk_answer *answer)
{
    return status == FAB_INTERNAL || (status == FAB_OK && answer->solution && !answer->proof.verified);
}

/* With tools as columns, whose coefficients hold back what their limits, taken out to the last digit, do not. */
static fab_status solve_with_tools(fab_context *context, struct fab_desk *desk, struct fab_desk_answer *answer)
{
    fab_status status = FAB_OK;
    forget(answer);
    TRY(settle_tools(context, desk, false));
    if (desk->base.solution)
        TRY(fab_desk_begin(context, desk));
    status = solve_once(context, desk, false, answer);
    if (status == FAB_OK)
        status = settle_tools(context, desk, true);
out:
    return status;
}

/* From the last basis; where that misses the proof, as after many steps away from it, from that of the base, and then whatever way there is. */
fab_status fab_desk_solve(fab_context *context, struct fab_desk *desk, struct fab_desk_answer *answer)
{
    fab_status status = solve_once(context, desk, true, answer);
    if (status == FAB_OK && answer->solution && answer->proof.verified)
        return FAB_OK;
    if (status != FAB_OK && status != FAB_INTERNAL)
        return status;
    forget(answer);
    status = desk->base.solution ? fab_desk_begin(context, desk) : FAB_OK;
    if (status == FAB_OK)
        status = solve_once(context, desk, false, answer);
    return desk->settled && misses_proof(status, answer) ? solve_with_tools(context, desk, answer) : status;
}

/* A basis that rounding has left outside of some limits would be mended at the begin of every question (200 pivots of 250 on data/terafab): it is gone on from until it stands. */
static fab_status clean_base(fab_context *context, struct fab_desk *desk)
{
    fab_status status = FAB_OK;
    struct fab_desk_answer again = {0};
    for (int times = 0; times < MOST_CLEANED && desk->base.solution->iterations > 0; times++) {
        status = solve_once(context, desk, true, &again);
        if (status != FAB_OK && status != FAB_INTERNAL)
            goto out;
        if (status != FAB_OK || !again.solution || !again.proof.verified)
            break;
        forget(&desk->base);
        desk->base = again;
        again = (struct fab_desk_answer){0};
    }
    status = FAB_OK;
out:
    forget(&again);
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
    desk->settled = asked->settled;
    desk->price_usd = find_price(desk->plan);
    TRY(take_arrays(context, desk));
    TRY(make_program(&making, kept));
    const fab_lp_solution *start = asked->near ? asked->near->base.solution : desk->plan->solution;
    TRY(fab_solver_give_basis(context, desk->solver, start->row_status, start->column_status));
    TRY(fab_desk_solve(context, desk, &desk->base));
    if (!desk->base.solution || !desk->base.proof.verified)
        TRY(fab_fail_as(context, FAB_REJECTED, "out_of_scale", "the plan with its tools fixed cannot be proven: gap %.3g", desk->base.proof.gap));
    TRY(clean_base(context, desk));
    *result = desk;
    desk = NULL;
out:
    fab_lp_free(making.lp);
    fab_desk_close(desk);
    return status;
}
