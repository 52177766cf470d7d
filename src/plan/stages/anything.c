/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "anything.h"

#include "fail.h"
#include "try.h"

#include <stdlib.h>

/* Rows of the kind "what is used <= 0" that nothing relieves: all their columns are 0. */
static void find_shut(const fab_lp *lp, bool *shut)
{
    for (int i = 0; i < lp->row_count; i++)
        shut[i] = lp->row[i].upper == 0;
    for (int j = 0; j < lp->column_count; j++)
        for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
            if (lp->value[k] < 0 && lp->column[j].upper > 0)
                shut[lp->row_index[k]] = false;
}

/* Whether its hours are somewhere; when it may start is for the reasons to say. */
static bool is_open(const fab_lp *lp, int j, const bool *shut)
{
    for (int k = lp->start[j]; k < lp->start[j + 1]; k++)
        if (lp->value[k] > 0 && shut[lp->row_index[k]])
            return false;
    return true;
}

static bool something_arrives(const fab_lp *lp, const bool *shut)
{
    for (int j = 0; j < lp->column_count; j++) {
        int family = lp->column[j].tag.family;
        if (family == FAB_WAIT || (family == FAB_X && is_open(lp, j, shut))) /* lots that can only wait are listed, with what holds them */
            return true;
    }
    for (int i = 0; i < lp->row_count; i++)
        if (lp->row[i].tag.family == FAB_BAL && (lp->row[i].lower != 0 || lp->row[i].upper != 0))
            return true;
    return false;
}

fab_status fab_anything_check(fab_context *context, const fab_program *program)
{
    const fab_model *model = program->terms->model;
    fab_status status = FAB_OK;
    double quantity = 0;
    bool *shut = NULL;
    for (int d = 0; d < model->demand_count; d++)
        quantity += model->demand[d].quantity;
    if (quantity <= 0)
        TRY(fab_fail(context, FAB_INPUT, "nothing to plan: no order of a quantity above 0 is due between %s and %s", model->calendar[0].period, model->calendar[model->calendar_count - 1].period));
    TRY_MEMORY(context, shut = calloc((size_t)program->lp->row_count + 1, sizeof *shut));
    find_shut(program->lp, shut);
    if (!something_arrives(program->lp, shut))
        TRY(fab_fail(context, FAB_INPUT, "nothing to plan: no source has tools in any period, and nothing is in stock, on order or in process"));
out:
    free(shut);
    return status;
}
