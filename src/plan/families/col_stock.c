/* I[i,t]: stock at the end of a period; z[i,t]: units thrown away; m[j,t]: units that serve as another item.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounds.h"
#include "families.h"
#include "program.h"

#include <math.h>

static bool add_item(fab_program *program, int i, int t)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    const struct fab_item *item = &model->item[i];
    int place = i * terms->period_count + t;
    double discount = terms->period[t].discount, arrivals = fab_bounds_loosen(program->bounds->arrivals[place]);
    double holding = terms->holding_frac[place] * item->unit_value_usd * terms->period[t].days / FAB_DAYS_PER_YEAR;
    double room = terms->unstocked[i] ? 0 : fmin(arrivals, terms->max_stock[place]); /* fmin skips NAN */
    int stock = fab_program_add_column(program, fab_tag_of(FAB_I, i, t), room), thrown = fab_program_add_column(program, fab_tag_of(FAB_Z, i, t), arrivals);
    if (stock == FAB_NONE || thrown == FAB_NONE || !fab_program_pay(program, stock, FAB_MONEY_HOLDING, -holding * discount) ||
        !fab_program_pay(program, thrown, FAB_MONEY_DISCARD, -item->discard_usd * discount))
        return false;
    return t + 1 < terms->period_count ||
           fab_program_pay(program, stock, FAB_MONEY_END_VALUE, model->end_value_frac * item->unit_value_usd * terms->end_discount);
}

bool fab_col_stock(fab_program *program)
{
    for (int i = 0; i < program->terms->model->item_count; i++)
        for (int t = 0; t < program->terms->period_count; t++)
            if (!add_item(program, i, t))
                return false;
    return true;
}

bool fab_col_substitute(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int j = 0; j < model->substitute_count; j++)
        for (int t = 0; t < T; t++) {
            const struct fab_substitute *row = &model->substitute[j];
            if (!fab_terms_starts_inside(terms, t, row->from_date, row->to_date))
                continue;
            int column = fab_program_add_column(program, fab_tag_of(FAB_M, j, t), fab_bounds_loosen(program->bounds->arrivals[row->item * T + t] / row->rate));
            if (column == FAB_NONE ||
                !fab_program_pay(program, column, FAB_MONEY_SUBSTITUTION, -row->usd_per_unit * terms->period[t].discount))
                return false;
        }
    return true;
}
