/* BAL[i,t]: I[i,t-1] + arrivals of starts and of work in process + receipt + substitutes in = I[i,t] + components used + substitutes out + shipments + z. Written as
 * everything in - everything out = -(stock on hand) - receipts.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

static bool add_row(fab_program *program, int i, int t)
{
    const fab_terms *terms = program->terms;
    int T = terms->period_count;
    double given = terms->receipt[i * T + t] + (t == 0 ? terms->on_hand[i] : 0);
    int row = fab_program_add_row(program, fab_tag_of(FAB_BAL, i, t), -given, -given);
    return row != FAB_NONE && fab_program_put(program, row, fab_program_at(program, FAB_I, i, t), -1) &&
           fab_program_put(program, row, fab_program_at(program, FAB_Z, i, t), -1) &&
           (t == 0 || fab_program_put(program, row, fab_program_at(program, FAB_I, i, t - 1), 1));
}

static bool put(fab_program *program, int item, int t, int column, double units)
{
    return fab_program_put(program, fab_program_at(program, FAB_BAL, item, t), column, units);
}

/* The outputs of good_units a unit of the column, as they arrive. */
static bool put_arrivals(fab_program *program, int column, int first, int count, double good_units)
{
    const struct fab_come *come = program->terms->come;
    for (int k = first; k < first + count; k++)
        if (!put(program, come[k].item, come[k].period, column, good_units * come[k].amount * come[k].share))
            return false;
    return true;
}

static bool put_starts(fab_program *program, int s, int t)
{
    const fab_terms *terms = program->terms;
    const struct fab_source_period *at = &terms->source[s].period[t];
    int column = fab_program_at(program, FAB_X, s, t);
    for (int k = at->first_take; k < at->first_take + at->take_count; k++)
        if (!put(program, terms->take[k].item, terms->take[k].period, column, -terms->take[k].units))
            return false;
    return put_arrivals(program, column, at->first_come, at->come_count, at->good_units);
}

static bool put_wip(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int k = 0; k < terms->wip_count; k++)
        for (int w = 0; w < terms->wip[k].go_count; w++) {
            const struct fab_wip_group *group = &terms->wip[k];
            const struct fab_go *go = &group->go[w];
            int column = fab_program_go(program, k, go);
            for (int n = go->first_take; n < go->first_take + go->take_count; n++)
                if (!put(program, terms->take[n].item, terms->take[n].period, column, -terms->take[n].units))
                    return false;
            if (!put_arrivals(program, column, go->first_come, go->come_count, group->good_units))
                return false;
        }
    return true;
}

static bool put_substitutes(fab_program *program)
{
    const fab_model *model = program->terms->model;
    for (int j = 0; j < model->substitute_count; j++)
        for (int t = 0; t < program->terms->period_count; t++) {
            int column = fab_program_at(program, FAB_M, j, t);
            if (!put(program, model->substitute[j].item, t, column, -model->substitute[j].rate) || !put(program, model->substitute[j].instead_of, t, column, 1))
                return false;
        }
    return true;
}

bool fab_eq_bal(fab_program *program)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    for (int i = 0; i < model->item_count; i++)
        for (int t = 0; t < terms->period_count; t++)
            if (!add_row(program, i, t))
                return false;
    for (int s = 0; s < model->source_count; s++)
        for (int t = 0; t < terms->period_count; t++)
            if (!put_starts(program, s, t))
                return false;
    if (!put_wip(program) || !put_substitutes(program))
        return false;
    for (int d = 0; d < model->demand_count; d++)
        for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
            if (!put(program, model->demand[d].item, t, fab_program_at(program, FAB_Y, d, t), -1))
                return false;
    return true;
}
