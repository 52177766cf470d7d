/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp_sides.h"

#include <math.h>
#include <stdlib.h>

struct sides {
    const fab_lp *lp;
    fab_lp_solution *solution;
    double *price;         /* [rows] largest money of a column that is in it, by unit of the row */
    long double *activity; /* [rows] */
    double *size;          /* [rows] largest |coefficient x value|, at least 1 */
};

/* The money that a column's reduced cost is made of. */
static double money_of(const struct sides *sides, int j)
{
    const fab_lp *lp = sides->lp;
    double most = fabs(lp->column[j].objective);
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        most = fmax(most, fabs(lp->value[k] * sides->solution->multiplier[lp->row_index[k]]));
    return most;
}

static void look_at_rows(struct sides *sides)
{
    const fab_lp *lp = sides->lp;
    for (int i = 0; i < lp->row_count; i++)
        sides->size[i] = 1;
    for (int j = 0; j < lp->column_count; j++) {
        double money = money_of(sides, j), x = sides->solution->x[j];
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++) {
            int i = lp->row_index[k];
            sides->price[i] = fmax(sides->price[i], money / fabs(lp->value[k]));
            sides->activity[i] += (long double)lp->value[k] * x;
            sides->size[i] = fmax(sides->size[i], fabs(lp->value[k] * x));
        }
    }
}

/* room and multiplier as shares. */
static char side_of(double limit, double room, double multiplier)
{
    return isfinite(limit) && fabs(multiplier) > room ? (multiplier > 0 ? 'u' : 'l') : 'b';
}

static char side_of_row(const struct sides *sides, int i)
{
    const struct fab_lp_row *row = &sides->lp->row[i];
    double multiplier = sides->solution->multiplier[i], limit = multiplier > 0 ? row->upper : row->lower;
    if (row->lower == row->upper)
        return 's';
    return side_of(limit, (double)fabsl(sides->activity[i] - limit) / sides->size[i], sides->price[i] > 0 ? multiplier / sides->price[i] : 0);
}

static char side_of_column(const struct sides *sides, int j)
{
    const fab_lp *lp = sides->lp;
    const struct fab_lp_column *column = &lp->column[j];
    double reduced = sides->solution->reduced_cost[j], limit = reduced > 0 ? column->upper : column->lower, x = sides->solution->x[j], money = money_of(sides, j);
    if (column->lower == column->upper)
        return 's';
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        money = fmax(money, fabs(lp->value[k]) * sides->price[lp->row_index[k]]);
    return side_of(limit, fabs(x - limit) / fmax(1, fabs(x)), money > 0 ? reduced / money : 0);
}

bool fab_lp_set_sides(const fab_lp *lp, fab_lp_solution *solution)
{
    size_t rows = (size_t)lp->row_count + 1;
    struct sides sides = {lp, solution, calloc(rows, sizeof *sides.price), calloc(rows, sizeof *sides.activity), calloc(rows, sizeof *sides.size)};
    bool taken = sides.price && sides.activity && sides.size;
    if (taken)
        look_at_rows(&sides);
    for (int i = 0; taken && i < lp->row_count; i++)
        solution->row_status[i] = side_of_row(&sides, i);
    for (int j = 0; taken && j < lp->column_count; j++)
        solution->column_status[j] = side_of_column(&sides, j);
    free(sides.price);
    free(sides.activity);
    free(sides.size);
    return taken;
}
