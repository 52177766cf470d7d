/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "program.h"

/* BAL[i,t]: I[i,t-1] + arrivals + receipt + starting WIP + substitutes in = I[i,t] + components used + substitutes out + shipments + z. Written as
 * everything in - everything out = -(stock on hand) - receipts - WIP. */

static bool add_stocks(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    for (int i = 0; i < model->item_count; i++)
        for (int t = 0; t < T; t++) {
            double given = terms->receipt[i * T + t] + terms->wip_units[i * T + t] + (t == 0 ? terms->on_hand[i] : 0);
            int row = fab_program_add_row(program, "BAL", model->item[i].item, terms->period[t].name, -given, -given);
            if (row == FAB_NONE || !fab_lp_add(program->lp, row, program->stock[i * T + t], -1) ||
                !fab_lp_add(program->lp, row, program->discard[i * T + t], -1) ||
                (t > 0 && !fab_lp_add(program->lp, row, program->stock[i * T + t - 1], 1)))
                return false;
            program->balance[i * T + t] = row;
        }
    return true;
}

static bool add_starts(fab_program *program, int s, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_source_terms *source = &terms->source[s];
    const struct fab_source_period *at = &source->period[t];
    int T = terms->period_count, column = program->starts[s * T + t];
    for (int c = 0; c < source->component_count; c++)
        if (!fab_lp_add(program->lp, program->balance[source->component[c].item * T + t], column, -source->component[c].amount))
            return false;
    for (int o = 0; o < source->output_count; o++)
        for (int a = at->first_arrival; a < at->first_arrival + at->arrival_count; a++) {
            double units = at->good_units * source->output[o].amount * terms->arrival[a].share;
            if (!fab_lp_add(program->lp, program->balance[source->output[o].item * T + terms->arrival[a].period], column, units))
                return false;
        }
    return true;
}

bool fab_eq_bal(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    int T = terms->period_count;
    if (!add_stocks(program))
        return false;
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < T; t++)
            if (program->starts[s * T + t] != FAB_NONE && !add_starts(program, s, t))
                return false;
    for (int j = 0; j < model->substitute_count; j++)
        for (int t = 0; t < T; t++)
            if (!fab_lp_add(program->lp, program->balance[model->substitute[j].item * T + t], program->substitute[j * T + t], -1) ||
                !fab_lp_add(program->lp, program->balance[model->substitute[j].instead_of * T + t], program->substitute[j * T + t], 1))
                return false;
    for (int d = 0; d < model->demand_count; d++)
        for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
            if (!fab_lp_add(program->lp, program->balance[model->demand[d].item * T + t], program->first_ship[d] + t - terms->due_period[d], -1))
                return false;
    return true;
}
