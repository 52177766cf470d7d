/* go[k], go[k,t]: wafers of a WIP group that go on at once, or in a period; wait[k]: those that do not inside the horizon. They have been paid for: what they earn beside their
 * units is the end value of what has not arrived.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "bounds.h"
#include "families.h"
#include "program.h"

/* Wafers, and what of one is unfinished in the end. WIP holds them: the bound stays above it. */
static bool add_wafers(fab_program *program, struct fab_tag tag, double unfinished)
{
    const fab_terms *terms = program->terms;
    const struct fab_wip_group *group = &terms->wip[tag.a];
    int column = fab_program_add_column(program, tag, fab_bounds_loosen(group->wafers));
    return column != FAB_NONE &&
           fab_program_pay(program, column, FAB_MONEY_END_VALUE, terms->model->end_value_frac * unfinished * terms->end_discount);
}

bool fab_col_wip(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int k = 0; k < terms->wip_count; k++) {
        for (int w = 0; w < terms->wip[k].go_count; w++) {
            const struct fab_go *go = &terms->wip[k].go[w];
            if (!add_wafers(program, fab_tag_of(go->period == FAB_NONE ? FAB_GO : FAB_GO_IN, k, go->period), go->unfinished_usd))
                return false;
        }
        if (!terms->wip[k].begun && !add_wafers(program, fab_tag_of(FAB_WAIT, k, FAB_NONE), terms->wip[k].waiting_usd))
            return false;
    }
    return true;
}
