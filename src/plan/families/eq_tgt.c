/* TGT[r,t]: I[i,t] + below[r,t] >= quantity + what orders and starts take of the item in the cover_days behind the period: the part of every later period that lies in them, of its orders and of the use of
 * the balance (substitutes are none). Of a target in force at the period's start.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounds.h"
#include "families.h"
#include "program.h"
#include "share.h"

#include <math.h>

/* Part of period u that the cover behind period t reaches. */
static double covered(const fab_terms *terms, const struct fab_stock_target *row, int t, int u)
{
    const struct fab_period *period = &terms->period[u];
    double end = terms->period[t].end;
    return u > t ? fab_overlap(end, end + row->cover_days, period->begin, period->end) / period->days : 0;
}

static bool holds(const fab_terms *terms, int r, int t)
{
    const struct fab_stock_target *row = &terms->model->stock_target[r];
    return fab_terms_starts_inside(terms, t, row->from_date, row->to_date);
}

/* The right side: what does not depend on decisions. Orders count in their due periods. */
static double wanted(const fab_terms *terms, int r, int t)
{
    const struct fab_stock_target *row = &terms->model->stock_target[r];
    double units = row->quantity;
    for (int d = 0; d < terms->model->demand_count; d++)
        if (terms->model->demand[d].item == row->item)
            units += covered(terms, row, t, terms->due_period[d]) * terms->model->demand[d].quantity;
    return units;
}

/* ---- missing ---- */

/* [stock_target row x T]: the most that can be missing. */
static bool add_most(fab_program *program, void *user, int column, const struct fab_take *take)
{
    const fab_terms *terms = program->terms;
    double *most = user;
    for (int r = 0; r < terms->model->stock_target_count; r++)
        for (int t = 0; terms->model->stock_target[r].item == take->item && t < take->period; t++)
            most[r * terms->period_count + t] += covered(terms, &terms->model->stock_target[r], t, take->period) * take->units * program->lp->column[column].upper;
    return true;
}

static bool add_below(fab_program *program, int r, int t, double most)
{
    const fab_terms *terms = program->terms;
    const struct fab_period *period = &terms->period[t];
    int column = fab_program_add_column(program, fab_tag_of(FAB_BELOW, r, t), fab_bounds_loosen(wanted(terms, r, t) + most));
    double usd = terms->model->stock_target[r].shortfall_usd_per_unit_week * period->days / FAB_DAYS_PER_WEEK;
    return column != FAB_NONE && fab_program_pay(program, column, FAB_MONEY_TARGET, -usd * period->discount);
}

bool fab_col_below(fab_program *program)
{
    const fab_terms *terms = program->terms;
    int rows = terms->model->stock_target_count, T = terms->period_count;
    double *most = fab_arena_take(program->lp->arena, (size_t)rows * (size_t)T, sizeof *most);
    if (!most || (rows > 0 && !fab_program_each_use(program, add_most, most)))
        return false;
    for (int r = 0; r < rows; r++)
        for (int t = 0; t < T; t++)
            if (holds(terms, r, t) && !add_below(program, r, t, most[r * T + t]))
                return false;
    return true;
}

/* ---- rows ---- */

static bool put_use(fab_program *program, void *user, int column, const struct fab_take *take)
{
    const fab_terms *terms = program->terms;
    (void)user;
    for (int r = 0; r < terms->model->stock_target_count; r++)
        for (int t = 0; terms->model->stock_target[r].item == take->item && t < take->period; t++) {
            int row = fab_program_at(program, FAB_TGT, r, t);
            double share = row == FAB_NONE ? 0 : covered(terms, &terms->model->stock_target[r], t, take->period);
            if (share > 0 && !fab_program_put(program, row, column, -share * take->units))
                return false;
        }
    return true;
}

bool fab_eq_tgt(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int r = 0; r < terms->model->stock_target_count; r++)
        for (int t = 0; t < terms->period_count; t++) {
            if (!holds(terms, r, t))
                continue;
            int row = fab_program_add_row(program, fab_tag_of(FAB_TGT, r, t), wanted(terms, r, t), (double)INFINITY);
            if (row == FAB_NONE || !fab_program_put(program, row, fab_program_at(program, FAB_I, terms->model->stock_target[r].item, t), 1) ||
                !fab_program_put(program, row, fab_program_at(program, FAB_BELOW, r, t), 1))
                return false;
            program->lp->row[row].soft = true;
        }
    return terms->model->stock_target_count == 0 || fab_program_each_use(program, put_use, NULL);
}
