/* CUM[r]: shipped_before + shipments of the customer's own orders of the item in the periods up to that of by_date + behind >= min_quantity, and without `behind` <= max_quantity. Orders of the horizon count.
 * A date at or behind the last period's end has no minimum, and its maximum is of all that is shipped of them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

static bool is_counted(const fab_terms *terms, const struct fab_ship_target *row, int order)
{
    const struct fab_demand *demand = &terms->model->demand[order];
    return order < terms->horizon_orders && demand->customer == row->customer && demand->item == row->item;
}

/* Penalty of a unit: the row's, else commitment_factor x the highest price of its orders. */
static double shortfall_usd(const fab_terms *terms, const struct fab_ship_target *row)
{
    double price = 0;
    for (int d = 0; d < terms->horizon_orders; d++)
        if (is_counted(terms, row, d))
            price = fmax(price, terms->model->demand[d].price_usd);
    return isnan(row->shortfall_usd_per_unit) ? terms->model->commitment_factor * price : row->shortfall_usd_per_unit;
}

/* What the promise leaves to be shipped; 0: nothing, or no promise. */
static double owed(const fab_terms *terms, const struct fab_ship_target *row)
{
    bool inside = fab_terms_find_period(terms, row->by_date) != FAB_NONE;
    return inside && row->min_quantity > row->shipped_before ? row->min_quantity - row->shipped_before : 0; /* NAN is none */
}

bool fab_col_behind(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int r = 0; r < terms->model->ship_target_count; r++) {
        const struct fab_ship_target *row = &terms->model->ship_target[r];
        double units = owed(terms, row);
        if (units <= 0)
            continue;
        int t = fab_terms_find_period(terms, row->by_date);
        int column = fab_program_add_column(program, fab_tag_of(FAB_BEHIND, r, FAB_NONE), terms->model->hard ? 0 : units);
        if (column == FAB_NONE || !fab_program_pay(program, column, fab_program_money_in(program, t, FAB_MONEY_CUMULATED), -shortfall_usd(terms, row) * terms->period[t].discount))
            return false;
    }
    return true;
}

static bool put_shipments(fab_program *program, const struct fab_ship_target *row, int place)
{
    const fab_terms *terms = program->terms;
    int last = fab_terms_find_period(terms, row->by_date);
    for (int d = 0; d < terms->horizon_orders; d++)
        for (int t = terms->due_period[d]; is_counted(terms, row, d) && t <= terms->latest_period[d]; t++)
            if ((last == FAB_NONE || t <= last) && !fab_program_put(program, place, fab_program_at(program, FAB_Y, d, t), 1))
                return false;
    return true;
}

static bool add_row(fab_program *program, int r, int kind, double lower, double upper)
{
    int place = fab_program_add_row(program, (struct fab_tag){FAB_CUM, r, kind, FAB_NONE}, lower, upper);
    if (place == FAB_NONE || !put_shipments(program, &program->terms->model->ship_target[r], place))
        return false;
    return kind == FAB_CUM_MOST || fab_program_put(program, place, fab_program_at(program, FAB_BEHIND, r, FAB_NONE), 1);
}

bool fab_eq_cum(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int r = 0; r < terms->model->ship_target_count; r++) {
        const struct fab_ship_target *row = &terms->model->ship_target[r];
        double units = owed(terms, row);
        if (units > 0 && !add_row(program, r, FAB_CUM_LEAST, units, (double)INFINITY))
            return false;
        if (!isnan(row->max_quantity) && !add_row(program, r, FAB_CUM_MOST, -(double)INFINITY, row->max_quantity - row->shipped_before))
            return false;
    }
    return true;
}
