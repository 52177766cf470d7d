/* WIP[k]: go[k] + sum over t of go[k,t] + wait[k] = wafers of the group.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

static bool add_group(fab_program *program, int k)
{
    const struct fab_wip_group *group = &program->terms->wip[k];
    int row = fab_program_add_row(program, fab_tag_of(FAB_WIP, k, FAB_NONE), group->wafers, group->wafers);
    for (int w = 0; row != FAB_NONE && w < group->go_count; w++)
        if (!fab_program_put(program, row, fab_program_go(program, k, &group->go[w]), 1))
            return false;
    return row != FAB_NONE && fab_program_put(program, row, fab_program_at(program, FAB_WAIT, k, FAB_NONE), 1);
}

bool fab_eq_wip(fab_program *program)
{
    for (int k = 0; k < program->terms->wip_count; k++)
        if (!add_group(program, k))
            return false;
    return true;
}
