/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weigh_independence.h"

/* Value of a unit of an item that arrives from a source: own above a share against foreign below it. FAB_NONE: nobody's own. */
static double worth(const fab_model *model, int item, int source, double share)
{
    double own = source == FAB_NONE ? 0 : fab_layers_own_part(model, source);
    return model->item[item].unit_value_usd * (own * (1 - share) - (1 - own) * share);
}

/* The source whose good units an addend of a balance is, FAB_NONE: it is none of these. */
static int source_of(const fab_terms *terms, struct fab_tag column, double amount)
{
    if (amount <= 0)
        return FAB_NONE;
    if (column.family == FAB_X)
        return column.a;
    return column.family == FAB_GO || column.family == FAB_GO_IN ? terms->wip[column.a].source : FAB_NONE;
}

void fab_weigh_share(const fab_program *program, fab_layer_kind layer, double share, double objective[], double *constant)
{
    const fab_terms *terms = program->terms;
    const fab_model *model = terms->model;
    *constant = 0;
    for (int a = 0; a < program->addend_count; a++) {
        const struct fab_addend *addend = &program->addend[a];
        struct fab_tag row = program->lp->row[addend->row].tag;
        int source = row.family == FAB_BAL && terms->layer[row.a] == layer ? source_of(terms, program->lp->column[addend->column].tag, addend->value) : FAB_NONE;
        if (source != FAB_NONE)
            objective[addend->column] += addend->value * worth(model, row.a, source, share);
    }
    for (int r = 0; r < model->receipt_count; r++) {
        const struct fab_receipt *receipt = &model->receipt[r];
        if (terms->layer[receipt->item] == layer && fab_terms_find_period(terms, receipt->date) != FAB_NONE)
            *constant += receipt->quantity * worth(model, receipt->item, receipt->source, share);
    }
}

void fab_weigh_independence(const fab_program *program, fab_layer_kind layer, double objective[], double *constant)
{
    fab_weigh_share(program, layer, 0.5, objective, constant);
    for (int j = 0; j < program->lp->column_count; j++)
        objective[j] *= 2;
    *constant *= 2;
}
