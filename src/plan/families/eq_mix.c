/* MIX[r,t]: the good units that a source starts of an item in t >= min_share (<= max_share) x those of all sources of the item that may start in t. In periods inside of the row's dates in which the source may.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

static bool add_row(fab_program *program, int r, int kind, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_source_mix *mix = &terms->model->source_mix[r];
    bool least = kind == FAB_MIX_LEAST;
    double share = least ? mix->min_share : mix->max_share;
    int row = fab_program_add_row(program, (struct fab_tag){FAB_MIX, r, kind, t}, least ? 0 : -(double)INFINITY, least ? (double)INFINITY : 0);
    for (int s = 0; row != FAB_NONE && s < terms->model->source_count; s++) {
        double units = terms->source[s].period[t].good_units * ((s == mix->source) - share);
        if (terms->model->source[s].item == mix->item && units != 0 && !fab_program_put(program, row, fab_program_at(program, FAB_X, s, t), units))
            return false;
    }
    return row != FAB_NONE;
}

bool fab_eq_mix(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int r = 0; r < terms->model->source_mix_count; r++)
        for (int t = 0; t < terms->period_count; t++) {
            const struct fab_source_mix *mix = &terms->model->source_mix[r];
            if (!fab_terms_starts_inside(terms, t, mix->from_date, mix->to_date) || fab_program_at(program, FAB_X, mix->source, t) == FAB_NONE)
                continue;
            if (mix->min_share > 0 && !add_row(program, r, FAB_MIX_LEAST, t))
                return false;
            if (mix->max_share < 1 && !add_row(program, r, FAB_MIX_MOST, t)) /* NAN is none */
                return false;
        }
    return true;
}
