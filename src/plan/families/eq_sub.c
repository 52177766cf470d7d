/* SUB[c,i,t]: what the substitutes of consumer c serve of an item in t <= what c uses of it in t: an item the use of its sources' starts and lots in the balance, a customer what its own orders ship.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "families.h"
#include "program.h"

#include <math.h>

static bool add_row(fab_program *program, int k, int t)
{
    const fab_terms *terms = program->terms;
    int row = FAB_NONE;
    for (int j = 0; j < terms->model->substitute_count; j++) {
        int column = fab_terms_is_served(terms, j, &terms->served[k]) ? fab_program_at(program, FAB_M, j, t) : FAB_NONE;
        if (column == FAB_NONE)
            continue;
        if (row == FAB_NONE)
            row = fab_program_add_row(program, fab_tag_of(FAB_SUB, k, t), -(double)INFINITY, 0);
        if (row == FAB_NONE || !fab_program_put(program, row, column, 1))
            return false;
    }
    return true;
}

static int source_of(const fab_program *program, int column)
{
    struct fab_tag tag = program->lp->column[column].tag;
    return tag.family == FAB_X ? tag.a : program->terms->wip[tag.a].source;
}

static bool put_use(fab_program *program, void *user, int column, const struct fab_take *take)
{
    const fab_terms *terms = program->terms;
    int item = terms->model->source[source_of(program, column)].item;
    (void)user;
    for (int k = 0; k < terms->served_count; k++)
        if (terms->served[k].item == item && terms->served[k].instead_of == take->item &&
            !fab_program_put(program, fab_program_at(program, FAB_SUB, k, take->period), column, -take->units))
            return false;
    return true;
}

static bool put_shipments(fab_program *program, int k)
{
    const fab_terms *terms = program->terms;
    for (int d = 0; d < terms->model->demand_count; d++)
        for (int t = terms->due_period[d]; t <= terms->latest_period[d]; t++)
            if (terms->model->demand[d].customer == terms->served[k].customer && terms->model->demand[d].item == terms->served[k].instead_of &&
                !fab_program_put(program, fab_program_at(program, FAB_SUB, k, t), fab_program_at(program, FAB_Y, d, t), -1))
                return false;
    return true;
}

bool fab_eq_sub(fab_program *program)
{
    const fab_terms *terms = program->terms;
    for (int k = 0; k < terms->served_count; k++) {
        for (int t = 0; t < terms->period_count; t++)
            if (!add_row(program, k, t))
                return false;
        if (terms->served[k].customer != FAB_NONE && !put_shipments(program, k))
            return false;
    }
    return terms->served_count == 0 || fab_program_each_use(program, put_use, NULL);
}
